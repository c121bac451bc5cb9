"""Lemmas by tag: listed forms, else the rule of the longest ending that the treebanks know."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST_ENDING = 5
CASED_TAGS = frozenset(["NNP", "NNPS"])
"""Tags whose lemmas keep their capitals."""
_SEEN = 2
"""Endings that fewer forms share are no rule."""
_PLAIN = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class LemmaRules:
    """For each Penn tag, forms with their lemmas, and endings with how many characters give way to which others."""

    forms: Mapping[str, Mapping[str, str]]
    endings: Mapping[str, Mapping[str, tuple[int, str]]]

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> LemmaRules:
        """Return rules from what :meth:`as_dict` gave."""
        endings = {
            tag: {ending: (int(cut), str(added)) for ending, (cut, added) in rules.items()}
            for tag, rules in found["endings"].items()
        }
        return cls(found["forms"], endings)

    def as_dict(self) -> dict[str, Any]:
        """Return plain dicts and lists, to be written as JSON."""
        endings = {tag: {ending: list(rule) for ending, rule in rules.items()} for tag, rules in self.endings.items()}
        return {"forms": self.forms, "endings": endings}

    def lemma(self, form: str, tag: str) -> str:
        """Return the lemma of a form under a tag."""
        plain = form.translate(_PLAIN)
        word = plain if tag in CASED_TAGS else plain.lower()
        listed = self.forms.get(tag, {}).get(word)
        return listed if listed is not None else _by_ending(word, self.endings.get(tag, {}))


def learn(triples: Iterable[tuple[str, str, str]]) -> LemmaRules:
    """Return the rules of (form, tag, lemma) triples: every form's most frequent lemma is kept."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for form, tag, lemma in triples:
        plain = form.translate(_PLAIN)
        counts[tag][plain if tag in CASED_TAGS else plain.lower()][lemma.translate(_PLAIN)] += 1
    forms, endings = {}, {}
    for tag, words in sorted(counts.items()):
        best = {word: found.most_common(1)[0][0] for word, found in words.items()}
        endings[tag] = _endings(best)
        forms[tag] = {word: lemma for word, lemma in sorted(best.items()) if _by_ending(word, endings[tag]) != lemma}
    return LemmaRules(forms, endings)


def _endings(best: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """Return the endings whose commonest rule is another than that of the next shorter ending."""
    votes: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for word, lemma in best.items():
        for size in range(min(LONGEST_ENDING, len(word)) + 1):
            votes[word[len(word) - size :]][_rule(word, lemma)] += 1
    chosen: dict[str, tuple[int, str]] = {}
    for ending in sorted(votes, key=len):
        rule, count = votes[ending].most_common(1)[0]
        shorter = next((chosen[ending[i:]] for i in range(1, len(ending) + 1) if ending[i:] in chosen), None)
        if not ending or (count >= _SEEN and rule != shorter):
            chosen[ending] = rule
    return chosen


def _rule(word: str, lemma: str) -> tuple[int, str]:
    shared = 0
    while shared < min(len(word), len(lemma)) and word[shared] == lemma[shared]:
        shared += 1
    return len(word) - shared, lemma[shared:]


def _by_ending(word: str, endings: Mapping[str, tuple[int, str]]) -> str:
    for size in range(min(LONGEST_ENDING, len(word)), -1, -1):
        rule = endings.get(word[len(word) - size :])
        if rule is not None and rule[0] < len(word) + len(rule[1]):
            return word[: len(word) - rule[0]] + rule[1]
    return word
