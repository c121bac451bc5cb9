"""Charts of the frames: each function takes a DataFrame and gives matplotlib Axes.

Colours are safe for colour-blind readers and never stand alone; every chart carries alternative text, which
is the ``repr`` of its figure (so that a notebook keeps it beside the picture) and what `describe` returns.
"""

from toolkit.plots.bars import speakers
from toolkit.plots.describe import describe
from toolkit.plots.gantt import timeline
from toolkit.plots.matrix import sentiment_matrix
from toolkit.plots.positions import amounts, positions, positions_over_time
from toolkit.plots.ranked import sentiment_ranking
from toolkit.plots.strip import sentiment_strip

__all__ = [
    "amounts",
    "describe",
    "positions",
    "positions_over_time",
    "sentiment_matrix",
    "sentiment_ranking",
    "sentiment_strip",
    "speakers",
    "timeline",
]
