"""Lists and standings as their readers use them: searched, filtered, sorted, taken along, by mouse and by keyboard."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import WIDE, Server, Watched, settle

CASES = "/ranking?period=2022-08&group=town&unit=shuanglu&measure=inspections"
COUNT_GRIDS = """() => {
  const put = dash_clientside.set_props;
  window.gridsPut = 0;
  dash_clientside.set_props = (identity, props) => {
    window.gridsPut += identity.endsWith("-place");
    put(identity, props);
  };
}"""
STANDING = "#monthly-ranking-table"


def _first(page: Page, column: str) -> Locator:
    """What a column of the first row shows."""
    return page.locator(f'.record-grid .ag-row[row-index="0"] [col-id="{column}"]')


def _go_to(page: Page) -> None:
    """Scroll to the list: a grid is made when somebody comes near."""
    page.locator("#cases").scroll_into_view_if_needed()
    expect(page.locator(".record-list.with-grid")).to_be_attached()


def _head(page: Page, column: str) -> Locator:
    return page.locator(f'.record-grid .ag-header-cell[role="columnheader"][col-id="{column}"]')


def test_a_list_is_searched_filtered_sorted_and_taken_along(server: Server, desk: Watched, tmp_path: Path) -> None:
    """To nothing and back; what is seen is what the file holds; columns stay as they were left; nothing is a step of the history."""
    page = desk.open(server, CASES)
    _go_to(page)
    count, all_ = page.locator(".record-count"), "共 23 条"
    expect(count).to_have_text(all_)
    expect(page.locator(".list-form")).to_be_hidden()
    search = page.locator(".record-search input")
    search.fill("幼儿园")
    expect(count).to_have_text("共 3 条")
    search.fill("没有的名称")
    expect(count).to_have_text("共 0 条")
    expect(page.locator(".record-grid")).to_contain_text("没有符合条件的记录")
    search.fill("")
    expect(count).to_have_text(all_)
    filter_ = page.locator('.record-grid .ag-floating-filter[col-id="enterprise"] input')
    filter_.fill("没有")
    expect(count).to_have_text("共 0 条")
    filter_.fill("公司")
    expect(count).to_have_text("共 18 条")
    _head(page, "hazards").locator(".ag-header-cell-label").click()
    _head(page, "hazards").press("Enter")
    expect(_head(page, "hazards")).to_have_attribute("aria-sort", "descending")
    expect(_first(page, "hazards")).to_have_text("4")
    page.locator(".column-menu summary").click()
    page.locator(".column-choice label", has_text="行业领域").locator("input").uncheck()
    expect(_head(page, "sector")).to_have_count(0)
    with page.expect_download() as download:
        page.locator("#cases").get_by_role("link", name="导出 CSV").click()
    assert download.value.suggested_filename == "2022年8月-双路街道-检查家次-案件明细.csv"
    download.value.save_as(tmp_path / "cases.csv")
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 3 + 18
    assert "行业领域" not in lines[2]
    assert "筛选：被检查单位包含 公司" in lines[1][0]
    assert lines[3][lines[2].index("隐患数")] == "4"
    page.locator(".record-grid .ag-checkbox-input").first.check()
    expect(count).to_have_text("共 18 条 · 已选 1 条，只导出所选")
    page.reload()
    settle(page)
    _go_to(page)
    expect(count).to_have_text(all_)
    expect(_head(page, "sector")).to_have_count(0)
    assert page.url.endswith(CASES)
    assert desk.troubles == []


def test_a_choice_made_while_the_grid_comes_is_what_it_shows(server: Server, desk: Watched) -> None:
    """It is put into its place once: put in again it would forget what it asked, and Dash would ask without a question."""
    page, held = desk.open(server, CASES), list[Route]()
    page.route("**/async-community*", lambda route: held.append(route))  # noqa: PLW0108  # playwright sets an attribute on it
    page.evaluate(COUNT_GRIDS)
    with page.expect_request("**/async-community*"):
        page.locator("#cases").scroll_into_view_if_needed()
    page.locator("#monthly-ranking-measure a", has_text="行政处罚").click()
    expect(page.locator("#monthly-ranking-measure .tab-link.active")).to_contain_text("行政处罚")
    assert held
    page.unroute("**/async-community*")  # which lets go what was held
    expect(page.locator(".record-count")).to_have_text("共 3 条")
    settle(page)
    assert page.evaluate("window.gridsPut") == 1
    assert desk.troubles == []


def test_a_case_is_opened_by_the_keyboard(server: Server, desk: Watched) -> None:
    """Arrow keys lead through the cells, Enter to the workbook in which the case stands."""
    page = desk.open(server, CASES)
    _go_to(page)
    expect(page.locator(".record-count")).to_have_text("共 23 条")
    cell = _first(page, "sources")
    cell.click(position={"x": 150, "y": 4})
    page.keyboard.press("ArrowDown")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_on_a_phone_the_list_stays_and_no_grid_is_fetched(server: Server, screens: Callable[[str], Watched]) -> None:
    """Ten cases and the way to the others, without 2 MB of script."""
    phone = screens("phone-light")
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    page = phone.open(server, CASES)
    expect(page.locator("#monthly-ranking-cases tbody tr")).to_have_count(10)
    expect(page.locator("#monthly-ranking-pager")).to_be_visible()
    assert [url for url in asked if "ag_grid" in url] == []


def test_a_list_left_out_for_a_grid_comes_when_the_screen_narrows(server: Server, desk: Watched) -> None:
    """Another unit was chosen while the grid stood: turned upright, the tablet shows that unit's cases as a list."""
    page = desk.open(server, CASES)
    _go_to(page)
    page.locator(STANDING).get_by_role("link", name="龙滩子街道", exact=True).click()
    settle(page)
    expect(page.locator(".left-out")).to_be_attached()
    page.set_viewport_size({"width": 700, "height": 1000})
    expect(page.locator("#cases .list-form tbody tr").first).to_be_visible()
    expect(page.locator(".left-out")).to_have_count(0)
    page.set_viewport_size(WIDE)
    assert desk.troubles == []


