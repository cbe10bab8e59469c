"""Every journey by keyboard alone, each stop looked at; what the pointer lifts the focus lifts; a finger does what the mouse does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PHONE, Server, Watched, _watch, a_context, settle
from tests.browser.keys import Keys
from tests.integration.ledgers import ledger

RANKING = "/ranking?period=2022-08&group=department"
UNIT_CARD = "#unit .card-heading"
CHIPS = "#monthly-ranking-chips"


@pytest.fixture(scope="module")
def without_a_mouse(chromium: Browser) -> Iterator[Watched]:
    """A browser in which the page goes at once where the focus goes, and over which no pointer ever was."""
    with a_context(chromium, reduced_motion="reduce") as context:
        yield Watched(context.new_page())


@pytest.fixture
def keys(without_a_mouse: Watched) -> Keys:
    """A keyboard before a page of which nobody has seen anything yet."""
    without_a_mouse.forget()
    return Keys(without_a_mouse.page)


def marks(page: Page, chart: str) -> Locator:
    """Where the keyboard walks through a chart."""
    return page.locator(f".chart:has(#{chart}) .chart-marks")


def link(page: Page, within: str, text: str) -> Locator:
    """A link by its words."""
    return page.locator(f"{within} a", has_text=text)


def sign_in(keys: Keys, server: Server) -> None:
    """The demo's button for the office, from a page that was just opened."""
    keys.page.goto(f"{server.url}/signin")
    leave(keys, keys.page.locator("form[action='/signin/demo/office'] button"))


def leave(keys: Keys, target: Locator) -> None:
    """Go to what leads to another document, press Enter and wait for it."""
    keys.to(target)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    settle(keys.page)


def signed_in(keys: Keys, server: Server, address: str) -> Page:
    """A page as the office gets it, in a browser that was signed in already."""
    return Watched(keys.page).open(server, address)


def test_in_and_to_a_unit_and_back(server: Server, keys: Keys) -> None:
    """In, past the menu, another month and group, sorted, a unit of the table: the focus is seen, and stays or comes back."""
    page = keys.page
    sign_in(keys, server)
    keys.choose(link(page, "#shell-navigation", "月度执法排名"))
    expect(page.locator("h1")).to_have_text("月度执法排名")
    keys.choose(page.locator(".skip-link"), back=True)
    keys.waits_at(page.locator("main"))

    month = page.locator("#monthly-ranking-period")
    keys.to(month)
    keys.press("ArrowDown")
    expect(page.locator("#monthly-ranking-message")).to_contain_text("2022年8月")
    keys.waits_at(month)
    group = link(page, "#monthly-ranking-group", "部门组")
    keys.choose(group)
    expect(page.locator("#monthly-ranking-message")).to_contain_text("部门组")
    keys.waits_at(group)

    head = page.get_by_role("button", name="问题发现率", exact=True)
    keys.choose(head)
    expect(page.locator("#monthly-ranking-table caption")).to_contain_text("按“问题发现率”从高到低排序")
    keys.waits_at(head)
    keys.choose(page.get_by_role("button", name="恢复名次顺序"), back=True)

    unit = link(page, "#monthly-ranking-table", "市场监管局")
    keys.choose(unit)
    expect(page.locator(UNIT_CARD)).to_contain_text("市场监管局")
    keys.waits_at(page.locator("#unit"))
    page.go_back()
    page.wait_for_function("() => document.activeElement.textContent === '市场监管局'")
    assert keys.faults == []


