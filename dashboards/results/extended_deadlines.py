"""The deadlines of a period that the office extended, as whoever asks may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from data.schema import STORED_KINDS
from data.zone.extensions import Extension
from data.zone.periods import Period, frequency
from data.zone.zone import Unit


@dataclass(frozen=True, slots=True)
class ExtendedDeadline:
    """One extension: ``unit`` is None for all units; ``reason`` as its reader may read it."""

    kind: str
    unit: Unit | None
    until: date
    reason: str
    at: datetime


def fetch(reading: Reading, period: Period) -> list[ExtendedDeadline]:
    """Those of a period that bear on what the scope sees, the last decided first."""
    found = [one for one in reading.zone.extensions if one.period == str(period) and _is_shown(one, reading)]
    return [_shown(one, reading) for one in reversed(found)]


def _is_shown(one: Extension, reading: Reading) -> bool:
    """A unit's account reads its own and those of all; of what the office files of everybody none."""
    zone, scope = reading.zone, reading.scope
    if scope.sees_all:
        return True
    return one.unit in {None, scope.unit} and not zone.only_office_files(one.kind)


def _shown(one: Extension, reading: Reading) -> ExtendedDeadline:
    of = reading.zone.unit_by_code[one.unit] if one.unit is not None else None
    reader = Viewpoint(reading.scope.files if one.unit is None else reading.scope.sees_names(one.unit))
    return ExtendedDeadline(one.kind, of, one.until, reader.words(one.reason), one.at)


def extensible(reading: Reading, period: Period) -> list[str]:
    """The kinds of which a deadline of the period can be extended, in our order."""
    every = frequency(period)
    due = {one.kind for one in reading.zone.deadlines if one.every == every and one.due_day is not None}
    return [kind for kind in STORED_KINDS if kind in due]
