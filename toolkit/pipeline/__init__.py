"""The parsing half: a spaCy ``Language`` that gives tokens, sentences, tags, lemmas, dependency trees and names."""

from toolkit.pipeline.loading import NAME_LABELS, WEIGHTS, load

__all__ = ["NAME_LABELS", "WEIGHTS", "load"]
