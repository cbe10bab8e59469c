"""What people wrote of hazards, as their reader may read it: free text is for the office and the unit that told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select, tuple_

from dashboards.method.hazards import Hazard
from dashboards.results.day_reports import DayAsked
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept_before_it_is_narrowed
from dashboards.results.record_list import MOST_AT_ONCE
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.hazards import hazard
from data.store import listed

RowKey = tuple[int, int]
"""A workbook's number and a row of it."""


class HazardTexts(NamedTuple):
    """What a row says of a hazard besides days, grade and level; ``territory`` is a unit's code."""

    number: str
    enterprise: str
    territory: str | None
    description: str
    measures: str | None


def of(reading: Reading, shown: Sequence[Hazard]) -> dict[RowKey, HazardTexts]:
    """The texts of some hazards, as whoever asks may read them."""
    own = hazard.c
    found: dict[RowKey, HazardTexts] = {}
    for start in range(0, len(shown), MOST_AT_ONCE):
        some = shown[start : start + MOST_AT_ONCE]
        rows = reading.connection.execute(
            select(own.unit, own.submission, own.row, *(own[name] for name in HazardTexts._fields)).where(
                own.zone == reading.zone.code,
                tuple_(own.submission, own.row).in_([(one.submission, one.row) for one in some]),
            )
        )
        found |= {(number, row): as_read(reading, unit, HazardTexts(*texts)) for unit, number, row, *texts in rows}
    return found


@kept_before_it_is_narrowed
def every(reading: Reading, asked: DayAsked) -> Mapping[RowKey, HazardTexts]:
    """The texts of all rows of all ledgers up to the day's month as they were written: nobody may be shown them before ``as_read``."""
    own = hazard.c
    ledgers = submissions_in_force(
        reading.connection, reading.zone.code, "hazards", known_by=asked.bound, last=str(asked.month)
    )
    rows = reading.connection.execute(
        select(own.submission, own.row, *(own[name] for name in HazardTexts._fields)).where(in_ledgers(hazard)),
        {"zone": reading.zone.code, "ledgers": listed(ledgers)},
    )
    return {(number, row): HazardTexts(*texts) for number, row, *texts in rows}


def as_read(reading: Reading, unit: str, texts: HazardTexts) -> HazardTexts:
    """What whoever asks may read of a row that a unit wrote (etl/kinds/hazards.py: names of enterprises are open)."""
    view = Viewpoint(reading.scope.sees_names(unit))
    return texts._replace(
        number=view.document(texts.number),
        description=view.cell(texts.description) or "",
        measures=view.cell(texts.measures),
    )
