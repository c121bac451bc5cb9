"""From the source of a quotation to the actor who speaks: names, descriptions, pronouns, and the "I" in quotations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit import gazetteer
from toolkit.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from toolkit.actors import Cast
    from toolkit.records import MentionHow, Quotation

_SINGULAR = {"he": "male", "him": "male", "his": "male", "himself": "male", "she": "female", "her": "female", "hers": "female", "herself": "female"}
_FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself"])
_PLURAL = frozenset(["they", "we", "it"])
_GENDERED = {"male": ("Mr.", "Mr"), "female": ("Mrs.", "Ms.", "Mrs", "Ms", "Miss")}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, those who share the statement, and how they were found."""

    name: str
    how: str
    others: tuple[str, ...] = ()


def resolve_speakers(doc: Doc, quotations: Sequence[Quotation], cast: Cast) -> list[Quotation]:
    """Return the quotations with their speakers, and add to the cast the pronouns and unnamed groups met on the way.

    A name in the source is the speaker; of several joined by "and" the first, the others in ``cospeakers``. "He" and "she"
    are the speaker of the attribution before, or else the person named last; a description without a name ("two
    sources") is an actor of its own. Where the text does not say, the speaker stays None.

    Parameters
    ----------
    doc : Doc
    quotations : sequence of Quotation
        In reading order, with source spans.
    cast : Cast
        The article's actors; changed in place.
    """
    resolved: list[Quotation] = []
    order = sorted(quotations, key=lambda quotation: quotation.source_span or quotation.spans[0])
    for quotation in order:
        speaker = _speaker(doc, quotation, cast, resolved)
        resolved.append(
            quotation
            if speaker is None
            else replace(quotation, speaker=speaker.name, speaker_how=speaker.how, cospeakers=speaker.others)
        )
    _add_pronouns(doc, resolved, cast)
    cast.mentions.sort(key=lambda mention: (mention.start, -mention.end))
    found = {quotation.quotation_id: quotation for quotation in resolved}
    return [found[quotation.quotation_id] for quotation in quotations]


def _speaker(doc: Doc, quotation: Quotation, cast: Cast, before: Sequence[Quotation]) -> Speaker | None:
    if quotation.source_span is None:
        return None
    source = doc.char_span(*quotation.source_span, alignment_mode="expand")
    if source is None:
        return None
    if len(source) == 1 and source[0].lower_ in _SINGULAR:
        name = _antecedent(doc, source, cast, before)
        return Speaker(name, "pronoun") if name else None
    if len(source) == 1 and source[0].lower_ in _PLURAL | {"who", "i", "you"}:
        return None
    return _named(doc, _head_region(doc, source), cast) or _described(source, cast)


def _head_region(doc: Doc, source: Span) -> Span:
    """Return the source up to the words that hang on its head: "an adviser | to Zelenskyy", "Peskov | , the spokesman"."""
    stops = words("cues", "grammar", "inner_prepositions") | {",", "(", "—", "who"}
    for token in source:
        inside_name = token.ent_type_ and token.ent_iob_ == "I"
        if token.i > source.start and token.lower_ in stops and not inside_name:
            return doc[source.start : token.i]
    return source


def _named(doc: Doc, region: Span, cast: Cast) -> Speaker | None:
    begin, end = region.start_char, region.end_char
    owned = {mention.start for mention in cast.at(begin, end) if _possessive(doc, mention.end)}
    inside = [mention for mention in cast.at(begin, end) if mention.how in {"name", "metonym"} and mention.start not in owned]
    described = [mention for mention in cast.at(begin, end) if mention.how == "description" and mention.end == end]
    people = [mention for mention in inside if cast.actors[mention.actor].kind == "person"]
    candidates = people or described or [mention for mention in inside if mention.end == end]
    if not candidates:
        return None
    names = list(dict.fromkeys(mention.actor for mention in _joined(doc, candidates)))
    return Speaker(names[0], candidates[-1].how, tuple(names[1:]))


def _joined(doc: Doc, mentions: Sequence) -> list:  # type: ignore[type-arg]  # of Mention, in and out
    """Return the mentions joined by "and" or commas to the last one; without any, the last one alone."""
    last = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        between = doc.text[mention.end : last[0].start].lower().strip()
        if not (between in {"and", ",", "&", ", and"} or between.startswith("and ")):
            break
        last.insert(0, mention)
    return last


def _possessive(doc: Doc, end: int) -> bool:
    return doc.text[end : end + 2] in {"'s", "’s"} or (doc.text[end : end + 1] in {"'", "’"} and doc.text[end - 1] == "s")


