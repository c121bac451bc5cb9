"""Who speaks, where it is given what was said: sources resolved to actors on 24 PolNeAR articles.

    python tests/benchmarks/speakers.py [DATA] [--part all|seen|unseen] [--errors N]

DATA is the folder that holds ``attribution/`` (default: the environment variable TOOLKIT_DATA); the resolved gold
stands in ``gold/speakers/`` and the scorer in ``scorers/`` beside it. The sources and contents of the gold are handed
to the toolkit, so that the figures tell of the resolution alone. Every fourth article was left unread while the rules
were made: ``--part unseen``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
from _data import data_folder

from toolkit import load
from toolkit.actors import find_actors
from toolkit.records import Quotation
from toolkit.speakers import resolve_speakers

if TYPE_CHECKING:
    from spacy.language import Language

    from toolkit.actors import Cast

_EVERY = 4


def main() -> None:
    """Measure and print."""
    options = _parser().parse_args()
    data = data_folder(options.data, "attribution")
    with gzip.open(data / "attribution" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {article["file"]: article["text"] for article in map(json.loads, lines)}
    gold = sorted((data.parent / "gold" / "speakers" / "dev").glob("*.json"))
    parts = ["all", "seen", "unseen"] if options.part == "each" else [options.part]
    for part in parts:
        chosen = [
            path for number, path in enumerate(gold) if part == "all" or (number % _EVERY == 3) == (part == "unseen")
        ]
        scorer = data.parent / "scorers" / "score_speakers.py"
        print(f"{part}\n{_report(scorer, chosen, texts, errors=options.errors)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds attribution/")
    parser.add_argument("--part", default="each", choices=["each", "all", "seen", "unseen"])
    parser.add_argument("--errors", type=int, default=0, help="number of wrong speakers to list")
    return parser


def _report(scorer: Path, gold: list[Path], texts: dict[str, str], *, errors: int) -> str:
    """Return the scorer's table for some articles."""
    nlp = load()
    with tempfile.TemporaryDirectory() as folder:
        chosen, written = Path(folder, "gold"), Path(folder, "text")
        chosen.mkdir()
        written.mkdir()
        with Path(folder, "predicted.jsonl").open("w", encoding="utf-8") as out:
            for path in gold:
                shutil.copy(path, chosen)
                article = json.loads(path.read_text(encoding="utf-8"))
                text = texts[article["file"]]
                (written / f"{article['file']}.txt").write_text(text, encoding="utf-8", newline="")
                out.write(json.dumps(_predicted(nlp, article, text)) + "\n")
        arguments = ["--gold", chosen, "--pred", Path(folder, "predicted.jsonl"), "--text", written, "--errors", errors]
        command = [sys.executable, str(scorer), *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _predicted(nlp: Language, article: dict[str, Any], text: str) -> dict[str, Any]:
    doc = nlp(text)
    cast = find_actors(doc)
    sourced = [_quotation(row, text) for row in article["attributions"] if row["source"]]
    found = resolve_speakers(doc, sourced, cast)
    rows = [
        {
            "id": quotation.quotation_id,
            "content": quotation.spans,
            "speaker": _in_article(cast, quotation.speaker, text),
        }
        for quotation in found
    ]
    actors = [{"name": actor.name, "aliases": actor.aliases} for actor in cast.actors.values()]
    return {"file": article["file"], "attributions": rows, "actors": actors}


def _in_article(cast: Cast, name: str | None, text: str) -> str | None:
    """Return a listed body under its most complete form in the article, as the gold names it."""
    if name is None or cast.actors[name].kind != "organisation":
        return name
    return max((form for form in cast.actors[name].aliases if form in text), key=len, default=name)


def _quotation(row: dict[str, Any], text: str) -> Quotation:
    """Return a gold attribution as the toolkit's own search would give it."""
    source = row["source"][0][0], row["source"][-1][1]
    cue = (row["cue"][0][0], row["cue"][-1][1]) if row.get("cue") else None
    return Quotation(
        quotation_id=row["id"],
        article_id="",
        spans=tuple((start, end) for start, end in row["content"]) or (source,),
        text=" ".join(text[start:end] for start, end in row["content"]),
        kind=row["auto"]["quote"],
        cue_span=cue,
        cue=text[slice(*cue)] if cue else None,
        source_span=source,
        source_text=text[slice(*source)],
    )


if __name__ == "__main__":
    main()
