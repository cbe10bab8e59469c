"""An enterprise as a committee member looks it up: found, opened, followed to its cell; and from the list of those inspected repeatedly."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect
from sqlalchemy import text

from data.store import reader
from tests.browser.conftest import Server, Watched, arrive

INSPECTED = (
    "SELECT inspection.enterprise FROM inspection JOIN register_entry ON inspection.credit_code = register_entry.credit_code"
    " GROUP BY inspection.credit_code HAVING min(inspection.enterprise = register_entry.name) = 1"
)


def _inspected(server: Server) -> set[str]:
    """The enterprises of the register that have inspections, all of which call them by the name that they have there."""
    with reader(server.settings.database_url).connect() as connection:
        return set(connection.execute(text(INSPECTED)).scalars())


def test_search_open_and_follow_to_the_cell(server: Server, desk: Watched, tmp_path: Path) -> None:
    """What is typed is found; a name opens the profile in place; a row's link is the workbook whose cell has the enterprise's name."""
    page = desk.open(server, "/overview")
    page.locator("#shell-navigation").get_by_role("link", name="企业画像").click()
    expect(page.locator("#content .empty-note")).to_contain_text("请在上方输入企业名称")
    page.locator("#enterprise-search").fill("公司")
    page.locator("#enterprise-search").press("Enter")
    arrive(page, "**q=**")
    found, inspected = page.locator("#enterprise-found .unit-link"), _inspected(server)
    place, name = next((at, one) for at, one in enumerate(found.all_inner_texts()) if one in inspected)
    found.nth(place).click()
    arrive(page, "**code=**")
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
