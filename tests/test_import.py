from __future__ import annotations

import re
import subprocess
import sys

HEAVY = ("spacy", "onnxruntime", "pandas", "numpy", "matplotlib", "ipywidgets", "anywidget", "tokenizers")


def test_importing_is_quick_and_loads_nothing_heavy() -> None:
    code = f"import sys, toolkit; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
    (microseconds,) = re.findall(r"\|\s+(\d+) \| toolkit$", ran.stderr, re.MULTILINE)
    assert int(microseconds) < 300_000


def test_every_public_name_can_be_imported_alone() -> None:
    code = "import toolkit\nfor name in toolkit.__all__: getattr(toolkit, name)\nprint(len(dir(toolkit)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 15
