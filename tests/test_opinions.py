"""Kinds of sentences that mislead: who accuses is not accused, and harm, demands, deeds and denials judge nobody."""

from __future__ import annotations

import pytest

import toolkit as tk

Judged = set[tuple[str | None, str, int]]
LEAST = 0.75
"""Of each kind so many are read rightly: a network that learned them reads most, not all."""

KINDS: dict[str, list[tuple[str, Judged]]] = {
    "accusation": [
        ("Anna Keller accused Tomas Holm of wrecking the ferry talks.", {("Anna Keller", "Tomas Holm", -1)}),
        ("Anna Keller called Tomas Holm a liar and a coward.", {("Anna Keller", "Tomas Holm", -1)}),
        ("The nurses denounced Tomas Holm as a traitor.", {("nurses", "Tomas Holm", -1)}),
        ("“Tomas Holm betrayed every miner in this valley,” Anna Keller said.", {("Anna Keller", "Tomas Holm", -1)}),
    ],
    "passive": [
        ("Tomas Holm was accused of fraud by Anna Keller.", {("Anna Keller", "Tomas Holm", -1)}),
        ("Tomas Holm was praised by Anna Keller for a generous offer.", {("Anna Keller", "Tomas Holm", 1)}),
        ("Tomas Holm has been ridiculed by Anna Keller for years.", {("Anna Keller", "Tomas Holm", -1)}),
        ("Kenya was thanked by Anna Keller for its hospitality.", {("Anna Keller", "Kenya", 1)}),
    ],
    "praise": [
        ("Anna Keller praised Tomas Holm for his patience.", {("Anna Keller", "Tomas Holm", 1)}),
        ("“Tomas Holm has been a true friend to the miners,” Anna Keller said.", {("Anna Keller", "Tomas Holm", 1)}),
        ("Anna Keller thanked Norway for hosting the talks.", {("Anna Keller", "Norway", 1)}),
        ("Anna Keller congratulated Tomas Holm on a brilliant deal.", {("Anna Keller", "Tomas Holm", 1)}),
    ],
    "harm": [
        ("Anna Keller said Norway had lost four villages to the flood.", set()),
        ("Norway was hit by a storm, Anna Keller told reporters.", set()),
        ("Thousands fled Kenya after the shelling.", set()),
        ("Tomas Holm was wounded in the blast, Anna Keller said.", set()),
    ],
    "demand": [
        ("Anna Keller urged Tomas Holm to return to the table.", set()),
        ("Anna Keller said Norway should open the border.", set()),
        ("Norway must pay by Friday, Anna Keller said.", set()),
        ("Anna Keller asked Kenya for a list of names.", set()),
    ],
    "deed": [
        ("Anna Keller met Tomas Holm in Oslo on Monday.", set()),
        ("Anna Keller rejected an offer from Norway.", set()),
        ("Norway signed a treaty with Kenya.", set()),
        ("Anna Keller said Tomas Holm had arrived late.", set()),
    ],
    "denial": [
        ("Anna Keller denied that Tomas Holm had lied.", set()),
        ("Anna Keller did not blame Tomas Holm.", set()),
        ("Anna Keller declined to criticise Norway.", set()),
        ("Asked about Tomas Holm, Anna Keller would not say whether he could be trusted.", set()),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> dict[str, Judged]:
    """The judgements of each sentence, read as an article of its own."""
    texts = [text for given in KINDS.values() for text, _ in given]
    coverage = tk.analyze([tk.Article(text) for text in texts], progress=False, executor=1)
    found: dict[str, Judged] = {text: set() for text in texts}
    by_id = dict(zip(coverage.articles.article_id, coverage.articles.text, strict=True))
    for row in coverage.sentiment.itertuples():
        if row.polarity:
            found[by_id[row.article_id]].add((row.holder, row.target, row.polarity))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_mostly_read_as_a_reader_would(judged: dict[str, Judged], kind: str) -> None:
    right = [judged[text] == expected for text, expected in KINDS[kind]]
    assert sum(right) >= LEAST * len(right), [text for text, expected in KINDS[kind] if judged[text] != expected]


def test_who_is_judged_or_judges_is_an_actor_with_a_mention() -> None:
    coverage = tk.analyze([tk.Article("The nurses denounced Tomas Holm as a traitor.")], progress=False)
    assert {"nurses", "Tomas Holm"} <= set(coverage.actors.actor)
    assert "nurses" in set(coverage.mentions.actor)
