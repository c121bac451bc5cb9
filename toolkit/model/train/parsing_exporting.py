"""A fitted parsing network as the files that the package carries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.parser import LAYOUT
from toolkit.model.train.parsing_graph import build_graph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from torch import nn

    from toolkit.model.lemmas import LemmaRules
    from toolkit.model.parsing_labels import Labels


NAME = "toolkit_news"
VERSION = "1.0.0"
"""Of the weights: raised with every set of them that is packaged."""
PIPELINE = ("toolkit_sentences", "toolkit_parser", "toolkit_names")


@dataclass(frozen=True, slots=True)
class Finished:
    """What is packaged: the network, the words of its vectors, its labels, the lemma rules, how it was made."""

    model: nn.Module
    words: Sequence[str]
    labels: Labels
    lemmas: LemmaRules
    recipe: dict[str, Any]


def export(finished: Finished, folder: Path) -> None:
    """Write the pipeline's files into ``folder``."""
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: values.float().numpy() for name, values in finished.model.state_dict().items()}
    onnx.save(build_graph(weights), folder / "network.onnx")
    np.save(folder / "relations.npy", weights["relation"].astype(np.float16))
    (folder / "words.txt").write_text("\n".join(finished.words), encoding="utf-8")
    _write(folder / "lemmas.json", finished.lemmas.as_dict())
    digest = hashlib.sha256((folder / "network.onnx").read_bytes()).hexdigest()
    about = {"layout": LAYOUT, "name": NAME, "version": VERSION, "license": "see CARD.md", "sha256": digest}
    _write(folder / "settings.json", about | {"labels": finished.labels.as_dict()})
    write_config(finished.recipe, folder / "config.cfg")


def write_config(recipe: dict[str, Any], path: Path) -> None:
    """Write spaCy's ``config.cfg`` of the pipeline; its section ``recipe`` says how the weights were learned."""
    from spacy.util import load_config_from_str

    config = load_config_from_str("[nlp]\n[components]\n[recipe]\n")
    config["nlp"] = {"lang": "en", "pipeline": list(PIPELINE), "batch_size": 16}
    config["components"] = {name: {"factory": name} for name in PIPELINE}
    config["recipe"] = recipe
    config.to_disk(path)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
