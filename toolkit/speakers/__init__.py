"""From the source of a quotation to the actor who speaks: names, descriptions, pronouns, and the "I" in quotations."""

from toolkit.speakers._further import add_further, further_mentions
from toolkit.speakers._resolve import resolve_speakers
from toolkit.speakers._spans import Holding

__all__ = ["Holding", "add_further", "further_mentions", "resolve_speakers"]
