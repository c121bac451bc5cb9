"""The rounds of talks as a TimelineJS timeline and as an iCalendar calendar."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from typing import TYPE_CHECKING, Any

import icalendar
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError, ToolkitWarning
from toolkit.export import icalendar_text, timelinejs, write_icalendar, write_timelinejs
from toolkit.frames import DECLARED
from toolkit.records import Conflict, Event, Round

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.coverage import Coverage

TEXT = "The ferry towns sat down in Lund on 17 February; the talks, <b>the third</b>, went on for two days."
ARTICLES = pd.DataFrame(
    {"article_id": ["a1"], "text": [TEXT], "title": ["Third round & last"], "outlet": ["Ferry Post"]}
)
HOSTILE = '<img src=x onerror="alert(1)">&lt;script&gt; https://example.org/a'

FEB = dt.date(2031, 2, 1), dt.date(2031, 2, 28)
YEAR = dt.date(2031, 1, 1), dt.date(2031, 12, 31)
SUMMER = dt.date(2031, 6, 1), dt.date(2031, 8, 31)
LATE = dt.date(2031, 8, 30)
WEEK = dt.date(2031, 2, 24), dt.date(2031, 3, 2)
DAYS = dt.date(2031, 2, 17), dt.date(2031, 2, 18)


def talks(round_id: str = "r1", days: tuple[dt.date | None, dt.date | None] = DAYS, **facts: Any) -> Round:
    known = {"label": f"round {round_id}", "date_basis": "stated", "precision": "day", "place": "Lund"}
    return Round(round_id, **{"series": "Ferry talks, 2031", "first": days[0], "last": days[1], **known, **facts})


def frame(*rounds: Round) -> pd.DataFrame:
    return DECLARED["rounds"].of(rounds)


MIXED = frame(
    talks("day"),
    talks("from", (DAYS[0], None)),
    talks("week", WEEK, precision="week"),
    talks("month", FEB, precision="month"),
    talks("none", (None, None)),
    talks("offset", (None, None), offset_first=-1, offset_last=0),
    talks("reversed", (DAYS[1], DAYS[0])),
)


@pytest.mark.parametrize(
    ("found", "start", "end", "display"),
    [
        (talks(days=(DAYS[0], DAYS[0])), [2031, 2, 17], None, "17 Feb 2031"),
        (talks(), [2031, 2, 17], [2031, 2, 18], "17–18 Feb 2031"),
        (talks(days=(DAYS[0], None)), [2031, 2, 17], None, "from 17 Feb 2031"),
        (talks(days=(None, DAYS[1])), [2031, 2, 18], None, "until 18 Feb 2031"),
        (talks(days=FEB, precision="month"), [2031, 2], None, "Feb 2031"),
        # A month named day by day is no vague date.
        (talks(days=FEB), [2031, 2, 1], [2031, 2, 28], "1–28 Feb 2031"),
        (talks(days=SUMMER, precision="season"), [2031, 6], [2031, 8], "Jun – Aug 2031"),
        (talks(days=SUMMER, precision="year"), [2031, 6], [2031, 8], "Jun – Aug 2031"),
        (talks(days=(FEB[0], WEEK[0]), precision="vague"), [2031, 2, 1], [2031, 2, 24], "within 1–24 Feb 2031"),
        (talks(days=(DAYS[0], FEB[1]), precision="vague"), [2031, 2, 17], [2031, 2, 28], "within 17–28 Feb 2031"),
        (talks(days=(SUMMER[0], LATE), precision="vague"), [2031, 6, 1], [2031, 8, 30], "within 1 Jun – 30 Aug 2031"),
        (talks(days=YEAR, precision="year"), [2031], None, "2031"),
        (talks(days=(None, FEB[1]), precision="month"), [2031, 2], None, "until 28 Feb 2031"),
        (talks(days=(None, YEAR[1]), precision="month"), [2031, 12], None, "until 31 Dec 2031"),
        (talks(days=WEEK, precision="week"), [2031, 2, 24], [2031, 3, 2], "within 24 Feb – 2 Mar 2031"),
        (talks(date_basis="assumed"), [2031, 2, 17], [2031, 2, 18], "17–18 Feb 2031 (assumed)"),
    ],
)
def test_dates_of_an_event(found: Round, start: list[int], end: list[int] | None, display: str) -> None:
    (event,) = timelinejs(frame(found))["events"]
    assert list(event["start_date"]) == ["year", "month", "day"][: len(start)]
    assert list(event["start_date"].values()) == start
    assert list(event.get("end_date", {}).values()) == (end or [])
    assert event["display_date"] == display


def test_an_event_tells_what_is_known_of_the_round() -> None:
    differ = (Conflict("place", (("Lund", ("a1",)), ("Ystad", ("a2", "a3")))),)
    found = talks(ordinal=3, status="planned", venue="Town Hall", parties=("North", "South"), conflicts=differ)
    (event,) = timelinejs(frame(found))["events"]
    assert (event["unique_id"], event["group"]) == ("round-r1", "Ferry talks, 2031")
    assert event["text"]["headline"] == "3rd round – Lund (planned)"
    for fact in (
        "<b>Days</b>: 17–18 Feb 2031 (stated in the text)",
        "<b>Place</b>: Town Hall, Lund",
        "<b>Parties</b>: North, South",
        "<b>Sources differ</b>: place: Lund (a1) / Ystad (a2, a3)",
    ):
        assert fact in event["text"]["text"]


def test_an_event_quotes_its_evidence_where_the_articles_are_given() -> None:
    rounds = frame(talks(evidence=(("a1", 0, 47), ("a9", 1, 2))))
    quoted = timelinejs(rounds, articles=ARTICLES)["events"][0]["text"]["text"]
    assert "<blockquote><p>The ferry towns sat down in Lund on 17 February</p>" in quoted
    assert "Third round &amp; last, Ferry Post" in quoted
    assert "article a9 is not in the articles frame" in quoted
    assert "<blockquote>" not in timelinejs(rounds)["events"][0]["text"]["text"]
    assert "<blockquote>" in timelinejs(rounds, articles=ARTICLES.head(0))["events"][0]["text"]["text"]


def test_nothing_of_an_article_becomes_markup() -> None:
    facts = {"label": HOSTILE, "series": HOSTILE, "place": HOSTILE, "outcome": HOSTILE, "date_text": HOSTILE}
    rounds = frame(
        talks(**facts, leaders=((HOSTILE, HOSTILE),), evidence=(("a1", 0, 99),)), talks("r2", (None, None), **facts)
    )
    articles = ARTICLES.assign(title=HOSTILE, text=HOSTILE)
    timeline = timelinejs(rounds, articles=articles)
    (event,) = timeline["events"]
    for text in (*event["text"].values(), *timeline["title"]["text"].values()):
        assert set(re.findall(r"</?(\w+)", text)) <= {"p", "b", "i", "br", "ul", "li", "blockquote"}
        assert "<script" not in text
    assert html.unescape(event["text"]["headline"]).startswith(HOSTILE)
    # An id goes into attributes and addresses; two rounds never share one.
    ids = [timelinejs(frame(talks(name)))["events"][0]["unique_id"] for name in (HOSTILE, "a b", "a_b", "a%20b")]
    assert len(set(ids)) == 4
    assert all(re.fullmatch(r"round-[\w.~%-]+", each, re.ASCII) for each in ids)
    # These two fields are unescaped by TimelineJS before it shows them as html.
    assert not set(event["group"] + event["display_date"]) & set("<>&")
    assert (event["autolink"], timeline["title"]["autolink"]) == (False, False)


def test_rounds_without_a_date_are_named_in_the_timeline_and_in_a_warning(tmp_path: Path) -> None:
    with pytest.warns(ToolkitWarning, match=r"rounds.json: cannot hold 3 rounds: .*round none.*published=") as noted:
        left = write_timelinejs(MIXED, tmp_path / "rounds.json")
    assert left == ["round none", "round offset", "round reversed"]
    assert noted[0].filename == __file__
    timeline = json.loads((tmp_path / "rounds.json").read_text(encoding="utf-8"))
    assert timeline == timelinejs(MIXED)
    assert [event["unique_id"] for event in timeline["events"]] == [f"round-{key}" for key in MIXED["round_id"][:4]]
    title = timeline["title"]["text"]["text"]
    assert "<li>round none – Lund, Ferry talks, 2031: no date in the text</li>" in title
    assert "round offset – Lund, Ferry talks, 2031: only P−1 to P, counted from" in title
    assert "its last day 2031-02-17 lies before its first 2031-02-18" in title


SIGNS = st.text(st.characters(), max_size=120)
DATES = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))


@given(st.lists(st.tuples(SIGNS, DATES, st.sampled_from(["day", "week", "month", "year"])), max_size=4))
def test_every_round_is_an_event_or_named_as_left_out(found: list[tuple[str, dt.date | None, str]]) -> None:
    rounds = frame(
        *(
            talks(f"r{n}", (day, day), series=sign, label=sign, precision=fine)
            for n, (sign, day, fine) in enumerate(found)
        )
    )
    timeline = timelinejs(rounds)
    assert json.loads(json.dumps(timeline).encode()) == timeline
    json.dumps(timeline, ensure_ascii=False).encode()
    dated = [f"round-r{n}" for n, (_, day, _) in enumerate(found) if day]
    assert [event["unique_id"] for event in timeline["events"]] == dated
    assert timeline["title"]["text"]["text"].count("<li>") == len(found) - len(dated)


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)


def calendar_of(rounds: pd.DataFrame, **options: Any) -> icalendar.Calendar:
    read = icalendar.Calendar.from_ical(icalendar_text(rounds, **options))
    assert isinstance(read, icalendar.Calendar)
    assert not [event.errors for event in (read, *read.walk("VEVENT")) if event.errors]
    return read


@pytest.mark.parametrize(
    ("days", "first", "last", "name"),
    [
        (DAYS, *DAYS, "Ferry talks, 2031: round r1 – Lund"),
        ((DAYS[0], DAYS[0]), DAYS[0], DAYS[0], "Ferry talks, 2031: round r1 – Lund"),
        ((DAYS[0], None), DAYS[0], DAYS[0], "Ferry talks, 2031: round r1 – Lund, from 17 Feb 2031"),
        ((None, DAYS[1]), DAYS[1], DAYS[1], "Ferry talks, 2031: round r1 – Lund, until 18 Feb 2031"),
        (YEAR, *YEAR, "Ferry talks, 2031: round r1 – Lund"),
    ],
)
def test_days_of_a_calendar(days: tuple[Any, Any], first: dt.date, last: dt.date, name: str) -> None:
    (event,) = calendar_of(frame(talks(days=days))).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, last + dt.timedelta(days=1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["SUMMARY"] == name


@pytest.mark.parametrize(
    ("status", "basis", "written"),
    [
        ("proposed", "stated", "TENTATIVE"),
        ("planned", "resolved", "TENTATIVE"),
        ("under way", "stated", "CONFIRMED"),
        ("held", "resolved", "CONFIRMED"),
        ("held", "assumed", "TENTATIVE"),
        ("concluded", "stated", "CONFIRMED"),
        ("postponed", "stated", "CANCELLED"),
        ("collapsed", "assumed", "CANCELLED"),
        ("rumoured", "stated", "TENTATIVE"),
        (None, "stated", "TENTATIVE"),
    ],
)
def test_status_of_an_event(status: Any, basis: Any, written: str) -> None:
    (event,) = calendar_of(frame(talks(status=status, date_basis=basis))).walk("VEVENT")
    assert event["STATUS"] == written


def test_what_an_event_says() -> None:
    found = talks(
        series="A, B; talks",
        venue="Hall, west \\ wing",
        format="summit",
        outcome="No\ndeal; yet",
        evidence=(("a1", 0, 47),),
    )
    calendar = calendar_of(frame(found), articles=ARTICLES)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["VERSION"], calendar["X-WR-CALNAME"]) == ("2.0", "Rounds of talks")
    assert "X-WR-CALDESC" not in calendar
    assert event["LOCATION"] == "Hall, west \\ wing, Lund"
    assert list(map(str, event["CATEGORIES"].cats)) == ["A, B; talks", "summit"]
    said = event["DESCRIPTION"].split("\n")
    assert "Outcome: No deal; yet" in said
    assert said[-1].startswith("“The ferry towns sat down in Lund on 17 February” (Third round & last, Ferry Post")
    assert event["TRANSP"] == "TRANSPARENT"


def test_ids_and_stamps_come_from_the_rounds_and_no_clock() -> None:
    rounds = frame(talks("x"), talks("x", (DAYS[1], DAYS[1])), talks("y", FEB))
    events = calendar_of(rounds).walk("VEVENT")
    assert [str(event["UID"]).partition("@")[0] for event in events] == ["x", "x-2", "y"]
    assert [event["DTSTAMP"].dt.isoformat() for event in events] == [
        f"2031-02-{day}T00:00:00+00:00" for day in ("17", "18", "01")
    ]


def test_rounds_without_a_day_are_named_in_the_calendar_and_in_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "rounds.ics"
    with pytest.warns(ToolkitWarning, match=r"rounds.ics: cannot hold 5 rounds: round week") as noted:
        left = write_icalendar(MIXED, str(path))
    assert left == ["round week", "round month", "round none", "round offset", "round reversed"]
    assert noted[0].filename == __file__
    assert path.read_bytes().decode() == icalendar_text(MIXED)
    calendar = calendar_of(MIXED)
    assert [str(event["UID"]).partition("@")[0] for event in calendar.walk("VEVENT")] == ["day", "from"]
    lines = unescaped(calendar["X-WR-CALDESC"]).split("\n")[1:]
    assert lines[0].endswith("no day, only within 24 Feb – 2 Mar 2031")
    assert [line.partition(" – ")[0] for line in lines] == left


@given(SIGNS)
def test_any_label_survives_folding_and_escaping(label: str) -> None:
    text = icalendar_text(frame(talks(label=label, series=label, place=None)))
    physical = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in physical)
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n|\r(?!\n)", text)
    lines = dict(line.split(":", 1) for line in text.replace("\r\n ", "").split("\r\n") if ":" in line)
    description = unescaped(lines["DESCRIPTION"])
    # White space becomes one space; signs that no text may hold go.
    kept = re.sub(r"[\x00-\x1f\x7f]", "", " ".join(label.split())).encode("utf-8", "replace").decode()
    if kept:
        assert f"Called: {kept}" in description.split("\n")
        assert f"Series: {kept}" in description.split("\n")


@pytest.mark.parametrize("write", [write_timelinejs, write_icalendar])
def test_a_frame_of_another_kind_is_refused(write: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the rounds frame lacks round_id"):
        write(ARTICLES, tmp_path / "out")
    with pytest.raises(InputError, match="the articles frame lacks"):
        write(MIXED, tmp_path / "out", articles=ARTICLES[["title"]])
    assert not (tmp_path / "out").exists()


def test_other_events_stand_beside_the_rounds() -> None:
    day = {"first": DAYS[0], "last": DAYS[0], "date_basis": "stated", "precision": "day"}
    made = [
        Event("e1", "agreement", "a deal on water", "reached", **day),
        Event("e2", "vote", "a vote on it", "missed", **day),
        Event("e3", "deadline", "an answer is due", "planned"),
    ]
    events = DECLARED["events"].of(made)
    timeline = timelinejs(frame(talks()), events=events)
    assert [event["unique_id"] for event in timeline["events"]] == ["round-r1", "round-event-e1", "round-event-e2"]
    assert [event["group"] for event in timeline["events"][1:]] == ["Agreements", "Votes"]
    assert timeline["events"][1]["text"]["headline"] == "Agreement: a deal on water"
    title = timeline["title"]["text"]["text"]
    assert title.startswith("<p>1 round and 2 other events in 1 series.</p>")
    assert "<li>an answer is due, Deadlines: no date in the text</li>" in title
    found = calendar_of(frame(talks()), events=events).walk("VEVENT")[1:]
    assert [(str(event["UID"]).partition("@")[0], event["STATUS"]) for event in found] == [
        ("event-e1", "CONFIRMED"),
        ("event-e2", "CANCELLED"),
    ]
    assert list(map(str, found[0]["CATEGORIES"].cats)) == ["Agreements", "agreement"]


def test_frames_without_rounds() -> None:
    assert timelinejs(MIXED.head(0))["events"] == []
    assert calendar_of(MIXED.head(0)).walk("VEVENT") == []


def test_the_rounds_of_the_seeds(coverage: Coverage) -> None:
    rounds = coverage.rounds
    dated = rounds[rounds["first"].notna() | rounds["last"].notna()]
    exact = dated[dated["precision"] == "day"]
    assert 5 < len(exact) <= len(dated) < len(rounds)
    events = timelinejs(rounds, articles=coverage.articles)["events"]
    assert [event["unique_id"] for event in events] == [f"round-{key}" for key in dated["round_id"]]
    assert all("<blockquote>" in event["text"]["text"] for event in events)
    days = {
        str(event["UID"]).partition("@")[0]: (event["DTSTART"].dt, event["DTEND"].dt - dt.timedelta(days=1))
        for event in calendar_of(rounds, articles=coverage.articles).walk("VEVENT")
    }
    first, last = exact["first"].fillna(exact["last"]), exact["last"].fillna(exact["first"])
    assert days == dict(zip(exact["round_id"], zip(first.dt.date, last.dt.date, strict=True), strict=True))
