"""Everything that shows a thing leads to it, in place: each line of docs/pages.md done in a browser, and looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server, Watched, settle

RANKING = "/ranking?period=2022-08&group=department"
SCORES = "/scores?period=2022Q2&group=town"
CASUALTIES = "/casualties?period=2022&as_of=2022-09-30"
OVERVIEW = "/overview?period=2022-08"
DOCUMENT = ROOT / "docs" / "pages.md"
UNIT_CARD = "#unit .card-heading"


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: on which page, by what, what follows; and how a reader does it and sees it."""

    page: str
    chosen: str
    follows: str
    address: str
    does: Callable[[Page], None]
    sees: Callable[[Page], None]

    @property
    def line(self) -> str:
        """Its line in docs/pages.md."""
        return f"| {self.page} | {self.chosen} | {self.follows} |"


def click(selector: str, *, text: str | None = None) -> Callable[[Page], None]:
    """Click on what a selector names, with this text in it."""
    return lambda page: page.locator(selector, has_text=text).first.click()


def mark(chart: str, number: int) -> Callable[[Page], None]:
    """Click on a bar of a chart, by its place."""

    def clicked(page: Page) -> None:
        bar = page.locator(f"{chart} .point path").nth(number)
        bar.scroll_into_view_if_needed()
        settle(page)
        box = bar.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        page.mouse.down()
        page.mouse.up()

    return clicked


def pick(field: str, value: str) -> Callable[[Page], None]:
    """Pick from a list."""
    return lambda page: page.locator(field).select_option(value) and None


def shows(*wanted: tuple[str, str], address: str = "") -> Callable[[Page], None]:
    """Each of these places has a text (a regular expression), and the address has a part."""

    def seen(page: Page) -> None:
        for place, text in wanted:
            expect(page.locator(place).first).to_have_text(re.compile(text))
        assert address in page.url

    return seen


CHOICES = (
    Choice(
        "月度排名", "a unit's name in the ranked table", "its score taken apart, comparison, cases; its bar is lifted; a chip", RANKING,
        click("#monthly-ranking-table .unit-link", text="市场监管局"),
        shows((UNIT_CARD, "市场监管局"), ("#monthly-ranking-chips .chip", "市场监管局.*排名表"), ("tr.chosen .unit-link", "市场监管局"),
              ("#cases .card-heading", "市场监管局"), address="unit=market"),
    ),
    Choice(
        "月度排名", "a bar of the scores", "the same", RANKING,
        mark("#monthly-ranking-bars", 2),
        shows(("#monthly-ranking-chips .chip", "选自：得分对比"), address="via=bars"),
    ),
    Choice(
        "月度排名", "a bar of the waterfall", "the cases behind that figure; a chip", RANKING,
        mark("#monthly-ranking-waterfall", 1),
        shows(("#monthly-ranking-measure .active", "查出问题家次"), ("#monthly-ranking-chips .chip", "查出问题家次.*得分构成")),
    ),
    Choice(
        "月度排名", "a figure in the table of points", "the cases behind it", RANKING,
        click("#unit .small-table th a", text="三部曲闭环率"),
        shows(("#monthly-ranking-measure .active", "应闭环"), address="measure=due_cases"),
    ),
    Choice(
        "月度排名", "a tab of the figures above the cases", "the cases", RANKING,
        click("#monthly-ranking-measure a", text="行政处罚"),
        shows(("#monthly-ranking-measure .active", "行政处罚"), address="measure=penalties"),
    ),
    Choice(
        "月度排名", "a month", "everything; group and unit stay", f"{RANKING}&unit=market",
        pick("#monthly-ranking-period", "2022-05"),
        shows(("#monthly-ranking-message", "2022年5月"), (UNIT_CARD, "市场监管局"), address="unit=market"),
    ),
    Choice(
        "月度排名", "a group", "everything, of its first unit", f"{RANKING}&unit=market",
        click("#monthly-ranking-group a", text="镇街组"),
        shows(("#monthly-ranking-message", "镇街组"), address="group=town"),
    ),
    Choice(
        "月度排名", "the cross of a chip", "the choice is let go", f"{RANKING}&unit=market",
        click("#monthly-ranking-chips .chip-away"),
        lambda page: expect(page.locator("#monthly-ranking-chips .chip")).to_have_count(0),
    ),
    Choice(
        "季度绩效", "a unit's name in the ranked table", "its score taken apart, measure by measure; a chip", SCORES,
        click("#quarterly-scores-table .unit-link", text="双路街道"),
        shows((UNIT_CARD, "双路街道"), ("#quarterly-scores-chips .chip", "双路街道"), address="unit=shuanglu"),
    ),
    Choice(
        "季度绩效", "a unit's row in the map of marks", "the same", SCORES,
        click("#quarterly-scores-heat .unit-link", text="通桥街道"),
        shows((UNIT_CARD, "通桥街道"), address="unit=tongqiao"),
    ),
    Choice(
        "季度绩效", "a bar of self against review", "the same", SCORES,
        mark("#quarterly-scores-differences", 0),
        shows(("#quarterly-scores-chips .chip", "选自：自评与评审对比"), address="via=differences"),
    ),
    Choice(
        "季度绩效", "a quarter", "everything", SCORES,
        pick("#quarterly-scores-period", "2022Q1"),
        shows(("#quarterly-scores-message", "2022年第1季度"), address="period=2022Q1"),
    ),
    Choice(
        "亡人指标", "a unit's name in its table", "its curve; a chip", CASUALTIES,
        click("#casualty-targets-units .unit-link", text="双路"),
        shows(("#curve .card-heading", "双路"), ("#casualty-targets-chips .chip", "双路"), address="unit=shuanglu"),
    ),
    Choice(
        "亡人指标", "a sector in its table", "its curve; a chip", CASUALTIES,
        click("#casualty-targets-sectors .unit-link", text="建设施工"),
        shows(("#curve .card-heading", "建设施工"), ("#casualty-targets-chips .chip", "建设施工"), address="sector=construction"),
    ),
    Choice(
        "亡人指标", "a curve from the list", "the curve", CASUALTIES,
        pick("#casualty-targets-scope", "unit=longtanzi"),
        shows(("#curve .card-heading", "龙滩子"), address="unit=longtanzi"),
    ),
    Choice(
        "亡人指标", "a year", "everything, as of its end or today", CASUALTIES,
        pick("#casualty-targets-period", "2021"),
        shows(("#casualty-targets-message", "2021"), address="period=2021"),
    ),
    Choice(
        "总览", "a month", "everything", OVERVIEW,
        pick("#overview-period", "2022-05"),
        shows(("#overview-message", "2022年5月"), address="period=2022-05"),
    ),
    Choice(
        "总览", "a month above the year's scores", "the same", OVERVIEW,
        click("#overview-heat thead a", text="6月"),
        shows(("#overview-message", "2022年6月30日.*2022年6月"), address="period=2022-06"),
    ),
)  # fmt: skip


