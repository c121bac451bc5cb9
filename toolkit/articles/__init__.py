"""Read articles from text files, folders, tables and DataFrames, every character where its file has it."""

from __future__ import annotations

from toolkit.articles._article import Article, Articles, PublishedBasis
from toolkit.articles._dates import parse_date
from toolkit.articles._outcomes import LeftOut, Problem, Report
from toolkit.articles._read import read
from toolkit.articles._sources import Source

__all__ = ["Article", "Articles", "LeftOut", "Problem", "PublishedBasis", "Report", "Source", "parse_date", "read"]
