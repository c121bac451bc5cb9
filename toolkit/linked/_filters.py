"""Filters as plain values: what may be asked, and which rows it leaves.

The rule is the page's own, word for word: see ``filters.js``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from toolkit.display import ellipsis
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FILTERS = ("speaker", "target", "round", "article", "kind", "first", "last", "search", "show")
"""What may be chosen; ``first`` and ``last`` bound the day on which something was said, ``YYYY-MM-DD``.

``show`` is ``"all"`` for quotations that are less sure too; without it they are left out.
"""

SELECTION = ("article_id", "quotation_id", "opinion")
"""What may be opened: an article, a quotation by its id, an opinion by its row in the sentiment frame."""


def checked_filters(filters: Mapping[str, Any] | None, data: Mapping[str, Any]) -> dict[str, str]:
    """Return filters without those that are None, each checked against what there is.

    Parameters
    ----------
    filters : mapping of str to str, date or None
        Values by names of :data:`FILTERS`.
    data : mapping
        What :func:`~toolkit.linked._packing.packed` returned.

    Raises
    ------
    InputError
        Naming the key or value that is not on offer, and what is.
    """
    kept: dict[str, str] = {}
    for key, value in (filters or {}).items():
        if key not in FILTERS:
            raise InputError(f"filters: found {key!r}, expected one of {', '.join(FILTERS)}")
        if value in (None, ""):
            continue
        kept[key] = _day(key, value) if key in ("first", "last") else _on_offer(key, value, data)
    return kept


def checked_selection(selection: Mapping[str, Any] | None, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is opened without what is None, each checked against what there is; see `checked_filters`."""
    kept: dict[str, Any] = {}
    offered: dict[str, Sequence[Any]] = {
        "article_id": data["articles"]["id"],
        "quotation_id": data["quotations"]["id"],
        "opinion": range(len(data["opinions"]["article"])),
    }
    for key, value in (selection or {}).items():
        if key not in offered:
            raise InputError(f"selection: found {key!r}, expected one of {', '.join(SELECTION)}")
        if value is not None:
            kept[key] = _among("selection", key, value, offered[key])
    return kept


def matching(data: Mapping[str, Any], filters: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the rows that filters leave, of ``quotations`` and of ``opinions``; ``less_sure`` are left out as such.

    Parameters
    ----------
    data : mapping
        What :func:`~toolkit.linked._packing.packed` returned.
    filters : mapping of str to str
        What :func:`checked_filters` returned.
    """
    facts = {"quotations": _quotation_facts(data), "opinions": _opinion_facts(data)}
    found = {
        name: [number for number, row in enumerate(found) if _passes(row, filters)] for name, found in facts.items()
    }
    sure = data["quotations"]["isSure"]
    is_shown = {number: sure[number] or filters.get("show") == "all" for number in found["quotations"]}
    found["less_sure"] = [number for number, shown in is_shown.items() if not shown]
    return found | {"quotations": [number for number, shown in is_shown.items() if shown]}


def values_of(key: str, data: Mapping[str, Any]) -> list[str]:
    """Return the values on offer for a filter, the empty list where any text is."""
    if key == "show":
        return ["all"]
    if key == "kind":
        return list(dict.fromkeys(manner(data, number) for number in range(len(data["quotations"]["id"]))))
    names, quotations, opinions = data["names"], data["quotations"], data["opinions"]
    numbers: Iterable[int] = {
        "speaker": [*(n for voices in quotations["voices"] for n in voices), *opinions["holder"]],
        "target": opinions["target"],
    }.get(key, ())
    if key in ("round", "article"):
        return list(data[f"{key}s"]["id"])
    return [names[number] for number in dict.fromkeys(numbers)]


def _on_offer(key: str, value: Any, data: Mapping[str, Any]) -> str:
    if key != "search":
        return str(_among("filters", key, value, values_of(key, data)))
    if not isinstance(value, str):
        raise InputError(f"filters: search is a {type(value).__name__}, expected a text")
    return value


def _among(what: str, key: str, value: Any, offered: Sequence[Any]) -> Any:
    if value in offered and not isinstance(value, bool):
        return value
    some = ", ".join(repr(ellipsis(each, 60)) for each in offered[:12]) + (", …" if len(offered) > 12 else "")
    raise InputError(f"{what}: {key} {value!r} is not on offer; accepted are {some or 'none, for there is nothing'}")


def _day(key: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise InputError(f"filters: {key} {value!r} is no day; give a date or YYYY-MM-DD") from None


def _quotation_facts(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    names, columns = data["names"], data["quotations"]
    targets: list[set[str]] = [set() for _ in columns["id"]]
    for number, target in zip(data["opinions"]["quotation"], data["opinions"]["target"], strict=True):
        if number >= 0:
            targets[number].add(names[target])
    return [
        {
            "speaker": {names[number] for number in columns["voices"][i]},
            "target": targets[i],
            "kind": {manner(data, i)},
            **_shared_facts(data, columns, i),
            "day": columns["day"][i],
            "words": " ".join([*_said(data, i), names[columns["source"][i]] if columns["source"][i] >= 0 else ""]),
        }
        for i in range(len(columns["id"]))
    ]


def manner(data: Mapping[str, Any], number: int) -> str:
    """Return the manner of a quotation by its number."""
    columns = data["quotations"]
    known = columns["way"][number] if columns["way"][number] >= 0 else columns["kind"][number]
    return str(data["names"][known])


def _said(data: Mapping[str, Any], number: int) -> list[str]:
    names, columns = data["names"], data["quotations"]
    return [quotation_text(data, number), *(names[voice] for voice in columns["voices"][number])]


def quotation_text(data: Mapping[str, Any], number: int) -> str:
    """Return the words of a quotation by its number."""
    columns = data["quotations"]
    if columns["text"][number] is not None:
        return str(columns["text"][number])
    text, bounds = data["articles"]["text"][columns["article"][number]], columns["spans"][number]
    return " … ".join(_slice(text, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True))


def _opinion_facts(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    names, columns, quotations = data["names"], data["opinions"], data["quotations"]
    found = []
    for i, article in enumerate(columns["article"]):
        number = columns["quotation"][i]
        holder, target = names[columns["holder"][i]], names[columns["target"][i]]
        sentence = _slice(data["articles"]["text"][article], *columns["span"][i])
        found.append(
            {
                "speaker": {holder},
                "target": {target},
                "kind": {manner(data, number)} if number >= 0 else set(),
                **_shared_facts(data, columns, i),
                "day": quotations["day"][number] if number >= 0 else data["articles"]["day"][article],
                "words": f"{sentence} {holder} {target}",
            }
        )
    return found


def _shared_facts(data: Mapping[str, Any], columns: Mapping[str, Any], i: int) -> dict[str, Any]:
    article = columns["article"][i]
    return {
        "round": {data["rounds"]["id"][number] for number in columns["rounds"][i]},
        "article": {data["articles"]["id"][article]},
    }


def _passes(row: Mapping[str, Any], filters: Mapping[str, str]) -> bool:
    day = row["day"]
    for key, value in filters.items():
        if key == "search":
            passed = value.lower() in row["words"].lower()
        elif key == "show":
            passed = True
        elif key == "first":
            passed = day is not None and day >= value
        elif key == "last":
            passed = day is not None and day <= value
        else:
            passed = value in row[key]
        if not passed:
            return False
    return True


def _slice(text: str, start: int, end: int) -> str:
    """Return a slice by offsets in UTF-16 code units."""
    if text.isascii():
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
