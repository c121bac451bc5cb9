"""Execute notebooks, check their committed outputs, and render each as one page that needs nothing else.

A notebook is run in a fresh kernel of the current interpreter (`kernel`), brought into the one form in
which it is committed (`notebooks`), compared with its file (`compare`), and shown as a page (`page`).
"""

from toolkit.render.compare import differences
from toolkit.render.kernel import execute
from toolkit.render.notebooks import normalise, read_notebook, write_notebook
from toolkit.render.run import Executed, check_pages, execute_all, write_back, write_pages

__all__ = [
    "Executed",
    "check_pages",
    "differences",
    "execute",
    "execute_all",
    "normalise",
    "read_notebook",
    "write_back",
    "write_notebook",
    "write_pages",
]
