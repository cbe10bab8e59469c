"""Warnings and disasters as a committee member goes through them: who answered late, in which town, to the cell; on a phone and on paper too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Server, Watched, arrive, settle
from tests.browser.looks import faults_on_each_screen
from tests.browser.test_accessibility import HARMLESS, RULES

PAGE = "#disasters-"
MAY = "/disasters?day=2022-05-10"


def test_from_the_day_to_the_cell(register_server: Server, desk: Watched, tmp_path: Path) -> None:
    """The message stands at once; a town and where its warnings stopped are steps of the address; the cell of the step that lacks is empty."""
    page = desk.open(register_server, MAY)
    message = page.locator(f"{PAGE}message")
    box = message.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    expect(message).to_have_text(re.compile("在案预警34次.*闭环率最低的是龙滩子街道.*不幸遇难"))
    expect(page.locator(f"{PAGE}goal")).to_contain_text(re.compile("红灯.*邮亭镇"))

    page.locator(f"{PAGE}units .unit-link", has_text="双路街道").click()
    arrive(page, "**unit=shuanglu*")
    page.locator(f"{PAGE}stopped .kind-link", has_text="已应答未反馈").press("Enter")
    arrive(page, "**state=not_fed_back*")
    expect(page.locator("#warnings .card-heading")).to_contain_text("双路街道、已应答未反馈")
    settle(page)
    page.locator("#warnings").scroll_into_view_if_needed()
    steps = page.locator('#warnings .ag-row[row-index="0"] [col-id="steps"] li')
    expect(steps.last).to_have_text(re.compile("未反馈"))
    expect(steps.nth(2)).to_have_text(re.compile("80分钟.*应答（超时）"))
    source = page.locator('#warnings .ag-row[row-index="0"] [col-id="sources"] a')
    sheet, _blank, cell = source.inner_text().rpartition(" ")
    with page.expect_download() as download:
        source.click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    assert load_workbook(tmp_path / download.value.suggested_filename)[sheet][cell].value in {
        None,
        "",
        "/",
        "—",
        "——",
        "无",
    }

    page.go_back()
    page.go_back()
    expect(page.locator(f"{PAGE}chips .chip")).to_have_count(0)
    page.locator("#struck").get_by_role("link", name="下一页").click()
    arrive(page, "**at=1*")
    expect(page.locator(f"{PAGE}struck-pager")).to_contain_text("第11–20起灾害")
    page.locator(f"{PAGE}day").fill("2022-03-31")
    arrive(page, "**day=2022-03-31*")
    expect(message).to_contain_text("截至2022年3月31日")
    expect(page.locator(f"{PAGE}goal")).to_contain_text("绿灯")
    assert desk.troubles == []


@pytest.mark.parametrize("address", [f"{MAY}&unit=youting&state=slow", f"{MAY}&lang=en", "/disasters?day=2020-01-31"])
def test_page_looks_as_it_should(register_server: Server, desk: Watched, address: str) -> None:
    """Nothing is cut off or overlaps on a desk and a phone, light and dark; nothing keeps anybody out, and no error."""
    page = desk.open(register_server, address)
    if "2020" not in address:
        page.locator("#warnings .ag-row").first.wait_for()
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES}).response["violations"]
    assert [
        (one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found if one["impact"] not in HARMLESS
    ] == []
    assert [one for found in faults_on_each_screen(page, "wide-light").values() for one in found] == []
    assert desk.troubles == []
