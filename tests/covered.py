"""A coverage of records that a test gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.coverage import Coverage
from toolkit.frames import COVERAGE, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def coverage_of(*, metadata: Mapping[str, str] | None = None, **records: Iterable[Any]) -> Coverage:
    """Return a coverage of records, by the names of its frames; those that are not given are empty."""
    frames = {spec.name: spec.of(records.pop(spec.name, ())) for spec in COVERAGE}
    if records:
        raise TypeError(f"no frame of a coverage: {', '.join(records)}")
    frames["actors"] = counted(frames["actors"], frames["mentions"], frames["quotations"])
    return Coverage(**frames, metadata=metadata or {})
