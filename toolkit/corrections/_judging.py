"""One's own error rate: rows drawn to be judged, and what the judgements say of all."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from toolkit.corrections._cells import Cells
from toolkit.corrections._lines import LINE, SPEC
from toolkit.corrections._making import line_about
from toolkit.corrections._outcomes import APPLIED, REDUNDANT, REVIEW
from toolkit.corrections._places import part_key
from toolkit.display import is_missing, rows
from toolkit.errors import InputError
from toolkit.frames import DECLARED, pairs_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import FrameSpec

STRATA = 5
"""Parts of equal size, from the lowest scores to the highest, of each of which its share is drawn."""

Z = 1.959964
"""Of a normal distribution, 95 % lie within so many standard deviations."""


def sample(
    coverage: Coverage, n: int, *, by: str = "score", frames: Sequence[str] = ("quotations",), seed: int = 0
) -> pd.DataFrame:
    """Draw rows to be judged, so that their share of right ones tells that of all.

    Parameters
    ----------
    coverage : Coverage
    n : int
        How many, as evenly as they go from each frame; all rows of a frame that has fewer.
    by : str
        The column whose values the drawn rows are spread over as those of all are; of a frame that lacks it, any rows
        are drawn.
    frames : sequence of str
        Where to draw from.
    seed : int
        Another number draws other rows; the same rows otherwise, in whatever order the frames are.

    Returns
    -------
    pandas.DataFrame
        Lines without a verdict, with the columns of ``row_corrections`` in :data:`toolkit.frames.DECLARED`. Give each
        one (``right``, ``wrong``, ``edit``), in code or in a spreadsheet (``toolkit.export.write_frame``), and apply
        them; :func:`toolkit.precision` then tells the share of right ones.

    Raises
    ------
    InputError
        If there is no such frame, or none of them has the column.
    """
    specs = coverage.specs()
    if unknown := [name for name in frames if name not in specs]:
        raise InputError(f"no frame {', '.join(unknown)}; this coverage has {', '.join(specs)}")
    if n < 1 or not frames:
        raise InputError(f"n={n} of {len(frames)} frames; draw one row or more, of one frame or more")
    if not any(by in coverage[name].columns for name in frames):
        raise InputError(f"by={by!r}: none of {', '.join(frames)} has such a column; give one, such as score")
    articles = {row["article_id"]: row for row in rows(coverage.articles)}
    found: list[Row] = []
    for place, name in enumerate(frames):
        cells = Cells(specs[name], articles)
        share = n // len(frames) + (place < n % len(frames))
        drawn = _drawn(rows(coverage[name]), specs[name], by, share, seed)
        found += [
            dict.fromkeys(LINE) | line_about(row, specs[name], cells.texts) | {"found": pairs_text(cells.texts_of(row))}
            for row in drawn
        ]
    return SPEC.frame(found)


def _drawn(found: Sequence[Row], spec: FrameSpec, by: str, n: int, seed: int) -> list[Row]:
    """Return so many rows, of each part of equal size by a column its share (proportional allocation)."""
    order = {id(row): _lot(row, spec, seed) for row in found}

    def score(row: Row) -> tuple[float, str]:
        value = row.get(by)
        return (-math.inf if not isinstance(value, int | float) else float(value)), order[id(row)]

    ranked = sorted(found, key=score)
    parts = [ranked[len(ranked) * i // STRATA : len(ranked) * (i + 1) // STRATA] for i in range(STRATA)]
    n = min(n, len(ranked))
    bounds = [sum(map(len, parts[:i])) * n / max(1, len(ranked)) for i in range(STRATA + 1)]
    takes = [round(high) - round(low) for low, high in pairwise(bounds)]
    drawn = [
        row
        for part, take in zip(parts, takes, strict=True)
        for row in sorted(part, key=lambda row: order[id(row)])[:take]
    ]
    return sorted(drawn, key=lambda row: order[id(row)])


def _lot(row: Row, spec: FrameSpec, seed: int) -> str:
    """Return what a row draws: by its key alone, so that neither order nor other rows matter."""
    told = [seed, spec.name, *(str(row.get(name)) for name in ("key", *spec.key))]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def precision(coverage: Coverage, sample: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what share of the rows that were judged is right, per frame and kind.

    Parameters
    ----------
    coverage : Coverage
        With corrections applied: its frame ``checked`` says how rows were judged.
    sample : pandas.DataFrame, optional
        What :func:`toolkit.sample` drew; other rows are then left aside. Rows looked at because they seemed wrong tell
        nothing of the others.

    Returns
    -------
    pandas.DataFrame
        The columns of ``precision`` in :data:`toolkit.frames.DECLARED`, for each frame all kinds first. A row counts
        as right where a person found it so, or gave what the machine says now; as wrong where a person rejected it or
        set any of its cells. Rows that a person added, or that the machine does not find, count nowhere.

    Notes
    -----
    The interval is Wilson's score interval at 95 % (E. B. Wilson, 1927, Probable inference, the law of succession, and
    statistical inference, Journal of the American Statistical Association 22, 209-212).
    """
    asked = None if sample is None else set(zip(sample["frame"], sample["key"], strict=True))
    return shares_of(coverage.checked, asked)


