"""The database of Discourse Network Analyzer: tables as in its own sample, offsets as Java counts."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import exported
import pytest

from toolkit.errors import ToolkitWarning
from toolkit.export._dna_tables import TABLES
from toolkit.frames import line_of

SAMPLE = Path(os.environ.get("TOOLKIT_DATA", "../shared/data")) / "interchange" / "sample.dna"

QUESTION = """
    SELECT t.Label, v.Variable, coalesce(e.Value, b.Value, i.Value, l.Value)
    FROM STATEMENTS s JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId JOIN VARIABLES v ON v.StatementTypeId = t.ID
    LEFT JOIN DATASHORTTEXT d ON d.StatementId = s.ID AND d.VariableId = v.ID LEFT JOIN ENTITIES e ON e.ID = d.Entity
    LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = v.ID
    LEFT JOIN DATAINTEGER i ON i.StatementId = s.ID AND i.VariableId = v.ID
    LEFT JOIN DATALONGTEXT l ON l.StatementId = s.ID AND l.VariableId = v.ID
    WHERE s.ID = ? ORDER BY v.ID
"""


WORDS = """
    SELECT t.Label, d.Text, s.Start, s.Stop FROM STATEMENTS s
    JOIN DOCUMENTS d ON d.ID = s.DocumentId JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId ORDER BY s.ID
"""

ATTRIBUTES = """
    SELECT v.AttributeVariable, a.AttributeValue FROM ATTRIBUTEVALUES a JOIN ENTITIES e ON e.ID = a.EntityId
    JOIN ATTRIBUTEVARIABLES v ON v.ID = a.AttributeVariableId WHERE e.Value = ? AND e.VariableId = 1
"""


def base_of(tmp_path: Path, change: Any = str) -> Any:
    with pytest.warns(ToolkitWarning, match="1 article without a publication day; .* shows 1 January 1970"):
        path = exported.coverage(change).export(tmp_path / "a.dna")
    return closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True))


def columns_of(base: sqlite3.Connection) -> dict[str, list[tuple[str, str, int]]]:
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: [row[1:3] + row[5:] for row in base.execute(f"PRAGMA table_info({name})")] for name in names}


def told_of(base: sqlite3.Connection, statement: int) -> tuple[str, dict[str, Any]]:
    rows = base.execute(QUESTION, (statement,)).fetchall()
    return rows[0][0], {name: value for _, name, value in rows}


@pytest.mark.skipif(not SAMPLE.is_file(), reason=f"{SAMPLE} is no part of the project; TOOLKIT_DATA says where it is")
def test_tables_are_those_of_the_programs_own_sample(tmp_path: Path) -> None:
    with (
        base_of(tmp_path) as base,
        closing(sqlite3.connect(f"{SAMPLE.resolve().as_uri()}?mode=ro", uri=True)) as sample,
    ):
        assert columns_of(base) == columns_of(sample)
        settings = "SELECT * FROM SETTINGS ORDER BY Property"
        assert base.execute(settings).fetchall() == sample.execute(settings).fetchall()
        kinds = "SELECT Variable, DataType FROM VARIABLES WHERE StatementTypeId = 1 ORDER BY ID"
        assert base.execute(kinds).fetchall() == sample.execute(kinds).fetchall()


@pytest.mark.parametrize("change", [str, exported.hostile])
def test_all_that_points_somewhere_finds_it(change: Any, tmp_path: Path) -> None:
    with base_of(tmp_path, change) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert sorted(columns_of(base)) == sorted(TABLES)
        # The program shows no statement that lacks a value of one of its variables.
        for (number,) in base.execute("SELECT ID FROM STATEMENTS"):
            assert None not in told_of(base, number)[1].values()


def test_offsets_slice_to_the_words_as_java_counts(tmp_path: Path) -> None:
    with base_of(tmp_path) as base:
        found = [
            (label, text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le"))
            for label, text, start, stop in base.execute(WORDS)
        ]
        assert not base.execute("SELECT 1 FROM DOCUMENTS WHERE instr(Text, char(13))").fetchall()
    assert found == [
        ("DNA Statement", "She praised Kip."),
        ("DNA Statement", exported.SECOND),
        ("quotation", "the quay stays shut”, and later “for good"),
        ("quotation", "the port would open"),
        ("number", "3"),
    ]


def test_judgements_and_statements(tmp_path: Path) -> None:
    with base_of(tmp_path) as base:
        assert told_of(base, 1) == (
            "DNA Statement",
            {"person": "Ada Berg", "organization": "Norland", "concept": "Kip", "agreement": 1},
        )
        # An outlet without a name holds this one.
        assert told_of(base, 2)[1] == {"person": "", "organization": "", "concept": "Kip", "agreement": 0}
        label, told = told_of(base, 3)
        assert (label, told["speaker"], told["kind"], told["cue"], told["said"]) == (
            "quotation", "Ada Berg", "direct", "told", "2031-03-03",
        )  # fmt: skip
        assert told_of(base, 5)[1]["value"] == 3
        assert dict(base.execute(ATTRIBUTES, ("Ada Berg",))) == {
            "Type": "person", "Alias": "Ada Berg; Berg; A.", "Notes": "minister", "Side": "Norland",
        }  # fmt: skip


def test_documents_and_coders(tmp_path: Path) -> None:
    with base_of(tmp_path) as base:
        first, second = base.execute(
            "SELECT Title, Author, Source, Notes, Type, Date, Coder FROM DOCUMENTS ORDER BY ID"
        )
        moment = int(dt.datetime(2031, 3, 4, tzinfo=dt.UTC).timestamp())
        assert first == (
            "Harbour talks resume",
            "Ida Moe",
            "Ferry Post",
            "https://example.org/harbour?a=1&b=2",
            "",
            moment,
            2,
        )
        assert second == ("news/2.txt", "", "", "", "publication day unknown", 0, 2)
        coders = base.execute("SELECT Name, Password FROM CODERS").fetchall()
    assert [name for name, _ in coders] == ["Admin", "toolkit"]
    kept = base64.b64decode(coders[1][1])
    digest = kept[:16] + b"toolkit"
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert kept[16:] == digest


def test_what_is_too_long_for_the_program_is_cut(tmp_path: Path) -> None:
    with base_of(tmp_path, exported.hostile) as base:
        (person, organization) = (told_of(base, 1)[1][name] for name in ("person", "organization"))
        assert len(person) == 190
        assert person.startswith(line_of(exported.hostile("Ada Berg"))[:189])
        assert organization == person[: len(organization)]
