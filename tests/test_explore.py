from __future__ import annotations

import ast
import base64
import datetime as dt
import gzip
import hashlib
import html
import itertools
import json
import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import nbformat
import pandas as pd
import pytest
from covered import coverage_of
from outline import Outline, bare

import toolkit as tk
from toolkit.articles import Article
from toolkit.citing import STYLES
from toolkit.display import rows
from toolkit.errors import InputError
from toolkit.frames import COVERAGE, DECLARED, FrameSpec, Role
from toolkit.linked import _assets, script_source
from toolkit.linked._excerpts import excerpts, share_of_text
from toolkit.linked._filters import FILTERS, matching, values_of
from toolkit.linked._packing import Offsets
from toolkit.records import Actor, Mention, Opinion, Quotation, Round, TimeExpression, Track
from toolkit.render.page import PageExporter, page_html

if TYPE_CHECKING:
    from toolkit.coverage import Coverage
    from toolkit.linked import LinkedView

TEXT = (
    'title: Ferry\n\nThe ferry will run, Ada said on Monday. "It was late," Bo replied, "and cold."\n'
    "The gulls had no comment. Nor had the tide.\nThe talks in Lund go on.\n"
)
OTHER = "Nobody spoke at the quay. Cy called Ada brave."
SCRIPTS = ['<script type="application/json">', '<script type="application/gzip">', "<script>"]
HOSTILE = "</script><img src=x onerror=alert(1)> &amp; \"q\" 'p' 😀 שלום <!--"


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def covering(*, texts: tuple[str, str] = (TEXT, OTHER), say: str = "") -> Coverage:
    """Two articles, three quotations, three opinions and a round; ``say`` is put into every field of text."""
    one = Article(
        texts[0],
        title=say or "Ferry",
        outlet=say or "The Daily Otter",
        published=dt.date(2031, 2, 18),
        path="archive/ferry.txt",
        url=say or None,
        body_start=texts[0].index("The ferry"),
    )
    two = Article(texts[1], path="quay.txt")
    first, second = one.article_id, two.article_id

    def at(words: str) -> tuple[int, int]:
        return span(texts[0], words)

    quotations = [
        Quotation(
            "q1",
            first,
            (at("The ferry will run"),),
            "The ferry will run",
            "indirect",
            say or "said",
            at("said"),
            say or "says",
            source_text=say or "Ada",
            source_span=at("Ada"),
            speaker=say or "Ada",
            speaker_how=say or "name",
            cospeakers=(say or "Cy",),
            source_kind="named",
            audience=say or "us",
            score=0.99,
        ),
        Quotation(
            "q2",
            first,
            (at('"It was late,"'), at('"and cold."')),
            '"It was late," … "and cold."',
            "direct",
            "replied",
            at("replied"),
            "says",
            source_text="Bo",
            source_span=at("Bo"),
            speaker="Bo",
            speaker_how="name",
            via="q1",
            score=0.98,
        ),
        Quotation("q3", second, (span(texts[1], "Ada brave"),), "Ada brave", "mixed", score=0.05),
    ]
    sentence = (at("The ferry")[0], at("Monday.")[1])
    opinions = [
        Opinion(first, *sentence, say or "Ferry company", at("ferry will"), say or "Ada", 1, 0.5, "q1"),
        Opinion(first, *sentence, "Ada", at("Ada"), None, 0, 0.0),
        Opinion(second, *span(texts[1], "Cy called Ada brave."), "Ada", span(texts[1], "Ada"), None, 1, 0.6, "q3"),
    ]
    mentions = [
        Mention(first, *at("Ada"), "Ada", say or "Ada", "name"),
        Mention(first, *at("The gulls"), "gulls", "gulls", "name"),
    ]
    times = [TimeExpression(first, *at("Monday"), say or "Monday", "DATE", say or "2031-02-17", basis="resolved")]
    place = (first, *at("The talks in Lund go on."))
    rounds = [
        Round(
            "r1",
            say or "Lake talks",
            say or "talks",
            2,
            first=dt.date(2031, 2, 17),
            date_text=say or "Monday",
            date_basis="resolved",
            place=say or "Lund",
            parties=(say or "North",),
            people=(say or "Ada",),
            tracks=(Track(say or "fish", say or "stuck", "x", place),),
            outcome=say or None,
            status="held",
            evidence=(place, (first, *sentence)),
        ),
    ]
    return coverage_of(
        articles=[one, two],
        actors=[Actor(say or "Ada", "person")],
        mentions=mentions,
        quotations=quotations,
        sentiment=opinions,
        times=times,
        rounds=rounds,
        metadata={"toolkit": "0", "pipeline": say or "en_rules"},
    )


