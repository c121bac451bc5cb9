"""The tables of a database of Discourse Network Analyzer 3: names and order of columns are the program's."""

from __future__ import annotations

PERMISSIONS = tuple(
    f"Permission{act}"
    for act in (
        *(f"{verb}Documents" for verb in ("Add", "Edit", "Delete", "Import")),
        *(f"{verb}Statements" for verb in ("Add", "Edit", "Delete")),
        *(f"Edit{what}" for what in ("Attributes", "Regex", "StatementTypes", "Coders", "CoderRelations")),
        *(f"{verb}Others{what}" for what in ("Documents", "Statements") for verb in ("View", "Edit")),
    )
)
"""What a coder may do."""


def _id(name: str = "ID") -> str:
    return f"{name} INTEGER NOT NULL PRIMARY KEY"


def _name(name: str) -> str:
    return f"{name} TEXT NOT NULL DEFAULT '' CHECK (LENGTH({name}) < 191)"


def _number(name: str, least: int, most: int, default: int) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT {default} CHECK ({name} BETWEEN {least} AND {most})"


def _flag(name: str, default: int = 1) -> str:
    return _number(name, 0, 1, default)


def _to(name: str, table: str) -> tuple[str, str]:
    return f"{name} INTEGER", f"FOREIGN KEY({name}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _table(*columns: str | tuple[str, str], rule: str = "") -> tuple[str, ...]:
    """Return the parts of a table: its columns in order, and behind them what keys and rules there are."""
    own = [column if isinstance(column, str) else column[0] for column in columns]
    keys = [column[1] for column in columns if not isinstance(column, str)]
    return (*own, *keys, *([rule] if rule else []))


_COLOUR = tuple(_number(name, 0, 255, 0) for name in ("Red", "Green", "Blue"))


def _data(value: str | tuple[str, str]) -> tuple[str, ...]:
    pair = "UNIQUE (StatementId, VariableId)"
    return _table(_id(), _to("StatementId", "STATEMENTS"), _to("VariableId", "VARIABLES"), value, rule=pair)


TABLES: dict[str, tuple[str, ...]] = {
    "SETTINGS": ("Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"),
    "CODERS": _table(
        _id(),
        _name("Name"),
        *_COLOUR,
        _number("Refresh", 0, 9999, 0),
        _number("FontSize", 1, 99, 14),
        _name("Password"),
        _number("PopupWidth", 100, 9999, 300),
        _flag("ColorByCoder", 0),
        _flag("PopupDecoration", 0),
        _flag("PopupAutoComplete"),
        *map(_flag, PERMISSIONS),
    ),
    "DOCUMENTS": _table(
        _id(),
        _name("Title"),
        "Text TEXT NOT NULL",
        _to("Coder", "CODERS"),
        *map(_name, ("Author", "Source", "Section")),
        "Notes TEXT NOT NULL DEFAULT ''",
        _name("Type"),
        "Date INTEGER NOT NULL",
    ),
    "STATEMENTTYPES": _table(_id(), _name("Label"), *_COLOUR),
    "VARIABLES": _table(
        _id(),
        _name("Variable"),
        "DataType TEXT NOT NULL CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text'))",
        _to("StatementTypeId", "STATEMENTTYPES"),
        rule="UNIQUE (Variable, StatementTypeId)",
    ),
    "VARIABLELINKS": _table(_id(), _to("SourceVariableId", "VARIABLES"), _to("TargetVariableId", "VARIABLES")),
    "REGEXES": _table("Label TEXT PRIMARY KEY", *_COLOUR),
    "CODERRELATIONS": _table(
        _id(),
        _to("Coder", "CODERS"),
        _to("OtherCoder", "CODERS"),
        *map(_flag, ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
        rule="CHECK (Coder != OtherCoder)",
    ),
    "STATEMENTS": _table(
        _id(),
        _to("StatementTypeId", "STATEMENTTYPES"),
        _to("DocumentId", "DOCUMENTS"),
        "Start INTEGER NOT NULL CHECK (Start >= 0)",
        "Stop INTEGER NOT NULL",
        _to("Coder", "CODERS"),
        rule="CHECK (Start < Stop)",
    ),
    "DATABOOLEAN": _data("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _data("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": _table(
        _id(),
        _to("VariableId", "VARIABLES"),
        _name("Value"),
        *_COLOUR,
        _to("ChildOf", "ENTITIES"),
        rule="UNIQUE (VariableId, Value)",
    ),
    "DATASHORTTEXT": _data(_to("Entity", "ENTITIES")),
    "DATALONGTEXT": _data("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": _table(
        _id(),
        _to("VariableId", "VARIABLES"),
        _name("AttributeVariable"),
        rule="UNIQUE (VariableId, AttributeVariable)",
    ),
    "ATTRIBUTEVALUES": _table(
        _id(),
        _to("EntityId", "ENTITIES"),
        _to("AttributeVariableId", "ATTRIBUTEVARIABLES"),
        _name("AttributeValue"),
        rule="UNIQUE (EntityId, AttributeVariableId)",
    ),
}
"""The columns of each table, and what must hold of them."""
