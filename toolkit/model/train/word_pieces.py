"""Recipe of the word pieces' vectors that all encoders of the package share: those of all-MiniLM-L6-v2, as bytes.

    python -m toolkit.model.train.word_pieces --out DIR

Writes DIR/encoder. The encoders' own recipes leave these vectors as they are.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.train.starting import pretrained_folder, run_recipe
from toolkit.model.word_pieces import TOKENIZER, VECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 127


def build(out: Path) -> Path:
    """Write tokenizer and vectors into ``out / "encoder"``, and return that folder."""
    from safetensors.numpy import load_file

    source, folder = pretrained_folder(), out / "encoder"
    folder.mkdir(parents=True, exist_ok=True)
    vectors = load_file(source / "model.safetensors")["embeddings.word_embeddings.weight"].astype(np.float32)
    scales = (np.maximum(np.abs(vectors).max(1, keepdims=True), 1e-8) / LARGEST).astype(np.float32)
    path = folder / VECTORS
    np.savez(path, rows=np.round(vectors / scales).astype(np.int8), scales=scales)
    shutil.copy(source / "tokenizer.json", folder / TOKENIZER.name)
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the finished files")
    return run_recipe(parser, arguments, lambda given: build(given.out))


if __name__ == "__main__":
    raise SystemExit(main())
