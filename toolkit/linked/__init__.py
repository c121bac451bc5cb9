"""One linked view over a coverage: reader, quotations, speakers, sentiment and rounds, filtered together.

What is shown is packed as plain columns (`_packing`), filtered by one rule in page and kernel (`_filters`), complete
without script (`_static`), and brought to life by one constant script (`_assets`) in a page or a widget (`_widget`).
"""

from toolkit.linked._assets import script_source
from toolkit.linked.view import LinkedView, explore

__all__ = ["LinkedView", "explore", "script_source"]
