"""One notebook as one html page: prose and outputs first, code behind a disclosure, nothing loaded.

The page's content-security policy lets no script run but that of our own live views, known by its hash, so that
nothing hidden in an article that a notebook quotes can act in the reader's browser.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import pass_context
from nbconvert.exporters.html import HTMLExporter
from traitlets import default

from toolkit.display import DRAWN
from toolkit.linked import script_source
from toolkit.linked._assets import chart_script, squeezed
from toolkit.packaged import read
from toolkit.render.notebooks import is_run
from toolkit.version import version
from toolkit.views.picture import chart_style
from toolkit.views.table import table_style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2.runtime import Context
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

# The first of these that an output has is shown.
SHOWN = (DRAWN, "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/latex", "text/plain")

HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
SECTION = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TITLE = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LIVE = re.compile(r'<div class="tk-view ')
MARK = re.compile(r'<a href="#([^"]*)">(<(?:title|text|path|use)\b.*?)</a>', re.DOTALL)
NO_DESCRIPTION = re.compile(r"(<Figure size [^<>]*>)?")


class Link(NamedTuple):
    """A page of the same run: its address relative to the others, and its title."""

    href: str
    title: str


def title_of(notebook: NotebookNode, otherwise: str) -> str:
    """Return the text of the notebook's first level-one heading, or ``otherwise`` where it has none."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (match := TITLE.search(FENCED.sub("", cell.source))):
            return re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", r"\1", match[1])
    return otherwise


def page_html(
    notebook: NotebookNode, *, folder: Path | None = None, pages: Sequence[Link] = (), current: int = 0
) -> str:
    """Render an executed notebook as a self-contained page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.
    folder : Path, optional
        Folder in which pictures named in the prose are looked up.
    pages : sequence of Link
        The pages of the same run, this one among them.
    current : int
        Index of this page in ``pages``.

    Returns
    -------
    str
        A complete html document.
    """
    name = pages[current].title if pages else "Notebook"
    resources = {
        "metadata": {"name": name, "path": str(folder or "")},
        "pages": list(pages),
        "current": current,
    }
    exporter = PageExporter()  # type: ignore[no-untyped-call] # nbconvert annotates no constructor
    page, _ = exporter.from_notebook_node(notebook, resources)
    return f"{page}\n"


class PageExporter(HTMLExporter):
    """nbconvert exporter behind `page_html`."""

    export_from_notebook = "Offline HTML"

    @default("template_name")
    def _default_template_name(self) -> str:
        return "page"

    @default("extra_template_basedirs")
    def _default_template_folders(self) -> list[str]:
        for path in sorted((TEMPLATES / "page").iterdir()):
            read(path)  # nbconvert reads them itself: told here where one is not as packaged
        return [str(TEMPLATES)]

    @default("embed_images")
    def _default_embed_images(self) -> bool:
        return True

    @default("exclude_anchor_links")
    def _default_exclude_anchor_links(self) -> bool:
        return True  # `prose` gives the ids; a sign beside each heading would only be read out

    @default("filters")
    def _default_filters(self) -> dict[str, Any]:
        return {
            "prose": self.prose,
            "title": title_of,
            "shown": shown_type,
            "description": description,
            "excerpt": excerpt,
            "outline": outline,
            "leading": leading,
        }

    def _init_resources(self, resources: Any) -> Any:
        inherited: Any = super()._init_resources
        result = inherited(resources)
        result.setdefault("pages", [])
        result.setdefault("current", 0)
        result["version"] = version()
        result["script_source"] = script_source()
        result["drawn"], result["chart_script"] = DRAWN, chart_script()
        result["chart_style"] = squeezed(table_style() + chart_style())
        return result

    @pass_context
    def prose(self, context: Context, source: str) -> str:
        """Render markdown; headings get the ids that JupyterLab gives them, tables a box to scroll in."""
        rendered = HEADING.sub(_with_id, self.markdown2html(context, source))
        return TABLE.sub(r'<div class="scroll" tabindex="0">\g<0></div>', rendered)


def shown_type(data: Mapping[str, Any]) -> str | None:
    """Return the mime type that is shown of an output's representations, or None where none can be shown."""
    return next((mime for mime in SHOWN if mime in data), None)


def description(data: Mapping[str, Any]) -> str:
    """Return the alternative text of a picture: the ``text/plain`` of the same output."""
    text = data.get("text/plain", "").strip()
    return "Chart without a description" if NO_DESCRIPTION.fullmatch(text) else text


def excerpt(cell: NotebookNode) -> str:
    """Return the first line of a cell that is code."""
    lines = [line.strip() for line in cell.source.splitlines()]
    return next((line for line in lines if line and not line.startswith("#")), "") if is_run(cell) else ""


def outline(page: str) -> list[tuple[str, str]]:
    """Return id and text of each level-two heading of a page, in order."""
    return [(html.unescape(anchor), _text(inner)) for anchor, inner in SECTION.findall(page)]


def leading(page: str) -> str:
    """Return a page in which marks of charts are links where they lead to a place in it, or to rows of a view."""
    if LIVE.search(page):
        return page
    return MARK.sub(lambda mark: mark.group() if f'id="{mark[1]}"' in page else f"<g>{mark[2]}</g>", page)


def _with_id(match: re.Match[str]) -> str:
    level, inner = match.groups()
    anchor = html.escape(_text(inner).replace(" ", "-"))
    return f'<h{level} id="{anchor}">{inner}</h{level}>'


def _text(fragment: str) -> str:
    return html.unescape(TAG.sub("", fragment)).strip()