def shares_of(checked: pd.DataFrame, asked: set[tuple[str, str]] | None = None) -> pd.DataFrame:
    """Return what a frame ``checked`` says of rows judged, of all or those asked for by frame and key."""
    judged: dict[tuple[str, str], list[bool]] = defaultdict(list)
    kinds: dict[tuple[str, str], str | None] = {}
    lines = rows(checked)
    by_person = {row["key"] for row in lines if row["verdict"] == "add"}
    by_person |= {part_key(row) for row in lines if row["column"] == "split"}
    for row in lines:
        at = (row["frame"], row["key"])
        is_right = _is_right(row)
        is_read = row["key"] is not None and row["key"] not in by_person
        if is_right is not None and is_read and (asked is None or at in asked):
            judged[at].append(is_right)
            kinds[at] = row["kind"]
    counts: Counter[tuple[str, str | None, bool]] = Counter()
    for at, said in judged.items():
        for kind in dict.fromkeys([None, kinds[at]]):
            counts[at[0], kind, all(said)] += 1
    groups = sorted({(frame, kind) for frame, kind, _ in counts}, key=lambda each: (each[0], each[1] or ""))
    return DECLARED["precision"].frame(
        _share(frame, kind, counts[frame, kind, True], counts[frame, kind, False]) for frame, kind in groups
    )


def _is_right(row: Row) -> bool | None:
    """Return whether the machine's row is right by one line, None where it says nothing of that."""
    verdict, outcome = row["verdict"], row["outcome"]
    if verdict == "add" or outcome not in {APPLIED, REDUNDANT, REVIEW}:
        return None
    if verdict == "right":
        return bool(outcome == APPLIED)
    if verdict == "edit":
        return bool(outcome == REDUNDANT)
    return False


def _share(frame: str, kind: str | None, right: int, wrong: int) -> Row:
    low, high = wilson(right, right + wrong)
    return {
        "frame": frame, "kind": kind, "n": right + wrong, "n_right": right, "precision": right / (right + wrong),
        "low": low, "high": high,
    }  # fmt: skip


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return Wilson's score interval of a share at 95 %; see `precision`."""
    if n == 0:
        return math.nan, math.nan
    share, spread = successes / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def agreement(*people: Any) -> pd.DataFrame:
    """Return how far people agree who checked the same rows, by Krippendorff's alpha.

    Parameters
    ----------
    *people : as of :func:`toolkit.read_corrections`
        The corrections of each, two or more.

    Returns
    -------
    pandas.DataFrame
        The columns of ``agreement`` in :data:`toolkit.frames.DECLARED`: for each frame the verdicts on rows as a
        whole, then each column of which two or more say what its cell should be. Alpha is 1 where all agree, 0 where
        they agree as chance would have it, NaN where nothing differs between rows.

    Raises
    ------
    InputError
        If there are not two, or the library ``krippendorff`` is missing.

    Notes
    -----
    Nominal alpha (K. Krippendorff, 2019, Content Analysis, 4th edition, chapter 12).
    """
    from toolkit.corrections._table import as_lines, read_corrections

    if len(people) < 2:
        raise InputError(f"agreement() takes the corrections of two people or more, found {len(people)}")
    said = [_said(as_lines(read_corrections(each))) for each in people]
    units: dict[tuple[str, str | None], dict[str, list[str | None]]] = defaultdict(dict)
    for about in dict.fromkeys(about for each in said for about in each):
        values = [each.get(about) for each in said]
        if sum(value is not None for value in values) > 1:
            frame, column, row = about
            units[frame, column][row] = values
    order = sorted(units, key=lambda each: (each[0], each[1] or ""))
    return DECLARED["agreement"].frame(
        {"frame": frame, "column": column, "n": len(units[frame, column]), "alpha": _alpha(units[frame, column])}
        for frame, column in order
    )


def _said(lines: Iterable[Row]) -> dict[tuple[str, str | None, str], str]:
    """Return what one person said, by frame, column (None for the row as a whole) and row."""
    from toolkit.corrections._contradictions import subject
    from toolkit.corrections._lines import asserted

    found: dict[tuple[str, str | None, str], str] = {}
    for line in lines:
        row, frame = subject(line), line["frame"]
        verdict = line["verdict"]
        whole = (frame, None, row)
        # A row of which one cell is wrong is not right as a whole.
        if found.get(whole) != "edit" or verdict == "wrong":
            found[whole] = verdict if line["column"] is None or verdict == "right" else "edit"
        for column, text in asserted(line).items():
            found[frame, column, row] = text
    return found


def _alpha(units: dict[str, list[str | None]]) -> float:
    try:
        import krippendorff
    except ImportError as fault:
        raise InputError(
            "agreement() needs krippendorff, which is missing; pip install 'negotiation-news-toolkit[agreement]'"
        ) from fault
    values = sorted({value for said in units.values() for value in said if value is not None})
    if len(values) < 2:
        return math.nan
    table = [
        [math.nan if is_missing(value) else float(values.index(value)) for value in said]
        for said in zip(*units.values(), strict=True)
    ]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
