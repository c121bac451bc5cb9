"""Controls for work in JupyterLab: explorers, pickers, and an editor that merges, renames and takes apart actors.

Each shows its controls where a kernel runs, and the static view of its choice everywhere else: a notebook keeps both.
What was chosen is a plain value that can be read, copied and set again. All of them take frames of one's own.
"""

from toolkit.widgets._controls import ALL
from toolkit.widgets._editor import ActorEditor, actor_editor
from toolkit.widgets._explorer import Explorer
from toolkit.widgets._explorers import (
    position_explorer,
    quotation_explorer,
    sentiment_explorer,
    timeline_explorer,
)
from toolkit.widgets._pickers import Picker, date_picker, speaker_picker

__all__ = [
    "ALL",
    "ActorEditor",
    "Explorer",
    "Picker",
    "actor_editor",
    "date_picker",
    "position_explorer",
    "quotation_explorer",
    "sentiment_explorer",
    "speaker_picker",
    "timeline_explorer",
]
