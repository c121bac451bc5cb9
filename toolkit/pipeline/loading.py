"""The parsing half: a spaCy ``Language`` that gives tokens, sentences, tags, lemmas, dependency trees and names."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from toolkit.errors import PipelineError
from toolkit.packaged import read_text

if TYPE_CHECKING:
    from spacy.language import Language

NAME_LABELS = frozenset(["PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"])
"""Entity labels that the rest of the toolkit reads; others (dates, numbers) are passed over."""

WEIGHTS: Final = "toolkit_weights"
"""Key of ``Language.meta``: the SHA-256 of the packaged weights of the parsing half."""

_LONGEST = 10_000_000


@cache
def load(name: str | None = None) -> Language:
    """Return the language pipeline, loaded once.

    The toolkit's own has the labels of ``en_core_web_*``: Penn Treebank tags, ClearNLP's dependencies, names of the
    kinds PERSON, ORG, GPE, LOC, NORP and FAC. Its weights are in the package; nothing is downloaded.

    Parameters
    ----------
    name : str, optional
        An installed spaCy English pipeline to take instead of the toolkit's own, such as ``"en_core_web_trf"``, or the
        path of one. It must set sentences and entities.

    Raises
    ------
    PipelineError
        If the named pipeline is not installed or not compatible, or gives no sentences or no entities.
    """
    return _own() if name is None else _installed(name)


def _own() -> Language:
    from spacy.util import load_config_from_str, load_model_from_config

    import toolkit.pipeline.components  # noqa: F401 - spaCy knows the components from then on
    from toolkit.model.parser import FOLDER, MODEL, read_parser_settings

    settings = read_parser_settings()
    nlp = load_model_from_config(load_config_from_str(read_text(FOLDER / "config.cfg")), auto_fill=True)
    nlp.max_length = _LONGEST
    nlp.meta.update(name=settings["name"], version=settings["version"], license=settings["license"])
    nlp.meta[WEIGHTS] = settings["sha256"][MODEL]
    return nlp


def _installed(name: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(
            f"the spaCy pipeline {name!r} is not installed. Install it (python -m spacy download {name}), "
            "or call load() without a name for the pipeline that comes with the toolkit."
        ) from error
    except (ValueError, ImportError, KeyError) as error:
        raise PipelineError(
            f"the spaCy pipeline {name!r} cannot be loaded: {error}. It may be made for another version of spaCy "
            f"than {version('spacy')}, or need a package that is not installed."
        ) from error
    if nlp.lang != "en":
        raise PipelineError(f"the spaCy pipeline {name!r} reads the language {nlp.lang!r}; the toolkit reads English.")
    if "ner" not in nlp.pipe_names and "entity_ruler" not in nlp.pipe_names:
        raise PipelineError(
            f"the spaCy pipeline {name!r} finds no names: it has {', '.join(nlp.pipe_names) or 'no components'}. "
            "Take one with an entity recogniser, such as en_core_web_sm."
        )
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        raise PipelineError(f"the spaCy pipeline {name!r} sets no sentences; add_pipe('sentencizer') mends that.")
    return nlp
