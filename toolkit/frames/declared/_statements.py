"""Who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from toolkit.frames import _settling as settling
from toolkit.frames._columns import Column, Follows, FrameSpec, Role, SpanGroup
from toolkit.frames.declared._shared import ARTICLE_ID, KEY, NEGOTIATION, ORIGIN, QUOTATION_ID
from toolkit.records import (
    Mode,
    Quotation,
    QuotationKind,
    SourceKind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


FORCES = ("says", "claims", "insists", "denies", "promises", "agrees", "asks", "warns", "accuses", "thinks")


def _others(speaker: str | None, cospeakers: Sequence[str]) -> list[str]:
    """Nobody shares a statement with themselves."""
    return [name for name in cospeakers if name != speaker]


QUOTATIONS = FrameSpec(
    "quotations",
    (
        QUOTATION_ID,
        ARTICLE_ID,
        Column("start", "int64", "offset of the first piece", Role.START),
        Column("end", "int64", "offset behind the last piece", Role.END),
        Column("spans", "object", "list of [start, end] of the pieces", Role.SPANS, editable=True, optional=False),
        Column("text", "object", "the words, pieces joined by an ellipsis", Role.WORDS),
        Column(
            "kind",
            "object",
            "direct, indirect or mixed, by the share inside quotation marks",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(QuotationKind),
            optional=False,
        ),
        Column("cue", "object", "the words that announce it, or None", Role.WORDS, "cue", editable=True),
        Column("cue_start", "Int64", "offset of the cue", Role.START, "cue"),
        Column("cue_end", "Int64", "offset behind the cue", Role.END, "cue"),
        Column(
            "cue_force",
            "object",
            "says, claims, insists, denies, promises, agrees, asks, warns, accuses or thinks",
            Role.CATEGORY,
            editable=True,
            accepts=FORCES,
        ),
        Column(
            "mode",
            "object",
            "said (spoken or written), thought (believed, wanted, planned) or act (told as such: rejected, called for)",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(Mode),
            optional=False,
        ),
        Column("source_text", "object", "the words that name the source, or None", Role.WORDS, "source", editable=True),
        Column("source_start", "Int64", "offset of the source", Role.START, "source"),
        Column("source_end", "Int64", "offset behind the source", Role.END, "source"),
        Column("speaker", "object", "actor who speaks, None where the text does not say", Role.ACTOR, editable=True),
        Column("speaker_how", "object", "name, description, metonym or pronoun", Role.CATEGORY),
        Column(
            "cospeakers",
            "object",
            "list of the others who share the statement",
            Role.ACTOR,
            holds=list[str],
            editable=True,
        ),
        Column(
            "source_kind",
            "object",
            "named, unnamed, institution, document or none",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(SourceKind),
            optional=False,
        ),
        Column("audience", "object", "who is told, as written, or None", Role.WORDS, "audience", editable=True),
        Column("audience_start", "Int64", "offset of who is told", Role.START, "audience"),
        Column("audience_end", "Int64", "offset behind", Role.END, "audience"),
        Column("via", "object", "quotation_id of the statement that relays this one, or None", Role.REF, "quotations"),
        Column("said", "datetime64[s]", "day on which it was said, NaT where unknown", Role.DAY, editable=True),
        Column("said_offset", "Int64", "the same counted from the unknown publication day P", Role.NUMBER),
        Column(
            "said_basis",
            "object",
            "stated in its sentence, published (taken to be that day) or unknown",
            Role.CATEGORY,
        ),
        Column(
            "score",
            "float64",
            "probability that the words are rightly cut, calibrated on articles kept aside, 0 to 1",
            Role.SCORE,
        ),
        Column(
            "speaker_score",
            "float64",
            "probability that the speaker is right, given that the words are, calibrated likewise",
            Role.SCORE,
        ),
        NEGOTIATION,
        ORIGIN,
        KEY,
    ),
    key=("article_id", "spans"),
    brief=("speaker", "cue", "text", "kind"),
    noun="quotation",
    record=Quotation,
    follows=(Follows("cospeakers", ("speaker", "cospeakers"), _others),),
    settled=settling.QUOTATIONS,
    added=settling.quotation,
    groups=(
        SpanGroup("quotations", label="speaker"),
        SpanGroup("sources", "source", "speaker"),
        SpanGroup("cues", "cue", "cue_force"),
    ),
    evidence=True,
)
