"""Frames as static html: the marked article, tables, and the evidence behind figures and rounds.

Every function gives a `View`, which shows itself in a notebook and reads as text elsewhere. Views need no
script and no style sheet, so they survive in notebooks that are not trusted; whatever comes from an article
is escaped.
"""

from toolkit.views.article import marked_article
from toolkit.views.evidence import round_evidence, sentiment_evidence
from toolkit.views.frame import frame_view
from toolkit.views.markup import View
from toolkit.views.matrix import opinion_matrix
from toolkit.views.picture import picture
from toolkit.views.positions import position_changes, position_matrix, standings
from toolkit.views.summary import sentiment_summary
from toolkit.views.table import actor_table, quotation_table, round_table

__all__ = [
    "View",
    "actor_table",
    "frame_view",
    "marked_article",
    "opinion_matrix",
    "picture",
    "position_changes",
    "position_matrix",
    "quotation_table",
    "round_evidence",
    "round_table",
    "sentiment_evidence",
    "sentiment_summary",
    "standings",
]
