"""Runs of capitalised words, and which of them are capitalised for their place alone."""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.cues import is_cue
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import words
from toolkit.names._piece import Piece

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_LONGEST_TITLE = 8


def runs(doc: Doc, counts: Counter[str], first_token: int) -> Iterator[Piece]:
    """Give the runs of capitalised words, without ordinary words that are capitalised for opening a sentence."""
    i = first_token
    while i < len(doc):
        if not capitalised(doc[i]):
            i += 1
            continue
        end = _run_end(doc, i)
        start = i
        start += _headline_verb(doc, start)
        while (
            start < end and not _opens_body(doc, start, end) and _ordinary(doc[start], counts, alone=end - start == 1)
        ):
            start += 1
        if start < end:
            yield Piece(start, end, "?")
        i = end


def _run_end(doc: Doc, i: int) -> int:
    end = i + 1
    while end < len(doc) and not doc[end].is_sent_start:
        if _headline_verb(doc, end):
            break
        if capitalised(doc[end]):
            end += 1
        elif (reach := _bridge(doc, i, end)) > end:
            end = reach
        else:
            break
    return end


def _headline_verb(doc: Doc, i: int) -> bool:
    """Tell whether a capitalised cue ends a name in a headline: "Espen Holm Denies"."""
    word = doc[i].text
    return word[-1] == "s" and word[0].isupper() and is_cue(word) and _first_name(doc, i - 2)


def _first_name(doc: Doc, i: int) -> bool:
    return i >= 0 and doc[i].text in gazetteer.first_names()


def _bridge(doc: Doc, start: int, i: int) -> int:
    """Return where a run goes on behind the lower-case or punctuation token ``i``; ``i`` itself where it ends."""
    token, text = doc[i], doc[i].lower_
    follows = [j for j in (i + 1, i + 2) if j < len(doc) and not doc[j].is_sent_start]
    if not follows:
        return i
    near = doc[follows[0]]
    if text in {"-", "‑"} and not token.whitespace_ and not doc[i - 1].whitespace_:
        return i + 2 if capitalised(near) or _given_name(doc, start, i) else i
    if text in words("names", "particles") and (
        capitalised(near) or near.text == "-" or near.lower_ in words("names", "particles")
    ):
        return i + 2 if capitalised(near) else i + 1
    if text == "&" and capitalised(near):
        return i + 2
    if text == "and":
        return i + 2 if capitalised(near) and _joined_body(doc, start, i) else i
    return max(_into_body(doc, i, follows), _into_title(doc, start, i)) if text in {"of", "for", "to", "in"} else i


def _into_body(doc: Doc, i: int, follows: list[int]) -> int:
    """Return where a body's name goes on behind a preposition: "Ministry **of** Defence"."""
    if not is_head(doc[i - 1]) or doc[i].lower_ == "in":
        return i
    if doc[i].lower_ == "to":
        return i + 2 if len(follows) > 1 and all(_common_title(doc, j) for j in follows) else i
    behind = follows[-1] if doc[follows[0]].lower_ in words("grammar", "articles") else follows[0]
    return behind + 1 if capitalised(doc[behind]) else i


def _into_title(doc: Doc, start: int, i: int) -> int:
    """Return where a listed title that holds token ``i`` ends: "Chief **of** Staff"; ``i`` where none does."""
    near = range(max(start, i - _LONGEST_TITLE), i)
    return max((j + listed_title(doc, j, len(doc)) for j in near), default=i)


def _common_title(doc: Doc, i: int) -> bool:
    """Tell whether a capitalised word is part of a body's name: "Alliance to Mend Our Harbours"."""
    return capitalised(doc[i]) and not is_head(doc[i]) and gazetteer.lookup(doc[i].text) is None


