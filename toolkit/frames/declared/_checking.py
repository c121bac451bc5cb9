"""What people set right, and how often the machine was right."""

from __future__ import annotations

from toolkit.frames._columns import Column, FrameSpec, Role

CORRECTIONS = FrameSpec(
    "corrections",
    (
        Column("actor", "object", "the actor meant: its name, or a form of it that no other actor bears"),
        Column("name", "object", "what to call it; where another actor is called so, the two become one"),
        Column("kind", "object", "person, organisation, country or group", Role.CATEGORY),
        Column("side", "object", "state it belongs to; (none) to take away what was found"),
        Column("role", "object", "its role; (none) to take away what was found"),
        Column("colour", "object", "its colour in views and charts, #rrggbb or a colour's name"),
        Column(
            "aliases",
            "object",
            "list of forms: whatever reads so is this actor; in a csv divided by semicolons",
            holds=list[str],
        ),
    ),
    key=("actor",),
    brief=("actor", "name"),
    noun="correction",
)


ROW_CORRECTIONS = FrameSpec(
    "row_corrections",
    (
        Column("frame", "object", "the frame whose row is meant, such as quotations", Role.CATEGORY),
        Column("key", "object", "the key of the row, or None for one that is added"),
        Column("article", "object", "article_id of the row's article, or None"),
        Column("start", "Int64", "offset of the row's words in the article's text", Role.NUMBER),
        Column("end", "Int64", "offset behind them", Role.NUMBER),
        Column("words", "object", "the words, in one line; of an actor its name"),
        Column("column", "object", "the column that is set right or confirmed, None for the row as a whole"),
        Column("found", "object", "what the machine had, as text"),
        Column("given", "object", "what the person gives, as text"),
        Column("verdict", "object", "right, wrong, edit or add", Role.CATEGORY),
        Column("who", "object", "the person, or None"),
        Column("when", "object", "day and time, ISO 8601, or None"),
        Column("note", "object", "a note of the person's, or None"),
    ),
    key=("frame", "key", "column"),
    brief=("frame", "words", "column", "found", "given", "verdict", "who"),
    noun="correction",
)


CHECKED = FrameSpec(
    "checked",
    (
        Column("frame", "object", "the frame whose row is meant", Role.CATEGORY),
        Column("key", "object", "the key of the row, None where it was not found"),
        Column("article_id", "object", "article of the row, or None", Role.ARTICLE),
        Column("words", "object", "the row's words as the person saw them"),
        Column("column", "object", "the column, None for the row as a whole"),
        Column("found", "object", "what the machine had when the person looked"),
        Column("given", "object", "what the person gave"),
        Column("now", "object", "what the machine has now, None where it has no such row"),
        Column("verdict", "object", "right, wrong, edit or add", Role.CATEGORY),
        Column("outcome", "object", "applied, redundant, review, orphaned or superseded", Role.CATEGORY),
        Column("kind", "object", "what kind of row it is, or None", Role.CATEGORY),
        Column("who", "object", "the person, or None"),
        Column("when", "object", "day and time, or None"),
        Column("note", "object", "the person's note, or why nothing could be done"),
        Column("line", "object", "what the line of the corrections is known by", Role.KEY),
    ),
    key=("frame", "key", "column", "found", "given", "verdict", "who", "when"),
    brief=("frame", "words", "column", "now", "given", "outcome"),
    noun="line",
)


PRECISION = FrameSpec(
    "precision",
    (
        Column("frame", "object", "the frame whose rows were judged", Role.CATEGORY),
        Column("kind", "object", "their kind, None for all kinds", Role.CATEGORY),
        Column("n", "int64", "rows judged", Role.NUMBER),
        Column("n_right", "int64", "rows judged right", Role.NUMBER),
        Column("precision", "float64", "share of right ones, 0 to 1", Role.SCORE),
        Column("low", "float64", "lower end of its 95 % interval", Role.SCORE),
        Column("high", "float64", "upper end", Role.SCORE),
    ),
    key=("frame", "kind"),
)


AGREEMENT = FrameSpec(
    "agreement",
    (
        Column("frame", "object", "the frame whose rows were judged", Role.CATEGORY),
        Column("column", "object", "the column, None for the verdicts on rows as a whole", Role.CATEGORY),
        Column("n", "int64", "rows of which two or more people said something", Role.NUMBER),
        Column("alpha", "float64", "Krippendorff's alpha, nominal; NaN where nothing differs", Role.SCORE),
    ),
    key=("frame", "column"),
)
