"""Hand corrections of actors: a small table that a user keeps, applied again on each run.

The table has a row for each actor that is to be called, sorted or coloured otherwise, or made one with another;
:data:`toolkit.frames.DECLARED` describes its columns. `read_corrections` checks it, `correct` applies it,
`write_corrections` keeps it as a csv and `as_code` as a cell to paste.
"""

from toolkit.corrections._apply import correct, corrected_frames
from toolkit.corrections._table import Corrections, as_code, read_corrections, write_corrections

__all__ = ["Corrections", "as_code", "correct", "corrected_frames", "read_corrections", "write_corrections"]
