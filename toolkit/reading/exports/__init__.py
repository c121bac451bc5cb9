"""Exports of news archives: many articles in one file, each between lines that say what it is.

A splitter knows the lines of one archive. What it takes for an article is the text alone; title, outlet, day and byline
are taken out of it, and so are section, length and load date. The layouts are those that public readers describe:
LexisNexisTools and tm.plugin.lexisnexis for Nexis, tm.plugin.factiva, tm.plugin.europresse, and several for ProQuest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.reading.exports import _europresse, _factiva, _nexis, _nexis_uni, _proquest

if TYPE_CHECKING:
    from toolkit.reading._parts import Part

TEXTS = (_nexis, _nexis_uni, _factiva, _proquest)


def split_text(text: str) -> list[Part]:
    """Return the articles of an export; none where a text is no export."""
    told = (export for export in TEXTS if export.MARK.search(text))
    return next((parts for export in told if (parts := export.split(text))), [])


def split_page(tree: Any) -> list[Part]:
    """Return the articles of a page that an archive exported; none where it is another page."""
    from toolkit.reading._html import plain_text

    return _europresse.split(tree) or split_text(plain_text(tree))
