"""The hazards on record as a list to be searched, filtered and sorted, each with the row that counts of it.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the
same columns. What people wrote of them is read only where a list is searched or sorted by it, or of those that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import numpy as np

from dashboards.method import hazards as method
from dashboards.method.columns import NEVER, Flags
from dashboards.method.hazards import AGES, HAZARD_STATES, Hazard, HazardColumns
from dashboards.results import hazard_texts
from dashboards.results.columns_at_hand import (
    ColumnAtHand,
    ValuesAtHand,
    chosen_places,
    coded_values,
    day_values,
    number_values,
    text_values,
)
from dashboards.results.hazards import FoundHazards, HazardsReport
from dashboards.results.names import hazard_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from data.schema.hazards import GRADES, MAJOR

OPEN, CROSSED_OFF = "open", "crossed_off"
KINDS_OF_HAZARD: tuple[str, ...] = (OPEN, *HAZARD_STATES, CROSSED_OFF)
"""By what hazards are chosen: whether they are open, or how they stand against their deadlines."""
BANDS = tuple(name for name, _last in AGES)
NO_LEVEL = "none"


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

    def of(self, report: HazardsReport) -> FoundHazards:
        """Those of a report, in its order."""
        fitting = list(self._fitting(report))
        return report.found.at(np.flatnonzero(np.logical_and.reduce(fitting))) if fitting else report.found

    def _fitting(self, report: HazardsReport) -> Iterator[Flags]:
        """Of each choice which hazards fit it."""
        found, day = report.found.columns, report.asked.as_of
        if self.major:
            yield found.major
        if self.unit is not None:
            yield found.unit.among([self.unit])
        if self.sector is not None:
            yield found.sector.among([self.sector])
        if self.level is not None:
            yield found.level.among(one for one in report.levels if level_key(one) == self.level)
        if self.kind is not None:
            yield _of_kind(found, self.kind, day)
        if self.band is not None:
            ages = day.toordinal() - found.found_on
            yield found.open_on(day) & (method.bands(ages) == BANDS.index(self.band))


def _of_kind(found: HazardColumns, kind: str, day: date) -> Flags:
    if kind in {OPEN, CROSSED_OFF}:
        is_open = found.open_on(day)
        return is_open if kind == OPEN else ~is_open
    fits: Flags = method.states(found, day) == [*map(str, HAZARD_STATES)].index(kind)
    return fits


def rows(
    reading: Reading, report: HazardsReport, chosen: HazardsChosen, wanted: RowsWanted
) -> tuple[int, list[Hazard]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    found = chosen.of(report)
    total, places = chosen_places(len(found), columns(reading, report, found), wanted)
    return total, found.at(places).rows


def columns(reading: Reading, report: HazardsReport, found: FoundHazards) -> list[ColumnAtHand]:
    """What a list of these hazards may be filtered and sorted by."""
    zone, day, own = report.zone, report.asked.as_of, found.columns
    now, is_open = day.toordinal(), found.columns.open_on(day)
    units = {unit.code: unit.short_name for unit in zone.units}
    states: dict[str, str] = {one: hazard_state(one) for one in HAZARD_STATES}

    def written(key: str) -> Callable[[], ValuesAtHand]:
        return lambda: text_values(hazard_texts.column(reading, found, key))

    def flagged(names: Sequence[str], flags: Flags) -> ValuesAtHand:
        return ValuesAtHand(flags.astype(np.int32), names)

    return [
        ColumnAtHand("number", Holds.TEXT, written("number"), searched=True),
        ColumnAtHand("enterprise", Holds.TEXT, written("enterprise"), searched=True),
        ColumnAtHand("description", Holds.TEXT, written("description"), searched=True),
        ColumnAtHand("measures", Holds.TEXT, written("measures")),
        ColumnAtHand("territory", Holds.CHOICE, written("territory"), units),
        ColumnAtHand("unit", Holds.CHOICE, lambda: coded_values(own.unit), units, searched=True),
        ColumnAtHand("sector", Holds.CHOICE, lambda: coded_values(own.sector), zone.sectors, searched=True),
        ColumnAtHand("grade", Holds.CHOICE, lambda: flagged(GRADES, own.major), {one: one for one in GRADES}),
        ColumnAtHand("level", Holds.TEXT, lambda: coded_values(own.level)),
        ColumnAtHand("credit_code", Holds.TEXT, lambda: text_values(found.credit_codes), searched=True),
        ColumnAtHand("state", Holds.CHOICE, lambda: ValuesAtHand(method.states(own, day), HAZARD_STATES), states),
        ColumnAtHand("found_on", Holds.DAY, lambda: day_values(own.found_on)),
        ColumnAtHand("rectify_by", Holds.DAY, lambda: day_values(own.rectify_by)),
        ColumnAtHand("crossed_off_on", Holds.DAY, lambda: day_values(np.where(is_open, NEVER, own.crossed_off_on))),
        ColumnAtHand("age", Holds.NUMBER, lambda: number_values(now - own.found_on, is_open)),
        ColumnAtHand("days_overdue", Holds.NUMBER, lambda: number_values(now - own.rectify_by, is_open & (own.rectify_by < now))),
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
