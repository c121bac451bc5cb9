"""Sentiment toward actors: who is spoken of how, and by whom, and what it comes to for each."""

from toolkit.sentiment.opinions import classify, find_opinions

__all__ = ["classify", "find_opinions"]
