"""Time expressions measured on TimeBank, AQUAINT and WikiWars: strict, relaxed and value F1, as in TempEval-3.

    python tests/benchmarks/times.py [DATA] [--scorer FILE] [--held-out]

DATA is the folder that holds ``timex/`` (default: the environment variable TOOLKIT_DATA). The scorer is
``score_timex.py``, by default that of the folder ``scorers`` beside DATA. dateparser and parsedatetime are measured
too where they are installed, set to prefer the past as news does, their moments written as finely as they say that
the text is. ``--held-out`` splits TimeBank and AQUAINT into every fifth file, which the rules were written without,
and the rest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import sys
import tarfile
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
from _data import data_folder, scorer_at

from toolkit.times import find_times

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    System = Callable[[str, dt.date], list[dict[str, Any]]]

CORPORA = ("timebank", "aquaint", "wikiwars")
Gold = dict[str, dict[str, Any]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds timex/")
    parser.add_argument("--scorer", type=Path, help="score_timex.py (default: DATA/../scorers/score_timex.py)")
    parser.add_argument("--held-out", action="store_true", help="every fifth file apart from the rest")
    given = parser.parse_args()
    folder = data_folder(given.data, "timex")
    scorer = scorer_at(given.scorer or folder.parent / "scorers" / "score_timex.py")
    corpora = {name: _gold(folder / "timex" / f"{name}.tar.gz", scorer) for name in CORPORA}
    if given.held_out:
        corpora = {f"{name}, {part}": half for name in CORPORA[:2] for part, half in _halves(corpora[name]).items()}
    print(f"{'system':16}" + "".join(f"{name:>26}" for name in corpora) + f"{'words/s':>12}")
    print(f"{'':16}" + f"{'strict/relaxed/value':>26}" * len(corpora))
    for name, find in _systems().items():
        print(_line(name, find, corpora, scorer))


def _line(name: str, find: System, corpora: dict[str, Gold], scorer: ModuleType) -> str:
    cells, words, seconds = [], 0, 0.0
    for gold in corpora.values():
        started = time.process_time()
        predicted = {file: find(item["text"], _day(item["dct"])) for file, item in gold.items()}
        seconds += time.process_time() - started
        words += sum(len(item["text"].split()) for item in gold.values())
        figures = scorer.score(gold, predicted)
        cells.append("/".join(f"{figures[kind][2]:.1f}" for kind in ("strict", "relaxed", "value")))
    return f"{name:16}" + "".join(f"{cell:>26}" for cell in cells) + f"{words / seconds:12,.0f}"


def _gold(path: Path, scorer: ModuleType) -> Gold:
    if not path.is_file():
        sys.exit(f"No data: {path} is no file.")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
        (inner,) = {file.parent for file in Path(folder).rglob("*.tml")}
        return dict(scorer.read_gold(str(inner)))


def _halves(gold: Gold) -> dict[str, Gold]:
    files = sorted(gold)
    held = set(files[4::5])
    return {"held out": {f: gold[f] for f in files if f in held}, "rest": {f: gold[f] for f in files if f not in held}}


def _day(value: str) -> dt.date:
    figures = value.replace("-", "")
    return dt.date(int(figures[:4]), int(figures[4:6]), int(figures[6:8]))


def _systems() -> dict[str, System]:
    peers = {"dateparser": _dateparser, "parsedatetime": _parsedatetime}
    return {"this toolkit": _own} | {name: find for name, find in peers.items() if importlib.util.find_spec(name)}


def _own(text: str, day: dt.date) -> list[dict[str, Any]]:
    return [
        {"start": found.start, "end": found.end, "type": found.type, "value": found.value}
        for found in find_times(text, published=day)
    ]


def _dateparser(text: str, day: dt.date) -> list[dict[str, Any]]:
    from dateparser.search import search_dates

    found, at = [], 0
    for words, moment in search_dates(text, languages=["en"], settings=_settings(day)) or []:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            period = _date_parser(day).get_date_data(words).period
            found.append({"start": start, "end": at} | _written(moment, period))
    return found


def _settings(day: dt.date) -> dict[str, Any]:
    base = dt.datetime.combine(day, dt.time())
    return {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True}


@lru_cache(maxsize=1)
def _date_parser(day: dt.date) -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=["en"], settings=_settings(day))


def _parsedatetime(text: str, day: dt.date) -> list[dict[str, Any]]:
    import parsedatetime

    constants = parsedatetime.Constants()
    constants.DOWParseStyle, constants.CurrentDOWParseStyle = -1, True
    calendar = parsedatetime.Calendar(constants, version=parsedatetime.VERSION_CONTEXT_STYLE)
    # Bits of accuracy, from the year to the minute: the highest is the finest that the words tell.
    periods = ("year", "month", "week", "day", "day", "time", "time", "time")
    return [
        {"start": start, "end": end} | _written(moment, periods[min(context.accuracy.bit_length(), len(periods)) - 1])
        for moment, context, start, end, _ in calendar.nlp(text, dt.datetime.combine(day, dt.time())) or ()
    ]


def _written(moment: dt.datetime, period: str) -> dict[str, str]:
    """Type and TIMEX3 value of a peer's moment, as fine as the peer says that it is."""
    forms = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "time": "%Y-%m-%dT%H:%M"}
    return {"type": "TIME" if period == "time" else "DATE", "value": f"{moment:{forms.get(period, '%Y-%m-%d')}}"}


if __name__ == "__main__":
    main()
