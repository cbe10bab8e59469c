"""The office's own marks in a review: they count from the moment on at which a second account confirms them (METHOD section 1).

A review has the marks of all units, and the office files it. Those of the others count at once; what it changes of the
office's own unit is proposed when it is loaded, and until it is confirmed the office keeps the marks that it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from data.intake.archive import Entry
from data.intake.audit import Act, submission_subject
from data.rollup.in_force import stands
from data.schema.intake import submission
from data.schema.proposals import proposal
from data.schema.quarterly import review_extra, review_mark

KIND = "review"
COUNT = "count_own_review"
"""The act by which a review's own marks count; its row is that of the proposal which it answers."""


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What a review says of one unit: its mark by measure, and each bonus, deduction and veto that is any."""

    marks: Mapping[int, Decimal]
    extras: tuple[tuple[Decimal, Decimal, bool], ...]

    @classmethod
    def of(cls, marks: Iterable[Any], extras: Iterable[Any]) -> OwnFigures:
        """Of (measure, mark) and (bonus, deduction, veto)."""
        return cls(dict(marks), tuple(sorted(tuple(one) for one in extras if any(one))))

    @property
    def said(self) -> str:
        """The sum of the marks, as a line of the journal tells it; empty without any."""
        return f"{sum(self.marks.values(), Decimal(0)).normalize():f}" if self.marks else ""


NOTHING = OwnFigures({}, ())


def write_count(_connection: Connection, _zone: str, entry: Entry) -> Act:
    """A second account's word; the proposal's row says from when on (``proposals.confirmed``)."""
    return Act("own marks confirmed", submission_subject(entry.data["submission"]), {})


def in_force(
    connection: Connection, zone: str, *, first: str, last: str, known_by: datetime | None = None
) -> dict[int, str]:
    """The review of each quarter by which the office's own unit is marked, as known before an instant."""
    return {numbers[-1]: period for period, numbers in _versions(connection, zone, first, last, known_by).items()}


def waiting(connection: Connection, zone: str, known_by: datetime | None = None) -> set[int]:
    """Reviews of which the office's own marks do not count: proposed, and not confirmed before an instant."""
    table = proposal.c
    asked = select(table.told, table.confirmed, table.answered_at).where(table.zone == zone, table.act == COUNT)
    proposed, confirmed = set(), set()
    for row in connection.execute(asked):
        number = row.told["submission"]
        proposed.add(number)
        if row.confirmed and (known_by is None or row.answered_at < known_by):
            confirmed.add(number)
    return proposed - confirmed


def unanswered(connection: Connection, zone: str) -> set[int]:
    """Reviews of which it is still open whether the office's own marks will count."""
    table = proposal.c
    asked = select(table.told).where(table.zone == zone, table.act == COUNT, table.confirmed.is_(None))
    return {told["submission"] for told in connection.execute(asked).scalars()}


def own_figures(connection: Connection, zone: str, unit: str, period: str, *, without: int | None = None) -> OwnFigures:
    """What counts of the office's own unit in a quarter; ``without``: if this review were returned."""
    numbers = [one for one in _versions(connection, zone, period, period, None).get(period, ()) if one != without]
    if not numbers:
        return NOTHING
    mark, extra = review_mark.c, review_extra.c
    marks = connection.execute(
        select(mark.measure, mark.mark).where(mark.zone == zone, mark.submission == numbers[-1], mark.unit == unit)
    )
    extras = connection.execute(
        select(extra.bonus, extra.deduction, extra.veto).where(
            extra.zone == zone, extra.submission == numbers[-1], extra.unit == unit
        )
    )
    return OwnFigures.of(map(tuple, marks), map(tuple, extras))


def _versions(
    connection: Connection, zone: str, first: str, last: str, known_by: datetime | None
) -> dict[str, list[int]]:
    """Quarter → its reviews of which the office's own marks count or would, the first first."""
    table = submission.c
    until = [] if known_by is None else [table.received_at < known_by]
    of = table.zone == zone, table.kind == KIND, table.status == "accepted", table.period.between(first, last)
    rows = connection.execute(
        select(table.submission, table.period).where(*of, stands(known_by), *until).order_by(table.version)
    ).all()
    waits = waiting(connection, zone, known_by) if rows else set()
    found: dict[str, list[int]] = {}
    for row in rows:
        if row.submission not in waits:
            found.setdefault(row.period, []).append(row.submission)
    return found
