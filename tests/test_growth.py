"""Twice the text takes about twice the time, whatever the text is made of."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import pytest
from growing import KINDS, grows_with_its_size, seconds_of

import toolkit as tk
from toolkit.model import attribution_tagger, event_reader, pair_reader, trunk_reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language


class Remembering:
    """A network that computes what it is asked for once: the rest of a reading is what is timed."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._known: dict[bytes, Any] = {}

    def run(self, outputs: Sequence[str] | None, given: dict[str, Any]) -> Any:
        key = blake2b(repr((outputs, [array.shape for array in given.values()])).encode())
        for array in given.values():
            key.update(array.tobytes())
        digest = key.digest()
        if digest not in self._known:
            self._known[digest] = self._session.run(outputs, given)
        return self._known[digest]


@pytest.fixture(scope="module")
def remembering(nlp: Language) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        parser = nlp.get_pipe("toolkit_parser")
        patch.setattr(parser, "session", Remembering(parser.session))
        for module in (attribution_tagger, event_reader, pair_reader, trunk_reader):
            known: dict[Any, Remembering] = {}
            load = module.load_session
            patch.setattr(
                module,
                "load_session",
                lambda path, digest, known=known, load=load: known.setdefault(path, Remembering(load(path, digest))),
            )
        yield


def seconds(text: str) -> float:
    return seconds_of(lambda: tk.analyze([tk.Article(text)], errors="raise", executor=1, progress=False))


@pytest.mark.usefixtures("remembering")
@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_takes_about_twice_the_time(kind: str) -> None:
    text, size = KINDS[kind]
    seconds(text(size))  # What the network says is known from then on, for the most part.
    assert grows_with_its_size(lambda length: seconds(text(length)), size)
