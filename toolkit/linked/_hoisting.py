"""Inline styles moved into classes: smaller pages, where a style sheet may stand in the page."""

from __future__ import annotations

import re

from toolkit.views.markup import Markup

_TAG = re.compile(r"<[a-z][^<>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_CLASS = re.compile(r' class="([^"]*)"')


def hoisted(html: Markup, prefix: str = "s", within: str = ".tk-view") -> tuple[Markup, str]:
    """Return html with each inline style replaced by a class, and the style sheet of these classes.

    Only tags are touched: a text that reads like an attribute stays as it is.

    Parameters
    ----------
    html : Markup
        Html of our own views, in which ``<``, ``>`` and quotation marks of texts are escaped.
    prefix : str
        Of the classes' names, so that two parts of a page have names of their own.
    within : str
        Selector of what the html stands in.
    """
    names: dict[str, str] = {}

    def classed(match: re.Match[str]) -> str:
        found = _STYLE.search(match.group())
        if found is None:
            return match.group()
        name = names.setdefault(found.group(1), f"{prefix}{len(names)}")
        bare = match.group().replace(found.group(), "", 1)
        if _CLASS.search(bare):
            return _CLASS.sub(lambda known: f' class="{known.group(1)} {name}"', bare, count=1)
        return re.sub(r"^<[a-z][a-z0-9]*", lambda start: f'{start.group()} class="{name}"', bare)

    changed = Markup(_TAG.sub(classed, html))
    return changed, "".join(f"{within} .{name}{{{style}}}" for style, name in names.items())
