"""The year's work plans that the office adopts: each adoption is a version, and none is ever changed (METHOD section 5.8).

What holds of a year is its last version; what was known by a day is the version of that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from data.intake.archive import Entry
from data.intake.audit import Act
from data.intake.configuration import put
from data.language import gettext as _
from data.schema.work_plan import work_plan
from data.zone.plan_faults import PlanFaults, understood
from data.zone.work_plan import WorkPlan, parsed
from data.zone.zone import read_zone

ADOPT = "adopt_plan"
_KEPT = ("year", "version", "sha256", "text", "actor", "reason")
ROWS = {ADOPT: (work_plan, {one: one for one in _KEPT})}
"""What is told in an act's line, by the column of the table that keeps it."""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of a year's plan; ``actor`` and ``at`` are None where it came with the program."""

    version: int
    plan: WorkPlan
    text: str
    actor: str | None
    reason: str | None
    at: datetime | None


def versions(connection: Connection, zone: str, year: int) -> list[PlanVersion]:
    """All versions of a year's plan, in their order; the last one holds."""
    table = work_plan.c
    of_year = select(work_plan).where(table.zone == zone, table.year == year).order_by(table.version)
    return [
        PlanVersion(row.version, parsed(row.text), row.text, row.actor, row.reason, row.at)
        for row in connection.execute(of_year)
    ]


def years(connection: Connection, zone: str) -> list[int]:
    """The years of which there is a plan."""
    table = work_plan.c
    return list(
        connection.execute(select(table.year).where(table.zone == zone).distinct().order_by(table.year)).scalars()
    )


def version_row(entry: Entry) -> dict[str, Any]:
    """The row that a line tells of, as the journal tells rows of what is configured."""
    at = datetime.fromisoformat(entry.at).astimezone(UTC).isoformat()
    return {**{name: entry.data[name] for name in _KEPT}, "entry": entry.number, "at": at}


def write_adoption(connection: Connection, zone: str, entry: Entry) -> Act:
    """The version's row."""
    told = entry.data
    put(connection, work_plan, zone, version_row(entry), datetime.fromisoformat(entry.at))
    detail = {name: told[name] for name in ("version", "sha256", "reason")}
    return Act("plan adopted", f"work plan {told['year']}", detail)


WRITERS = {ADOPT: write_adoption}


def impossible(connection: Connection, zone: str, _act: str, told: Mapping[str, Any]) -> str | None:
    """Why a version cannot be adopted as things stand; None where it can."""
    there = versions(connection, zone, told["year"])
    if told["version"] != len(there) + 1:
        return _("Another version of this plan was adopted since it was looked at. Look at it again, then decide.")
    try:
        plan = understood(told["text"], read_zone(connection, zone))
    except PlanFaults as error:
        return str(error)
    if there and there[-1].plan.sha256 == plan.sha256:
        return _("Nothing of it is changed.")
    return None
