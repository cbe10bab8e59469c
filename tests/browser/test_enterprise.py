"""An enterprise as a committee member looks it up: found, opened, followed to its cell; and from the list of those inspected repeatedly."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Server, Watched, settle


def test_search_open_and_follow_to_the_cell(server: Server, desk: Watched, tmp_path: Path) -> None:
    """What is typed is found; a name opens the profile in place; a row's link is the workbook whose cell has the enterprise's name."""
    page = desk.open(server, "/overview")
    page.locator("#shell-navigation").get_by_role("link", name="企业画像").click()
    expect(page.locator("#content .empty-note")).to_contain_text("请在上方输入企业名称")
    page.locator("#enterprise-search").fill("公司")
    page.locator("#enterprise-search").press("Enter")
    page.wait_for_url("**q=**")
    first = page.locator("#enterprise-found .unit-link").first
    name = first.inner_text()
    first.click()
    page.wait_for_url("**code=**")
    settle(page)
    expect(page.locator("#enterprise-message")).to_have_text(re.compile(f"^.*{re.escape(name)}：最近一次检查是"))
    expect(page.locator("#enterprise-found .here")).to_contain_text(name)
    link = page.locator("#enterprise-inspections tbody tr").first.locator("a.source").first
    cell = link.locator("b").inner_text()
    with page.expect_download() as waiting:
        link.click()
    original = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(original)
    sheet = link.inner_text().split(" · ")[1]
    assert load_workbook(original)[sheet][cell].value == name
    page.go_back()
    expect(page.locator("#enterprise-message")).to_have_count(0)
    assert desk.troubles == []