def test_a_standing_sorts_by_any_heading_and_keeps_its_places(server: Server, desk: Watched, tmp_path: Path) -> None:
    """By mouse and key, without a request or a step of the history; the place is the method's; the file has the same order."""
    page = desk.open(server, "/ranking?period=2022-08&group=department")
    rows, line = page.locator(f"{STANDING} tbody tr"), page.locator(f"{STANDING} caption")
    places = {row.get_attribute("id"): row.locator("td").first.inner_text() for row in rows.all()}
    usual = list(places)
    expect(line).to_be_hidden()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    head = page.locator(STANDING).get_by_role("button", name="问题发现率", exact=True)
    head.click()
    expect(line).to_contain_text("按“问题发现率”从高到低排序")
    shares = [
        float(cell.get_attribute("data-value") or -1) for cell in page.locator(f"{STANDING} td:nth-child(8)").all()
    ]
    assert shares == sorted(shares, reverse=True)
    assert [row.get_attribute("id") for row in rows.all()] != usual
    assert {row.get_attribute("id"): row.locator("td").first.inner_text() for row in rows.all()} == places
    with page.expect_download() as download:
        page.locator(".export-line .export-link").first.click()
    head.press("Enter")
    expect(line).to_contain_text("从低到高")
    expect(page.locator(f"{STANDING} th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    line.get_by_role("button", name="恢复名次顺序").press("Enter")
    expect(line).to_be_hidden()
    assert [row.get_attribute("id") for row in rows.all()] == usual
    assert [url for url in asked if "/export/" not in url] == []
    download.value.save_as(tmp_path / "standing.xlsx")
    sheet = load_workbook(tmp_path / "standing.xlsx").active
    column = next(cell.column for cell in sheet[3] if cell.value == "问题发现率")
    told = [row[0].value for row in sheet.iter_rows(min_row=4, min_col=column, max_col=column)]
    assert [round(share or -1, 9) for share in told] == [round(share, 9) for share in shares]
    assert desk.troubles == []
