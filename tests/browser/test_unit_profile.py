"""单位画像 in the browser: everything of one unit as its own pages have it, each leading there; and of a unit's account its own alone."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect

from dashboards.results import unit_profile
from data.people.scope import office
from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from tests.browser.conftest import Server, Watched, arrive, draw_all
from tests.demo_year import TODAY
from tests.fetching import fetched

PAGE = "#unit-profile-"
AUGUST = "/unit?period=2022-08&unit=shuanglu"


def test_every_figure_is_that_of_its_page(server: Server, desk: Watched) -> None:
    """Scores, places, deaths, and the areas of work are those of the one computation; a month leads to its ranking."""
    engine, today = reader(server.environment["SUPERVISION_DATABASE_URL"]), date.fromisoformat(TODAY)
    with engine.connect() as connection:
        unit = read_zone(connection, "shuangqiao").unit_by_code["shuanglu"]
    whole = fetched(engine, office("shuangqiao"), unit_profile.fetch, unit, Month(2022, 8), fixed_today=today)
    areas = fetched(engine, office("shuangqiao"), unit_profile.fetch_areas, unit, Month(2022, 8), fixed_today=today)
    page = draw_all(desk.open(server, AUGUST))
    months = page.locator(f"{PAGE}months tbody tr")
    expect(months).to_have_count(len(whole.months))
    for row, (_month, ranked) in zip(months.all(), whole.months, strict=True):
        assert f"{ranked.score:.2f}" in row.inner_text()
        assert f"{ranked.rank} / {ranked.of}" in row.inner_text()
    assert whole.deaths is not None
    deaths = page.locator(f"{PAGE}deaths").inner_text()
    assert f"死亡{whole.deaths.standing.deaths}人；全年指标{whole.deaths.standing.cap}人" in deaths
    struck_off = [row for row in whole.accidents if not row.accident.counted]
    assert deaths.count("不计入指标（核销）") == len(struck_off) == 1
    figures = page.locator(f"{PAGE}figures").inner_text()
    assert areas.hazards is not None
    hazards = areas.hazards.all
    assert f"逾期未销号隐患\n{hazards.overdue}\n未销号{hazards.open}处" in figures
    assert f"逾期未闭环案件\n{areas.cases.overdue}\n未闭环案件共{areas.cases.total}件" in figures
    shown = page.locator(f"{PAGE}cases tbody tr")
    expect(shown).to_have_count(len(areas.cases.cases))
    months.last.locator("a").click()
    arrive(page, "**/ranking**")
    assert "unit=shuanglu" in page.url
    assert desk.troubles == []


def test_a_unit_reads_of_itself_alone(server: Server, desk: Watched) -> None:
    """Another unit's address shows its own; there is no choice of others, and no place among them."""
    desk.sign_in(server, "unit", unit="youting")
    page = draw_all(desk.open(server, AUGUST))
    said = page.locator("main").inner_text()
    assert "邮亭镇" in said
    assert "双路街道" not in said
    assert re.search(r"\d+ / \d+", page.locator(f"{PAGE}months").inner_text()) is None
    desk.sign_in(server, "office")
    assert desk.troubles == []
