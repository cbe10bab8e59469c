"""The quarter's procedure in the browser: a unit answers its marks, the office decides, the quarter is published."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from dashboards.__main__ import freeze
from data.zone.periods import Quarter
from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched, leave, settle
from tests.integration.scans import pdf

ADDRESS = "/scores?period=2022Q3&group=town&unit=longtanzi"
REASON = "监管职责清单已修订印发 <b>"


def row(page: Page, measure: int) -> Locator:
    """A mark with its reply and decision."""
    return page.locator(f'#quarterly-scores-replies tr[data-measure="{measure}"]')


def press(page: Page, within: Locator, button: str) -> None:
    """Press a button of a form and wait for the page that it leads to."""
    leave(within.get_by_role("button", name=button, exact=True).first)
    settle(page)


def attach(page: Page, where: Locator, file: Path) -> None:
    """Add a piece of evidence, and wait until the page shows it."""
    with page.expect_file_chooser() as chooser:
        where.get_by_role("button", name="添加佐证材料").click()
    chooser.value.set_files(file)
    expect(where.locator(".attached a")).to_have_text(file.name)
    settle(page)


def test_from_the_review_to_the_published_quarter(own_server: Server, desk: Watched, tmp_path: Path) -> None:
    """A unit contests one mark with evidence and agrees to the others, the office changes it, and everybody sees what was published."""
    desk.sign_in(own_server, "unit", unit="longtanzi")
    page = desk.open(own_server, "/overview?period=2022-09")
    assert "10 项评审评分待龙滩子街道答复（截止10月20日）" in page.locator("#overview-matters").inner_text()
    page = desk.open(own_server, ADDRESS)
    row(page, 3).locator("summary", has_text="提出异议").click()
    row(page, 3).locator("textarea").fill(REASON)
    press(page, row(page, 3), "提交")
    assert REASON in row(page, 3).inner_text()
    file = tmp_path / "会议记录.pdf"
    file.write_bytes(pdf(2000))
    attach(page, row(page, 3), file)
    press(page, page.locator("#replies"), "对未答复的 9 项均同意")
    assert "同意 9 项、有异议待决定 1 项" in page.locator("#replies").inner_text()
    assert faults(page) == []

    desk.sign_in(own_server, "office")
    page = desk.open(own_server, "/overview?period=2022-09")
    page.locator("#overview-decisions a", has_text="1 项评分有异议待决定（龙滩子街道；截止10月25日）").click()
    settle(page)
    form = row(page, 3).locator("form")
    form.locator("textarea").fill("经复核属实")
    form.locator("input[name=mark]").fill("9.5")
    press(page, form, "改为此分")
    told = row(page, 3).inner_text()
    for part in ("有异议", REASON, "会议记录.pdf", "改定 9 → 9.5 分", "经复核属实"):
        assert part in told
    assert "经答复改定；原评审 9 分" in page.locator("#measures").inner_text()
    assert faults(page) == []

    freeze(own_server.settings, "scores", Quarter(2022, 3), None, reason="", mistake=False)
    page = desk.open(own_server, ADDRESS)
    assert "第 1 版" in page.locator("#quarterly-scores-steps").inner_text()
    year = page.locator("#quarterly-scores-year")
    assert "已发布第 1 版" in year.locator("thead").inner_text()
    assert "计 1 个季度" in year.locator("tbody tr", has_text="龙滩子街道").inner_text()

    desk.sign_in(own_server, "unit", unit="longtanzi")
    page = desk.open(own_server, ADDRESS)
    assert "改定 9 → 9.5 分" in row(page, 3).inner_text()
    assert page.locator("#replies form").count() == 0
    assert "不再接受答复" in page.locator("#replies").inner_text()
    assert page.locator("#quarterly-scores-year tbody tr").count() == 4
    assert desk.troubles == []
