"""The linked view at full size: bytes of the page, time until it can be used, time that a click takes to repaint.

    python tests/benchmarks/explore.py [--articles 500] [--clicks 15] [--out FILE]

The coverage is invented: each article holds thirteen statements, each with its speaker, two judged sentences and a
mention. Playwright drives the Chromium on PATH; times are medians in milliseconds, taken inside the page.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import toolkit as tk
from toolkit.articles import Article
from toolkit.display import KINDS
from toolkit.records import Actor, Mention, Opinion, Quotation, Round

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from covered import coverage_of

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

STATEMENTS = 13
SYLLABLES = ("ka", "lor", "mi", "ten", "vo", "sha", "dre", "un", "pel", "quo", "bi", "gra", "sto", "ne", "wi", "ru")
FIRST, LAST = (
    ("Ada", "Bo", "Cleo", "Dov", "Enid", "Finn", "Gro", "Hal"),
    ("Lund", "Marsh", "Noor", "Oake", "Pell", "Quill", "Ruud"),
)
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]

# As many words as a newspaper uses, the frequent ones as frequent: the page is compressed, and repetition flatters.
WORDS = ["".join(parts) for n in (1, 2, 3) for parts in itertools.product(SYLLABLES, repeat=n)]
WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(3, len(WORDS) + 3)))

# Waits for the next frame, so that layout and paint are counted.
CLICK = """async selector => {
  const node = document.querySelector(selector);
  const begin = performance.now();
  node.click();
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begin;
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--clicks", type=int, default=15)
    parser.add_argument("--out", type=Path, help="where to keep the page (default: nowhere)")
    given = parser.parse_args()
    coverage = invented(given.articles)
    with tempfile.TemporaryDirectory() as scratch:
        path = given.out or Path(scratch) / "page.html"
        begin = time.perf_counter()
        tk.share(coverage, path, title="Invented coverage")
        seconds = time.perf_counter() - begin
        sizes = {name: len(getattr(coverage, name)) for name in ("articles", "quotations", "sentiment")}
        print(", ".join(f"{size:,} {name}" for name, size in sizes.items()))
        print(f"page            {path.stat().st_size / 1000:10,.0f} kB, written in {seconds:.1f} s")
        for name, milliseconds in measured(path, given.clicks).items():
            print(f"{name:16}{milliseconds:10,.0f} ms")


def invented(articles: int) -> Coverage:
    """Return a coverage of that many articles."""
    chance = random.Random(7)  # noqa: S311 - no secret depends on it
    texts, mentions, quotations, opinions, rounds = [], [], [], [], []
    for number in range(articles):
        article, found = _article(number, chance)
        texts.append(article)
        quotations += found[0]
        opinions += found[1]
        mentions += found[2]
        if number % 12 == 0:
            day = article.published
            evidence = ((article.article_id, *found[1][0].target_span),)
            rounds.append(
                Round(
                    f"r{number}",
                    f"Harbour talks {number % 5}",
                    "talks",
                    number // 60 + 1,
                    first=day,
                    last=day,
                    date_basis="stated",
                    place="Lund",
                    evidence=evidence,
                )
            )
    actors = [Actor(name, "person") for name in NAMES]
    return coverage_of(
        articles=texts,
        actors=actors,
        mentions=mentions,
        quotations=quotations,
        sentiment=opinions,
        rounds=rounds,
        metadata={"toolkit": "invented"},
    )


def _article(
    number: int, chance: random.Random
) -> tuple[Article, tuple[list[Quotation], list[Opinion], list[Mention]]]:
    lines: list[str] = []
    places: list[tuple[int, str, str, str]] = []
    for _ in range(STATEMENTS):
        speaker, target = chance.sample(NAMES, 2)
        said = f'"{_words(chance, chance.randint(12, 28))}, {target},"'
        places.append((sum(map(len, lines)) + len(lines), said, speaker, target))
        lines.append(f"{said} said {speaker}. {_words(chance, 14).capitalize()}.")
    day = dt.date(2030, 1, 1) + dt.timedelta(days=number)
    title, outlet = f"Harbour talks, day {number + 1}", f"Post {number % 9}"
    article = Article("\n".join(lines), title=title, published=day, outlet=outlet)
    found: tuple[list[Quotation], list[Opinion], list[Mention]] = ([], [], [])
    for order, place in enumerate(places):
        _statement(found, article.article_id, f"q{number}-{order}", place, len(lines[order]), chance.choice((-1, 0, 1)))
    return article, found


def _statement(
    found: tuple[list[Quotation], list[Opinion], list[Mention]],
    article_id: str,
    identity: str,
    place: tuple[int, str, str, str],
    length: int,
    sign: int,
) -> None:
    start, said, speaker, target = place
    end = start + len(said)
    found[0].append(
        Quotation(
            identity,
            article_id,
            ((start, end),),
            said,
            KINDS[start % 3],
            "said",
            (end + 1, end + 5),
            "says",
            speaker,
            (end + 6, end + 6 + len(speaker)),
            speaker,
            "name",
            source_kind="named",
            score=0.9,
        )
    )
    there = (end - 2 - len(target), end - 2)
    for holder in (speaker, None):
        about = identity if holder else None
        found[1].append(Opinion(article_id, start, start + length, target, there, holder, sign, 0.4 * sign, about))
    found[2].append(Mention(article_id, *there, target, target, "name"))


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=count))


def measured(path: Path, clicks: int) -> dict[str, float]:
    """Return medians of what a reader waits for."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        ready = []
        for _ in range(3):
            page.goto(path.as_uri())
            page.wait_for_selector("[data-ready=true]")
            # Since navigation began, as the page itself sees it.
            ready.append(page.evaluate("performance.now()"))
        result = {"ready": statistics.median(ready)}
        for name, selector in {
            "click speaker": '[data-part="speakers"] button:nth-of-type(3)',
            "click cell": '[data-part="matrix"] .tk-cell',
            "click round": '[data-part="rounds"] .tk-round',
            "click row": '[data-part="table"] .tk-expand',
            "more rows": '[data-key="more"]',
        }.items():
            result[name] = statistics.median(page.evaluate(CLICK, selector) for _ in range(clicks))
            page.evaluate("document.querySelector('[data-key=clear]')?.click()")
        page.click('[data-key="check"]')
        for name in ("right", "wrong", "undo"):
            selector = f'[data-key="do:{name}"]'
            result[f"check: {name}"] = statistics.median(page.evaluate(CLICK, selector) for _ in range(clicks))
        browser.close()
    return result


if __name__ == "__main__":
    main()
