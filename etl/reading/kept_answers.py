"""Answers that will be asked for once more: a workbook is looked into for its order, and loaded later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.reading.protocol import UNREAD, Answer

_LARGEST_ALTOGETHER = 32 * 2**20


class KeptAnswers:
    """Answers by the SHA-256 of the bytes that they stand for, at most 32 MiB of them; each is taken once."""

    def __init__(self) -> None:
        self._pieces: dict[bytes, list[bytes]] = {}
        self._size = 0
        self._digests: dict[Path, bytes] = {}

    def take(self, digest: bytes | None) -> list[bytes] | None:
        """The answer to these bytes, which is kept no longer."""
        pieces = None if digest is None else self._pieces.pop(digest, None)
        self._size -= sum(map(len, pieces or ()))
        return pieces

    def keep(self, path: Path, answer: Answer, pieces: list[bytes]) -> None:
        """Keep the pieces of an answer, if there is room."""
        size = sum(map(len, pieces))
        digest = answer.digest
        if digest != UNREAD and digest not in self._pieces and self._size + size <= _LARGEST_ALTOGETHER:
            self._size += size
            self._pieces[digest] = pieces
            self._digests[path] = digest

    def has(self, path: Path) -> bool:
        """Whether the answer to what a file held when it was last read is kept."""
        return self._digests.get(path) in self._pieces


def noting(pieces: Iterable[bytes], kept: list[bytes]) -> Iterator[bytes]:
    """The same pieces, each noted in ``kept`` as it passes."""
    for piece in pieces:
        kept.append(piece)
        yield piece
