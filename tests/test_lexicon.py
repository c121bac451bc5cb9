"""Word lists of a user's own: what they change, what they leave alone, and how mistakes in them are told."""

from __future__ import annotations

import importlib
import os
import pickle
import pkgutil
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import toolkit as tk
from toolkit.lexicon import changing, lexicon
from toolkit.lexicon.cues import by_first_word, is_cue
from toolkit.lexicon.gazetteer import is_role, lookup
from toolkit.lexicon.lexicon import NAMES, Lexicon, current, derived, packaged, using
from toolkit.lexicon.wordlists import alternatives, load, words
from toolkit.text.sentences import sentences
from toolkit.times import find_times

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.coverage import Coverage

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_2a7e18f9396dc323.txt"
TEXT = "Talks on the fishing grounds resumed in Oslo on Tuesday. “Nobody will leave early,” Ada Roe mused."
CACHES = {
    "toolkit.actors._cast": "an article's own, within one call",
    "toolkit.analysis.executing": "chains sent to a worker, each with the lists it reads by",
    "toolkit.export._discourse": "one password, made slowly",
    "toolkit.export._workbook": "how cells are laid out",
    "toolkit.lexicon.lexicon": "where results are kept by lexicon",
    "toolkit.lexicon.spelling": "rules of spelling, no lists",
    "toolkit.linked._assets": "scripts and styles of the package",
    "toolkit.linked._widget": "a class",
    "toolkit.model._onnx": "weights",
    "toolkit.model.attribution_tagger": "settings of weights",
    "toolkit.model.event_reader": "settings of weights",
    "toolkit.model.position_reader": "settings of weights",
    "toolkit.model.position_wording": "vectors of words",
    "toolkit.model.speaker_ranker": "settings of weights",
    "toolkit.model.trunk_reader": "settings of weights",
    "toolkit.model.doc_writer": "places of labels in spaCy's store",
    "toolkit.model.pair_reader": "settings of weights",
    "toolkit.model.parsing_labels": "places of labels",
    "toolkit.model.sentiment_classifier": "settings of weights",
    "toolkit.model.train.opinions": "training",
    "toolkit.model.train.parsing_windows": "training",
    "toolkit.model.train.written": "training, by the packaged lists",
    "toolkit.model.word_pieces": "word pieces and their vectors",
    "toolkit.model.words": "pieces and shapes of words",
    "toolkit.pipeline.loading": "the pipeline, which reads lists only when it reads a text",
    "toolkit.positions._words": "vectors of words",
    "toolkit.reading._language": "a library's model of languages",
    "toolkit.store._articles": "rows of articles",
    "toolkit.store._keys": "the package's code",
    "toolkit.store._parts": "how rounds, events and positions are written",
    "toolkit.times._ahead": "weights",
    "toolkit.views.picture": "a style sheet of the package",
    "toolkit.views.table": "a style sheet of the package",
    "toolkit.widgets._controls": "a class",
}


def fresh(content: Lexicon) -> Lexicon:
    """The same lists in an object of its own, its keys the other way round."""

    def turned(value: Any) -> Any:
        return {key: turned(value[key]) for key in reversed(value)} if hasattr(value, "keys") else value

    return Lexicon(turned({name: content[name] for name in content}))


def copied(given: Lexicon) -> Any:
    """As another process gets it."""
    return pickle.loads(pickle.dumps(given))  # noqa: S301 - our own


def analysed(given: Lexicon) -> Coverage:
    with using(given):
        return tk.analyze([tk.Article(TEXT)])


# What a lexicon is.


def test_equal_content_is_equal_whatever_the_order_of_keys() -> None:
    own, turned = tk.words(), fresh(tk.words())
    assert turned == own
    assert hash(turned) == hash(own)
    assert list(turned) == list(reversed(list(own)))
    assert len({own, turned, own.extended("grammar", "channels", add=["pager"])}) == 2
    assert own != "lists"


@pytest.mark.parametrize(
    "change",
    [
        lambda own: own.extended("grammar", "institutions", add=["secretariat"]),
        lambda own: own.extended("cues", "irregular", add={"bespeak": ["bespoke", "bespoken"]}),
        lambda own: own.extended("cues", "group", "says", "clause", "verbs", add=["muse"]),
        lambda own: own.extended("states", "state", "Kenya", "aliases", add={"Kenyaland"}),
        lambda own: own.extended("states", "state", "Kenya", "seats", add={"State House": []}),
        lambda own: own.extended("cues", "group", "denies", "phrases", add=["be having none of"]),
        lambda own: own.extended(
            "names", "organisations", add=[{"name": "Tidewater Pact", "aliases": ["TWP"], "kind": "body"}]
        ),
        lambda own: own.without("grammar", "institutions", drop=["ministry"]),
        lambda own: own.without("names", "organisations", drop="NATO"),
        lambda own: own.without("talks", "ordinals", drop=["third"]),
        lambda own: own.replaced("targets", {"stand_in": "somebody"}),
        lambda own: own.replaced("talks", {"status": {"held": ["took place"]}}),
    ],
)
def test_a_change_gives_another_lexicon_and_leaves_the_first(change: Callable[[Lexicon], Lexicon]) -> None:
    own = tk.words()
    digest = own.digest
    changed = change(own)
    assert changed != own
    assert own.digest == digest == fresh(own).digest
    assert len(changed.changed) == 1
    assert changed.changed[0] in repr(changed)
    assert copied(changed) == changed


