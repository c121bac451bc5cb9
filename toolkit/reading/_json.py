"""JSON in the shapes that interfaces and scrapers give: an article, a list of them, or one wrapped round it.

Where the articles are is found, not listed: the first objects, level by level, that hold a text. So NewsAPI, Media
Cloud, the Guardian's and the New York Times' interfaces, news-please, trafilatura and CSL exports are read alike.
"""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from typing import TYPE_CHECKING, Any

from toolkit.articles._outcomes import clipped
from toolkit.errors import InputError
from toolkit.reading._columns import TEASER, layout_of, plain_name, role_of
from toolkit.reading._decoding import decode
from toolkit.reading._html import parsed, plain_text
from toolkit.reading._metadata import is_missing
from toolkit.reading._parts import Doubt, Fault, File, Options, Part, Text
from toolkit.reading._tables import check_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEVELS = 5
OBJECT_A_LINE = "write one JSON object a line"
_CUT = re.compile(r"(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
_MARKUP = re.compile(r"</(?:p|div|span|a|li|h[1-6]|em|strong)>|<br ?/?>", re.IGNORECASE)
_SUBNAMES = ("name", "title", "main", "rendered", "value", "text")


def read_json(file: File, options: Options) -> Iterator[Part]:
    """Yield the articles of a JSON file."""
    decoded = decode(file.content)
    try:
        whole = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no sound JSON ({clipped(error, 120)}); export it again") from error
    if decoded.doubt:
        yield Doubt(decoded.doubt)
    found = _articles(whole, options)
    if not found:
        raise InputError(_without_text(whole))
    check_length(len(found))
    yield from _objects(((f"item {number}", item) for number, item in enumerate(found, start=1)), found, options)


def read_jsonl(file: File, options: Options) -> Iterator[Part]:
    """Yield the articles of a file with one JSON object a line, each by its line."""
    decoded = decode(file.content)
    # Only "\n" parts the lines: JSON strings may hold the other separators that splitlines knows.
    lines = [(number, line) for number, line in enumerate(decoded.text.split("\n"), start=1) if line.strip()]
    check_length(len(lines))
    if decoded.doubt:
        yield Doubt(decoded.doubt)
    found: list[tuple[str, dict[str, Any]]] = []
    faults: list[Fault] = []
    for number, line in lines:
        where = f"line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(Fault(f"is not JSON ({clipped(error, 120)}); {OBJECT_A_LINE}", where))
            continue
        if isinstance(value, dict):
            found.append((where, value))
        else:
            faults.append(Fault(f"is a JSON {type(value).__name__}, not an object; {OBJECT_A_LINE}", where))
    yield from faults
    if found:
        yield from _objects(found, [item for _, item in found], options)


def _objects(items: Iterable[tuple[str, Any]], sample: list[Any], options: Options) -> Iterator[Part]:
    flat = [_flat(item) for item in sample]
    layout = layout_of(dict.fromkeys(name for item in flat for name in item), options.columns)
    if layout.told:
        yield Doubt(layout.told)
    cut = Counter[bool]()
    for (where, _), item in zip(items, flat, strict=True):
        fields = layout.fields(item)
        text = fields.pop("text", None)
        if not any(name in item for role in ("text", TEASER) for name in layout.roles.get(role, ())):
            yield Fault("has no 'text'; give it one, or remove it", where)
            continue
        if isinstance(text, str):
            cut[bool(_CUT.search(text[-100:]))] += 1
            text = plain_text(parsed(text)) if len(_MARKUP.findall(text[:20_000])) > 1 else text
        yield Text(text, fields, where)
    if cut[True]:
        yield Doubt(f"{cut[True]} of {cut.total()} texts are cut off by the interface they come from; save the pages")


def _articles(whole: Any, options: Options) -> list[dict[str, Any]]:
    """Return the first objects, level by level, of which one holds a text."""
    level: deque[Any] = deque([whole])
    for _ in range(LEVELS):
        for value in level:
            items = [item for item in _as_list(value) if isinstance(item, dict)]
            if any(_holds_text(_flat(item), options) for item in items[:1000]):
                return items
        level = deque(inner for value in level for inner in _inner(value))
    return []


def _as_list(value: Any) -> list[Any]:
    """Return the items of a list, or of what stands for one: a mapping of ids to articles."""
    if isinstance(value, dict):
        is_mapping = len(value) > 1 and all(isinstance(inner, dict) for inner in value.values())
        return list(value.values()) if is_mapping else [value]
    return value if isinstance(value, list) else []


def _inner(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (inner for inner in value.values() if isinstance(inner, (list, dict)))
    elif isinstance(value, list):
        yield from (inner for inner in value[:1000] if isinstance(inner, (dict, list)))


def _holds_text(item: Mapping[str, Any], options: Options) -> bool:
    chosen = options.columns.get("text")
    for name, value in item.items():
        wanted = name == chosen if chosen else role_of(plain_name(name)) in {"text", TEASER}
        if wanted and isinstance(value, str) and not is_missing(value):
            return True
    return False


def _flat(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object with plain values: what stands in objects in it goes under its own name where that is free."""
    flat = {name: _plain(name, value) for name, value in item.items()}
    for value in item.values():
        if isinstance(value, dict):
            inner = {name: _plain(name, one) for name, one in value.items() if isinstance(one, (str, int, float, list))}
            flat |= {name: one for name, one in inner.items() if name not in flat}
    return {name: value for name, value in flat.items() if not isinstance(value, dict)}


def _plain(name: str, value: Any) -> Any:
    """Return a value in words: persons by their names, a day of its parts, an object by what it is called."""
    if isinstance(value, dict):
        if parts := value.get("date-parts"):
            return "-".join(f"{part:0>2}" for part in parts[0]) if isinstance(parts[0], list) else None
        person = " ".join(str(value[part]) for part in ("given", "family") if isinstance(value.get(part), str))
        called = next((value[key] for key in _SUBNAMES if isinstance(value.get(key), str)), None)
        return person or called or value
    if isinstance(value, list) and role_of(plain_name(name)) == "text":
        return "\n\n".join(filter(None, (_plain("", one) for one in value if isinstance(one, (str, dict))))) or None
    if isinstance(value, list):
        return [found for one in value if isinstance(found := _plain("", one), (str, int, float))]
    return value


def _without_text(whole: Any) -> str:
    names = clipped(", ".join(_keys(whole)), 200) or type(whole).__name__
    if {"url", "link"} & set(_keys(whole)):
        return f"has addresses but no text (found: {names}), and nothing is fetched; save the pages and read those"
    return f"has no object with a 'text' (found: {names}); name it with columns={{'text': …}}, or rename it"


def _keys(value: Any) -> list[str]:
    level = [value]
    for _ in range(LEVELS):
        items = [item for one in level for item in (one if isinstance(one, list) else [one]) if isinstance(item, dict)]
        if any(not isinstance(one, (dict, list)) for item in items for one in item.values()):
            return list(dict.fromkeys(str(name) for item in items[:100] for name in item))
        level = [one for item in items for one in item.values()]
    return []
