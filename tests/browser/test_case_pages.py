"""Supervision and tip-offs as a committee member goes through them: who owes an answer, how far the cases came, to the cell of the workbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Watched, arrive, settle
from tests.browser.looks import faults_on_each_screen
from tests.browser.test_accessibility import HARMLESS, RULES


def _count(page: Page, place: str) -> int:
    """How many rows the grid of a list says that it has."""
    page.locator(place).scroll_into_view_if_needed()
    count = page.locator(f"{place} .record-count")
    expect(count).to_have_text(re.compile(r"^共 \d+ 条$"))
    return int(re.sub(r"\D", "", count.inner_text()))


def test_from_what_is_overdue_to_the_cell(register_server: Server, desk: Watched, tmp_path: Path) -> None:
    """The message is seen at once; what is overdue, then a unit, are steps of the address; the row's cell holds the deadline that is past."""
    page = desk.open(register_server, "/supervision?day=2022-05-10")
    message = page.locator("#supervision-message")
    box = message.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    expect(message).to_have_text(
        re.compile("到期应回复23个，按期回复14个（60.9%）.*逾期未回复6个，最长的已逾期125天（消防大队）")
    )
    row = page.locator("#supervision-kinds tr", has_text="逾期未回复")
    row.locator("a").focus()
    page.keyboard.press("Enter")
    arrive(page, "**state=overdue*")
    assert _count(page, "#findings") == int(row.locator("td.num").first.inner_text()) == 6
    page.locator("#supervision-units .unit-link", has_text="制造中心").click()
    arrive(page, "**unit=*")
    expect(page.locator("#findings .card-heading")).to_have_text("问题清单：制造中心、逾期未回复")
    settle(page)
    assert _count(page, "#findings") == 1
    source = page.locator('#findings .ag-row[row-index="0"] [col-id="sources"] a')
    sheet, _blank, cell = source.inner_text().rpartition(" ")
    with page.expect_download() as download:
        source.click()
    if download.value.suggested_filename.endswith("xlsx"):
        download.value.save_as(tmp_path / "ledger.xlsx")
        assert load_workbook(tmp_path / "ledger.xlsx")[sheet][cell].value
    page.go_back()
    expect(page.locator("#supervision-chips .chip")).to_have_text([re.compile("逾期未回复")])
    assert desk.troubles == []


def test_steps_of_cases_for_who_may_read_them(register_server: Server, desk: Watched) -> None:
    """The office goes from a step to its cases; the committee sees the same counts, no way to a case, and why."""
    page = desk.open(register_server, "/tipoffs?day=2022-05-10")
    page.locator("#tipoffs-cards .batch-name", has_text="打非").click()
    arrive(page, "**type=*")
    steps = page.locator("#tipoffs-steps")
    expect(steps.locator("tr", has_text="受理").locator("td.num").first).to_have_text("6")
    steps.get_by_role("link", name="查实").click()
    arrive(page, "**state=substantiated*")
    assert _count(page, "#cases") == 2
    desk.sign_in(register_server, "viewer")
    page = desk.open(register_server, "/tipoffs?day=2022-05-10&type=打非&state=substantiated")
    expect(page.locator("#tipoffs-steps tr", has_text="受理").locator("td.num").first).to_have_text("6")
    expect(page.locator("#cases .empty-note")).to_contain_text("具体事项只有安委办和办理单位可以看到")
    assert (
        page.locator("#tipoffs-steps a, #tipoffs-units .unit-link, #cases .ag-row, #cases .export-link:visible").count()
        == 0
    )
    assert desk.troubles == []


@pytest.mark.parametrize(
    "address",
    [
        "/supervision?day=2022-05-10&unit=longtanzi&lang=en", "/tipoffs?day=2022-05-10&state=closed&lang=en", "/supervision",
        "/tipoffs?day=2020-01-31",
    ],
)  # fmt: skip
def test_pages_look_as_they_should(register_server: Server, desk: Watched, address: str) -> None:
    """Nothing is cut off or overlaps on a desk and a phone, light and dark; nothing keeps anybody out, and no error."""
    page = desk.open(register_server, address)
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES}).response["violations"]
    assert [
        (one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found if one["impact"] not in HARMLESS
    ] == []
    assert [one for found in faults_on_each_screen(page, "wide-light").values() for one in found] == []
    assert desk.troubles == []