def test_from_a_bar_to_the_cell_of_a_workbook(server: Server, keys: Keys) -> None:
    """A unit by its bar, a figure by the waterfall and by the table, the grid, the workbook; then the chips are let go."""
    page = signed_in(keys, server, RANKING)
    bars = marks(page, "monthly-ranking-bars")
    keys.to(bars)
    keys.press("ArrowDown", "ArrowDown")
    assert page.locator("#monthly-ranking-bars .hovertext").text_content().startswith("应急管理局")  # type: ignore[union-attr]
    assert "第3名" in bars.inner_text()
    keys.press("Enter")
    expect(page.locator(f"{CHIPS} .chip")).to_contain_text("选自：得分对比")
    expect(page.locator(UNIT_CARD)).to_contain_text("应急局")
    keys.waits_at(bars)

    waterfall = marks(page, "monthly-ranking-waterfall")
    keys.to(waterfall)
    keys.press("ArrowDown", "Enter")
    expect(page.locator("#monthly-ranking-measure .active")).to_have_text("查出问题家次")
    keys.waits_at(waterfall)
    keys.choose(link(page, "#unit .small-table", "三部曲闭环率"))
    expect(page.locator("#monthly-ranking-measure .active")).to_have_text("应闭环")
    keys.waits_at(page.locator("#cases"))
    tab = link(page, "#monthly-ranking-measure", "检查家次")
    keys.choose(tab)
    expect(page.locator("#monthly-ranking-measure .active")).to_have_text("检查家次")

    expect(page.locator(".record-list")).to_have_attribute("aria-busy", "false")
    keys.to(page.locator(".record-grid .ag-row[row-index='0'] .ag-cell"))
    keys.press("ArrowDown", "Control+ArrowRight")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")
    keys.to(marks(page, "monthly-ranking-places"))

    away = page.locator(f"{CHIPS} .chip-away")
    keys.choose(away.last, back=True)
    expect(away).to_have_count(1)
    keys.waits_at(away)
    keys.press("Enter")
    expect(away).to_have_count(0)
    keys.waits_at(page.locator("main"))
    assert keys.faults == []


def test_scores_and_casualties_are_chosen_from_their_charts(server: Server, keys: Keys) -> None:
    """A bar of self against review, a row of the map of marks, a curve from its list, an accident of the timeline."""
    page = signed_in(keys, server, "/scores?period=2022Q2&group=town")
    bars = marks(page, "quarterly-scores-differences")
    keys.to(bars)
    keys.press("Enter")
    expect(page.locator("#quarterly-scores-chips .chip")).to_contain_text("选自：自评与评审对比")
    keys.waits_at(bars)
    keys.choose(link(page, "#quarterly-scores-heat", "通桥街道"), back=True)
    expect(page.locator(UNIT_CARD)).to_contain_text("通桥街道")
    heat = marks(page, "quarterly-scores-weakest")
    keys.to(heat, back=True)
    first = heat.inner_text()
    keys.press("ArrowRight", "ArrowDown")
    assert heat.inner_text() != first
    expect(page.locator("#quarterly-scores-weakest .hovertext")).to_be_visible()

    page.goto(f"{server.url}/casualties?period=2022&as_of=2022-09-30")
    settle(page)
    curve = page.locator("#casualty-targets-scope")
    keys.to(curve)
    keys.press("ArrowDown")
    assert "unit=" in page.url
    keys.waits_at(curve)
    timeline = marks(page, "casualty-targets-timeline")
    keys.to(timeline)
    keys.press("End", "Enter")
    expect(page.locator("#accident .card-heading")).to_contain_text("2022年9月21日")
    keys.waits_at(page.locator("#accident"))
    page.go_back()
    expect(page.locator("#accident")).to_have_count(0)
    keys.waits_at(timeline)
    assert keys.faults == []


def test_a_chart_is_zoomed_around_its_mark(server: Server, keys: Keys) -> None:
    """Plus shows half as many weeks around the mark, what lies beyond comes into sight when it is walked to, minus and 0 lead back."""
    page = signed_in(keys, server, "/casualties?period=2022&as_of=2022-09-30")
    seen = """() => {
      const axis = document.querySelector("#casualty-targets-curve .js-plotly-plot")._fullLayout.xaxis;
      return axis.range.map(day => new Date(day).getTime());
    }"""
    curve = marks(page, "casualty-targets-curve")
    keys.to(curve)
    first, last = page.evaluate(seen)
    keys.press("+")
    from_, to = page.evaluate(seen)
    assert to - from_ == pytest.approx((last - first) / 2)
    assert first <= from_ < to <= last
    keys.press("+", "End")
    later, end = page.evaluate(seen)
    assert end - later == pytest.approx((last - first) / 4)
    assert later > from_
    expect(page.locator("#casualty-targets-curve .hovertext").first).to_be_visible()
    keys.press("-")
    assert page.evaluate(seen)[1] - page.evaluate(seen)[0] == pytest.approx((last - first) / 2)
    keys.press("0")
    assert page.evaluate(seen) == [first, last]
    assert keys.faults == []


