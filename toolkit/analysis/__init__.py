"""From articles to a coverage: stages over one article, spread over processes, and what only all together tell."""

from toolkit.analysis.analyze import analyze
from toolkit.analysis.annotating import SPANS, annotate
from toolkit.analysis.own import read_document, stages
from toolkit.analysis.reading import Failure, Reading
from toolkit.analysis.stages import Stage, Stages, stage

__all__ = ["SPANS", "Failure", "Reading", "Stage", "Stages", "analyze", "annotate", "read_document", "stage", "stages"]
