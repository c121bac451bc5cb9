"""What is known of an article while its speakers are found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.actors import GENDERED
from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Span

    from toolkit.actors import Cast
    from toolkit.records import Mention, Quotation

_MEMORY = 40
_OPENING = re.compile(r"(?:\s*+\S++){0,6}+\s*+")
"""The words among which a sentence's subject stands."""
_LONGEST_NAME = 80
_LONGEST_PREDICATE = 10


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, those who share the statement, and how they were found."""

    name: str
    how: str
    others: tuple[str, ...] = ()


class Attributed:
    """Quotations as they are attributed, of which those before an offset are found from the last one on."""

    def __init__(self) -> None:
        self._quotations: list[Quotation] = []
        # Of each quotation and all behind it, where the first begins.
        self._least: list[int] = []

    def add(self, quotation: Quotation) -> None:
        """Take note of a quotation."""
        start = quotation.spans[0][0]
        self._quotations.append(quotation)
        self._least.append(start)
        for behind in range(len(self._least) - 2, -1, -1):
            if self._least[behind] <= start:
                break
            self._least[behind] = start

    def before(self, position: int) -> Iterator[Quotation]:
        """Give the quotations that begin before an offset, the last first."""
        for number in range(bisect_left(self._least, position) - 1, -1, -1):
            if self._quotations[number].spans[0][0] < position:
                yield self._quotations[number]


@dataclass
class Scene:
    """An article while its speakers are found: the cast, its sentences, where names stand, and who spoke so far.

    ``roles`` holds, for each person, the words of every title, apposition and predicate the article gives;
    ``by_people`` what people of a gender (None: of either) said themselves; ``spoken_until`` where each speaker's last
    words end; ``authors`` where a statement or film spoke, and whose it is.
    """

    doc: Doc
    text: str
    cast: Cast
    starts: list[int]
    people: list[Mention]
    bodies: list[Mention]
    roles: dict[str, tuple[frozenset[str], ...]]
    quoted: list[tuple[int, int]]
    attributed: Attributed = field(default_factory=Attributed)
    by_people: dict[str | None, Attributed] = field(default_factory=dict)
    spoken_until: dict[str, int] = field(default_factory=dict)
    authors: list[tuple[int, str]] = field(default_factory=list)
    genders: dict[tuple[str, str], bool] = field(default_factory=dict)

    def kind(self, name: str | None) -> str | None:
        """Return the kind of an actor, None of an unknown one."""
        actor = self.cast.actors.get(name) if name else None
        return actor.kind if actor else None

    def sentence(self, position: int) -> int:
        """Return the number of the sentence that holds an offset."""
        return max(0, bisect_right(self.starts, position) - 1)

    def sentence_start(self, position: int) -> int:
        """Return the start of the sentence that holds an offset."""
        return self.starts[self.sentence(position)]

    def named_before(self, position: int, gender: str | None) -> list[Mention]:
        """Return the names of people of a gender (None: of either) that end before an offset."""
        before = _before(self.people, position)
        return [mention for mention in before if self.agrees(mention.actor, gender)]

    def bodies_before(self, position: int) -> list[Mention]:
        """Return the names of organisations and states that end before an offset."""
        return _before(self.bodies, position)

    def attribute(self, quotation: Quotation) -> None:
        """Take note of a quotation that has a speaker."""
        name = str(quotation.speaker)
        self.attributed.add(quotation)
        self.spoken_until[name] = quotation.envelope[1]
        if self.kind(name) == "person" and quotation.via is None:
            for gender in (None, "male", "female"):
                if self.agrees(name, gender):
                    self.by_people.setdefault(gender, Attributed()).add(quotation)

    def spoken_before(self, position: int) -> Iterator[Quotation]:
        """Give the attributions before an offset that have a speaker, the last first."""
        return self.attributed.before(position)

    def person_before(self, position: int, gender: str | None) -> Quotation | None:
        """Return the last quotation before an offset that a person of a gender (None: of either) makes directly."""
        spoken = self.by_people.get(gender)
        return next(spoken.before(position), None) if spoken else None

    def describe(self, span: Span, name: str) -> None:
        """Record that a span describes an actor, once where several statements have it for their source."""
        known = self.cast.at(span.start_char, span.end_char)
        if not any(mention.actor == name and mention.how == "description" for mention in known):
            self.cast.mention(self.doc, span.start, span.end, name, "description")

    def in_quotation(self, position: int) -> bool:
        """Tell whether an offset stands in somebody's own words."""
        before = bisect_right(self.quoted, (position, len(self.text))) - 1
        return before >= 0 and position < self.quoted[before][1]

    def opens_sentence(self, mention: Mention) -> bool:
        """Tell whether a name stands among the first words of its sentence, as its subject does."""
        opening = _OPENING.match(self.text, self.sentence_start(mention.start), mention.start)
        return opening is not None and opening.end() == mention.start

    def agrees(self, name: str, gender: str | None) -> bool:
        """Tell whether a person may be "he" or "she", by honorific, role and first name; unknown names may be both."""
        if gender is None:
            return True
        if (name, gender) not in self.genders:
            other = "female" if gender == "male" else "male"
            forms = self.cast.actors[name].aliases
            contrary = any(self._titled(form, other) for form in forms)
            nouns = words("names", "women" if other == "female" else "men")
            contrary = contrary or any(role & nouns for role in self.roles.get(name, ()))
            usual = gazetteer.first_names().get(name.split(maxsplit=1)[0], "either")
            self.genders[name, gender] = not contrary and usual in {"either", gender}
        return self.genders[name, gender]

    def _titled(self, form: str, gender: str) -> bool:
        """Tell whether an honorific of a gender stands before a form of a name."""
        behind, form = self._behind_honorifics[gender], form[:_LONGEST_NAME]
        place = bisect_left(behind, form)
        return place < len(behind) and behind[place].startswith(form)

    @cached_property
    def _behind_honorifics(self) -> dict[str, list[str]]:
        """Return what stands behind the honorifics of each gender, sorted."""
        return {
            gender: sorted(
                {
                    self.text[match.end() : match.end() + _LONGEST_NAME]
                    for match in re.finditer(rf"(?:{'|'.join(map(re.escape, titles))}) ", self.text)
                }
            )
            for gender, titles in GENDERED.items()
        }


