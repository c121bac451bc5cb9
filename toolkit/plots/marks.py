"""What a timeline shows, drawn from its layout: signs, bars, discs, the axis and its cuts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from toolkit.display import BAND, GREY, GRID, INK, count_of, ellipsis
from toolkit.phrases import NO_DATE, day_phrase, offset_phrase
from toolkit.plots.bars import STYLES
from toolkit.plots.breaks import draw_breaks
from toolkit.plots.chart import GROUND, PLAIN, TEXT, is_narrow, name_rows, plain_axes
from toolkit.plots.keys import DIFFERS, ORDERED, PUBLISHED, bar_style, disc_fill, disc_size, look, signs_of
from toolkit.plots.lanes import BREAKS, HEADER, NAMED, NAMED_SHORT, STATEMENTS
from toolkit.plots.leading import lead
from toolkit.plots.scale import ticks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from toolkit.plots.lanes import Lane, Layout, Track
    from toolkit.plots.scale import Scale
    from toolkit.plots.statements import SaidDay

# As shares of the axes' width, wide and narrow: room for a number, for a number of months, for a day.
NUMBER, UNIT, DAY = (0.05, 0.1), (0.075, 0.16), (0.1, 0.22)

# As a share of the axes' width: a bar that would be too thin to see.
NARROWEST = 0.012

# Height of a round's bar in rows, of a vague one, of one of several as a share of its own row, of days behind a sign.
BAR, VAGUE_BAR, THIN, BEHIND_SIGN = 0.46, 0.28, 0.7, 0.12

# Statements of a day for which a disc is large; where all days have fewer, none is.
MANY = 9

# Characters of what is known of a row, and of a header in a narrow chart.
FACTS, SHORT_HEADER = 46, 38

# Above the grid and the bands of the headers.
FRONT = 5

# Points: from the names of days to what the axis counts, where reasons stand between them.
BELOW_REASON = 16

# Where the sign of a row stands left of the axes, as a share of their width, wide and narrow.
BESIDE = (-0.022, -0.04)


def draw(ax: Axes, layout: Layout) -> None:
    """Draw all of a layout but its legend and title."""
    ax.set_ylim(layout.n_rows + 0.1, 0)
    ax.set_xlim(-layout.start, layout.end + layout.side)
    for place, text in layout.headers:
        _draw_header(ax, place, text)
    _draw_labels(ax, layout)
    number = 0
    for index, track in enumerate(layout.tracks):
        for lane in track.lanes:
            _draw_lane(ax, layout, lane, (number, layout.places[index]), folded=track.folded)
            number += 1
    plain_axes(ax, "top", "right", "left")
    if layout.scale:
        _draw_axis(ax, layout, layout.scale)
        _draw_statements(ax, layout, layout.scale)
    else:
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
    if layout.side or layout.start:
        _draw_side(ax, layout)
    if layout.marked and layout.scale:
        ax.axvline(layout.scale.x(layout.marked.toordinal() + 0.5), zorder=2, color=INK, **PUBLISHED)


def _draw_header(ax: Axes, place: float, text: str) -> None:
    ax.axhspan(place - HEADER / 2, place + HEADER / 2, color=BAND, linewidth=0, zorder=3)
    written = ax.annotate(
        ellipsis(text, SHORT_HEADER) if is_narrow(ax) else text, (0, place), (4, 0), va="center", fontsize=TEXT,
        xycoords=ax.get_yaxis_transform(), textcoords="offset points", fontweight="bold", zorder=4, gid=GROUND, **PLAIN,
    )  # fmt: skip
    # Its band has the width of the axis: a long text must not make that narrower.
    written.set_in_layout(False)


def _draw_labels(ax: Axes, layout: Layout) -> None:
    """Write what each row is, with its sign before it: a status has no date, so that it stands beside the axis."""
    labels = [_label(track) for track in layout.tracks]
    for kind, days in layout.statements.kinds if layout.statements else ():
        labels.append(f"{kind} ({sum(said.total for said in days)})")
    narrow = is_narrow(ax)
    # Above its row in a narrow chart, nearer to it than to the row before.
    places = [place - (0.4 + NAMED / 2) * narrow for place in layout.places]
    places += [place - (STATEMENTS / 2 + NAMED_SHORT / 2 - 0.06) * narrow for place in layout.statement_places]
    name_rows(ax, places, labels, above=0)
    if not narrow:
        ax.tick_params(axis="y", pad=6 if layout.folded else 18)
    for track, place, label in zip(layout.tracks, places, ax.get_yticklabels(), strict=False):
        if track.folded:
            continue
        signs = [*_sign(ax, track.lanes[0], (BESIDE[narrow], place), clip_on=False, transform=ax.get_yaxis_transform())]
        _lead(ax, [label, *signs], track.lanes[0])


def _label(track: Track) -> str:
    name, _, facts = track.label.partition("\n")
    differs = f" {DIFFERS}" if not track.folded and track.lanes[0].reports.fields else ""
    return f"{name}{differs}\n{ellipsis(facts, FACTS)}"


def _sign(ax: Axes, lane: Lane, place: tuple[float, float], **options: Any) -> list[Any]:
    """Draw the sign of a round or event, and return its marks."""
    return [
        mark
        for style in signs_of(lane.type, lane.status)
        for mark in ax.plot([place[0]], [place[1]], **({"zorder": FRONT + 1} | style | options))
    ]


def _lead(ax: Axes, marks: list[Any], lane: Lane) -> None:
    """Make marks of a round or event a link to the passages that tell of it."""
    if lane.place:
        lead(ax, marks, dict([lane.place]), f"{lane.name}, {lane.facts}")


def _draw_lane(ax: Axes, layout: Layout, lane: Lane, at: tuple[int, float], *, folded: bool) -> None:
    number, place = at
    if number in layout.beside:
        _lead(ax, _draw_beside(ax, layout, lane, (layout.beside[number], place)), lane)
        return
    if not layout.scale or not lane.span:
        return
    bars = lane.type == "encounter" and not folded
    marks = []
    height = ((VAGUE_BAR if lane.vague else BAR) if bars else BEHIND_SIGN) / len(lane.spans)
    for row, (first, last) in enumerate(lane.spans):
        start, end = layout.scale.x(first), layout.scale.x(last + 1)
        middle = place + (row - (len(lane.spans) - 1) / 2) * height
        size = (max(end - start, NARROWEST * layout.width), height if len(lane.spans) == 1 else THIN * height)
        if bars or end - start > 3 * size[0]:
            marks += _draw_bar(ax, lane, (start, middle), size)
    _, filling = look(lane.status)
    if not bars or filling != "full":
        start, end = layout.scale.x(lane.span[0]), layout.scale.x(lane.span[1] + 1)
        marks += _sign(ax, lane, ((start + end) / 2, place))
    _lead(ax, marks, lane)


def _draw_bar(ax: Axes, lane: Lane, place: tuple[float, float], size: tuple[float, float]) -> list[Any]:
    from matplotlib.patches import Rectangle

    (start, middle), (width, height) = place, size
    colour, _ = look(lane.status)
    style = bar_style(lane, colour) | ({"linewidth": 1} if len(lane.spans) > 1 else {})
    marks: list[Any] = [ax.add_patch(Rectangle((start, middle - height / 2), width, height, zorder=FRONT, **style))]
    arrows = {"<": lane.open_start, ">": lane.open_end}
    for marker, at in (("<", start), (">", start + width)):
        if arrows[marker]:
            marks += ax.plot([at], [middle], marker=marker, color=colour, markersize=8, zorder=FRONT)
    return marks


def _draw_beside(ax: Axes, layout: Layout, lane: Lane, place: tuple[float, float]) -> list[Any]:
    """Draw what has no day: its sign, and a line over the days between which its number puts it."""
    if layout.scale and lane.before is not None:
        start = place[0] if lane.after is None else layout.scale.x(lane.after + 1)
        ax.plot([start, layout.scale.x(lane.before)], [place[1]] * 2, zorder=FRONT, **ORDERED)
    return _sign(ax, lane, place)


def _draw_statements(ax: Axes, layout: Layout, scale: Scale) -> None:
    kinds = layout.statements.kinds if layout.statements else ()
    most = max((MANY, *(said.total for _, days in kinds for said in days)))
    for place, (kind, days) in zip(layout.statement_places, kinds, strict=True):
        colour, _ = STYLES.get(kind, (GREY, ""))
        for said in sorted(days, key=lambda said: -said.total):
            # White beneath, so that a hollow disc is not crossed by the grid.
            for fill, ink in (("full", "white"), (disc_fill(said), colour)):
                disc = ax.plot(
                    [scale.x(said.day + 0.5)], [place], marker="o", markersize=disc_size(said.total, most),
                    color=ink, fillstyle=fill, markerfacecoloralt="white", markeredgewidth=1.4, zorder=FRONT,
                )  # fmt: skip
            if layout.dated:
                day = dt.date.fromordinal(said.day)
                rows = {"kind": kind, "first": day.isoformat(), "last": day.isoformat()}
                lead(ax, disc, rows, f"{count_of(said.total, 'statement')}, {kind}, {day_phrase(day)}")
        _draw_numbers(ax, layout, place, days)


def _draw_numbers(ax: Axes, layout: Layout, place: float, days: Sequence[SaidDay]) -> None:
    """Write how many beside discs that stand for several, ``2+5`` beside two that are close, where there is room."""
    assert layout.scale
    places = [layout.scale.x(said.day + 0.5) for said in days]
    run: list[int] = []
    for said, x, following in zip(days, places, [*places[1:], float("inf")], strict=True):
        run.append(said.total)
        room = (following - x) / (NUMBER[is_narrow(ax)] * layout.width)
        if room <= 1:
            continue
        if max(run) > 1 and len(run) < min(room, 4):
            ax.annotate(
                "+".join(map(str, run)), (x, place), (9, 0), textcoords="offset points", va="center",
                fontsize=TEXT, color=INK, zorder=FRONT,
            )  # fmt: skip
        run = []


def _draw_axis(ax: Axes, layout: Layout, scale: Scale) -> None:
    narrow = is_narrow(ax)
    ticks = ticks_of(scale, layout.spans, dated=layout.dated, apart=DAY[narrow] * layout.width)
    labels = [_tick_label(day, dated=layout.dated) for day in ticks]
    ax.set_xticks([scale.x(day + 0.5) for day in ticks], labels, fontsize=TEXT)
    ax.grid(axis="x", color=GRID, linewidth=0.8)
    ax.set_axisbelow(not narrow)
    ax.tick_params(axis="x", length=0)
    draw_breaks(ax, scale, room=UNIT[narrow] * layout.width, at=BREAKS / 2)
    if not layout.dated:
        day = f" ({day_phrase(layout.published)})" if layout.published else ", which is unknown"
        label = f"Days counted from the day of publication P{day}"
        # Below the two lines that say why something has no place on the axis.
        below = BELOW_REASON if layout.side or layout.start else None
        words = label.replace(" P", "\nP") if narrow else label
        ax.set_xlabel(words, fontsize=TEXT, loc="left", labelpad=below, **PLAIN)


def _tick_label(day: int, *, dated: bool) -> str:
    if not dated:
        return offset_phrase(day)
    return "\n".join(day_phrase(dt.date.fromordinal(day)).rsplit(" ", 1))


def _draw_side(ax: Axes, layout: Layout) -> None:
    """Divide the axis from what has no place on it, and say why it has none."""
    style: dict[str, Any] = {
        "va": "top", "fontsize": TEXT, "xycoords": ax.get_xaxis_transform(), "textcoords": "offset points",
        "color": INK, "fontstyle": "italic",
    }  # fmt: skip
    lanes = layout.lanes
    undated = all(lanes[index].when == NO_DATE for index in layout.beside)
    reason = "no date\ngiven" if undated else "no calendar\ndate"
    if layout.side:
        ax.axvline(layout.end, color=INK, linewidth=1, zorder=2.2)
        ax.annotate(reason, (layout.end + layout.side, 0), (0, -7), ha="right", **style)
    if layout.start:
        ax.axvline(0, color=INK, linewidth=1, zorder=2.2)
        ax.annotate("no date,\nbefore", (-layout.start, 0), (0, -7), ha="left", **style)
