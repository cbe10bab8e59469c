"""Which marked workbook belongs to which submission, as a line of the journal: it is served by nothing but its hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from data.intake.archive import Archive, Entry
from data.intake.inbox import database_name
from data.schema.intake import submission

ANNOTATE = "annotate"


def keep_annotated(connection: Connection, archive: Archive, zone: str, number: int, sha256: str, at: datetime) -> None:
    """Journal the hash of a submission's marked workbook, and keep it; empty: none can be made.

    A line without its row does no harm: the workbook is marked again, and the last line holds.
    """
    told = {"submission": number, "sha256": sha256}
    entry = archive.append(at.isoformat(), database_name(connection, zone), ANNOTATE, told)
    write_annotated(connection, zone, entry)


def write_annotated(connection: Connection, zone: str, entry: Entry) -> None:
    """The hash as a line tells it."""
    this = submission.c.zone == zone, submission.c.submission == entry.data["submission"]
    connection.execute(update(submission).where(*this).values(annotated=entry.data["sha256"]))