def listed_title(doc: Doc, i: int, end: int) -> int:
    """Return the number of tokens of the longest title that begins at token ``i``: "Chief of Staff"."""
    if doc[i].lower_ not in _first_title_words():
        return 0
    for size in range(min(_LONGEST_TITLE, end - i), 1, -1):
        if doc[i : i + size].text.lower() in words("names", "titles_with_of"):
            return size
    return 0


@derived
def _first_title_words() -> frozenset[str]:
    return frozenset(title.split()[0] for title in words("names", "titles_with_of"))


def _given_name(doc: Doc, start: int, i: int) -> bool:
    """Tell whether a hyphen and a lower-case syllable end a given name: "Ban Ki-moon", but not "UN-led"."""
    before, behind = doc[i - 1], doc[i + 1]
    return i - 1 > start and before.is_title and len(before) <= 5 and behind.text.islower() and len(behind) <= 5


def _joined_body(doc: Doc, start: int, i: int) -> bool:
    """Tell whether "X and Y Council" is one body: a head follows, and neither side of "and" is a name by itself."""
    end = i + 1
    while end < len(doc) and capitalised(doc[end]) and not doc[end].is_sent_start:
        end += 1
    heads = [j for j in range(i + 1, end) if is_head(doc[j])]
    left = [doc[j].text for j in range(start, i)]
    left = list(dropwhile(gazetteer.lookup, left))
    named = any(word in gazetteer.first_names() for word in left) or gazetteer.lookup(doc[i + 1].text) is not None
    alone = bool(heads) and heads[0] == i + 1 and not is_head(doc[i - 1])
    return bool(heads) and bool(left) and not alone and not named and not any(is_head_word(word) for word in left)


def headline_tokens(doc: Doc) -> frozenset[int]:
    """Return the tokens of lines in headline style, in which every word is capitalised and none tells a name."""
    found: set[int] = set()
    for sentence in doc.sents:
        tokens = [token for token in sentence if token.is_alpha and len(token) > 3]
        ends = next((token.text for token in reversed(sentence) if not token.is_space), "")
        if len(tokens) >= 4 and ends not in {".", "?", '"', "”"} and sum(map(capitalised, tokens)) > 0.75 * len(tokens):
            found.update(token.i for token in sentence)
    return frozenset(found)


def capitalised(token: Token) -> bool:
    text = token.text
    return text[0].isupper() and (len(text) > 1 or token.i + 1 == len(token.doc) or token.lower_ not in {"i", "a"})


def opens(token: Token) -> bool:
    """Tell whether a token is capitalised for its place: first of a sentence, a line or a quotation."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.doc[token.i - 1].text
    return before in {'"', "“", "‘", "«", "(", "[", ":", "''", "``", "-", "–", "—"} or "\n" in before


def _ordinary(token: Token, counts: Counter[str], *, alone: bool) -> bool:
    """Tell whether a capitalised word is no name where it stands."""
    if token.lower_ in words("names", "calendar_words") or token.lower_ == "i":
        return True
    if gazetteer.lookup(token.text):
        return False
    if token.lower_ in words("names", "common_capitalised"):
        return opens(token) or alone
    if not opens(token) or not alone:
        return False
    partisan = token.lower_ in words("names", "partisans")
    known = partisan or token.text in gazetteer.first_names() or _is_cue_subject(token)
    return not known and counts[token.text] == 0


def _opens_body(doc: Doc, i: int, end: int) -> bool:
    return i + 1 < end and doc[i].lower_ in words("names", "body_openers") and is_head(doc[i + 1])


def _is_cue_subject(token: Token) -> bool:
    """Tell whether a cue follows, so that even an unknown word that opens a sentence speaks: "Umerov wrote"."""
    following = token.i + 1
    return (
        following < len(token.doc) and is_cue(token.doc[following].text) and not token.text.endswith(("s", "ing", "ly"))
    )


def is_head(token: Token) -> bool:
    return capitalised(token) and is_head_word(token.text)


def is_head_word(word: str) -> bool:
    return word.lower().rstrip(".") in words("names", "organisation_heads")
