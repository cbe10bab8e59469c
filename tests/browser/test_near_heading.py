"""A heading that is near one of our columns is answered with one click, by whatever else the form holds."""

from __future__ import annotations

import io

from playwright.sync_api import expect

from data.intake.archive import Archive
from data.intake.inbox import Choice, take_in
from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched, leave, settle
from tests.integration.formats import xlsx
from tests.integration.ledgers import RECEIVED, ledger


def test_yes_is_one_click(empty_server: Server, desk: Watched) -> None:
    """Pressed, it is remembered, and the workbook passes that was refused for it."""
    settings = empty_server.settings
    receipt = take_in(
        settings.database_url, Archive(settings.archive_dir), settings.zone,
        io.BytesIO(xlsx(ledger().put({"B1": "检察日期"}))), "五月.xlsx", "office", RECEIVED, Choice(), asks=True,
    )  # fmt: skip
    page = desk.open(empty_server, f"/submissions?period=2022-05&submission={receipt.number}")
    yes = page.get_by_role("button", name="就是“检查日期”列")
    expect(yes).to_be_visible()
    expect(page.get_by_role("button", name="不是，忽略该列")).to_be_visible()
    settle(page)
    assert faults(page) == []
    leave(yes)
    expect(page.locator("#submissions-one h3").first).to_contain_text("已核对")
    settle(page)
    expect(page.locator("#submissions-remembered")).to_contain_text("“检察日期”即“检查日期”")
    assert desk.troubles == []
