"""The hazards that ledgers tell of at one enterprise, by its credit code: those of the page of hazards, as whoever asks sees them there."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.method import hazards as method
from dashboards.method.hazards import Hazard, HazardState
from dashboards.results import hazard_texts, hazards, told_rows
from dashboards.results.hazard_texts import HazardTexts
from dashboards.results.reading import Reading
from dashboards.results.told_rows import ToldRow
from data.zone.zone import Unit


@dataclass(frozen=True, slots=True)
class EnterpriseHazard:
    """A hazard by the row that counts of it, how it stands today, and where that row is."""

    unit: Unit
    hazard: Hazard
    texts: HazardTexts
    state: HazardState
    place: ToldRow


def fetch(reading: Reading, code: str | None) -> tuple[EnterpriseHazard, ...]:
    """Those of an enterprise with this code, the longest overdue first; none where no code was told."""
    if code is None:
        return ()
    today = reading.today
    found = hazards.of_enterprise(reading, code)
    texts = hazard_texts.of(reading, found)
    places = told_rows.fetch(reading, told_rows.LEDGER, [(one.submission, one.row) for one in found])
    units = reading.zone.unit_by_code
    return tuple(
        EnterpriseHazard(
            units[one.unit],
            one,
            texts[one.submission, one.row],
            method.state(one, today),
            places[one.submission, one.row],
        )
        for one in found
    )
