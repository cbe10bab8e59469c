"""The casualty targets as a committee member sees them: goals, figures, curve, accidents with their follow-up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboards.results import casualties
from data.intake.archive import Archive
from data.people.scope import office
from data.store import reader
from data.zone.periods import Year
from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched, arrive, draw_all
from tests.browser.looks import Look
from tests.fetching import fetched

PAGE = "#casualty-targets-"
ADDRESSES = (
    "/casualties",
    "/casualties?period=2022&as_of=2022-06-30&unit=youting",
    "/casualties?period=2022&as_of=2022-01-01",
    "/casualties?period=2022&as_of=2022-12-31&sector=construction",
    "/casualties?period=2021&unit=fire",
    "/casualties?period=2019",
    "/casualties?period=2031",
    "/casualties?period=x&as_of=%3Cb%3E&unit=%3Cscript%3E&sector=y",
)


def _place_of_message(page: Page) -> dict[str, float]:
    box = page.locator(f"{PAGE}message").bounding_box()
    assert box is not None
    return dict(box)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_looks_as_it_should(look: Callable[..., Look], address: str) -> None:
    """Nothing is cut off, overlaps, overflows or stays undrawn; no error, no other host; the message is seen at once."""
    seen = look(address, reads=_place_of_message)
    assert seen.faults == []
    assert seen.troubles == []
    assert seen.read is not None
    assert seen.read["y"] + seen.read["height"] < 768


def _result(server: Server, year: int, as_of: date | None = None) -> casualties.Casualties:
    url = server.environment["SUPERVISION_DATABASE_URL"]
    return fetched(
        reader(url), office("shuangqiao"), casualties.fetch, Year(year), fixed_today=date(2022, 10, 8), as_of=as_of
    )  # fmt: skip


def _figure(page: Page) -> Any:
    drawn = draw_all(page).evaluate(
        "() => { const one = document.querySelector('#casualty-targets-curve .js-plotly-plot');"
        " return JSON.stringify({data: one.data.map(d => ({x: d.x, y: d.y, width: (d.line || {}).width})) }); }"
    )
    return json.loads(drawn)["data"]


def test_message_says_numbers_first_and_why_the_light_is_red(server: Server, desk: Watched) -> None:
    """Accidents, deaths, cap, rest and pace stand before the percentage; the light is a word with its reason."""
    message = desk.open(server, "/casualties").locator(f"{PAGE}message").inner_text()
    for part in (
        "亡人事故4起",
        "死亡5人（含下落不明1人，暂计）",
        "全年指标6人",
        "未超过",
        "按时序进度不超过4人，已超过时序进度",
        "较大事故1起",
    ):
        assert part in message
    assert message.index("未超过") < message.index("37%")
    assert "红灯" in message


@pytest.mark.parametrize("as_of", [None, date(2022, 6, 30), date(2022, 1, 1)])
def test_tables_print_the_figures_of_the_report(server: Server, desk: Watched, as_of: date | None) -> None:
    """Units and sectors with their deaths, caps and lights are those of the one computation."""
    result = _result(server, 2022, as_of)
    page = desk.open(server, f"/casualties?period=2022{f'&as_of={as_of}' if as_of else ''}")
    main = page.locator("main").inner_text()
    units = {one.unit.short_name: one.standing for one in result.units}
    sectors = {one.name: one.standing for one in result.sectors}
    for table, standings in (("units", units), ("sectors", sectors)):
        for row in page.locator(f"{PAGE}{table} tbody tr").all():
            cells = row.locator("td").all_inner_texts()
            one = standings.pop(row.locator(".unit-link").inner_text())
            assert cells[1].startswith(f"{one.deaths}人")
            assert cells[2] == ("未下达指标" if one.cap is None else f"{one.cap}人")
            assert (
                {"red": "红灯", "orange": "橙灯", "yellow": "黄灯", "green": "绿灯"}.get(one.light or "", "不亮灯")
            ) in cells[9]
        assert all(one.cap is None and one.deaths == 0 for one in standings.values())
        assert all(name in main for name in standings)


def test_units_without_a_cap_still_show_their_deaths(server: Server, desk: Watched) -> None:
    """未下达指标 is said, deaths are shown, and the page says that units do not add up to the zone."""
    page = desk.open(server, "/casualties")
    row = page.locator(f"{PAGE}units tbody tr", has_text="建管局").inner_text()
    assert "3人" in row
    assert "未下达指标" in row
    assert "全区数不等于各单位之和" in page.locator("main").inner_text()


def test_line_of_this_year_stops_at_the_day(server: Server, desk: Watched) -> None:
    """This year's steps end exactly at the as-of day with the report's deaths."""
    result = _result(server, 2022, date(2022, 6, 30))
    page = desk.open(server, "/casualties?period=2022&as_of=2022-06-30")
    now = next(trace for trace in _figure(page) if trace.get("width") == 4)
    assert now["x"][-1][:10] == "2022-06-30"
    assert now["y"][-1] == result.total.deaths


def test_every_accident_stands_with_its_follow_up(server: Server, desk: Watched) -> None:
    """Struck off, amended, overdue and provisional accidents say so, each with what its ledgers said."""
    page = desk.open(server, "/casualties")
    rows = page.locator(f"{PAGE}accidents tbody tr")
    assert rows.count() == len(_result(server, 2022).accidents)

    def row(number: int) -> str:
        return rows.filter(has=page.get_by_text(f"渝双事〔2022〕{number}号", exact=True)).inner_text()

    assert "已核销，不计入" in row(2)
    assert re.search(r"2022年5月台账：死亡1人.*2022年6月台账：死亡2人", row(5), re.S)
    assert "逾期未交，已超19天" in row(7)
    assert "不计入指标" in row(8)
    assert "较大事故" in row(9)
    assert "暂计至10月21日" in row(10)


def test_what_a_ledger_said_leads_to_the_original(server: Server, desk: Watched, tmp_path: Path) -> None:
    """From an accident's history to the workbook, byte for byte as it was received."""
    page = desk.open(server, "/casualties?period=2022&accident=渝双事〔2022〕10号")
    with page.expect_download() as download:
        page.locator("#accident .told a").first.click()
    saved = tmp_path / "original"
    download.value.save_as(saved)
    with saved.open("rb") as file:
        sha256 = Archive(tmp_path / "again").keep(file)
    assert Archive(Path(server.environment["SUPERVISION_ARCHIVE_DIR"])).path_of(sha256).exists()


