"""What the plan's leaders owe by its first article, post by post: lists on file, reports heard (METHOD section 5.8).

The plan names posts. Who holds them is written down beside it and told to the office alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dashboards.method.work_plan import ItemStanding, TaskRow
from dashboards.results import plan_items, work_plan
from dashboards.results.reading import Reading
from dashboards.results.told_rows import ToldRow
from dashboards.results.work_plan import PlanReport
from data.intake import calendar_events
from data.zone.work_plan import LEADERS, PlanItem


@dataclass(frozen=True, slots=True)
class Owed:
    """What a post owes of an item by one of its due days."""

    day: date
    number: Fraction
    reached: bool


@dataclass(frozen=True, slots=True)
class LeaderDuty:
    """An item as one post stands with it on the day: what was told last (``row`` None: nothing), and what it owes by each due day."""

    item: PlanItem
    done: Fraction
    owed: tuple[Owed, ...]
    row: TaskRow | None
    source: ToldRow | None


@dataclass(frozen=True, slots=True)
class Leader:
    """A post of the plan; ``person`` is who holds it, empty where nobody is named or the reader is not told."""

    post: str
    person: str
    duties: tuple[LeaderDuty, ...]


@dataclass(frozen=True, slots=True)
class LeaderDuties:
    """The posts in the plan's order, the items that each owes, and the days on which the calendar has reports heard."""

    year: int
    as_of: date
    items: tuple[PlanItem, ...]
    leaders: tuple[Leader, ...]
    heard_on: tuple[date, ...]


def fetch(reading: Reading, year: int) -> LeaderDuties | None:
    """Of a year's plan as it stands today; None without a plan, and for an account of a unit that does not file them."""
    if year > reading.today.year:
        return None
    day = min(reading.today, date(year, 12, 31))
    report = work_plan.of_day(reading, day)
    if report is None:
        return None
    standing = [one for one in report.standing.items if one.item.listed == LEADERS]
    if not standing:
        return None
    rows = {one.item.number: _rows(one) for one in standing}
    sources = plan_items.sources(reading, [row for of_item in rows.values() for row in of_item.values()])
    return LeaderDuties(
        year=year,
        as_of=day,
        items=tuple(one.item for one in standing),
        leaders=tuple(_leader(reading, report, year, key, standing, rows, sources) for key in _posts(report, standing)),
        heard_on=_heard(reading, year),
    )


def _posts(report: PlanReport, standing: list[ItemStanding]) -> list[str]:
    return list(report.plan.objects(standing[0].item, report.zone) or {})


def _rows(one: ItemStanding) -> dict[str, TaskRow]:
    """Post as compared → the row that counts of it."""
    return {row.object: row for unit in one.units for row in unit.rows}


def _leader(
    reading: Reading,
    report: PlanReport,
    year: int,
    key: str,
    standing: list[ItemStanding],
    rows: dict[str, dict[str, TaskRow]],
    sources: dict[tuple[int, int], ToldRow],
) -> Leader:
    named = calendar_events.leaders(reading.connection, report.zone.code, year) if reading.scope.decides else {}
    post = (report.plan.objects(standing[0].item, report.zone) or {})[key]
    duties = tuple(_duty(one.item, post, rows[one.item.number].get(key), sources) for one in standing)
    return Leader(post, named.get(post, ""), duties)


def _duty(item: PlanItem, post: str, row: TaskRow | None, sources: dict[tuple[int, int], ToldRow]) -> LeaderDuty:
    done = Fraction(0) if row is None else row.done
    owes = [item.each_on(at, post) for at in range(len(item.dues))]
    owed = tuple(Owed(day, number, done >= number) for day, number in zip(item.dues, owes, strict=True))
    return LeaderDuty(item, done, owed, row, None if row is None else sources[row.submission, row.row])


def _heard(reading: Reading, year: int) -> tuple[date, ...]:
    """The days on which reports were heard, as the calendar has them."""
    events = calendar_events.events(reading.connection, reading.zone.code)
    held = [one.held_on for one in events if one.content.kind == "hearing" and not one.cancelled]
    return tuple(sorted(day for day in held if day is not None and day.year == year))
