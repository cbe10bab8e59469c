"""Deadlines that the office extended, as everybody who asks for a deadline reads them (METHOD section 2, timeliness)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from data.schema.extensions import extension


@dataclass(frozen=True, slots=True)
class Extension:
    """One decision: a kind of a period is in time up to the end of a day, of one unit or (None) of all.

    ``line`` is the decision's in the journal, ``at`` when it was taken: what was known before knows nothing of it.
    """

    line: int
    kind: str
    period: str
    unit: str | None
    until: date
    reason: str
    at: datetime

    def is_for(self, unit: str | None, known_by: datetime | None) -> bool:
        """Whether it bears on a unit, or on all (None), as far as was known before an instant."""
        return self.unit in {None, unit} and (known_by is None or self.at < known_by)


def read_extensions(connection: Connection, zone: str) -> tuple[Extension, ...]:
    """All of a zone, in the order in which they were decided."""
    rows = connection.execute(select(extension).where(extension.c.zone == zone).order_by(extension.c.entry))
    return tuple(
        Extension(row.entry, row.kind, row.period, row.unit, date.fromisoformat(row.until), row.reason, row.at)
        for row in rows
    )
