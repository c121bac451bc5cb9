"""Who is who: one actor behind every name, title and description of an article, and across articles."""

from toolkit.actors._cast import Cast, find_actors
from toolkit.actors._descriptions import same_office
from toolkit.actors._naming import is_named
from toolkit.actors._persons import GENDERED, surname
from toolkit.actors._roles import side_of
from toolkit.actors._unify import Names, Renaming, merged, unify

__all__ = [
    "GENDERED",
    "Cast",
    "Names",
    "Renaming",
    "find_actors",
    "is_named",
    "merged",
    "same_office",
    "side_of",
    "surname",
    "unify",
]