def test_choices_are_in_the_address(server: Server, desk: Watched) -> None:
    """Day, curve and year go into the address; a new year drops the day of the old one."""
    page = desk.open(server, "/casualties")
    page.locator(f"{PAGE}day").fill("2022-06-30")
    arrive(page, "**/casualties?*as_of=2022-06-30*")
    expect(page.locator(f"{PAGE}message")).to_contain_text("截至6月30日")
    page.locator(f"{PAGE}scope").select_option("unit=youting")
    arrive(page, "**/casualties?*unit=youting*")
    assert "as_of=2022-06-30" in page.url
    page.get_by_role("link", name="建设施工", exact=True).click()
    arrive(page, "**/casualties?*sector=construction*")
    assert "unit=" not in page.url
    page.locator(f"{PAGE}period").select_option("2021")
    arrive(page, "**/casualties?*period=2021*")
    assert "as_of" not in page.url
    expect(page.locator(f"{PAGE}message")).to_contain_text("2021年全年")
    assert desk.troubles == []


def test_a_day_still_to_come_is_not_forecast_away(server: Server, desk: Watched) -> None:
    """A day after today would count days that nobody knows as free of accidents: the page shows today, and says so."""
    page = desk.open(server, "/casualties?period=2022&as_of=2022-12-31")
    main = page.locator("main").inner_text()
    assert "所选日期尚未到来" in main
    assert "截至10月8日" in main


@pytest.mark.parametrize("address", ["/casualties", "/casualties?period=2021", "/casualties?period=2022&unit=youting"])
def test_no_ledger_is_not_zero_deaths(bare_server: Server, desk: Watched, address: str) -> None:
    """Where no ledger ever came the page says that nothing is known, and where to send it; it prints no zero."""
    page = desk.open(bare_server, address)
    assert faults(page) == []
    assert desk.troubles == []
    main = page.locator("main").inner_text()
    assert "没有台账不等于没有死亡" in main
    assert "死亡0人" not in main
    assert page.locator("a[href^='/submissions']").count() > 0
