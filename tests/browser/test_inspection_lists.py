"""检查建议 in the browser: month and unit chosen, issued, drawn, a re-check recorded, and the unit's own file judged in place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Stage, Watched, arrive, leave, settle
from tests.browser.looks import faults_on_each_screen
from tests.browser.test_accessibility import HARMLESS, RULES

PART = "#inspection-lists-"
NOVEMBER = "/inspection-lists?period=2022-11"


@pytest.fixture
def register_of_its_own(demo: Stage, register_year: Path) -> Server:
    """The sample register on a server, for a test that may change it."""
    return demo.lend(register_year)


def _looks_as_it_should(page: Page) -> None:
    """Nothing keeps anybody out; nothing is cut off or overlaps on a desk and a phone, light and dark."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES}).response["violations"]
    assert [
        (one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found if one["impact"] not in HARMLESS
    ] == []
    assert [one for faults in faults_on_each_screen(page, "wide-light").values() for one in faults] == []


def test_from_the_draft_to_an_outcome(register_of_its_own: Server, desk: Watched, tmp_path: Path) -> None:
    """The office issues November's lists, draws, records; 邮亭镇 reads its own of it and has its own file judged and drawn again."""
    server = register_of_its_own
    page = desk.open(server, "/inspection-lists")
    page.locator(f"{PART}period").select_option("2022-11")
    arrive(page, "**period=2022-11*")
    page.locator(f"{PART}unit").select_option("youting")
    arrive(page, "**unit=youting*")
    expect(page.locator(f"{PART}message")).to_have_text(
        re.compile(r"^2022年11月：\d+家单位有建议清单，共\d+家企业.*尚未印发")
    )
    expect(page.locator("#list h2")).to_have_text("邮亭镇：2022年11月建议检查")
    assert page.locator(f"{PART}list tbody tr").count() > 10
    expect(page.locator(f"{PART}list tbody tr").first).to_contain_text("高危企业，从未检查")
    _looks_as_it_should(page)

    leave(page.get_by_role("button", name="印发2022年11月清单"))
    settle(page)
    expect(page.locator(f"{PART}message")).to_contain_text("此后不再变动")
    page.locator(f"{PART}issue-number").fill("0718")
    page.locator(f"{PART}issue-source").fill("双色球第2022081期")
    leave(page.locator(f"{PART}issue-draw button"))
    desk.open(server, f"{NOVEMBER}&unit=youting")
    drawn = page.locator(f"{PART}drawn tbody tr")
    expect(drawn).to_have_count(2)
    drawn.first.locator("input[name=note]").fill("地址已迁出")
    leave(drawn.first.get_by_role("button", name="不属实"))
    settle(page)
    expect(page.locator(f"{PART}drawn tbody tr").first).to_contain_text("不属实")
    expect(page.locator(f"{PART}accuracy tr", has_text="邮亭镇")).to_contain_text("0%（0%–79%）")
    _looks_as_it_should(page)

    desk.sign_in(server, "unit", unit="youting")
    page = desk.open(server, NOVEMBER)
    expect(page.locator(f"{PART}drawn tbody tr").first).to_contain_text("地址已迁出")
    assert page.locator(".recheck-form, #inspection-lists-unit").count() == 0
    with page.expect_download() as started:
        page.get_by_role("link", name="本单位清单").click()
    file = tmp_path / "清单.xlsx"
    started.value.save_as(file)
    lines = [one.split(" ")[0] for one in drawn.locator("small").all_inner_texts()]
    page.locator(f"{PART}judge-file").set_input_files(file)
    page.locator(f"{PART}judge").get_by_role("button", name="评价").click()
    answer = page.locator(f"{PART}judge-answer")
    expect(answer).to_contain_text("按数字抽中：0718")
    for line in (one for one in lines if re.fullmatch("[0-9A-Z]{18}", one)):
        expect(answer.locator(".drawn-lots")).to_contain_text(line)
    _looks_as_it_should(page)
    assert desk.troubles == []
