"""Scores of a pipeline's trees, tags, lemmas, sentences and names against gold Docs, from raw text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from toolkit.lexicon.cues import is_cue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token

KINDS = ("PERSON", "ORG", "GPE", "LOC", "NORP")
PLACES = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
"""The labels of sets that know one kind of place only."""
TREE_SCORES = {
    "UAS": "dep_uas",
    "LAS": "dep_las",
    "XPOS": "tag_acc",
    "UPOS": "pos_acc",
    "lemma": "lemma_acc",
    "sentences": "sents_f",
}
"""Our columns, and spaCy's names of the scores; punctuation is passed over in UAS and LAS, as spaCy does."""
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_CLAUSES = frozenset(["ccomp", "parataxis"])


def tree_scores(gold: Sequence[Doc], found: Sequence[Doc]) -> dict[str, float]:
    """Return the scores of trees, tags, lemmas and sentences in per cent, by spaCy's scorer.

    Parameters
    ----------
    gold, found : sequence of Doc
        Of the same texts; tokens may differ.
    """
    from spacy.scorer import Scorer
    from spacy.training import Example

    examples = [Example(one, other) for one, other in zip(found, gold, strict=True)]
    scores = Scorer.score_spans(examples, "sents", getter=lambda doc, _: doc.sents)
    for attribute in ("tag", "pos", "lemma"):
        scores |= Scorer.score_token_attr(examples, attribute)
    scores |= Scorer.score_deps(examples, "dep", ignore_labels=("punct", "p"), getter=lambda token, _: token.dep_)
    return {column: 100 * (scores.get(key) or 0.0) for column, key in TREE_SCORES.items()}


def reporting_verbs(gold: Sequence[Doc], found: Sequence[Doc]) -> tuple[int, float, float]:
    """Return how many gold verbs report something, and the shares, in per cent, whose subject and clause are right.

    A verb reports where its lemma is a cue of the word lists and it has a subject and a clause of what is said
    (``ccomp`` or ``parataxis``). The subject is right where the same word hangs on the same verb as a subject, the
    clause where its head does as a clause; for a clause that the verb itself hangs on, where it does.
    """
    total, subjects, clauses = 0, 0, 0
    for one, other in zip(gold, found, strict=True):
        places = {token.idx: token for token in other}
        for verb in one:
            subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
            clause = next((child for child in verb.children if child.dep_ in _CLAUSES), None)
            if verb.pos_ != "VERB" or subject is None or clause is None or not is_cue(verb.text):
                continue
            total += 1
            subjects += _hangs(places, subject, verb, _SUBJECTS)
            clauses += _hangs(places, clause, verb, _CLAUSES)
    return total, 100 * subjects / max(1, total), 100 * clauses / max(1, total)


def _hangs(places: Mapping[int, Token], child: Token, verb: Token, labels: frozenset[str]) -> bool:
    token = places.get(child.idx)
    return token is not None and token.head.idx == verb.idx and token.dep_ in labels


Names = set[tuple[int, int, int, str]]
"""Of Docs: number of the Doc, first character, end, kind."""


def name_scores(gold: Names, found: Names) -> dict[str, float]:
    """Return typed F1 in per cent: of all names ("all"), of spans whatever their kind ("spans"), and by kind."""
    scores = {"all": f1(gold, found), "spans": f1({name[:3] for name in gold}, {name[:3] for name in found})}
    for kind in sorted({name[3] for name in gold}):
        scores[kind] = f1({n for n in gold if n[3] == kind}, {n for n in found if n[3] == kind})
    return scores


def f1(gold: set[Any], found: set[Any]) -> float:
    """Return F1 in per cent of two sets."""
    return 200 * len(gold & found) / max(1, len(gold) + len(found))


def names_of(docs: Iterable[Doc], kinds: Mapping[str, str]) -> Names:
    """Return the names of Docs as (number of the Doc, first character, end, kind), by the kinds given."""
    return {
        (number, ent.start_char, ent.end_char, kinds[ent.label_])
        for number, doc in enumerate(docs)
        for ent in doc.ents
        if ent.label_ in kinds
    }


def interval(gold: Names, found: Names, *, samples: int = 1000, seed: int = 0) -> tuple[float, float]:
    """Return the bounds, in per cent, that hold 95 % of bootstrap samples (over Docs) of typed F1."""
    import numpy as np

    size = 1 + max((name[0] for name in gold | found), default=0)
    both, ours, theirs = (Counter(name[0] for name in part) for part in (gold & found, found, gold))
    table = np.array([[part[i] for part in (both, ours, theirs)] for i in range(size)])
    drawn = np.random.default_rng(seed).integers(0, size, (samples, size))
    sums = table[drawn].sum(1)
    scores = 200 * sums[:, 0] / np.maximum(1, sums[:, 1] + sums[:, 2])
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def parse(nlp: Language, gold: Sequence[Doc]) -> list[Doc]:
    """Return the pipeline's Docs of the gold Docs' texts."""
    return list(nlp.pipe([doc.text for doc in gold]))
