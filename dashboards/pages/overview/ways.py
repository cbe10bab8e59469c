"""Where the overview's parts lead to: the page, period, unit or sector that each of them speaks of."""

from __future__ import annotations

from dashboards.components import address
from dashboards.components.page_list import CASUALTIES, RANKING
from dashboards.results.overview import Overview
from data.zone.periods import Month
from data.zone.zone import Unit


def casualties(result: Overview, **more: object) -> str:
    """The casualty targets as of the day that the overview counts to."""
    past = result.day < result.casualties.known_by
    return CASUALTIES.path + address.query(period=result.day.year, as_of=result.day if past else None, **more)


def ranking(month: Month, **more: object) -> str:
    """The ranking of a month."""
    return RANKING.path + address.query(period=month, **more)


def unit(month: Month, of: Unit) -> str:
    """A unit's score of a month, taken apart."""
    return ranking(month, group=of.group, unit=of.code) + "#unit"


def cases(month: Month, of: Unit, measure: str) -> str:
    """The cases behind a figure of a unit in a month."""
    return ranking(month, group=of.group, unit=of.code, measure=measure) + "#cases"
