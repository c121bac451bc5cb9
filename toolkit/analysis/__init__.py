"""From articles to a coverage."""

from toolkit.analysis.analyze import SPANS, Reading, analyze, annotate, read_document

__all__ = ["SPANS", "Reading", "analyze", "annotate", "read_document"]
