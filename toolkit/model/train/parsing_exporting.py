"""A fitted reader as the files that the package carries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.doc_words import LONGEST
from toolkit.model.parser import LAYOUT, LEMMAS, MODEL, RELATIONS
from toolkit.model.train.exporting import watched_maxima, watched_tops
from toolkit.model.train.graph import build_reader
from toolkit.model.train.predicting import read_windows
from toolkit.model.train.starting import write_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.model.doc_words import DocWords
    from toolkit.model.lemmas import LemmaRules
    from toolkit.model.parsing_labels import Labels
    from toolkit.model.train.reader import Reader


NAME = "toolkit_news"
VERSION = "2.0.0"
"""Of the weights: raised with every set of them that is packaged."""
PIPELINE = ("toolkit_sentences", "toolkit_parser", "toolkit_names")


@dataclass(frozen=True, slots=True)
class Finished:
    """What is packaged: the reader, its labels, the lemma rules, how it was made.

    ``sample`` are texts that tell how large states become.
    """

    model: Reader
    labels: Labels
    lemmas: LemmaRules
    recipe: dict[str, Any]
    sample: Sequence[DocWords]


def export(finished: Finished, folder: Path) -> None:
    """Write the pipeline's files into ``folder``."""
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    model = finished.model
    weights = {name: values.float().numpy() for name, values in model.state_dict().items()}

    def read() -> None:
        for text in finished.sample:
            list(read_windows(model, text))

    tops = watched_maxima(model.layers, read) | watched_tops(model.layers, read)
    onnx.save(build_reader(weights, tops, LONGEST), folder / MODEL)
    np.save(folder / RELATIONS, weights["head.relation"].astype(np.float16))
    lemmas = json.dumps(finished.lemmas.as_dict(), ensure_ascii=False)
    (folder / LEMMAS).write_text(lemmas + "\n", encoding="utf-8")
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (MODEL, RELATIONS, LEMMAS)}
    about = {"layout": LAYOUT, "name": NAME, "version": VERSION, "license": "see CARD.md", "sha256": digests}
    write_settings(about | {"labels": finished.labels.as_dict()}, folder)
    write_config(finished.recipe, folder / "config.cfg")


def write_config(recipe: dict[str, Any], path: Path) -> None:
    """Write spaCy's ``config.cfg`` of the pipeline; its section ``recipe`` says how the weights were learned."""
    from spacy.util import load_config_from_str

    config = load_config_from_str("[nlp]\n[components]\n[recipe]\n")
    config["nlp"] = {"lang": "en", "pipeline": list(PIPELINE)}
    config["components"] = {name: {"factory": name} for name in PIPELINE}
    config["recipe"] = recipe
    config.to_disk(path)