@pytest.fixture
def view() -> LinkedView:
    return tk.explore(covering())


def run_script(code: str, given: Any) -> Any:
    """Run code behind the view's own functions, and return the JSON that it prints."""
    done = subprocess.run(
        ["node", "--input-type=commonjs", "-e", _assets._shared() + code],
        input=json.dumps(given),
        text=True,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def block(page: str) -> dict[str, Any]:
    """The data in a page, unpacked."""
    (found,) = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    return json.loads(gzip.decompress(base64.b64decode(data["gzip"]))) if "gzip" in data else data


def stripped(page: str) -> str:
    """The page as a notebook that is not trusted shows it: without scripts and style sheets."""
    return re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)


class TestData:
    def test_all_that_a_quotation_is_known_by_is_there(self, view: LinkedView) -> None:
        data = block(view.html())
        names, columns = data["names"], data["quotations"]
        assert columns["id"] == ["q1", "q2", "q3"]
        assert [[names[n] for n in voices] for voices in columns["voices"]] == [
            ["Ada", "Cy"],
            ["Bo"],
            ["(no speaker named)"],
        ]
        assert columns["via"] == [-1, 0, -1]
        assert [names[n] for n in (columns["cue"][0], columns["audience"][0], columns["how"][0])] == [
            "said",
            "us",
            "name",
        ]
        text = data["articles"]["text"][0]
        assert [text[s:e] for s, e in zip(columns["spans"][1][::2], columns["spans"][1][1::2], strict=True)] == [
            '"It was late,"',
            '"and cold."',
        ]
        assert columns["text"] == [None, None, None]

    def test_a_quotation_speaks_of_the_rounds_whose_passages_it_touches(self, view: LinkedView) -> None:
        data = block(view.html())
        assert data["quotations"]["rounds"] == [[0], [], []]
        assert data["opinions"]["rounds"] == [[0], [0], []]

    def test_words_of_a_corrected_frame_are_kept(self) -> None:
        coverage = covering()
        corrected = coverage.quotations.assign(text=["ferry runs", *coverage.quotations["text"][1:]])
        view = tk.explore(replace(coverage, quotations=corrected))
        assert block(view.html())["quotations"]["text"] == ["ferry runs", None, None]
        assert "ferry runs" in stripped(view.html())

    @pytest.mark.parametrize(
        ("text", "offset", "expected"), [("abc", 2, 2), ("é…c", 2, 2), ("a😀b", 1, 1), ("a😀b", 2, 3), ("😀😀", 2, 4)]
    )
    def test_offsets_count_as_a_page_counts(self, text: str, offset: int, expected: int) -> None:
        assert Offsets(text)(offset) == expected == len(text[:offset].encode("utf-16-le")) // 2

    def test_large_data_are_packed_and_come_out_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = tk.explore(covering()).payload()
        monkeypatch.setattr("toolkit.linked.view.PLAIN_DATA", 100)
        packed = tk.explore(covering()).payload()
        assert set(json.loads(packed)) == {"gzip"}
        assert gzip.decompress(base64.b64decode(json.loads(packed)["gzip"])).decode() == plain

    def test_rows_of_unknown_articles_are_left_aside(self) -> None:
        coverage = covering()
        view = tk.explore(replace(coverage, articles=coverage.articles.iloc[:1]))
        assert list(view.quotations["quotation_id"]) == ["q1", "q2"]
        assert "Ada brave" not in view.html()


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "quotations", "opinions"),
        [
            ({}, ["q1", "q2"], [0, 1, 2]),
            ({"show": "all"}, ["q1", "q2", "q3"], [0, 1, 2]),
            ({"speaker": "Ada"}, ["q1"], [0]),
            ({"speaker": "Cy"}, ["q1"], []),
            ({"speaker": "(the outlet)"}, [], [1]),
            ({"speaker": "(no speaker named)"}, [], [2]),
            ({"speaker": "(no speaker named)", "show": "all"}, ["q3"], [2]),
            ({"target": "Ada", "show": "all"}, ["q3"], [1, 2]),
            ({"round": "r1"}, ["q1"], [0, 1]),
            ({"kind": "indirect"}, ["q1"], [0]),
            ({"kind": "relayed"}, ["q2"], []),
            ({"kind": "mixed", "target": "Ada", "show": "all"}, ["q3"], [2]),
            ({"search": "FERRY"}, ["q1"], [0, 1]),
            ({"search": "bo"}, ["q2"], []),
            ({"first": dt.date(2031, 1, 1)}, ["q1", "q2"], [0, 1]),
            ({"first": "2031-01-01", "last": "2031-02-01"}, [], []),
            ({"speaker": "Ada", "kind": None, "search": ""}, ["q1"], [0]),
        ],
    )
    def test_rows_that_are_left(self, filters: dict[str, Any], quotations: list[str], opinions: list[int]) -> None:
        coverage = covering()
        said = coverage.quotations.assign(said=pd.to_datetime(["2031-02-17", "2031-02-18", None]))
        view = tk.explore(replace(coverage, quotations=said), filters=filters)
        assert list(view.quotations["quotation_id"]) == quotations
        assert list(view.sentiment.index) == opinions

    def test_an_article(self, view: LinkedView) -> None:
        view.filters = {"article": covering().articles["article_id"][1], "show": "all"}
        assert list(view.quotations["quotation_id"]) == ["q3"]

    def test_state_is_a_value_and_goes_into_the_page(self, view: LinkedView) -> None:
        view.filters = {"speaker": "Bo"}
        view.selection = {"quotation_id": "q2"}
        assert block(view.html())["state"] == {"filters": {"speaker": "Bo"}, "selection": {"quotation_id": "q2"}}
        assert "Filters: speaker='Bo'" in repr(view)
        view.filters["kind"] = "direct"
        assert view.filters == {"speaker": "Bo"}

    @pytest.mark.parametrize(
        ("state", "message"),
        [
            ({"filters": {"speakers": "Bo"}}, "found 'speakers', expected one of speaker, target"),
            ({"filters": {"speaker": "Zed"}}, "'Zed' is not on offer; accepted are 'Ada', 'Cy', 'Bo'"),
            ({"filters": {"round": "x"}}, "accepted are 'r1'"),
            ({"filters": {"first": "May"}}, "first 'May' is no day; give a date or YYYY-MM-DD"),
            ({"filters": {"search": 3}}, "search is a int, expected a text"),
            ({"selection": {"row": 3}}, "expected one of article_id, quotation_id, opinion"),
            ({"selection": {"opinion": 3}}, "accepted are '0', '1', '2'"),
        ],
    )
    def test_what_is_not_on_offer_is_named_and_changes_nothing(
        self, view: LinkedView, state: dict[str, Any], message: str
    ) -> None:
        view.filters = {"speaker": "Bo"}
        ((name, value),) = state.items()
        with pytest.raises(InputError, match=re.escape(message)):
            setattr(view, name, value)
        assert (view.filters, view.selection) == ({"speaker": "Bo"}, {})

    def test_only_a_coverage_is_taken(self) -> None:
        with pytest.raises(InputError, match=r"found DataFrame; make one with analyze"):
            tk.explore(pd.DataFrame())  # type: ignore[arg-type]


