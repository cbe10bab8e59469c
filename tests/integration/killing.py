"""Runs ``python -m etl load`` as a process of its own, follows its stages, and kills it in one of them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STAGES = ("archiving", "checking", "writing", "committing")
_ENDS = dict(zip(STAGES, (*STAGES[1:], "done"), strict=True))
_ROOT = Path(__file__).parents[2]
_STAGE = re.compile(r"\bstage (\w+)")


@dataclass(frozen=True, slots=True)
class Kill:
    """A moment: so many seconds after a stage's line was seen."""

    stage: str
    delay: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How a load ended: its exit code (negative: the signal that killed it) and when each stage's line was seen."""

    code: int
    seen: Mapping[str, float]
    log: str

    @property
    def killed_in(self) -> str | None:
        """The last stage that was seen, if the process was killed in one; None if it had come to its end before."""
        last = next(reversed(self.seen), None)
        return last if self.code == -signal.SIGKILL and last in STAGES else None

    def seconds(self, stage: str) -> float:
        """How long a stage of a whole load took."""
        return self.seen[_ENDS[stage]] - self.seen[stage]


def run_load(workbook: Path, received_at: str, environment: Mapping[str, str], kill: Kill | None = None) -> Ended:
    """Load a workbook from the command line, to its end or until it and its child are killed."""
    seen: dict[str, float] = {}
    log: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", "etl", "load", str(workbook), "--received-at", received_at],
        cwd=_ROOT,
        env={**os.environ, **environment, "SUPERVISION_LOG_LEVEL": "INFO"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                log.append(line)
                stage = _STAGE.search(line)
                if stage is not None:
                    seen[stage[1]] = time.monotonic()
                    if kill is not None and stage[1] == kill.stage:
                        time.sleep(kill.delay)
                        os.killpg(process.pid, signal.SIGKILL)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return Ended(process.returncode, seen, "".join(log))
