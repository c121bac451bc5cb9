"""Who is told: "told **Axios** in an interview", "wrote to **the board**", "wrote on **social media**"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.cues import forms, forms_of
from toolkit.lexicon.wordlists import words
from toolkit.quotations._reading import span_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from toolkit.quotations._cues import CueAt
    from toolkit.records import Span

_ADDRESSING = ("tell", "inform", "ask", "advise", "urge", "assure", "warn", "brief", "promise")
_TOLD_TO = ("say", "write", "explain", "report", "announce", "reply", "complain", "post", "confirm", "suggest")
_CHANNELLED = ("write", "post", "say", "tweet", "announce")
_NEAR = 12


def addresses(cue: CueAt) -> bool:
    """Tell whether a cue is a verb that takes someone addressed: "told"."""
    return cue.cue.words[0] in forms_of(*_ADDRESSING)


def audience_of(doc: Doc, cue: CueAt, first: int, stop: int) -> tuple[Span | None, int]:
    """Return the span of who is told, and the token behind it: "told **Axios** in an interview", "told **him**".

    Parameters
    ----------
    doc : Doc
    cue : CueAt
        Only cues that take someone addressed are looked at.
    first, stop : int
        Tokens behind the cue.

    Returns
    -------
    tuple of ((int, int) or None, int)
        Offsets into the text; the token at which the statement may begin.
    """
    if not addresses(cue) or first >= stop:
        return None, first
    end = _addressed(doc, cue, first, stop)
    if end == first:
        return None, first
    return (doc[first].idx, doc[end - 1].idx + len(doc[end - 1])), end


def _addressed(doc: Doc, cue: CueAt, first: int, stop: int) -> int:
    """Return the token behind who is addressed, ``first`` where nobody is."""
    openers, tells = words("grammar", "clause_openers"), cue.cue.words[0] in forms("tell")
    owned = doc[first].lower_ == "her" and first + 1 < stop and doc[first + 1].text.islower()
    if doc[first].lower_ in words("grammar", "addressed_pronouns") and not (
        owned and doc[first + 1].lower_ not in openers
    ):
        subject = doc[first].lower_ in {"it", "you"} and first + 1 < stop
        return first if subject and doc[first + 1].lower_ in words("grammar", "auxiliaries") else first + 1
    end = first
    determined = doc[first].lower_ in words("grammar", "articles") | words("grammar", "possessives")
    if tells and (determined or _is_bare_noun(doc, first)):
        end = first + 1
        while end < stop and doc[end].is_alpha and doc[end].lower_ not in openers | words("grammar", "auxiliaries"):
            end += 1
    while end < stop and (doc[end].ent_type_ or _joins_names(doc, end, first)):
        end += 1
    return end


def _is_bare_noun(doc: Doc, i: int) -> bool:
    """Tell whether a noun without an article is addressed: "told **reporters** …", "told **parliament** the …"."""
    word = doc[i].lower_
    function = any(word in words("grammar", name) for name in ("clause_openers", "inner_prepositions", "auxiliaries"))
    return doc[i].text.isalpha() and doc[i].text.islower() and not function


def _joins_names(doc: Doc, i: int, first: int) -> bool:
    return i > first and doc[i].lower_ in {"and", ","} and i + 1 < len(doc) and bool(doc[i + 1].ent_type_)


def audience_behind(doc: Doc, cue: CueAt, first: int, stop: int) -> Span | None:
    """Return who is told, or where one writes, in what stands between a cue and its statement or the clause's end.

    Parameters
    ----------
    doc : Doc
    cue : CueAt
    first, stop : int
        Tokens behind the cue's verb.
    """
    told, _ = audience_of(doc, cue, first, stop)
    if told is not None:
        return told
    stop = min(stop, first + _NEAR)
    for i in range(first, stop - 1):
        if doc[i].is_punct:
            break
        begin = _received(doc, cue, i, first)
        end = _phrase_end(doc, begin, stop) if begin else 0
        if begin and end > begin:
            return span_of(doc, begin, end)
        if doc[i].lower_ == "on" and cue.cue.words[0] in forms_of(*_CHANNELLED) and (length := channel_at(doc, i + 1)):
            start, end = span_of(doc, i + 1, i + 1 + length)
            return start, end - doc[i + length].text.endswith(".")
    return None


def channel_at(doc: Doc, i: int) -> int:
    """Return how many tokens from one on name a place to write: "social media", "X"; 0 where none does."""
    channels = words("grammar", "channels")
    for length in (2, 1):
        text = " ".join(token.lower_ for token in doc[i : i + length]).removesuffix(".")
        if i + length <= len(doc) and text in channels:
            return length
    return 0


def _received(doc: Doc, cue: CueAt, i: int, first: int) -> int:
    """Return the token behind the preposition that whoever is told follows; 0 where a token is none."""
    before, form = doc[i - 1].lower_, doc[i].lower_
    addressed = form == "to" and (
        before in words("grammar", "addressed_to") or (i == first and cue.cue.words[0] in forms_of(*_TOLD_TO))
    )
    return i + 1 if addressed or (form == "with" and before in words("grammar", "held_with")) else 0


def _phrase_end(doc: Doc, begin: int, stop: int) -> int:
    """Return the end of a short noun phrase: "reporters", "the city council", "Le Monde"."""
    closed = words("grammar", "inner_prepositions") | words("names", "calendar_words") | {"that", "when", "as", "after"}
    end = begin
    if doc[end].lower_ in words("grammar", "articles") | words("grammar", "possessives"):
        end += 1
    while end < stop and doc[end].is_alpha and doc[end].lower_ not in closed:
        if end > begin and doc[end].lower_ in words("grammar", "clause_openers"):
            break
        end += 1
    return end
