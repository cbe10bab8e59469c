"""Runs ``python -m etl load`` as a process of its own, stage by stage, and kills it in one of them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import IO

STAGES = ("archiving", "checking", "writing", "committing")
_ENDS = dict(zip(STAGES, (*STAGES[1:], "done"), strict=True))
_ROOT = Path(__file__).parents[2]
_STAGE = re.compile(rb"^stage (\w+)$")


@dataclass(frozen=True, slots=True)
class Kill:
    """A moment: so many seconds after a stage was begun, or the stage's end where that comes first."""

    stage: str
    delay: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How a load ended: its exit code (negative: the signal that killed it) and when each stage was begun."""

    code: int
    seen: Mapping[str, float]
    log: str

    @property
    def killed_in(self) -> str | None:
        """The stage in which the process was killed; None if it came to its end."""
        return next(reversed(self.seen)) if self.code == -signal.SIGKILL else None

    def seconds(self, stage: str) -> float:
        """How long a stage of a whole load took."""
        return self.seen[_ENDS[stage]] - self.seen[stage]


def run_load(workbook: Path, received_at: str, environment: Mapping[str, str], kill: Kill | None = None) -> Ended:
    """Load a workbook from the command line, to its end or until it and its child are killed."""
    seen: dict[str, float] = {}
    log: list[bytes] = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.integration.step_by_step", "load", str(workbook), "--received-at", received_at],
        cwd=_ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            for stage in _stages(process.stderr, log):
                seen[stage] = time.monotonic()
                process.stdin.write(b"\n")
                if kill is not None and stage == kill.stage:
                    select([process.stderr], [], [], kill.delay)
                    break
            else:
                return Ended(process.wait(), seen, _text(log))
            os.killpg(process.pid, signal.SIGKILL)
            log += process.stderr
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return Ended(process.returncode, seen, _text(log))


def _stages(lines: IO[bytes], log: list[bytes]) -> Iterator[str]:
    """Each stage that the load would begin; what else it says goes to the log alone."""
    for line in lines:
        log.append(line)
        stage = _STAGE.match(line.rstrip())
        if stage is not None:
            yield stage[1].decode()


def _text(log: list[bytes]) -> str:
    return b"".join(log).decode()
