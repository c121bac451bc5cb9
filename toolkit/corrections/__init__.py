"""Hand corrections: a small file that a user keeps, applied again on each run.

It has a line for each thing that a person said of a row of any frame: that it is right, that there is none, what a cell
should be, that one is missing. A table of actors says the same of actors alone, a row each. The frames
``row_corrections`` and ``corrections`` of :data:`toolkit.frames.DECLARED` describe the columns of both.

`check` makes lines in code; `read_corrections` reads and checks them, also from a workbook or tasks of Label Studio
that a coverage was exported to and a person changed; `correct` applies them, `write_corrections` keeps them as a csv
and `as_code` as a cell to paste. `sample` draws rows to judge; `precision` and `agreement` tell what the judgements
say.
"""

from toolkit.corrections._apply import correct, corrected_frames
from toolkit.corrections._articles import with_given
from toolkit.corrections._judging import agreement, precision, sample
from toolkit.corrections._making import Checks, check
from toolkit.corrections._table import Corrections, as_code, read_corrections, write_corrections

__all__ = [
    "Checks",
    "Corrections",
    "agreement",
    "as_code",
    "check",
    "correct",
    "corrected_frames",
    "precision",
    "read_corrections",
    "sample",
    "with_given",
    "write_corrections",
]
