"""From a unit's month to the page of differences, and from a count there to its cases."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Server, Watched, arrive


def test_from_the_ranking_to_the_differences_to_the_cases(server: Server, desk: Watched) -> None:
    """The link beside the unit sets it beside the next one ahead; a count there leads to as many cases."""
    page = desk.open(server, "/ranking?period=2022-08&group=department&unit=market")
    page.locator("#unit .ways-beside a", has_text="与另一单位对照（交巡警）").click()
    arrive(page, "**/side-by-side?**")
    expect(page.locator("#side-by-side-message")).to_have_text(
        re.compile(r"^2022年8月：市场监管局74\.07分，交巡警78\.99分，前者低4\.92分")
    )
    due = page.locator("#side-by-side-counts tr", has_text="应闭环").locator("a").nth(1)
    count = due.inner_text()
    due.click()
    arrive(page, "**/ranking?**measure=due_cases**")
    expect(page.locator("#unit .card-heading")).to_contain_text("交巡警")
    expect(page.locator("#monthly-ranking-measure .active")).to_have_text("应闭环")
    expect(page.locator("#cases")).to_contain_text(re.compile(rf"共 ?{count} ?件"))
    assert desk.troubles == []
