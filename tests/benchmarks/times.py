"""Time expressions measured on TimeBank, AQUAINT and WikiWars: strict, relaxed and value F1, as in TempEval-3.

    python tests/benchmarks/times.py [DATA] [--scorer FILE] [--held-out] [--cross-validate]

DATA is the folder that holds ``timex/`` (default: the environment variable TOOLKIT_DATA). The scorer is
``score_timex.py``, by default that of the folder ``scorers`` beside DATA. dateparser and parsedatetime are measured
too where they are installed, set to prefer the past as news does, their moments written as finely as they say that
the text is. ``--held-out`` splits TimeBank and AQUAINT into every fifth file, which the rules were written without,
and the rest. ``--cross-validate`` measures the toolkit alone, each file with directions learned from the others.
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
    from collections.abc import Callable, Mapping
    from types import ModuleType

    System = Callable[[str, str, dt.date], list[dict[str, Any]]]

CORPORA = ("timebank", "aquaint", "wikiwars")
Gold = dict[str, dict[str, Any]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds timex/")
    parser.add_argument("--scorer", type=Path, help="score_timex.py (default: DATA/../scorers/score_timex.py)")
    parser.add_argument("--held-out", action="store_true", help="every fifth file apart from the rest")
    parser.add_argument("--cross-validate", action="store_true", help="directions learned from the other files")
    given = parser.parse_args()
    folder = data_folder(given.data, "timex")
    systems = {"cross-validated": _cross_validated(folder)} if given.cross_validate else _systems()
    scorer = scorer_at(given.scorer or folder.parent / "scorers" / "score_timex.py")
    corpora = {name: _gold(folder / "timex" / f"{name}.tar.gz", scorer) for name in CORPORA}
    if given.held_out:
        corpora = {f"{name}, {part}": half for name in CORPORA[:2] for part, half in _halves(corpora[name]).items()}
    print(f"{'system':16}" + "".join(f"{name:>26}" for name in corpora) + f"{'words/s':>12}")
    print(f"{'':16}" + f"{'strict/relaxed/value':>26}" * len(corpora))
    for name, find in systems.items():
        print(_line(name, find, corpora, scorer))


def _line(name: str, find: System, corpora: dict[str, Gold], scorer: ModuleType) -> str:
    cells, words, seconds = [], 0, 0.0
    for gold in corpora.values():
        started = time.process_time()
        predicted = {file: find(file, item["text"], _day(item["dct"])) for file, item in gold.items()}
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


def _cross_validated(data: Path) -> System:
    """Return this toolkit with weights of directions that were learned without the file it reads."""
    from toolkit.model.train import directions

    examples = directions.read_examples(data, data.parent / "gold" / "coverage")
    fold_of = directions.folds_of({example.file for example in examples})
    weights = [
        directions.fit([example for example in examples if fold_of[example.file] != fold])
        for fold in range(directions.FOLDS)
    ]

    def find(file: str, text: str, day: dt.date) -> list[dict[str, Any]]:
        # A file without a question was in no fit.
        return _own(file, text, day, weights[fold_of.get(file, 0)])

    return find


def _own(file: str, text: str, day: dt.date, weights: Mapping[str, float] | None = None) -> list[dict[str, Any]]:
    del file
    return [
        {"start": found.start, "end": found.end, "type": found.type, "value": found.value}
        for found in find_times(text, published=day, directions=weights)
    ]


def _dateparser(file: str, text: str, day: dt.date) -> list[dict[str, Any]]:
    del file
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


def _parsedatetime(file: str, text: str, day: dt.date) -> list[dict[str, Any]]:
    del file
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
