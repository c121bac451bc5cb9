"""From the source of a quotation to the actor who speaks: names, descriptions, pronouns, and the "I" in quotations."""

from toolkit.speakers._further import further_mentions
from toolkit.speakers._resolve import resolve_speakers

__all__ = ["further_mentions", "resolve_speakers"]
