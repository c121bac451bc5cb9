"""The speaker of each quotation, in reading order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import words
from toolkit.model.speaker_ranker import packaged_judge
from toolkit.speakers._candidates import Evidence, candidates
from toolkit.speakers._described import described
from toolkit.speakers._named import head_region, named, parts
from toolkit.speakers._pronouns import SINGULAR, add_pronouns, own_words, resolve_pronoun
from toolkit.speakers._scene import Speaker, scene_of
from toolkit.speakers._spans import Holding
from toolkit.text import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Span, Token

    from toolkit.actors import Cast
    from toolkit.model.speaker_ranker import Judge
    from toolkit.records import Quotation
    from toolkit.records import Span as Offsets
    from toolkit.speakers._scene import Scene


_QUOTED = 12
"""Most words between "quoted" and "as saying", and of the name of who is quoted."""
_TRAILING = frozenset([",", "'s", "’s"])


def resolve_speakers(
    doc: Doc, quotations: Sequence[Quotation], cast: Cast, *, judge: Judge | None = None
) -> list[Quotation]:
    """Return the quotations with their speakers, and add to the cast the pronouns and unnamed groups met on the way.

    A name in the source is the speaker; of several joined by "and" the first, the others in ``cospeakers``. A
    description is the person who was given that role, or the body named so; one that takes up nobody ("two sources")
    is an actor of its own. Whom a pronoun stands for, and who goes on with a quotation that has no source, a ranker
    chooses among those met before (:mod:`toolkit.model.speaker_ranker`); where the text does not say, the speaker
    stays None.

    Parameters
    ----------
    doc : Doc
    quotations : sequence of Quotation
        In reading order, with source spans.
    cast : Cast
        The article's actors; changed in place.
    judge : callable, optional
        What chooses among the candidates of a quotation; by default the packaged ranker.
    """
    scene = scene_of(doc, cast, quotations)
    choose = judge or packaged_judge()
    found: dict[str, Quotation] = {}
    ordered = sorted(quotations, key=lambda quotation: quotation.source_span or quotation.spans[0])
    for quotation in ordered:
        outer = [found[quotation.via]] if quotation.via in found else []
        resolved = _with_speaker(scene, quotation, choose, outer=outer) if quotation.source_span else quotation
        found[quotation.quotation_id] = resolved
        if resolved.speaker:
            scene.attribute(resolved)
    spoken = Holding(
        (span, quotation.quotation_id)
        for quotation in found.values()
        if quotation.kind != "indirect"
        for span in quotation.spans
    )
    for quotation, (start, _) in _quoted_pronouns(found.values()):
        holding = (found[known] for known in dict.fromkeys(spoken.at(start)) if known != quotation.quotation_id)
        inside = [other for other in holding if _holds(scene.text, other, quotation)]
        outer = [found[quotation.via]] if quotation.via in found else []
        if inside or outer:
            again = _with_speaker(scene, quotation, choose, inside=inside, outer=[*outer, *inside])
            found[quotation.quotation_id] = again
    _go_on(scene, [found[quotation.quotation_id] for quotation in ordered], found, choose)
    add_pronouns(scene, list(found.values()))
    cast.sort()
    return [found[quotation.quotation_id] for quotation in quotations]


def _go_on(scene: Scene, ordered: Sequence[Quotation], found: dict[str, Quotation], choose: Judge) -> None:
    """Give the quotations without a source their speaker: who spoke before, or speaks next."""
    following: Quotation | None = None
    for quotation in reversed(ordered):
        if quotation.speaker:
            following = quotation
        if quotation.source_span is None:
            outer = [found[quotation.via]] if quotation.via in found else []
            found[quotation.quotation_id] = _with_speaker(scene, quotation, choose, outer=outer, following=following)


def _holds(text: str, other: Quotation, quotation: Quotation) -> bool:
    """Tell whether a pronoun stands in another speaker's words: "I" in any part, "he" where they are marked."""
    assert quotation.source_span is not None
    start, end = quotation.source_span
    first = text[start:end].lower() in words("grammar", "first_person")
    marked = first or any(begin <= start < stop for begin, stop in own_words(text, other))
    return marked and other.source_span != quotation.source_span


