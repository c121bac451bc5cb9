"""Columns that several frames have."""

from __future__ import annotations

from toolkit.frames._columns import Column, Role

ARTICLE_ID = Column("article_id", "object", "article, by the first digits of its text's SHA-256", Role.ARTICLE)
START = Column("start", "int64", "offset of the first character in the article's text", Role.START)
END = Column("end", "int64", "offset behind the last character", Role.END)
WORDS = Column("text", "object", "the words", Role.WORDS)
ORIGIN = Column("origin", "object", "machine, confirmed, corrected or added", Role.ORIGIN)
KEY = Column("key", "object", "what the row is known by, the same on each run and with every model", Role.KEY)
NEGOTIATION = Column("negotiation", "object", "the negotiation it is of, None where none is told of", Role.NEGOTIATION)
QUOTATION_ID = Column("quotation_id", "object", "id, the same on each run", Role.ID)
DAYS = (
    Column("first", "datetime64[s]", "first day covered, NaT where no date is known", Role.DAY, editable=True),
    Column("last", "datetime64[s]", "last day covered", Role.DAY, editable=True),
    Column("offset_first", "Int64", "first day counted from the unknown publication day P: -1 is P-1", Role.NUMBER),
    Column("offset_last", "Int64", "last day counted from P", Role.NUMBER),
)