class TestStaticForm:
    def test_without_script_and_style_all_is_there(self, view: LinkedView) -> None:
        page = stripped(view.html())
        text = bare(page)
        assert TEXT in text
        assert OTHER in text
        outline = Outline(page)
        assert outline.nests
        marks = [each for each in outline.all("span") if "title" in each]
        assert len(marks) == 3
        links = {str(each["href"])[1:] for each in outline.all("a")}
        assert links == {each["id"] for each in marks if each.get("id")}
        assert len(links) == 2
        for words in ("Ada with Cy", "Lake talks", "2nd round", "Ada → Ferry company +", "1 less sure not shown"):
            assert words in text

    def test_it_shows_what_the_filters_leave(self, view: LinkedView) -> None:
        view.filters = {"speaker": "Bo"}
        page = stripped(view.html())
        assert "Filtered by speaker: Bo" in bare(page)
        assert "1 of 2 quotations · 1 speaker ·" in bare(page)
        assert len(Outline(page).all("a")) == 1

    def test_of_many_articles_it_shows_some_and_says_so(
        self, view: LinkedView, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("toolkit.linked._static.FULL_TEXT", 50)
        view.filters = {"target": "Ada", "kind": "mixed", "show": "all"}
        text = bare(stripped(view.html()))
        assert "1 of 2 articles and the first 100 rows of each table stand here." in text
        # The article with something to show comes first.
        assert OTHER in text
        assert "gulls" not in text

    def test_an_empty_coverage_is_shown_as_empty(self) -> None:
        coverage = covering()
        view = tk.explore(replace(coverage, **{name: frame.iloc[:0] for name, frame in coverage.frames().items()}))
        assert "0 quotations · 0 speakers · 0 articles" in repr(view)
        assert "0 quotations" in bare(stripped(view.html()))


class TestHostileText:
    def test_nothing_in_an_article_or_a_field_becomes_markup(self) -> None:
        view = tk.explore(covering(texts=(TEXT + HOSTILE + "\u2028", OTHER + HOSTILE), say=HOSTILE))
        for page in (view.html(), view.html(in_page=True)):
            assert re.findall(r"<script[^>]*>", page) == SCRIPTS
            assert len(re.findall("</script>", page)) == len(SCRIPTS)
            outline = Outline(stripped(page))
            assert outline.nests
            assert not outline.all("img")
            assert not [key for _, attributes in outline.elements for key in attributes if key.startswith("on")]
            assert HOSTILE in bare(stripped(page))
            data = block(page)
            assert HOSTILE in data["names"]
            assert data["articles"]["text"][0] == TEXT + HOSTILE + "\u2028"

    def test_filters_may_be_hostile_too(self) -> None:
        view = tk.explore(covering(), filters={"search": HOSTILE})
        assert len(re.findall("</script>", view.html())) == len(SCRIPTS)
        assert HOSTILE in html.unescape(stripped(view.html()))


class TestScript:
    def test_every_output_has_the_same_script_and_its_hash_is_told(self) -> None:
        pages = [
            tk.explore(covering()).html(),
            tk.explore(covering(say="x"), filters={"kind": "mixed"}).html(in_page=True),
        ]
        pattern = re.compile(r'<script(?: type="application/gzip")?>(.*?)</script>', re.DOTALL)
        ((packed, loader),) = {tuple(pattern.findall(page)) for page in pages}
        scripts = (loader.encode(), gzip.decompress(base64.b64decode(packed)), _assets.chart_script().encode())
        digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
        assert script_source() == " ".join(f"'sha256-{digest}'" for digest in digests)

    @pytest.mark.parametrize("text", [_assets.loader(), _assets.inline_script(), _assets.widget_module()],
                             ids=["loader", "inline", "widget"])  # fmt: skip
    def test_it_never_parses_text_as_markup_and_loads_nothing(self, text: str) -> None:
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
            "import(",
            "fetch(",
            "http",
            "</",
        ):
            assert word not in text, word

    def test_one_source_serves_both_hosts(self) -> None:
        shared = _assets._shared()
        assert shared in _assets.inline_script()
        assert shared in _assets.widget_module()
        assert _assets.widget_module().endswith("export default { render };\n")

    @pytest.mark.skipif(shutil.which("node") is None, reason="needs node to parse the script")
    @pytest.mark.parametrize("name", ["loader", "inline_script", "widget_module"])
    def test_it_can_be_parsed(self, name: str) -> None:
        kind = "module" if name == "widget_module" else "commonjs"
        done = subprocess.run(
            ["node", f"--input-type={kind}", "--check"],
            input=getattr(_assets, name)(),
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    @pytest.mark.skipif(shutil.which("node") is None, reason="needs node to run the script")
    def test_page_and_kernel_filter_by_one_rule(self, undated: Coverage) -> None:
        view = tk.explore(undated)
        data = block(view.html())
        singles = [{key: value} for key in FILTERS for value in values_of(key, data)]
        singles += [{"search": word} for word in ("Talks", "ÇA", "“", "zelenskyy")] + [{"first": "2026-02-18"}]
        chosen = singles + [one | other for one, other in itertools.pairwise(singles)]
        answer = run_script(
            "const {data, chosen} = JSON.parse(require('fs').readFileSync(0, 'utf8')); const model = modelOf(data);"
            "const numbers = (rows) => passing(rows).map((row) => row.number);"
            "console.log(JSON.stringify(chosen.map((filters) => { applyFilters(model, tidy(filters));"
            "const less_sure = passing(model.quotations, 'show').filter((row) => row.failed);"
            "return {quotations: numbers(model.quotations), opinions: numbers(model.opinions),"
            " less_sure: less_sure.map((row) => row.number)}; })));",
            {"data": data, "chosen": chosen},
        )
        assert len(chosen) > 50
        assert answer == [matching(data, filters) for filters in chosen]

    @pytest.mark.skipif(shutil.which("node") is None, reason="needs node to run the script")
    def test_page_and_kernel_cite_alike(self) -> None:
        coverage = covering(say="Ada")
        styles = list(STYLES)
        answer = run_script(
            "const {data, styles} = JSON.parse(require('fs').readFileSync(0, 'utf8')); const model = modelOf(data);"
            "console.log(JSON.stringify(model.quotations.map((row) => styles.map((style) => cited(row, style)))))",
            {"data": block(tk.explore(coverage).html()), "styles": styles},
        )
        rows = [row for _, row in coverage.quotations.iterrows()]
        assert answer == [[tk.cite(row, coverage, style=style) for style in styles] for row in rows]

    @pytest.mark.skipif(shutil.which("node") is None, reason="needs node to run the script")
    @pytest.mark.parametrize(
        "filters", [{}, {"speaker": 'A "b" \\c', "search": "\n\t–'é😀"}, {"kind": "direct", "first": "2031-02-17"}]
    )
    def test_the_line_of_code_gives_the_filters_back(self, filters: dict[str, str]) -> None:
        line = run_script(
            "console.log(JSON.stringify(asCode(JSON.parse(require('fs').readFileSync(0, 'utf8')))))", filters
        )
        assert line.startswith("view.filters = ")
        assert ast.literal_eval(line.removeprefix("view.filters = ")) == filters

    def test_the_same_coverage_gives_the_same_bytes(self) -> None:
        assert tk.explore(covering()).html() == tk.explore(covering()).html()
        assert tk.explore(covering()).html(in_page=True) == tk.explore(covering()).html(in_page=True)


class TestNotebook:
    def test_bundle(self, view: LinkedView) -> None:
        bundle = view._repr_mimebundle_()
        assert set(bundle) == {"text/html", "text/plain"}
        assert bundle["text/plain"].splitlines() == [
            "Linked view: 2 quotations · 3 speakers · 2 articles · 1 round · 1 less sure not shown",
            "  Ada, Cy: The ferry will run",
            '  Bo: "It was late," … "and cold."',
        ]

    def test_widget_is_in_step_with_the_view(self, view: LinkedView) -> None:
        view.filters = {"speaker": "Bo"}
        widget = view.widget()
        assert (widget.filters, widget.selection) == ({"speaker": "Bo"}, {})
        widget.filters = {"kind": "mixed", "speaker": None, "show": "all"}
        assert widget.filters == {"kind": "mixed", "show": "all"}
        assert list(widget.view.quotations["quotation_id"]) == ["q3"]
        with pytest.raises(InputError, match="not on offer"):
            widget.selection = {"quotation_id": "q9"}
        assert json.loads(widget.data)["articles"]["title"][0] == "Ferry"
        data, _ = widget._repr_mimebundle_()
        assert {"text/html", "text/plain"} < set(data)


def test_a_rendered_notebook_lets_the_script_of_its_live_views_run(view: LinkedView) -> None:
    output = nbformat.v4.new_output("display_data", data=dict(view._repr_mimebundle_()))
    page = page_html(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("view", outputs=[output])]))
    assert f"img-src data:; script-src {script_source()}; base-uri 'none'" in page
    # The renderer leaves what the policy vouches for as it is.
    assert f"<script>{_assets.loader()}</script>" in page
    assert PageExporter().export_from_notebook == "Offline HTML"


