"""What was published, as rows: written from the journal, never changed; and what is closed by it.

The line of a publication holds all that it froze, so that a database made anew has it to the letter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, String, and_, bindparam, func, insert, or_, select

from data.intake.archive import LAST_LINE, Entry
from data.intake.audit import Act
from data.schema.publications import publication

PUBLISH = "publish"
_KEPT = ("report", "period", "day", "revision", "sha256", "content", "mistake", "reason", "actor")
ROW = publication, {one: one for one in _KEPT}
"""What is told in a publication's line, by the column of the table that keeps it."""
CLOSES: Mapping[str, tuple[str, ...]] = {
    "ranking": ("enforcement",),
    "scores": ("self_assessment", "review", "tasks"),
    "casualties": (),
}
"""Report → the kinds of workbook of its period that its publication closes; an accident is told whenever it is known."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One revision of what was published, as it stands in the table."""

    entry: int
    report: str
    period: str
    day: str
    revision: int
    sha256: str
    content: Mapping[str, Any]
    mistake: bool
    reason: str
    actor: str
    at: datetime


class PublishedOn(NamedTuple):
    """When a revision was published, without what it holds; ``day``: as of which, of casualties alone."""

    entry: int
    report: str
    period: str
    day: str
    revision: int
    mistake: bool
    at: datetime


def canonical(content: Any) -> str:
    """The one writing of a content over which its hash is taken: sorted keys, no blanks, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(content: Any) -> str:
    """SHA-256 over a content in canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def write_publication(connection: Connection, zone: str, entry: Entry) -> Act:
    """The publication's row."""
    told, at = entry.data, datetime.fromisoformat(entry.at)
    kept = {column: told[name] for column, name in ROW[1].items()}
    connection.execute(insert(publication).values(zone=zone, entry=entry.number, at=at, **kept))
    detail = {name: told[name] for name in ("revision", "sha256", "mistake", "reason")}
    return Act("report published", subject(told["report"], told["period"], told["day"]), detail)


def subject(report: str, period: str, day: str) -> str:
    """How the audit log names a report of a period, or of a day."""
    return " ".join(part for part in (report, period, day) if part)


def revisions(connection: Connection, zone: str, report: str, period: str, day: str | None = None) -> list[Publication]:
    """All revisions of a report of a period, the first first; of casualties those of one day, or of the latest published."""
    return of_one_day(
        [_publication(row) for row in connection.execute(_of_period(), _asked(zone, report, period))], day
    )


def revisions_of_each(
    connection: Connection, zone: str, asked: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[Publication]]:
    """All revisions of some reports of periods, as of whatever days, the first first."""
    found: dict[tuple[str, str], list[Publication]] = {one: [] for one in asked}
    table = publication.c
    of = [and_(table.report == report, table.period == period) for report, period in asked]
    rows = select(publication).where(table.zone == zone, or_(*of)).order_by(table.day, table.revision)
    for row in connection.execute(rows):
        found[row.report, row.period].append(_publication(row))
    return found


def of_one_day(every: Sequence[Publication], day: str | None = None) -> list[Publication]:
    """Of the revisions of a report of a period those as of a day, or as of the latest published."""
    last = max((one.day for one in every), default="") if day is None else day
    return [one for one in every if one.day == last]


def of_year(connection: Connection, zone: str, year: int) -> list[Publication]:
    """Everything published of a year, its months and its quarters, in the order in which it was."""
    table = publication.c
    of = table.zone == zone, table.period.startswith(f"{year:04d}", autoescape=True)
    return [_publication(row) for row in connection.execute(select(publication).where(*of).order_by(table.entry))]


def all_published(connection: Connection, zone: str) -> list[PublishedOn]:
    """Every revision of everything that was ever published, in order, without what they hold."""
    columns = [publication.c[name] for name in PublishedOn._fields]
    rows = connection.execute(select(*columns).where(publication.c.zone == zone).order_by(publication.c.entry))
    return [PublishedOn(*row) for row in rows]


