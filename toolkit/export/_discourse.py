"""Articles and statements as a database of Discourse Network Analyzer 3: SQLite, ``.dna``.

Judgements of actors are statements of the type that the program ships, "DNA Statement": person and organization who
hold it, the actor judged as concept, and agreement where it is positive. Positions are statements with the same
variables and more, their issue the concept, agreement where they are for it; those that are open are left out, for a
statement agrees or does not. Each other frame of findings is a statement type of its own, its columns the variables.
Actors keep kind, side, role and aliases as attributes of their entities.

The program counts as Java does, in UTF-16 and with one sign for an end of line: texts and offsets are turned into that.
It asks for a coder and a password when it opens a file: both are "toolkit", which keeps nothing secret.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import sqlite3
import warnings
from collections import Counter
from contextlib import closing
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from toolkit.display import NO_SPEAKER, count_of, ellipsis, is_missing, one_line, rows
from toolkit.errors import ToolkitWarning
from toolkit.export._dna_tables import PERMISSIONS, TABLES
from toolkit.export._placing import articles_of, frames_of
from toolkit.export._plover import event_of
from toolkit.files import replacing
from toolkit.frames import Role, line_of, text_of
from toolkit.frames._types import key_and_value, member
from toolkit.phrases import as_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

CODER = "toolkit"
WIDTH = 190
"""Characters that a name, a value or a title may have."""

JUDGEMENTS = "DNA Statement"
JUDGED = {"person": "short text", "organization": "short text", "concept": "short text", "agreement": "boolean"}
POSITIONS = "position"
HELD = JUDGED | {"act": "short text", "event": "short text", "proposition": "long text", "condition": "long text"}
AGREES = {"for": 1, "against": 0}
BEHIND = {Role.ID, Role.ARTICLE, Role.START, Role.END, Role.SPANS, Role.PLACE, Role.PLACES, Role.REF, Role.KEY}
DATA = {"short text": "DATASHORTTEXT", "long text": "DATALONGTEXT", "integer": "DATAINTEGER", "boolean": "DATABOOLEAN"}
COLOURS = ((239, 208, 51), (86, 180, 233), (0, 158, 115), (204, 121, 167), (213, 94, 0))
YELLOW = (255, 255, 0)

_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_discourse(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write a coverage as a database of Discourse Network Analyzer."""
    with replacing(path) as made, closing(sqlite3.connect(made)) as base, base:
        base.execute("PRAGMA journal_mode = MEMORY")
        writer = _Writer(base, coverage)
        writer.write()
    if writer.undated:
        warnings.warn(
            f"{path}: {count_of(writer.undated, 'article')} without a publication day; the program must have one, and "
            "shows 1 January 1970",
            ToolkitWarning,
            stacklevel=4,
        )
    if writer.open:
        warnings.warn(
            f"{path}: {count_of(writer.open, 'position')} left out that are open or on no issue; a statement there "
            "agrees with a concept or does not",
            ToolkitWarning,
            stacklevel=4,
        )
    return [(path, f"{count_of(len(coverage.articles), 'document')}, {count_of(writer.count, 'statement')}")]


