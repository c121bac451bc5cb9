"""What was found, in the files of other programs.

Any frame goes to csv, jsonl or parquet, `write_frame`, and comes back as it was declared, `read_frame`. The rounds of
talks also go to TimelineJS, which draws them as a story on a page (`timelinejs`, `write_timelinejs`), and to calendars
(`icalendar_text`, `write_icalendar`).
Both hold only rounds with a date; the rounds that they cannot hold are named in the file and in a warning.
"""

from toolkit.export._frames import check_format, write_frame
from toolkit.export._icalendar import icalendar_text, write_icalendar
from toolkit.export._reading import read_frame
from toolkit.export._timelinejs import timelinejs, write_timelinejs

__all__ = [
    "check_format",
    "icalendar_text",
    "read_frame",
    "timelinejs",
    "write_frame",
    "write_icalendar",
    "write_timelinejs",
]