class TestExcerpts:
    def test_only_evidence_is_kept_and_every_span_keeps_its_words(self) -> None:
        whole = covering()
        part = excerpts(whole)
        one, two = part.articles["text"]
        assert one == TEXT[TEXT.index("The ferry") : TEXT.index("The gulls") - 1] + "\n[…]\nThe talks in Lund go on."
        assert two == " […] Cy called Ada brave."
        assert list(part.mentions["actor"]) == ["Ada"]
        for spec in COVERAGE:
            before, after = words_of(whole, spec), words_of(part, spec)
            assert after == [words for words in before if words in after], spec.name
            assert not spec.evidence or before == after
        assert words_of(whole, DECLARED["quotations"])[0] == [
            "The ferry will run", "said", "Ada", None, "The ferry will run",
        ]  # fmt: skip
        assert passages(whole) == passages(part)
        assert 0 < share_of_text(whole, part) < 1

    def test_dtypes_stay(self) -> None:
        whole = covering()
        part = excerpts(whole)
        for name, frame in whole.frames().items():
            assert dict(part.frames()[name].dtypes) == dict(frame.dtypes), name

    @pytest.mark.parametrize("name", [spec.name for spec in COVERAGE])
    def test_any_frame_may_be_empty(self, name: str) -> None:
        part = excerpts(covering().with_frames({name: covering()[name].head(0)}))
        assert list(part[name].columns) == list(DECLARED[name].names)
        assert tk.explore(part).html()

    def test_every_span_of_the_seeds_keeps_its_words(self, coverage: Coverage) -> None:
        part = excerpts(coverage)
        for name, spec in coverage.specs().items():
            before, after = words_of(coverage, spec), words_of(part, spec)
            # Only rows of no evidence go, and only what points elsewhere is gone.
            left = iter(before)
            assert all(any(as_kept(row, words) for words in left) for row in after), name
            assert not spec.evidence or len(before) == len(after)
        assert any("None" not in repr(words) for words in words_of(part, DECLARED["actors"]))


