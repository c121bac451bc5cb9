"""The REFI-QDA project: valid to the part of the standard's schema that it uses, and true to the texts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import exported
import pytest
from lxml import etree

from toolkit.frames import line_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NS = {"q": "urn:QDA-XML:project:1.0"}

# The order of elements, attributes and types, as https://www.qdasoftware.org (Project.xsd, 2019) has them.
GUID = '<data type="token"><param name="pattern">[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}</param></data>'
SCHEMA = f"""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{NS["q"]}"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="Project">
    <attribute name="name"/><optional><attribute name="origin"/></optional>
    <optional><element name="Users"><oneOrMore><element name="User">
      <ref name="guid"/><attribute name="name"/></element></oneOrMore></element></optional>
    <optional><element name="CodeBook"><element name="Codes">
      <oneOrMore><ref name="Code"/></oneOrMore></element></element></optional>
    <optional><element name="Variables"><oneOrMore><element name="Variable">
      <ref name="guid"/><attribute name="name"/><attribute name="typeOfVariable"><choice>
      <value>Text</value><value>Boolean</value><value>Integer</value><value>Float</value><value>Date</value>
      <value>DateTime</value></choice></attribute></element></oneOrMore></element></optional>
    <optional><element name="Sources"><oneOrMore><ref name="TextSource"/></oneOrMore></element></optional>
  </element></start>
  <define name="guid"><attribute name="guid">{GUID}</attribute></define>
  <define name="user"><optional><attribute name="creatingUser">{GUID}</attribute></optional></define>
  <define name="target"><attribute name="targetGUID">{GUID}</attribute></define>
  <define name="Code"><element name="Code">
    <ref name="guid"/><attribute name="name"/><attribute name="isCodable"><data type="boolean"/></attribute>
    <attribute name="color"><data type="token"><param name="pattern">#[0-9A-Fa-f]{{6}}</param></data></attribute>
    <zeroOrMore><ref name="Code"/></zeroOrMore></element></define>
  <define name="TextSource"><element name="TextSource">
    <ref name="guid"/><attribute name="name"/><attribute name="plainTextPath"/><ref name="user"/>
    <zeroOrMore><element name="PlainTextSelection">
      <ref name="guid"/><optional><attribute name="name"/></optional><ref name="user"/>
      <attribute name="startPosition"><data type="integer"/></attribute>
      <attribute name="endPosition"><data type="integer"/></attribute>
      <zeroOrMore><element name="Coding"><ref name="guid"/><ref name="user"/>
        <element name="CodeRef"><ref name="target"/></element></element></zeroOrMore></element></zeroOrMore>
    <zeroOrMore><element name="VariableValue"><element name="VariableRef"><ref name="target"/></element><choice>
      <element name="TextValue"><text/></element><element name="DateValue"><data type="date"/></element></choice>
    </element></zeroOrMore></element></define>
</grammar>
"""


def project(tmp_path: Path, change: Callable[[str], str] = str) -> tuple[Any, zipfile.ZipFile]:
    path = exported.coverage(change).export(tmp_path / "a.qdpx")
    archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    return etree.fromstring(archive.read("project.qde")), archive


@pytest.mark.parametrize("change", [str, exported.hostile])
def test_the_project_is_valid_and_refers_to_what_is_there(change: Callable[[str], str], tmp_path: Path) -> None:
    root, archive = project(tmp_path, change)
    schema = etree.RelaxNG(etree.fromstring(SCHEMA))
    assert schema.validate(root), schema.error_log
    ids = root.xpath("//@guid")
    assert len(set(ids)) == len(ids)
    for element in ("Code", "Variable"):
        there = set(root.xpath(f"//q:{element}/@guid", namespaces=NS))
        assert set(root.xpath(f"//q:{element}Ref/@targetGUID", namespaces=NS)) <= there
    paths = root.xpath("//q:TextSource/@plainTextPath", namespaces=NS)
    assert sorted(archive.namelist()) == sorted(
        ["project.qde", *(path.replace("internal://", "sources/") for path in paths)]
    )
    assert line_of(change("Ada Berg")) in root.xpath("//q:Code/@name", namespaces=NS)


def test_selections_slice_to_the_words_and_bear_their_codes(tmp_path: Path) -> None:
    root, archive = project(tmp_path)
    names = {code.get("guid"): code for code in root.iterfind(".//q:Code", NS)}

    def path_of(code: Any) -> str:
        return "/".join(reversed([code.get("name"), *(one.get("name") for one in code.iterancestors("{*}Code"))]))

    coded: dict[str, list[str]] = {}
    for source in root.iterfind(".//q:TextSource", NS):
        text = archive.read(source.get("plainTextPath").replace("internal://", "sources/")).decode("utf-8")
        for selection in source.iterfind("q:PlainTextSelection", NS):
            words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            refs = selection.iterfind("q:Coding/q:CodeRef", NS)
            coded.setdefault(words, []).extend(path_of(names[ref.get("targetGUID")]) for ref in refs)
    assert {"quotations", "quotations/kind/direct", "quotations/speaker/Ada Berg"} == set(coded["for good"])
    assert {"sentiment", "sentiment/holder/Ada Berg", "sentiment/target/Kip", "sentiment/polarity/1"} == set(
        coded["She praised Kip."]
    )
    assert "rounds/status/held" in coded["=SUM("]
    assert "mentions/actor/Dock Union" in coded["union"]


def test_sources_have_outlet_and_day(tmp_path: Path) -> None:
    root, _ = project(tmp_path)
    first, second = root.iterfind(".//q:TextSource", NS)
    assert [first.get("name"), second.get("name")] == ["Harbour talks resume", "news/2.txt"]
    assert [value[1].text for value in first.iterfind("q:VariableValue", NS)] == [
        "Ferry Post", "2031-03-04", "https://example.org/harbour?a=1&b=2",
    ]  # fmt: skip
    assert not second.findall("q:VariableValue", NS)
