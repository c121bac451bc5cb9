"""The script and the style of the linked view: constant texts, the same in every output.

The script's sources are plain functions, put one behind the other into one scope. Two hosts stand at its end: one
that brings the static form in the page to life, one for anywidget. The first stands in a page compressed, beside a
loader of a few lines that unpacks it. A content-security policy can allow both by their hashes alone.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from toolkit.packaged import read_text

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "linked"

CHARTS = FOLDER.parent / "charts" / "charts.js"

SOURCES = (
    "gzip", "dom", "store", "data", "filters", "corrections", "pieces", "citing", "reader", "facets", "lists",
    "checking", "sample", "words", "forms", "desk", "links", "view",
)  # fmt: skip

# Whole lines of comment, the indentation, and line ends behind signs that cannot end a statement, which no output
# needs. No literal of the sources goes over lines.
_JOINED = re.compile(r"([;{,(])\n")
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*?|\*|//).*\n|^[ \t]+|^\n", re.MULTILINE)


@cache
def inline_script() -> str:
    """Return the script of a live output, with its style: it upgrades the static form that it stands in."""
    return f'"use strict";(() => {{\n{_shared()}const STYLE = {json.dumps(style())};\n{_source("inline.js")}}})();\n'


@cache
def loader() -> str:
    """Return the script that unpacks the one beside it and runs it."""
    return f'"use strict";(() => {{\n{_source("gzip.js")}{_source("loader.js")}}})();\n'


@cache
def packed_script() -> str:
    """Return the script of a live output, compressed and as base64."""
    return base64.b64encode(gzip.compress(inline_script().encode(), mtime=0)).decode()


@cache
def widget_module() -> str:
    """Return the same script as the ES module that anywidget hosts."""
    return f"{_shared()}{_source('widget.js')}"


@cache
def style() -> str:
    """Return the style sheet of the live form."""
    return squeezed(_source("view.css") + _source("checking.css"))


def squeezed(css: str) -> str:
    """Return a style sheet without the white space that no browser needs."""
    return re.sub(r":\s+", ":", re.sub(r"\s*([{};,])\s*", r"\1", css)).replace(";}", "}")


@cache
def chart_script() -> str:
    """Return the script that gives the charts of a page buttons to save them."""
    return f'"use strict";(() => {{\n{bare(read_text(CHARTS))}}})();\n'


@cache
def script_source() -> str:
    """Return what a content-security policy says to allow the scripts of live outputs and charts, and no others."""
    digests = (hashlib.sha256(script.encode()).digest() for script in (loader(), inline_script(), chart_script()))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _shared() -> str:
    return "".join(_source(f"{name}.js") for name in SOURCES)


def _source(name: str) -> str:
    return bare(read_text(FOLDER / name)) if name.endswith(".js") else _COMMENT.sub("", read_text(FOLDER / name))


def bare(script: str) -> str:
    """Return a script without what no browser needs: comments on lines of their own, indentation, ends of lines."""
    return _JOINED.sub(r"\1", _COMMENT.sub("", script)).rstrip("\n") + "\n"
