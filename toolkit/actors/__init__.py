"""Who is who: one actor behind every name, title and description of an article, and across articles."""

from toolkit.actors._cast import Cast, find_actors
from toolkit.actors._unify import Renaming, merged, unify

__all__ = ["Cast", "Renaming", "find_actors", "merged", "unify"]
