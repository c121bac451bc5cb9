from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat import v4

from toolkit import render
from toolkit.display import DRAWN
from toolkit.errors import InputError, NotebookError
from toolkit.render import page

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '<img src=x onerror="alert(1)"><script src="http://example.org/x.js"></script>'
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

RICH = """
class Rich:
    def __init__(self, bundle):
        self.bundle = bundle

    def _repr_mimebundle_(self, **options):
        return self.bundle
"""

# One pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

PROSE = """# The *ferry* talks

Prose with a [link](https://example.org/source).

## Wages

| kind | count |
|---|---|
| direct | 3 |

## Hours

Text.

## Next steps & dates

```python
# no heading
```
"""


def notebook(*cells: str) -> nbformat.NotebookNode:
    """Make a notebook; a text that begins with a heading is prose."""
    made = [v4.new_markdown_cell(text) if text.startswith("#") else v4.new_code_cell(text) for text in cells]
    return v4.new_notebook(cells=made)


def save(made: nbformat.NotebookNode, path: Path) -> Path:
    nbformat.write(made, path)
    return path


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> list[render.Executed]:
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "beside.txt").write_text("read from the folder", encoding="utf-8")
    first = notebook(
        PROSE,
        "import sys, warnings\nfrom IPython.display import display" + RICH,
        "sys.executable",
        "open('beside.txt').read()",
        "import time\nprint('a', flush=True)\ntime.sleep(0.3)\nprint('b')",
        "warnings.warn('two articles have no date')",
        f"print({HOSTILE!r})",
        f"Rich({{'image/png': {PNG!r}, 'text/plain': {HOSTILE!r}}})",
        f"Rich({{'text/html': '<p>static view</p>', {WIDGET_VIEW!r}: {{'model_id': 'x'}}}})",
        f"Rich({{{WIDGET_VIEW!r}: {{'model_id': 'x'}}}})",
        "",
        "object()",
        "import matplotlib.pyplot as plt\n_ = plt.figure(figsize=(1, 1)).gca()",
    )
    paths = [
        save(first, folder / "1 first.ipynb"),
        save(notebook("1 + 1"), folder / "2_second.ipynb"),
    ]
    return render.execute_all(paths, timeout=60)


