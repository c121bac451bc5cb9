"""Each row as a note on its article's text: W3C Web Annotation, as JSON-LD.

The form is that of the Web Annotation Data Model, https://www.w3.org/TR/annotation-model/. A place is told twice: by
offsets into the text as it was read (code points, as the model counts), and by the words with some before and behind,
which tools find again in the page itself.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from toolkit.display import count_of, is_missing
from toolkit.export._placing import articles_of, day_of, frames_of, places_of, shown
from toolkit.files import write_text
from toolkit.frames import Role, line_of, text_of
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import FrameSpec

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and behind the words, to tell places with the same words apart."""

TOLD = (Role.ACTOR, Role.CATEGORY, Role.DAY, Role.NUMBER, Role.TITLE, Role.NEGOTIATION, Role.TEXT, Role.SCORE)

_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def write_web_annotations(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write an annotation for each row that has a place, as one collection."""
    items = list(_annotations(coverage))
    collection = {
        "@context": CONTEXT,
        "id": "urn:toolkit:annotations",
        "type": "AnnotationCollection",
        "label": "News coverage of negotiations",
        "total": len(items),
        "first": {"id": "urn:toolkit:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    write_text(path, f"{json.dumps(collection, ensure_ascii=False, indent=1)}\n")
    return [(path, count_of(len(items), "annotation"))]


def _annotations(coverage: Coverage) -> Iterator[dict[str, Any]]:
    articles = articles_of(coverage)
    for spec, rows in frames_of(coverage):
        for number, row in enumerate(rows):
            if targets := [
                _target(articles[one], start, end) for one, start, end in places_of(row, spec) if one in articles
            ]:
                key = row.get(spec.the(Role.KEY) or "") or number
                yield {
                    "id": f"urn:toolkit:{spec.name}:{quote(str(key))}",
                    "type": "Annotation",
                    "motivation": "tagging",
                    "generator": {"id": "urn:toolkit", "type": "Software", "name": f"toolkit {version()}"},
                    "body": list(_bodies(row, spec)),
                    "target": targets,
                }


def _bodies(row: Row, spec: FrameSpec) -> Iterator[dict[str, str]]:
    yield {"type": "TextualBody", "purpose": "tagging", "value": spec.noun}
    for column in shown(spec, *TOLD):
        if not is_missing(row.get(column.name)) and (told := text_of(row[column.name], column)):
            yield {"type": "TextualBody", "purpose": "describing", "value": f"{column.label}: {told}"}


def _target(article: Mapping[str, Any], start: int, end: int) -> dict[str, Any]:
    text: str = article["text"]
    selectors = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
    ]
    url = line_of(article.get("url"))
    source = {
        "id": url if _WEB.fullmatch(url) else f"urn:toolkit:articles:{article['article_id']}",
        "type": "Text",
        "format": "text/plain",
        "dcterms:title": line_of(article.get("title")),
        "dcterms:publisher": line_of(article.get("outlet")),
        "dcterms:issued": day_of(article),
    }
    return {"source": {name: value for name, value in source.items() if value}, "selector": selectors}
