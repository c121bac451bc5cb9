"""Files that are whole at any moment: made beside their target under a passing name, then put in its place.

Whatever goes wrong meanwhile (a full disk, a fault in the content, a killed process), the target is what it was. All
that the toolkit writes goes through `replacing`, `replacing_files` or `new_folder`; `check_writable` tells before long
work what these would refuse after it, and `locked` keeps others out between reading a file and replacing it.

A passing name begins with a dot and ends in ``.tmp``; one that a killed process left behind may be deleted.
"""

from __future__ import annotations

from toolkit.files._checking import check_folder, check_writable
from toolkit.files._locking import locked
from toolkit.files._writing import leftovers, new_folder, replacing, replacing_files, write_text

__all__ = [
    "check_folder",
    "check_writable",
    "leftovers",
    "locked",
    "new_folder",
    "replacing",
    "replacing_files",
    "write_text",
]
