"""Reads workbooks in a process of its own: what a hostile file exhausts there is not the server.

The child stays for many files; one that runs out of memory or time is replaced. While one workbook is checked and
written it may begin with the next. Its answer comes in pieces, which are taken apart here while the rest is read there.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from data.intake.sizes import LARGEST_FILE
from etl.reading.kept_answers import KeptAnswers, noting
from etl.reading.limits import Unreadable
from etl.reading.process import ReadingProcess
from etl.reading.protocol import Answer, NotTaken, understood
from etl.reading.sheets import Workbook


class Reader:
    """The parent's side: ``read(path)`` gives a Workbook or raises Unreadable.

    A file over which a child ends that has read others is read once more, by a new one: only what is too large for a
    child that has all its room is refused.
    """

    def __init__(self, memory_mib: int, seconds: float) -> None:
        self._child = ReadingProcess(memory_mib, seconds)
        self._ahead: Path | None = None
        self._kept = KeptAnswers()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Let the child come to itself, which takes longer than reading a small workbook."""
        self._child.start()

    def close(self) -> None:
        """End the child, and expect nothing more of it."""
        self._ahead = None
        self._child.end()

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

    def begin(self, path: Path | None) -> None:
        """Let the child begin with a file; what is wrong with it will be seen when it is read."""
        if path is None or self._ahead is not None or self._kept.has(path):
            return
        try:
            if path.stat().st_size > LARGEST_FILE:
                return
            self._child.ask(path)
        except BrokenPipeError:
            self.close()
        except OSError:
            return
        else:
            self._ahead = path

    def _result(self, path: Path, wanted: bytes | None, keep_for: Path | None) -> Workbook | Unreadable:
        """What is kept, else what was begun meanwhile, else what the child says now."""
        kept = self._kept.take(wanted)
        if kept is not None:
            return understood(kept)
        begun = self._began_with(path, wanted)
        if begun is not None:
            with suppress(EOFError, TimeoutError):
                return self._heard(begun, keep_for)
        try:
            if self._child.asked:
                # What an earlier file left behind may have taken the room of this one: another child has it all.
                with suppress(EOFError):
                    return self._heard(self._asked(path), keep_for)
            return self._heard(self._asked(path), keep_for)
        except (EOFError, TimeoutError) as error:
            raise Unreadable("too_large") from error

    def _heard(self, answer: Answer, keep_for: Path | None) -> Workbook | Unreadable:
        """What an answer comes to. Of a child whose answer breaks off nothing more is expected."""
        kept: list[bytes] = []
        pieces = answer.pieces() if keep_for is None else noting(answer.pieces(), kept)
        try:
            result = understood(pieces)
        except BaseException:
            self.close()
            raise
        if keep_for is not None:
            self._kept.keep(keep_for, answer, kept)
        return result

    def _began_with(self, path: Path, wanted: bytes | None) -> Answer | None:
        """The answer to what was begun meanwhile, if it is the one that is wanted now."""
        if self._ahead is None:
            return None
        ahead, self._ahead = self._ahead, None
        try:
            answer = self._child.answer()
            if ahead == path if wanted is None else answer.digest == wanted:
                return answer
            for _ in answer.pieces():
                pass
        except (NotTaken, EOFError, TimeoutError):
            self.close()
        return None

    def _asked(self, path: Path) -> Answer:
        """The child's answer; where it ended before it came to the file, another child's."""
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("too_large")
        with suppress(NotTaken):
            return self._answer_to(path)
        try:
            return self._answer_to(path)
        except NotTaken as error:
            raise Unreadable("too_large") from error

    def _answer_to(self, path: Path) -> Answer:
        """What the child says of a file; NotTaken where it ended before it came to it, so that another can be asked.

        EOFError where it ended over the file, TimeoutError where that took too long.
        """
        try:
            self._child.ask(path)
            return self._child.answer()
        except (BrokenPipeError, NotTaken) as error:
            self.close()
            raise NotTaken from error
        except (EOFError, TimeoutError):
            self.close()
            raise
