"""The whole set of a month for a meeting, in every form: how long it takes, and how much memory the command and its whole tree hold."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.first_chart import ROOT, demo_year

PUBLISHED = (("ranking", "2022-06"), ("scores", "2022Q2"), ("casualties", "2022"))
PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class SetMade:
    """Seconds, and the largest resident sizes in MiB: of the command itself, and of all processes together."""

    seconds: float
    command_mib: float
    tree_mib: float


def meeting_set(place: Path) -> SetMade:
    """The set of June of the demo year, of which everything is published first; ``place`` is made if it is not there."""
    environment = demo_year(place)
    for report, period in PUBLISHED:
        day = ["--as-of", "2022-06-30"] if report == "casualties" else []
        told_to = [sys.executable, "-m", "dashboards", "publish", report, "--period", period, *day]
        subprocess.run(told_to, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    file = place / "material.zip"
    began = time.perf_counter()
    command = [sys.executable, "-m", "dashboards", "material", "--period", "2022-06", "-o", str(file)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    own = tree = 0.0
    while process.poll() is None:
        sizes = dict(_sizes(process.pid))
        own, tree = max(own, sizes.get(process.pid, 0.0)), max(tree, sum(sizes.values()))
        time.sleep(PAUSE)
    seconds = time.perf_counter() - began
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=process.communicate()[1])
    return SetMade(seconds, own, tree)


def _sizes(root: int) -> Iterator[tuple[int, float]]:
    """(process, MiB that are resident) of a process and all that descend from it; who is gone meanwhile counts nothing."""
    of: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            told = _status(entry)
            of.setdefault(int(told.get("PPid", "0").split()[0]), []).append(int(entry.name))
    ahead = [root]
    while ahead:
        one = ahead.pop()
        ahead += of.get(one, [])
        yield one, int(_status(Path(f"/proc/{one}")).get("VmRSS", "0 kB").split()[0]) / 1024


def _status(process: Path) -> dict[str, str]:
    try:
        lines = (process / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {name: value for name, _colon, value in (line.partition(":") for line in lines)}
