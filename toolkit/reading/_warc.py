"""Web archives: the pages that a crawler saved. The day of the crawl is no day of publication."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from toolkit.articles._outcomes import label
from toolkit.errors import InputError
from toolkit.reading._bounds import read_at_most
from toolkit.reading._parts import Fault, File, Inner, Options, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_MEGABYTES = 25
_PAGES = ("text/html", "application/xhtml", "text/plain", "application/pdf", "application/rss", "application/atom")


def read_warc(file: File, _: Options) -> Iterator[Part]:
    """Yield the pages of a .warc or .warc.gz file that were answers of a site."""
    from warcio.archiveiterator import ArchiveIterator

    found = False
    for record in ArchiveIterator(io.BytesIO(file.content)):
        if record.rec_type not in {"response", "resource"} or not _is_page(record):
            continue
        found = True
        address = record.rec_headers.get_header("WARC-Target-URI") or "a page without address"
        try:
            yield Inner(address, read_at_most(record.content_stream(), PAGE_MEGABYTES), {"url": address})
        except (InputError, OSError) as error:
            yield Fault(str(error), label(address))
    if not found:
        raise InputError("holds no saved page; check that the crawl kept answers")


def _is_page(record: object) -> bool:
    headers = getattr(record, "http_headers", None)
    if headers is None:
        return True
    kind = headers.get_header("Content-Type") or "text/html"
    return headers.get_statuscode() == "200" and kind.lower().startswith(_PAGES)
