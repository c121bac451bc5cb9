from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from toolkit.errors import InputError
from toolkit.model.parsing_features import FeatureReader
from toolkit.model.train import parsing, starting
from toolkit.model.train.parsing_data import Example, NamePool, curled, cut, read_names, read_trees
from toolkit.model.windows import LONGEST

VOCAB = spacy.blank("en").vocab
WORDS = ["Ana", "Duarte", "left", "Oslo", ".", "Nobody", "wept", "."]
SPACES = [True, True, True, False, True, True, False, False]
HEADS = [1, 2, 2, 2, 2, 6, 6, 6]
DEPS = ["compound", "nsubj", "ROOT", "dobj", "punct", "nsubj", "ROOT", "punct"]
TAGS = ["NNP", "NNP", "VBD", "NNP", ".", "NN", "VBD", "."]


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
    (example,) = read_trees(write(tmp_path, "trees", tree()), tagged=True)
    assert example.heads == HEADS
    assert example.deps == DEPS
    assert example.tags == TAGS
    assert example.forms is not None
    assert example.forms[2] == "VERB"
    assert [i for i, start in enumerate(example.starts) if start] == [0, 5]
    (bare,) = read_trees(tmp_path / "language" / "trees.spacy", tagged=False)
    assert bare.tags is None
    assert bare.heads == HEADS


def test_names_are_read_without_dates(tmp_path: Path) -> None:
    (example,) = read_names(write(tmp_path, "names", named()))
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


def test_long_documents_are_cut_between_sentences() -> None:
    pieces = list(cut(long_example(50)))
    assert sum(map(len, pieces)) == 50 * len(WORDS)
    assert all(len(piece) <= LONGEST and piece.starts[0] for piece in pieces)
    assert sum(len(piece.names or ()) for piece in pieces) == 50
    assert all(0 <= head < len(piece) for piece in pieces for head in piece.heads or ())


def test_exchanged_names_are_consistent_and_in_place() -> None:
    example = long_example(4)
    pool = NamePool([Example(["Bo", "Li", "Xu"], [True] * 3, [True, False, False], names=[(0, 3, "PERSON")])])
    other = pool.exchanged(example, 1.0, random.Random(1))  # noqa: S311 - a variation, no secret
    assert other.names is not None
    assert [other.words[start:end] for start, end, _ in other.names] == [["Bo", "Li", "Xu"]] * 4
    assert len(other.words) == len(other.spaces) == len(other.starts) == len(example) + 4
    assert sum(other.starts) == 4
    assert pool.exchanged(example, 0.0, random.Random(1)) is example  # noqa: S311


def test_marks_are_curled_in_some_examples() -> None:
    example = Example(['"', "No", '"'], [False, False, False], [True, False, False])
    chance = random.Random(3)  # noqa: S311 - a variation, no secret
    seen = {"".join(curled(example, chance).words) for _ in range(40)}
    assert seen == {'"No"', "“No”"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("ewt_train_clear", "gum_train_clear", "polnear_dep_clear"):
        write(tmp_path, name, tree(), tree())
    for name in ("ww_train", "gum_ner_train", "wikigold_ner", "polnear_ner", "ww_dev", "uner_ewt_dev"):
        write(tmp_path, name, named())
    return tmp_path


def test_the_switch_leaves_out_sets_of_unclear_licence(data: Path, tmp_path: Path) -> None:
    sizes = {}
    for clear in (False, True):
        run = parsing.Run(data, tmp_path, clear_only=clear)
        sizes[clear] = {name: len(found) for name, found in run.examples.items()}
    assert sizes[False] == {"gold_trees": 4, "silver_trees": 2, "gold_names": 3, "silver_names": 1}
    assert sizes[True] == {"gold_trees": 4, "silver_trees": 0, "gold_names": 2, "silver_names": 0}
    assert set(run.settings()["sets"]) == {"ewt_train_clear", "gum_train_clear", "gum_ner_train", "wikigold_ner"}


def test_labels_are_those_of_the_examples(data: Path, tmp_path: Path) -> None:
    labels = parsing.Run(data, tmp_path).labels
    assert labels.tags == (".", "NN", "NNP", "VBD")
    assert labels.deps == ("ROOT", "compound", "dobj", "nsubj", "punct")
    assert {label[2:] for label in labels.names} == {"", "FAC", "GPE", "LOC", "MISC", "NORP", "ORG", "PERSON"}


def test_the_recipe_makes_a_pipeline_that_loads(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    np = pytest.importorskip("numpy")
    from toolkit.model.parser import Parser

    out = tmp_path / "out"
    out.mkdir()
    np.savez(out / "vectors.npz", words=np.array(["left", "wept"]), table=np.eye(2, 8))
    run = parsing.Run(data, out, epochs=2)
    parsing.build(run)
    assert (out / "parsing" / "network.onnx").is_file()
    doc = spacy.blank("en")("Ana Duarte left.")
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    assert Parser(doc.vocab, out / "parsing")(doc).has_annotation("DEP")
    before = (out / "network1.pt").stat().st_mtime_ns
    parsing.build(run)
    assert (out / "network1.pt").stat().st_mtime_ns == before


def test_features_take_the_words_of_the_vectors() -> None:
    assert FeatureReader(["left"]).read(["Left"], [True], [True])[0, 0] == 1


def test_the_command_stops_without_training_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("toolkit.model.train.starting.find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match="2"):
        parsing.main([str(tmp_path), "--out", str(tmp_path / "out")])
    assert "training needs torch" in capsys.readouterr().err


def test_the_command_gives_the_run_what_it_was_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runs: list[parsing.Run] = []
    monkeypatch.setattr(starting, "run_recipe", lambda parser, given, start: start(parser.parse_args(given)))
    given = ["data", "--out", str(tmp_path / "out"), "--clear-licences-only", "--seed", "3"]
    starting.run_language_recipe("What it does.", parsing.Run, runs.append, given)
    assert runs == [parsing.Run(Path("data"), tmp_path / "out", clear_only=True, seed=3)]
    assert (tmp_path / "out").is_dir()
