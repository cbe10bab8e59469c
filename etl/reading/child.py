"""Reads workbooks in a process of its own: what a hostile file exhausts there is not the server.

The child stays for many files; one that runs out of memory or time is replaced. While one workbook is checked and
written it may begin with the next. Its answer comes in pieces, which are taken apart here while the rest is read there,
and with the SHA-256 of the bytes that it read, so that it stands for these bytes and for no other, wherever they lie
and whatever became of the file meanwhile.
"""

from __future__ import annotations

import gc
import hashlib
import math
import os
import pickle
import resource
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self

from etl.reading.environment import bare_environment
from etl.reading.limits import LARGEST_FILE, Unreadable
from etl.reading.memory import Memory
from etl.reading.sheets import Part, Workbook, assembled

_LENGTH = struct.Struct(">Q")
_TAKEN = b"\x06"
"""What the child says when it has a file's name: from here on its end is that file's doing."""
_DIGEST = hashlib.sha256().digest_size
_UNREAD = bytes(_DIGEST)
_MOST_KEPT = 32 * 2**20
_ALLOWED = {
    ("etl.reading.sheets", "Workbook"),
    ("etl.reading.sheets", "Sheet"),
    ("etl.reading.sheets", "Shown"),
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
        self._kept: dict[bytes, list[bytes]] = {}
        self._kept_size = 0
        self._digests: dict[Path, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, sha256: str | None = None, *, then: Path | None = None, keep: bool = False) -> Workbook:
        """Read one workbook within the limits; beyond them it is ``too_large``.

        ``sha256`` is that of its bytes, where they are known: an answer to these bytes that is there already will do.
        ``then`` is the file that will be read next, which the child begins with meanwhile. ``keep``: the same bytes will
        be asked for once more.
        """
        wanted = None if sha256 is None else bytes.fromhex(sha256)
        result = self._result(path, wanted, path if keep else None)
        self.begin(then)
        if isinstance(result, Unreadable):
            raise result
        return result

    def _result(self, path: Path, wanted: bytes | None, keep_for: Path | None) -> Workbook | Unreadable:
        kept = self._taken(wanted)
        if kept is not None:
            return _understood(kept)
        begun = self._began_with(path, wanted)
        if begun is not None:
            with suppress(EOFError, TimeoutError):
                return self._heard(begun, keep_for)
        try:
            return self._heard(self._asked(path), keep_for)
        except (EOFError, TimeoutError) as error:
            raise Unreadable("too_large") from error

    def _heard(self, answer: _Answer, keep_for: Path | None) -> Workbook | Unreadable:
        """What an answer comes to. Of a child whose answer breaks off nothing more is expected."""
        kept: list[bytes] = []
        pieces = answer.pieces() if keep_for is None else _noting(answer.pieces(), kept)
        try:
            result = _understood(pieces)
        except BaseException:
            self.close()
            raise
        if keep_for is not None:
            self._keep(keep_for, answer.digest, kept)
        return result

    def _taken(self, wanted: bytes | None) -> list[bytes] | None:
        pieces = None if wanted is None else self._kept.pop(wanted, None)
        self._kept_size -= sum(map(len, pieces or ()))
        return pieces

    def _keep(self, path: Path, digest: bytes, pieces: list[bytes]) -> None:
        size = sum(map(len, pieces))
        if digest != _UNREAD and digest not in self._kept and self._kept_size + size <= _MOST_KEPT:
            self._kept_size += size
            self._kept[digest] = pieces
            self._digests[path] = digest

    def _began_with(self, path: Path, wanted: bytes | None) -> _Answer | None:
        """The answer to what was begun meanwhile, if it is the one that is wanted now."""
        if self._ahead is None:
            return None
        ahead, self._ahead = self._ahead, None
        try:
            answer = self._answer()
            if ahead == path if wanted is None else answer.digest == wanted:
                return answer
            for _ in answer.pieces():
                pass
        except (_NotTaken, EOFError, TimeoutError):
            self.close()
        return None

    def _asked(self, path: Path) -> _Answer:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("too_large")
        with suppress(_NotTaken):
            return self._answer_to(path)
        try:
            return self._answer_to(path)
        except _NotTaken as error:
            raise Unreadable("too_large") from error

    def _answer_to(self, path: Path) -> _Answer:
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

    def begin(self, path: Path | None) -> None:
        """Let the child begin with a file; what is wrong with it will be seen when it is read."""
        if path is None or self._ahead is not None or self._digests.get(path) in self._kept:
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
        process.stdin.write(_framed(os.fsencode(path)))
        process.stdin.flush()

    def _answer(self) -> _Answer:
        assert self._process is not None
        assert self._process.stdout is not None
        return _Answer(self._process.stdout, self._seconds)

    def start(self) -> None:
        """Let the child come to itself, which takes longer than reading a small workbook."""
        self._running()

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
                env=bare_environment(PYTHONPATH=str(_ROOT)),
            )
        return self._process


class _Unpickler(pickle.Unpickler):
    """Only cells and sheets come out of the child, whatever went into it."""

    def __init__(self, source: _Source) -> None:
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


