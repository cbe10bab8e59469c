"""Which of the figures behind the overview are published: the month's ranking, its quarter's scores, the year's casualties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, numbers, published
from dashboards.components.page_list import CASUALTIES, RANKING, SCORES, Page
from dashboards.results import published as result
from dashboards.results.overview import Overview
from dashboards.results.reading import Reading
from data.zone.periods import Period, Quarter, Year


def lines(seen: Overview, reading: Reading, *, identity: str) -> Component:
    """A line each: first or final, with the day, and the way to what was published."""
    quarter, year = Quarter.of(seen.month), Year(seen.month.year)
    asked: tuple[tuple[Page, Mapping[str, object]], ...] = (
        (RANKING, {"period": seen.month}), (SCORES, {"period": quarter}), (CASUALTIES, {"period": year, "as_of": seen.day}),
    )  # fmt: skip
    states = result.fetch_each(
        reading, (("ranking", seen.month, None), ("scores", quarter, None), ("casualties", year, seen.day))
    )
    return html.Div(
        [
            published.state_line(state, reading.zone, link=_link(page, state, of), of=_named(page, state.period))
            for state, (page, of) in zip(states, asked, strict=True)
        ],
        className="state-lines",
        id=identity,
    )


def _named(page: Page, period: Period) -> str:
    return f"{page.title} {numbers.period(period)}"


def _link(page: Page, state: result.PublishedPeriod, asked: Mapping[str, object]) -> Callable[[int | None], str]:
    day = state.latest.day if state.latest is not None else ""
    of_day = {"as_of": day} if day else {}

    def link(revision: int | None) -> str:
        return page.path + address.query(**{**asked, **(of_day if revision is not None else {}), "published": revision})

    return link
