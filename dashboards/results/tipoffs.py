"""Tip-offs, sanctions and crackdowns as of a day, by type, as command and documents take it: counts and sums, never a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.method import tipoffs as method
from dashboards.method.tipoffs import Tipoff, TipoffsStanding
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_things import told_things
from data.schema.tipoffs import TYPES, tipoff
from data.zone.periods import Period
from data.zone.schemes import TipoffsScheme, tipoffs_scheme


@dataclass(frozen=True, slots=True)
class TipoffsReport:
    """How the cases of each type stand, in the order of the types."""

    asked: DayAsked
    scheme: TipoffsScheme
    types: Mapping[str, TipoffsStanding]


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> TipoffsReport:
    """The cases of all units as of a day of the period, for who sees all units."""
    connection, zone = reading.connection, reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    scheme = tipoffs_scheme(connection, zone.code, asked.as_of, asked.bound)
    rows = told_things(connection, zone, "tipoffs", tipoff, asked, ["unit", "number_key"], Tipoff._fields)
    of_type: dict[str, list[Tipoff]] = {one: [] for one in TYPES}
    for case in (Tipoff(*row) for row in rows):
        of_type[case.type].append(case)
    return TipoffsReport(
        asked, scheme, {name: method.standing(own, asked.as_of, scheme) for name, own in of_type.items()}
    )


def as_dict(result: TipoffsReport) -> dict[str, Any]:
    """The report as CONTRACT prints it, rates unrounded."""
    return {
        **result.asked.head("tipoffs"),
        "types": [{"type": name, **_standing_as_dict(one)} for name, one in result.types.items()],
    }


def _standing_as_dict(one: TipoffsStanding) -> dict[str, Any]:
    return {
        "received": one.received,
        "closed": one.closed,
        "substantiated": one.substantiated,
        "rewarded": one.rewarded,
        "paid": one.paid,
        "payment_rate": plain(one.payment_rate),
        "reward_yuan": plain(one.reward_yuan),
        "paid_yuan": plain(one.paid_yuan),
        "median_days": plain(one.median_days),
        "overdue": one.overdue,
    }
