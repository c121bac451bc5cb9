"""From the source of a quotation to the actor who speaks: names, descriptions, pronouns, and the "I" in quotations."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toolkit import gazetteer
from toolkit.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from toolkit.actors import Cast
    from toolkit.records import Mention, MentionHow, Quotation

_SINGULAR = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
_MEMORY = 40
_OPENING_WORDS = 6
_GENDERED = {"male": ("Mr.", "Mr"), "female": ("Mrs.", "Ms.", "Mrs", "Ms", "Miss")}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, those who share the statement, and how they were found."""

    name: str
    how: str
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class _Scene:
    """An article while its speakers are found: the cast, and where its sentences and the names of people stand."""

    doc: Doc
    text: str
    cast: Cast
    starts: list[int]
    people: list[Mention]
    attributed: list[Quotation]
    genders: dict[tuple[str, str], bool] = field(default_factory=dict)

    def named_before(self, position: int, gender: str) -> list[Mention]:
        """Return the names of people of a gender that end before an offset."""
        end = bisect_right(self.people, position, key=lambda mention: mention.end)
        return [mention for mention in self.people[max(0, end - _MEMORY) : end] if self.agrees(mention.actor, gender)]

    def sentence_start(self, position: int) -> int:
        """Return the start of the sentence that holds an offset."""
        return self.starts[max(0, bisect_right(self.starts, position) - 1)]

    def agrees(self, name: str, gender: str) -> bool:
        """Tell whether a person may be "he" or "she": by honorific, then by first name; unknown names may be either."""
        if (name, gender) not in self.genders:
            other = "female" if gender == "male" else "male"
            forms = self.cast.actors[name].aliases
            contrary = any(f"{title} {form}" in self.text for form in forms for title in _GENDERED[other])
            usual = gazetteer.first_names().get(name.split(maxsplit=1)[0], "either")
            self.genders[name, gender] = not contrary and usual in {"either", gender}
        return self.genders[name, gender]


def resolve_speakers(doc: Doc, quotations: Sequence[Quotation], cast: Cast) -> list[Quotation]:
    """Return the quotations with their speakers, and add to the cast the pronouns and unnamed groups met on the way.

    A name in the source is the speaker; of several joined by "and" the first, the others in ``cospeakers``. "He" and
    "she" are the speaker of the attribution before, or else the person named last; a description without a name ("two
    sources") is an actor of its own. Where the text does not say, the speaker stays None.

    Parameters
    ----------
    doc : Doc
    quotations : sequence of Quotation
        In reading order, with source spans.
    cast : Cast
        The article's actors; changed in place.
    """
    people = [mention for mention in cast.mentions if mention.how == "name" and _is_person(cast, mention.actor)]
    scene = _Scene(doc, doc.text, cast, [sent.start_char for sent in doc.sents], people, [])
    found = {
        quotation.quotation_id: _with_speaker(scene, quotation)
        for quotation in sorted(quotations, key=lambda quotation: quotation.source_span or quotation.spans[0])
    }
    _add_pronouns(scene, list(found.values()))
    cast.mentions.sort(key=lambda mention: (mention.start, -mention.end))
    return [found[quotation.quotation_id] for quotation in quotations]


def _with_speaker(scene: _Scene, quotation: Quotation) -> Quotation:
    speaker = _speaker(scene, quotation)
    if speaker is None:
        return quotation
    found = replace(quotation, speaker=speaker.name, speaker_how=speaker.how, cospeakers=speaker.others)
    if quotation.via is None and _is_person(scene.cast, speaker.name):
        scene.attributed.append(found)
    return found


def _speaker(scene: _Scene, quotation: Quotation) -> Speaker | None:
    if quotation.source_span is None:
        return None
    source = scene.doc.char_span(*quotation.source_span, alignment_mode="expand")
    if source is None:
        return None
    if len(source) == 1 and source[0].lower_ in _SINGULAR:
        name = _antecedent(scene, source.start_char, _SINGULAR[source[0].lower_])
        return Speaker(name, "pronoun") if name else None
    if len(source) == 1 and source[0].lower_ in words("grammar", "unresolved_pronouns"):
        return None
    return _named(scene.text, _head_region(scene.doc, source), scene.cast) or _described(source, scene.cast)


def _head_region(doc: Doc, source: Span) -> Span:
    """Return the source without what hangs on its head: "an adviser | to the mayor", "the spokesman, | Peskov"."""
    comma = next((token.i for token in reversed(source) if token.text == ","), source.start)
    if source.start < comma < source.end - 1 and doc[comma + 1].ent_type_ == "PERSON":
        tail = doc[comma + 1 : source.end]
        listed = doc[comma - 1].ent_type_ == "PERSON" and any(token.lower_ == "and" for token in tail)
        return source if listed else tail
    stops = words("grammar", "inner_prepositions") | {",", "(", "—", "who"}
    for token in source:
        inside_name = token.ent_type_ and token.ent_iob_ == "I"
        if token.i > source.start and token.lower_ in stops and not inside_name:
            return doc[source.start : token.i]
    return source


