"""The article, a list of articles, and what is told of them."""

from __future__ import annotations

from toolkit.articles._article import Article, Articles, PublishedBasis
from toolkit.articles._outcomes import LeftOut, Problem, Report

__all__ = ["Article", "Articles", "LeftOut", "Problem", "PublishedBasis", "Report"]
