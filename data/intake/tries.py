"""How often a line of the journal was taken up without coming to an end: what fails three times is set aside.

The file is written before each try and does not wait for the disk: it outlives a killed process, and a power cut is no
line's doing. Only who holds ``archive.loading()`` reads and writes it.
"""

from __future__ import annotations

import json
from pathlib import Path

from data.intake.archive import ArchiveError, archive_errors
from data.language import gettext as _
from data.private import open_file

MOST_TRIES = 3
_KEPT = 200
"""Lines remembered: one stays behind for each process that came to its end."""


class Tries:
    """The tries of each line that was taken up and is not known to be done."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "tries.json"
        self._over: set[int] = set()

    def begin(self, line: int) -> int:
        """Take up a line; how often that was done before without an end."""
        counts = self._read()
        before = counts.get(line, 0)
        counts[line] = before + 1
        self._write(counts)
        return before

    def over(self, line: int) -> None:
        """It came to an end, or what stopped it was not its doing."""
        self._over.add(line)

    def forget(self, line: int) -> None:
        """Count it from nothing: it was set aside, and may be tried again."""
        counts = self._read()
        counts.pop(line, None)
        self._write(counts)

    def _read(self) -> dict[int, int]:
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
            counts = {int(line): int(number) for line, number in told.items()}
        except FileNotFoundError:
            counts = {}
        except (ValueError, AttributeError):
            counts = {}  # a power cut left half of it: nothing was counted
        except OSError as error:
            raise ArchiveError(_("The archive's folder cannot be read: %(reason)s", reason=error)) from error
        return {line: number for line, number in counts.items() if line not in self._over}

    def _write(self, counts: dict[int, int]) -> None:
        latest = dict(sorted(counts.items())[-_KEPT:])
        unfinished = self._file.with_suffix(".part")
        with archive_errors():
            with open_file(unfinished, "wb") as file:
                file.write(json.dumps(latest).encode())
            unfinished.replace(self._file)
        self._over.clear()
