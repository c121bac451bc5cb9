"""The web annotations, read as RDF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import exported
import pytest
import rdflib

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# rdflib's reader of JSON-LD makes a graph of a kind that rdflib itself advises against.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
AS = rdflib.Namespace("http://www.w3.org/ns/activitystreams#")

# The terms that are used, as the context at http://www.w3.org/ns/anno.jsonld, which no test may fetch, has them.
CONTEXT = {
    "oa": str(OA), "as": str(AS), "dcterms": "http://purl.org/dc/terms/", "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "id": "@id", "type": "@type", "Annotation": "oa:Annotation", "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage", "TextualBody": "oa:TextualBody", "Software": "as:Application",
    "Text": "http://purl.org/dc/dcmitype/Text", "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector", "tagging": "oa:tagging", "describing": "oa:describing",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value", "format": "dc:format",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"}, "name": "foaf:name", "label": "rdfs:label",
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "first": {"@type": "@id", "@id": "as:first"}, "total": "as:totalItems", "startIndex": "as:startIndex",
}  # fmt: skip


def written(tmp_path: Path, change: Callable[[str], str] = str) -> tuple[dict[str, Any], rdflib.Graph]:
    path = exported.coverage(change).export(tmp_path / "a.jsonld")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    graph = rdflib.Graph().parse(data=json.dumps(found | {"@context": CONTEXT}), format="json-ld")
    return found, graph


@pytest.mark.parametrize("change", [str, exported.hostile])
def test_each_place_is_told_by_offsets_and_by_its_words(change: Callable[[str], str], tmp_path: Path) -> None:
    found, graph = written(tmp_path, change)
    notes = list(graph.subjects(rdflib.RDF.type, OA.Annotation))
    assert len(notes) == found["total"] == len(found["first"]["items"]) == 13
    texts = {str(graph.value(one, OA.exact)): one for one in graph.subjects(rdflib.RDF.type, OA.TextQuoteSelector)}
    assert {"the quay stays shut", "for good", "She praised Kip.", exported.SECOND} <= set(texts)
    for target in graph.objects(None, OA.hasTarget):
        selectors = {graph.value(one, rdflib.RDF.type): one for one in graph.objects(target, OA.hasSelector)}
        place, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        start, end = int(graph.value(place, OA.start)), int(graph.value(place, OA.end))
        exact, prefix, suffix = (str(graph.value(quote, name)) for name in (OA.exact, OA.prefix, OA.suffix))
        assert any(
            text[start:end] == exact and text[:start].endswith(prefix) and text[end:].startswith(suffix)
            for text in (exported.FIRST, exported.SECOND)
        )


def test_what_a_note_says_and_of_what(tmp_path: Path) -> None:
    found, _ = written(tmp_path)
    (note,) = [one for one in found["first"]["items"] if one["id"].startswith("urn:toolkit:quotations")][:1]
    assert [body["value"] for body in note["body"]] == ["quotation", "Kind: direct", "Speaker: Ada Berg"]
    assert len(note["target"]) == 2
    source = note["target"][0]["source"]
    assert (source["id"], source["dcterms:title"], source["dcterms:issued"]) == (
        "https://example.org/harbour?a=1&b=2", "Harbour talks resume", "2031-03-04",
    )  # fmt: skip


def test_an_address_that_is_none_is_no_source(tmp_path: Path) -> None:
    coverage = exported.coverage()
    articles = coverage.articles.assign(url=["javascript:alert(1)", "https://example.org/a b\u2028c"])
    path = coverage.with_frames({"articles": articles}).export(tmp_path / "a.jsonld")
    items = json.loads(path.read_text(encoding="utf-8"))["first"]["items"]
    assert {target["source"]["id"].partition("articles:")[0] for item in items for target in item["target"]} == {
        "urn:toolkit:"
    }
