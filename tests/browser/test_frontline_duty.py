"""Front-line duty as a committee member goes through it: the day, a batch, a town, what lacks, to the cell of the workbook; on paper too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, Watched, arrive, settle
from tests.browser.looks import faults_on_each_screen
from tests.browser.test_accessibility import HARMLESS, RULES

PAGE = "#frontline-duty-"
MAY = "/frontline?day=2022-05-10"


def _count(page: Page) -> int:
    """How many enterprises the grid says that it lists."""
    page.locator("#enterprises").scroll_into_view_if_needed()
    count = page.locator("#enterprises .record-count")
    expect(count).to_have_text(re.compile(r"^共 \d+ 条$"))
    return int(re.sub(r"\D", "", count.inner_text()))


def _first(page: Page, column: str) -> Locator:
    return page.locator(f'#enterprises .ag-row[row-index="0"] [col-id="{column}"]')


def test_from_the_day_to_the_cell(register_server: Server, desk: Watched, tmp_path: Path) -> None:
    """Batch, town and what lacks are steps of the address that the way back takes back; the row's cell says that the document is not there."""
    page = desk.open(register_server, MAY)
    message = page.locator(f"{PAGE}message")
    box = message.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    expect(message).to_have_text(re.compile("9月30日到期的是重点企业，26家中已完成11家（42.3%）.*进度最慢的是邮亭镇"))
    page.locator(f"{PAGE}batches").get_by_role("link", name="全部企业").click()
    arrive(page, "**batch=all*")
    expect(page.locator(f"{PAGE}batches .batch-card.chosen")).to_contain_text("家已完成，共56家")
    settle(page)
    assert _count(page) == 56

    page.locator(f"{PAGE}towns .unit-link", has_text="邮亭镇").click()
    arrive(page, "**town=youting*")
    expect(page.locator(f"{PAGE}chips .chip")).to_have_text([re.compile("全部企业"), re.compile("邮亭镇")])
    expect(page.locator(f'{PAGE}towns tr[data-unit="youting"]')).to_have_class(re.compile("chosen"))
    settle(page)
    assert _count(page) == 17
    row = page.locator(f"{PAGE}documents tr", has_text="缺岗位操作卡")
    number = int(row.locator("td.num").first.inner_text())
    row.locator("a").focus()
    page.keyboard.press("Enter")
    arrive(page, "**state=operation_card*")
    expect(page.locator("#enterprises .card-heading")).to_have_text("企业清单：全部企业、邮亭镇、缺岗位操作卡")
    settle(page)
    assert 0 < _count(page) == number

    expect(_first(page, "lacks")).to_contain_text("岗位操作卡")
    source = _first(page, "sources").locator("a")
    sheet, _blank, cell = source.inner_text().rpartition(" ")
    with page.expect_download() as download:
        source.click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    value = load_workbook(tmp_path / download.value.suggested_filename)[sheet][cell].value
    assert value in {"否", "×", "无", "N"}

    page.go_back()
    page.go_back()
    expect(page.locator(f"{PAGE}chips .chip")).to_have_text([re.compile("全部企业")])
    page.locator(f"{PAGE}day").fill("2022-03-31")
    arrive(page, "**day=2022-03-31*")
    expect(message).to_contain_text("截至2022年3月31日")
    assert desk.troubles == []


@pytest.mark.parametrize(
    "address", [f"{MAY}&batch=all&town=youting", f"{MAY}&lang=en", "/frontline", "/frontline?day=2020-01-31"]
)
def test_page_looks_as_it_should(register_server: Server, desk: Watched, address: str) -> None:
    """Nothing is cut off or overlaps on a desk and a phone, light and dark; nothing keeps anybody out, and no error."""
    page = desk.open(register_server, address)
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES}).response["violations"]
    assert [
        (one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found if one["impact"] not in HARMLESS
    ] == []
    assert [one for found in faults_on_each_screen(page, "wide-light").values() for one in found] == []
    assert desk.troubles == []
