"""Hazards as a committee member goes through them: what is overdue, a unit, a major hazard's history, to the cell of the workbook; on paper too."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Server, Watched, arrive
from tests.browser.looks import faults_on_each_screen
from tests.browser.test_accessibility import HARMLESS, RULES

PAGE = "#hazards-"
MAY = "/hazards?day=2022-05-10"


def test_from_the_message_to_the_cell(register_server: Server, desk: Watched, tmp_path: Path) -> None:
    """The message is there without scrolling; what is overdue, a unit and the major ones are steps that the way back takes back; the cell has the deadline."""
    page = desk.open(register_server, MAY)
    message = page.locator(f"{PAGE}message")
    box = message.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    expect(message).to_have_text(
        re.compile("在册隐患108处，已销号59处（54.6%），未销号49处。其中逾期44处.*逾期最多的是龙滩子街道")
    )
    page.locator(f"{PAGE}units .unit-link", has_text="经发局").click()
    arrive(page, "**unit=economy*")
    page.locator(f"{PAGE}grade").get_by_role("link", name="仅重大隐患").click()
    arrive(page, "**grade=major*")
    assert "unit=economy" in page.url
    expect(message).to_contain_text("在册重大隐患23处")
    page.locator(f"{PAGE}figures").get_by_role("link", name="逾期").click()
    arrive(page, "**state=overdue*")
    expect(page.locator(f"{PAGE}chips .chip")).to_have_text([re.compile("经发局"), re.compile("逾期未销号")])
    first = page.locator("#majors .hazard-history").first
    expect(first).to_contain_text("已逾期57天")
    expect(page.locator("#majors")).to_contain_text("整改期限由2022-04-13改为2022-04-23（J6），推迟10天。")

    page.locator("#hazards").scroll_into_view_if_needed()
    expect(page.locator("#hazards .record-count")).to_have_text("共 4 条")
    row = page.locator('#hazards .ag-row[row-index="0"]')
    expect(row.locator('[col-id="description"]')).not_to_have_text("…")
    source = row.locator('[col-id="sources"] a')
    sheet, _blank, cell = source.inner_text().rpartition(" ")
    with page.expect_download() as download:
        source.click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    value = load_workbook(tmp_path / download.value.suggested_filename)[sheet][cell].value
    due = value.date().isoformat() if isinstance(value, datetime) else str(value)
    assert re.sub(r"\D", "", due).endswith("314") or "03-14" in due
    page.go_back()
    page.go_back()
    expect(message).to_contain_text("在册隐患108处")
    assert desk.troubles == []


@pytest.mark.parametrize(
    "address", [f"{MAY}&grade=major&unit=economy&state=open", f"{MAY}&lang=en", "/hazards?day=2020-01-31"]
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