@pytest.fixture(scope="module")
def pages(executed: list[render.Executed], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return render.write_pages(executed, tmp_path_factory.mktemp("out") / "made")


def texts(cell: nbformat.NotebookNode) -> str:
    return json.dumps(cell.outputs, ensure_ascii=False)


def test_runs_in_this_interpreter_and_in_the_folder_of_the_notebook(executed: list[render.Executed]) -> None:
    cells = executed[0].fresh.cells
    assert cells[2].outputs[0].data["text/plain"] == repr(sys.executable)
    assert "read from the folder" in texts(cells[3])


def test_figures_are_drawn_inline(executed: list[render.Executed]) -> None:
    assert [sorted(output.data) for output in executed[0].fresh.cells[12].outputs] == [["image/png", "text/plain"]]


def test_a_kernel_registered_by_the_user_does_not_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps({"argv": ["false"], "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    made = render.execute(notebook("1 + 1"), tmp_path / "a.ipynb", timeout=60)
    assert made.cells[0].outputs[0].data["text/plain"] == "2"


def test_normalised_form(executed: list[render.Executed]) -> None:
    fresh = executed[0].fresh
    assert [cell.id for cell in fresh.cells[:3]] == ["cell-00", "cell-01", "cell-02"]
    code = [cell for cell in fresh.cells if cell.cell_type == "code" and cell.source]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert fresh.cells[2].outputs[0].execution_count == 2
    assert set(fresh.metadata) == {"kernelspec", "language_info"}
    assert "version" not in fresh.metadata.language_info
    assert not any("execution" in cell.metadata for cell in fresh.cells)
    nbformat.validate(fresh)


def test_streams_are_joined_and_carry_no_process_number(executed: list[render.Executed]) -> None:
    cells = executed[0].fresh.cells
    assert [output.text for output in cells[4].outputs] == ["a\nb\n"]
    assert cells[5].outputs[0].text.startswith("<cell>:1: UserWarning: two articles")


def test_widget_views_give_way_to_the_static_form(executed: list[render.Executed]) -> None:
    cells = executed[0].fresh.cells
    assert [set(output.data) for output in cells[8].outputs] == [{"text/html", "text/plain"}]
    assert all(WIDGET_VIEW not in output.data for output in cells[9].outputs)


def test_an_output_that_is_a_widget_view_alone_is_left_out() -> None:
    made = notebook("slider")
    made.cells[0].outputs = [v4.new_output("display_data", {WIDGET_VIEW: {"model_id": "x"}})]
    made.metadata["widgets"] = {"state": {}}
    normal = render.normalise(made)
    assert normal.cells[0].outputs == []
    assert "widgets" not in normal.metadata


def test_normalising_twice_changes_nothing_and_leaves_the_notebook_alone(
    executed: list[render.Executed],
) -> None:
    before = json.dumps(executed[0].fresh)
    assert render.normalise(executed[0].fresh) == executed[0].fresh
    assert json.dumps(executed[0].fresh) == before


def test_rendering_twice_gives_identical_files(tmp_path: Path) -> None:
    figure = "import matplotlib.pyplot as plt\n_ = plt.figure(figsize=(1, 1)).gca()"
    note = "import warnings\nprint('seen')\nwarnings.warn('a note')\nprint('seen')"
    source = save(notebook(PROSE, figure, note, "{'a': 1}"), tmp_path / "a.ipynb")
    written = []
    for _ in range(2):
        runs = render.execute_all([source], timeout=60)
        pages = render.write_pages(runs, tmp_path / "out")
        written.append([path.read_bytes() for path in render.write_back(runs) + pages])
    assert written[0] == written[1]
    assert render.read_notebook(source) == runs[0].fresh


@pytest.mark.parametrize(
    ("source", "timeout", "expected"),
    [
        (
            "\nfirst = 1\nraise ValueError('no rounds found')",
            60,
            "code cell 2 (`first = 1`) raised ValueError: no r",
        ),
        (
            "import time\ntime.sleep(60)",
            1,
            "code cell 2 (`import time`) ran past the limit of 1 s in 2 fresh kernels",
        ),
        ("import os\nos._exit(1)", 60, "code cell 2 (`import os`) lost its kernel"),
    ],
)
def test_a_notebook_that_stops_is_named_with_cell_and_cause(
    source: str, timeout: int, expected: str, tmp_path: Path
) -> None:
    path = save(notebook("# Title", "1", source), tmp_path / "a.ipynb")
    with pytest.raises(NotebookError) as fault:
        render.execute_all([path], timeout=timeout)
    assert str(path) in str(fault.value)
    assert expected in str(fault.value)
    assert ("--timeout 4" in str(fault.value)) == ("limit" in expected)


def test_a_hang_is_tried_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def hang_once(made: nbformat.NotebookNode, *_: object) -> None:
        tries.append(made)
        if len(tries) == 1:
            made.cells[0].outputs = [stream("half")]
            raise TimeoutError

    monkeypatch.setattr("toolkit.render.kernel._run", hang_once)
    made = render.execute(notebook("1"), tmp_path / "a.ipynb")
    assert len(tries) == 2
    assert made.cells[0].outputs == []


def test_no_kernel_at_all_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Kernel died before replying")

    monkeypatch.setattr("toolkit.render.kernel._run", fail)
    with pytest.raises(NotebookError, match="no kernel could be started"):
        render.execute(notebook("1"), tmp_path / "a.ipynb")


def test_a_limit_must_be_positive(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least 1 second"):
        render.execute(notebook("1"), tmp_path / "a.ipynb", timeout=0)


@pytest.mark.parametrize("content", [None, "no json", "[1, 2]", '{"cells": 3, "nbformat": 4}'])
def test_what_is_no_notebook_is_refused(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(str(path))):
        render.read_notebook(path)


def test_two_notebooks_of_one_name_are_refused(executed: list[render.Executed], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="rename one"):
        render.write_pages(
            [executed[0], executed[0].__class__(tmp_path / "1 first.ipynb", *[executed[0].fresh] * 2)],
            tmp_path,
        )


def test_pages_do_not_replace_a_file(executed: list[render.Executed], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="give a folder"):
        render.write_pages(executed, tmp_path / "out")


# What counts as a difference


def committed_and_fresh(before: list[object], after: list[object]) -> list[str]:
    notebooks = []
    for outputs in (before, after):
        made = notebook("# Title", "frame.head()")
        made.cells[1].outputs = outputs
        notebooks.append(made)
    return render.differences(*notebooks)


def bundle(**data: str) -> nbformat.NotebookNode:
    return v4.new_output("display_data", {mime.replace("_", "/"): value for mime, value in data.items()})


def stream(text: str) -> nbformat.NotebookNode:
    return v4.new_output("stream", name="stdout", text=text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([stream("same")], [stream("same")]),
        ([bundle(text_plain="<a at 0x7f3a5c001234>")], [bundle(text_plain="<a at 0x7f3a5cffff00>")]),
        ([bundle(image_png="AAAA", text_plain="alt")], [bundle(image_png="BBBB", text_plain="alt")]),
        ([bundle(text_html="a")], [v4.new_output("display_data", {"text/html": "a", WIDGET_VIEW: {}})]),
    ],
)
def test_outputs_that_count_as_equal(before: list[object], after: list[object]) -> None:
    assert committed_and_fresh(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ([], [stream("new")], "+new"),
        ([stream("old")], [stream("new")], "-old"),
        ([bundle(text_html="<p>3</p>")], [bundle(text_html="<p>4</p>")], "+<p>4</p>"),
        (
            [bundle(image_png="A", text_plain="3 bars")],
            [bundle(image_png="A", text_plain="4 bars")],
            "+4 bars",
        ),
        ([bundle(image_png="A", text_plain="a")], [bundle(text_plain="a")], "-[image/png]"),
        ([], [v4.new_output("display_data", {"application/json": {"n": 1}})], '"n": 1'),
        ([v4.new_output("error", ename="KeyError", evalue="x", traceback=[])], [], "-[error] KeyError"),
    ],
)
def test_outputs_that_differ_are_shown_with_their_cell(before: list[object], after: list[object], line: str) -> None:
    (found,) = committed_and_fresh(before, after)
    assert found.startswith("code cell 1 (`frame.head()`)\n")
    assert line in found


def test_a_long_difference_is_cut_and_says_so() -> None:
    (found,) = committed_and_fresh([], [stream("\n".join("x" * 500 for _ in range(40)))])
    assert "… and 29 more lines" in found
    assert len(found) < 5_000


# The page


def test_pages_load_nothing_and_forbid_everything_else(pages: list[Path]) -> None:
    for path in pages:
        elements = Elements(path.read_text(encoding="utf-8"))
        assert not elements.named("link")
        assert not elements.named("script")
        for tag, attributes in elements.found:
            sources = [attributes.get("src"), attributes.get("href") if tag != "a" else None]
            assert all(source.startswith("data:") for source in sources if source)
        (policy,) = [m["content"] for m in elements.named("meta") if "http-equiv" in m]
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
        assert "url(" not in path.read_text(encoding="utf-8")


def test_hostile_text_stays_text(pages: list[Path]) -> None:
    elements = Elements(pages[0].read_text(encoding="utf-8"))
    assert not any("onerror" in attributes for _, attributes in elements.found)
    described = [image["alt"] for image in elements.named("img")]
    assert described == [HOSTILE, "Chart without a description"]


def test_hostile_titles_stay_text() -> None:
    made = notebook(f"# Talks {HOSTILE}", "1")
    links = [page.Link("a.html", f"Talks {HOSTILE}"), page.Link("b.html", HOSTILE)]
    html = page.page_html(made, pages=links)
    prose = Elements(html.split("<main", 1)[0] + html.split("</main>", 1)[1])
    assert not prose.named("img")
    assert not prose.named("script")


def test_structure_of_a_page(pages: list[Path]) -> None:
    text = pages[0].read_text(encoding="utf-8")
    elements = Elements(text)
    assert text.startswith("<!DOCTYPE html>")
    assert elements.named("html") == [{"lang": "en"}]
    assert len(elements.named("main")) == len(elements.named("h1")) == 1
    assert "<title>The ferry talks</title>" in text
    assert {"class": "skip", "href": "#content"} in elements.named("a")
    assert [h["id"] for h in elements.named("h2")] == ["Wages", "Hours", "Next-steps-&-dates"]
    assert all(detail.get("open") is None for detail in elements.named("details"))
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_links_between_pages_and_to_sections(pages: list[Path]) -> None:
    first, second = (Elements(path.read_text(encoding="utf-8")) for path in pages)
    assert {"rel": "next", "href": "2_second.html"} in first.named("a")
    assert {"rel": "prev", "href": "1%20first.html"} in second.named("a")
    assert {"href": "1%20first.html", "aria-current": "page"} in first.named("a")
    assert [a["href"] for a in first.named("a")].count("#Next-steps-%26-dates") == 2


def test_a_page_without_heading_takes_its_name_as_title(pages: list[Path]) -> None:
    assert "<h1>2_second</h1>" in pages[1].read_text(encoding="utf-8")


def test_every_output_is_on_the_page(pages: list[Path]) -> None:
    text = pages[0].read_text(encoding="utf-8")
    for expected in ("read from the folder", "two articles have no date", "<p>static view</p>", PNG):
        assert expected in text


def charted() -> nbformat.NotebookNode:
    """A notebook with a chart, one of whose marks leads to a place in another output."""
    marks = "".join(f'<a href="#{place}"><title>{place}</title><path d="M0 0"/></a>' for place in ("round=r1", "gone"))
    chart = {DRAWN: f"<svg>{marks}</svg>", "image/png": PNG, "text/plain": "Timeline: all of it"}
    outputs = [chart, {"text/html": '<details id="round=r1">A round</details>'}]
    cell = v4.new_code_cell("draw()", outputs=[v4.new_output("display_data", each) for each in outputs])
    return render.normalise(v4.new_notebook(cells=[cell]))


def test_charts_are_drawings_on_the_page_whose_marks_lead_to_its_places() -> None:
    html = page.page_html(charted())
    assert PNG not in html
    assert '<a href="#round=r1"><title>' in html
    assert "<g><title>gone</title>" in html
    assert "#gone" not in html
    assert "<summary>In words</summary><p>Timeline: all of it</p>" in html
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert [f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" in html for each in scripts]


def test_charts_are_pictures_in_the_committed_notebook(tmp_path: Path) -> None:
    fresh = charted()
    path = tmp_path / "charts.ipynb"
    render.write_back([render.Executed(path, fresh, fresh)])
    committed = render.read_notebook(path)
    assert set(committed.cells[0].outputs[0].data) == {"image/png", "text/plain"}
    assert render.differences(committed, fresh) == []


def test_pictures_in_prose_are_taken_into_the_page(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"picture")
    html = page.page_html(notebook("# Map\n\n![where](map.png)"), folder=tmp_path)
    assert 'alt="where" src="data:image/png;base64,' in html


@pytest.mark.parametrize(
    ("prose", "title"),
    [
        ("# Plain", "Plain"),
        ("#   Marked **and** `code` [link](x.html) #", "Marked and code link"),
        ("```\n# a comment\n```\n\n# After code", "After code"),
        ("## Second level", "otherwise"),
    ],
)
def test_title(prose: str, title: str) -> None:
    assert page.title_of(v4.new_notebook(cells=[v4.new_markdown_cell(prose)]), "otherwise") == title
