"""What the address of the monthly ranking asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address, asked_period
from dashboards.components.asked_period import AskedPeriod
from dashboards.components.chosen_unit import unit_and_group
from dashboards.components.page_list import RANKING
from dashboards.pages.monthly_ranking.case_list import measure_of
from dashboards.results import published, ranking
from dashboards.results.group_funnel import FIRST, rate_asked
from dashboards.results.published import PublishedPeriod
from dashboards.results.ranking import RankedGroup, RankedRow, Ranking
from dashboards.results.reading import Reading
from data.intake.publications import Publication
from data.zone.periods import Month

FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class RankingQuery:
    """What the address asks for."""

    month: Month
    group: str
    unit: str | None
    measure: str
    page: int
    compare: int | None = None
    via: str | None = None
    chosen: frozenset[str] = frozenset()
    """The keys that the address has, each a choice of its reader."""
    written: AskedPeriod[Month] | None = None
    """The month as the address asks for it, and what is amiss with that."""
    no_earlier_year: bool = False
    """The address asks to compare with what is no earlier year."""
    rate: str = FIRST
    """The rate that is shown in the funnel."""
    published: int | None = None
    """The revision whose frozen figures are asked for; None: the live ones."""

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed: the choices in it, and the month and group in any case."""
        choices = {"unit": self.unit, "measure": self.measure, "rate": self.rate}
        kept = {
            "compare": self.compare,
            "published": self.published,
            **{key: value for key, value in choices.items() if key in self.chosen},
        }
        return RANKING.path + address.query(**{"period": self.month, "group": self.group, **kept, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> RankingQuery:
    """What a query asks for; what it leaves open or writes wrongly is the latest month due, the first group, the first unit."""
    written = asked_period.month(address.text(query.get("period")), reading)
    month = written.period
    unit, group = unit_and_group(query, reading)
    compare, year = address.text(query.get("compare")), _earlier_year(address.number(query.get("compare")), month)
    return RankingQuery(
        month=month,
        group=group,
        unit=unit,
        measure=measure_of(address.text(query.get("measure"))),
        page=address.number(query.get("page")) or 0,
        rate=rate_asked(address.text(query.get("rate"))),
        published=address.number(query.get("published")),
        compare=year,
        via=address.text(query.get("via")),
        chosen=frozenset(query),
        written=written,
        no_earlier_year=compare is not None and year is None and compare != str(month.year - 1),
    )


def _earlier_year(year: int | None, month: Month) -> int | None:
    """The year to compare with; None for last year, which is compared with unasked, and for what is no earlier year."""
    return year if year is not None and FIRST_YEAR <= year < month.year - 1 else None


@dataclass(frozen=True, slots=True)
class RankingSeen:
    """What an address shows: the month, its group, and the unit that is taken apart (None in an empty group).

    How sure places are is known of this group alone.
    Of a month as it was published no unit is taken apart: the cases behind it may be others by now.
    """

    asked: RankingQuery
    month: Ranking
    group: RankedGroup
    row: RankedRow | None
    state: PublishedPeriod
    frozen: Publication | None = None
    """The revision that is shown in place of the live month."""

    @property
    def code(self) -> str | None:
        """The code of the unit that is taken apart."""
        return None if self.row is None else self.row.unit.code


def _compared(reading: Reading, asked: RankingQuery) -> Ranking:
    """The month, asked for as all others ask for it unless it is compared with another year."""
    if asked.compare is None:
        return ranking.fetch_for_group(reading, asked.month, asked.group)
    return ranking.fetch_for_group(reading, asked.month, asked.group, compare_with=asked.compare)


def look(query: Mapping[str, Any], reading: Reading) -> RankingSeen:
    """Fetch what an address asks for; of the group the first unit where it asks for none."""
    asked = read(query, reading)
    month = _compared(reading, asked)
    group = month.group(asked.group)
    row = next((row for row in group.rows if row.unit.code == asked.unit), next(iter(group.rows), None))
    state = published.fetch(reading, "ranking", asked.month)
    frozen = state.revision(asked.published)
    return RankingSeen(asked, month, group, row if frozen is None else None, state, frozen)
