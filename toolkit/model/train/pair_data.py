"""What the reader of pairs learns from: whole articles and sentences with who judges whom, read as articles are.

``gold/opinions`` and ``gold/coverage`` give articles; DSE (Park et al. 2021) sentences with two marked entities;
NewsMTSC (Hamborg and Donnay 2021) sentences with a target; ``opinions.toml`` sentences written for this.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.errors import InputError
from toolkit.model.pair_reader import Flag, Pair, Question
from toolkit.packaged import read_text
from toolkit.sentiment.candidates import candidates, marked_flags, question

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from toolkit.records import Actor, Mention, Quotation, Span
    from toolkit.sentiment.candidates import Candidate

OUTLET = "OUTLET"
"""The holder's name in gold where it is the outlet."""
WRITTEN = Path(__file__).with_name("opinions.toml")
_BLANK = re.compile(r"\{(\w)\}")
_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "sir", "sen", "rep", "gov", "gen", "president", "minister", "senator", "secretary"]
)
_ARTICLES = frozenset(["the", "a", "an"])


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with what is right of each pair, -1, 0 or 1, and how much each counts."""

    question: Question
    labels: tuple[int, ...]
    weight: float = 1.0


class Read(NamedTuple):
    """What the toolkit found in a text, without its opinions."""

    text: str
    sentences: Sequence[Span]
    actors: Sequence[Actor]
    mentions: Sequence[Mention]
    quotations: Sequence[Quotation]
    doc: Doc | None = None


class Forms:
    """Which of gold's actors a name found by the toolkit means."""

    def __init__(self, actors: Iterable[Mapping[str, Any]], found: Iterable[Actor]) -> None:
        self._forms = {one["name"]: {plain(form) for form in (one["name"], *one.get("forms", ()))} for one in actors}
        self._owners: dict[str, set[str]] = {}
        self._lasts: dict[str, set[str]] = {}
        for name, forms in self._forms.items():
            for form in forms:
                self._owners.setdefault(form, set()).add(name)
                self._lasts.setdefault(form.rpartition(" ")[2], set()).add(name)
        found = list(found)
        self._aliases = {one.name: {plain(form) for form in one.aliases} for one in found}
        self._kinds = {one.name: one.kind for one in found}

    def same(self, found: str, gold: str) -> bool:
        """Tell whether a name found means an actor of gold: by a form, a last name alone, or part of a description."""
        forms, name = self._forms.get(gold, set()), plain(found)
        if name in forms:
            return True
        if self._owners.get(name):
            return False
        if any(self._owners.get(alias) == {gold} for alias in self._aliases.get(found, ())):
            return True
        kind = self._kinds.get(found, "group")
        if kind == "person":
            return self._lasts.get(name.rpartition(" ")[2]) == {gold}
        return kind == "group" and any(f" {name} " in f" {form} " or f" {form} " in f" {name} " for form in forms)


def plain(name: str) -> str:
    """Return a name in small letters, without article, title, possessive and points."""
    words = re.sub(r"['’]s?\b|\.", "", name.casefold()).split()
    while len(words) > 1 and words[0] in _ARTICLES | _TITLES:
        words = words[1:]
    return " ".join(words)


def lessons(read: Read, gold: Mapping[str, Any], weight: float = 1.0) -> Iterator[Lesson]:
    """Yield the sentences of an article that pair anybody, with gold's opinions; all other pairs are none."""
    forms = Forms(gold["actors"], read.actors)
    for sentence, inside, pairs in candidates(read.sentences, read.mentions, read.quotations):
        near = [one for one in gold["opinions"] if _overlap(tuple(one["sentence"]), sentence)]
        labels = tuple(_label(pair, near, forms) for pair in pairs)
        yield Lesson(question(read.text, sentence, inside, pairs, read.doc), labels, weight)


def _overlap(one: Span, other: Span) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0.5 * min(one[1] - one[0], other[1] - other[0])


