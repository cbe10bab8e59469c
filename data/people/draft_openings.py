"""Who opened a draft: each time somebody takes along figures that are not published it is an entry of the audit log (METHOD section 6).

It is written before the draft is given out, so that none leaves unseen; a database that is busy makes nobody wait for long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data.intake.archive import Archive, ArchiveError
from data.intake.audit import record
from data.intake.publications import subject
from data.people.scope import Scope
from data.schema.intake import audit
from data.settings import Settings
from data.store import StoreError, session_transaction

OPENED = "draft opened"
PATIENCE = 5.0
"""Seconds that a draft waits for its entry; then it is not given out."""


class NotNoted(Exception):
    """The entry could not be written now."""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What is taken along unpublished: a report of a period, casualties as of a ``day``, written as a publication's is."""

    report: str
    period: str
    day: str = ""

    @property
    def subject(self) -> str:
        """How the audit log names it, as it names a publication."""
        return subject(self.report, self.period, self.day)


def note(settings: Settings, scope: Scope, draft: DraftReport, form: str, at: datetime) -> None:
    """The entry that a draft was opened: by whom, when, as which file, and whether all units stand in it.

    NotNoted where it cannot be written in time.
    """
    detail = {"form": form, "all_units": scope.sees_all}
    try:
        with session_transaction(settings.database_url, PATIENCE) as connection:
            journal = Archive(settings.archive_dir).last_hash()
            record(connection, scope.zone, at, scope.account, OPENED, draft.subject, detail, journal=journal)
    except (StoreError, ArchiveError) as error:
        raise NotNoted from error


def openings(connection: Connection, zone: str) -> Mapping[str, list[tuple[datetime, str]]]:
    """Subject → (when, which account) of each opening, in order."""
    log = audit.c
    of = log.zone == zone, log.action == OPENED
    found = defaultdict(list)
    for row in connection.execute(select(log.subject, log.at, log.actor).where(*of).order_by(log.entry)):
        found[row.subject].append((row.at, row.actor))
    return found