class _Writer:
    """Fills the tables; ids count from 1, as the program's do."""

    def __init__(self, base: sqlite3.Connection, coverage: Coverage) -> None:
        self._base, self._coverage = base, coverage
        self._articles = articles_of(coverage)
        self._actors = {line_of(row["actor"]): row for row in rows(coverage.actors)}
        self._documents = {one: number for number, one in enumerate(self._articles, start=1)}
        self._offsets = {one: _java_offsets(row["text"]) for one, row in self._articles.items()}
        self._entities: dict[tuple[int, str], int] = {}
        self._attributes: dict[int, dict[str, int]] = {}
        self._counts: Counter[str] = Counter()
        self.count = self.undated = self.open = 0

    def write(self) -> None:
        """Write all."""
        for name, columns in TABLES.items():
            self._base.execute(f"CREATE TABLE {name}({', '.join(columns)})")
        self._write_coders()
        for one in self._articles.values():
            self._write_document(one)
        variables = self._add_type(JUDGEMENTS, JUDGED, set(JUDGED) - {"agreement"})
        for row in rows(self._coverage.sentiment):
            if row["polarity"]:
                span = row["evidence_start"], row["evidence_end"]
                self._add_statement(row["article_id"], span, variables, self._judgement(row))
        self._write_positions()
        for spec, found in frames_of(self._coverage):
            if spec.evidence and spec.is_placed and spec.name not in {"sentiment", "positions"}:
                self._write_frame(spec, found)

    def _write_coders(self) -> None:
        self._insert("SETTINGS", "version", "3.0.7")
        self._insert("SETTINGS", "date", "2022-06-10")
        everything = [1] * len(PERMISSIONS)
        for number, name in enumerate(("Admin", CODER), start=1):
            self._insert("CODERS", number, name, *YELLOW, 0, 14, _password(CODER), 300, 0, 0, 1, *everything)
        for number, pair in enumerate(((1, 2), (2, 1)), start=1):
            self._insert("CODERRELATIONS", number, *pair, 1, 1, 1, 1)

    def _write_document(self, row: Row) -> None:
        day = as_day(row["published"])
        self.undated += day is None
        moment = dt.datetime.combine(day, dt.time(), dt.UTC) if day else dt.datetime.fromtimestamp(0, dt.UTC)
        self._insert(
            "DOCUMENTS",
            self._documents[row["article_id"]],
            _name(row["title"]) or _name(row["path"]) or row["article_id"],
            _java_text(row["text"]),
            2,
            *(_name(row[name]) for name in ("author", "outlet")),
            "",
            line_of(row["url"]),
            "" if day else "publication day unknown",
            int(moment.timestamp()),
        )

    def _write_frame(self, spec: FrameSpec, found: Iterable[Row]) -> None:
        columns = {column.name: column for column in spec.columns if _is_told(column)}
        kinds = {name: _kind(column) for name, column in columns.items()}
        actors = {name for name, column in columns.items() if column.role is Role.ACTOR}
        variables = self._add_type(spec.noun, kinds, actors)
        article, (start, end) = spec.the(Role.ARTICLE) or "", spec.spans[""]
        for row in found:
            values = {name: _value(row.get(name), column, kinds[name]) for name, column in columns.items()}
            self._add_statement(row[article], (row[start], row[end]), variables, values)

    def _write_positions(self) -> None:
        found = rows(self._coverage.positions)
        told = [row for row in found if row["stance"] in AGREES and row["issue"]]
        self.open = len(found) - len(told)
        if told:
            variables = self._add_type(POSITIONS, HELD, set(JUDGED) - {"agreement"})
            for row in told:
                self._add_statement(row["article_id"], (row["start"], row["end"]), variables, self._position(row))

    def _position(self, row: Row) -> dict[str, Any]:
        return {
            **self._holder(line_of(row["actor"]) or NO_SPEAKER),
            "concept": row["issue"],
            "agreement": AGREES[row["stance"]],
            "event": event_of(row) or "",
        } | {name: line_of(row[name]) for name in ("act", "proposition", "condition")}

    def _judgement(self, row: Row) -> dict[str, Any]:
        outlet = self._articles.get(row["article_id"], {}).get("outlet")
        holder = line_of(row["holder"]) or (NO_SPEAKER if row["quotation_id"] else line_of(outlet))
        return {**self._holder(holder), "concept": row["target"], "agreement": int(row["polarity"] > 0)}

    def _holder(self, name: str) -> dict[str, Any]:
        actor = self._actors.get(name, {})
        is_person = actor.get("kind") == "person" or name == NO_SPEAKER
        return {
            "person": name if is_person else "",
            "organization": line_of(actor.get("side")) if is_person else name,
        }

    def _add_type(self, label: str, kinds: Mapping[str, str], actors: set[str]) -> dict[str, tuple[int, str]]:
        """Add a type of statements, and return its variables, by name with what they hold."""
        number = self._next("STATEMENTTYPES")
        self._insert("STATEMENTTYPES", number, _name(label), *COLOURS[(number - 1) % len(COLOURS)])
        found = {}
        for name, kind in kinds.items():
            variable = self._next("VARIABLES")
            self._insert("VARIABLES", variable, _name(name), kind, number)
            found[name] = (variable, kind)
            if kind == "short text":
                if name in actors:
                    self._add_attributes(variable)
                # What a statement has where it has nothing.
                self._entity(variable, "")
        return found

    def _add_attributes(self, variable: int) -> None:
        known = self._attributes.setdefault(variable, {})
        for name in ("Type", "Alias", "Notes", "Side"):
            known[name] = self._next("ATTRIBUTEVARIABLES")
            self._insert("ATTRIBUTEVARIABLES", known[name], variable, name)

    def _add_statement(
        self, article: str, span: tuple[Any, Any], variables: Mapping[str, tuple[int, str]], values: Mapping[str, Any]
    ) -> None:
        if article not in self._documents or is_missing(span[0]) or is_missing(span[1]):
            return
        start, end = (self._offsets[article][int(offset)] for offset in span)
        self.count += 1
        self._insert("STATEMENTS", self.count, self._counts["STATEMENTTYPES"], self._documents[article], start, end, 2)
        for name, (variable, kind) in variables.items():
            value = self._entity(variable, values[name]) if kind == "short text" else values[name]
            self._insert(DATA[kind], self._next(DATA[kind]), self.count, variable, value)

    def _entity(self, variable: int, value: Any) -> int:
        text = _name(value)
        found = self._entities.get((variable, text))
        if found is None:
            found = self._entities[variable, text] = len(self._entities) + 1
            actor = self._actors.get(line_of(value), {}) if variable in self._attributes else {}
            self._insert("ENTITIES", found, variable, text, *_colour(actor.get("colour")), None)
            told = {
                "Type": actor.get("kind"),
                "Alias": "; ".join(actor.get("aliases") or ()),
                "Notes": actor.get("role"),
                "Side": actor.get("side"),
            }
            for name, attribute in self._attributes.get(variable, {}).items():
                self._insert("ATTRIBUTEVALUES", self._next("ATTRIBUTEVALUES"), found, attribute, _name(told[name]))
        return found

    def _next(self, table: str) -> int:
        self._counts[table] += 1
        return self._counts[table]

    def _insert(self, table: str, *values: Any) -> None:
        self._base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def _is_told(column: Column) -> bool:
    return column.role not in BEHIND and not (column.role is Role.WORDS and not column.of)


