"""A frame that only this test declares goes everywhere that the frames of the house go."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outline import bare

import toolkit as tk
from toolkit.corrections import corrected_frames
from toolkit.export import read_frame, write_frame
from toolkit.frames import Column, Role, SpanGroup, from_arrow, set_span_groups, spec_of, to_arrow
from toolkit.linked._excerpts import excerpts
from toolkit.records import Place, Span  # noqa: TC001 - read from the annotations

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from toolkit.coverage import Coverage

TEXT = (
    "Snow fell on the hills. Kenya will pay Peru 😀 40 million for the dam, said Ada Berg. "
    "The dam is old. Peru owes Kenya 7 million."
)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an amount."""

    who: str
    part: float


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum that one side owes another."""

    article_id: str
    start: int
    end: int
    text: str
    payer: str | None
    value: float
    payer_span: Span | None = None
    others: tuple[str, ...] = ()
    due: dt.date | None = None
    unit: Literal["USD", "EUR"] = "USD"
    doubted: bool | None = None
    told_in: tuple[Place, ...] = ()
    shares: tuple[Share, ...] = ()


AMOUNTS = tk.frame("amounts", Amount, columns={"payer": "actor", "others": Role.ACTOR})


@tk.stage(gives="amounts", frame=AMOUNTS)
def found_amounts(article: tk.Article) -> list[Amount]:
    name = article.article_id

    def at(words: str) -> Span:
        start = article.text.index(words)
        return start, start + len(words)

    return [
        Amount(name, *at("40 million"), "40 million", "Kenya", 4e7, at("Kenya"), ("Peru",), dt.date(2031, 5, 2),
               told_in=((name, *at("Kenya will pay")),), shares=(Share("=Kenya", 0.5), Share("Peru", 0.5))),
        Amount(name, *at("7 million"), "7 million", "Peru", 7e6, doubted=True),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def covered() -> Coverage:
    chain = tk.stages().added(found_amounts)
    return tk.analyze([tk.Article(TEXT, title="The dam")], stages=chain, executor=1)


def words(coverage: Coverage, start: str, end: str) -> list[str | None]:
    (text,) = coverage.articles["text"]
    pairs = zip(coverage["amounts"][start].tolist(), coverage["amounts"][end].tolist(), strict=True)
    return [text[first:last] if isinstance(first, int) else None for first, last in pairs]


def test_columns_follow_from_the_annotations() -> None:
    assert {column.name: (column.dtype, str(column.role), column.of) for column in AMOUNTS.columns} == {
        "article_id": ("object", "article", ""),
        "start": ("int64", "start", ""),
        "end": ("int64", "end", ""),
        "text": ("object", "words", ""),
        "payer": ("object", "actor", ""),
        "value": ("float64", "number", ""),
        "payer_start": ("Int64", "start", "payer"),
        "payer_end": ("Int64", "end", "payer"),
        "others": ("object", "actor", ""),
        "due": ("datetime64[s]", "day", ""),
        "unit": ("object", "category", ""),
        "doubted": ("boolean", "text", ""),
        "told_in": ("object", "places", ""),
        "shares": ("object", "text", ""),
        "origin": ("object", "origin", ""),
        "key": ("object", "key", ""),
    }
    assert AMOUNTS.key == ("article_id", "start", "end", "told_in")
    assert AMOUNTS.noun == "amount"


def test_it_is_one_of_the_frames(covered: Coverage) -> None:
    frame = covered["amounts"]
    assert spec_of(frame) is AMOUNTS
    assert set(frame["origin"]) == {"machine"}
    assert frame["key"].is_unique
    assert "2 amounts" in repr(covered)


def test_it_is_shown_with_its_words(covered: Coverage) -> None:
    frame = covered["amounts"]
    first, told, _ = repr(frame).split("\n", 2)
    assert first == "2 amounts"
    assert told.startswith("Kenya, 40,000,000, Peru, 2 May 2031, USD, who: =Kenya; part: 0.5, who: Peru; part: 0.5: …")
    assert "Kenya will pay Peru 😀 [40 million] for the dam" in told
    html = frame._repr_html_()
    assert html is not None
    assert ">40 million</span> for the dam" in html


def test_it_is_excerpted(covered: Coverage) -> None:
    part = excerpts(covered)
    assert "Snow fell" not in part.articles["text"].iloc[0]
    assert words(part, "start", "end") == ["40 million", "7 million"]
    assert words(part, "payer_start", "payer_end") == ["Kenya", None]
    ((_, start, end),) = part["amounts"]["told_in"].iloc[0]
    assert part.articles["text"].iloc[0][start:end] == "Kenya will pay"
    assert part["amounts"].dtypes.equals(covered["amounts"].dtypes)


def test_its_actors_are_renamed_and_coloured(covered: Coverage) -> None:
    after = tk.correct(covered, [{"actor": "Kenya", "name": "The Kenyans", "colour": "#112233"}])["amounts"]
    assert after["payer"].tolist() == ["The Kenyans", "Peru"]
    assert after["origin"].tolist() == ["corrected", "machine"]
    assert after["key"].tolist() == covered["amounts"]["key"].tolist()
    assert after.attrs["colours"] == {"The Kenyans": "#112233"}
    frames, _ = corrected_frames(covered.frames(), [{"actor": "Peru", "name": "Lima"}])
    assert frames["amounts"]["others"].tolist() == [["Lima"], []]


def test_it_stands_in_the_page(covered: Coverage) -> None:
    view = tk.explore(covered)
    (part,) = json.loads(view.payload())["further"]
    assert (part["name"], part["noun"], part["heads"][:3]) == ("amounts", "amount", ["Words", "Payer", "Value"])
    assert part["cells"][1][:2] == ["Peru", "7,000,000"]
    # Offsets count as a page does: the face in the text is two code units there.
    (number, start, end) = part["spans"][0]
    wide = json.loads(view.payload())["articles"]["text"][number].encode("utf-16-le")
    assert wide[2 * start : 2 * end].decode("utf-16-le") == "40 million"
    assert "2 of 2 amounts" in bare(str(view.html()))


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_it_is_exported_and_read_back_with_its_types(covered: Coverage, tmp_path: Path, ending: str) -> None:
    frame = covered["amounts"]
    again = read_frame(write_frame(frame, tmp_path / f"amounts.{ending}"), AMOUNTS)
    assert again.dtypes.equals(frame.dtypes)
    assert repr(again.to_dict("list")) == repr(frame.to_dict("list"))


def test_it_goes_to_arrow_and_back(covered: Coverage) -> None:
    frame = covered["amounts"]
    again = from_arrow(to_arrow(frame, AMOUNTS), AMOUNTS)
    assert repr(again.to_dict("list")) == repr(frame.to_dict("list"))


def test_its_spans_stand_in_a_document(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    spec = replace(AMOUNTS, groups=(*AMOUNTS.groups, SpanGroup("payers", "payer", "payer")))
    start = TEXT.index("7 million")
    set_span_groups(doc, spec, [Amount("a", start, start + 9, "7 million", "Peru", 7.0, (start - 17, start - 13))])
    assert [(span.text, span.label_) for span in doc.spans["amounts"]] == [("7 million", "Peru")]
    assert [(span.text, span.label_) for span in doc.spans["payers"]] == [("Peru", "Peru")]


def test_it_may_be_empty(covered: Coverage) -> None:
    empty = covered.with_frames({"amounts": AMOUNTS.of([])})
    assert len(excerpts(empty)["amounts"]) == 0
    assert json.loads(tk.explore(empty).payload())["further"][0]["cells"] == []
    assert repr(empty["amounts"]) == "0 amounts\n[16 columns in all: see .columns]"


@dataclass
class Odd:
    """A record with a cell that no file could keep."""

    article_id: str
    what: complex


WRONG = [
    (("quotations", Amount, {}), "a frame cannot be called 'quotations'"),
    (("my amounts", Amount, {}), "a frame cannot be called 'my amounts'"),
    (("amounts", int, {}), "is no dataclass"),
    (("amounts", Amount, {"columns": {"payee": "actor"}}), "no column payee"),
    (("amounts", Amount, {"columns": {"payer": "person"}}), "'person'; accepted are id, article"),
    (("amounts", Amount, {"key": ("payee",)}), "no column payee"),
    (("odd", Odd, {}), "frame odd, what: no column for <class 'complex'>"),
]


@pytest.mark.parametrize(("given_", "told"), WRONG)
def test_what_cannot_be_declared_is_told(given_: tuple[str, type, dict], told: str) -> None:  # type: ignore[type-arg]
    name, record, options = given_
    with pytest.raises(tk.InputError, match=told):
        tk.frame(name, record, **options)


def test_a_column_can_be_given_whole() -> None:
    column = Column("value", "Int64", "in cents", Role.NUMBER)
    assert tk.frame("amounts", Amount, columns={"value": column}).column("value") == column


@settings(deadline=None, max_examples=20)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4),
    st.lists(st.tuples(st.text(max_size=4), st.floats(0, 1)), max_size=3),
    st.none() | st.dates(),
    st.none() | st.booleans(),
)
def test_files_keep_what_records_hold(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    parts: list[tuple[str, float]],
    due: dt.date | None,
    doubted: bool | None,  # noqa: FBT001 - a cell
) -> None:
    shares = tuple(Share(who, part) for who, part in parts)
    frame = AMOUNTS.of([Amount("a", 0, 1, text, None, 0.5, due=due, doubted=doubted, shares=shares)])
    folder = tmp_path_factory.mktemp("files")
    for ending in ("csv", "jsonl", "parquet"):
        again = read_frame(write_frame(frame, folder / f"amounts.{ending}"), AMOUNTS)
        assert repr(again.to_dict("list")) == repr(frame.to_dict("list"))
