"""What every publication, receipt and annotated workbook carries of the journal, so that each copy is a witness outside of it.

A chain of hashes does not show that its tail was cut off, or that all of it was written anew; a line's number and hash on
paper do (METHOD section 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data.intake.archive import Archive
from data.intake.publications import last_fingerprint


@dataclass(frozen=True, slots=True)
class Anchor:
    """``line`` is a line of the journal and ``head`` its hash; ``former`` is the SHA-256 of the publication before it, of
    whatever report, None where there was none.
    """

    line: int
    head: str
    former: str | None

    def as_dict(self) -> dict[str, Any]:
        """As publications and receipts print it."""
        return {"journal": {"line": self.line, "head": self.head}, "former": self.former}

    @property
    def spoken(self) -> str:
        """``LINE:HASH``, as ``data doctor --against`` takes it."""
        return f"{self.line}:{self.head}"


def of_line(connection: Connection, archive: Archive, zone: str, line: int) -> Anchor | None:
    """What a receipt carries: its own line, which the disk had before anybody was told; None where there is no such line."""
    entry = archive.entry(line)
    return None if entry is None else Anchor(line, entry.hash, last_fingerprint(connection, zone, before=line))


def at_present(connection: Connection, archive: Archive, zone: str) -> Anchor:
    """The last line that the disk is sure to have: what may go with a power cut is no witness."""
    line, head = archive.last_kept()
    return Anchor(line, head, last_fingerprint(connection, zone, before=line + 1))
