"""Reads workbooks in a process of its own: what a hostile file exhausts there is not the server.

The child stays for many files; one that runs out of memory or time is replaced. While one workbook is checked and
written it may begin with the next. What it answers comes with the SHA-256 of the bytes that it read, so that an answer
stands for these bytes and for no other, wherever they lie and whatever became of the file meanwhile.
"""

from __future__ import annotations

import gc
import hashlib
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
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from etl.reading.limits import LARGEST_FILE, Unreadable

_LENGTH = struct.Struct(">Q")
_TAKEN = b"\x06"
"""What the child says when it has a file's name: from here on its end is that file's doing."""
_DIGEST = hashlib.sha256().digest_size
_UNREAD = bytes(_DIGEST)
_MOST_KEPT = 32 * 2**20
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


class _NotTaken(Exception):
    """The child was at its end before it came to the file."""


class Reader:
    """The parent's side: ``read(path)`` gives a Workbook or raises Unreadable."""

    def __init__(self, memory_mib: int, seconds: float) -> None:
        self._memory_mib = memory_mib
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._ahead: Path | None = None
        self._kept: dict[bytes, bytes] = {}
        self._kept_size = 0
        self._digests: dict[Path, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, sha256: str | None = None, *, then: Path | None = None, keep: bool = False):  # type: ignore[no-untyped-def]  # Workbook; named in the child only
        """Read one workbook within the limits; beyond them it is ``too_large``.

        ``sha256`` is that of its bytes, where they are known: an answer to these bytes that is there already will do.
        ``then`` is the file that will be read next, which the child begins with meanwhile. ``keep``: the same bytes will
        be asked for once more.
        """
        wanted = None if sha256 is None else bytes.fromhex(sha256)
        answer = self._taken(wanted) or self._began_with(path, wanted) or self._asked(path)
        if keep:
            self._keep(path, answer)
        if then is not None and self._ahead is None:
            self._begin(then)
        result = _Unpickler(io.BytesIO(memoryview(answer)[_DIGEST:])).load()
        if isinstance(result, Unreadable):
            raise result
        return result

    def _keep(self, path: Path, answer: bytes) -> None:
        digest = answer[:_DIGEST]
        if digest != _UNREAD and digest not in self._kept and self._kept_size + len(answer) <= _MOST_KEPT:
            self._kept_size += len(answer)
            self._kept[digest] = answer
            self._digests[path] = digest

    def _taken(self, wanted: bytes | None) -> bytes | None:
        answer = None if wanted is None else self._kept.pop(wanted, None)
        self._kept_size -= 0 if answer is None else len(answer)
        return answer

    def _began_with(self, path: Path, wanted: bytes | None) -> bytes | None:
        """The answer to what was begun meanwhile, if it is the one that is wanted now."""
        if self._ahead is None:
            return None
        ahead, self._ahead = self._ahead, None
        try:
            answer = self._answer()
        except (_NotTaken, EOFError, TimeoutError):
            self.close()
            return None
        fits = ahead == path if wanted is None else answer[:_DIGEST] == wanted
        return answer if fits else None

    def _asked(self, path: Path) -> bytes:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("too_large")
        with suppress(_NotTaken):
            return self._answer_to(path)
        try:
            return self._answer_to(path)
        except _NotTaken as error:
            raise Unreadable("too_large") from error

    def _answer_to(self, path: Path) -> bytes:
        """What the child says of a file; _NotTaken where it ended before it came to it, so that another can be asked."""
        try:
            self._ask(path)
            return self._answer()
        except (BrokenPipeError, _NotTaken) as error:
            self.close()
            raise _NotTaken from error
        except (EOFError, TimeoutError) as error:
            self.close()
            raise Unreadable("too_large") from error

    def _begin(self, path: Path) -> None:
        """Let the child begin with a file; what is wrong with it will be seen when it is read."""
        if self._digests.get(path) in self._kept:
            return
        try:
            if path.stat().st_size > LARGEST_FILE:
                return
            self._ask(path)
        except BrokenPipeError:
            self.close()
        except OSError:
            return
        else:
            self._ahead = path

    def _ask(self, path: Path) -> None:
        process = self._running()
        assert process.stdin is not None
        process.stdin.write(_framed(str(path).encode()))
        process.stdin.flush()

    def _answer(self) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        return _receive(self._process.stdout, time.monotonic() + self._seconds)

    def close(self) -> None:
        """End the child."""
        self._ahead = None
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
    """What follows "taken" as one framed message; TimeoutError after the deadline.

    EOFError if the child is gone, _NotTaken if it went before it had the file's name.
    """
    handle = pipe.fileno()
    received = bytearray()
    head = len(_TAKEN) + _LENGTH.size
    wanted = head
    while len(received) < wanted:
        ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(handle, 2**20)
        if not part:
            raise EOFError if received else _NotTaken
        received += part
        if len(received) >= head:
            wanted = head + _LENGTH.unpack_from(received, len(_TAKEN))[0]
    return bytes(memoryview(received)[head:])


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
        target.write(_TAKEN)
        target.flush()
        _limit_time(seconds)
        digest = _UNREAD
        try:
            content = path.read_bytes()
            digest = hashlib.sha256(content).digest()
            answer = pickle.dumps(read_workbook(content), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            return
        except Unreadable as refusal:
            answer = pickle.dumps(refusal)
        except BaseException as error:  # a panic of the Rust reader is no Exception; both mean one thing
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            answer = pickle.dumps(Unreadable("not_a_workbook"))
        target.write(_framed(digest + answer))
        target.flush()


def _limit_time(seconds: float) -> None:
    """The parent ends a child that takes too long; one whose parent is gone meanwhile ends by this limit."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]), float(sys.argv[2]))
