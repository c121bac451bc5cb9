"""Matches that are no time expressions, told by the words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.lexicon import derived
from toolkit.times import _lexicon

if TYPE_CHECKING:
    from toolkit.times._grammar import Match
    from toolkit.times._tokens import Tokens

_COMMON = ("unit", "units", "daypart", "dayparts", "moment", "frequency")
# Years of these centuries need no preposition to be known as years.
_MODERN = range(1900, 2100)


def plausible(match: Match, tokens: Tokens) -> bool:
    """Whether the words around a match allow it to be a time expression."""
    check = _CHECKS.get(match.reads)
    return not _is_title(match, tokens) and (check is None or check(match, tokens))


@derived
def _list(name: str) -> frozenset[str]:
    return frozenset(_lexicon.tables()["lists"][name])


@derived
def _common_words() -> frozenset[str]:
    """Words of time that are written small unless they are part of a name."""
    words = _lexicon.tables()["words"]
    return frozenset(word for name in _COMMON for word in words[name])


def _word(tokens: Tokens, at: int) -> str:
    """Return a token in small letters; beyond the text, a line break."""
    return tokens.words[at].casefold() if 0 <= at < len(tokens.words) else "\n"


def _is_name(tokens: Tokens, at: int) -> bool:
    return 0 <= at < len(tokens.words) and tokens.words[at].istitle()


def _is_title(match: Match, tokens: Tokens) -> bool:
    """Whether common words are written as a name: "This Week", "60 Minutes", "High Noon"."""
    words = tokens.words[match.first : match.last]
    if len(words) == 1 and words[0].casefold() in _common_words():
        numbered = _word(tokens, match.first - 1)[-1].isdigit()
        return _is_name(tokens, match.first) and (numbered or _is_name(tokens, match.first - 1))
    return any(word.istitle() and word.casefold() in _common_words() for word in words[1:])


def _month(match: Match, tokens: Tokens) -> bool:
    """No verb ("May I") and no person ("April Jones")."""
    if match.last - match.first > 1 or "month" not in match.groups:
        return True
    if _word(tokens, match.first - 1) in _list("lead") - {","}:
        return True
    after = tokens.words[match.last] if match.last < len(tokens.words) else "."
    return match.groups["month"] not in _list("also_words") and (not after.istitle() or after == "And")


def _year(match: Match, tokens: Tokens) -> bool:
    """No number of people, dollars or flights."""
    before, after = _word(tokens, match.first - 1), _word(tokens, match.last)
    if "short_year" in match.groups:
        return after not in _common_words()
    if "year" not in match.groups or match.last - match.first > 1:
        return True
    if before in _list("not_before_year") or after in _list("counted"):
        return False
    if int(match.groups["year"]) in _MODERN:
        return True
    # "1000 for 1000" exchanges as many of one side for as many of the other.
    exchanged = before == "for" and _word(tokens, match.first - 2)[0].isdigit()
    return before in _list("lead") and not exchanged


def _decade(match: Match, tokens: Tokens) -> bool:
    """No age: "in his 30s"."""
    return _word(tokens, match.first - 1) not in _list("owner")


def _season(match: Match, tokens: Tokens) -> bool:
    """No verb and no source of water: "prices fall", "the fall of Rome", "spring to mind"."""
    if match.last - match.first > 2 or match.groups["season"] not in _list("also_words"):
        return True
    before, after = _word(tokens, match.first - 1), _word(tokens, match.last)
    if match.last - match.first == 1:
        return before in _list("lead") and before not in {"to", ","}
    return match.groups["season"] == "spring" or after != "of"


def _clock(match: Match, tokens: Tokens) -> bool:
    """No score and no verse: hours and minutes alone begin a line, or need a word such as "at" before them."""
    if set(match.groups) != {"clock"}:
        return True
    led = _word(tokens, match.first - 1) in _list("clock_lead") or tokens.begins_line(match.first)
    return ":" in match.groups["clock"] and led


def _duration(match: Match, tokens: Tokens) -> bool:
    """No measure of a rate ("24 hours a day") and no share ("three quarters of the capital")."""
    groups, after = match.groups, _word(tokens, match.last)
    if _measured(tokens, match.last) or (match.last - match.first == 2 and _measured(tokens, match.first)):
        return False
    if groups.get("units") == "quarters":
        return ("count" in groups or "vague" in groups) and after != "of" and groups.get("vague") != "some"
    if groups.get("unit") == "quarter" and after == "of":
        return False
    if groups.get("unit") in {"second", "quarter", "weekend"} and "count" not in groups:
        return False
    return groups.get("units") not in {"seconds", "nights", "weekends"} or match.last - match.first > 1


def _measured(tokens: Tokens, at: int) -> bool:
    """Whether "a day" stands at a token behind a length, as in "24 hours a day"."""
    words = _lexicon.tables()["words"]
    before, article, unit, after = (_word(tokens, at + step) for step in (-1, 0, 1, 2))
    measured = before in words["units"] and article in _list("article") and unit in words["unit"]
    return measured and after not in ("ago", "earlier", "later")


def is_rate(match: Match, tokens: Tokens) -> bool:
    """Whether "a year" says how often or at what rate: "$5 a year", "three rounds a year"."""
    if match.last - match.first != len(("a", "year")) or _word(tokens, match.first) not in _list("article"):
        return False
    before, after = _word(tokens, match.first - 1), _word(tokens, match.last)
    if after in ("before", "after"):
        return False
    plural = before.endswith("s") and before not in _list("not_plural")
    return before[0].isdigit() or before in _list("rate") or plural


def _weekday(match: Match, tokens: Tokens) -> bool:
    """No weekday of a month ("the second Sunday in March"), and no newspaper ("the Mail on Sunday")."""
    before, after = _word(tokens, match.first - 1), _word(tokens, match.last)
    if _is_name(tokens, match.last) and after in _list("paper"):
        return False
    if before == "on" and _is_name(tokens, match.first - 2) and match.groups["weekday"] == "sunday":
        return _word(tokens, match.first - 2) not in _list("on_sunday")
    return before not in _ordinals()


def _deictic(match: Match, tokens: Tokens) -> bool:
    """No newspaper and no programme: "USA Today", "the Today show"."""
    word, before = tokens.words[match.first], _word(tokens, match.first - 1)
    if match.groups.get("deictic") != "today" or word[0].islower():
        return True
    if _word(tokens, match.last) in _list("programme"):
        return False
    inside = before[0].isalpha() and match.first > tokens.sentence_of(match.first)[0]
    # In a line of capitals "TODAY" is a word like the others.
    return not inside or (word.isupper() and tokens.words[match.first - 1].isupper() and before != "usa")


@derived
def _ordinals() -> frozenset[str]:
    return frozenset(_lexicon.tables()["words"]["ordinal"])


def _recurring(match: Match, tokens: Tokens) -> bool:
    """No unit of measurement ("per second"), and no newspaper ("the Daily Mirror")."""
    if match.groups.get("unit") == "second":
        return False
    return "frequency" not in match.groups or not (_is_name(tokens, match.first) and _is_name(tokens, match.last))


_CHECKS = {
    "month": _month,
    "year": _year,
    "decade": _decade,
    "season": _season,
    "clock": _clock,
    "duration": _duration,
    "weekday": _weekday,
    "deictic": _deictic,
    "set": _recurring,
}
