"""Who filed what, when: the receipts that decide whether a report was in time (METHOD section 2, timeliness)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from data.rollup.in_force import stands
from data.schema import STORED_KINDS
from data.schema.intake import submission
from data.zone.periods import Month, Period, Quarter, parse_period
from data.zone.zone import ALWAYS, Unit, Zone

Status = Literal["on_time", "late", "missing", "awaited", "rejected", "returned", "set_aside"]
CONFIRMED_WITHIN = timedelta(hours=24)
"""An upload that its sender confirms so soon is in time by the moment of the upload (CONTRACT 1)."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What one unit filed of one kind for one period.

    ``counted_at`` is the receipt that timeliness goes by: the first accepted workbook, or, where that declared
    zero and a later one has rows, the first with rows. The other fields are those of the version in force;
    ``confirmed_at`` is its sender's word where that came after its receipt, and it is known only from then on.
    """

    counted_at: datetime
    zero_then_filled: bool
    submission: int
    version: int
    received_at: datetime
    rows: int
    file_name: str
    confirmed_at: datetime | None = None


def filings(
    connection: Connection, zone: Zone, kind: str, periods: Collection[Period], known_by: datetime | None = None
) -> dict[tuple[str, str], Filing]:
    """(unit, period) → what was filed; only what had been received before ``known_by`` (exclusive)."""
    filed = _filings(connection, zone, [kind], periods, known_by)
    return {(unit, period): filing for (_kind, unit, period), filing in filed.items()}


def _filings(
    connection: Connection, zone: Zone, kinds: Collection[str], periods: Collection[Period], known_by: datetime | None
) -> dict[tuple[str, str, str], Filing]:
    """(kind, unit, period) → what was filed."""
    table = submission.c
    told = (table.kind, table.unit, table.period, table.submission, table.version, table.received_at,
            table.uploaded_at, table.rows, table.file_name)  # fmt: skip
    wanted = (*_received(zone, kinds, periods, known_by), table.status == "accepted", stands(known_by))
    versions = defaultdict(list)
    for row in connection.execute(select(*told).where(*wanted).order_by(table.version)):
        versions[row.kind, row.unit, row.period].append(row)
    return {key: _filing(rows) for key, rows in versions.items()}


def _filing(versions) -> Filing:  # type: ignore[no-untyped-def]  # rows of ``submission``, by version
    one_alone = len(versions) == 1
    by_receipt = versions if one_alone else sorted(versions, key=lambda row: (counts_from(row), row.version))
    first, latest = by_receipt[0], versions[-1]
    filled = next((row for row in by_receipt if row.rows), None)
    zero_then_filled = not first.rows and filled is not None
    counted = filled if filled is not None and zero_then_filled else first
    received_at = counts_from(latest)
    return Filing(
        received_at if one_alone else counts_from(counted),
        zero_then_filled,
        latest.submission,
        latest.version,
        received_at,
        latest.rows,
        latest.file_name,
        latest.received_at if latest.received_at != received_at else None,
    )


def filing_with(connection: Connection, zone: str, number: int) -> Filing:
    """What would be filed if a checked workbook counted as well, as the next version."""
    table = submission.c
    this = connection.execute(select(submission).where(table.zone == zone, table.submission == number)).one()
    same = (table.kind == this.kind, table.unit == this.unit, table.period == this.period)
    versions = connection.execute(
        select(submission)
        .where(table.zone == zone, table.status == "accepted", stands(), *same)
        .order_by(table.version)
    ).all()
    return _filing([*versions, _AsNext(this, versions[-1].version + 1 if versions else 1)])


class _AsNext:
    """A checked workbook's row, with the version that it would get."""

    def __init__(self, row: Row[Any], version: int) -> None:
        self._row = row
        self.version = version

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def counts_from(sent: Row[Any]) -> datetime:
    """The receipt by which a workbook is in time or late; what is known when goes by ``received_at`` all the same."""
    uploaded_at: datetime | None = sent.uploaded_at
    received_at: datetime = sent.received_at
    soon = uploaded_at is not None and received_at - uploaded_at <= CONFIRMED_WITHIN
    return uploaded_at if soon and uploaded_at is not None else received_at