def _with_speaker(
    scene: Scene,
    quotation: Quotation,
    choose: Judge,
    *,
    inside: Sequence[Quotation] = (),
    outer: Sequence[Quotation] = (),
    following: Quotation | None = None,
) -> Quotation:
    verdict = _speaker(scene, quotation, inside)
    named = candidates(scene, quotation, verdict, following)
    evidence = Evidence(scene, quotation, outer, following)
    number, probability = choose(quotation, named, [evidence.of(candidate, verdict) for candidate in named])
    speaker = named[number]
    if speaker is None:
        return replace(quotation, speaker=None, speaker_how=None, cospeakers=(), speaker_score=probability)
    return replace(
        quotation,
        speaker=speaker.name,
        speaker_how=speaker.how,
        cospeakers=speaker.others,
        speaker_score=probability,
    )


def _speaker(scene: Scene, quotation: Quotation, inside: Sequence[Quotation]) -> Speaker | None:
    source = _source(scene.doc, quotation)
    if source is None:
        return None
    joined = parts(source)
    found = (_meant(scene, part, inside) for part in joined if len(joined) > 1)
    told = [speaker for speaker in found if speaker is not None]
    if not told:
        return _meant(scene, source, inside)
    names = dict.fromkeys(name for speaker in told for name in (speaker.name, *speaker.others))
    return Speaker(told[0].name, told[0].how, tuple(names)[1:])


def _meant(scene: Scene, source: Span, inside: Sequence[Quotation]) -> Speaker | None:
    """Return whom one phrase means: a pronoun, a name or a description."""
    if len(source) == 1 and _is_pronoun(source[0].lower_):
        return resolve_pronoun(scene, source[0], inside=inside)
    return named(scene.text, head_region(scene.doc, source), scene.cast) or described(scene, source)


def _quoted(doc: Doc, quotation: Quotation) -> Span | None:
    """Return who is quoted by an agency: "Interfax quoted **Reis** as saying", "**Reis** was quoted as saying"."""
    cue = doc.char_span(*quotation.cue_span, alignment_mode="expand") if quotation.cue_span else None
    near = doc[max(cue.sent.start, cue.start - _QUOTED) : cue.end] if cue is not None else ()
    verb = next((token for token in reversed(near) if token.lower_ == "quoted"), None)
    if verb is None:
        return None
    words_behind = [token.lower_ for token in doc[verb.i : verb.i + _QUOTED]]
    passive = any(child.dep_ == "auxpass" for child in verb.lefts)
    if "saying" not in words_behind:
        return None
    if not passive:
        behind = verb.i + words_behind.index("as") if "as" in words_behind else verb.i
        return doc[verb.i + 1 : behind] if behind > verb.i + 1 else None
    told = next((child for child in verb.lefts if child.dep_ in {"nsubjpass", "nsubj"}), None)
    return doc[told.left_edge.i : told.i + 1] if told is not None and told.i - told.left_edge.i < _QUOTED else None


def _source(doc: Doc, quotation: Quotation) -> Span | None:
    if quotation.source_span is None:
        return None
    if quoted := _quoted(doc, quotation):
        return quoted
    source = doc.char_span(*quotation.source_span, alignment_mode="expand")
    if source is not None and len(source) > 1 and (noun := _antecedent(source[0])) is not None:
        return noun
    while source is not None and len(source) > 1 and (source[-1].text in _TRAILING or source[-1].is_space):
        source = source[:-1]
    end = source.end if source is not None else 0
    while source is not None and end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[source.start : end] if source is not None and end > source.start else None


def _antecedent(first: Token) -> Span | None:
    """Return the phrase that a source's first word goes on from: "**Holt**, who leads the union and warned of it"."""
    noun = syntax.antecedent(first) if first.has_dep() else None
    return syntax.noun_phrase(noun) if noun is not None else None


def _is_pronoun(word: str) -> bool:
    listed = words("grammar", "unresolved_pronouns") | words("grammar", "first_person")
    return word in SINGULAR or word in listed or word in {"which", "both", "each"}


def _quoted_pronouns(quotations: Iterable[Quotation]) -> list[tuple[Quotation, Offsets]]:
    """Return the quotations whose source is a pronoun, which may stand in another speaker's words, with its span."""
    return [(q, q.source_span) for q in quotations if q.source_span and _is_pronoun((q.source_text or "").lower())]
