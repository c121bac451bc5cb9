"""Printed pages: columns in reading order, paragraphs whole, words joined that a line end parted, page heads left out.

pdfminer.six tells where each line stands and how large its letters are; the order is ours, since columns of a newspaper
are told by the gaps between them. Nothing is drawn, run or fetched.
"""

from __future__ import annotations

import io
import re
import time
import zlib
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.errors import InputError
from toolkit.reading._bounds import DOCUMENT_MEGABYTES
from toolkit.reading._parts import MEGABYTE, File, Options, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_PAGES = 400
MOST_SECONDS = 60
_STREAM = re.compile(rb"stream\r?\n")
_PACKED_TWICE = re.compile(rb"/Filter\s*\[[^\]]*(?:Flate|LZW|RunLength)[^\]]*(?:Flate|LZW|RunLength)")
_MARGIN = 0.1
"""Part of a page, at its head and foot, in which running heads stand."""
_WIDE = 0.6
"""From this part of the page's width on a line runs over all columns."""
_LARGER = 1.25
"""How much larger than the text a headline is."""
_FIGURES = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(r"(?:page|pg\.?|p\.|seite)?\W{0,3}#\W{0,3}(?:(?:of|von|/)\W{0,3}#)?\W{0,3}", re.IGNORECASE)
_PARTED = re.compile(r"\b(\w+)[-\u00ad\u2010]\n(?=([a-zß-öø-ÿ]\w*))")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)]*$")


class Block(NamedTuple):
    """Lines that stand together: their words, box on the page, and height of the letters."""

    words: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


class Page(NamedTuple):
    """The blocks of a page, and its measures."""

    blocks: list[Block]
    width: float
    height: float


def read_pdf(file: File, _: Options) -> Iterator[Part]:
    """Yield the text of a .pdf document."""
    _check_streams(file.content)
    pages = _without_heads(list(_pages(file.content)))
    blocks = [block for page in pages for block in in_order(page)]
    if not blocks:
        raise InputError("holds pictures of pages and no text; recognise its text first (OCR), and save that")
    title = _headline(pages[0])
    paragraphs = _joined([block.words for block in blocks if block not in title])
    words = " ".join(" ".join(block.words.split()) for block in title)
    text = "\n\n".join(_mended([words, *paragraphs] if title else paragraphs))
    yield Text(text, {"title": words} if title else {}, is_running=True)


def _check_streams(content: bytes) -> None:
    """Raise InputError where what is packed in a document comes to more than a document has."""
    left = DOCUMENT_MEGABYTES * MEGABYTE
    if _PACKED_TWICE.search(content):
        raise InputError("is packed several times over, as no document is; save its text alone")
    for match in _STREAM.finditer(content):
        left -= _unpacked_size(memoryview(content)[match.end() :], left)
        if left <= 0:
            raise InputError(f"unpacks to more than {DOCUMENT_MEGABYTES} MB, as no document does; save its text alone")


def _unpacked_size(packed: memoryview, most: int) -> int:
    """Return how large a packed stream is, looked at as far as that."""
    unpacking, size = zlib.decompressobj(), 0
    place, rest = 0, b""
    while size < most and not unpacking.eof and (rest or place < len(packed)):
        piece = rest or packed[place : place + MEGABYTE]
        place += 0 if rest else MEGABYTE
        try:
            size += len(unpacking.decompress(piece, MEGABYTE))
        except zlib.error:
            break
        rest = unpacking.unconsumed_tail
    return size


def _pages(content: bytes) -> Iterator[Page]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox

    end = time.monotonic() + MOST_SECONDS
    for number, page in enumerate(extract_pages(io.BytesIO(content), laparams=LAParams(boxes_flow=None))):
        if number == MOST_PAGES or time.monotonic() > end:
            raise InputError(f"is too long (more than {MOST_PAGES} pages or {MOST_SECONDS} s); split it")
        boxes = (item for item in page if isinstance(item, LTTextBox))
        yield Page([block for box in boxes if (block := _block(box))], page.width, page.height)


def _block(box: Any) -> Block | None:
    lines = [line for line in box if line.get_text().strip()]
    if not lines:
        return None
    words = "\n".join(" ".join(line.get_text().split()) for line in lines)
    return Block(words, box.x0, box.y0, box.x1, box.y1, round(median(line.height for line in lines), 1))


def _without_heads(pages: list[Page]) -> list[Page]:
    """Leave out what stands at the head or foot of most pages but for a number, and numbers that stand there alone."""
    heads = Counter(
        head for page in pages for head in {_bare(block) for block in page.blocks if _in_margin(block, page)}
    )
    repeated = {head for head, count in heads.items() if count > 1 and count >= len(pages) / 2}

    def is_head(block: Block, page: Page) -> bool:
        bare = _bare(block)
        return _in_margin(block, page) and (bare in repeated or bool(_PAGE_NUMBER.fullmatch(bare)))

    return [page._replace(blocks=[block for block in page.blocks if not is_head(block, page)]) for page in pages]


def _bare(block: Block) -> str:
    return _FIGURES.sub("#", block.words).strip()


def _in_margin(block: Block, page: Page) -> bool:
    return block.bottom > (1 - _MARGIN) * page.height or block.top < _MARGIN * page.height


def in_order(page: Page) -> Iterator[Block]:
    """Yield the blocks of a page as one reads them: down each column, between blocks that run over all of them."""
    waiting: list[Block] = []
    for block in sorted(page.blocks, key=lambda block: -block.top):
        if block.right - block.left > _WIDE * page.width:
            yield from _down_the_columns(waiting)
            yield block
            waiting = []
        else:
            waiting.append(block)
    yield from _down_the_columns(waiting)


def _down_the_columns(blocks: Sequence[Block]) -> Iterator[Block]:
    columns: list[list[Block]] = []
    for block in sorted(blocks, key=lambda block: block.left):
        # The first block of a column is its leftmost; those that begin before it ends stand under it.
        column = next((column for column in columns if block.left < column[0].right), None)
        if column is None:
            columns.append([block])
        else:
            column.append(block)
    for column in columns:
        yield from sorted(column, key=lambda block: -block.top)


def _headline(page: Page) -> list[Block]:
    """Return the blocks at the top of the first page whose letters are larger than those of the text."""
    sizes = [block.size for block in page.blocks for _ in block.words]
    if not sizes:
        return []
    usual = median(sizes)
    blocks = list(in_order(page))
    largest = max(block.size for block in blocks)
    if largest < _LARGER * usual or sum(len(block.words) for block in blocks if block.size == largest) > 300:
        return []
    return [block for block in blocks if block.size == largest]


def _joined(blocks: Iterable[str]) -> list[str]:
    """Join what the end of a column or a page parted: a block that ends within a sentence, and one that goes on."""
    whole: list[str] = []
    for words in blocks:
        if whole and words[:1].islower() and not _SENTENCE_END.search(whole[-1]):
            whole[-1] += "\n" + words
        else:
            whole.append(words)
    return whole


def _mended(paragraphs: list[str]) -> list[str]:
    """Make one line of each paragraph; a word parted at its end is joined, but for one hyphenated elsewhere too."""
    text = "\n\n".join(paragraphs)

    def join(match: re.Match[str]) -> str:
        return f"{match[1]}-" if f"{match[1]}-{match[2]}" in text else match[1]

    return [" ".join(_PARTED.sub(join, paragraph).split()) for paragraph in paragraphs]
