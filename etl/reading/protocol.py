"""What parent and child say to each other: the name of a file, and an answer to it that comes in pieces.

Before the pieces stands the SHA-256 of the bytes that were read, so that an answer stands for these bytes and for no
other, wherever they lie and whatever became of the file meanwhile. The pieces are pickles, of which only cells and sheets
are taken out again.
"""

from __future__ import annotations

import hashlib
import math
import os
import pickle
import select
import struct
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, BinaryIO

from etl.reading.limits import Unreadable
from etl.reading.sheets import Part, Workbook, assembled

TAKEN = b"\x06"
"""What the child says when it has a file's name: from here on its end is that file's doing."""
_DIGEST = hashlib.sha256().digest_size
UNREAD = bytes(_DIGEST)
"""In place of a digest, where there were no bytes to be read."""
_LENGTH = struct.Struct(">Q")
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


class NotTaken(Exception):
    """The child was at its end before it came to the file."""


def name_of(path: Path) -> bytes:
    """A file's name as the child is told it."""
    name = os.fsencode(path)
    return _LENGTH.pack(len(name)) + name


def names_in(source: BinaryIO) -> Iterator[Path]:
    """The files that the parent names, until it goes."""
    while header := source.read(_LENGTH.size):
        yield Path(os.fsdecode(source.read(_LENGTH.unpack(header)[0])))


def say(digest: bytes, parts: Iterable[Part | Unreadable], target: BinaryIO) -> None:
    """Say what a file holds: the SHA-256 of its bytes, its parts, pickled one by one as they come, and an empty piece."""
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


class Answer:
    """What the child says of one file, as it comes: ``digest``, the SHA-256 of its bytes, then ``pieces()``.

    TimeoutError after the deadline, EOFError if the child is gone, NotTaken if it went before it had the file's name.
    """

    def __init__(self, pipe: IO[bytes], seconds: float) -> None:
        self._handle = pipe.fileno()
        # select() knows no file beyond the thousandth that a process has open.
        self._waiting = select.poll()
        self._waiting.register(self._handle, select.POLLIN)
        self._deadline = time.monotonic() + seconds
        self._received = bytearray()
        self._at = 0
        try:
            self._take(len(TAKEN))
        except EOFError as error:
            raise NotTaken from error
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
            left = max(0.0, self._deadline - time.monotonic())
            if not self._waiting.poll(math.ceil(left * 1000)):
                raise TimeoutError
            part = os.read(self._handle, 2**20)
            if not part:
                raise EOFError
            received += part
        with memoryview(received) as view:
            taken = bytes(view[self._at : self._at + size])
        self._at += size
        return taken


def understood(pieces: Iterable[bytes]) -> Workbook | Unreadable:
    """The workbook that an answer holds, or the refusal with which it ends."""
    refusals: list[Unreadable] = []
    book = assembled(_parts_in(pieces, refusals))
    return refusals[0] if refusals else book


def _parts_in(pieces: Iterable[bytes], refusals: list[Unreadable]) -> Iterator[Part]:
    source = _Source(pieces)
    unpickler = _Unpickler(source)
    while not source.ended:
        part = unpickler.load()
        if isinstance(part, Unreadable):
            refusals.append(part)
        else:
            yield part


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
