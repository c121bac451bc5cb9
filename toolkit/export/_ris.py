"""The articles as references: RIS, which Zotero, EndNote, Citavi and others read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import count_of, rows
from toolkit.export._placing import day_of
from toolkit.files import write_text
from toolkit.frames import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.display import Row


def write_ris(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write a reference for each article."""
    write_text(path, ris_of(rows(coverage.articles)))
    return [(path, count_of(len(coverage.articles), "reference"))]


def ris_of(articles: Sequence[Row]) -> str:
    """Return the references of articles; what stands under ``notes`` in a row goes along."""
    from rispy import RisWriter

    class Unnumbered(RisWriter):  # type: ignore[misc]  # it has no types
        """Writes no numbers between references, which some programs take for text."""

        def set_header(self, count: int) -> str:  # noqa: ARG002 - the form that rispy asks for
            return ""

    return str(Unnumbered().formats([_reference(row) for row in articles]))


def _reference(row: Row) -> dict[str, str | list[str]]:
    day = day_of(row)
    known: dict[str, str | list[str]] = {
        "type_of_reference": "NEWS",
        "id": row["article_id"],
        "title": line_of(row["title"]),
        "secondary_title": line_of(row["outlet"]),
        "authors": [name for name in [line_of(row["author"])] if name],
        "year": day[:4],
        "date": day.replace("-", "/"),
        "urls": [url for url in [line_of(row["url"])] if url],
        "notes": list(map(line_of, row.get("notes") or [])),
    }
    return {name: value for name, value in known.items() if value}