def _kind(column: Column) -> str:
    if column.dtype in {"int64", "bool"}:
        return "boolean" if column.dtype == "bool" else "integer"
    is_one = member(column.holds) is None and key_and_value(column.holds) is None
    return "short text" if is_one and column.role in {Role.ACTOR, Role.CATEGORY, Role.ORIGIN} else "long text"


def _value(value: Any, column: Column, kind: str) -> Any:
    return int(value) if kind in {"integer", "boolean"} else text_of(value, column)


def _name(value: Any) -> str:
    return ellipsis(line_of(value), WIDTH)


def _colour(colour: Any) -> tuple[int, ...]:
    text = one_line(colour) or "#000000"
    return tuple(int(text[at : at + 2], 16) for at in (1, 3, 5))


def _java_text(text: str) -> str:
    return _CONTROL.sub(" ", _LINE_END.sub("\n", text))


def _java_offsets(text: str) -> range | list[int]:
    """Return for each offset in a text, the end included, what it is in UTF-16 with line ends of one sign."""
    if "\r" not in text and text.isascii():
        return range(len(text) + 1)
    sizes = (0 if sign == "\n" and text[at - 1 : at] == "\r" else 1 + (sign > "\uffff") for at, sign in enumerate(text))
    return list(accumulate(sizes, initial=0))


@cache
def _password(text: str) -> str:
    """Return a password as the program keeps it: SHA-256, 100,000 times, with its salt before it.

    The salt follows from the password, so that the same coverage gives the same file.
    """
    salt = hashlib.sha256(text.encode()).digest()[:16]
    digest = salt + text.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()
