"""Explore news coverage of negotiations: who said what, sentiment per actor, timelines of the rounds.

>>> import toolkit as tk
>>> articles = tk.read("seeds/")
>>> coverage = tk.analyze(articles)
>>> coverage.quotations.speaker.value_counts().index[0]
'Volodymyr Zelenskyy'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit import plots, positions, sentiment, views, widgets
    from toolkit.analysis import analyze, annotate, stage, stages
    from toolkit.articles import Article
    from toolkit.citing import cite
    from toolkit.corrections import (
        agreement,
        as_code,
        check,
        correct,
        precision,
        read_corrections,
        sample,
        write_corrections,
    )
    from toolkit.coverage import Coverage
    from toolkit.errors import (
        AnalysisError,
        FileError,
        InputError,
        NotebookError,
        PipelineError,
        ToolkitError,
        ToolkitWarning,
        WordsError,
    )
    from toolkit.frames import frame
    from toolkit.lexicon.reading import words
    from toolkit.linked import explore
    from toolkit.pipeline import load
    from toolkit.reading import read
    from toolkit.sharing import share
    from toolkit.store import analyze_to, open  # noqa: A004 - as one opens a file

__all__ = [
    # What can go wrong.
    "AnalysisError",
    # From files to findings.
    "Article",
    "Coverage",
    "FileError",
    "InputError",
    "NotebookError",
    "PipelineError",
    "ToolkitError",
    "ToolkitWarning",
    "WordsError",
    # How far what was found is right, and how far people agree on it.
    "agreement",
    "analyze",
    # Any number of them, kept in a folder.
    "analyze_to",
    "annotate",
    # Hand corrections, applied again on each run.
    "as_code",
    "check",
    # A statement with its source, for a text of one's own.
    "cite",
    "correct",
    # One linked view, and the same as a page to pass on.
    "explore",
    # A frame of one's own.
    "frame",
    "load",
    "open",
    # Looking at them.
    "plots",
    # Who stands where, by issues of one's own.
    "positions",
    "precision",
    "read",
    "read_corrections",
    "sample",
    # Judging sentences of one's own.
    "sentiment",
    "share",
    # What is done with each article, and stages of one's own.
    "stage",
    "stages",
    "views",
    "widgets",
    # Reading by other word lists.
    "words",
    "write_corrections",
]

_HOMES = {
    "Article": "articles",
    "read": "reading",
    "as_code": "corrections",
    "agreement": "corrections",
    "check": "corrections",
    "correct": "corrections",
    "precision": "corrections",
    "read_corrections": "corrections",
    "sample": "corrections",
    "write_corrections": "corrections",
    "cite": "citing",
    "Coverage": "coverage",
    "analyze": "analysis",
    "analyze_to": "store",
    "annotate": "analysis",
    "stage": "analysis",
    "stages": "analysis",
    "explore": "linked",
    "share": "sharing",
    "frame": "frames",
    "load": "pipeline",
    "open": "store",
    "AnalysisError": "errors",
    "words": "lexicon.reading",
    "FileError": "errors",
    "InputError": "errors",
    "NotebookError": "errors",
    "PipelineError": "errors",
    "ToolkitError": "errors",
    "ToolkitWarning": "errors",
    "WordsError": "errors",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that ``import toolkit`` is quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOMES.get(name, name)}")
    value = getattr(module, name) if name in _HOMES else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
