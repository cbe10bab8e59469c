"""The child's side: the process in which workbooks are read, ``python -m etl.reading.child MEBIBYTES SECONDS``."""

from __future__ import annotations

import gc
import hashlib
import math
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from etl.reading.limits import Unreadable
from etl.reading.memory import Memory
from etl.reading.protocol import TAKEN, UNREAD, names_in, say
from etl.reading.sheets import Part


def serve(source: BinaryIO, target: BinaryIO, memory_mib: int, seconds: float) -> None:
    """Read the files that are named, until the parent goes.

    Out of memory it ends without an answer, as it also does where the reader's allocator gives up: both mean too large.
    """
    from etl.reading.workbook import read_in_parts

    memory = Memory(memory_mib)
    gc.disable()  # cells are in no cycles, and there are millions of them
    for path in names_in(source):
        target.write(TAKEN)
        target.flush()
        _limit_time(seconds)
        try:
            _tell(path, partial(read_in_parts, measured=memory.limit_for), target)
        except MemoryError:
            return
        target.flush()


def _tell(path: Path, read: Callable[[bytes], Iterator[Part]], target: BinaryIO) -> None:
    """Say what a file holds; one whose bytes cannot be had is no workbook."""
    digest = UNREAD
    parts: Iterator[Part | Unreadable] = _refused()
    with suppress(OSError):
        content = path.read_bytes()
        digest, parts = hashlib.sha256(content).digest(), _parts(read, content)
    say(digest, parts, target)


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
