"""The areas of work at a glance, as of a day: each the result of its own page, none worked out a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboards.results import disasters, frontline, hazards, supervision, tipoffs
from dashboards.results.disasters import DisastersReport
from dashboards.results.frontline import FrontlineReport
from dashboards.results.hazards import HazardsReport
from dashboards.results.reading import Reading
from dashboards.results.supervision import SupervisionReport
from dashboards.results.tipoffs import TipoffsReport
from data.zone.periods import Month, Year


@dataclass(frozen=True, slots=True)
class Areas:
    """How the areas stand on a day, as far as whoever asks sees them."""

    day: date
    frontline: FrontlineReport
    hazards: HazardsReport
    supervision: SupervisionReport
    tipoffs: TipoffsReport
    disasters: DisastersReport


def fetch(reading: Reading, month: Month) -> Areas:
    """The areas as of a month's last day, or of today where that is earlier."""
    day = min(reading.zone.calendar.last_day(month), reading.today)
    year = Year(day.year)
    return Areas(
        day=day,
        frontline=frontline.fetch(reading, year, as_of=day),
        hazards=hazards.fetch(reading, year, as_of=day),
        supervision=supervision.fetch(reading, year, as_of=day),
        tipoffs=tipoffs.fetch(reading, year, as_of=day),
        disasters=disasters.fetch(reading, year, as_of=day),
    )