class Undone(NamedTuple):
    """The last workbook received of a unit and period, where nothing of it counts.

    ``set_aside``: the program itself failed on it, which is no refusal (METHOD 2).
    """

    submission: int
    received_at: datetime
    set_aside: bool


def undone(
    connection: Connection, zone: Zone, kind: str, periods: Collection[Period], known_by: datetime | None = None
) -> dict[tuple[str, str], Undone]:
    """(unit, period) → what was received last, if that was refused or set aside; only what had come before ``known_by``."""
    table = submission.c
    finished = table.status.in_(["accepted", "rejected", "set_aside"])
    wanted = (*_received(zone, [kind], periods, known_by), finished, of_its_own_sender())
    columns = (table.unit, table.period, table.submission, table.received_at, table.status)
    last = {
        (row.unit, row.period): row
        for row in connection.execute(select(*columns).where(*wanted).order_by(table.received_at, table.submission))
    }
    return {
        key: Undone(row.submission, row.received_at, row.status == "set_aside")
        for key, row in last.items()
        if row.status != "accepted"
    }


def _received(
    zone: Zone, kinds: Collection[str], periods: Collection[Period], known_by: datetime | None
) -> Iterator[ColumnElement[bool]]:
    """Of which kinds and periods a workbook is, and whether it had been received before ``known_by`` (exclusive)."""
    table = submission.c
    yield table.zone == zone.code
    yield table.kind.in_(kinds)
    yield table.period.in_([str(period) for period in periods])
    if known_by is not None:
        yield table.received_at < known_by


def of_its_own_sender() -> ColumnElement[bool]:
    """Whether a workbook came from its unit or from the office: what one unit sends in another's name is not the other's."""
    only = submission.c.only_unit
    return or_(only.is_(None), only == submission.c.unit)


@dataclass(frozen=True, slots=True)
class DueReport:
    """One unit and kind that falls due in a period, and what has become of it; no deadline where it is never due.

    ``undone`` is the workbook that was last refused, returned or set aside, ``returned`` whether it was returned,
    ``undone_came`` when it had been received, ``return_reason`` what the office said; ``extended``: the deadline is a later
    one than the zone's rule has it.
    """

    unit: Unit
    kind: str
    deadline: date | None
    status: Status
    filing: Filing | None
    undone: int | None
    returned: bool = False
    undone_came: datetime | None = None
    return_reason: str = ""
    extended: bool = False

    @property
    def to_be_sent_again(self) -> bool:
        """Whether the workbook sent last was returned, and nothing has come since."""
        return self.returned and (self.filing is None or (self.undone or 0) > self.filing.submission)


def as_dict(zone: Zone, report: DueReport) -> dict[str, Any]:
    """One due report as CONTRACT prints it."""
    filing = report.filing
    return {
        "unit": report.unit.code,
        "kind": report.kind,
        "status": report.status,
        "version": filing.version if filing else None,
        "received_at": filing.received_at.astimezone(zone.calendar.timezone).isoformat() if filing else None,
        "rows": filing.rows if filing else None,
    }


def due_reports(connection: Connection, zone: Zone, period: Period, now: datetime) -> list[DueReport]:
    """Every report due for a period, as it stood at an instant (exclusive): in time, late, missing, awaited, refused, set aside.

    What is due only where something changed, or never, is among them where it was sent.
    """
    return due_in_each(connection, zone, [period], now)[period]


def due_in_each(
    connection: Connection, zone: Zone, periods: Collection[Period], now: datetime
) -> dict[Period, list[DueReport]]:
    """The same of several periods."""
    filed = _filings(connection, zone, STORED_KINDS, periods, now)
    undone = _last_undone(connection, zone, periods, now)
    return {period: _due(zone, period, filed, undone, now) for period in periods}


