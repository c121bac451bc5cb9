"""From the words of a stand to a record: who holds it and tells it, when, and how much it is about."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from toolkit.positions._amounts import amount_in
from toolkit.positions._conditions import kind_of
from toolkit.positions._doers import ITS_OWN, addressee_of, doer_of
from toolkit.positions._topics import topics_in
from toolkit.records import Position

if TYPE_CHECKING:
    from toolkit.positions._phrase import Phrase, PositionInput
    from toolkit.records import ConditionKind, HolderHow, Quotation, Span


def build(given: PositionInput, phrase: Phrase, told: Quotation | None) -> Position:
    """Return the record of a stand, as its article alone tells it; ``told`` is the statement that it stands in."""
    span = (phrase.start, phrase.end)
    actor, place, how = _holder(phrase, told)
    amount = amount_in(given.words(phrase.prop) or "")
    condition = given.words(phrase.condition)
    return Position(
        position_id=_identify(given.article_id, span, phrase.prop, place),
        article_id=given.article_id,
        start=phrase.start,
        end=phrase.end,
        text=given.text[phrase.start : phrase.end],
        stance=phrase.stance,
        act=phrase.act,
        actor=actor,
        actor_span=place,
        actor_how=how,
        proposition=given.words(phrase.prop),
        prop_span=phrase.prop,
        topics=topics_in(given.doc, phrase.prop or span),
        doer=doer_of(given, phrase) or (actor if phrase.act in ITS_OWN else None),
        addressee=addressee_of(given, phrase),
        condition=condition,
        condition_span=phrase.condition,
        condition_kind=_kind(condition),
        amount=amount.number if amount else None,
        unit=amount.unit if amount else None,
        told_by=told.speaker if told and told.speaker != actor else None,
        quotation_id=told.quotation_id if told else None,
        basis=phrase.basis,
        time=phrase.time,
        date=told.said if told else given.published,
        score=phrase.score,
    )


def _kind(condition: str | None) -> ConditionKind | None:
    """Return the kind of a condition; one that no listed words open is an "if"."""
    return None if condition is None else kind_of(condition) or "if"


def _holder(phrase: Phrase, told: Quotation | None) -> tuple[str | None, Span | None, HolderHow | None]:
    if phrase.holder is not None:
        return phrase.holder.actor, (phrase.holder.start, phrase.holder.end), phrase.holder.how
    if phrase.is_speakers and told and told.speaker:
        return told.speaker, told.source_span, "speaker"
    return None, None, None


def _identify(article_id: str, *spans: Span | None) -> str:
    return hashlib.sha256("|".join(map(str, (article_id, *spans))).encode()).hexdigest()[:12]
