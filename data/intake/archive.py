"""Original workbooks by SHA-256, and the journal: one fsynced, hash-chained line for every receipt.

Both are written before anyone is told "received"; from the two of them the database can be made anew. Only a line that
can be derived again (what became of a receipt) does not wait for the disk: it is there with the next one that does.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from data.language import gettext as _
from data.private import make_folder, open_file

GENESIS = "0" * 64
LAST_LINE = 2**31 - 1
"""The last number of a line that tables can hold; an address may have any."""
_TAIL = 16384
OUTCOME = "outcome"
CARRIED_OUT = "carried_out"
_DERIVED = {OUTCOME, CARRIED_OUT}
_BETWEEN_LOOKS = 0.02
_WAITED_FOR = 32
"""Of the lines that can be derived again every so-many-th is waited for, so that the last one that was is never far."""


class ArchiveError(Exception):
    """The archive cannot be used, or is damaged; the text says what and where."""


class Busy(Exception):
    """Another holds the right to load for longer than one may wait."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; ``number`` counts from 1 and ``hash`` covers the line and the one before."""

    number: int
    at: str
    database: str
    act: str
    data: Mapping[str, Any]
    before: str
    hash: str

    @property
    def is_waited_for(self) -> bool:
        """Whether whoever wrote it waited until the disk had it, and so all before it."""
        return self.act not in _DERIVED or self.number % _WAITED_FOR == 0


@dataclass(frozen=True, slots=True)
class _Kept:
    """An original that was laid down: as which file, and whether there was none before."""

    sha256: str
    inode: int
    is_new: bool


