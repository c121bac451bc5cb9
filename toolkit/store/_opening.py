"""A coverage in a folder: its frames are read when they are asked for, whole, in pieces, or by questions in SQL."""

from __future__ import annotations

import html
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.analysis.assembling import OF_ONE_ARTICLE, coverage_of
from toolkit.coverage import Coverage
from toolkit.errors import InputError
from toolkit.frames import DECLARED, from_arrow, in_context, renamed
from toolkit.store._layout import STATE, current_view
from toolkit.store._saving import SAVED, saved_frames
