"""Who said what: direct, indirect and mixed quotations with their cue and source.

A trained tagger finds statements with their cues and sources, and those told inside others
(:mod:`toolkit.model.attribution_tagger`); rules over tokens, quotation marks and the cues of
``toolkit/data/cues.toml`` add what it misses inside others, and quotations that nobody is said to have spoken. A source
is a span here, and becomes a speaker in :mod:`toolkit.speakers`.
"""

from toolkit.quotations._dating import date_statements
from toolkit.quotations._find import find_quotations
from toolkit.quotations._marks import Quoted, quoted_spans

__all__ = ["Quoted", "date_statements", "find_quotations", "quoted_spans"]
