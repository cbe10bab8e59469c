"""Reads workbooks in a process of its own: what a hostile file exhausts there is not the server.

The child stays for many files; one that runs out of memory or time is replaced.
"""

from __future__ import annotations

import gc
import io
import math
import os
import pickle
import resource
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from etl.reading.limits import LARGEST_FILE, Unreadable

_LENGTH = struct.Struct(">Q")
_ALLOWED = {
    ("etl.reading.sheets", "Workbook"),
    ("etl.reading.sheets", "Sheet"),
    ("etl.reading.limits", "Unreadable"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
}
_ROOT = Path(__file__).parents[2]


class Reader:
    """The parent's side: ``read(path)`` gives a Workbook or raises Unreadable."""

    def __init__(self, memory_mib: int, seconds: float) -> None:
        self._memory_mib = memory_mib
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path):  # type: ignore[no-untyped-def]  # Workbook; named in the child only
        """Read one workbook within the limits; beyond them it is ``too_large``."""
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("too_large")
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(_framed(str(path).encode()))
            process.stdin.flush()
            answer = _receive(process.stdout, time.monotonic() + self._seconds)
        except (BrokenPipeError, EOFError, TimeoutError) as error:
            self.close()
            raise Unreadable("too_large") from error
        result = _Unpickler(io.BytesIO(answer)).load()
        if isinstance(result, Unreadable):
            raise result
        return result

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(  # noqa: S603  # our own module, no shell
                [sys.executable, "-m", "etl.reading.child", str(self._memory_mib), str(self._seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
            )
        return self._process


class _Unpickler(pickle.Unpickler):
    """Only cells and sheets come out of the child, whatever went into it."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__(source)
        self._found: dict[tuple[str, str], object] = {}

    def find_class(self, module: str, name: str) -> object:
        """Asked for every date; so it is looked up once."""
        found = self._found.get((module, name))
        if found is None:
            if (module, name) not in _ALLOWED:
                raise pickle.UnpicklingError(f"{module}.{name}")
            found = self._found[module, name] = super().find_class(module, name)
        return found


def _framed(message: bytes) -> bytes:
    return _LENGTH.pack(len(message)) + message


def _receive(pipe, deadline: float) -> bytes:  # type: ignore[no-untyped-def]  # a BufferedReader over a pipe
    """One framed message; TimeoutError after the deadline, EOFError if the child is gone."""
    handle = pipe.fileno()
    received = bytearray()
    wanted = _LENGTH.size
    while len(received) < wanted:
        ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(handle, 2**20)
        if not part:
            raise EOFError
        received += part
        if len(received) >= _LENGTH.size:
            wanted = _LENGTH.size + _LENGTH.unpack_from(received)[0]
    return bytes(memoryview(received)[_LENGTH.size :])


def serve(source: BinaryIO, target: BinaryIO, memory_mib: int, seconds: float) -> None:
    """The child's side: read the files that are named, until the parent goes.

    Out of memory it ends without an answer, as it also does where the reader's allocator gives up: both mean too large.
    """
    from etl.reading.workbook import read_workbook

    limit = memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    gc.disable()  # cells are in no cycles, and there are millions of them
    while header := source.read(_LENGTH.size):
        path = Path(source.read(_LENGTH.unpack(header)[0]).decode())
        _limit_time(seconds)
        try:
            answer = pickle.dumps(read_workbook(path.read_bytes()), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            return
        except Unreadable as refusal:
            answer = pickle.dumps(refusal)
        except BaseException as error:  # a panic of the Rust reader is no Exception; both mean one thing
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            answer = pickle.dumps(Unreadable("not_a_workbook"))
        target.write(_framed(answer))
        target.flush()


def _limit_time(seconds: float) -> None:
    """The parent ends a child that takes too long; one whose parent is gone meanwhile ends by this limit."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]), float(sys.argv[2]))
