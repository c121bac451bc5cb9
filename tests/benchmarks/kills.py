"""Killed with SIGKILL at twenty random moments and started again: python tests/benchmarks/kills.py.

Each moment is a call that changes the disk; printed are the share of the work done by then, the parts that stood whole,
and the articles that were left to read. The program stops where frames differ from those of a run that nobody killed.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from test_store import KILLED  # noqa: E402 - the tests are no package

MOMENTS = 20

if __name__ == "__main__":
    moments = sorted(random.sample(range(1, 100), MOMENTS))
    paths = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    print("share of calls %, parts whole, articles read after")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-W", "ignore", "-c", KILLED, folder, ",".join(map(str, moments))]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": paths})
