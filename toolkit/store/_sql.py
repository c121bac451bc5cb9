"""Questions in SQL about the frames of a store, answered by DuckDB from the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.frames import Role
from toolkit.store._views import NAMES, SELECTION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from toolkit.frames import Column, FrameSpec
    from toolkit.store._source import Source


def answer(source: Source, question: str) -> pd.DataFrame:
    """Return the answer to a question in SQL, in which each frame is a table of its name.

    Raises
    ------
    InputError
        If DuckDB is missing, or the question is none that it understands.
    """
    try:
        import duckdb
    except ImportError as fault:
        raise InputError(
            "questions in SQL need DuckDB, which is missing; pip install 'negotiation-news-toolkit[sql]'"
        ) from fault
    with duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as base:
        try:
            for statement in _views(source):
                base.execute(statement)
            frame: pd.DataFrame = base.execute(question).df()
        except duckdb.Error as fault:
            raise InputError(f"DuckDB cannot answer this: {fault}. Tables are {', '.join(source.names)}") from fault
    return frame


def _views(source: Source) -> Iterable[str]:
    """Give the statements that make each frame a table."""
    if any(not source.in_one_file(name) for name in source.names):
        selected, names = (_files([source.view / name]) for name in (SELECTION, NAMES))
        yield f"CREATE TEMP TABLE selected_ AS SELECT article_id, part, negotiation FROM read_parquet({selected})"
        yield (
            "CREATE TEMP TABLE names_ AS SELECT article_id, map(list(name), list(final)) AS names "
            f"FROM read_parquet({names}) GROUP BY article_id"
        )
    for name in source.names:
        files = _files(source.files(name))
        if source.in_one_file(name):
            yield f"CREATE TEMP VIEW {_quoted(name)} AS SELECT * FROM read_parquet({files})"
        else:
            spec = source.spec(name)
            named = (
                f"SELECT rows_.* EXCLUDE (filename) {_renamed(spec)} "
                f"FROM read_parquet({files}, filename = true, file_row_number = true) AS rows_ "
                "JOIN selected_ ON selected_.article_id = rows_.article_id "
                "AND selected_.part = parse_path(rows_.filename)[-2] "
                "LEFT JOIN names_ ON names_.article_id = rows_.article_id"
            )
            yield (
                f"CREATE TEMP VIEW {_quoted(name)} AS SELECT * EXCLUDE (file_row_number) FROM ({named}){_first(spec)}"
            )


def _first(spec: FrameSpec) -> str:
    """Return what leaves out rows that new names make alike; see ``FrameSpec.once``."""
    alike = ", ".join(_quoted(name) for name in spec.once)
    return f" QUALIFY row_number() OVER (PARTITION BY {alike} ORDER BY file_row_number) = 1" if alike else ""


def _renamed(spec: FrameSpec) -> str:
    """Return what puts names across articles in the place of those of each article."""
    changes = [_change(column) for column in spec.columns if column.role is Role.ACTOR]
    changes += [f"selected_.negotiation AS {_quoted(name)}" for name in spec.by_role(Role.NEGOTIATION)]
    return f"REPLACE ({', '.join(changes)})" if changes else ""


def _change(column: Column) -> str:
    name = f"rows_.{_quoted(column.name)}"
    if column.holds is str:
        return f"{_final(name)} AS {_quoted(column.name)}"
    return f"list_transform({name}, lambda each_: {_final('each_')}) AS {_quoted(column.name)}"


def _final(name: str) -> str:
    return f"coalesce(list_extract(map_extract(names_.names, {name}), 1), {name})"


def _files(files: Iterable[Path]) -> str:
    return "[" + ", ".join(_literal(str(file)) for file in files) + "]"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