def test_a_workbook_is_sent_followed_and_returned(own_server: Server, keys: Keys, tmp_path: Path) -> None:
    """A clerk's unit chosen, a workbook sent, looked at and confirmed; signed out; the office returns it with a reason."""
    page = keys.page
    book = ledger("2022-09", "logistics").write(tmp_path / "物流中心9月台账.xlsx")
    sign_in(keys, own_server)
    keys.choose(link(page, "#shell-navigation", "数据报送"))
    period = page.locator("#submissions-period")
    keys.to(period)
    if period.input_value() != "2022-09":
        keys.press("ArrowDown")
    keys.to(page.locator("[data-choose-files]").first)
    keys.choose_files(book)
    outcome = page.locator("#submissions-followed article")
    expect(outcome).to_contain_text("已核对，尚未报送")
    settle(page)
    leave(keys, outcome.get_by_role("button", name="确认报送"))
    one = page.locator("#submissions-one")
    expect(one.locator("h3").first).to_contain_text("已收下")
    settle(page)
    summary = one.locator("summary", has_text="退回这份工作簿")
    keys.to(summary)
    page.keyboard.press("Enter")
    keys.to(page.locator("#submissions-return-reason"))
    page.keyboard.insert_text("第2行复查结论与现场不符，请核实后重报")
    leave(keys, page.locator("#submissions-return").get_by_role("button", name="退回"))
    expect(page.locator(".returned-notice")).to_contain_text("第2行复查结论与现场不符")
    leave(keys, page.locator(".sign-out"))
    expect(page.locator("#signin-name")).to_be_visible()
    assert keys.faults == []


def test_what_the_pointer_lifts_the_focus_lifts(server: Server, keys: Keys) -> None:
    """A unit's link in the table lifts its bar, a bar its row; leaving lowers them again."""
    page = signed_in(keys, server, RANKING)
    lifted = "document.querySelector('#monthly-ranking-bars .js-plotly-plot').data[0].selectedpoints.length"
    keys.to(link(page, "#monthly-ranking-table", "市场监管局"))
    page.wait_for_function(f"() => {lifted} === 2")
    keys.to(marks(page, "monthly-ranking-bars"))
    keys.press("End")
    expect(page.locator("tr.lifted")).to_contain_text(["社事局"])
    page.keyboard.press("Escape")
    expect(page.locator("tr.lifted")).to_have_count(0)
    assert keys.faults == []


def test_what_rests_under_the_pointer_takes_nothing_from_the_focus(server: Server, keys: Keys) -> None:
    """The page scrolls to what has the focus, and something else comes to lie under a mouse that nobody moves."""
    page = signed_in(keys, server, RANKING)
    rows = page.locator("#monthly-ranking-table tr.lifted")
    page.mouse.move(700, 5)
    keys.to(link(page, "#monthly-ranking-table", "市场监管局"))
    expect(rows).to_have_count(1)
    page.locator("h1").dispatch_event("mouseover", {"bubbles": True, "clientX": 700, "clientY": 5})
    assert rows.count() == 1
    page.mouse.move(0, 0)
    expect(rows).to_have_count(0)


def test_a_finger_chooses_as_the_mouse_does(chromium: Browser, server: Server) -> None:
    """A tap on a bar chooses its unit, a tap on a bar of the waterfall its cases, a tap on a chip's cross lets it go."""
    with a_context(chromium, viewport=PHONE, has_touch=True, is_mobile=True) as context:
        watched = _watch(context.new_page())
        page = watched.open(server, RANKING)
        _tap(page, "#monthly-ranking-bars .point path", 2)
        expect(page.locator(f"{CHIPS} .chip")).to_contain_text("选自：得分对比")
        expect(page.locator(UNIT_CARD)).to_contain_text("应急局")
        settle(page)
        _tap(page, "#monthly-ranking-waterfall .point path", 1)
        expect(page.locator("#monthly-ranking-measure .active")).to_have_text("查出问题家次")
        settle(page)
        page.locator(f"{CHIPS} .chip-away").last.tap()
        expect(page.locator(f"{CHIPS} .chip-away")).to_have_count(1)
        assert watched.troubles == []


def _tap(page: Page, what: str, number: int) -> None:
    """Touch the middle of a mark."""
    page.locator(what.split(maxsplit=1)[0]).scroll_into_view_if_needed()
    one = page.locator(what).nth(number)
    one.scroll_into_view_if_needed()
    settle(page)
    box = one.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
