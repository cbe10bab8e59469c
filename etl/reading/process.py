"""The process in which workbooks are read: it is started, talked to and ended here, within its limits."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from data.environment import bare_environment
from etl.reading.protocol import Answer, name_of

MODULE = "etl.reading.child"
_ROOT = Path(__file__).parents[2]


class ReadingProcess:
    """``python -m`` MODULE, there from when it is first needed until it is ended; then another one is started.

    ``memory_mib`` is its limit on memory, ``seconds`` how long each of its answers may take.
    """

    def __init__(self, memory_mib: int, seconds: float) -> None:
        self.memory_mib = memory_mib
        self.seconds = seconds
        self.running: subprocess.Popen[bytes] | None = None
        self.asked = 0
        """How many files the process that is there was asked for."""

    def start(self) -> subprocess.Popen[bytes]:
        """The process that is there, or a new one."""
        if self.running is None or self.running.poll() is not None:
            self.end()
            self.asked = 0
            self.running = subprocess.Popen(  # noqa: S603  # our own module, no shell
                [sys.executable, "-m", MODULE, str(self.memory_mib), str(self.seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=bare_environment(PYTHONPATH=str(_ROOT)),
            )
        return self.running

    def ask(self, path: Path) -> None:
        """Name a file to it, whose answer must be taken before the next is named. BrokenPipeError where it is gone."""
        process = self.start()
        assert process.stdin is not None
        self.asked += 1
        process.stdin.write(name_of(path))
        process.stdin.flush()

    def answer(self) -> Answer:
        """Its answer to the file that was named last; TimeoutError, EOFError and NotTaken as an answer has them."""
        assert self.running is not None
        assert self.running.stdout is not None
        return Answer(self.running.stdout, self.seconds)

    def end(self) -> None:
        """End it, whatever it does."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            for pipe in (self.running.stdin, self.running.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):  # a name that it did not take ends with it
                        pipe.close()
            self.running = None
