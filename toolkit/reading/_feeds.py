"""Feeds: an article for each entry of RSS and Atom that brings one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.reading._html import parsed, plain_text
from toolkit.reading._parts import Doubt, Fault, File, Options, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_feed(file: File, _: Options) -> Iterator[Part]:
    """Yield the articles of a feed, each by its number from 1."""
    import feedparser

    if b"<!ENTITY" in file.content:
        raise InputError("declares entities, as no feed does; save it again")
    # Given a stream it never takes the content for an address or a path. It would look up none of what it finds.
    feed = feedparser.parse(io.BytesIO(file.content), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise InputError("is a feed without entries; save it again, or remove it")
    outlet = feed.feed.get("title")
    if not any(entry.get("content") for entry in feed.entries):
        yield Doubt("has summaries and no whole articles; save the articles' pages to read all of them")
    for number, entry in enumerate(feed.entries, start=1):
        where = f"entry {number}"
        text = _text(entry)
        if text:
            yield Text(text, {**_fields(entry), "outlet": (entry.get("source") or {}).get("title") or outlet}, where)
        else:
            yield Fault("has a title and an address but no text, and nothing is fetched; save its page", where)


def _text(entry: Any) -> str:
    bodies = [part.value for part in entry.get("content", ()) if part.get("value")]
    source = max(bodies, key=len, default="") or entry.get("summary", "")
    return plain_text(parsed(source)) if "<" in source else source.strip()


def _fields(entry: Any) -> dict[str, object]:
    fields = {"title": entry.get("title"), "published": entry.get("published"), "author": entry.get("author")}
    return fields | {"url": entry.get("link")}
