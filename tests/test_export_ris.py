"""The references, read back by rispy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import exported
import rispy

from toolkit.frames import line_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_reference_for_each_article(tmp_path: Path) -> None:
    coverage = exported.coverage()
    path = coverage.export(tmp_path / "a.ris")
    assert path.read_text(encoding="utf-8").startswith("TY  - NEWS\n")
    first, second = rispy.loads(path.read_text(encoding="utf-8"))
    one, two = coverage.articles["article_id"]
    assert first == {
        "type_of_reference": "NEWS",
        "id": one,
        "title": "Harbour talks resume",
        "secondary_title": "Ferry Post",
        "authors": ["Ida Moe"],
        "year": "2031",
        "date": "2031/03/04",
        "urls": ["https://example.org/harbour?a=1&b=2"],
    }
    assert second == {"type_of_reference": "NEWS", "id": two}


def test_no_field_begins_a_reference_of_its_own(tmp_path: Path) -> None:
    path = exported.coverage(exported.hostile).export(tmp_path / "a.ris")
    first, _ = rispy.loads(path.read_text(encoding="utf-8"))
    assert first["title"] == line_of(exported.hostile("Harbour talks resume"))
    assert first["authors"] == [line_of(exported.hostile("Ida Moe"))]
