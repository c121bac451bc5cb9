"""Sentiment toward actors: who judges whom, and what it comes to for each.

A row with a polarity says that its holder, in the article's account, judges its target. That something happens to the
target, is asked or expected of it, or is done by it, is no judgement; the outlet holds only those that its own words
make.
"""

from toolkit.sentiment.classifying import classify
from toolkit.sentiment.opinions import add_judged, find_opinions

__all__ = ["add_judged", "classify", "find_opinions"]
