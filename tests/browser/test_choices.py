"""Everything that shows a thing leads to it, in place: each line of docs/pages.md done in a browser, and looked at.

Choices that are made from the same address share a visit: back leads to where each of them began, which each of them shows.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from dashboards.__main__ import freeze
from data.zone.periods import parse_period
from tests.browser.answers import differing, page_answered, parts_answered
from tests.browser.conftest import ROOT, Server, Stage, Watched, draw_all, settle
from tests.browser.test_page_exports import EXPORTS, NOTHING
from tests.demo_year import environment_of, made_once, settings_of

RANKING = "/ranking?period=2022-08&group=department"
SIDES = "/side-by-side?period=2022-08&unit=longtanzi"
SCORES = "/scores?period=2022Q2&group=town"
CASUALTIES = "/casualties?period=2022&as_of=2022-09-30"
FRONTLINE = "/frontline?day=2022-05-10"
SUPERVISION = "/supervision?day=2022-05-10"
CALENDAR = "/calendar?period=2022-10"
WORK_PLAN = "/work-plan?day=2022-09-30"
UNIT = "/unit?period=2022-09&unit=construction"
TIPOFFS = "/tipoffs?day=2022-05-10"
HAZARDS = "/hazards?day=2022-05-10"
DISASTERS = "/disasters?day=2022-05-10"
OVERVIEW = "/overview?period=2022-08"
LISTS = "/inspection-lists?period=2022-10"
DOCUMENT = ROOT / "docs" / "pages.md"
UNIT_CARD = "#unit .card-heading"


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: on which page, by what, what follows; how a reader does it and sees it; what of it can be exported."""

    page: str
    chosen: str
    follows: str
    address: str
    does: Callable[[Page], None]
    sees: Callable[[Page], None]
    exported: str = NOTHING

    @property
    def line(self) -> str:
        """Its line in docs/pages.md."""
        return f"| {self.page} | {self.chosen} | {self.follows} | {self.exported} |"


def click(selector: str, *, text: str | None = None) -> Callable[[Page], None]:
    """Click on what a selector names, with this text in it."""
    return lambda page: page.locator(selector, has_text=text).first.click()


def click_further_down(selector: str, *, text: str) -> Callable[[Page], None]:
    """The same of what stands further down."""
    return lambda page: _come_near(page.locator(selector, has_text=text).first).click()


def _come_near(what: Locator) -> Locator:
    """What stands further down is fetched again when somebody comes near it, and cannot be seen until then."""
    what.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    settle(what.page)
    return what


def mark(chart: str, number: int, *, of: str = ".point path") -> Callable[[Page], None]:
    """Point at a bar or another mark of a chart, by its place, and click on it once the chart says what it is."""

    def clicked(page: Page) -> None:
        _come_near(page.locator(chart))
        there = page.locator(f"{chart} {of}").nth(number)
        there.scroll_into_view_if_needed()
        settle(page)
        box = there.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        expect(page.locator(f"{chart} .hovertext").first).to_be_attached()
        page.mouse.down()
        page.mouse.up()

    return clicked


def point(chart: str, number: int) -> Callable[[Page], None]:
    """The same of a point."""
    return mark(chart, number, of="path.point")


def press(selector: str, *, text: str) -> Callable[[Page], None]:
    """Press Enter on what a selector names, with this text in it."""
    return lambda page: page.locator(selector, has_text=text).first.press("Enter")


def in_the_grid(page: Page) -> None:
    """Click on the first accident of the grid."""
    page.locator("#accidents").scroll_into_view_if_needed()
    page.locator('#accidents .ag-row[row-index="0"] [col-id="number"] a').click()


