"""Web pages and saved pages: the article without what stands around it, and what the page says of it.

trafilatura finds the article; it is the one library for this that is kept, measured in public, and gives title, day,
author, outlet and address too. It is handed bytes and never fetches. A day that only the page's footer tells is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.reading._decoding import decode
from toolkit.reading._parts import MEGABYTE, File, Options, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE_MEGABYTES = 5
"""Of a page without its pictures."""
MOST_TAGS = 60_000
"""The time that a page takes goes by these."""
_PICTURES = re.compile(r"data:[\w/+.-]{3,60};base64,[\w+/=%\s]{200,}")
_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]{3,20})""", re.IGNORECASE)
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|br|center|dd|div|dl|dt|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section"
    r"|table|tr|ul"
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "math"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DAYS = {"original_date": True, "extensive_search": False, "min_date": "1800-01-01", "max_date": "2199-12-31"}


def read_html(file: File, _: Options) -> Iterator[Part]:
    """Yield the article of a page, or those of a page that an archive of news exported."""
    from toolkit.reading.exports import split_page

    page = page_text(file.content)
    if articles := split_page(parsed(page)):
        yield from articles
        return
    yield article_of(page, file.known)


def page_text(content: bytes) -> str:
    """Decode a page as it says, and take out pictures that stand in it.

    Raises
    ------
    InputError
        If it is too large, or no text.
    """
    page = _PICTURES.sub("", _decoded(content))
    if len(page) > PAGE_MEGABYTES * MEGABYTE:
        raise InputError(f"is too large for a page (more than {PAGE_MEGABYTES} MB of text); save the article alone")
    if page.count("<") > MOST_TAGS:
        raise InputError(f"has more than {MOST_TAGS:,} tags, as no page of an article does; save its text as .txt")
    return page


def _decoded(content: bytes) -> str:
    try:
        return decode(content).text
    except InputError:
        told = _CHARSET.search(content[:2000])
        try:
            return content.decode(told[1].decode("ascii")) if told else content.decode("utf-8", "replace")
        except (LookupError, UnicodeDecodeError):
            return content.decode("utf-8", "replace")


def article_of(page: str, known: Mapping[str, object]) -> Text:
    """Return the article of a page.

    Raises
    ------
    InputError
        If none can be told from the rest.
    """
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, include_comments=False, with_metadata=True, date_extraction_params=_DAYS)
    text = found.text if found is not None else None
    if not text:
        raise InputError("holds no article that can be told from the rest of the page; save its text as .txt")
    told = {"title": found.title, "published": found.date, "outlet": found.sitename or found.hostname}
    told |= {"author": found.author, "url": found.url}
    return Text(text, {**known, **{name: value for name, value in told.items() if value}}, is_running=True)


def plain_text(tree: Any) -> str:
    """Return the words of an element, a line for each block, cells of a row parted by tabs."""
    pieces: list[str] = []
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, is_left = stack.pop()
        if is_left:
            pieces.append("\n" if _is_block(element) else "\t" if element.tag in {"td", "th"} else "")
            pieces.append(_words(element.tail))
            continue
        silent = not isinstance(element.tag, str) or element.tag in _SILENT
        if _is_block(element):
            pieces.append("\n")
        stack.append((element, True))
        if not silent:
            pieces.append(_words(element.text))
            stack.extend((child, False) for child in reversed(element))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_block(element: Any) -> bool:
    return isinstance(element.tag, str) and _BLOCKS.fullmatch(element.tag) is not None


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def parsed(page: str) -> Any:
    """Return a page as a tree, however broken; nothing in it is fetched or resolved.

    Raises
    ------
    InputError
        If it is too deep to be read whole.
    """
    from lxml import html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(_DECLARATION.sub("", page), parser=parser)
    # libxml2 stops at its depth, and says so here alone.
    if any("depth" in entry.message for entry in parser.error_log):
        raise InputError("nests its tags deeper than any page does; save its text as .txt")
    return tree
