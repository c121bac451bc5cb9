"""Those who act for a person and go by no name of their own: "his negotiating team", "her delegation"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.actors import surname
from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from toolkit.speakers._scene import Scene

_BETWEEN = 2
"""Most words between the owner and the noun."""


def add_team(scene: Scene, owner: Token, person: str) -> None:
    """Record the team that a possessive pronoun opens, as an actor on its person's side, under that person's name.

    Parameters
    ----------
    scene : Scene
        Its cast is changed in place.
    owner : Token
        "his" or "her".
    person : str
        The actor that the pronoun stands for.
    """
    noun = owner
    while noun.i + 1 < len(scene.doc) and noun.i - owner.i <= _BETWEEN:
        noun = scene.doc[noun.i + 1]
        if not noun.text.islower() or noun.text in words("grammar", "phrase_breaks"):
            return
        if noun.lower_ in words("names", "teams"):
            name = f"{surname(person)}'s {noun.lower_}"
            scene.cast.add(name, "group", side=scene.cast.actors[person].side)
            scene.cast.mention(scene.doc, owner.i, noun.i + 1, name, "description")
            return
