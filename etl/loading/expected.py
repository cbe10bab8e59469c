"""What will be loaded next: its original is put into the archive while the workbook before it is checked and written."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from data.intake.archive import Archive, ArchiveError

log = logging.getLogger(__name__)


class Expected:
    """The files that will come, in this order, and the original that is kept ahead of its turn."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._paths: deque[Path] = deque()
        self._keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keep")
        self._ahead: tuple[Path, Future[_Kept]] | None = None

    def expect(self, paths: Iterable[Path]) -> Path | None:
        """These will come, and nothing that was expected before; the first of them."""
        self._paths = deque(paths)
        return self._paths[0] if self._paths else None

    def after(self, path: Path) -> Path | None:
        """What comes after an expected file."""
        while self._paths:
            if self._paths.popleft() == path:
                return self._paths[0] if self._paths else None
        return None

    def keep_ahead(self, path: Path | None) -> None:
        """Begin to put the original of what comes next into the archive, which goes on meanwhile."""
        if path is not None:
            self._ahead = path, self._keeper.submit(_kept, self._archive, path)

    def keep(self, path: Path) -> str:
        """Keep an original, if it is not kept ahead and the same since; its SHA-256."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == path:
            try:
                kept = ahead[1].result()
                if kept.as_of == _identity(path):
                    return kept.sha256
            except (ArchiveError, OSError) as error:
                log.info("not kept ahead of its turn, so it is kept now: %s", type(error).__name__)
        return _kept(self._archive, path).sha256

    def close(self) -> None:
        """Wait for what is being kept."""
        self._keeper.shutdown()


class _Kept(NamedTuple):
    """An original in the archive, and what the file was when it was read."""

    sha256: str
    as_of: tuple[int, int, int]


def _kept(archive: Archive, path: Path) -> _Kept:
    as_of = _identity(path)
    with path.open("rb") as file:
        return _Kept(archive.keep(file), as_of)


def _identity(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
