"""Forms that a correction gives to an actor: their places, and the statements of which they are the source."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.corrections._marking import marked_corrected
from toolkit.display import alike, one_line, rows
from toolkit.frames import DECLARED, with_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from toolkit.corrections._plan import Plan
    from toolkit.display import Row

Frames = dict[str, "pd.DataFrame"]

Voices = dict[str, dict[str | None, str | None]]
"""By quotation_id, who speaks now in place of whom."""


class Moved(NamedTuple):
    """A place that is now a mention of ``actor``, and whose it was before, if anybody's."""

    article_id: str
    start: int
    end: int
    before: str | None
    actor: str


def assigned(frames: Frames, plan: Plan) -> Frames:
    """Return frames in which every place that reads as a form of the plan is a mention of the form's bearer."""
    mentions = frames.get("mentions")
    if not plan.forms or mentions is None:
        return frames
    moved = list(_moved(mentions, plan))
    added = list(_unmarked(frames, plan))
    found = {one_line(frames["mentions"]["text"].iloc[i]) for i in _rows_reading(mentions, plan)}
    found |= {one_line(row["text"]) for row in added}
    _give_up(plan, found)
    frames = frames | {"mentions": _with_mentions(mentions, plan, added)}
    moved += [Moved(row["article_id"], row["start"], row["end"], None, row["actor"]) for row in added]
    return moved_along(frames, moved)


def moved_along(frames: Frames, moved: Sequence[Moved]) -> Frames:
    """Return frames whose statements and opinions go along with places that are now mentions of others."""
    frames = dict(frames)
    voices: Voices = {}
    if "quotations" in frames:
        frames["quotations"], voices = _with_speakers(frames["quotations"], moved)
    if "sentiment" in frames:
        frames["sentiment"] = _with_targets(frames["sentiment"], moved, voices)
    return frames


def _give_up(plan: Plan, found: set[str]) -> None:
    """Take the forms that stand nowhere, and the added actors that no form is left of, out of a plan."""
    for form in sorted(plan.forms.keys() - found):
        bearer = plan.forms.pop(form)
        plan.problems.append((f"corrections, alias {form!r} of {bearer!r}", "no article reads so"))
    bearers = {*plan.forms.values()}
    plan.added = {actor: kind for actor, kind in plan.added.items() if plan.final(actor) in bearers}


def _rows_reading(mentions: pd.DataFrame, plan: Plan) -> list[int]:
    pairs = zip(mentions["text"], mentions["how"], strict=True)
    return [i for i, (text, how) in enumerate(pairs) if how != "pronoun" and one_line(text) in plan.forms]


def _moved(mentions: pd.DataFrame, plan: Plan) -> Iterator[Moved]:
    for row in rows(mentions.iloc[_rows_reading(mentions, plan)]):
        actor = plan.forms[one_line(row["text"])]
        if plan.final(one_line(row["actor"])) != actor:
            yield Moved(row["article_id"], int(row["start"]), int(row["end"]), one_line(row["actor"]), actor)


def _unmarked(frames: Frames, plan: Plan) -> Iterator[Row]:
    """Give, for each place that reads as a form and is no mention yet, the row that makes it one."""
    if "articles" not in frames:
        return
    taken: dict[str, list[tuple[int, int]]] = {}
    for row in rows(frames["mentions"][["article_id", "start", "end"]]):
        taken.setdefault(row["article_id"], []).append((int(row["start"]), int(row["end"])))
    longest_first = sorted(plan.forms, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){_loose(form)}(?!\w)" for form in longest_first))
    for article in rows(frames["articles"]):
        spans = sorted(taken.get(article["article_id"], ()))
        for match in pattern.finditer(article["text"] or "", int(article.get("body_start") or 0)):
            if not _overlaps(spans, *match.span()):
                yield {
                    "article_id": article["article_id"],
                    "start": match.start(),
                    "end": match.end(),
                    "text": match.group(),
                    "actor": plan.forms[one_line(match.group())],
                    "how": "name",
                    "origin": "added",
                }


