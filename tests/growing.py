"""Texts of any length that must not cost more than their length: by what they are made of."""

from __future__ import annotations

from itertools import count, cycle
from time import process_time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PARAGRAPHS: Final = """\
Trade ministers from Kenya and Norway met in Oslo on Tuesday for a second round of talks on fishing rights. Ada Berg, \
the Norwegian minister, said that the text was nearly ready.

“We will not sign a paper that hurts our harbours,” said Bo Lind, who leads the Kenyan delegation. He praised the \
hosts but warned that time was short.

The talks, which began last week, are to go on until Friday. A spokesman for the Harbour Council denied that the \
mediators had left the city.

According to officials in Nairobi, the next round could be held in Geneva in March. She told reporters: "Nobody wants \
to lose another year." Critics called the plan reckless.

"""
STATES: Final = ("Norway", "Sweden", "Kenya", "Peru", "Chile", "Ghana", "Japan", "Spain")
_SYLLABLES: Final = (
    "ka",
    "lo",
    "mi",
    "te",
    "vo",
    "sha",
    "dre",
    "un",
    "pel",
    "quo",
    "bi",
    "gra",
    "sto",
    "ne",
    "wi",
    "ru",
)


def name(number: int) -> str:
    """Return a person's name, another for each number below 65,536."""
    first, last = divmod(number, 256)
    parts = [_SYLLABLES[place] for place in (*divmod(last, 16), *divmod(first, 16))]
    return f"{(parts[0] + parts[1]).title()} {(parts[2] + parts[3] + parts[0]).title()}"


def of_size(parts: Iterable[str], size: int) -> str:
    """Return parts one behind the other, up to a number of characters."""
    found, length = [], 0
    for part in parts:
        if length >= size:
            break
        found.append(part)
        length += len(part)
    return "".join(found)[:size]


def repeated(part: str) -> Callable[[int], str]:
    """Return what gives a part again and again, as many characters as asked for."""
    return lambda size: (part * (size // len(part) + 1))[:size]


def _names(sentence: str) -> Callable[[int], str]:
    def parts() -> Iterator[str]:
        for number in count(0, 2):
            yield sentence.format(name(number), name(number + 1))

    return lambda size: of_size(parts(), size)


def _namesakes(size: int) -> str:
    firsts = (name(number % 256 * 257).partition(" ")[2] for number in count())
    return of_size((f"{first} Berg met Mr. Berg. " for first in firsts), size)


KINDS: Final[dict[str, tuple[Callable[[int], str], int]]] = {
    # Ordinary text, and names in it.
    "paragraphs": (repeated(PARAGRAPHS), 2_000),
    "names": (_names("{} met {}. "), 2_000),
    "speakers": (_names("{} said that {} was late. "), 2_000),
    "ministers": (_names("Kenyan minister {} met {}. The Kenyan minister left. "), 2_500),
    "namesakes": (_namesakes, 2_000),
    "bodies": (_names("The {} Council said that the {} Fund was late. The council left. "), 3_000),
    "pronouns": (repeated("The Harbour Fund spoke. He said that he would go. "), 3_000),
    "states in one sentence": (lambda size: of_size((f"{state}, " for state in cycle(STATES)), size), 3_000),
    "states in many": (lambda size: of_size((f"{state} met Peru. " for state in cycle(STATES)), size), 2_000),
    "rounds": (repeated("The second round of talks in Oslo ended on Friday. "), 3_000),
    "dates": (repeated("on 3 March 2024, "), 3_000),
    # One sentence without an end.
    "said that": (repeated("Ada said that "), 600),
    "according to": (repeated("according to Norway, "), 800),
    "and": (repeated("Ada and "), 2_000),
    "of": (repeated("Ministry of "), 3_000),
    "titles": (repeated("Chief of "), 3_000),
    "capitals": (repeated("Abc "), 2_000),
    "numbers": (repeated("17 "), 1_000),
    # Signs.
    "full stops": (repeated("."), 8_000),
    "stops apart": (repeated(". "), 1_000),
    "exclamation marks": (repeated("!"), 400),
    "straight marks": (repeated('"'), 500),
    "curly marks": (repeated("“”"), 500),
    "opening marks": (repeated("“"), 500),
    "single marks": (repeated("'"), 400),
    "apostrophes": (repeated("’"), 400),
    "marked words": (repeated('"so" '), 1_000),
    "commas": (repeated(","), 400),
    "brackets": (repeated("("), 400),
    "signs": (repeated("!?.,;:'\""), 600),
    "one token": (repeated("a"), 40_000),
    "one word in capitals": (repeated("A"), 40_000),
    "digits": (repeated("7"), 40_000),
    "hyphens": (repeated("a-"), 300),
    "spaces": (repeated(" "), 40_000),
    "line ends": (repeated("\n"), 40_000),
    "blank lines": (repeated(" \n"), 40_000),
    "short lines": (repeated("a\n"), 1_500),
}
"""For each kind what gives a text of a size, and a size from which on it shows how the cost grows."""


BOUND: Final = 2.5
NOISE: Final = 0.05
"""Seconds that a reading may take whatever its size: beside them the doubling is not seen."""
_TRIES: Final = 4


def grows_with_its_size(seconds: Callable[[int], float], size: int, *, times: int = 2, bound: float = BOUND) -> bool:
    """Tell whether a number of times the size costs not much more than so many times the processor's time.

    Where it seems to, it is measured again and the least counts: a machine that is busy for a moment must not decide.
    """
    least, most = seconds(size), seconds(times * size)
    for _ in range(_TRIES - 1):
        if most <= bound * least + NOISE:
            break
        least, most = min(least, seconds(size)), min(most, seconds(times * size))
    return most <= bound * least + NOISE


def seconds_of(read: Callable[[], object]) -> float:
    """Return the processor's time that a reading takes."""
    begin = process_time()
    read()
    return process_time() - begin