def test_lists_cannot_be_changed_in_place() -> None:
    institutions = tk.words()["grammar"]["institutions"]
    assert not hasattr(institutions, "append")
    with pytest.raises(TypeError):
        tk.words()["grammar"]["institutions"] = ()  # type: ignore[index]


def test_what_was_added_can_be_taken_out_again() -> None:
    own = tk.words()
    there = own["grammar"]["institutions"][0]
    assert own.extended("grammar", "institutions", add=[there]) == own
    longer = own.extended("grammar", "institutions", add=["secretariat", there, "secretariat"])
    assert longer["grammar"]["institutions"][-2:] == (own["grammar"]["institutions"][-1], "secretariat")
    assert longer.without("grammar", "institutions", drop=["secretariat"]) == own


def test_the_packaged_lists_pickle_as_a_name_and_others_by_what_differs() -> None:
    own = tk.words()
    assert len(pickle.dumps(own)) < 300
    assert copied(own) is own
    changed = own.extended("targets", "plain_words", add=["dinghy"])
    assert len(pickle.dumps(changed)) < 3_000
    # The same object each time: a process derives once what comes with each task.
    assert copied(changed) is copied(changed)


def test_lists_that_build_on_another_package_are_not_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = pickle.dumps(tk.words().extended("grammar", "channels", add=["pager"]))
    other = tk.words().without("names", "cities", drop=["Oslo"])
    monkeypatch.setattr(lexicon, "packaged", lambda: other)
    with pytest.raises(tk.InputError, match="same version of the toolkit"):
        pickle.loads(sent)  # noqa: S301 - our own


def test_it_shows_what_it_holds() -> None:
    own = tk.words()
    assert repr(own) == f"<Lexicon {own.digest[:12]}: as packaged>"
    shown = own.extended("grammar", "channels", add=["pager"])._repr_html_()
    assert "grammar</th>" in shown
    assert shown.count("changed") == 1


def test_the_order_of_keys_has_no_meaning(coverage: Coverage) -> None:
    articles = [*tk.read(SEED, published="2026-02-18"), *tk.read(SEED.parent / "background")]
    with using(fresh(tk.words())):
        turned = tk.analyze(articles)
    for name in ("actors", "quotations", "sentiment", "times", "rounds"):
        assert getattr(turned, name).astype(str).equals(getattr(coverage, name).astype(str)), name


# What it changes.


def test_a_cue_of_ones_own_announces_a_statement() -> None:
    own = tk.words()
    with_cue = own.extended("cues", "group", "insists", "clause", "verbs", add=["muse"])
    before = analysed(own).quotations
    assert before.cue_force.isna().all()
    assert analysed(with_cue).quotations.cue_force.tolist() == ["insists"]
    assert analysed(own).quotations.equals(before)
    assert analysed(with_cue).quotations.cue_force.tolist() == ["insists"]


def test_lists_of_every_part_of_the_analysis_are_followed() -> None:
    own = tk.words()
    assert find_times("They meet on Tuesday.", article_id="a")
    without = own.without("times", "capitalised", "weekday", drop=["Tuesday"])
    with using(without):
        assert not find_times("They meet on Tuesday.", article_id="a")
    assert lookup("Oslo") is not None
    with using(own.without("names", "cities", drop=["Oslo"]).without("states", "state", drop=["Norway"])):
        assert lookup("Oslo") is None
    text = "The note was signed by Hafn. Orre in May."
    assert len(sentences(text)) == 2
    with using(own.extended("abbreviations", "before_name", add=["hafn"])):
        assert len(sentences(text)) == 1
    rounds = analysed(own).rounds
    assert len(rounds) == 1
    assert rounds.label.tolist() == ["talks, Oslo"]
    assert analysed(own.replaced("talks", {"talks": ["regatta"]})).rounds.label.tolist() != ["talks, Oslo"]
    assert not is_role("harbourmaster")
    with using(own.extended("names", "role_nouns", add=["harbourmaster"])):
        assert is_role("Harbourmaster")