def _described(source: Span, cast: Cast) -> Speaker | None:
    tokens = [token for token in source if not token.is_space]
    while len(tokens) > 1 and tokens[0].lower_ in {"the", "a", "an"}:
        tokens = tokens[1:]
    known = any(token.lower_ in _people_nouns() or gazetteer.is_role(token.text) or token.ent_type_ for token in tokens)
    if not known:
        return None
    start, end = tokens[0].i, source.end
    name = source.doc[start:end].text
    how: MentionHow = "description"
    if name not in cast.actors:
        cast.add(name, "group", alias=name)
    cast.mention(source.doc, start, end, name, how)
    return Speaker(name, how)


def _people_nouns() -> frozenset[str]:
    return words("cues", "grammar", "unnamed_sources") | words("cues", "grammar", "institutions")


def _antecedent(doc: Doc, pronoun: Span, cast: Cast, before: Sequence[Quotation]) -> str | None:
    """Return the person a pronoun stands for: the speaker before it in the paragraph's flow, or the person named last."""
    gender = _SINGULAR[pronoun[0].lower_]
    here = pronoun.start_char
    previous = next(
        (
            quotation
            for quotation in reversed(before)
            if quotation.speaker and quotation.via is None and _is_person(cast, quotation.speaker) and _agrees(doc, cast, quotation.speaker, gender)
        ),
        None,
    )
    named = _last_subject(doc, pronoun, cast, gender)
    if previous is None or previous.source_span is None:
        return named
    newer = _subject_since(doc, cast, previous.envelope[1], here, gender)
    return newer or previous.speaker


def _subject_since(doc: Doc, cast: Cast, start: int, end: int, gender: str) -> str | None:
    """Return the person who opens a sentence between the statement before and the pronoun, if one does."""
    for sentence in reversed([sent for sent in doc.sents if start <= sent.start_char < end]):
        names = [mention for mention in cast.at(sentence.start_char, min(end, sentence.end_char)) if mention.how == "name"]
        opening = [mention for mention in names if _opens_sentence(doc, sentence, mention.start)]
        person = next((m.actor for m in opening if _is_person(cast, m.actor) and _agrees(doc, cast, m.actor, gender)), None)
        if person:
            return person
    return None


def _opens_sentence(doc: Doc, sentence: Span, position: int) -> bool:
    return len(doc.text[sentence.start_char : position].split()) <= 6


def _last_subject(doc: Doc, pronoun: Span, cast: Cast, gender: str) -> str | None:
    """Return the first person named in the pronoun's sentence before it, or in the nearest sentence before that names one."""
    here = pronoun.start_char
    named = [mention for mention in cast.mentions if mention.end <= here and mention.how == "name" and _is_person(cast, mention.actor)]
    named = [mention for mention in named if _agrees(doc, cast, mention.actor, gender)]
    if not named:
        return None
    starts = [sent.start_char for sent in doc.sents if sent.start_char <= named[-1].start]
    return next(mention.actor for mention in named if mention.start >= starts[-1])


def _is_person(cast: Cast, name: str) -> bool:
    return name in cast.actors and cast.actors[name].kind == "person"


def _agrees(doc: Doc, cast: Cast, name: str, gender: str) -> bool:
    """Tell whether a person may be "he" or "she": by honorific, then by first name; unknown names may be either."""
    other = "female" if gender == "male" else "male"
    for form in cast.actors[name].aliases:
        if any(f"{honorific} {form}" in doc.text for honorific in _GENDERED[other]):
            return False
    usual = gazetteer.first_names().get(name.split()[0])
    return usual in {None, gender}


def _add_pronouns(doc: Doc, quotations: Sequence[Quotation], cast: Cast) -> None:
    """Record the pronouns that stand for a person: "he" outside quotations, "I" inside them."""
    sources = {quotation.source_span: quotation.speaker for quotation in quotations if quotation.speaker_how == "pronoun"}
    direct = [(span, q.speaker) for q in quotations if q.kind != "indirect" and q.speaker for span in q.spans]
    marks = [(span, speaker) for span, speaker in direct if speaker and _is_person(cast, speaker)]
    ordered = sorted(quotations, key=lambda quotation: quotation.envelope)
    for token in doc:
        span = (token.idx, token.idx + len(token))
        if token.lower_ in _FIRST_PERSON and token.text != "US":
            speaker = next((name for (start, end), name in marks if start <= span[0] < end), None)
        elif token.lower_ in _SINGULAR:
            inside = any(start <= span[0] < end for q in quotations if q.kind == "direct" for start, end in q.spans)
            earlier = [quotation for quotation in ordered if quotation.envelope[0] < span[0]]
            speaker = sources.get(span) or (None if inside else _antecedent(doc, doc[token.i : token.i + 1], cast, earlier))
        else:
            continue
        if speaker:
            cast.mention(doc, token.i, token.i + 1, speaker, "pronoun")
