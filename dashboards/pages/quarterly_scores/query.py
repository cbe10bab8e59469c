"""What the address of the quarterly scores asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address, asked_period
from dashboards.components.asked_period import AskedPeriod
from dashboards.components.chosen_unit import unit_and_group
from dashboards.components.page_list import SCORES
from dashboards.results import published, scores
from dashboards.results.published import PublishedPeriod
from dashboards.results.reading import Reading
from dashboards.results.scores import ScoredGroup, ScoredRow, Scores
from data.intake.publications import Publication
from data.zone.periods import Quarter


@dataclass(frozen=True, slots=True)
class ScoresQuery:
    """What the address asks for."""

    quarter: Quarter
    group: str
    unit: str | None
    via: str | None = None
    chosen: frozenset[str] = frozenset()
    """The keys that the address has, each a choice of its reader."""
    written: AskedPeriod[Quarter] | None = None
    """The quarter as the address asks for it, and what is amiss with that."""
    published: int | None = None
    """The revision whose frozen figures are asked for; None: the live ones."""

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed: its choices, and the quarter and group in any case."""
        unit = {"unit": self.unit} if "unit" in self.chosen else {}
        return SCORES.path + address.query(
            **{"period": self.quarter, "group": self.group, "published": self.published, **unit, **changes}
        )


def read(query: Mapping[str, Any], reading: Reading) -> ScoresQuery:
    """What a query asks for; what it leaves open or writes wrongly is the latest quarter due, the first group, the first unit."""
    written = asked_period.quarter(address.text(query.get("period")), reading)
    unit, group = unit_and_group(query, reading)
    via, revision = address.text(query.get("via")), address.number(query.get("published"))
    return ScoresQuery(written.period, group, unit, via, frozenset(query), written, revision)


@dataclass(frozen=True, slots=True)
class ScoresSeen:
    """What an address shows: the quarter, its group, and the unit that is taken apart (None in an empty group).

    ``year``: the quarter, and where they were asked for the others of its year that have begun.
    """

    asked: ScoresQuery
    year: Mapping[Quarter, Scores]
    result: Scores
    group: ScoredGroup
    row: ScoredRow | None
    state: PublishedPeriod
    frozen: Publication | None = None
    """The revision that is shown in place of the live quarter; then no unit is taken apart."""


def look(query: Mapping[str, Any], reading: Reading, *, whole_year: bool = False) -> ScoresSeen:
    """Fetch what an address asks for; of the group the first unit where it asks for none."""
    asked = read(query, reading)
    quarters = _begun(asked.quarter, reading) if whole_year else (asked.quarter,)
    year = dict(zip(quarters, scores.fetch_each(reading, quarters), strict=True))
    result = year[asked.quarter]
    group = result.group(asked.group)
    row = next((row for row in group.rows if row.unit.code == asked.unit), next(iter(group.rows), None))
    state = published.fetch(reading, "scores", asked.quarter)
    frozen = state.revision(asked.published)
    return ScoresSeen(asked, year, result, group, row if frozen is None else None, state, frozen)


def _begun(chosen: Quarter, reading: Reading) -> tuple[Quarter, ...]:
    """The chosen quarter, and the others of its year that have begun."""
    first_day, year = reading.zone.calendar.first_day, [Quarter(chosen.year, number) for number in range(1, 5)]
    return tuple(quarter for quarter in year if quarter == chosen or first_day(quarter) <= reading.today)
