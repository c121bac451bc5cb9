"""From a file's bytes to what becomes of it: one file's fault, whatever it is, is that file's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.articles._outcomes import Found, LeftOut, Outcome, Problem, clipped, label
from toolkit.errors import InputError
from toolkit.reading._bounds import DEEPEST, Budget
from toolkit.reading._formats import format_of
from toolkit.reading._header import find_header
from toolkit.reading._language import foreign
from toolkit.reading._metadata import is_missing, outcomes
from toolkit.reading._opening import find_opening
from toolkit.reading._parts import Doubt, Fault, File, Inner, Options, Part, Text
from toolkit.reading.exports import split_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.reading._formats import Format


def file_outcomes(file: File, options: Options, budget: Budget | None = None, depth: int = 0) -> Iterator[Outcome]:
    """Give what becomes of a file and of the files in it, in order.

    Parameters
    ----------
    file : File
    options : Options
    budget : Budget, optional
        What may still come out of the archive that it lies in.
    depth : int
        How many archives it lies in.
    """
    source = label(file.name)
    found = None
    try:
        found = format_of(file)
        for part in found.read(file, options):
            if isinstance(part, Inner):
                yield from _inner(part, file, options, budget or (budget := Budget()), depth)
            else:
                yield from part_outcomes([part], source, {"path": file.name, **file.known}, options)
    except Exception as error:  # noqa: BLE001 - libraries raise what they like on damaged and hostile files
        yield LeftOut(source, _told(error, found))


def _inner(inner: Inner, file: File, options: Options, budget: Budget, depth: int) -> Iterator[Outcome]:
    budget.spend(len(inner.content))
    name = f"{file.name}/{inner.name}"
    if depth == DEEPEST:
        yield LeftOut(label(name), f"lies more than {DEEPEST} archives deep; unpack it")
        return
    known = {**file.known, **inner.known}
    yield from file_outcomes(File(name, inner.content, known), options, budget, depth + 1)


def _told(error: Exception, found: Format | None) -> str:
    if isinstance(error, InputError):
        return str(error)
    if found is None:
        return f"cannot be read ({_fault(error)})"
    if isinstance(error, ImportError) and found.extra:
        missing = error.name or "a library"
        return (
            f"is a {found.name}, and {missing} is not installed; pip install 'negotiation-news-toolkit[{found.extra}]'"
        )
    return f"is damaged, or no {found.name} ({_fault(error)}); {found.remedy}"


def _fault(error: Exception) -> str:
    return clipped(" ".join(filter(None, (type(error).__name__, str(error)))), 120)


def part_outcomes(
    parts: Iterable[Part], source: str, known: dict[str, object], options: Options, separator: str = ", "
) -> Iterator[Outcome]:
    """Give what becomes of the parts of a file that are no files.

    Parameters
    ----------
    parts
        As a reader yields them.
    source
        The file, for messages.
    known
        What holds of every article where it says nothing itself, such as the path.
    options
        As the caller gave them.
    separator
        Between source and place.
    """
    for part in parts:
        where = f"{source}{separator}{part.where}" if not isinstance(part, Inner) and part.where else source
        if isinstance(part, Fault):
            yield LeftOut(where, part.reason)
        elif isinstance(part, Doubt):
            yield Problem(where, part.reason)
        elif isinstance(part, Text) and part.is_running:
            yield from _running(part, source, where, known, options)
        elif isinstance(part, Text):
            yield from _article(part, where, known, options)


def _running(part: Text, source: str, where: str, known: dict[str, object], options: Options) -> Iterator[Outcome]:
    """Give the articles of running text: those of an export, or the one behind header, headline and byline."""
    text = part.text
    if not isinstance(text, str) or not text.strip():
        yield LeftOut(where, "holds no text; remove it, or put the article in")
        return
    if articles := split_text(text):
        yield from part_outcomes(articles, source, known, options)
        return
    header = find_header(text)
    if header.body_start == len(text):
        yield LeftOut(where, "holds a header but no text after it; put the article in")
        return
    fields = {**header.fields, **part.fields}
    opening = find_opening(text, header.body_start, fields)
    whole = Text(text, {**opening.fields, **fields}, part.where, opening.body_start)
    yield from _article(whole, where, known, options)


def _article(part: Text, where: str, known: dict[str, object], options: Options) -> Iterator[Outcome]:
    fields = {**known, **{name: value for name, value in part.fields.items() if not is_missing(value)}}
    for outcome in outcomes(part.text, fields, where, body_start=part.body_start, day_first=options.day_first):
        if isinstance(outcome, Found) and (told := foreign(outcome.article.body_text, options.language)):
            yield told.of(where)
            if told.is_left_out:
                continue
        yield outcome
