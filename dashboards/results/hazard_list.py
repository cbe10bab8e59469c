"""The hazards on record as a list to be searched, filtered and sorted, each with the row that counts of it.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the
same rows. What people wrote of them is read only where a list is searched or sorted by it, or of those that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256

from dashboards.method import hazards as method
from dashboards.method.hazards import AGES, HAZARD_STATES, Hazard
from dashboards.results import hazard_texts
from dashboards.results.hazard_texts import HazardTexts
from dashboards.results.hazards import HazardsReport
from dashboards.results.names import hazard_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from data.schema.hazards import GRADES, MAJOR

OPEN, CROSSED_OFF = "open", "crossed_off"
KINDS_OF_HAZARD: tuple[str, ...] = (OPEN, *HAZARD_STATES, CROSSED_OFF)
"""By what hazards are chosen: whether they are open, or how they stand against their deadlines."""
BANDS = tuple(name for name, _last in AGES)
NO_LEVEL = "none"
WRITTEN = frozenset(HazardTexts._fields)
"""The columns whose values are read apart."""


def level_key(level: str | None) -> str:
    """A level as addresses name it: offices call levels as they like, at any length."""
    return NO_LEVEL if level is None else sha256(level.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class HazardsChosen:
    """Which hazards are wanted; None: of any. ``level`` as of ``level_key``, ``kind`` of ``KINDS_OF_HAZARD``, ``band`` of ``BANDS``."""

    major: bool = False
    unit: str | None = None
    sector: str | None = None
    level: str | None = None
    kind: str | None = None
    band: str | None = None

    def of(self, report: HazardsReport) -> list[Hazard]:
        """Those of a report, in its order."""
        tests = list(self._tests(report))
        return [one for one in report.found if all(test(one) for test in tests)]

    def _tests(self, report: HazardsReport) -> list[Callable[[Hazard], bool]]:
        day = report.asked.as_of
        levels = {level for level in report.levels if level_key(level) == self.level}
        asked: list[tuple[object, Callable[[Hazard], bool]]] = [
            (self.major or None, lambda one: one.major),
            (self.unit, lambda one: one.unit == self.unit),
            (self.sector, lambda one: one.sector == self.sector),
            (self.level, lambda one: one.level in levels),
            (self.kind, lambda one: self.kind in kinds(one, day)),
            (self.band, lambda one: method.band(one, day) == self.band),
        ]
        return [test for wanted, test in asked if wanted is not None]


def kinds(one: Hazard, day: date) -> tuple[str, ...]:
    """All kinds to which a hazard belongs."""
    return method.state(one, day), OPEN if method.is_open(one, day) else CROSSED_OFF


def rows(
    reading: Reading, report: HazardsReport, chosen: HazardsChosen, wanted: RowsWanted
) -> tuple[int, list[Hazard]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    keys = {one.key for one in wanted.conditions} | {key for key, _down in wanted.sort}
    reads = bool(wanted.search) or not keys.isdisjoint(WRITTEN)
    written = reading.once(hazard_texts.every, report.asked.month, report.asked.bound) if reads else {}
    return chosen_rows(chosen.of(report), columns(reading, report, written), wanted)


def columns(
    reading: Reading, report: HazardsReport, written: Mapping[hazard_texts.RowKey, HazardTexts]
) -> list[RowColumn[Hazard]]:
    """What the list may be filtered and sorted by; ``written`` are the texts where they are needed."""
    zone, day = report.zone, report.asked.as_of
    units = {unit.code: unit.short_name for unit in zone.units}

    ways = {unit: hazard_texts.read_as(reading.scope, unit) for unit in units}

    def text(key: str, one: Hazard) -> str | None:
        value: str | None = getattr(written[one.submission, one.row], key)
        way = ways[one.unit].get(key)
        return value if way is None or not value else way(value)

    return [
        RowColumn("number", Holds.TEXT, partial(text, "number"), searched=True),
        RowColumn("enterprise", Holds.TEXT, partial(text, "enterprise"), searched=True),
        RowColumn("description", Holds.TEXT, partial(text, "description"), searched=True),
        RowColumn("measures", Holds.TEXT, partial(text, "measures")),
        RowColumn("territory", Holds.CHOICE, partial(text, "territory"), units),
        RowColumn("unit", Holds.CHOICE, lambda one: one.unit, units, searched=True),
        RowColumn("sector", Holds.CHOICE, lambda one: one.sector, zone.sectors, searched=True),
        RowColumn("grade", Holds.CHOICE, grade, {one: one for one in GRADES}),
        RowColumn("level", Holds.TEXT, lambda one: one.level),
        RowColumn("credit_code", Holds.TEXT, lambda one: one.credit_code, searched=True),
        RowColumn("state", Holds.CHOICE, lambda one: method.state(one, day), {one: hazard_state(one) for one in HAZARD_STATES}),
        RowColumn("found_on", Holds.DAY, lambda one: one.found_on),
        RowColumn("rectify_by", Holds.DAY, lambda one: one.rectify_by),
        RowColumn("crossed_off_on", Holds.DAY, lambda one: crossed_off_by(one, day)),
        RowColumn("age", Holds.NUMBER, lambda one: age(one, day)),
        RowColumn("days_overdue", Holds.NUMBER, lambda one: days_overdue(one, day)),
    ]  # fmt: skip


def grade(one: Hazard) -> str:
    """一般 or 重大, as ledgers have it."""
    return MAJOR if one.major else GRADES[0]


def crossed_off_by(one: Hazard, day: date) -> date | None:
    """The day on which it was crossed off, if that had come."""
    return None if method.is_open(one, day) else one.crossed_off_on


def age(one: Hazard, day: date) -> int | None:
    """How many days an open one is old."""
    return (day - one.found_on).days if method.is_open(one, day) else None


def days_overdue(one: Hazard, day: date) -> int | None:
    """How many days an overdue one is past its deadline."""
    return (day - one.rectify_by).days if method.state(one, day) == "overdue" else None