def years(connection: Connection, zone: str) -> list[int]:
    """The years of which anything is published, in order."""
    periods = connection.execute(select(publication.c.period).where(publication.c.zone == zone).distinct()).scalars()
    return sorted({int(period[:4]) for period in periods})


def by_fingerprint(connection: Connection, zone: str, sha256: str) -> Publication | None:
    """The publication with this hash; None where there is none."""
    this = publication.c.zone == zone, publication.c.sha256 == sha256
    row = connection.execute(select(publication).where(*this)).first()
    return None if row is None else _publication(row)


def by_entry(connection: Connection, zone: str, entry: int) -> Publication:
    """The publication of a line of the journal."""
    found = find(connection, zone, entry)
    if found is None:
        raise LookupError(f"line {entry} of the journal is no publication")
    return found


def find(connection: Connection, zone: str, entry: int) -> Publication | None:
    """The publication of a line of the journal; None where that is none."""
    if entry > LAST_LINE:
        return None
    this = publication.c.zone == zone, publication.c.entry == entry
    row = connection.execute(select(publication).where(*this)).first()
    return None if row is None else _publication(row)


def latest(connection: Connection, zone: str) -> Publication | None:
    """Whatever was published last; None where nothing was."""
    last = select(publication).where(publication.c.zone == zone).order_by(publication.c.entry.desc()).limit(1)
    row = connection.execute(last).first()
    return None if row is None else _publication(row)


def last_fingerprint(connection: Connection, zone: str, before: int | None = None) -> str | None:
    """The hash of whatever was published last, or last before a line of the journal; None where nothing was."""
    table = publication.c
    this = [table.zone == zone, *([] if before is None else [table.entry < before])]
    last = select(table.sha256).where(*this).order_by(table.entry.desc()).limit(1)
    sha256: str | None = connection.execute(last).scalar()
    return sha256


def latest_of(
    connection: Connection, zone: str, report: str, periods: Collection[str], known_by: datetime
) -> dict[str, Publication]:
    """Period → its latest revision published before an instant."""
    table = publication.c
    of = table.zone == zone, table.report == report, table.period.in_(periods), table.at < known_by
    rows = connection.execute(select(publication).where(*of).order_by(table.revision))
    return {row.period: _publication(row) for row in rows}


def closing(connection: Connection, zone: str, kind: str, period: str) -> int | None:
    """The revision that closes a period to a kind of workbook; None where it is open."""
    reports = [report for report, kinds in CLOSES.items() if kind in kinds]
    table = publication.c
    of = table.zone == zone, table.report.in_(reports), table.period == period
    revision: int | None = connection.execute(select(func.max(table.revision)).where(*of)).scalar()
    return revision


def touches_published(connection: Connection, zone: str, kind: str, period: str) -> bool:
    """Whether a period is closed to a kind of workbook, or a ledger of it might move a later month that is published."""
    if closing(connection, zone, kind, period) is not None:
        return True
    return kind in CLOSES["ranking"] and any(one > period for one in published_periods(connection, zone, "ranking"))


def published_periods(connection: Connection, zone: str, report: str, known_by: datetime | None = None) -> list[str]:
    """The periods of which a report is published, in order; before an instant, where one is given."""
    table = publication.c
    of = [table.zone == zone, table.report == report, *([] if known_by is None else [table.at < known_by])]
    return list(connection.execute(select(table.period).where(*of).distinct().order_by(table.period)).scalars())


def _publication(row: Row[Any]) -> Publication:
    return Publication(row.entry, at=row.at, **{name: getattr(row, name) for name in _KEPT})


def _asked(zone: str, report: str, period: str) -> dict[str, str]:
    return {"in_zone": zone, "of_report": report, "of_period": period}


@cache
def _of_period() -> Select[Any]:
    table = publication.c
    zone, report, period = (bindparam(name, type_=String) for name in ("in_zone", "of_report", "of_period"))
    of = table.zone == zone, table.report == report, table.period == period
    return select(publication).where(*of).order_by(table.day, table.revision)
