"""The frames: each declared once, with what its columns are, and read, moved, renamed and kept by that alone.

A declaration (`FrameSpec`) names the record a row is made from, the columns with a dtype, a meaning and a role, and
what tells one row from another. Whatever handles frames asks the roles, so that a frame of one's own (`frame`) needs
no change elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.frames._arrow import arrow_schema, check_rows, from_arrow, spec_in, to_arrow
from toolkit.frames._building import row_of
from toolkit.frames._columns import Column, Follows, FrameSpec, Role, SpanGroup, spec_of
from toolkit.frames._counts import counted
from toolkit.frames._groups import set_span_groups
from toolkit.frames._keys import with_keys
from toolkit.frames._moving import moved, places_of_row, spans_of_row
from toolkit.frames._of_negotiation import of_negotiation
from toolkit.frames._own import frame
from toolkit.frames._renaming import renamed, renamed_record
from toolkit.frames._texts import (
    Marked,
    guard,
    line_of,
    marked_of,
    marked_text,
    pairs_of,
    pairs_text,
    text_of,
    unguarded,
    value_of,
)
from toolkit.frames._types import restored
from toolkit.frames.declared import COVERAGE, DECLARED

if TYPE_CHECKING:
    from toolkit.frames._shown import Context, Frame, in_context

__all__ = [
    "COVERAGE",
    "DECLARED",
    "Column",
    "Context",
    "Follows",
    "Frame",
    "FrameSpec",
    "Marked",
    "Role",
    "SpanGroup",
    "arrow_schema",
    "check_rows",
    "counted",
    "frame",
    "from_arrow",
    "guard",
    "in_context",
    "line_of",
    "marked_of",
    "marked_text",
    "moved",
    "of_negotiation",
    "pairs_of",
    "pairs_text",
    "places_of_row",
    "renamed",
    "renamed_record",
    "restored",
    "row_of",
    "set_span_groups",
    "spans_of_row",
    "spec_in",
    "spec_of",
    "text_of",
    "to_arrow",
    "unguarded",
    "value_of",
    "with_keys",
]

# These need pandas, which an analysis in many processes does without until it has found all.
_SHOWN = ("Context", "Frame", "in_context")


def __getattr__(name: str) -> Any:
    """Import what needs pandas when it is first asked for."""
    if name not in _SHOWN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from toolkit.frames import _shown

    return getattr(_shown, name)
