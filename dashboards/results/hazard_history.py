"""Hazards one by one with all that ledgers told of them, row by row, down to the cells, as their reader may know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import and_, select

from dashboards.method import hazard_history as method
from dashboards.method.hazard_history import HazardStep, HazardTelling
from dashboards.method.hazards import Hazard
from dashboards.results import hazard_texts, told_rows
from dashboards.results.hazard_texts import HazardTexts
from dashboards.results.hazards import HazardsReport
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from dashboards.results.told_rows import ToldRow
from data.rollup.in_force import among_ledgers, among_numbers, numbers_listed, submissions_in_force
from data.schema.hazards import hazard
from data.schema.intake import submission
from data.store import listed


class HazardTold(NamedTuple):
    """A hazard with what its row that counts says, every step of its history, and where each step's row stands."""

    hazard: Hazard
    texts: HazardTexts
    steps: Sequence[HazardStep]
    sources: Mapping[tuple[int, int], ToldRow]


def fetch(reading: Reading, report: HazardsReport, shown: Sequence[Hazard]) -> list[HazardTold]:
    """The histories of some hazards of a report, of the versions of ledgers in force up to its day's month."""
    texts = hazard_texts.of(reading, shown)
    steps = {key: method.history(told) for key, told in _tellings(reading, report, shown).items()}
    rows = [(step.telling.submission, step.telling.row) for told in steps.values() for step in told]
    sources = told_rows.fetch(reading, told_rows.LEDGER, rows)
    return [HazardTold(one, texts[one.submission, one.row], steps[one.unit, one.number_key], sources) for one in shown]


def _tellings(
    reading: Reading, report: HazardsReport, shown: Sequence[Hazard]
) -> dict[tuple[str, str], list[HazardTelling]]:
    own, sent, asked = hazard.c, submission.c, report.asked
    wanted = {(one.unit, one.number_key) for one in shown}
    ledgers = submissions_in_force(
        reading.connection, reading.zone.code, "hazards", known_by=asked.bound, last=str(asked.month)
    )
    columns = [sent.received_at if name == "received_at" else own[name] for name in HazardTelling._fields]
    found = reading.connection.execute(
        select(*columns)
        .join(submission, and_(sent.zone == own.zone, sent.submission == own.submission))
        .where(among_ledgers(hazard), among_numbers(hazard)),
        {"zone": reading.zone.code, "ledgers": listed(ledgers), **numbers_listed(wanted)},
    )
    told: dict[tuple[str, str], list[HazardTelling]] = {}
    for one in (row for row in map(HazardTelling._make, found) if (row.unit, row.number_key) in wanted):
        number = Viewpoint(reading.scope.sees_names(one.unit)).document(one.number)
        told.setdefault((one.unit, one.number_key), []).append(one._replace(number=number))
    return told