class Archive:
    """The folder that holds the originals and the journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._originals = folder / "originals"
        self._journal = folder / "journal.jsonl"

    def prepare(self) -> None:
        """Make the folder; ArchiveError where that is not possible."""
        with archive_errors():
            make_folder(self._originals)

    def path_of(self, sha256: str) -> Path:
        """Where the original with this hash lies."""
        return self._originals / sha256[:2] / sha256

    def keep(self, source: BinaryIO) -> str:
        """Keep an original for good and return its SHA-256; keeping it again changes nothing but its time."""
        return self._keep(source).sha256

    @contextmanager
    def keeping(self, source: BinaryIO) -> Iterator[str]:
        """Keep an original while it is journalled what it belongs to; where that fails, it is gone again if it was new."""
        reached = self.last_number()
        kept = self._keep(source)
        try:
            yield kept.sha256
        except BaseException:
            self._take_back(kept, reached)
            raise

    def _keep(self, source: BinaryIO) -> _Kept:
        """Lay an original down; of one that could not be laid down whole nothing is left."""
        with archive_errors():
            make_folder(self._originals)
            unfinished = self._originals / f"{os.getpid()}-{threading.get_ident()}.part"
            try:
                digest = hashlib.sha256()
                with open_file(unfinished, "wb") as file:
                    while chunk := source.read(2**20):
                        digest.update(chunk)
                        file.write(chunk)
                    _sync(file)
                path = self.path_of(digest.hexdigest())
                make_folder(path.parent)
                with self._originals_held(fcntl.LOCK_SH):
                    kept = _Kept(digest.hexdigest(), unfinished.stat().st_ino, is_new=not path.exists())
                    unfinished.replace(path)
                _sync_folder(path.parent)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
        return kept

    def _take_back(self, kept: _Kept, reached: int) -> None:
        """Remove an original that nothing names, unless it was there before or somebody has kept it again since."""
        with archive_errors(), self._originals_held(fcntl.LOCK_EX):
            path = self.path_of(kept.sha256)
            named = any(kept.sha256 in _named_by(entry) for entry in self.entries_after(reached))
            if kept.is_new and not named and path.exists() and path.stat().st_ino == kept.inode:
                path.unlink()

    def forget(
        self, wanted: Mapping[str, Collection[str]], older_than: float, journal: Callable[[Sequence[str]], object]
    ) -> None:
        """Remove originals for good, each with what was made of it, if it was laid down before a time.

        ``journal`` writes the line that names them, which comes first. Meanwhile nobody lays an original down: one that
        came again is young, and stays.
        """
        with archive_errors(), self._originals_held(fcntl.LOCK_EX):
            old = [one for one in sorted(wanted) if self._laid_down(one) < older_than]
            if old:
                journal(old)
            for one in old:
                for path in map(self.path_of, (one, *wanted[one])):
                    path.unlink(missing_ok=True)

    def _laid_down(self, sha256: str) -> float:
        """When an original was laid down last; one that is gone already is old."""
        path = self.path_of(sha256)
        return path.stat().st_mtime if path.exists() else 0.0

    @contextmanager
    def _originals_held(self, how: int) -> Iterator[None]:
        with open_file(self.folder / "originals.lock", "a") as lock:
            fcntl.flock(lock, how)
            yield

    def read(self, sha256: str) -> bytes:
        """The original with this hash; ArchiveError if it is gone or no longer the same."""
        try:
            content = self.path_of(sha256).read_bytes()
        except OSError as error:
            raise ArchiveError(_("The archive lacks the original %(sha256)s", sha256=sha256)) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ArchiveError(_("An original of the archive was changed: %(sha256)s", sha256=sha256))
        return content

    def append(self, at: str, database: str, act: str, data: Mapping[str, Any]) -> Entry:
        """Write one line at the journal's end and wait until the disk has it; what can be derived again need not be waited for."""
        with archive_errors():
            make_folder(self.folder)
            with open_file(self._journal, "a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                last = _last_entry(file)
                entry = _chained(last, at, database, act, data)
                _add(file, _line(entry), wait=entry.is_waited_for)
            if last is None:
                _sync_folder(self.folder)
        return entry

    def entries(self) -> Iterator[Entry]:
        """All lines of the journal in order; ArchiveError where the chain is broken.

        A torn last line (the power failed while it was written) was never acknowledged and is passed over.
        """
        if not self._journal.exists():
            return
        before = GENESIS
        with self._journal.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    return
                entry = _parse(line, number)
                if entry.number != number or entry.before != before or _hash(entry) != entry.hash:
                    raise ArchiveError(
                        _("Line %(number)s of the journal does not follow from the one before; it may have been changed: "
                          "%(file)s", number=number, file=self._journal)
                    )  # fmt: skip
                before = entry.hash
                yield entry

    def entries_after(self, number: int) -> list[Entry]:
        """The lines behind a number, read from the journal's end: what is new costs no more when the journal is long."""
        if not self._journal.exists():
            return []
        with self._journal.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            size = _TAIL
            while True:
                start = max(0, end - size)
                file.seek(start)
                lines = file.read(end - start).split(b"\n")[0 if start == 0 else 1 : -1]
                entries = _down_to(number, lines)
                if start == 0 or len(entries) < len(lines):
                    return entries
                size *= 4

    def last_hash(self) -> str:
        """Hash of the journal's last line that the disk has, GENESIS if there is none: what the audit log holds on to."""
        return self.last_kept()[1]

    def last_kept(self) -> tuple[int, str]:
        """Number and hash of the journal's last line that the disk has, 0 and GENESIS if there is none."""
        if not self._journal.exists():
            return 0, GENESIS
        with archive_errors(), self._journal.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            for line in _lines_from_the_end(file):
                entry = _parse(line, 0)
                if entry.is_waited_for:
                    return entry.number, entry.hash
        return 0, GENESIS

    def last_number(self) -> int:
        """Number of the journal's last line; 0 if there is none."""
        return self.head()[0]

    def head(self) -> tuple[int, str]:
        """Number and hash of the journal's last line, 0 and GENESIS if there is none. The next line that is waited for holds it."""
        if not self._journal.exists():
            return 0, GENESIS
        with archive_errors(), self._journal.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            line, _torn = _last_line(file)
        if line is None:
            return 0, GENESIS
        last = _parse(line, 0)
        return last.number, last.hash

    def copy_journal(self, target: IO[bytes]) -> tuple[int, str]:
        """Copy the journal's whole lines as they are now; number and hash of the last one, 0 and GENESIS if there is none."""
        if not self._journal.exists():
            return 0, GENESIS
        with archive_errors(), self._journal.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            line, torn = _last_line(file)
            left = file.seek(0, os.SEEK_END) - torn
            file.seek(0)
            while left and (chunk := file.read(min(left, 2**20))):
                target.write(chunk)
                left -= len(chunk)
        if line is None:
            return 0, GENESIS
        last = _parse(line, 0)
        return last.number, last.hash

    def sweep(self, older_than_seconds: float = 86_400) -> int:
        """Remove what a killed process left half kept; how many there were. What is being kept now is younger."""
        if not self._originals.is_dir():
            return 0
        with archive_errors():
            limit = time.time() - older_than_seconds
            left = [one for one in self._originals.glob("*.part") if one.stat().st_mtime < limit]
            for one in left:
                one.unlink(missing_ok=True)
        return len(left)

    @contextmanager
    def loading(self, within: float | None = None) -> Iterator[None]:
        """Hold the one right to load, so that whoever holds it knows that an unfinished receipt is nobody's.

        ``within`` so many seconds, else Busy; None waits as long as it takes. Whoever waits holds the turnstile, so that
        a loader that lets go between two files does not pass before who came meanwhile.
        """
        with archive_errors():
            make_folder(self.folder)
            held, waited = (open_file(self.folder / name, "a") for name in ("loading.lock", "turn.lock"))
        until = None if within is None else time.monotonic() + within
        with held:
            with waited:
                _take_lock(waited, until)
                _take_lock(held, until)
            yield

    def entry(self, number: int) -> Entry | None:
        """One line of the journal, looked for from its end; None where there is none of that number."""
        return next((one for one in self.entries_after(number - 1)[:1] if one.number == number), None)


def _take_lock(file: Any, until: float | None) -> None:
    """Wait for a lock, at most until an instant of the monotonic clock: then Busy."""
    while until is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy from None
            time.sleep(_BETWEEN_LOOKS)
        else:
            return
    fcntl.flock(file, fcntl.LOCK_EX)


def _down_to(number: int, lines: list[bytes]) -> list[Entry]:
    """The entries behind a number, among lines in their order; those before it are not even read."""
    entries: list[Entry] = []
    for line in reversed(lines):
        entry = _parse(line, 0)
        if entry.number <= number:
            break
        entries.append(entry)
    return entries[::-1]


def _chained(last: Entry | None, at: str, database: str, act: str, data: Mapping[str, Any]) -> Entry:
    number, before = (1, GENESIS) if last is None else (last.number + 1, last.hash)
    entry = Entry(number, at, database, act, data, before, "")
    return Entry(number, at, database, act, data, before, _hash(entry))


def _hash(entry: Entry) -> str:
    content = {"number": entry.number, "at": entry.at, "database": entry.database, "act": entry.act}
    text = json.dumps({**content, "data": entry.data, "before": entry.before}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _line(entry: Entry) -> bytes:
    fields = {name: getattr(entry, name) for name in Entry.__slots__}
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _parse(line: bytes, number: int) -> Entry:
    try:
        return Entry(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise ArchiveError(_("Line %(number)s of the journal cannot be read", number=number)) from error


def _named_by(entry: Entry) -> list[str]:
    """Originals that a line names."""
    named = entry.data.get("sha256", [])
    return [named] if isinstance(named, str) else list(named)


def _add(file: IO[Any], line: bytes, *, wait: bool) -> None:
    """Add a line at the end; where the disk does not take all of it, none of it stays."""
    end, handle = file.seek(0, os.SEEK_END), file.fileno()
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if wait:
            _sync(file)
    except OSError:
        os.ftruncate(handle, end)
        raise


def _last_entry(file: IO[Any]) -> Entry | None:
    """The last whole line; a torn end behind it is cut off, for it was never acknowledged."""
    line, torn = _last_line(file)
    if torn:
        file.truncate(file.seek(0, os.SEEK_END) - torn)
    return None if line is None else _parse(line, 0)


def _lines_from_the_end(file: IO[Any]) -> Iterator[bytes]:
    """Whole lines, the last one first; not many are asked for."""
    end = file.seek(0, os.SEEK_END)
    size, told = _TAIL, 0
    while True:
        start = max(0, end - size)
        file.seek(start)
        lines = file.read(end - start).split(b"\n")[0 if start == 0 else 1 : -1]
        yield from lines[::-1][told:]
        if start == 0:
            return
        told, size = len(lines), size * 4


def _last_line(file: IO[Any]) -> tuple[bytes | None, int]:
    """The last whole line, None if there is none, and the bytes of a torn one behind it."""
    end = file.seek(0, os.SEEK_END)
    tail, start = b"", end
    while start > 0 and tail.count(b"\n") < 2:
        start = max(0, end - max(_TAIL, 2 * (end - start)))
        file.seek(start)
        tail = file.read(end - start)
    whole, newline, torn = tail.rpartition(b"\n")
    return (whole.rpartition(b"\n")[2] if newline else None), len(torn)


def _sync(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def archive_errors() -> Iterator[None]:
    """What the disk does not do is an ArchiveError."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            _("The archive's folder cannot be written (the disk is full, or not allowed): %(reason)s", reason=error)
        ) from error
