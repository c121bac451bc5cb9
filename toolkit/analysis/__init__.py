"""From articles to a coverage: stages over one article, spread over processes, and what only all together tell."""

from toolkit.analysis.analyzing import analyze
from toolkit.analysis.annotating import SPANS, annotate
from toolkit.analysis.chain import Stage, Stages, stage
from toolkit.analysis.own import read_document, stages
from toolkit.analysis.reading import Failure, Reading

__all__ = ["SPANS", "Failure", "Reading", "Stage", "Stages", "analyze", "annotate", "read_document", "stage", "stages"]
