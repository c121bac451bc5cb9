"""The script and the style of the linked view: constant texts, the same in every output.

The script's sources are plain functions, put one behind the other into one scope. Two hosts stand at its end: one
that brings the static form in the page to life, one for anywidget. A content-security policy can allow the first by
its hash alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from toolkit.packaged import read_text

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "linked"

SOURCES = ("dom", "data", "filters", "reader", "facets", "lists", "view")

# Whole lines of comment, the indentation, and line ends behind signs that cannot end a statement, which no output
# needs. No literal of the sources goes over lines.
_JOINED = re.compile(r"([;{,(])\n")
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*?|\*|//).*\n|^[ \t]+|^\n", re.MULTILINE)


@cache
def inline_script() -> str:
    """Return the script of a live output: it upgrades the static form that it stands in."""
    return f'"use strict";(() => {{\n{_shared()}{_source("inline.js")}}})();\n'


@cache
def widget_module() -> str:
    """Return the same script as the ES module that anywidget hosts."""
    return f"{_shared()}{_source('widget.js')}"


@cache
def style() -> str:
    """Return the style sheet of the live form."""
    return squeezed(_source("view.css"))


def squeezed(css: str) -> str:
    """Return a style sheet without the white space that no browser needs."""
    return re.sub(r":\s+", ":", re.sub(r"\s*([{};,])\s*", r"\1", css)).replace(";}", "}")


@cache
def script_source() -> str:
    """Return what a content-security policy says to allow the script of live outputs, and no other."""
    digest = hashlib.sha256(inline_script().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _shared() -> str:
    return "".join(_source(f"{name}.js") for name in SOURCES)


def _source(name: str) -> str:
    bare = _COMMENT.sub("", read_text(FOLDER / name))
    return _JOINED.sub(r"\1", bare).rstrip("\n") + "\n" if name.endswith(".js") else bare
