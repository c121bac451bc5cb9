r"""Foreign text on a terminal: what would steer it is shown, not obeyed.

An article, a file's name or a cell may hold escape sequences that set a terminal's title, fill its clipboard or
overwrite lines, and signs that turn the direction of what follows. All text forms of the toolkit (messages, views,
the lines of the command line) show such signs as Python writes them, ``\x1b``. What goes to files and pages stays.
"""

from __future__ import annotations

import re

# Control characters of both tables but line ends and tabs, signs of direction, line separators, halves of pairs.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

# What no field of an article has a use for, and some files cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    r"""Return a text as a terminal may show it: line ends and tabs stay, what steers becomes an escape.

    Examples
    --------
    >>> print(visible("a title \x1b]0;mine\x07, a file \udcff.txt"))
    a title \x1b]0;mine\x07, a file \udcff.txt
    """
    return _STEERING.sub(_escape, text)


def printable(text: str) -> str:
    """Return a text without control characters and halves of surrogate pairs: an escape stands for each."""
    return _UNPRINTABLE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]
