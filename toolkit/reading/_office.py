"""Documents of Word and LibreOffice: paragraphs in their order, the title by its style."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from toolkit.reading._bounds import check_document
from toolkit.reading._parts import File, Options, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TITLE_STYLES = ("title", "heading 1", "heading_20_1")
PARAGRAPHS = "\n\n"


def read_docx(file: File, _: Options) -> Iterator[Part]:
    """Yield the text of a .docx document; tables a row a line, notes and comments left out."""
    import docx

    check_document(file.content)
    document = docx.Document(io.BytesIO(file.content))
    yield _document(_docx_lines(document))


def _docx_lines(document: Any) -> Iterator[tuple[str, str]]:
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                yield "", "\t".join(cell.text for cell in row.cells)
        else:
            yield item.style.name if item.style is not None else "", item.text


def read_odt(file: File, _: Options) -> Iterator[Part]:
    """Yield the text of an .odt document; notes, comments and tracked changes left out."""
    from odfdo import Document

    check_document(file.content)
    body = Document(io.BytesIO(file.content)).body
    yield _document(_odt_lines(body))


def _odt_lines(body: Any) -> Iterator[tuple[str, str]]:
    for item in body.get_elements("descendant::text:p | descendant::text:h"):
        if item.get_elements("ancestor::text:note | ancestor::office:annotation | ancestor::text:tracked-changes"):
            continue
        for note in item.get_elements("descendant::text:note | descendant::office:annotation"):
            note.delete()
        yield item.get_attribute_string("text:style-name") or "", item.inner_text


def _document(lines: Iterable[tuple[str, str]]) -> Text:
    kept = [(style.lower(), words.strip()) for style, words in lines if words.strip()]
    title = next((words for style, words in kept[:3] if style.startswith(_TITLE_STYLES)), None)
    text = PARAGRAPHS.join(words for _, words in kept)
    return Text(text, {"title": title} if title else {}, is_running=True)