def _due(
    zone: Zone,
    period: Period,
    filed: Mapping[tuple[str, str, str], Filing],
    undone: Mapping[tuple[str, str, str], _Undone],
    now: datetime,
) -> list[DueReport]:
    reports, told = [], str(period)
    for deadline, unit in zone.due(period):
        if deadline.kind not in STORED_KINDS:
            continue
        filing = filed.get((deadline.kind, unit.code, told))
        last = undone.get((deadline.kind, unit.code, told))
        if deadline.condition != ALWAYS and filing is None and last is None:
            continue
        day = zone.extended(deadline, period, unit.code, now)
        passed = day is not None and now > zone.calendar.end_of(day)
        status = _status(filing, last, passed=passed, in_time=_in_time(zone, filing, day))
        report = DueReport(unit, deadline.kind, day, status, filing, None, extended=day != deadline.day(period))
        if last is not None:
            report = replace(
                report, undone=last.submission, returned=last.returned, undone_came=last.received_at,
                return_reason=last.reason or "",
            )  # fmt: skip
        reports.append(report)
    return reports


def _in_time(zone: Zone, filing: Filing | None, day: date | None) -> bool:
    return filing is not None and (day is None or zone.calendar.day_of(filing.counted_at) <= day)


class _Undone(NamedTuple):
    """A workbook that was refused, accepted and returned later, or set aside."""

    submission: int
    status: Literal["rejected", "returned", "set_aside"]
    received_at: datetime
    reason: str | None

    @property
    def returned(self) -> bool:
        """Whether it was accepted before."""
        return self.status == "returned"


def _status(filing: Filing | None, undone: _Undone | None, *, passed: bool, in_time: bool) -> Status:
    if filing is not None:
        return "on_time" if in_time else "late"
    if undone is not None:
        return undone.status
    return "missing" if passed else "awaited"


def _last_undone(
    connection: Connection, zone: Zone, periods: Collection[Period], now: datetime
) -> dict[tuple[str, str, str], _Undone]:
    """(kind, unit, period) → the workbook that was last refused, returned or set aside."""
    table = submission.c
    refused = and_(table.status.in_(("rejected", "set_aside")), table.received_at < now)
    returned = and_(table.status == "accepted", table.returned_at < now)
    rows = connection.execute(
        select(
            table.kind, table.unit, table.period, table.submission, table.status, table.received_at,
            table.return_reason,
        )
        .where(
            table.zone == zone.code,
            table.period.in_([str(period) for period in periods]),
            or_(refused, returned),
            table.kind.is_not(None),
            table.unit.is_not(None),
            of_its_own_sender(),
        )
        .order_by(func.coalesce(table.returned_at, table.received_at), table.submission)
    )  # fmt: skip
    return {
        (row.kind, row.unit, row.period): _Undone(
            row.submission, "returned" if row.status == "accepted" else row.status, row.received_at, row.return_reason
        )
        for row in rows
    }


def months_with_ledgers(connection: Connection, zone: Zone, known_by: datetime | None = None) -> list[Month]:
    """The months for which any unit filed an enforcement ledger, in order."""
    filed = _periods_filed(connection, zone, ["enforcement"], known_by)
    return sorted(period for period in filed if isinstance(period, Month))


def quarters_with_marks(connection: Connection, zone: Zone, known_by: datetime | None = None) -> list[Quarter]:
    """The quarters for which any self-assessment or review was filed, in order."""
    filed = _periods_filed(connection, zone, ["self_assessment", "review"], known_by)
    return sorted(period for period in filed if isinstance(period, Quarter))


def _periods_filed(
    connection: Connection, zone: Zone, kinds: Collection[str], known_by: datetime | None
) -> list[Period]:
    table = submission.c
    wanted = [table.zone == zone.code, table.kind.in_(kinds), table.status == "accepted", stands(known_by)]
    if known_by is not None:
        wanted.append(table.received_at < known_by)
    periods = connection.execute(select(table.period).where(*wanted).distinct()).scalars()
    return [parse_period(period) for period in periods]
