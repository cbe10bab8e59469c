"""The pictures as they stand on the pages of the demo year: drawn, with the figures of the one computation."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from dashboards.results import casualties, ranking, scores
from data.people.scope import office
from data.store import reader
from data.zone.periods import Month, Quarter, Year
from tests.browser.conftest import Server, Watched, draw_all
from tests.fetching import fetched

TRACES = "id => document.querySelector(`#${id} .js-plotly-plot`).data.map(({x, y, z, text, customdata}) => ({x, y, z, text, customdata}))"
AUGUST = Month(2022, 8)


def _drawn(page: Page, picture: str) -> list[dict[str, Any]]:
    """What Plotly was given to draw."""
    found: list[dict[str, Any]] = draw_all(page).evaluate(TRACES, picture)
    return found


def _fetched(server: Server, fetch: Any, period: Any) -> Any:
    return fetched(
        reader(server.settings.database_url), office("shuangqiao"), fetch, period, fixed_today=server.settings.today
    )


def test_pictures_of_a_month_draw_its_ranking(server: Server, desk: Watched) -> None:
    """Places, moves, rates, the chain and the days of 2022-08 are those of the ranking, unit by unit."""
    page = desk.open(server, "/ranking?period=2022-08&group=department&unit=market")
    month = _fetched(server, ranking.fetch, AUGUST)
    rows = {row.unit.code: row for row in month.group("department").rows}
    last = {one["customdata"][-1]["unit"]: one["y"][-1] for one in _drawn(page, "monthly-ranking-places")}
    assert last == {code: row.figures.rank for code, row in rows.items()}
    moves = {one["customdata"][0]["unit"]: one["y"] for one in _drawn(page, "monthly-ranking-moves")}
    assert {code: round(now - then, 2) for code, (then, now) in moves.items()} == {
        code: float(row.score_change) for code, row in rows.items() if row.score_change is not None
    }
    (points,) = _drawn(page, "monthly-ranking-found")
    assert dict(zip((one["unit"] for one in points["customdata"]), points["x"], strict=True)) == {
        code: row.counts.sums.inspections for code, row in rows.items() if row.counts.sums.inspections
    }
    inspections = rows["market"].counts.sums.inspections
    days = _drawn(page, "monthly-ranking-days")[0]["z"]
    assert sum(n or 0 for n in days[-1]) == inspections
    chain = _drawn(page, "monthly-ranking-chain")
    assert chain[0]["x"][0] + chain[1]["x"][0] == sum(sum(n or 0 for n in row) for row in days)
    assert desk.troubles == []


@pytest.mark.parametrize("group", ["town", "department"])
def test_weakest_measures_draw_the_marks(server: Server, desk: Watched, group: str) -> None:
    """A cell a unit and measure: what its mark lacks to the full mark."""
    page = desk.open(server, f"/scores?period=2022Q2&group={group}")
    cells = _drawn(page, "quarterly-scores-weakest")[0]
    shown = {
        (said["unit"], said["measure"]): lacking
        for values, of_row in zip(cells["z"], cells["customdata"], strict=True)
        for lacking, said in zip(values, of_row, strict=True)
    }
    marked = [
        row
        for row in _fetched(server, scores.fetch, Quarter(2022, 2)).group(group).rows
        if row.figures.components["ten_measures"]
    ]
    assert shown == pytest.approx({
        (row.unit.code, str(one.number)): float(100 - 100 * one.score / one.full) for row in marked for one in row.figures.measures
    })  # fmt: skip


def test_timeline_draws_every_fatal_accident(server: Server, desk: Watched) -> None:
    """One mark an accident in which somebody died, with the persons in it."""
    page = desk.open(server, "/casualties")
    (marks,) = _drawn(page, "casualty-targets-timeline")
    fatal = [row.accident for row in _fetched(server, casualties.fetch, Year(2022)).accidents if row.accident.fatal]
    assert dict(zip((one["accident"] for one in marks["customdata"]), marks["text"], strict=True)) == {
        one.number: f"<b>{one.deaths}</b>" for one in fatal
    }