def as_kept(row: list[Any], words: list[Any]) -> bool:
    return all(one in (other, None) for one, other in zip(row, words, strict=True))


def words_of(coverage: Coverage, spec: FrameSpec) -> list[list[Any]]:
    """The words of every span and passage of a frame, row by row; the columns are those that the declaration names."""
    texts = dict(zip(coverage.articles["article_id"], coverage.articles["text"], strict=True))
    found = []
    for row in rows(coverage[spec.name]):
        text = texts.get(row[spec.the(Role.ARTICLE)], "") if spec.the(Role.ARTICLE) else ""
        spans = [None if row[start] is None else text[row[start] : row[end]] for start, end in spec.spans.values()]
        pieces = [text[start:end] for name in spec.by_role(Role.SPANS) for start, end in row[name]]
        places = [row[name] for name in spec.by_role(Role.PLACE)]
        places += [place for name in spec.by_role(Role.PLACES) for place in row[name]]
        found.append([*spans, *pieces, *(place and texts[place[0]][place[1] : place[2]] for place in places)])
    return found


def passages(coverage: Coverage) -> list[str]:
    texts = dict(zip(coverage.articles["article_id"], coverage.articles["text"], strict=True))
    return [texts[name][start:end] for places in coverage.rounds["evidence"] for name, start, end in places]
