"""Runs sides in processes of their own, turn by turn, and keeps the middle of what they measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median

Middle = dict[str, float]
_ROOT = Path(__file__).parents[2]


def measure_in_turns(sides: Mapping[str, tuple[str, Path]], times: int) -> dict[str, Middle]:
    """Key → medians of what a side measured; a machine that slows down meanwhile slows all of them."""
    runs: dict[str, list[dict[str, float]]] = {key: [] for key in sides}
    for _ in range(times):
        for key, (side, given) in sides.items():
            runs[key].append(_run(side, given))
    return {key: {name: median(one[name] for one in done) for name in done[0]} for key, done in runs.items()}


def _run(side: str, given: Path) -> dict[str, float]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.sides", side, str(given)],
        cwd=_ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    measured: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return measured


def prepare_environment(place: Path) -> None:
    """Modules are compiled once, as in any installation, but outside the source; no setting of the caller is taken over."""
    for name in [name for name in os.environ if name.startswith("SUPERVISION_")]:
        del os.environ[name]
    os.environ["PYTHONPYCACHEPREFIX"] = str(place / "bytecode")
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