def _label(pair: Candidate, opinions: Sequence[Mapping[str, Any]], forms: Forms) -> int:
    for one in opinions:
        if one["holder"] == OUTLET:
            held = pair.holder is None and pair.quotation is None
        else:
            held = pair.holder is not None and forms.same(pair.holder, one["holder"])
        if held and forms.same(pair.target, one["target"]):
            return int(one["polarity"])
    return 0


def read_dse(path: Path) -> Iterator[tuple[str, Span, Span, int]]:
    """Yield the sentences of a file of DSE, with the places of both entities, whole words, and the label.

    Raises
    ------
    InputError
        Where a line has not two entities in brackets.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            sentence, *_, label = line.rstrip("\n").split("\t")
            parts = re.split(r"\[(.*?)\]", sentence)
            if len(parts) != 5:
                continue
            if not label.isdigit():
                raise InputError(f"{path}:{number}: {label!r} is no label of DSE; is it another file?")
            text, places = "".join(parts), []
            for index in (1, 3):
                start = len("".join(parts[:index]))
                end = start + len(parts[index])
                while end < len(text) and text[end].isalpha():
                    end += 1
                places.append((start, end))
            yield text, places[0], places[1], int(label)


def dse_lesson(read: Read, first: Span, second: Span, label: int, weight: float = 1.0) -> Lesson:
    """Return a sentence of DSE: both directions between its two entities, who else is mentioned marked."""
    others = [
        (mention.start, mention.end)
        for mention in read.mentions
        if mention.how != "title"
        and all(mention.end <= start or end <= mention.start for start, end in (first, second))
    ]
    pairs = tuple(
        Pair((holder,), (target,), tuple(marked_flags(holder, target, read.quotations, read.doc)))
        for holder, target in ((first, second), (second, first))
    )
    signs = {1: (1, 0), 2: (0, 1), 3: (-1, 0), 4: (0, -1)}.get(label, (0, 0))
    spans = tuple(sorted({first, second, *others}))
    return Lesson(Question(read.text, spans, pairs), signs, weight)


def target_lesson(text: str, target: Span, label: int, weight: float = 1.0) -> Lesson:
    """Return a sentence with how it speaks of a target, whoever does."""
    return Lesson(Question(text, (target,), (Pair((), (target,), (Flag.ANYONE,)),)), (label,), weight)


def written(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the sentences written for training with names in their blanks, drawn anew at each call, as articles are."""
    lists = tomllib.loads(read_text(WRITTEN))
    for sentence in lists["examples"]:
        yield filled(sentence, lists["names"], chance)


def filled(sentence: str, names: Mapping[str, Sequence[str]], chance: random.Random) -> dict[str, Any]:
    """Return a written sentence with names in its blanks, no name twice, and who judges whom.

    Parameters
    ----------
    sentence : str
        Such as "{a} accused {b} of theft. | a-b".
    names : mapping of str to sequence of str
        By kind; each kind is as likely.
    chance : Random
    """
    text, _, told = sentence.partition("|")
    text, chosen = text.strip(), dict[str, str]()
    for blank in sorted(set(_BLANK.findall(text))):
        pool = chance.choice([pool for _, pool in sorted(names.items())])
        chosen[blank] = chance.choice([name for name in pool if name not in chosen.values()])
    text = _BLANK.sub(lambda found: chosen[found[1]], text)
    first = next(place for place, letter in enumerate(text) if letter.isalpha())
    text = text[:first] + text[first].upper() + text[first + 1 :]
    opinions = [
        {
            "sentence": (0, len(text)),
            "holder": OUTLET if one[0] == "o" else chosen[one[0]],
            "target": chosen[one[2]],
            "polarity": 1 if one[1] == "+" else -1,
        }
        for one in told.split()
    ]
    return {"text": text, "actors": [{"name": name} for name in chosen.values()], "opinions": opinions}
