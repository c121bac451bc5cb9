"""How well files of every kind are read: articles found, and title, outlet and day right, by kind; time and memory.

``python tests/benchmarks/files.py`` reads the made files of ``tests/made.py``, each on its own.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
import warnings
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made

import toolkit as tk

FACTS = ("title", "outlet", "published")


def main() -> None:
    """Print the table."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    worst: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", tk.ToolkitWarning)
        for each in made.everything():
            path = Path(folder, each.name)
            path.write_bytes(each.content)
            articles, seconds, megabytes = _read(path)
            worst[each.kind] = (max(worst[each.kind][0], seconds), max(worst[each.kind][1], megabytes))
            counts[each.kind] += _counted(each, articles)
    _print_row(["kind", "files", "articles", "read", "title", "outlet", "day", "most s", "most MB"])
    for kind, count in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        seconds, megabytes = worst.get(kind) or tuple(map(max, zip(*worst.values(), strict=True)))
        facts = (_share(count, name) for name in FACTS)
        told = (count["files"], count["articles"], count["read"], *facts, f"{seconds:.1f}", f"{megabytes:.0f}")
        _print_row([kind, *map(str, told)])


def _print_row(cells: list[str]) -> None:
    print(f"{cells[0]:24}" + "".join(f"{cell:>10}" for cell in cells[1:]))


def _read(path: Path) -> tuple[list[tk.Article], float, float]:
    """Return the articles of a file, the seconds it took, and the most that Python held, in MB."""
    tracemalloc.start()
    begun = time.perf_counter()
    try:
        articles = list(tk.read(path))
    except tk.InputError:
        articles = []
    seconds = time.perf_counter() - begun
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return articles, seconds, most


def _counted(each: made.Made, articles: list[tk.Article]) -> Counter[str]:
    count = Counter(files=1, articles=len(each.stories), read=len(articles))
    by_place = dict(enumerate(articles))
    for place, story in enumerate(each.stories):
        article = by_place.get(place)
        wanted = {"title": story.title, "outlet": story.outlet, "published": story.day}
        for name in each.known:
            found = getattr(article, name, None)
            count[f"{name} asked"] += 1
            count[name] += _plain(found) == _plain(wanted[name])
    return count


def _plain(value: object) -> object:
    return made.plain(value) if isinstance(value, str) else value


def _share(count: Counter[str], name: str) -> str:
    asked = count[f"{name} asked"]
    return f"{count[name]}/{asked}" if asked else "–"


if __name__ == "__main__":
    main()
