"""From what people have to articles: files of any kind, folders, archives, exports, tables, mail, feeds.

A source is found (``_sources``, ``_finding``), its format told by content (``_formats``), and its reader yields parts
(``_parts``), which become articles in one place (``_contents``, ``_metadata``); what several outlets printed is
gathered at the end (``_reprints``). Files are untrusted: each has its bounds, and its faults are its own.
"""

from __future__ import annotations

from toolkit.reading._dates import parse_date
from toolkit.reading._read import read
from toolkit.reading._sources import Source

__all__ = ["Source", "parse_date", "read"]
