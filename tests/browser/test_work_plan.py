"""重点任务 in the browser: from what is overdue to the cell of a workbook, and the office's change of an item until it moves the page."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from dashboards.results import work_plan
from dashboards.results.work_plan import PlanReport
from data.people.scope import office
from data.store import reader
from tests.browser.conftest import Server, Watched, arrive, draw_all, leave, settle
from tests.demo_year import TODAY
from tests.fetching import fetched

PAGE = "#work-plan-"
AUTUMN = "/work-plan?day=2022-09-30"


def _report(server: Server, day: date) -> PlanReport:
    url = server.environment["SUPERVISION_DATABASE_URL"]
    found = fetched(reader(url), office("shuangqiao"), work_plan.of_day, day, fixed_today=date.fromisoformat(TODAY))
    assert found is not None
    return found


def test_from_what_is_overdue_to_the_cell(server: Server, desk: Watched, tmp_path: Path) -> None:
    """The message stands at once and is that of the one computation; article, unit and item are steps of the address; the row leads to its cell."""
    report = _report(server, date(2022, 9, 30))
    states = Counter(due.state for item in report.standing.items for due in item.dues)
    page = desk.open(server, AUTUMN)
    message = page.locator(f"{PAGE}message")
    box = message.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    past = states["done"] + states["late"] + states["overdue"]
    expect(message).to_have_text(re.compile(f"截至2022年9月30日.*{past}个.*按期完成{states['done']}个"))

    page.locator(f"{PAGE}figures").get_by_role("link", name="逾期", exact=True).click()
    arrive(page, "**state=overdue*")
    behind = [item for item in report.standing.items if any(due.state == "overdue" for due in item.dues)]
    expect(page.locator(f"{PAGE}items tbody tr")).to_have_count(len(behind))

    page = desk.open(server, f"{AUTUMN}&article=2&unit=youting")
    draw_all(page)
    page.locator(f"{PAGE}items .kind-link").first.click()
    arrive(page, "**item=2.*")
    settle(page)
    (own,) = [
        unit
        for item in report.standing.items if item.item.number == page.url.partition("item=")[2].partition("&")[0].partition("#")[0]
        for unit in item.units if unit.unit == "youting"
    ]  # fmt: skip
    expect(page.locator("#item .plan-by-unit tbody tr")).to_have_count(1)
    source = page.locator("#item .sources a").first
    _file, sheet, cell = source.inner_text().split(" · ")
    with page.expect_download() as download:
        source.click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    assert load_workbook(tmp_path / download.value.suggested_filename)[sheet][cell].value == own.rows[0].done
    page.go_back()
    expect(page.locator("#item")).to_have_count(0)
    assert desk.troubles == []


def test_an_item_is_changed_and_the_page_moves(own_server: Server, desk: Watched) -> None:
    """The form tells first what a change would move, then it is adopted with a reason, and the item is due on the other day."""
    desk.sign_in(own_server, "office")
    page = desk.open(own_server, f"{AUTUMN}&article=1&item=1.3")
    assert "2022-11-30" not in page.locator("#item").inner_text()
    page.get_by_role("link", name="修改这项任务").click()
    page.locator("[name=dues]").fill("2022-11-30")
    leave(page.get_by_role("button", name="看会改动什么"))
    expect(page.locator("main")).to_contain_text(re.compile("1.3.*2022-12-31.*2022-11-30", re.DOTALL))
    page.locator("[name=reason]").fill("安委会议定")
    leave(page.get_by_role("button", name=re.compile("采用")))
    page = desk.open(own_server, f"{AUTUMN}&article=1&item=1.3")
    expect(page.locator(f"{PAGE}items tr.chosen")).to_contain_text("11月30日")
    expect(page.locator("#editing")).to_contain_text("安委会议定")
    assert desk.troubles == []


def test_a_unit_sees_its_own_items_alone(server: Server, desk: Watched) -> None:
    """Its due days and rows; of the others neither a name nor how far they are, and nothing to edit."""
    desk.sign_in(server, "unit", unit="youting")
    page = desk.open(server, AUTUMN)
    expect(page.locator(f"{PAGE}message")).to_contain_text("邮亭镇")
    draw_all(page)
    expect(page.locator(f"{PAGE}units tbody tr")).to_have_count(1)
    said = page.locator("main").inner_text()
    assert [name for name in ("双路街道", "龙滩子街道", "建管局") if name in said] == []
    expect(page.locator("#editing")).to_have_count(0)
    desk.sign_in(server, "office")
    assert desk.troubles == []
