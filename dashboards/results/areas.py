"""The areas of work at a glance, as of a day: each the result of its own page, none worked out a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboards.results import disasters, frontline, hazards, overview, supervision, tipoffs
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
    """The areas as of the day of the month's overview: today, or a past month's last day; at the latest the last day of its year."""
    zone, year = reading.zone, Year(month.year)
    day = min(overview.stands_at(zone, month, reading.today), zone.calendar.last_day(year))
    return Areas(
        day=day,
        frontline=frontline.fetch(reading, year, as_of=day),
        hazards=hazards.fetch(reading, year, as_of=day),
        supervision=supervision.fetch(reading, year, as_of=day),
        tipoffs=tipoffs.fetch(reading, year, as_of=day),
        disasters=disasters.fetch(reading, year, as_of=day),
    )