def _loose(form: str) -> str:
    """Return a pattern for a form, whatever white space stands between its words."""
    return r"\s+".join(map(re.escape, form.split()))


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    # Mentions may nest ("Duarte" in "the Duarte campaign"), so those that begin before are looked at one by one.
    behind = bisect_left(spans, (end, 0))
    return any(last > start for _, last in spans[max(0, behind - 8) : behind])


def _with_mentions(mentions: pd.DataFrame, plan: Plan, added: Sequence[Row]) -> pd.DataFrame:
    import pandas as pd

    frame = mentions.copy()
    moved = pd.Series(data=False, index=frame.index)
    actors = frame["actor"].tolist()
    for i in _rows_reading(mentions, plan):
        actor = plan.forms[one_line(frame["text"].iloc[i])]
        moved.iloc[i] = plan.final(one_line(actors[i])) != actor
        actors[i] = actor
    frame["actor"] = pd.Series(actors, index=frame.index, dtype=object)
    frame = marked_corrected(frame, moved)
    if not added:
        return frame
    more = pd.DataFrame(added).reindex(columns=frame.columns).astype(frame.dtypes.to_dict())
    together = pd.concat([frame, more.set_axis(range(len(frame), len(frame) + len(more)))], ignore_index=True)
    order = ["article_id", "start", "end"]
    together = together.sort_values(order, ascending=[True, True, False], ignore_index=True)
    return with_keys(alike(together, frame), DECLARED["mentions"])


def _with_speakers(quotations: pd.DataFrame, moved: Sequence[Moved]) -> tuple[pd.DataFrame, Voices]:
    """Return statements whose source holds a moved place under their new speaker, and who took whose place in them."""
    import pandas as pd

    if not {"source_start", "source_end"} <= set(quotations.columns):
        return quotations, {}
    by_article: dict[str, list[Moved]] = {}
    for place in moved:
        by_article.setdefault(place.article_id, []).append(place)
    voices: Voices = {}
    after = []
    for row in rows(quotations):
        before = (row["speaker"], *(row.get("cospeakers") or ()))
        now = list(before)
        for place in by_article.get(row["article_id"], ()):
            if _within(place, row["source_start"], row["source_end"]):
                first = place.actor if now[0] is None else now[0]
                now = [place.actor if name == place.before else name for name in (first, *now[1:])]
        if tuple(now) != before:
            voices[row["quotation_id"]] = dict(zip(before, now, strict=True))
        after.append(now)
    frame = quotations.copy()
    changed = frame["quotation_id"].isin(voices)
    if "speaker_how" in frame.columns:
        frame.loc[changed, "speaker_how"] = frame.loc[changed, "speaker_how"].fillna("name")
    frame["speaker"] = pd.Series([now[0] for now in after], index=frame.index, dtype=object)
    if "cospeakers" in frame.columns:
        frame["cospeakers"] = pd.Series([now[1:] for now in after], index=frame.index, dtype=object)
    return marked_corrected(frame, changed), voices


def _within(place: Moved, start: Any, end: Any) -> bool:
    return start is not None and end is not None and start <= place.start and place.end <= end


def _with_targets(sentiment: pd.DataFrame, moved: Sequence[Moved], voices: Voices) -> pd.DataFrame:
    """Return opinions toward moved places toward their new actor, and under the new speaker of their statement."""
    import pandas as pd

    targets = {(place.article_id, place.start, place.end): place.actor for place in moved}
    before, after = [], []
    for row in rows(sentiment):
        place = (row["article_id"], int(row["target_start"]), int(row["target_end"]))
        holder = voices.get(row["quotation_id"], {}).get(row["holder"], row["holder"])
        before.append((row["target"], row["holder"]))
        after.append((targets.get(place, row["target"]), holder))
    frame = sentiment.copy()
    for number, column in enumerate(("target", "holder")):
        frame[column] = pd.Series([pair[number] for pair in after], index=frame.index, dtype=object)
    if "of_self" in frame.columns:
        frame["of_self"] = frame["holder"] == frame["target"]
    changed = [old != new for old, new in zip(before, after, strict=True)]
    return marked_corrected(frame, pd.Series(changed, index=frame.index, dtype=bool))
