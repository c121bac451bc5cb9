"""Rich text: what striprtf leaves of it, which knows the code pages and escapes that word processors write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.reading._parts import File, Options, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def read_rtf(file: File, _: Options) -> Iterator[Part]:
    """Yield the text of a .rtf document."""
    from striprtf.striprtf import rtf_to_text

    # The format is ASCII; what lies beyond is in the code page of old word processors.
    source = file.content.decode("cp1252", "replace")
    text = _EMPTY_LINES.sub("\n\n", rtf_to_text(source, errors="ignore").replace("\xa0", " "))
    yield Text(text.strip(), is_running=True)