def test_threads_with_different_lists_do_not_mix() -> None:
    own = tk.words()
    given = [own.extended("cues", "group", "says", "clause", "verbs", add=[f"zing{n}le"]) for n in range(4)]

    def known(number: int) -> list[bool]:
        with using(given[number % 4]):
            return [is_cue(f"zing{n}les") for n in range(4)]

    with ThreadPoolExecutor(4) as pool:
        for number, found in enumerate(pool.map(known, range(200))):
            assert found == [n == number % 4 for n in range(4)]
    assert not is_cue("zing0les")


def test_a_lexicon_is_in_force_inside_its_block_alone() -> None:
    outer, inner = fresh(tk.words()), fresh(tk.words())
    with using(outer):
        with using(inner):
            assert current() is inner
        with pytest.raises(tk.InputError), using(inner):
            inner.extended("grammar", "chanels", add=[])
        assert current() is outer
    assert current() == tk.words()


def test_results_are_kept_by_lexicon() -> None:
    calls = []

    @derived
    def counted(key: str) -> int:
        calls.append(key)
        return len(words("grammar", key))

    longer = tk.words().extended("grammar", "channels", add=["pager"])
    own = counted("channels")
    for _ in range(2):
        with using(longer):
            assert counted("channels") == own + 1
        assert counted("channels") == own
    assert calls == ["channels", "channels"]


def test_packaged_lists_edited_meanwhile_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.toml").write_bytes((lexicon.FOLDER / f"{name}.toml").read_bytes())
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    first = tk.words()
    assert tk.words() is first
    edited = tmp_path / "targets.toml"
    edited.write_text(edited.read_text(encoding="utf-8").replace('"someone"', '"anyone"'), encoding="utf-8")
    os.utime(edited, ns=(1, 1))
    assert tk.words()["targets"]["stand_in"] == "anyone"
    assert tk.words().digest != first.digest


@pytest.mark.parametrize("name", NAMES)
def test_any_list_may_be_empty(name: str) -> None:
    own = tk.words()
    empty = emptied(own[name], (name,))
    # Patterns of times are built of fragments by their names.
    empty.pop("fragments", None)
    assert len(analysed(own.replaced(name, empty)).articles) == 1


def emptied(value: Any, path: tuple[str, ...]) -> Any:
    """The same tables, with nothing in their lists."""
    if not hasattr(value, "keys"):
        return value if isinstance(value, str | int | float) else []
    return {} if changing._is_free(path) else {key: emptied(value[key], (*path, key)) for key in value}


# Mistakes.


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda own: own.extended("gramar", "channels", add=["pager"]), "'gramar' is no word list.*grammar"),
        (lambda own: own.extended("grammar", "chanels", add=["pager"]), "grammar.toml: 'chanels'.*channels"),
        (lambda own: own.extended("grammar", "channels", add="pager"), "grammar.toml: channels: found text"),
        (lambda own: own.extended("grammar", "channels", add=[3]), "channels: found a number in it, 3; expected text"),
        (lambda own: own.extended("grammar", "channels", add=[" "]), "channels: an entry is empty"),
        (lambda own: own.extended("grammar", add=["pager"]), "grammar.toml holds lists: name one of them"),
        (lambda own: own.extended("grammar", "channels", "phone", add=["pager"]), "channels is a list of words"),
        (lambda own: own.extended("talks", "ordinals", add=["umpteenth"]), "ordinals: found a list to add"),
        (lambda own: own.extended("talks", "ordinals", add={"umpteenth": "many"}), "ordinals.umpteenth: found text"),
        (lambda own: own.extended("states", "state", "Kenia", "aliases", add=["K"]), "'Kenia' tells no list.*Kenya"),
        (lambda own: own.extended("states", "state", "Kenya", add=["K"]), "name one of its lists: .*aliases"),
        (lambda own: own.extended("states", "state", add=[{"name": "Tidewater"}]), "'Tidewater' lacks alpha3"),
        (lambda own: own.extended("names", "organisations", add=[{"nam": "T"}]), "'nam'.*the nearest: name"),
        (
            lambda own: own.without("grammar", "channels", drop=["fecebook"]),
            "'fecebook' is not in it.*facebook",
        ),
        (lambda own: own.without("targets", "stand_in", drop=["someone"]), "stand_in is no list"),
        (lambda own: own.replaced("grammar", {"channels": "phone"}), "channels: found text, expected a list"),
        (lambda own: own.replaced("grammar", ["phone"]), "grammar.toml: found a list, expected a table"),
        (lambda own: own.replaced("talks", {"status": {"hold": []}}), "status: 'hold'.*held"),
        (lambda own: own.replaced("times", {"fragments": {}}), None),
    ],
)
def test_mistakes_name_file_and_list(change: Callable[[Lexicon], Lexicon], told: str | None) -> None:
    if told is None:
        # What only the patterns themselves can tell is told when they are built.
        with pytest.raises(tk.InputError, match=r"times\.toml: a pattern names"):
            analysed(change(tk.words()))
        return
    with pytest.raises(tk.InputError, match=told):
        change(tk.words())


