"""Rows checked in the linked view: in a page opened from disk with the keyboard alone, and in JupyterLab."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import hostile
import pytest
from browser_support import lacking, too_wide, violations
from nbformat import v4

import toolkit as tk
from toolkit import render

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from lab_support import Lab, Notebook
    from playwright.sync_api import Locator, Page

    from toolkit.coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = "seeds/000_2a7e18f9396dc323.txt"

# None of them is what a cell of a poisoned coverage holds already.
PAYLOADS = [f"= {payload}" for payload in hostile.PAYLOADS]

# CPU time of the page's own thread, whatever else the machine does.
SPENT = "Performance.getMetrics"


@pytest.fixture(scope="module")
def shared(coverage: Coverage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tk.share(coverage, tmp_path_factory.mktemp("checked") / "shared.html")


@pytest.fixture
def live(shared: Path, page: Page) -> Locator:
    return opened(page, shared)


def opened(page: Page, path: Path) -> Locator:
    """Open a page and begin to check, with the keyboard."""
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(path.as_uri())
    live = page.locator(".tk-view[data-ready='true'] [data-part=live]")
    live.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(live.get_by_role("region", name="Checking")).to_be_visible()
    return live


def press(live: Locator, *keys: str) -> None:
    for key in keys:
        live.page.keyboard.press(key)


def said(live: Locator) -> Locator:
    return live.locator("[data-part=said]")


def download(live: Locator, path: Path) -> Path:
    with live.page.expect_download() as begun:
        live.get_by_role("button", name="Download corrections").press("Enter")
    begun.value.save_as(path)
    return path


def bars(live: Locator) -> dict[str, int]:
    """Return the speakers that the page counts."""
    for more in live.locator("[data-key='all:speakers']").all():
        more.evaluate("node => node.textContent.startsWith('Show all') && node.click()")
    found = live.locator("[data-part=speakers] [data-move]").evaluate_all(
        "all => all.map(each => [each.querySelector('bdi').textContent, +each.querySelector('.tk-count').textContent])"
    )
    return dict(found)


def spoken(coverage: Coverage) -> dict[str, int]:
    """Return the same by the frame."""
    voices = [
        name
        for row in coverage.quotations.to_dict("records")
        for name in dict.fromkeys([row["speaker"] or "(no speaker named)", *row["cospeakers"]])
    ]
    return {name: voices.count(name) for name in voices}


def test_fifty_rows_are_checked_with_the_keyboard_alone_and_the_file_says_what_the_page_shows(
    live: Locator, coverage: Coverage, tmp_path: Path
) -> None:
    keyboard = live.page.keyboard
    for number in range(50):
        if number % 5 == 1:
            press(live, "n")
        elif number % 5 == 3:
            press(live, "e")
            keyboard.type("Ada Berg")
            press(live, "Enter")
        else:
            press(live, "y")
    expect(live.get_by_text(f"checked 50 of {len(coverage.quotations)}", exact=True)).to_be_visible()
    press(live, "Escape")
    expect(live.get_by_role("region", name="Checking")).to_be_hidden()
    press(live, "Enter")
    lines = tk.read_corrections(download(live, tmp_path / "mine.csv"))
    assert lines["verdict"].value_counts().to_dict() == {"right": 30, "wrong": 10, "edit": 10}
    corrected = tk.correct(coverage, lines)
    assert set(corrected.checked["outcome"]) == {"applied"}
    assert bars(live) == spoken(corrected)
    assert bars(live)["Ada Berg"] == 10
    expect(live.get_by_role("status")).to_contain_text(f"{len(coverage.quotations) - 10} quotations")
    expect(live.page.locator(".as-read").first).to_be_visible()


def test_an_act_is_undone_and_done_again(live: Locator) -> None:
    before = bars(live)
    press(live, "n", "e")
    live.page.keyboard.type("Ada Berg")
    press(live, "Enter")
    after = bars(live)
    assert after != before
    expect(said(live)).to_contain_text("Corrected: Ada Berg")
    press(live, "u", "Control+z")
    assert bars(live) == before
    expect(said(live)).to_contain_text("Checked 0 of")
    press(live, "Shift+U", "Control+Shift+Z")
    assert bars(live) == after
    expect(said(live)).to_contain_text("Checked 2 of")


def test_words_selected_in_the_text_become_a_row(live: Locator, coverage: Coverage, tmp_path: Path) -> None:
    taken = live.evaluate(
        """live => {
          const inside = [...live.querySelectorAll('[data-from]')].map(p => document.createTreeWalker(p, 4).nextNode());
          const node = inside.find(each => !each.parentElement.closest('mark') && each.length > 12);
          getSelection().setBaseAndExtent(node, 2, node, 12);
          return getSelection().toString();
        }"""
    )
    live.get_by_role("button", name="Add").click()
    expect(live.get_by_label("Words")).to_have_value(taken)
    live.get_by_label("Speaker", exact=True).fill("=Ada; Berg")
    live.get_by_label("Note").fill("seen by hand")
    press(live, "Enter")
    expect(said(live)).to_contain_text("Added")
    expect(live.locator("[data-part=text] mark.tk-is-added")).to_have_text(taken)
    assert bars(live)["=Ada; Berg"] == 1
    lines = tk.read_corrections(download(live, tmp_path / "mine.csv"))
    row = tk.correct(coverage, lines).quotations.query("origin == 'added'").iloc[0]
    assert (row["text"], row["speaker"]) == (taken, "=Ada; Berg")
    assert set(lines["note"]) == {"seen by hand"}
    # The same words again are refused, and so are words that no article has.
    press(live, "a")
    for words, told in ((taken, "of these words"), ("no such words", "do not stand in the article")):
        live.get_by_label("Words").fill(words)
        press(live, "Enter")
        expect(live.get_by_role("alert")).to_contain_text(told)
    press(live, "Escape")
    expect(live.get_by_role("toolbar")).to_be_visible()


def test_rounds_and_opinions_are_corrected_and_all_follows(live: Locator, coverage: Coverage, tmp_path: Path) -> None:
    live.get_by_role("button", name="Rounds").first.click()
    live.get_by_role("button", name="Edit").click()
    for label, value in (
        ("First day", "2020-02-03"),
        ("Last day", "2020-02-04"),
        ("Place", "Oslo"),
        ("Parties", "Peru; Kenya"),
    ):
        live.get_by_label(label).fill(value)
    live.get_by_label("Status").select_option("concluded")
    live.get_by_role("button", name="Save").click()
    expect(live.locator("[data-part=rounds]")).to_contain_text("3–4 Feb 2020")
    live.get_by_role("button", name="Sentiment").first.click()
    live.get_by_role("button", name="Edit").click()
    other = "-1" if live.get_by_label("Polarity").input_value() == "1" else "1"
    live.get_by_label("Polarity").select_option(other)
    live.get_by_role("button", name="Save").click()
    fixed = tk.correct(coverage, tk.read_corrections(download(live, tmp_path / "mine.csv")))
    (found,) = fixed.rounds.query("origin == 'corrected'").to_dict("records")
    assert (found["place"], found["status"], found["parties"]) == ("Oslo", "concluded", ["Peru", "Kenya"])
    assert list(fixed.sentiment.query("origin == 'corrected'")["score"]) == [float(other)]


def select(live: Locator, words: str) -> None:
    """Select words in the article that is open, as a mouse does."""
    live.evaluate(
        """(live, words) => {
          const [found] = [...live.querySelectorAll('[data-from]')].filter(p => p.textContent.includes(words));
          const at = offset => {
            const walker = document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (offset <= node.length) return [node, offset];
              offset -= node.length;
            }
          };
          const start = found.textContent.indexOf(words);
          getSelection().setBaseAndExtent(...at(start), ...at(start + words.length));
        }""",
        words,
    )


def test_extent_cue_and_those_who_share_a_statement_are_set_with_keys_or_selected(
    live: Locator, coverage: Coverage, tmp_path: Path
) -> None:
    first = live.locator(".tk-card .tk-these")
    words = " ".join(first.inner_text().split())
    press(live, "e")
    extent = live.get_by_role("textbox", name="Extent")
    expect(extent).to_have_value(words)
    live.get_by_role("button", name="Extent: begin a word later").press("Enter")
    live.get_by_role("button", name="Extent: end a word earlier").press("Enter")
    cut = extent.input_value()
    assert cut
    assert cut in words
    expect(live.locator("[data-part=text] .tk-place").first).to_be_visible()
    extent.fill("words that nobody wrote")
    extent.press("Enter")
    expect(live.get_by_role("alert")).to_have_text("Extent: these words do not stand in the article.")
    extent.fill(cut)
    select(live, words.split()[0])
    live.get_by_role("group", name="Cue").get_by_role("button", name="Take the selection").click()
    live.get_by_label("Said with").fill("Ada Berg; Bo Lind")
    live.get_by_label("Kind of source").select_option("unnamed")
    press(live, "Tab")
    live.get_by_label("Note").press("Enter")
    expect(said(live)).to_contain_text("Corrected")
    after = bars(live)
    assert (after["Ada Berg"], after["Bo Lind"]) == (1, 1)
    press(live, "u")
    assert "Ada Berg" not in bars(live)
    press(live, "Shift+U")
    fixed = tk.correct(coverage, tk.read_corrections(download(live, tmp_path / "mine.csv")))
    assert set(fixed.checked["outcome"]) == {"applied"}
    (row,) = fixed.quotations.query("origin == 'corrected'").to_dict("records")
    assert " ".join(row["text"].split()) == cut
    assert (row["cue"], row["cospeakers"], row["source_kind"]) == (words.split()[0], ["Ada Berg", "Bo Lind"], "unnamed")
    assert bars(live) == spoken(fixed)


def test_rounds_are_made_one_and_parted_and_all_follows(live: Locator, coverage: Coverage, tmp_path: Path) -> None:
    live.get_by_role("button", name="Rounds").first.press("Enter")
    live.get_by_role("group", name="Row to check").focus()
    count = live.locator("[data-part=roundsCount]")
    expect(count).to_have_text(str(len(coverage.rounds)))
    press(live, "g", "Enter")
    expect(live.get_by_role("alert")).to_contain_text("Choose the round")
    live.get_by_label("This round is the same as").select_option(index=1)
    live.get_by_label("This round is the same as").press("Enter")
    expect(count).to_have_text(str(len(coverage.rounds) - 1))
    live.get_by_role("group", name="Row to check").focus()
    press(live, "s", "Enter")
    while not live.get_by_role("alert").is_visible():
        press(live, "j", "s", "Enter")
    expect(live.get_by_role("alert")).to_contain_text("Choose some of the passages")
    press(live, "Space")
    live.get_by_role("button", name="Save").press("Enter")
    expect(count).to_have_text(str(len(coverage.rounds)))
    press(live, "u", "u")
    expect(said(live)).to_contain_text("Checked 0 of")
    press(live, "Shift+U", "Shift+U")
    fixed = tk.correct(coverage, tk.read_corrections(download(live, tmp_path / "mine.csv")))
    assert fixed.checked["outcome"].tolist() == ["applied", "applied"]
    assert len(fixed.rounds) == len(coverage.rounds)
    assert (fixed.rounds["origin"] == "added").sum() == 1
    assert "corrected" in set(fixed.rounds["origin"])


def test_what_was_judged_before_counts_on(page: Page, coverage: Coverage, tmp_path: Path) -> None:
    first, second, *_ = coverage.quotations["key"]
    judged = tk.check(coverage, who="AB").confirm("quotations", first).reject("quotations", second).apply()
    path = tk.share(judged, tmp_path / "judged.html")
    live = opened(page, path)
    expect(live.locator(".tk-shares tbody tr").first).to_contain_text("all1 of 250 %")
    press(live, "y", "y")
    expect(live.locator(".tk-shares tbody tr").first).to_contain_text("all3 of 475 %")
    expect(page.get_by_role("region", name="Rows and Between (95 %)")).to_contain_text("1 of 2")
    assert violations(page, "main") == []


def test_a_file_begun_before_is_taken_up(live: Locator, coverage: Coverage, tmp_path: Path) -> None:
    first, second, *_ = coverage.quotations["key"]
    made = tk.check(coverage, who="AB").reject("quotations", first).set("quotations", second, speaker="Bo Lind")
    path = tk.write_corrections(made, tmp_path / "begun.csv")
    press(live, "y")
    live.locator("input[type=file]").set_input_files(path)
    expect(said(live)).to_contain_text("2 rows taken from the file")
    assert bars(live) == spoken(made.apply())
    again = tk.read_corrections(download(live, tmp_path / "mine.csv"))
    assert sorted(again["verdict"]) == ["edit", "right", "wrong"]
    torn = tmp_path / "torn.csv"
    torn.write_bytes(path.read_bytes()[:-30])
    live.locator("input[type=file]").set_input_files(torn)
    expect(said(live)).to_contain_text("torn.csv was not taken")
    live.locator("input[type=file]").set_input_files(path)
    expect(said(live)).to_contain_text("0 rows taken from the file; 2 checked here already stay as they are")


def test_a_sample_tells_how_often_the_machine_is_right(live: Locator) -> None:
    live.get_by_label("of", exact=True).fill("10")
    live.get_by_role("button", name="Draw a sample").click()
    live.get_by_role("group", name="Row to check").focus()
    press(live, *"yyyynyyyyn")
    expect(live.get_by_text("checked 10 of 10, a sample")).to_be_visible()
    shown = live.locator(".tk-shares tbody tr").first
    low, high = (round(100 * bound) for bound in tk.corrections._judging.wilson(8, 10))
    expect(shown).to_have_text(f"all8 of 1080 %{low}–{high} %")


def test_who_leaves_with_corrections_not_downloaded_is_asked(live: Locator, tmp_path: Path) -> None:
    page = live.page
    asks = "() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert not page.evaluate(asks)
    press(live, "y")
    assert page.evaluate(asks)
    download(live, tmp_path / "mine.csv")
    assert not page.evaluate(asks)


def test_checking_has_no_barriers_and_fits_its_window(live: Locator) -> None:
    page, problems = live.page, []
    press(live, "y", "n", "e", "Enter", "k")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        problems += [f"{scheme}: {violation}" for violation in violations(page, "main")]
        press(live, "e")
        problems += [f"{scheme}, a form: {violation}" for violation in violations(page, "[data-part=desk]")]
        press(live, "Escape")
    problems += too_wide(page)
    assert not problems, "\n".join(problems)


def test_a_row_is_checked_at_once_among_thousands(page: Page, tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))
    from explore import invented

    path = tmp_path / "large.html"
    path.write_text(f"<!DOCTYPE html>\n{tk.explore(invented(500)).html(in_page=True)}", encoding="utf-8")
    live = opened(page, path)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        found = {each["name"]: each["value"] for each in session.send(SPENT)["metrics"]}
        return float(found["TaskDuration"])

    def pressed(key: str) -> float:
        before = spent()
        press(live, key)
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        return spent() - before

    # The quicker half, for a machine at work on something else makes even its own time longer.
    for key in ("y", "n", "j", "u"):
        assert statistics.mean(sorted(pressed(key) for _ in range(8))[:4]) < 0.1, key
    expect(live.get_by_text("checked 8 of 6,500", exact=True)).to_be_visible()


def test_what_a_click_leaves_as_it_is_stays_in_place(live: Locator) -> None:
    parts = {"speakers": ".tk-bar", "rounds": "li", "matrix": "tr", "text": "p", "table": "tr"}
    nodes = ", ".join(f"[data-part={part}] {node}" for part, node in parts.items())
    live.evaluate("(live, nodes) => { for (const each of live.querySelectorAll(nodes)) each.known = true; }", nodes)
    before = live.locator(nodes).count()
    press(live, "n")
    expect(said(live)).to_contain_text("Rejected")
    kept = live.evaluate("(live, nodes) => [...live.querySelectorAll(nodes)].filter(each => each.known).length", nodes)
    assert kept > 0.8 * before


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font:UserWarning")
def test_hostile_texts_stay_texts_in_every_field(page: Page, tmp_path: Path) -> None:
    coverage = hostile.poisoned(tk.analyze(hostile.articles()))
    live = opened(page, tk.share(coverage, tmp_path / "hostile.html"))
    for number, tab in enumerate(("Quotations", "Sentiment", "Rounds")):
        live.get_by_role("group", name="What to check").get_by_role("button", name=tab).click()
        for payload in PAYLOADS[3 * number : 3 * number + 3]:
            live.get_by_role("group", name="Row to check").focus()
            press(live, "e")
            for field in live.locator("input[data-field]:not([type=date])").all():
                field.fill(payload)
            press(live, "Enter")
            press(live, "e")
            for field in live.locator("textarea[data-field]").all():
                field.fill(payload)
                field.press("Enter")
                expect(live.get_by_role("alert")).to_be_visible()
            press(live, "Escape")
        press(live, "n", "y", "m", "Escape", "a", "Escape")
    # Rounds are named in the forms that join and part them, and so are those that were added.
    for key in ("g", "s"):
        press(live, key)
        assert page.evaluate(hostile.DANGERS, "body") == []
        press(live, "Escape")
    path = download(live, tmp_path / "hostile.csv")
    lines = tk.read_corrections(path)
    given = set(lines["given"].dropna())
    assert {" ".join(payload.split()) for payload in PAYLOADS[:6]} <= given
    page.reload()
    live = opened(page, Path(page.url.removeprefix("file://")))
    live.locator("input[type=file]").set_input_files(path)
    expect(said(live)).to_contain_text("taken from the file")
    assert page.evaluate(hostile.DANGERS, "body") == []


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font:UserWarning")
@pytest.mark.filterwarnings("ignore:corrections without effect:toolkit.errors.ToolkitWarning")
def test_a_hostile_file_of_corrections_does_nothing_but_what_it_says(page: Page, tmp_path: Path) -> None:
    coverage = tk.analyze(hostile.articles())
    lines = hostile.lines(coverage)
    path = tk.write_corrections(lines, tmp_path / "hostile.csv")
    corrected = tk.correct(coverage, path)
    assert len(corrected.checked) == len(lines)
    for number, each in enumerate((coverage, corrected)):
        live = opened(page, tk.share(each, tmp_path / f"{number}.html"))
        live.locator("input[type=file]").set_input_files(path)
        expect(said(live)).to_contain_text("taken from the file")
        for tab in ("Quotations", "Sentiment", "Rounds"):
            live.get_by_role("group", name="What to check").get_by_role("button", name=tab).click()
            live.get_by_role("group", name="Row to check").focus()
            press(live, "j", "e", "Escape", "k")
            assert page.evaluate(hostile.DANGERS, "body") == []
        again = tk.read_corrections(download(live, tmp_path / f"{number}.csv"))
        assert len(again) == len(lines)
        assert set(again["note"]) == {
            " ".join(line["note"].split()) for line in tk.read_corrections(path).to_dict("records")
        }


@pytest.fixture
def ran(lab: Lab) -> Notebook:
    path = lab.root / "checking.ipynb"
    if not path.exists():
        cells = (
            f"import toolkit as tk\ncoverage = tk.analyze(tk.read('{SEED}'))",
            "widget = tk.explore(coverage).widget(corrections='mine.csv')\nwidget",
        )
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells])
        render.write_notebook(render.normalise(notebook), path)
    notebook = lab.ran("checking.ipynb")
    assert notebook.errors() == []
    return notebook


def test_rows_checked_in_jupyterlab_are_kept_in_python_and_in_the_file(
    ran: Notebook, lab: Lab, undated: Coverage
) -> None:
    live = ran.cell(1).locator(".tk-view[data-ready='true'] [data-part=live]")
    cells = len(ran.content()["cells"])
    live.get_by_role("button", name="Check", exact=True).press("Enter")
    for number in range(50):
        if number % 10 == 4:
            press(live, "e")
            ran.page.keyboard.type("Ada Berg")
            press(live, "Enter")
        else:
            press(live, "n" if number % 10 == 2 else "y")
    expect(live.get_by_text(f"checked 50 of {len(undated.quotations)}", exact=True)).to_be_visible()
    press(live, "d", "d", "b")
    assert len(ran.content()["cells"]) == cells
    counted = "print(widget.corrections.verdict.value_counts().to_dict())"
    wanted = {"right": 40, "wrong": 5, "edit": 5}
    ran.page.wait_for_timeout(300)
    assert ran.python(counted) == str(wanted)
    lines = tk.read_corrections(lab.root / "mine.csv")
    assert lines["verdict"].value_counts().to_dict() == wanted
    expect(live).to_contain_text("50 rows checked, kept in mine.csv.")
    assert ran.python("print((tk.correct(coverage, 'mine.csv').quotations.speaker == 'Ada Berg').sum())") == "5"
    # What Python takes away, the page takes away.
    ran.python("widget.corrections = None")
    expect(live.get_by_text(f"checked 0 of {len(undated.quotations)}", exact=True)).to_be_visible()
    press(live, "Escape")