class _Answer:
    """What the child says of one file, as it comes: ``digest``, the SHA-256 of its bytes, then ``pieces()``.

    TimeoutError after the deadline, EOFError if the child is gone, _NotTaken if it went before it had the file's name.
    """

    def __init__(self, pipe: IO[bytes], seconds: float) -> None:
        self._handle = pipe.fileno()
        self._deadline = time.monotonic() + seconds
        self._received = bytearray()
        self._at = 0
        try:
            self._take(len(_TAKEN))
        except EOFError as error:
            raise _NotTaken from error
        self.digest = self._take(_DIGEST)

    def pieces(self) -> Iterator[bytes]:
        """Everything up to the end of the answer."""
        while size := _LENGTH.unpack(self._take(_LENGTH.size))[0]:
            yield self._take(size)

    def _take(self, size: int) -> bytes:
        received = self._received
        while len(received) - self._at < size:
            del received[: self._at]
            self._at = 0
            ready, _, _ = select.select([self._handle], [], [], max(0.0, self._deadline - time.monotonic()))
            if not ready:
                raise TimeoutError
            part = os.read(self._handle, 2**20)
            if not part:
                raise EOFError
            received += part
        with memoryview(received) as view:
            taken = bytes(view[self._at : self._at + size])
        self._at += size
        return taken


def _noting(pieces: Iterable[bytes], kept: list[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        kept.append(piece)
        yield piece


def _understood(pieces: Iterable[bytes]) -> Workbook | Unreadable:
    """The workbook that an answer holds, or the refusal with which it ends."""
    refusals: list[Unreadable] = []
    book = assembled(_parts_in(pieces, refusals))
    return refusals[0] if refusals else book


class _Source:
    """What an answer's pieces say, to be read on without putting them together."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = memoryview(b"")

    @property
    def ended(self) -> bool:
        """Whether nothing more is said."""
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return True
            self._piece = memoryview(piece)
        return False

    def read(self, size: int) -> bytes:
        """The next bytes; fewer at the end."""
        parts = []
        while size and not self.ended:
            parts.append(self._piece[:size])
            self._piece = self._piece[size:]
            size -= len(parts[-1])
        return b"".join(parts)

    def readline(self) -> bytes:
        """What a pickle of this protocol never asks for."""
        raise pickle.UnpicklingError("lines")


def _parts_in(pieces: Iterable[bytes], refusals: list[Unreadable]) -> Iterator[Part]:
    source = _Source(pieces)
    unpickler = _Unpickler(source)
    while not source.ended:
        part = unpickler.load()
        if isinstance(part, Unreadable):
            refusals.append(part)
        else:
            yield part


def serve(source: BinaryIO, target: BinaryIO, memory_mib: int, seconds: float) -> None:
    """The child's side: read the files that are named, until the parent goes.

    Out of memory it ends without an answer, as it also does where the reader's allocator gives up: both mean too large.
    """
    from etl.reading.workbook import read_in_parts

    memory = Memory(memory_mib)
    gc.disable()  # cells are in no cycles, and there are millions of them
    while header := source.read(_LENGTH.size):
        path = Path(os.fsdecode(source.read(_LENGTH.unpack(header)[0])))
        target.write(_TAKEN)
        target.flush()
        _limit_time(seconds)
        try:
            _tell(path, partial(read_in_parts, measured=memory.limit_for), target)
        except MemoryError:
            return
        target.flush()


def _tell(path: Path, read: Callable[[bytes], Iterator[Part]], target: BinaryIO) -> None:
    """Say what a file holds: the SHA-256 of its bytes, its parts, pickled one by one as they come, and an empty piece."""
    digest = _UNREAD
    parts: Iterator[Part | Unreadable] = _refused()
    with suppress(OSError):
        content = path.read_bytes()
        digest, parts = hashlib.sha256(content).digest(), _parts(read, content)
    pieces = _Pieces(target, digest)
    pickler = pickle.Pickler(pieces, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # a cell comes once; a memory of all that was said would only hold on to it
    for part in parts:
        pickler.dump(part)
    pieces.end()


class _Pieces:
    """Hands over what is written as it comes, never a whole part at once; before the first piece the file's digest."""

    def __init__(self, target: BinaryIO, digest: bytes) -> None:
        self._target = target
        self._digest = digest

    def write(self, piece: bytes) -> int:
        """One more piece."""
        self._target.write(self._digest + _LENGTH.pack(len(piece)))
        self._target.write(piece)
        self._digest = b""
        return len(piece)

    def end(self) -> None:
        """Nothing more is said."""
        self.write(b"")


def _parts(read: Callable[[bytes], Iterator[Part]], content: bytes) -> Iterator[Part | Unreadable]:
    """The parts of a workbook; the last may be the refusal."""
    try:
        yield from read(content)
    except (MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except Unreadable as refusal:
        yield refusal
    except BaseException:  # noqa: BLE001  # a panic of the Rust reader is no Exception; both mean one thing
        yield from _refused()


def _refused() -> Iterator[Unreadable]:
    yield Unreadable("not_a_workbook")


def _limit_time(seconds: float) -> None:
    """The parent ends a child that takes too long; one whose parent is gone meanwhile ends by this limit."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]), float(sys.argv[2]))
