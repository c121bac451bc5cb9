"""Time expressions."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from toolkit.frames import _settling as settling
from toolkit.frames._columns import Column, FrameSpec, Role, SpanGroup
from toolkit.frames.declared._shared import ARTICLE_ID, DAYS, END, KEY, ORIGIN, START, WORDS
from toolkit.records import (
    TimeExpression,
    TimexType,
)

TIMES = FrameSpec(
    "times",
    (
        ARTICLE_ID,
        START,
        END,
        replace(WORDS, editable=True, optional=False),
        Column(
            "type",
            "object",
            "DATE, TIME, DURATION or SET",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(TimexType),
            optional=False,
        ),
        Column("value", "object", "TIMEX3 value", editable=True, optional=False),
        Column("edtf", "object", "EDTF date or interval, or None"),
        *DAYS,
        Column("precision", "object", "how fine the expression is", Role.CATEGORY),
        Column("basis", "object", "stated, resolved, assumed or unresolved", Role.CATEGORY),
        ORIGIN,
        KEY,
    ),
    key=("article_id", "start", "end"),
    brief=("text", "value", "basis"),
    noun="time expression",
    record=TimeExpression,
    settled=settling.TIMES,
    added=settling.time,
    groups=(SpanGroup("times", label="value"),),
)
