"""What was found, in the files of other programs.

`FORMATS` declares each format once; ``coverage.export(path)`` writes any of them, and `check_export` tells before the
long work whether it could. What writes a format asks the frames what their columns are, so that a frame of one's own
goes along. Any one frame goes to csv, jsonl or parquet with `write_frame`, and comes back as it was declared with
`read_frame`; of the rounds alone `timelinejs` and `icalendar_text` give what their files hold.
"""

from toolkit.export._formats import FORMATS, Format, check_export, export
from toolkit.export._frames import write_frame
from toolkit.export._icalendar import icalendar_text, write_icalendar
from toolkit.export._reading import read_frame
from toolkit.export._timelinejs import timelinejs, write_timelinejs

__all__ = [
    "FORMATS",
    "Format",
    "check_export",
    "export",
    "icalendar_text",
    "read_frame",
    "timelinejs",
    "write_frame",
    "write_icalendar",
    "write_timelinejs",
]
