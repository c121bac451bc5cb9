"""Any number of articles in a folder: read once, kept in parts, put together anew when some are added or changed.

::

    store/
      toolkit-store.json    the layout, and the view that is current
      parts/<id>/           what some articles say, one Parquet file a frame; made whole, never changed
      views/<id>/           what all of them together tell: names, actors, rounds, and which rows of which parts count

Frames are the rows of the parts under the names of the view. Whatever ends a run, what stands here is whole; the next
run reads what is not yet there.
"""

from toolkit.store._opening import StoredCoverage, open  # noqa: A004 - toolkit.open
from toolkit.store._saving import save
from toolkit.store._writing import analyze_to

__all__ = ["StoredCoverage", "analyze_to", "open", "save"]
