"""Time expressions in English news: found, given a TIMEX3 value, and resolved to days."""

from __future__ import annotations

from toolkit.times._context import Question
from toolkit.times._resolve import find_times, questions

__all__ = ["Question", "find_times", "questions"]
