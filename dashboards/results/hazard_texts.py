"""What people wrote of hazards, as their reader may read it: free text is for the office and the unit that told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from dashboards.method.hazards import Hazard
from dashboards.results import told_texts
from dashboards.results.hazards import FoundHazards
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from dashboards.results.told_texts import RowKey
from data.people.scope import Scope
from data.schema.hazards import hazard


class HazardTexts(NamedTuple):
    """What a row says of a hazard besides days, grade and level; ``territory`` is a unit's code."""

    number: str
    enterprise: str
    territory: str | None
    description: str
    measures: str | None


def of(reading: Reading, shown: Sequence[Hazard]) -> dict[RowKey, HazardTexts]:
    """The texts of some hazards, as whoever asks may read them."""
    keys = [(one.submission, one.row) for one in shown]
    return {
        key: as_read(reading.scope, row.unit, HazardTexts(*(getattr(row, name) for name in HazardTexts._fields)))
        for key, row in told_texts.of_rows(reading, hazard, ("unit", *HazardTexts._fields), keys).items()
    }


def column(reading: Reading, found: FoundHazards, key: str) -> list[str | None]:
    """One of these texts of many hazards, as whoever asks may read it."""
    written = told_texts.of_books(reading, hazard, key, found.told)
    ways = {unit: read_as(reading.scope, unit).get(key) for unit in found.columns.unit.names}
    texts = map(written.__getitem__, found.told.row_keys(found.places))
    return [
        text if way is None or not text else way(text)
        for text, way in zip(texts, map(ways.__getitem__, found.columns.unit.values()), strict=True)
    ]


def read_as(scope: Scope, unit: str) -> Mapping[str, Callable[[str], str | None]]:
    """By column what whoever asks may read of what a unit wrote (etl/kinds/hazards.py: enterprises are open); others as they are."""
    view = Viewpoint(scope.sees_names(unit))
    return {"number": view.document, "description": view.cell, "measures": view.cell}


def as_read(scope: Scope, unit: str, texts: HazardTexts) -> HazardTexts:
    """The same of a whole row."""
    ways = read_as(scope, unit)
    read: dict[str, Any] = {key: way(value) for key, way in ways.items() if (value := getattr(texts, key))}
    return texts._replace(**read)
