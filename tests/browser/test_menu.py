"""The menu takes along what is looked at; on a phone it is one line, and nothing that counts is out of sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Server, Watched, settle

UNIT = "group=department&unit=market"


def go(page: Page, name: str) -> str:
    """Choose a page in the menu, and give the address that it led to, without the server."""
    page.locator(".main-nav a", has_text=name).click()
    expect(page.locator("h1")).to_have_text(name)
    settle(page)
    return page.url.split("/", 3)[3]


def test_the_period_stays_on_every_page(server: Server, desk: Watched) -> None:
    """From August's ranking through all pages and back: each shows August or what August lies in, of the same unit where it knows it."""
    page = desk.open(server, f"/ranking?period=2022-08&{UNIT}")
    assert go(page, "季度绩效") == f"scores?period=2022-08&{UNIT}"
    expect(page.locator("#quarterly-scores-message")).to_contain_text("2022年第3季度")
    expect(page.locator("#unit .card-heading")).to_contain_text("市场监管局")
    assert go(page, "亡人指标") == "casualties?period=2022-08&unit=market"
    expect(page.locator("#casualty-targets-message")).to_contain_text("截至8月31日")
    assert go(page, "系统管理") == "administration"
    assert go(page, "总览") == "overview?period=2022-08"
    expect(page.locator("#overview-message")).to_contain_text("截至2022年8月31日")
    assert go(page, "通报与材料") == "publications?period=2022-08"
    assert go(page, "数据报送") == "submissions?period=2022-08"
    assert go(page, "月度执法排名") == f"ranking?period=2022-08&{UNIT}"
    page.go_back()
    expect(page.locator("#submissions-message")).to_contain_text("2022年8月")
    assert desk.troubles == []


def test_a_quarter_leads_back_to_the_month_one_came_from(server: Server, desk: Watched) -> None:
    """July, its quarter, and July again; of another quarter the last month; a new tab opens what a click opens."""
    page = desk.open(server, "/ranking?period=2022-07")
    go(page, "季度绩效")
    page.locator("#quarterly-scores-group a", has_text="部门组").click()
    settle(page)
    assert "period=2022Q3" in page.url
    assert go(page, "月度执法排名").startswith("ranking?period=2022-07")
    go(page, "季度绩效")
    page.locator("#quarterly-scores-period").select_option("2022Q2")
    expect(page.locator("#quarterly-scores-message")).to_contain_text("2022年第2季度")
    settle(page)
    link = page.locator(".main-nav a", has_text="月度执法排名")
    link.hover()
    assert "period=2022Q2" in (link.get_attribute("href") or "")
    go(page, "月度执法排名")
    expect(page.locator("#monthly-ranking-message")).to_contain_text("2022年6月")


@pytest.mark.parametrize("width", [390, 360])
def test_on_a_phone_nothing_that_counts_is_out_of_sight(server: Server, desk: Watched, width: int) -> None:
    """The menu is one line that shows where one is; the year's scores begin with their last month; rates stand in the list."""
    page = desk.page
    before = page.viewport_size
    page.set_viewport_size({**PHONE, "width": width})
    try:
        desk.open(server, "/overview")
        tops = page.locator(".main-nav a").evaluate_all(
            "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
        )
        assert len(set(tops)) == 1
        last = page.locator("#overview-heat thead th").last.bounding_box()
        assert last is not None
        assert last["x"] + last["width"] <= width
        expect(page.locator("#overview-heat thead th").last).to_have_text("9月")
        desk.open(server, "/submissions")
        here = page.locator(".main-nav [aria-current]").bounding_box()
        assert here is not None
        assert here["x"] >= 0
        assert here["x"] + here["width"] <= width
        desk.open(server, "/ranking?period=2022-09")
        rates = page.locator("#monthly-ranking-table tbody tr").first.locator("td.rate")
        assert all(one.is_visible() for one in rates.all())
        assert "".join(rates.all_inner_texts()).count("%") >= 3
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.set_viewport_size(before or PHONE)


SAID = {
    "/overview?period=2022-12": "2022年12月尚未开始",
    "/overview?period=2022-13": "时间写法不对，下面显示的是2022年9月",
    "/ranking?period=2023-01": "2023年1月尚未开始",
    "/ranking?period=nonsense": "时间写法不对，下面显示的是2022年9月",
    "/ranking?period=2022-09&compare=2023": "要求对比的年份不早于当年",
    "/scores?period=2023Q1": "2023年第1季度尚未开始",
    "/scores?period=2022Q7": "时间写法不对，下面显示的是2022年第3季度",
    "/casualties?period=20222": "时间写法不对",
    "/casualties?period=2023": "2023年尚未开始",
    "/casualties?period=2022&as_of=2021-12-31": "网址中的日期不在所选",
    "/submissions?period=2023-02": "2023年2月尚未开始",
    "/submissions?period=x": "时间写法不对，下面显示的是2022年9月",
    "/inspection-lists?period=2022-12": "2022年12月尚未开始",
    "/inspection-lists?period=x": "时间写法不对，下面显示的是2022年10月",
    "/publications?period=x": "时间写法不对，下面显示的是2022年",
    "/publications?period=2031-01": "2031年尚未开始",
}


def _in_turn(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """Of each page one, then of each the next: another page is drawn whole, and no sentence is left of the one before."""
    seen: Counter[str] = Counter()
    rounds = []
    for address, sentence in said.items():
        path = address.partition("?")[0]
        rounds.append((seen[path], address, sentence))
        seen[path] += 1
    return [(address, sentence) for _round, address, sentence in sorted(rounds, key=lambda one: one[0])]


def test_what_cannot_be_shown_is_answered_by_a_sentence(server: Server, desk: Watched) -> None:
    """A period that is to come, malformed, or of no such day is never answered silently by another."""
    desk.open(server, "/administration")
    for address, said in _in_turn(SAID):
        page = desk.go_on(server, address)
        expect(page.locator(".page", has_text=said)).to_be_visible()
    page = desk.open(server, "/overview?period=2022-12")
    assert page.locator("#overview-message").count() == 0
    page.get_by_role("link", name="查看2022年9月").click()
    expect(page.locator("#overview-message")).to_contain_text("2022年9月")
    assert desk.troubles == []
