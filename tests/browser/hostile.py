"""Coverage whose every text tries to act: what any of them achieves is a hole.

Whatever fires leaves ``pwned`` in the window, opens a dialog, or asks for ``x`` or ``evil.example``.
"""

from __future__ import annotations

import dataclasses
import json
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

import toolkit as tk
from toolkit.frames import DECLARED
from toolkit.linked._assets import chart_script

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRE = "window.pwned=1"

PAYLOADS = (
    f'<img src=x onerror="{FIRE}">',
    f"<script>{FIRE}</script>",
    f"</script><script>{FIRE}</script>",
    f'"><svg onload="{FIRE}">',
    f"' autofocus onfocus={FIRE} '",
    f'<a href="javascript:{FIRE}">x</a>',
    f"javascript:{FIRE}",
    "<iframe src=https://evil.example/></iframe>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "</style></table></details></div>",
    "<!-- --><b>",
    "![x](https://evil.example/x.png)",
    f"[x](javascript:{FIRE})",
    "{{7*7}}${7*7}<%= 7*7 %>",
    rf"$\href{{javascript:{FIRE}}}{{x}}$",
    r"\(\require{html}\class{x}{y}\)",
    "&lt;img src=x onerror=alert(1)&gt;",
    '\\u003cscript\\u003e"};alert(1)//',
    "\u2028\u2029\x00\u202e<b>",
)

# Keys that join the frames, and places: a view without them would show nothing at all.
KEPT = frozenset({
    "article_id", "quotation_id", "via", "round_id", "kind", "status", "date_basis", "precision", "basis", "type",
    "published_basis", "cue_force", "source_kind", "edtf", "origin", "key", "frame", "verdict", "outcome", "line",
})  # fmt: skip

# The keys of facts that are dicts; all others are texts of articles.
SCHEMA = frozenset({"field", "values", "name", "status", "text"})


def articles() -> list[tk.Article]:
    """Return an article for each payload, with it in each of its texts."""
    return [
        tk.Article(_text(payload, number), title=payload, outlet=payload, author=payload, url=payload, path=payload)
        for number, payload in enumerate(PAYLOADS)
    ]


def _text(payload: str, number: int) -> str:
    return (
        f'"We thank {payload} for the good talks number {number}," Ada {payload} Berg said on Tuesday.\n\n'
        f"{payload} said that the ferry would cost $3 million in March and $4 million in May. "
        f"{payload}\n\nThe second round of talks between Norway and Sweden took place in {payload} Oslo on 3 March. "
        f"Bo Lind, minister of {payload}, warned that Sweden would reject the terrible deal.\n"
    )


def files(folder: str | Path) -> Path:
    """Fill a folder with files named as payloads, as far as a file may be."""
    folder = Path(folder)
    folder.mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = payload.replace("/", "").replace("\x00", "")[:80]
        (folder / f"{name}.txt").write_text(_text(payload, number), encoding="utf-8")
        (folder / f"{name}.csv").write_text(f"{name};text\n", encoding="utf-8")
    return folder


def table() -> pd.DataFrame:
    """Return a table of articles with payloads for names of columns and for all that is not text."""
    frame = pd.DataFrame({"text": [_text(PAYLOADS[0], 0), None], "published": PAYLOADS[:2], "url": PAYLOADS[:2]})
    return frame.assign(**dict.fromkeys(PAYLOADS, PAYLOADS[0]))


def corrections(coverage: tk.Coverage) -> list[dict[str, Any]]:
    """Return corrections with a payload wherever a text may stand: names, sides, roles, forms, unknown actors."""
    rows: list[dict[str, Any]] = [
        {"actor": actor, "name": payload, "side": payload, "role": payload, "aliases": [payload], "colour": "teal"}
        for actor, payload in zip(coverage.actors["actor"], PAYLOADS, strict=False)
    ]
    return [*rows, *({"actor": f"nobody {payload}", "role": payload} for payload in PAYLOADS)]


