"""Extensions of deadlines, as rows: written from the journal, read with the zone (``data.zone.extensions``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from data.intake.archive import Entry
from data.intake.audit import Act
from data.language import gettext as _
from data.schema.extensions import extension
from data.zone.periods import Period, frequency, parse_period
from data.zone.zone import Deadline, Zone

EXTEND = "extend_deadline"
ROW = extension, {one: one for one in ("kind", "period", "unit", "until", "reason", "actor")}
"""What is told in a decision's line, by the column of the table that keeps it."""
LONGEST = timedelta(days=366)
"""What is extended further is a slip in the year."""


def write_extension(connection: Connection, zone: str, entry: Entry) -> Act:
    """The extension's row."""
    told, at = entry.data, datetime.fromisoformat(entry.at)
    kept = {column: told[name] for column, name in ROW[1].items()}
    connection.execute(insert(extension).values(zone=zone, entry=entry.number, at=at, **kept))
    subject = " ".join(part for part in (told["unit"], told["kind"], told["period"]) if part)
    return Act("deadline extended", subject, {"day": told["until"], "reason": told["reason"]})


def impossible(zone: Zone, told: Mapping[str, Any]) -> str | None:
    """Why a deadline cannot be extended so as things stand; None where it can."""
    period, unit, until = parse_period(told["period"]), told["unit"], date.fromisoformat(told["until"])
    if unit is not None and unit not in zone.unit_by_code:
        return _("There is no such unit: %(value)s", value=unit)
    deadline = _deadline(zone, told["kind"], period, unit)
    if deadline is None:
        return _("Of this kind, unit and period nothing is due, so there is no deadline to be extended.")
    day = zone.extended(deadline, period, unit)
    first = deadline.day(period)
    assert day is not None
    assert first is not None
    if until <= day:
        return _("The deadline is %(day)s. It can be extended to a later day, never shortened.", day=day.isoformat())
    if until > first + LONGEST:
        return _("%(day)s lies more than a year behind the deadline. Look at the year.", day=until.isoformat())
    return None


def _deadline(zone: Zone, kind: str, period: Period, unit: str | None) -> Deadline | None:
    """The deadline that would be extended; None where nothing is due."""
    every = frequency(period)
    alike = [one for one in zone.deadlines if one.kind == kind and one.every == every and one.due_day is not None]
    if unit is None:
        return next(iter(alike), None)
    of = zone.unit_by_code[unit]
    return next((one for one in alike if one.binds(of) and of in zone.units_of(period)), None)


def concerns_the_office(zone: Zone, told: Mapping[str, Any]) -> bool:
    """Whether an extension is a decision of the office on its own figures (METHOD section 1), which needs a second account.

    One for its own unit is, and one for all by which its own deadline is later, whether or not that has passed. What it
    files of everybody is nobody's own.
    """
    kind, period, own = told["kind"], parse_period(told["period"]), zone.office.code
    if zone.only_office_files(kind) or _deadline(zone, kind, period, own) is None:
        return False
    if told["unit"] is not None:
        return bool(told["unit"] == own)
    return date.fromisoformat(told["until"]) > zone.due_day(kind, period, own)
