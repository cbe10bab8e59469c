"""What the address of the casualty targets asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from dashboards.components import address, asked_day, asked_period
from dashboards.components.page_list import CASUALTIES
from dashboards.pages.casualty_targets.scope_view import latest_ledger
from dashboards.results import casualties, published
from dashboards.results.accident_list import types
from dashboards.results.casualties import Casualties
from dashboards.results.overview import stands_at
from dashboards.results.published import PublishedPeriod
from dashboards.results.reading import Reading
from data.intake.publications import Publication
from data.zone.periods import Period, Year, months_of
from data.zone.zone import Zone

Unfit = Literal["no_year", "no_day", "other_year", "still_to_come"]


@dataclass(frozen=True, slots=True)
class CasualtiesQuery:
    """What the address asks for; ``unfit`` is why the day that it names is not taken.

    ``accident`` is a number as ledgers write it, ``type`` a kind of accident (GB 6441), ``via`` where it was chosen.
    """

    year: Year
    day: date | None
    unit: str | None
    sector: str | None
    unfit: Unfit | None = None
    accident: str | None = None
    type: str | None = None
    via: str = ""
    published: int | None = None
    """The revision whose frozen figures are asked for; None: the live ones."""

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {"period": self.year, "as_of": self.day, "unit": self.unit, "sector": self.sector,
               "type": self.type, "accident": self.accident, "published": self.published}  # fmt: skip
        return CASUALTIES.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], zone: Zone, today: date) -> CasualtiesQuery:
    """What a query asks for; what it leaves open or writes wrongly is this year, today or the year's end, the zone.

    A month or a quarter is its year as of its last day, where the overview of that month stands at it too.
    """
    day, unfit = _day(address.text(query.get("as_of")))
    written = address.text(query.get("period"))
    period = asked_period.read(written)
    year = Year((period or day or today).year)
    if period is None and written is not None:
        unfit = unfit or "no_year"
    if day is None and unfit is None and period is not None:
        day = _end(period, zone, today)
    if day is not None and day.year != year.year:
        day, unfit = None, "other_year"
    elif day is not None and day > today:
        day, unfit = None, "still_to_come"
    unit, sector = address.text(query.get("unit")), address.text(query.get("sector"))
    return CasualtiesQuery(
        year=year,
        day=day,
        unit=unit if unit in zone.unit_by_code else None,
        sector=sector if sector in zone.sectors and unit not in zone.unit_by_code else None,
        unfit=unfit,
        accident=address.text(query.get("accident")),
        type=address.text(query.get("type")),
        via=address.text(query.get("via")) or "",
        published=address.number(query.get("published")),
    )


def _end(period: Period, zone: Zone, today: date) -> date | None:
    """The day of a month or a quarter that is past; None for a year and for what is not past, which stand at their own."""
    if isinstance(period, Year):
        return None
    day = stands_at(zone, months_of(period)[-1], today)
    return day if day.year == period.year and day != today else None


def _day(text: str | None) -> tuple[date | None, Unfit | None]:
    if text is None:
        return None, None
    day = asked_day.written_day(text)
    return (None, "no_day") if day is None else (day, None)


@dataclass(frozen=True, slots=True)
class CasualtiesSeen:
    """What an address shows: the year as of its day, whether anything is known of it, and the years to choose from."""

    asked: CasualtiesQuery
    result: Casualties
    known: bool
    years: tuple[int, ...]
    today: date
    state: PublishedPeriod
    frozen: Publication | None = None
    """The revision that is shown in place of the live figures."""

    @property
    def live(self) -> bool:
        """Whether the live figures are shown, and there are any."""
        return self.known and self.frozen is None


def look(query: Mapping[str, Any], reading: Reading) -> CasualtiesSeen:
    """Fetch what an address asks for; who sees one unit alone has no other scope to choose."""
    today = reading.today
    asked = read(query, reading.zone, today)
    result = casualties.fetch(reading, asked.year, as_of=asked.day)
    if result.own_unit is not None:
        asked = replace(asked, unit=None, sector=None)
    if asked.type not in types(result):
        asked = replace(asked, type=None)
    years = sorted({*casualties.years(reading), today.year, asked.year.year}, reverse=True)
    state = published.fetch(reading, "casualties", asked.year, result.as_of)
    frozen = state.revision(asked.published)
    if frozen is not None:
        asked = replace(asked, unit=None, sector=None, accident=None)
    known = latest_ledger(result, asked.year.year) is not None
    return CasualtiesSeen(asked, result, known, tuple(years), today, state, frozen)