def of_a_type(page: Page) -> None:
    """Choose a type of accident, below the list in which its accidents are then seen."""
    page.locator("#accidents").scroll_into_view_if_needed()
    expect(page.locator("#accidents .ag-row").first).to_be_visible()
    page.locator("#casualty-targets-types a", has_text="高处坠落").click()


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
        "the cases behind a figure",
    ),
    Choice(
        "月度排名", "its row anywhere else, such as its sparkline", "the same", RANKING,
        click("#monthly-ranking-table tr[data-unit=market] .sparkline"),
        shows((UNIT_CARD, "市场监管局"), ("#monthly-ranking-chips .chip", "市场监管局.*排名表")),
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
        "the cases behind a figure",
    ),
    Choice(
        "月度排名", "a figure in the table of points", "the cases behind it", RANKING,
        click("#unit .small-table th a", text="三部曲闭环率"),
        shows(("#monthly-ranking-measure .active", "应闭环"), address="measure=due_cases"),
        "the cases behind a figure",
    ),
    Choice(
        "月度排名", "a tab of the figures above the cases", "the cases", RANKING,
        click("#monthly-ranking-measure a", text="行政处罚"),
        shows(("#monthly-ranking-measure .active", "行政处罚"), address="measure=penalties"),
        "the cases behind a figure",
    ),
    Choice(
        "月度排名", "a point of the places over the year", "its month, and its unit as above; a chip", RANKING,
        mark("#monthly-ranking-places", 0, of=".points path"),
        shows(("#monthly-ranking-message", "2022年1月"), ("#monthly-ranking-chips .chip", "选自：一年来的名次"),
              address="period=2022-01"),
    ),
    Choice(
        "月度排名", "a part of the chain of cases", "the cases behind it; a chip", RANKING,
        mark("#monthly-ranking-chain", 2),
        shows(("#monthly-ranking-measure .active", "行政处罚"), ("#monthly-ranking-chips", "行政处罚.*案件链条")),
    ),
    Choice(
        "月度排名", "a rate above the funnel", "the funnel of that rate; a chip", RANKING,
        click_further_down("#monthly-ranking-rate a", text="问题发现率"),
        shows(("#monthly-ranking-rate .active", "问题发现率"), ("#monthly-ranking-funnel-answer", "问题发现率"),
              ("#monthly-ranking-chips .chip", "是否偶然：问题发现率"), address="rate=problem_rate"),
    ),
    Choice(
        "月度排名", "a point of the funnel", "its unit, and the cases behind its rate; a chip", RANKING,
        point("#monthly-ranking-funnel", 1),
        shows(("#monthly-ranking-measure .active", "应闭环"), ("#monthly-ranking-chips", "选自：超出偶然")),
    ),
    Choice(
        "月度排名", "a month", "everything; group and unit stay", f"{RANKING}&unit=market",
        pick("#monthly-ranking-period", "2022-05"),
        shows(("#monthly-ranking-message", "2022年5月"), (UNIT_CARD, "市场监管局"), address="unit=market"),
        "the ranked table",
    ),
    Choice(
        "月度排名", "a group", "everything, of its first unit", f"{RANKING}&unit=market",
        click("#monthly-ranking-group a", text="镇街组"),
        shows(("#monthly-ranking-message", "镇街组"), address="group=town"),
        "the ranked table",
    ),
    Choice(
        "月度排名", "the cross of a chip", "the choice is let go", f"{RANKING}&unit=market",
        click("#monthly-ranking-chips .chip-away"),
        lambda page: expect(page.locator("#monthly-ranking-chips .chip")).to_have_count(0),
    ),
    Choice(
        "对照", "another unit to compare with", "everything; a chip", SIDES,
        pick("#side-by-side-with-unit", "with_unit=market"),
        shows(("#side-by-side-message", "2022年8月：龙滩子街道.*市场监管局"), ("#side-by-side-chips .chip", "对照：市场监管局"),
              ("#side-by-side-table", "市场监管局"), address="with_unit=market"),
    ),
    Choice(
        "对照", "another month to compare with", "everything; the other unit is let go; a chip", f"{SIDES}&with_unit=market",
        pick("#side-by-side-with-month", "with_month=2022-05"),
        shows(("#side-by-side-message", "龙滩子街道：2022年8月.*2022年5月"), ("#side-by-side-chips .chip", "对照：2022年5月"),
              address="with_month=2022-05"),
    ),
    Choice(
        "对照", "a unit", "everything; the other side stays", f"{SIDES}&with_unit=market",
        pick("#side-by-side-unit", "youting"),
        shows(("#side-by-side-message", "2022年8月：邮亭镇.*市场监管局"), address="unit=youting"),
    ),
    Choice(
        "对照", "a month", "everything; the other side stays", f"{SIDES}&with_month=2022-05",
        pick("#side-by-side-period", "2022-07"),
        shows(("#side-by-side-message", "龙滩子街道：2022年7月.*2022年5月"), address="period=2022-07"),
    ),
    Choice(
        "对照", "the exchange of the sides", "the sides are exchanged, every difference turns", f"{SIDES}&with_unit=market",
        click(".swap"),
        shows(("#side-by-side-message", "2022年8月：市场监管局.*龙滩子街道"), address="unit=market&with_unit=longtanzi"),
    ),
    Choice(
        "对照", "a bar of the difference", "where the cases behind it are, on both sides; a chip", f"{SIDES}&with_unit=market",
        mark("#side-by-side-difference", 0),
        shows(("#cases .card-heading", "行政处罚的案件"), ("#side-by-side-chips", "行政处罚.*差距从哪里来"), address="via=difference"),
    ),
    Choice(
        "对照", "an indicator of the table", "the same", SIDES,
        click("#side-by-side-table th a", text="三部曲闭环率"),
        shows(("#cases .card-heading", "应闭环的案件"), ("tr.chosen", "三部曲闭环率"), address="measure=due_cases"),
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
        "the ranked table",
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
        "亡人指标", "a step of the year's line", "the accident's whole record; it is lifted; a chip", CASUALTIES,
        point("#casualty-targets-curve", 2),
        shows(("#accident .card-heading", "2022年5月24日"), ("#casualty-targets-chips .chip", "5月24日.*选自：当年累计死亡曲线"),
              address="via=curve"),
    ),
    Choice(
        "亡人指标", "Enter on its link below the line", "the same", CASUALTIES,
        press("#curve .line-steps a", text="6月21日"),
        shows(("#accident .card-heading", "2022年6月21日"), ("#casualty-targets-chips .chip", "6月21日")),
    ),
    Choice(
        "亡人指标", "a mark of the timeline", "the same", CASUALTIES,
        point("#casualty-targets-timeline", 0),
        shows(("#accident .card-heading", "2022年1月18日"), ("#casualty-targets-chips .chip", "选自：事故分布图")),
    ),
    Choice(
        "亡人指标", "a number in the list of accidents", "the same", CASUALTIES,
        in_the_grid,
        shows(("#accident .card-heading", "2022年9月21日"), ("#casualty-targets-chips .chip", "选自：事故清单")),
    ),
    Choice(
        "亡人指标", "a type of accident", "the list holds its accidents alone; a chip", CASUALTIES,
        of_a_type,
        shows(("#accidents .card-heading", "高处坠落"), ("#casualty-targets-chips .chip", "事故类型：高处坠落.*选自：按事故类型"),
              ("#accidents .record-count", "共 1 条"), ('#accidents .ag-row[row-index="0"] [col-id="number"]', "渝双事〔2022〕5号"),
              address="type="),
    ),
    Choice(
        "亡人指标", "a unit or sector of the record", "its curve; the accident stays", f"{CASUALTIES}&accident=渝双事〔2022〕5号",
        click("#accident a", text="建设施工"),
        shows(("#curve .card-heading", "建设施工"), ("#accident .card-heading", "5月24日"), address="sector=construction"),
    ),
    Choice(
        "亡人指标", "a year", "everything, as of its end or today", CASUALTIES,
        pick("#casualty-targets-period", "2021"),
        shows(("#casualty-targets-message", "2021"), address="period=2021"),
        "the list of accidents",
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


PUBLISHED = (("ranking", "2022-08", None), ("scores", "2022Q2", None), ("casualties", "2022", date(2022, 9, 30)))


def frozen(chips: str) -> Callable[[Page], None]:
    """The frozen table stands in place of the live one, a chip says so, and what is taken along says which publication it is."""

    def seen(page: Page) -> None:
        shows((f"{chips} .chip", "第1次发布"), (".state-line", "定稿.*以下为发布时的数字"), address="published=1")(page)
        link = page.locator(".export-line a[data-export=csv][href*='published=1']").first.get_attribute("href")
        assert link is not None
        taken = page.request.get(urljoin(page.url, link)).text()
        assert taken.splitlines()[1].lstrip('"').startswith("已发布（第1次）；指纹"), taken[:300]

    return seen


OF_A_PUBLICATION = (
    Choice(
        "月度排名", "a publication in the line above the figures", "the figures as they were published, in place of the live ones; a chip",
        "/ranking?period=2022-08&group=town", click(".state-line a[href*='published=1']"),
        frozen("#monthly-ranking-chips"), "the ranked table",
    ),
    Choice(
        "季度绩效", "a publication in the line above the figures", "the same", "/scores?period=2022Q2&group=department",
        click(".state-line a[href*='published=1']"), frozen("#quarterly-scores-chips"), "the ranked table",
    ),
    Choice(
        "亡人指标", "a publication in the line above the figures", "the same", CASUALTIES,
        click(".state-line a[href*='published=1']"), frozen("#casualty-targets-chips"), "the table by unit",
    ),
)  # fmt: skip
"""What can be chosen once something is published."""


OF_THE_PLAN = (
    Choice(
        "重点任务", "how due days stand", "the items that have one that stands so; a chip", WORK_PLAN,
        click("#work-plan-figures .leads-on", text="逾期"),
        shows(("#items .card-heading", "任务清单：逾期"), ("#work-plan-chips .chip", "逾期"), address="state=overdue"),
        "the items",
    ),
    Choice(
        "重点任务", "an article in its table", "its due days, and its items; a chip", WORK_PLAN,
        click_further_down("#work-plan-items .kind-link", text="一线责任制"),
        shows(("#items .card-heading", "第5条"), ("#work-plan-chips .chip", "第5条"), address="article=5"),
        "the items",
    ),
    Choice(
        "重点任务", "a mark of the time axis", "the same", WORK_PLAN, point("#work-plan-timeline", 0),
        shows(("#work-plan-chips .chip", "第"), address="article="), "the items",
    ),
    Choice(
        "重点任务", "a unit in its table", "its due days on the axis, and its items; a chip", WORK_PLAN,
        click_further_down("#work-plan-units .unit-link", text="邮亭镇"),
        shows(("#items .card-heading", "邮亭镇"), ("#work-plan-chips .chip", "邮亭镇"), address="unit=youting"),
        "the items",
    ),
    Choice(
        "重点任务", "an item that is overdue or due", "all that it rests on, with its cells; a chip", WORK_PLAN,
        click("#work-plan-late .kind-link"),
        shows(("#item .card-heading", r"\d+\.\d+ "), ("#work-plan-chips .chip", r"\d+\.\d+"), address="item="),
    ),
    Choice(
        "单位画像", "a month", "everything, as of its last day or today", UNIT, pick("#unit-profile-period", "2022-06"),
        shows(("#unit-profile-message", "2022年6月"), address="period=2022-06"),
    ),
    Choice(
        "单位画像", "a unit", "everything", UNIT, pick("#unit-profile-unit", "youting"),
        shows((".unit-name", "邮亭镇"), address="unit=youting"),
    ),
    Choice(
        "日历", "a month", "everything; the kind stays", CALENDAR, pick("#calendar-period", "2022-06"),
        shows(("#calendar-message", "2022年6月"), (".month-strip", "安全生产月"), address="period=2022-06"),
    ),
    Choice(
        "日历", "a kind of entries", "the sheet and the list hold those alone", CALENDAR, click("#calendar-kinds a", text="会议"),
        shows(("#agenda .card-heading", "逐日安排：会议"), ("#calendar-kinds .here", "会议"), address="kind=meeting"),
    ),
    Choice(
        "日历", "an event of the sheet", "all that there is of it, above the sheet", CALENDAR,
        click("#calendar-sheet .month-entry", text="第二轮交叉督查"), shows(("#event .card-heading", "第二轮交叉督查"), address="event="),
    ),
)  # fmt: skip
"""What can be chosen of the work plan, of one unit, of the committee's calendar."""


OF_THE_REGISTER = (
    Choice(
        "一线责任制", "a batch", "its line in front, its towns, sectors and enterprises; a chip", FRONTLINE,
        click("#frontline-duty-batches .batch-name", text="全部企业"),
        shows(("#frontline-duty-batches .batch-card.chosen", "全部企业"), ("#frontline-duty-chips .chip", "全部企业"), address="batch=all"),
    ),
    Choice(
        "一线责任制", "a town in its table", "what lacks there, and its enterprises; a chip", FRONTLINE,
        click("#frontline-duty-towns .unit-link", text="邮亭镇"),
        shows(("#enterprises .card-heading", "重点企业、邮亭镇"), ("#frontline-duty-chips .chip", "邮亭镇"), address="town=youting"),
        "the list of enterprises",
    ),
    Choice(
        "一线责任制", "a sector in its table", "the same", FRONTLINE,
        click("#frontline-duty-sectors .unit-link", text="工贸"),
        shows(("#enterprises .card-heading", "重点企业、工贸"), ("#frontline-duty-chips .chip", "工贸"), address="sector=industry_trade"),
        "the list of enterprises",
    ),
    Choice(
        "一线责任制", "how enterprises stand, or what they lack", "the list holds those alone; a chip", FRONTLINE,
        press("#frontline-duty-documents .kind-link", text="缺岗位操作卡"),
        shows(("#enterprises .card-heading", "缺岗位操作卡"), ("#frontline-duty-chips .chip", "缺岗位操作卡.*选自：缺项统计"),
              address="state=operation_card"),
        "the list of enterprises",
    ),
    Choice(
        "一线责任制", "a point of the lines", "everything, as of its day", FRONTLINE,
        point("#frontline-duty-curve", 0), shows(("#frontline-duty-message", "截至2022年1月31日"), address="day=2022-01-31"),
    ),
    Choice(
        "灾害预警", "a town in its table", "how soon its calls were answered, where its warnings stopped, its warnings and disasters; a chip",
        DISASTERS, click("#disasters-units .unit-link", text="邮亭镇"),
        shows(("#warnings .card-heading", "（邮亭镇）"), ("#struck .card-heading", "（邮亭镇）"), ("#disasters-chips .chip", "邮亭镇"),
              address="unit=youting"),
        "the list of warnings",
    ),
    Choice(
        "灾害预警", "a type in its table", "the same", DISASTERS, click("#disasters-types .unit-link", text="高温"),
        shows(("#warnings .card-heading", "（高温）"), ("#struck .card-heading", "（高温）"), ("#disasters-chips .chip", "高温"),
              address="type=%E9%AB%98%E6%B8%A9"),
        "the list of disasters",
    ),
    Choice(
        "灾害预警", "where warnings stopped, or how soon they were answered", "the list holds those alone; a chip", DISASTERS,
        press("#disasters-stopped .kind-link", text="未叫应"),
        shows(("#warnings .card-heading", "（未叫应）"), ("#disasters-chips .chip", "未叫应.*选自：预警进展"), address="state=not_called"),
        "the list of warnings",
    ),
    Choice(
        "灾害预警", "a bar of minutes to the answer", "the same", DISASTERS, mark("#disasters-minutes", 3),
        shows(("#warnings .card-heading", "应答超过30分钟"), ("#disasters-chips .chip", "应答超过30分钟.*选自：应答用时"), address="state=slow"),
        "the list of warnings",
    ),
    Choice(
        "检查建议", "a unit", "its list, and what was drawn of it", LISTS, pick("#inspection-lists-unit", "youting"),
        shows(("#list .card-heading", "邮亭镇：2022年10月建议检查"), address="unit=youting"),
    ),
    Choice(
        "检查建议", "a unit that should go along", "the same", LISTS, click("#inspection-lists-joint a", text="经发局"),
        shows(("#list .card-heading", "经发局：2022年10月建议检查"), address="unit=economy"),
    ),
    Choice(
        "检查建议", "a month", "everything; the unit stays", LISTS, pick("#inspection-lists-period", "2022-11"),
        shows(("#inspection-lists-message", "2022年11月：.*尚未印发"), address="period=2022-11"),
    ),
    Choice(
        "督查督办", "a unit in its table", "its months, how its findings stand, and the findings; a chip", SUPERVISION,
        click("#supervision-units .unit-link", text="通桥街道"),
        shows(("#findings .card-heading", "通桥街道"), ("#supervision-chips .chip", "通桥街道"), address="unit=tongqiao"),
        "the list of findings",
    ),
    Choice(
        "督查督办", "a method in its table", "the same", SUPERVISION, press("#supervision-methods .unit-link", text="交叉督查"),
        shows(("#findings .card-heading", "交叉督查"), ("#supervision-chips .chip", "交叉督查"), address="method="),
        "the list of findings",
    ),
    Choice(
        "督查督办", "how findings stand", "the list holds those alone; a chip", SUPERVISION, click("#supervision-kinds .kind-link", text="逾期未回复"),
        shows(("#findings .card-heading", "逾期未回复"), ("#supervision-chips .chip", "逾期未回复.*选自：问题状态"), address="state=overdue"),
        "the list of findings",
    ),
    Choice(
        "举报惩戒", "a type, by its card or in the table", "its steps, and its cases; a chip", TIPOFFS, click("#tipoffs-cards .batch-name", text="打非"),
        shows(("#cases .card-heading", "打非"), ("#tipoffs-chips .chip", "打非"), address="type="), "the list of cases",
    ),
    Choice(
        "举报惩戒", "a step", "the list holds the cases that came so far; a chip", TIPOFFS, press("#tipoffs-steps .kind-link", text="查实"),
        shows(("#cases .card-heading", "举报、查实"), ("#tipoffs-chips", "查实.*选自：办理环节"), address="state=substantiated"),
        "the list of cases",
    ),
    Choice(
        "举报惩戒", "a unit in its table", "its cases; a chip", TIPOFFS, click("#tipoffs-units .unit-link", text="双路街道"),
        shows(("#cases .card-heading", "双路街道"), ("#tipoffs-chips .chip", "双路街道"), address="unit=shuanglu"), "the list of cases",
    ),
    Choice(
        "隐患整治", "the major hazards alone", "every figure, standing and list of these alone", HAZARDS,
        click("#hazards-grade a", text="仅重大隐患"),
        shows(("#hazards-message", "在册重大隐患23处"), ("#hazards .card-heading", "仅重大隐患"), address="grade=major"),
        "the list of hazards",
    ),
    Choice(
        "隐患整治", "a key figure", "the hazards that it counts; a chip", HAZARDS,
        click("#hazards-figures a", text="逾期"),
        shows(("#hazards .card-heading", "逾期未销号"), ("#hazards-chips .chip", "逾期未销号.*选自：主要数字"), address="state=overdue"),
        "the list of hazards",
    ),
    Choice(
        "隐患整治", "a band of ages", "the open hazards of that age; a chip", HAZARDS,
        click("#hazards-ages a", text="180天以上"),
        shows(("#hazards .card-heading", "未销号180天以上"), ("#hazards-chips .chip", "未销号180天以上"), address="age=over_180"),
        "the list of hazards",
    ),
    Choice(
        "隐患整治", "a unit in its table", "its two ledgers, its major hazards with their histories, and all of its; a chip", HAZARDS,
        click("#hazards-units .unit-link", text="经发局"),
        shows(("#hazards .card-heading", "经发局"), ("#majors .card-heading", "经发局"), ("#hazards-chips .chip", "经发局"), address="unit=economy"),
        "the list of hazards",
    ),
    Choice(
        "隐患整治", "a sector in its table", "its major hazards with their histories, and all of its; a chip", HAZARDS,
        click("#hazards-sectors .unit-link", text="消防"),
        shows(("#hazards .card-heading", "消防"), ("#hazards-chips .chip", "消防"), address="sector=fire"),
        "the list of hazards",
    ),
    Choice(
        "隐患整治", "a responsible level in its table", "the same", HAZARDS,
        press("#hazards-levels .unit-link", text="管委会级"),
        shows(("#hazards .card-heading", "责任层级：管委会级"), ("#hazards-chips .chip", "管委会级"), address="level="),
        "the list of hazards",
    ),
    Choice(
        "隐患整治", "a bar or point of the months", "everything, as of its day", HAZARDS,
        point("#hazards-curve", 0), shows(("#hazards-message", "截至2022年1月31日"), address="day=2022-01-31"),
    ),
)  # fmt: skip
"""What can be chosen where enterprises are listed."""


ALONE = tuple({choice.page: choice for choice in (*CHOICES, *OF_THE_REGISTER)}.values())
"""A choice of each page whose address is opened anew in the browser; of the others the server is asked what it would show."""


def standing(page: Page) -> list[str]:
    """What a page is about, in its own words: heading lines, cards, chips, what is chosen in its lists; a grid may hide a list."""
    places = "h1, .key-message, .chips, .card-heading, .tab-link.active, tr.chosen"
    picked = page.locator(".page-top select, .page-top input").evaluate_all("all => all.map(one => one.value)")
    texts = page.locator(places).evaluate_all(
        "all => all.filter(one => !one.closest('.further-down')).map(one => one.innerText)"
    )
    return [*("".join(text.split()) for text in texts), *picked]


@dataclass
class Visit:
    """A page that stays open for the next choice that is made from the same address."""

    watched: Watched
    as_found: str = ""
    """The address at which it stands as it was opened; none as long as somebody does something on it."""

    def at(self, server: Server, address: str) -> Page:
        """The page as it is opened at an address."""
        wanted = server.url + address
        if self.as_found != wanted or self.watched.page.url != wanted:
            self.watched.begin()
            self.watched.open(server, address)
        self.watched.page.mouse.move(0, 0)
        self.watched.troubles.clear()
        self.as_found = ""
        return self.watched.page


@pytest.fixture(scope="module")
def visit(screens: Callable[[str], Watched]) -> Visit:
    """A clerk's screen, which its other tests leave at another address."""
    return Visit(screens("wide-light"))


@pytest.fixture(scope="session")
def published_year(demo_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo year, of which a month, a quarter and a day's casualties are published; to copy from."""

    def make(folder: Path) -> None:
        shutil.copytree(demo_year, folder)
        for report, period, day in PUBLISHED:
            freeze(settings_of(environment_of(folder)), report, parse_period(period), day, reason="", mistake=False)

    return made_once(tmp_path_factory, "published-year", make)


@pytest.fixture
def published_server(demo: Stage, published_year: Path) -> Server:
    """That year on a server; tests only look."""
    return demo.show(published_year)


@pytest.mark.parametrize(
    "choice", [*CHOICES, *OF_THE_PLAN], ids=[f"{one.page}-{one.chosen}" for one in [*CHOICES, *OF_THE_PLAN]]
)
def test_choice_is_answered_in_place(server: Server, visit: Visit, choice: Choice) -> None:
    """The page is not loaded or drawn anew; what follows follows; the address alone shows the same; back takes it back."""
    _answered_in_place(server, visit, choice)


@pytest.mark.parametrize("choice", OF_A_PUBLICATION, ids=[one.page for one in OF_A_PUBLICATION])
def test_publication_is_shown_in_place(published_server: Server, visit: Visit, choice: Choice) -> None:
    """The same of frozen figures; the chip's cross leads to the live ones again."""
    visit.as_found = ""  # it may stand there, and shows another installation
    _answered_in_place(published_server, visit, choice)
    page = visit.at(published_server, f"{choice.address}&published=1")
    page.locator(".chip", has_text="第1次发布").locator(".chip-away").click()
    settle(page)
    assert "published" not in page.url
    expect(page.locator(".state-line").first).to_contain_text("与当前数据一致")
    visit.as_found = ""


@pytest.mark.parametrize("choice", OF_THE_REGISTER, ids=[one.chosen for one in OF_THE_REGISTER])
def test_enterprises_are_chosen_in_place(register_server: Server, visit: Visit, choice: Choice) -> None:
    """The same of front-line duty, and of whom to inspect."""
    visit.as_found = ""  # it may stand there, and shows another installation
    _answered_in_place(register_server, visit, choice)
    visit.as_found = ""


def _answered_in_place(server: Server, visit: Visit, choice: Choice) -> None:
    page = visit.at(server, choice.address)
    before = standing(page)
    page.evaluate("document.querySelector('.page').kept = true")
    with parts_answered(page) as parts:
        choice.does(page)
        settle(page)
    choice.sees(page)
    assert page.evaluate("document.querySelector('.page').kept") is True
    chosen = page.url
    assert parts
    assert differing(parts, page_answered(page, chosen)) == []
    page.go_back()
    settle(page)
    assert standing(page) == before
    assert page.evaluate("document.querySelector('.page').kept") is True
    if choice in ALONE:
        visit.watched.open(server, chosen.removeprefix(server.url))
        choice.sees(page)
    else:
        visit.as_found = server.url + choice.address
    assert visit.watched.troubles == []


def test_document_lists_what_can_be_chosen() -> None:
    """docs/pages.md has the lines of this test, in order, then what can be exported unchosen, and no others."""
    told = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    every = [*CHOICES, *OF_A_PUBLICATION, *OF_THE_PLAN, *OF_THE_REGISTER]
    chosen = {(choice.page, choice.exported) for choice in every if choice.exported != NOTHING}
    assert chosen <= {(one.page, one.what) for one in EXPORTS}
    lines = [choice.line for choice in every]
    assert told[1:] == lines + [one.line for one in EXPORTS if (one.page, one.what) not in chosen]


def test_pointing_at_a_unit_lifts_it_everywhere(server: Server, desk: Watched) -> None:
    """A row that is pointed at lifts its bar; letting go lowers it again."""
    page = desk.open(server, RANKING)
    lifted = "document.querySelector('#monthly-ranking-bars .js-plotly-plot').data[0].selectedpoints.length"
    assert page.evaluate(lifted) == 1
    page.locator("#monthly-ranking-table tr[data-unit=market] .score").hover()
    page.wait_for_function(f"() => {lifted} === 2")
    page.locator("h1").hover()
    page.wait_for_function(f"() => {lifted} === 1")


def test_what_stands_further_down_follows_when_somebody_comes_near(server: Server, desk: Watched) -> None:
    """Until then nothing of another unit is to be seen there, and nothing is fetched for it."""
    page = desk.open(server, f"{RANKING}&unit=fire")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    click("#monthly-ranking-table .unit-link", text="市场监管局")(page)
    settle(page)
    below = page.locator(".further-down", has=page.locator("#monthly-ranking-pictures-part"))
    expect(below).to_have_class(re.compile("owed"))
    expect(page.locator("#monthly-ranking-work")).to_be_hidden()
    assert not any("monthly-ranking-pictures-part" in one for one in asked)
    below.scroll_into_view_if_needed()
    expect(page.locator("#monthly-ranking-work")).to_contain_text("市场监管局：链条断在哪一环？")
    assert sum("monthly-ranking-pictures-part" in one for one in asked) == 1


def test_unknown_parts_of_an_address_stay(server: Server, desk: Watched) -> None:
    """What a sender's address holds besides is neither lost nor doubled by a choice."""
    page = desk.open(server, f"{RANKING}&from=mail")
    click("#monthly-ranking-table .unit-link", text="市场监管局")(page)
    settle(page)
    assert page.url.count("from=mail") == 1


def test_choice_below_outlives_a_choice_above(server: Server, desk: Watched) -> None:
    """The table was drawn before a figure was chosen: its links keep the figure all the same; another group lets the unit go."""
    page = desk.open(server, RANKING)
    click("#monthly-ranking-measure a", text="行政处罚")(page)
    settle(page)
    click("#monthly-ranking-table .unit-link", text="市场监管局")(page)
    settle(page)
    expect(page.locator(UNIT_CARD)).to_contain_text("市场监管局")
    expect(page.locator("#monthly-ranking-measure .active")).to_contain_text("行政处罚")
    click("#monthly-ranking-group a", text="镇街组")(page)
    settle(page)
    assert "unit=" not in page.url
    assert "measure=penalties" in page.url


def test_menu_leads_to_the_page_without_choices_and_choices_go_on(server: Server, desk: Watched) -> None:
    """What was chosen before is chosen again from there."""
    page = desk.open(server, f"{RANKING}&unit=market")
    click(".main-nav a", text="月度执法排名")(page)
    settle(page)
    expect(page.locator("#monthly-ranking-chips .chip")).to_have_count(0)
    click("#monthly-ranking-group a", text="部门组")(page)
    settle(page)
    click("#monthly-ranking-table .unit-link", text="市场监管局")(page)
    expect(page.locator(UNIT_CARD)).to_contain_text("市场监管局")


def test_what_is_not_answered_is_said_and_asked_again(server: Server, desk: Watched) -> None:
    """An address does not stand silently over another's figures; with the next choice every part is asked for anew."""
    page = desk.open(server, RANKING)
    told = page.locator("#shell-unanswered")
    expect(told).to_be_hidden()
    page.route(
        "**/_dash-update-component*",
        lambda route: route.abort() if "unit=market" in (route.request.post_data or "") else route.continue_(),
    )
    click("#monthly-ranking-table .unit-link", text="市场监管局")(page)
    expect(told).to_be_visible()
    expect(page.locator(".page-part.fetching")).to_have_count(0)
    page.unroute("**/_dash-update-component*")
    pick("#monthly-ranking-period", "2022-05")(page)
    expect(page.locator("#monthly-ranking-chips .chip")).to_contain_text("市场监管局")
    expect(page.locator("#cases .card-heading")).to_contain_text("市场监管局")
    expect(told).to_be_hidden()


def test_a_slow_answer_never_overwrites_a_later_question(server: Server, desk: Watched) -> None:
    """What comes late of a unit that was left since is thrown away."""
    page = desk.open(server, RANKING)
    held: list[Route] = []
    page.route(
        "**/_dash-update-component*",
        lambda route: held.append(route) if "unit=market" in (route.request.post_data or "") else route.continue_(),
    )
    click("#monthly-ranking-table .unit-link", text="市场监管局")(page)
    expect(page.locator(".page-part.fetching").first).to_be_attached()
    click("#monthly-ranking-table .unit-link", text="消防")(page)
    expect(page.locator(UNIT_CARD)).to_contain_text("消防")
    assert held
    with page.expect_response(lambda answer: "unit=market" in (answer.request.post_data or "")):
        page.unroute("**/_dash-update-component*")  # which lets go what was held
    settle(page)
    expect(page.locator(UNIT_CARD)).to_contain_text("消防")
    expect(page.locator("#cases .card-heading")).to_contain_text("消防")


def test_a_unit_that_is_pointed_at_is_lifted_in_lines_and_maps_too(server: Server, desk: Watched) -> None:
    """Its line stays while the others fade, its column of the map is framed; both end with the pointing."""
    page = draw_all(desk.open(server, f"{RANKING}&unit=fire"))
    drawn = "document.querySelector('#monthly-ranking-places .js-plotly-plot').data"
    faded = f"{drawn}.filter((line) => line.opacity === 0.25).length"
    lifted = f"{drawn}.filter((line) => line.opacity === 1).map((line) => line.customdata[0].unit).sort().join()"
    lines = page.evaluate(f"{drawn}.length")
    page.locator("#monthly-ranking-table tr[data-unit=market] .num").first.hover()
    page.wait_for_function(f"() => {faded} === {lines - 2}")
    assert page.evaluate(lifted) == "fire,market"
    page.locator("#monthly-ranking-message").hover()
    page.wait_for_function(f"() => {faded} === 0")
    page = draw_all(desk.open(server, SCORES))
    frames = "document.querySelector('#quarterly-scores-weakest .js-plotly-plot').layout.shapes.length"
    before = page.evaluate(frames)
    page.locator("#quarterly-scores-table tr[data-unit]").nth(1).hover()
    page.wait_for_function(f"() => {frames} === {before + 1}")
    page.locator("#content h1").hover()
    page.wait_for_function(f"() => {frames} === {before}")


def test_zoom_outlives_a_choice_and_a_step_opens_its_accident(server: Server, desk: Watched) -> None:
    """The same weeks of another unit's curve, though its axis of deaths is another; a step leads to the accident's line."""
    page = desk.open(server, CASUALTIES)
    chart = page.locator("#casualty-targets-curve")
    chart.scroll_into_view_if_needed()
    point("#casualty-targets-curve", 2)(page)
    expect(page.locator("#accident .card-heading")).to_contain_text("2022年")
    weeks = "document.querySelector('#casualty-targets-curve .js-plotly-plot').layout.xaxis.range.join()"
    whole = page.evaluate(weeks)
    chart.scroll_into_view_if_needed()
    chart.hover()
    chart.locator(".modebar-btn").first.click()
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 152, steps=5)
    page.mouse.up()
    page.wait_for_function(f"() => {weeks} !== '{whole}'")
    zoomed = page.evaluate(weeks)
    pick("#casualty-targets-scope", "unit=longtanzi")(page)
    settle(page)
    expect(page.locator("#curve .card-heading")).to_contain_text("龙滩子")
    page.wait_for_function(f"() => {weeks} === '{zoomed}'")
    pick("#casualty-targets-period", "2021")(page)
    settle(page)
    assert page.evaluate(weeks).startswith("2021-01-01")


def stand_at(what: Locator) -> None:
    """Have the focus on it, in the middle of the screen, without the moment that scrolling there takes."""
    what.evaluate(
        "one => { one.scrollIntoView({ block: 'center', behavior: 'instant' }); one.focus({ preventScroll: true }); }"
    )


def test_back_from_another_page_leads_to_place_and_focus(server: Server, desk: Watched) -> None:
    """From a cell of the overview's map to the unit, and back to the cell."""
    page = desk.open(server, OVERVIEW)
    cell = page.locator(".overview-heat td a").nth(40)
    stand_at(cell)
    before, address = page.evaluate("scrollY"), cell.get_attribute("href")
    assert before > 0
    page.keyboard.press("Enter")
    expect(page.locator(UNIT_CARD)).to_be_visible()
    settle(page)
    page.go_back()
    page.wait_for_function(
        f"() => Math.abs(scrollY - {before}) < 2 && document.activeElement.getAttribute('href') === '{address}'"
    )


def test_back_leads_to_place_and_focus(server: Server, desk: Watched) -> None:
    """Back from a choice stands where the choice was made, with the same link in focus: by keyboard alone."""
    page = desk.open(server, RANKING)
    link = page.locator("#monthly-ranking-table .unit-link", has_text="市场监管局")
    stand_at(link)
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
