"""The articles coded by what was found in them: a REFI-QDA project, for MAXQDA, ATLAS.ti, NVivo and QualCoder.

The form is that of the REFI-QDA standard 1.5, https://www.qdasoftware.org: a zip of the texts and ``project.qde``, in
which positions count code points. There is a code for each frame, below it one for each kind and each actor of its
short view, and a selection, with these codes, for each place of a row.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from toolkit.display import count_of
from toolkit.export._placing import articles_of, day_of, frames_of, named, places_of, shown
from toolkit.export._zipping import write_zip
from toolkit.frames import Role, line_of
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import FrameSpec

NAMESPACE = "urn:QDA-XML:project:1.0"
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
VARIABLES = {"outlet": "Text", "published": "Date", "url": "Text"}

Code = tuple[str, ...]
"""Names of codes, each below the one before."""


def write_qdpx(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write a project with a source for each article."""
    articles = articles_of(coverage)
    selections: dict[str, list[tuple[int, int, str, list[Code]]]] = {one: [] for one in articles}
    for spec, rows in frames_of(coverage):
        for row in rows:
            codes = list(_codes_of(row, spec))
            name = line_of(row.get(spec.the(Role.KEY) or ""))
            for one, start, end in places_of(row, spec):
                if one in selections:
                    selections[one].append((start, end, name, codes))
    project = ET.Element(
        "Project", {"xmlns": NAMESPACE, "name": "News coverage of negotiations", "origin": f"toolkit {version()}"}
    )
    user = _guid("user")
    ET.SubElement(ET.SubElement(project, "Users"), "User", {"guid": user, "name": "toolkit"})
    used = dict.fromkeys(
        code[:depth]
        for found in selections.values()
        for *_, codes in found
        for code in codes
        for depth in range(1, len(code) + 1)
    )
    if used:
        _add_codes(ET.SubElement(ET.SubElement(project, "CodeBook"), "Codes"), list(used))
    variables = ET.SubElement(project, "Variables")
    for name, kind in VARIABLES.items():
        ET.SubElement(variables, "Variable", {"guid": _guid("variable", name), "name": name, "typeOfVariable": kind})
    if articles:
        sources = ET.SubElement(project, "Sources")
        for one, found in selections.items():
            _add_source(sources, articles[one], found, user)
    ET.indent(project)
    members = [("project.qde", ET.tostring(project, encoding="utf-8", xml_declaration=True))]
    members += [(f"sources/{_guid('source', one)}.txt", row["text"].encode()) for one, row in articles.items()]
    write_zip(path, members)
    return [(path, f"{count_of(len(articles), 'source')}, {count_of(len(used), 'code')}")]


def _codes_of(row: Row, spec: FrameSpec) -> Iterator[Code]:
    """Yield the codes of a row: its frame, its kinds and its actors."""
    yield (spec.name,)
    for column in shown(spec, Role.CATEGORY, Role.ACTOR, Role.TITLE, Role.NEGOTIATION):
        yield from ((spec.name, column.name, told) for value in named(row.get(column.name)) if (told := line_of(value)))


def _add_codes(codes: ET.Element, used: list[Code]) -> None:
    elements: dict[Code, ET.Element] = {}
    roots = dict.fromkeys(code[0] for code in used)
    colours = {root: COLOURS[number % len(COLOURS)] for number, root in enumerate(roots)}
    for code in used:
        about = {"guid": _guid("code", *code), "name": code[-1], "isCodable": "true", "color": colours[code[0]]}
        elements[code] = ET.SubElement(elements[code[:-1]] if code[:-1] else codes, "Code", about)


def _add_source(sources: ET.Element, article: Row, found: list[tuple[int, int, str, list[Code]]], user: str) -> None:
    guid = _guid("source", article["article_id"])
    name = line_of(article["title"]) or line_of(article["path"]) or article["article_id"]
    about = {"guid": guid, "name": name, "plainTextPath": f"internal://{guid}.txt", "creatingUser": user}
    source = ET.SubElement(sources, "TextSource", about)
    for number, (start, end, key, codes) in enumerate(found):
        own = (article["article_id"], str(number))
        about = {
            "guid": _guid("selection", *own),
            "startPosition": str(start),
            "endPosition": str(end),
            "creatingUser": user,
        }
        selection = ET.SubElement(source, "PlainTextSelection", about | ({"name": key} if key else {}))
        for code in codes:
            coding = ET.SubElement(selection, "Coding", {"guid": _guid("coding", *own, *code), "creatingUser": user})
            ET.SubElement(coding, "CodeRef", {"targetGUID": _guid("code", *code)})
    for name, text in _values(article).items():
        value = ET.SubElement(source, "VariableValue")
        ET.SubElement(value, "VariableRef", {"targetGUID": _guid("variable", name)})
        ET.SubElement(value, f"{VARIABLES[name]}Value").text = text


def _values(article: Mapping[str, Any]) -> dict[str, str]:
    known = {"outlet": line_of(article["outlet"]), "published": day_of(article), "url": line_of(article["url"])}
    return {name: text for name, text in known.items() if text}


def _guid(*told: str) -> str:
    """Return an id that follows from what it names, so that the same coverage gives the same project."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\x1f".join(("urn:toolkit", *told))))
