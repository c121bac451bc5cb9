"""Links from what is known of an actor to the places in the marked article that say so."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from toolkit.display import names, one_line, require, rows
from toolkit.lexicon.wordlists import words
from toolkit.views.markup import Markup, joined, place_anchor, tag

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.display import Row

NEEDED = ("article_id", "start", "end", "text", "actor", "how")

SEVERAL = 80  # places linked of one actor


class Places:
    """The places of actors, by the mentions that a marked article is shown with.

    Parameters
    ----------
    mentions : pandas.DataFrame or None
        The mentions frame; None for cells without links.
    copy : int
        Number of the marked article.
    """

    def __init__(self, mentions: pd.DataFrame | None, copy: int) -> None:
        self._linked, self._copy = mentions is not None, copy
        self._by_actor: dict[str, list[Row]] = defaultdict(list)
        self._at: dict[tuple[str, int, int], Row] = {}
        if mentions is not None:
            require(mentions, NEEDED, "mentions")
            for row in rows(mentions[list(NEEDED)]):
                self._by_actor[one_line(row["actor"])].append(row)
                self._at[row["article_id"], row["start"], row["end"]] = row

    def forms(self, row: Row) -> Markup | str:
        """Return the forms of an actor, each linked to the first place that reads so."""
        forms = row["aliases"] or []
        if not self._linked:
            return names(forms)
        first: dict[str, Row] = {}
        for place in self._by_actor[one_line(row["actor"])]:
            if place["how"] != "pronoun":
                form = one_line(place["text"])
                opening, _, rest = form.partition(" ")
                # A description is known without the article that it stands with.
                for known in (form, rest) if opening.lower() in words("grammar", "articles") else (form,):
                    first.setdefault(known, place)
        return joined([self._link(first.get(one_line(form)), one_line(form)) for form in forms], ", ")

    def role(self, row: Row) -> Markup | str:
        """Return the role of an actor, linked to the words that give it where those are a mention."""
        role, evidence = one_line(row["role"]), row.get("role_evidence")
        if not evidence:
            return role
        return self._link(self._at.get(tuple(evidence)), role)

    def count(self, row: Row) -> Markup | str:
        """Return the number of mentions, which unfolds to a link for each."""
        found = self._by_actor[one_line(row["actor"])]
        total = f"{int(row['n_mentions'] or 0):,}"
        if not found:
            return total
        links = [self._link(place, number) for number, place in enumerate(found[:SEVERAL], start=1)]
        more = f" and {len(found) - SEVERAL:,} more" if len(found) > SEVERAL else ""
        return tag(
            "details", tag("summary", total), tag("div", joined([joined(links, " "), more]), style="max-width: 14em")
        )

    def _link(self, place: Row | None, label: object) -> Markup:
        if place is None:
            return tag("span", label)
        href = place_anchor(place["article_id"], int(place["start"]), int(place["end"]), self._copy)
        return tag("a", label, href=f"#{href}", title=f"{one_line(place['text'])}, by {place['how']}")
