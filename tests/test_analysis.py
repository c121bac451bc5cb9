from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from spacy.tokens import Doc, DocBin

import toolkit as tk
from toolkit.analysis import SPANS
from toolkit.articles import Article
from toolkit.model.parser import NAMES_KEY
from toolkit.quotations import quoted_spans
from toolkit.text.sentences import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.coverage import Coverage

NEWS = (
    "Kenyan Trade Minister Grace Okafor said on Tuesday the second round of talks would open in Oslo.\n"
    "“We came to sign,” she told reporters, “but the text is weak.”\n"
    "Norway's envoy, Espen Holm, denied that he had walked out. Beijing praised the brave mediators."
)
LATER = "Ms. Okafor called the offer “an insult.” Holm said nothing had changed since March 3, 2024."
OTHER = "Two union officials said the strike would go on. Marta Keller accused the company of lying."

# A small grammar of sentences as news writes them, its marks left open at times.
NAMES = st.sampled_from(
    ["Grace Okafor", "Mr. Holm", "she", "He", "Kenya", "The U.S. delegation", "two sources", "UN-led staff", "A’s"]
)
CUES = st.sampled_from(
    ["said", "told Reuters", "warned that", "denied", "called", ", adding", ", according to", "says:", "was told"]
)
WORDS = st.lists(
    st.sampled_from(
        [
            "the text",
            "is ready",
            "on Monday",
            "by 3 May",
            "third",
            "round",
            "talks",
            "in Geneva",
            "not",
            ",",
            "—",
            ";",
            ":",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
MARKS = st.sampled_from(['"{}"', "“{}”", "‘{}’", "'{},'", "“{}", '{}"', "«{}»", "{}", "``{}''", "“{} ‘{}’”"])
ENDS = st.sampled_from([". ", "? ", "!” ", "\n", "\n\n", " ", "… ", ", ", "\r\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 6))):
        content = draw(MARKS).replace("{}", draw(WORDS))
        order = [draw(NAMES), draw(CUES), content]
        parts += [" ".join(order if draw(st.booleans()) else [content, *order[:2]]), draw(ENDS)]
    noise = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
    parts.insert(draw(st.integers(0, len(parts))), noise)
    return "".join(parts)


def slices(coverage: Coverage) -> None:
    """Assert that every span of every frame slices to the text beside it."""
    texts = dict(zip(coverage.articles["article_id"], coverage.articles["text"], strict=True))
    for name in ("mentions", "times"):
        for row in getattr(coverage, name).to_dict("records"):
            assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"] != ""
    for row in coverage.quotations.to_dict("records"):
        _check_quotation(texts[row["article_id"]], row)
    for row in coverage.sentiment.to_dict("records"):
        assert row["start"] <= row["target_start"] < row["target_end"] <= row["end"] <= len(texts[row["article_id"]])
    for evidence in coverage.rounds["evidence"]:
        assert all(0 <= start < end <= len(texts[article_id]) for article_id, start, end in evidence)


def _check_quotation(text: str, row: Mapping[str, object]) -> None:
    spans = row["spans"]
    assert isinstance(spans, list)
    assert " … ".join(text[start:end] for start, end in spans) == row["text"]
    assert (row["start"], row["end"]) == (spans[0][0], spans[-1][1])
    assert spans == sorted(spans)
    for name in ("cue", "source"):
        words = row["cue" if name == "cue" else "source_text"]
        if words is not None:
            assert text[int(str(row[f"{name}_start"])) : int(str(row[f"{name}_end"]))] == words


def refer(coverage: Coverage) -> None:
    """Assert that what one frame names, another knows."""
    actors, ids = set(coverage.actors["actor"]), set(coverage.articles["article_id"])
    assert len(actors) == len(coverage.actors)
    quotations = coverage.quotations
    assert quotations["quotation_id"].is_unique
    assert set(coverage.mentions["actor"]) | set(coverage.sentiment["target"]) <= actors
    assert set(quotations["speaker"].dropna()) | set(coverage.sentiment["holder"].dropna()) <= actors
    assert set(quotations["via"].dropna()) | set(coverage.sentiment["quotation_id"].dropna()) <= set(
        quotations["quotation_id"]
    )
    for name in ("mentions", "quotations", "sentiment", "times"):
        assert set(getattr(coverage, name)["article_id"]) <= ids


def no_quotation_is_lost(coverage: Coverage) -> None:
    """Assert that every quotation of some words in full marks is in a row."""
    spans = defaultdict(list)
    for row in coverage.quotations.to_dict("records"):
        spans[row["article_id"]] += row["spans"]
    for article_id, text in zip(coverage.articles["article_id"], coverage.articles["text"], strict=True):
        for quote in quoted_spans(text, paragraphs(text)):
            if len(text[quote.start + 1 : quote.end - 1].strip("‘’'\"`“”").split()) > 4:
                assert any(start < quote.end and quote.start < end for start, end in spans[article_id])


def several(one: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Return texts to be read at once: the frames of an analysis cost more than a text does."""
    return st.lists(one, min_size=1, max_size=6, unique=True)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(several(texts()), st.sampled_from([None, dt.date(2024, 5, 3)]))
def test_any_texts_are_read_and_every_span_slices_to_its_text(given: list[str], published: dt.date | None) -> None:
    coverage = tk.analyze([Article(text, published=published) for text in given])
    slices(coverage)
    refer(coverage)
    no_quotation_is_lost(coverage)


@settings(max_examples=20)
@given(several(st.text(st.characters(exclude_categories=["Cs"]), max_size=60)))
def test_any_characters_are_read(given: list[str]) -> None:
    slices(tk.analyze([Article(text) for text in given]))


def sorted_frames(coverage: Coverage) -> dict[str, pd.DataFrame]:
    """The frames of a coverage with their rows in an order of their own."""
    return {
        name: frame.sort_values(by=list(frame.columns), key=lambda column: column.map(repr), ignore_index=True)
        for name, frame in coverage.frames().items()
    }


ARTICLES = [Article(NEWS), Article(LATER), Article(OTHER)]


@pytest.fixture(scope="module")
def three() -> Coverage:
    """All articles, in the order given."""
    return tk.analyze(ARTICLES)


@pytest.mark.parametrize("order", [*permutations(range(3))][1:])
def test_order_of_the_articles_does_not_matter(order: tuple[int, ...], three: Coverage) -> None:
    shuffled = tk.analyze([ARTICLES[place] for place in order])
    expected, found = sorted_frames(three), sorted_frames(shuffled)
    for name, frame in expected.items():
        if name != "actors":
            assert_frame_equal(frame, found[name])
    assert set(expected["actors"]["actor"]) == set(found["actors"]["actor"])


def test_an_article_says_the_same_alone_and_in_a_batch(three: Coverage) -> None:
    alone = tk.analyze([ARTICLES[2]])
    for name in ("mentions", "quotations", "sentiment", "times"):
        frame = getattr(three, name)
        own = frame[frame["article_id"] == ARTICLES[2].article_id].reset_index(drop=True)
        assert_frame_equal(own, getattr(alone, name))


def test_twice_the_same(three: Coverage) -> None:
    second = tk.analyze(iter(ARTICLES))
    for name, frame in three.frames().items():
        assert_frame_equal(frame, getattr(second, name))


def test_one_actor_across_articles(three: Coverage) -> None:
    assert "Okafor" not in set(three.actors["actor"])
    speakers = three.quotations.groupby("article_id")["speaker"].agg(set)
    assert "Grace Okafor" in speakers[ARTICLES[0].article_id] & speakers[ARTICLES[1].article_id]
    refer(three)


def test_a_header_yields_nothing() -> None:
    head = (
        "title: “We will never sign this text,” Espen Holm said on Monday\n"
        "outlet: The Oslo Post\nauthor: Maria Roth\npublished: 2024-05-03\n\n"
    )
    article = Article(head + NEWS, published=dt.date(2024, 5, 3), body_start=len(head))
    coverage = tk.analyze([article])
    for name in ("mentions", "quotations", "sentiment", "times"):
        frame = getattr(coverage, name)
        assert len(frame) > 0
        assert frame["start"].min() >= len(head), name
    assert "Maria Roth" not in set(coverage.actors["actor"])
    plain = tk.analyze([Article(NEWS, published=dt.date(2024, 5, 3))])
    assert coverage.quotations["text"].tolist() == plain.quotations["text"].tolist()


@pytest.mark.parametrize("text", ["", " \n\n ", "!!!", "“", "x" * 5000, "a\x00b"])
def test_odd_articles_are_kept(text: str) -> None:
    coverage = tk.analyze([Article(text)])
    assert coverage.articles["text"].tolist() == [text]
    slices(coverage)


def test_days_are_counted_from_an_unknown_publication_day() -> None:
    undated = tk.analyze([Article(NEWS)]).times
    dated = tk.analyze([Article(NEWS, published=dt.date(2024, 5, 3))]).times
    assert undated["first"].isna().all()
    assert undated["offset_first"].notna().any()
    assert dated["first"].notna().any()


# For those who use spaCy.


@pytest.fixture(scope="module")
def docs() -> list[Doc]:
    return list(tk.annotate(ARTICLES))


def test_annotated_documents_carry_the_findings(docs: list[Doc], three: Coverage) -> None:
    assert [doc.user_data["article_id"] for doc in docs] == [article.article_id for article in ARTICLES]
    assert {key for doc in docs for key in doc.spans} == {*SPANS, NAMES_KEY}
    said = [span.text for span in docs[0].spans["quotations"]]
    assert said == [part for text in three.quotations["text"][: len(said)] for part in text.split(" … ")][: len(said)]
    assert {span.label_ for span in docs[0].spans["quotations"]} == {"Grace Okafor", "Espen Holm", "China"}
    assert "Grace Okafor" in {span.label_ for span in docs[0].spans["mentions"]}


def test_span_groups_survive_a_docbin(docs: list[Doc]) -> None:
    bin_ = DocBin(store_user_data=True).from_bytes(DocBin(store_user_data=True, docs=docs).to_bytes())
    for doc, again in zip(docs, bin_.get_docs(tk.load().vocab), strict=True):
        assert again.user_data["article_id"] == doc.user_data["article_id"]
        for key in SPANS:
            assert [(s.start, s.end, s.label_) for s in again.spans[key]] == [
                (s.start, s.end, s.label_) for s in doc.spans[key]
            ]


def test_annotate_leaves_no_extensions_behind() -> None:
    before = set(Doc._extensions if hasattr(Doc, "_extensions") else ())
    list(tk.annotate(ARTICLES))
    assert set(Doc._extensions if hasattr(Doc, "_extensions") else ()) == before


# How it is called.


def test_public_names_are_there() -> None:
    assert set(tk.__all__) <= set(dir(tk))
    assert all(getattr(tk, name) is not None for name in tk.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = tk.no_such_name


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], r"no article to analyse. Pass what toolkit.read"),
        ("seeds/", r"takes articles, found str. .*toolkit.read"),
        (["seeds/a.txt"], r"takes articles, found str. .*toolkit.read"),
        ([ARTICLES[0], None], r"takes articles, found NoneType"),
    ],
)
def test_what_is_no_article_is_refused_with_the_remedy(given: object, message: str) -> None:
    with pytest.raises(tk.InputError, match=message):
        tk.analyze(given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "progress", "shown"), [(2, None, False), (20, None, True), (2, True, True), (20, False, False)]
)
def test_progress_bar_where_asked_or_long(
    capsys: pytest.CaptureFixture[str], *, count: int, progress: bool | None, shown: bool
) -> None:
    tk.analyze([Article(f"Talks, day {n}.") for n in range(count)], progress=progress)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert ("Reading articles" in printed.err) == shown


def test_a_coverage_says_what_it_holds(three: Coverage) -> None:
    assert repr(three).startswith("Coverage: 3 articles, ")
    assert "<b>3</b> articles" in three._repr_html_()
    assert three.metadata["toolkit"]
    assert len(three.metadata["sentiment_weights"]) == 64


# The seed article.


def test_every_quotation_in_marks_of_the_seed_has_its_speaker(undated: Coverage) -> None:
    text = undated.articles["text"][0]
    rows = undated.quotations.to_dict("records")
    for quote in quoted_spans(text, paragraphs(text)):
        inner = text[quote.start + 1 : quote.end - 1]
        if len(inner.split()) > 4 or inner.endswith((".", "!", "?")):
            holding = [r for r in rows if any(s <= quote.start and quote.end <= e for s, e in r["spans"])]
            assert holding, inner
            assert all(row["speaker"] for row in holding), inner


def test_nobody_unknown_speaks_in_the_seed_itself(undated: Coverage) -> None:
    own = undated.quotations[undated.quotations["via"].isna()]
    assert own["speaker"].notna().all()
    assert undated.quotations["speaker"].value_counts().index[0] == "Volodymyr Zelenskyy"


def test_spellings_of_the_seed_are_one_actor(undated: Coverage) -> None:
    aliases = dict(zip(undated.actors["actor"], undated.actors["aliases"], strict=True))
    assert {"Volodymyr Zelenskyy", "Zelenskyy", "Zelensky"} <= set(aliases["Volodymyr Zelenskyy"])


def test_days_of_the_undated_seed_are_in_order(undated: Coverage) -> None:
    days = undated.times.drop_duplicates("text").set_index("text")
    assert undated.articles["published"].isna().all()
    assert days["first"].dropna().dt.year.isin([2025]).all()
    assert days.loc["Tuesday", "offset_first"] < days.loc["Wednesday", "offset_first"]


def test_third_round_of_the_seed(undated: Coverage, coverage: Coverage) -> None:
    (third,) = undated.rounds[undated.rounds["ordinal"] == 3].to_dict("records")
    assert (third["place"], third["offset_last"] - third["offset_first"]) == ("Geneva", 1)
    dated = coverage.rounds[(coverage.rounds["place"] == "Geneva") & (coverage.rounds["ordinal"] == 3)]
    (row,) = dated.to_dict("records")
    assert (row["first"].date(), row["last"].date()) == (dt.date(2026, 2, 17), dt.date(2026, 2, 18))


def test_all_seeds_slice_and_refer(coverage: Coverage) -> None:
    slices(coverage)
    refer(coverage)
    assert len(coverage.articles) == 11