def lines(coverage: tk.Coverage) -> list[dict[str, Any]]:
    """Return lines of corrections with a payload wherever a text may stand, about rows that are there and others."""
    supply = cycle(PAYLOADS)
    given = {
        "quotations": ("speaker", "cospeakers", "cue", "spans"), "sentiment": ("holder", "target"),
        "rounds": ("place", "parties", "label", "split", "same_as"), "nothing": ("speaker",),
    }  # fmt: skip
    found: list[dict[str, Any]] = []
    for frame, columns in given.items():
        keys = [*coverage[frame]["key"]] if frame != "nothing" else []
        for number, payload in enumerate(PAYLOADS):
            column = columns[number % len(columns)]
            words = json.dumps(payload, ensure_ascii=False)
            span = {"cue": f"1–9 {words}", "spans": f"1–9 {words}", "split": f"{frame} 1–9 {words}"}
            span["same_as"] = f"{next(supply).split()[0]}: {frame} 1–9 {words}"
            about = {"frame": frame, "key": keys[number] if number < len(keys) else next(supply), "words": payload}
            said = {"column": column, "found": next(supply), "given": span.get(column, json.dumps([payload])
                    if column in {"cospeakers", "parties"} else payload)}  # fmt: skip
            signed = {"who": next(supply), "note": next(supply), "when": f"2031-01-01T00:00:{number:02}"}
            found.append(about | said | signed | {"verdict": "edit"})
    return found


def poisoned(coverage: tk.Coverage) -> tk.Coverage:
    """Return a coverage with a payload in each text that is neither a key nor the text of an article."""
    supply = cycle(PAYLOADS)
    frames = {name: _poisoned_frame(frame, supply) for name, frame in _whole(coverage).items()}
    frames["articles"] = frames["articles"].assign(text=coverage.articles["text"])
    return dataclasses.replace(coverage, **frames, metadata=dict.fromkeys(PAYLOADS[:2], PAYLOADS[0]))


def _whole(coverage: tk.Coverage) -> dict[str, pd.DataFrame]:
    """Return the frames with some rounds more, and facts where articles seldom give any."""
    rounds = pd.concat([coverage.rounds] * 4, ignore_index=True)
    facts: dict[str, Any] = {
        "tracks": [dict.fromkeys(("name", "status", "text"), "")],
        "conflicts": [{"field": field, "values": {"Oslo": [""], "Lund": [""]}} for field in ("place", "date")],
        "leaders": {"Norway": ""},
    }
    texts = dict.fromkeys(("label", "place", "venue", "format", "outcome", "date_text", "duration_text"), "")
    columns = {name: pd.Series([value] * len(rounds), dtype=object) for name, value in (facts | texts).items()}
    judged = DECLARED["checked"].frame(
        dict.fromkeys(DECLARED["checked"].names)
        | {"frame": frame, "key": frame, "kind": kind, "verdict": "right", "outcome": "applied", "line": kind}
        for frame, kind in zip(("quotations", "sentiment", "rounds", *PAYLOADS), (*PAYLOADS, *PAYLOADS), strict=False)
    )
    return coverage.frames() | {
        "rounds": rounds.assign(round_id=[f"r{i}" for i in range(len(rounds))], **columns), "checked": judged,
    }  # fmt: skip


def _poisoned_frame(frame: pd.DataFrame, supply: Iterator[str]) -> pd.DataFrame:
    columns = {
        name: [_poisoned_value(value, supply) for value in frame[name]]
        for name in frame.columns
        if name not in KEPT and name not in {"spans", "evidence"}
    }
    return frame.assign(**{name: pd.Series(values, index=frame.index, dtype=frame[name].dtype)
                           for name, values in columns.items()})  # fmt: skip


def _poisoned_value(value: Any, supply: Iterator[str]) -> Any:
    if isinstance(value, str):
        return next(supply)
    if isinstance(value, list):
        return [_poisoned_value(each, supply) for each in value]
    if isinstance(value, dict):
        return {
            key if key in SCHEMA else next(supply): each if key == "field" else _poisoned_value(each, supply)
            for key, each in value.items()
        }
    return value


# What a page must not hold, whoever wrote its texts. Frames are shown by pandas, which lets notebooks read dollar
# signs as mathematics.
DANGERS = """within => {
  const own = CHARTS;
  const found = 'pwned' in window ? ['a payload ran'] : [];
  for (const each of document.querySelectorAll(`${within} *`)) {
    for (const { name, value } of each.attributes) {
      if (name.startsWith('on')) found.push(`${each.tagName} ${name}`);
      if (/^\\s*javascript:/i.test(value) && ['href', 'src', 'action', 'xlink:href'].includes(name))
        found.push(`${each.tagName} ${name}`);
    }
    if (['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'META'].includes(each.tagName)) found.push(each.tagName);
    if (each.tagName === 'IMG' && !/^(data|blob):/.test(each.src)) found.push(`IMG ${each.src}`);
    if (each.tagName === 'SCRIPT' && !each.closest('.tk-view') && each.textContent !== own) found.push('SCRIPT');
    if (each.tagName === 'MJX-CONTAINER' && !each.closest('table.dataframe'))
      found.push(`typeset as mathematics: ${each.parentElement.textContent}`);
  }
  return found;
}""".replace("CHARTS", json.dumps(chart_script()))