def standing(page: Page) -> list[str]:
    """What a page is about, in its own words: heading lines, cards, chips, what is chosen in its lists."""
    places = "h1, .key-message, .chips, .card-heading, .tab-link.active, tr.chosen, .picture-answer"
    picked = page.locator(".page-top select, .page-top input").evaluate_all("all => all.map(one => one.value)")
    return [*page.locator(places).all_inner_texts(), *picked]


@pytest.mark.parametrize("choice", CHOICES, ids=[f"{one.page}-{one.chosen}" for one in CHOICES])
def test_choice_is_answered_in_place(server: Server, desk: Watched, choice: Choice) -> None:
    """The page is not loaded or drawn anew; what follows follows; the address alone shows the same; back takes it back."""
    page = desk.open(server, choice.address)
    before = standing(page)
    page.evaluate("document.querySelector('.page').kept = true")
    choice.does(page)
    settle(page)
    choice.sees(page)
    assert page.evaluate("document.querySelector('.page').kept") is True
    chosen = page.url
    page.go_back()
    settle(page)
    assert standing(page) == before
    desk.open(server, chosen.removeprefix(server.url))
    choice.sees(page)
    assert desk.troubles == []


def test_document_lists_what_can_be_chosen() -> None:
    """docs/pages.md has the lines of this test, in order, and no others."""
    told = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert told[1:] == [choice.line for choice in CHOICES]


def test_pointing_at_a_unit_lifts_it_everywhere(server: Server, desk: Watched) -> None:
    """A row that is pointed at lifts its bar; letting go lowers it again."""
    page = desk.open(server, RANKING)
    lifted = "document.querySelector('#monthly-ranking-bars .js-plotly-plot').data[0].selectedpoints.length"
    assert page.evaluate(lifted) == 1
    page.locator("#monthly-ranking-table tr[data-unit=market] .score").hover()
    page.wait_for_function(f"() => {lifted} === 2")
    page.locator("h1").hover()
    page.wait_for_function(f"() => {lifted} === 1")


def test_unknown_parts_of_an_address_stay(server: Server, desk: Watched) -> None:
    """What a sender's address holds besides is neither lost nor doubled by a choice."""
    page = desk.open(server, f"{RANKING}&from=mail")
    click("#monthly-ranking-table .unit-link", text="市场监管局")(page)
    settle(page)
    assert page.url.count("from=mail") == 1


def test_back_leads_to_place_and_focus(server: Server, desk: Watched) -> None:
    """Back from a choice stands where the choice was made, with the same link in focus: by keyboard alone."""
    page = desk.open(server, RANKING)
    link = page.locator("#monthly-ranking-table .unit-link", has_text="市场监管局")
    link.focus()
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(UNIT_CARD)).to_contain_text("市场监管局")
    page.go_back()
    page.wait_for_function("() => !location.search.includes('unit=')")
    settle(page)
    page.wait_for_function(
        f"() => Math.abs(scrollY - {before}) < 2 && document.activeElement.innerText === '市场监管局'"
    )
