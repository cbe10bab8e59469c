"""One child reads for many loaders: it stays for many files anyway, and to start another for each test takes as long as
the test. A child is lent on after a loader that came to its good end alone, to one that would start the very same."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from weakref import WeakKeyDictionary

import pytest

from etl.loading.load import Loader
from etl.reading.reader import Reader

Child = subprocess.Popen[bytes]
MOST_WAITING = 3
MOST_LOADERS = 50
"""For one child: it collects no garbage, and its memory has a limit."""
MAY_GROW = 16 * 2**20
"""Bytes of address space that a child may have more than the smallest, to be lent on: a large workbook leaves it torn, and
what the next one needs in one piece would be refused for another test's doing."""


@dataclass
class Lent:
    """What a child was started with, and how many loaders have had it."""

    started_with: object
    loaders: int = 0


class Lender:
    """The children that wait for their next loader."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Child, Lent] = WeakKeyDictionary()
        self._waiting: list[Child] = []
        self._smallest: dict[object, int] = {}

    def attach(self, patch: pytest.MonkeyPatch) -> None:
        """Let loaders borrow; who uses a Reader of its own starts a child of its own."""
        lender, leave = self, Loader.__exit__

        def enter(loader: Loader) -> Loader:
            lender._lend(loader._reader)
            return loader

        def exit_(
            loader: Loader, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            if kind is None:
                lender._take_back(loader._reader)
            leave(loader, kind, error, trace)

        patch.setattr(Loader, "__enter__", enter)
        patch.setattr(Loader, "__exit__", exit_)

    def _lend(self, books: Reader) -> None:
        wanted = _surroundings(books)
        books._child.running = next(
            (child for child in self._waiting if self._known[child].started_with == wanted), None
        )
        if books._child.running is not None:
            self._waiting.remove(books._child.running)
        books.start()
        assert books._child.running is not None
        self._known.setdefault(books._child.running, Lent(wanted)).loaders += 1

    def _take_back(self, books: Reader) -> None:
        """Only one that has nothing to do, and that no workbook has replaced."""
        child = books._child.running
        lent = None if child is None else self._known.get(child)
        if child is None or lent is None or lent.loaders >= MOST_LOADERS or books._ahead is not None:
            return
        size = _size(child)
        if not size:
            return
        smallest = min(size, self._smallest.get(books._child.memory_mib, size))
        self._smallest[books._child.memory_mib] = smallest
        if size > smallest + MAY_GROW:
            return
        books._child.running = None
        self._waiting.append(child)
        if len(self._waiting) > MOST_WAITING:
            _end(self._waiting.pop(0))

    def end(self) -> None:
        """Nobody needs them any more."""
        for child in self._waiting:
            _end(child)


def _surroundings(books: Reader) -> object:
    """All that a child takes over from whoever starts it; the name of the running test is nobody's business."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return books._child.memory_mib, books._child.seconds, os.getcwd(), environment  # noqa: PTH109  # as the child has it


def _size(child: Child) -> int:
    """Its address space, in bytes; 0 where it is gone."""
    try:
        pages = int(Path(f"/proc/{child.pid}/statm").read_text(encoding="ascii").split()[0])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGESIZE")


def _end(child: Child) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
