"""Sentiment toward actors: who is spoken of how, and by whom, and what it comes to for each."""

from toolkit.sentiment.classifying import classify
from toolkit.sentiment.opinions import add_judged, find_opinions

__all__ = ["add_judged", "classify", "find_opinions"]
