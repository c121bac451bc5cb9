"""Sentences as the classifier of a target sees them: word pieces with a mark before the target, its names hidden.

A name is replaced by one word that stands for any name, so that none can carry a sentiment of its own into the result;
pronouns and descriptions ("the talks' host") stay as they are.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.lexicon import wordlists
from toolkit.model.word_pieces import CLS, MASK, SEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

Item = tuple[str, int, int]
MAX_PIECES = 56
"""Longest input of the packaged model; of a longer sentence the pieces nearest to the target are kept."""


def check_item(index: int, item: Item) -> None:
    """Raise unless ``text[start:end]`` of the item is a stretch of its text.

    Raises
    ------
    InputError
        Naming the item by its index.
    """
    text, start, end = item
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"item {index}: offsets {start}:{end} are no stretch of its text of {len(text)} characters; "
            "give (text, start, end) with 0 <= start < end <= len(text)"
        )


def hide_names(mention: str) -> str:
    """Return a mention with each run of names as one stand-in word: ``the Iranian envoy`` as ``the someone envoy``.

    A word is a name where it has a capital, or letters of a script without capitals; a particle between or before
    names belongs to them (``Ursula von der Leyen``).
    """
    lists = wordlists.load("targets")
    words = mention.split()
    named = [_is_name(word, lists["plain_words"]) for word in words]
    particles = wordlists.words("names", "particles")
    for index in range(len(words) - 2, -1, -1):
        named[index] |= named[index + 1] and words[index].lower() in particles
    runs = groupby(zip(words, named, strict=True), key=lambda pair: pair[1])
    return " ".join(lists["stand_in"] if name else " ".join(word for word, _ in run) for name, run in runs)


def _is_name(word: str, plain: Sequence[str]) -> bool:
    if word.lower() in plain:
        return False
    return any(letter.isalpha() and letter == letter.upper() for letter in word)


def encode_items(
    tokenizer: Tokenizer, items: Sequence[Item], *, names: bool = False, pieces: int = MAX_PIECES
) -> list[tuple[list[int], int]]:
    """Return for each item the ids of its pieces and the place of the mark among them.

    Parameters
    ----------
    tokenizer : Tokenizer
        From :func:`toolkit.model.word_pieces.load_tokenizer`.
    items : sequence of (str, int, int)
        Text, and the target's start and end in it.
    names : bool
        Whether names are left as they are.
    pieces : int
        Most ids of an item.

    Returns
    -------
    list of (list of int, int)
    """
    sides = [
        side
        for text, start, end in items
        for side in (text[:start], (text[start:end] if names else hide_names(text[start:end])) + text[end:])
    ]
    encoded = tokenizer.encode_batch(sides, add_special_tokens=False)
    return [_join(before.ids, after.ids, pieces) for before, after in zip(encoded[::2], encoded[1::2], strict=True)]


def _join(before: list[int], after: list[int], pieces: int) -> tuple[list[int], int]:
    room = pieces - 3
    left = min(len(before), max(room // 2, room - len(after)))
    kept = before[len(before) - left :]
    return [CLS, *kept, MASK, *after[: room - left], SEP], left + 1