# From a folder.


def test_a_folder_is_laid_over_the_packaged_lists(tmp_path: Path) -> None:
    (tmp_path / "grammar.toml").write_text('channels = ["pager"]\n', encoding="utf-8")
    (tmp_path / "talks.toml").write_text(
        '[status]\nheld = ["came off"]\n[ordinals]\numpteenth = 99\n', encoding="utf-8"
    )
    (tmp_path / "notes.md").write_text("Why these.", encoding="utf-8")
    found, own = tk.words(tmp_path), tk.words()
    assert found.changed == ("grammar", "talks")
    assert found["grammar"]["channels"] == ("pager",)
    assert found["grammar"]["institutions"] == own["grammar"]["institutions"]
    assert found["talks"]["status"]["held"] == ("came off",)
    assert found["talks"]["status"]["planned"] == own["talks"]["status"]["planned"]
    assert found["talks"]["ordinals"] == {"umpteenth": 99}
    assert found == own.replaced("talks", {"ordinals": {"umpteenth": 99}, "status": {"held": ["came off"]}}).replaced(
        "grammar", {"channels": ["pager"]}
    )


def test_copies_of_the_packaged_files_are_the_packaged_lists(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.toml").write_bytes((lexicon.FOLDER / f"{name}.toml").read_bytes())
    assert tk.words(str(tmp_path)) == tk.words()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("grammer.toml", b"", "'grammer' is no word list; the nearest: grammar"),
        ("grammar.toml", b'channels = ["phone"]\n\nleaders = "x', r"grammar.toml is no TOML, or was cut: .*line 3"),
        ("grammar.toml", b'channels = ["phone",\n', r"grammar.toml is no TOML, or was cut: .*line 2"),
        ("grammar.toml", b'channels = ["phone", "caf\xe9"]\n', "grammar.toml: line 1 is not in UTF-8"),
        ("grammar.toml", b"channels = [1]\n", "grammar.toml: channels: found a number in it"),
        ("grammar.toml", b'chanels = ["phone"]\n', "grammar.toml: 'chanels' is no list of it; the nearest: channels"),
    ],
)
def test_faulty_files_are_told_with_their_place(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(tk.InputError, match=told) as caught:
        tk.words(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_every_cut_of_a_file_is_told_or_is_whole_up_to_there(tmp_path: Path) -> None:
    whole = (lexicon.FOLDER / "targets.toml").read_bytes()
    path = tmp_path / "targets.toml"
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        try:
            found = tk.words(tmp_path)
        except tk.ToolkitError as error:
            assert "targets.toml" in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert set(found["targets"]) == set(tk.words()["targets"])


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_lists_is_told(tmp_path: Path, folder: str) -> None:
    with pytest.raises(tk.InputError, match=r"no folder|holds no TOML"):
        tk.words(tmp_path / folder)


def test_free_tables_are_there() -> None:
    for path in changing.FREE:
        value: Any = packaged()
        for key in path:
            if isinstance(value, tuple):
                value = next(table for table in value if key in table)
            value = value[next(iter(value)) if key == "*" else key]
        assert hasattr(value, "keys"), path


# Nothing is kept but by lexicon.


def modules() -> list[str]:
    return ["toolkit", *(found.name for found in pkgutil.walk_packages([str(ROOT / "toolkit")], "toolkit."))]


def test_caches_that_know_no_lexicon_are_few_and_have_a_reason() -> None:
    caching = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "toolkit").rglob("*.py")
        if re.search(r"from functools import .*\b(lru_)?cache\b|functools\.(lru_)?cache", path.read_text("utf-8"))
    }
    assert caching == set(CACHES)


def test_no_module_reads_word_lists_when_it_is_imported() -> None:
    code = f"""
import importlib
from toolkit.lexicon import lexicon
def refused(*_):
    raise AssertionError("read at import")
lexicon._default = refused
for name in {[name for name in modules() if ".train" not in name]!r}:
    importlib.import_module(name)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_derived_function_forgets_what_another_lexicon_gave() -> None:
    for name in modules():
        if ".train" not in name:
            importlib.import_module(name)
    own, same = fresh(tk.words()), fresh(tk.words())
    with using(own):
        by_first_word()
        tk.analyze([tk.Article(TEXT)])
    assert len(own.results) > 20
    assert not same.results


def test_patterns_of_alternatives() -> None:
    phrases = ["peace", "peace talks", "a.m."]
    assert alternatives(phrases[::-1]) == alternatives(phrases) == r"peace\ talks|peace|a\.m\."
    assert alternatives([]) == "(?!)"
    assert load("targets")["stand_in"] == "someone"
