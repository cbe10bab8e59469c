"""What people wrote of hazards, as their reader may read it: free text is for the office and the unit that told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, select

from dashboards.method.hazards import Hazard
from dashboards.results.hazards import FoundHazards
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_AT_ONCE
from data.people.scope import Scope
from data.rollup.in_force import in_ledgers
from data.schema.hazards import hazard
from data.store import listed, wanted_rows
from data.zone.zone import Zone

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
        wanted = wanted_rows([own.submission, own.row], [(one.submission, one.row) for one in some])
        rows = reading.connection.execute(
            select(own.unit, own.submission, own.row, *(own[name] for name in HazardTexts._fields))
            .join(wanted, and_(own.submission == wanted.c.submission, own.row == wanted.c.row))
            .where(own.zone == reading.zone.code)
        )
        found |= {
            (number, row): as_read(reading.scope, unit, HazardTexts(*texts)) for unit, number, row, *texts in rows
        }
    return found


def column(reading: Reading, found: FoundHazards, key: str) -> list[str | None]:
    """One of these texts of many hazards, as whoever asks may read it."""
    written = reading.once(_written, key, tuple(book.submission for book in found.told.books))
    ways = {unit: read_as(reading.scope, unit).get(key) for unit in found.columns.unit.names}
    texts = map(written.__getitem__, found.row_keys)
    return [
        text if way is None or not text else way(text)
        for text, way in zip(texts, map(ways.__getitem__, found.columns.unit.values()), strict=True)
    ]


def _written(connection: Connection, zone: Zone, key: str, ledgers: Sequence[int]) -> Mapping[RowKey, str | None]:
    """A text of all rows of some ledgers, as it was written: nobody is shown it but through ``read_as``."""
    own = hazard.c
    rows = connection.execute(
        select(own.submission, own.row, own[key]).where(in_ledgers(hazard)),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    return {(number, row): text for number, row, text in rows.all()}


def read_as(scope: Scope, unit: str) -> Mapping[str, Callable[[str], str | None]]:
    """By column what whoever asks may read of what a unit wrote (etl/kinds/hazards.py: enterprises are open); others as they are."""
    view = Viewpoint(scope.sees_names(unit))
    return {"number": view.document, "description": view.cell, "measures": view.cell}


def as_read(scope: Scope, unit: str, texts: HazardTexts) -> HazardTexts:
    """The same of a whole row."""
    ways = read_as(scope, unit)
    read: dict[str, Any] = {key: way(value) for key, way in ways.items() if (value := getattr(texts, key))}
    return texts._replace(**read)
