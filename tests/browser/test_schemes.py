"""A scheme on its way in the browser: typed, refused, kept, tried on a past month, adopted; and then the month's page says it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched, leave, settle

FORM = "/schemes/form?scheme=monthly_ranking"
WEIGHT = '[name="indicators.{}.weight"]'
SUM = "#section-indicators .scheme-sum"


def test_from_a_weight_to_the_ranking_of_the_month(own_server: Server, desk: Watched) -> None:
    """The sum follows what is typed; what is refused says why at its place; the effect stands side by side; adopted, it holds."""
    desk.sign_in(own_server, "admin")
    page = desk.open(own_server, "/schemes")
    leave(page.get_by_role("link", name="起草新版"))
    assert faults(page) == []
    expect(page.locator(SUM)).to_contain_text("✓ 相符")
    page.locator(WEIGHT.format("completion")).fill("7.5")
    expect(page.locator(SUM)).to_contain_text("87.5")
    expect(page.locator(SUM)).to_contain_text("✗ 不符")
    page.get_by_label("自何时起施行").fill("2022-09")
    leave(page.get_by_role("button", name="保存草案并看影响"))
    expect(page.locator("#scheme-faults")).to_contain_text("没有保存：有 1 处需要改正")
    expect(page.locator("#section-indicators .scheme-fault")).to_have_text("各指标权重合计应为 100")
    assert page.locator(WEIGHT.format("completion")).input_value() == "7.5"
    assert faults(page) == []

    page.locator(WEIGHT.format("closed_loop_rate")).fill("37.5")
    expect(page.locator(SUM)).to_contain_text("✓ 相符")
    leave(page.get_by_role("button", name="保存草案并看影响"))
    settle(page)
    expect(page.locator("#schemes-changes")).to_contain_text("计划完成率，权重：20 → 7.5")
    page.locator("#schemes-period").select_option("2022-08")
    expect(page.locator("#draft")).to_contain_text("会有变化")
    settle(page)
    assert "2022年8月" in page.locator("#draft").inner_text()
    assert page.locator("#schemes-effect tbody tr").count() > 10
    assert faults(page) == []

    page.locator("#schemes-reason").fill("突出闭环")
    leave(page.locator("#schemes-adopt").get_by_role("button", name="采用这一版"))
    settle(page)
    newest = page.locator("#schemes-versions tbody tr", has_text="第 2022-09 版")
    for part in ("自2022年9月起", "demo-admin", "突出闭环", "2 处"):
        expect(newest).to_contain_text(part)
    assert faults(page) == []
    page = desk.open(own_server, "/ranking?period=2022-09&group=town")
    expect(page.locator(".basis-line").first).to_contain_text("第2022-09版")
    page = desk.open(own_server, "/ranking?period=2022-08&group=town")
    expect(page.locator(".basis-line").first).to_contain_text("第1版")
    assert [one for one in desk.troubles if "400" not in one] == []


@pytest.mark.parametrize(
    "address",
    [
        "/schemes",
        "/schemes?scheme=enterprises",
        "/schemes/form?scheme=quarterly_scores",
        "/schemes/form?scheme=frontline_duty",
    ],
)
def test_schemes_look_as_they_should(server: Server, screen: Watched, address: str) -> None:
    """Wide and on a phone, light and dark: nothing is cut, pale or unnamed."""
    page = screen.open(server, address)
    assert faults(page) == []
    assert screen.troubles == []


def test_from_days_of_batches_to_the_page_of_the_day(own_server: Server, desk: Watched) -> None:
    """A scheme of what stands on a day: refused at its place, kept, today's figures beside it; adopted, the day's page goes by it."""
    desk.sign_in(own_server, "admin")
    page = desk.open(own_server, "/schemes?scheme=frontline_duty")
    leave(page.get_by_role("link", name="起草新版"))
    page.locator('[name="due.key"]').fill("2022-06-01")
    page.get_by_label("自何时起施行").fill("2022-10")
    leave(page.get_by_role("button", name="保存草案并看影响"))
    expect(page.locator("#section-due .scheme-fault")).to_contain_text("先后相接")
    assert faults(page) == []
    page.locator('[name="due.key"]').fill("2022-11-05")
    leave(page.get_by_role("button", name="保存草案并看影响"))
    settle(page)
    expect(page.locator("#schemes-changes")).to_contain_text("重点企业：2022-09-30 → 2022-11-05")
    moved = page.locator("#schemes-effect tr.moved", has_text="状态")
    for part in ("重点企业", "已逾期", "临近期限"):
        expect(moved).to_contain_text(part)
    assert faults(page) == []
    page.locator("#schemes-reason").fill("与各镇街商定")
    leave(page.locator("#schemes-adopt").get_by_role("button", name="采用这一版"))
    settle(page)
    expect(page.locator("#schemes-versions tbody tr", has_text="第 2022-10 版")).to_contain_text("与各镇街商定")
    page = desk.open(own_server, "/frontline")
    expect(page.locator(".batch-card", has_text="重点企业")).to_contain_text("2022年11月5日")
    assert [one for one in desk.troubles if "400" not in one] == []