def scene_of(doc: Doc, cast: Cast, quotations: Iterable[Quotation]) -> Scene:
    """Return the scene of an article before its first attribution is read."""
    named = [mention for mention in cast.mentions if mention.how in {"name", "metonym", "description"}]
    kinds = {name: actor.kind for name, actor in cast.actors.items()}
    people = [mention for mention in named if mention.how == "name" and kinds[mention.actor] == "person"]
    bodies = [mention for mention in named if kinds[mention.actor] in {"organisation", "country"}]
    starts = [sent.start_char for sent in doc.sents]
    text = doc.text
    quoted = sorted(span for quotation in quotations if quotation.kind == "direct" for span in quotation.spans)
    return Scene(doc, text, cast, starts, people, bodies, _roles(doc, text, cast, people), quoted)


def role_words(phrase: Iterable[str]) -> frozenset[str]:
    """Return the words of a role, and for those that tell the same one that stands for all: "GOP" and "republican"."""
    stripped = [word.lower().strip(".,'’") for word in phrase]
    found = [word for word in stripped if len(word) > 1]
    return frozenset([*found, *map(gazetteer.same_word, found)]) - words("grammar", "articles")


def _roles(doc: Doc, text: str, cast: Cast, people: list[Mention]) -> dict[str, tuple[frozenset[str], ...]]:
    roles: dict[str, dict[frozenset[str], None]] = {}
    for name, actor in cast.actors.items():
        if actor.role:
            roles.setdefault(name, {})[role_words(actor.role.split())] = None
    for mention in cast.mentions:
        if mention.how == "title":
            roles.setdefault(mention.actor, {})[role_words(mention.text.split())] = None
    for mention in people:
        if predicate := _predicate(doc, mention):
            roles.setdefault(mention.actor, {})[predicate] = None
        before = text[max(0, mention.start - _MEMORY) : mention.start].split()
        if before and (before[-1].lower() in words("names", "name_openers") or gazetteer.is_honorific(before[-1])):
            roles.setdefault(mention.actor, {})[role_words(before[-1:])] = None
    return {name: tuple(told) for name, told in roles.items()}


def _predicate(doc: Doc, mention: Mention) -> frozenset[str] | None:
    """Return the words of what a name is said to be: "Reis is a former mayor", "Reis, who was then the mayor"."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    i = span.end if span is not None else len(doc)
    if i + 3 < len(doc) and doc[i].text == "," and doc[i + 1].lower_ == "who":
        i += 2
    if i + 2 >= len(doc) or doc[i].lower_ not in {"is", "was", "became", "remains"}:
        return None
    end = i + 1
    while end < len(doc) and end - i < _LONGEST_PREDICATE and not doc[end].is_punct and not doc[end].is_sent_start:
        end += 1
    phrase = [token.text for token in doc[i + 1 : end] if token.lower_ not in words("grammar", "phrase_breaks")]
    described = phrase and phrase[0].lower() in words("grammar", "articles") | {"then", "now"}
    return role_words(phrase) if described and any(gazetteer.is_role(word) for word in phrase) else None


def _before(mentions: list[Mention], position: int) -> list[Mention]:
    end = bisect_right(mentions, position, key=lambda mention: mention.end)
    return mentions[max(0, end - _MEMORY) : end]