def _named(text: str, region: Span, cast: Cast) -> Speaker | None:
    end = region.end_char
    mentions = cast.at(region.start_char, end)
    owned = {mention.start for mention in mentions if _possessive(text, mention.end)}
    inside = [mention for mention in mentions if mention.how in {"name", "metonym"} and mention.start not in owned]
    described = [mention for mention in mentions if mention.how == "description" and mention.end == end]
    people = [mention for mention in inside if cast.actors[mention.actor].kind == "person"]
    candidates = people or described or (inside if inside and inside[-1].end == end else [])
    if not candidates:
        return None
    names = list(dict.fromkeys(mention.actor for mention in _joined(text, candidates)))
    return Speaker(names[0], candidates[-1].how, tuple(names[1:]))


def _joined(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions joined by "and" or commas to the last one; without any, the last one alone."""
    last = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        between = text[mention.end : last[0].start].lower().strip()
        if not (between in {"and", ",", "&", ", and"} or between.startswith("and ")):
            break
        last.insert(0, mention)
    return last


def _possessive(text: str, end: int) -> bool:
    return text[end : end + 2] in {"'s", "’s"} or (text[end : end + 1] in {"'", "’"} and text[end - 1] == "s")


def _described(source: Span, cast: Cast) -> Speaker | None:
    tokens = [token for token in source if not token.is_space]
    while len(tokens) > 1 and tokens[0].lower_ in words("grammar", "articles"):
        tokens = tokens[1:]
    if tokens[0].lower_ in words("grammar", "possessives"):
        return None
    if _head_region(source.doc, source)[-1].lower_ in words("grammar", "documents"):
        return None
    known = any(token.lower_ in _people_nouns() or gazetteer.is_role(token.text) or token.ent_type_ for token in tokens)
    if not known:
        return None
    start, end = tokens[0].i, source.end
    name = source.doc[start:end].text
    how: MentionHow = "description"
    if name not in cast.actors:
        owners = [cast.actors[mention.actor].side for mention in cast.at(source.start_char, source.end_char)]
        cast.add(name, "group", side=next((side for side in owners if side), None), alias=name)
    cast.mention(source.doc, start, end, name, how)
    return Speaker(name, how)


def _people_nouns() -> frozenset[str]:
    return words("grammar", "unnamed_sources") | words("grammar", "institutions")


def _antecedent(scene: _Scene, here: int, gender: str) -> str | None:
    """Return the person a pronoun stands for: the last speaker before it, or the person named last."""
    previous = next(
        (q for q in reversed(scene.attributed) if q.spans[0][0] < here and scene.agrees(str(q.speaker), gender)),
        None,
    )
    named = scene.named_before(here, gender)
    if previous is None:
        return _first_in_sentence(scene, named)
    since = [mention for mention in named if mention.start >= previous.envelope[1]]
    return _last_opener(scene, since) or previous.speaker


def _last_opener(scene: _Scene, named: Sequence[Mention]) -> str | None:
    """Return the last person named among the first words of a sentence, its likely subject."""
    for mention in reversed(named):
        opening = scene.text[scene.sentence_start(mention.start) : mention.start]
        if len(opening.split()) <= _OPENING_WORDS:
            return mention.actor
    return None


def _first_in_sentence(scene: _Scene, named: Sequence[Mention]) -> str | None:
    """Return the first person named in the nearest sentence that names one."""
    if not named:
        return None
    start = scene.sentence_start(named[-1].start)
    return next(mention.actor for mention in named if mention.start >= start)


def _is_person(cast: Cast, name: str) -> bool:
    return name in cast.actors and cast.actors[name].kind == "person"


def _add_pronouns(scene: _Scene, quotations: Sequence[Quotation]) -> None:
    """Record the pronouns that stand for a person: "he" outside quotations, "I" inside them."""
    sources = {
        quotation.source_span: quotation.speaker for quotation in quotations if quotation.speaker_how == "pronoun"
    }
    spoken = [(span, q.speaker) for q in quotations if q.kind != "indirect" for span in q.spans]
    for token in scene.doc:
        if token.lower_ not in _SINGULAR and token.lower_ not in words("grammar", "first_person"):
            continue
        inside = next((speaker for (start, end), speaker in spoken if start <= token.idx < end), "")
        if token.lower_ in words("grammar", "first_person"):
            name = inside if inside and _is_person(scene.cast, inside) else None
        else:
            name = sources.get((token.idx, token.idx + len(token)))
            name = name or (_antecedent(scene, token.idx, _SINGULAR[token.lower_]) if inside == "" else None)
        if name:
            scene.cast.mention(scene.doc, token.i, token.i + 1, name, "pronoun")
