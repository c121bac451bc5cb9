from __future__ import annotations

import subprocess
import sys

HEAVY = ("spacy", "onnxruntime", "torch", "pandas", "numpy", "matplotlib", "tokenizers", "ipywidgets", "nbclient")
CODE = f"""
import sys, time
begin = time.process_time()
import toolkit
print(time.process_time() - begin)
import toolkit.cli, toolkit.render
print([name for name in {HEAVY!r} if name in sys.modules])
for name in toolkit.__all__:
    getattr(toolkit, name)
print(len(dir(toolkit)))
"""


def test_importing_is_quick_and_loads_nothing_heavy_and_every_public_name_can_be_had() -> None:
    ran = subprocess.run([sys.executable, "-W", "error", "-c", CODE], capture_output=True, text=True, check=True)
    seconds, heavy, names = ran.stdout.splitlines()
    assert float(seconds) < 0.3
    assert (heavy, ran.stderr) == ("[]", "")
    assert int(names) > 15
