"""The unit that names are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Piece:
    """A stretch of tokens ``[start, end)`` with its label; "TITLE" and "?" never leave this module."""

    start: int
    end: int
    label: str
