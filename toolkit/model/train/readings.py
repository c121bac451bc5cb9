"""Gold for the recipes: ``gold/coverage`` and ``gold/opinions``, to learn from widened by the project's own readings.

    python -m toolkit.model.train.readings DATA GOLD --out DIR [--all]

DATA holds ``unlabelled/``, GOLD ``coverage/`` and ``opinions/``; DIR gets both folders anew, and the recipes take it,
or its ``coverage/``, in place of GOLD. The readings (``readings.jsonl.gz``) label articles of ``unlabelled/`` in the
layers of ``gold/coverage`` and by its guidelines; they hold offsets and names, and no text: what each is of is found
by its line, and known again by its digest.

The packaged weights learned from those of the part ``train``. The others are written beside, into ``apart/``, to
measure by (``tests/benchmarks/coverage.py DIR/coverage --part apart``), or with ``--all`` among those to learn from.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, ToolkitError
from toolkit.model.data_files import read_rows
from toolkit.reading._dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

READINGS = Path(__file__).with_name("readings.jsonl.gz")
NEWS = "unlabelled/news.jsonl.gz"
_LOG = logging.getLogger(__name__)
_FOLDERS = ("texts", "train", "dev")


def read_readings(path: Path = READINGS) -> list[dict[str, Any]]:
    """Return the project's own readings, an article each.

    Returns
    -------
    list of dict
        ``id``; ``part`` train or apart; ``line`` of the news and ``sha256`` of its text; the layers ``actors``,
        ``statements``, ``opinions``, ``events`` and ``positions`` as in ``gold/coverage``, spans as offsets into that
        text.
    """
    return list(read_rows(path, "readings.jsonl.gz"))


def write_readings(labels: Iterable[Mapping[str, Any]], news: Mapping[int, str], path: Path = READINGS) -> None:
    """Write labelled articles as readings.

    Parameters
    ----------
    labels : iterable of mapping
        Rows as :func:`read_readings` gives them, but for the digest.
    news : mapping of int to str
        The text of each line.
    path : Path
    """
    rows = sorted((dict(row, sha256=_digest(news[row["line"]])) for row in labels), key=lambda row: row["line"])
    lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    # Without a time stamp the same labels are the same file.
    path.write_bytes(gzip.compress(lines.encode(), mtime=0))


def with_texts(readings: Iterable[Mapping[str, Any]], news: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the readings as a text with what is known of it, and its labels.

    Raises
    ------
    InputError
        Where the news are missing or others than those that were read.
    """
    wanted = {row["line"]: row for row in readings}
    for number, article in enumerate(read_rows(news, "unlabelled/")):
        row = wanted.pop(number, None)
        if row is None:
            continue
        if _digest(article["text"]) != row["sha256"]:
            raise InputError(f"{news}: line {number} is not the article that {row['id']} labels; is it another file?")
        known = {name: article.get(name) for name in ("title", "outlet", "text")}
        yield {"id": row["id"], "published": _day(article.get("date")), **known}, dict(row)
    if wanted:
        raise InputError(f"{news}: {len(wanted)} labelled articles lie behind its last line; is it another file?")


def widen(data: Path, gold: Path, out: Path, *, whole: bool = False) -> int:
    """Write the gold with the project's own readings beside its articles to learn from, and return how many they are.

    Those that stand apart are among them only if ``whole``.

    Raises
    ------
    InputError
        Where the gold or the news are missing.
    """
    coverage = gold / "coverage"
    missing = [folder for folder in (*(coverage / name for name in _FOLDERS), gold / "opinions") if not folder.is_dir()]
    if missing:
        raise InputError(f"{missing[0]}: no such folder; GOLD is the folder that holds coverage/ and opinions/")
    made = list(with_texts(read_readings(), data / NEWS))
    shutil.rmtree(out / "coverage", ignore_errors=True)
    for name in _FOLDERS:
        shutil.copytree(coverage / name, out / "coverage" / name)
    shutil.copytree(gold / "opinions", out / "opinions", dirs_exist_ok=True)
    for text, labels in made:
        _write(out / "coverage" / "texts", text)
        _write(out / "coverage" / ("train" if whole else labels["part"]), labels)
    return sum(whole or labels["part"] == "train" for _, labels in made)


def _write(folder: Path, row: Mapping[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    # What was copied may be read-only, as its source was.
    folder.chmod(0o755)
    (folder / f"{row['id']}.json").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def _day(told: str | None) -> str | None:
    """Return the day that an article was published on as the gold writes it; some have none, some another form."""
    return parse_date(told, day_first=False).isoformat() if told else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the widened gold from the command line; what hinders it is told, with status 2."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds unlabelled/")
    parser.add_argument("gold", type=Path, help="folder that holds coverage/ and opinions/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the widened gold")
    parser.add_argument("--all", action="store_true", help="learn from those that stand apart too")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given = parser.parse_args(arguments)
    try:
        count = widen(given.data, given.gold, given.out, whole=given.all)
    except ToolkitError as problem:
        parser.exit(2, f"{problem}\n")
    _LOG.info("%d articles of the project's own readings beside those of the gold: %s", count, given.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
