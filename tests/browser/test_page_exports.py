"""What can be exported from each page: taken along in a browser, opened, and held beside what the page shows (docs/pages.md)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Watched

NOTHING = "—"


@dataclass(frozen=True)
class Export:
    """What can be exported: from which page, what it is, how a reader gets to it and by which link it is taken along.

    ``first``: what the page shows where the file's first row stands, whose text is in that row; ``said``: what the file says of
    itself besides; ``name``: how it is called.
    """

    page: str
    what: str
    address: str
    goes: Callable[[Page], None]
    link: str
    name: str
    first: str = ""
    said: str = ""

    @property
    def line(self) -> str:
        """Its line in docs/pages.md, where it is not of something chosen."""
        return f"| {self.page} | {NOTHING} | {NOTHING} | {self.what} |"


def stays(_page: Page) -> None:
    """It is there when the page is."""


def sorts(table: str, head: str) -> Callable[[Page], None]:
    """Sort a standing by a heading."""
    return lambda page: page.locator(table).get_by_role("button", name=head, exact=True).click()


def searches(grid: str, text: str) -> Callable[[Page], None]:
    """Go to a list, and search it once its grid is there."""

    def searched(page: Page) -> None:
        there = page.locator(f'.record-list[data-list="{grid}"]')
        there.scroll_into_view_if_needed()
        expect(there.locator(".record-count")).to_have_text(re.compile("^共"))
        before = there.locator(".record-count").inner_text()
        there.locator(".record-search input").fill(text)
        expect(there.locator(".record-count")).not_to_have_text(re.compile(f"^({before}|正在.*)$"))

    return searched


def opens_refused(page: Page) -> None:
    """Open what was refused among the workbooks received last."""
    page.locator("#submissions-latest tr", has_text="未通过").locator("a").first.click()
    expect(page.locator("#one .receipt-bad")).to_be_visible()


def opens_accepted(page: Page) -> None:
    """Open what was filed among them."""
    page.locator("#submissions-latest tr", has_text="执法检查台账").filter(has_text="已收下").locator("a").first.click()
    expect(page.locator("#submissions-history")).to_be_visible()


def _row(grid: str, column: str) -> str:
    return f'.record-list[data-list="{grid}"] .ag-row[row-index="0"] [col-id="{column}"]'


EXPORTS = (
    Export("月度排名", "the ranked table", "/ranking?period=2022-08&group=department",
           sorts("#monthly-ranking-table", "问题发现率"), '.export-line[data-table="monthly-ranking-table"] a',
           "月度执法排名-2022年8月-部门组", "#monthly-ranking-table tbody tr:first-child .unit-link", "按“问题发现率”从高到低排序"),
    Export("月度排名", "the cases behind a figure", "/ranking?period=2022-08&group=town&unit=shuanglu&measure=inspections",
           searches("monthly-ranking-grid", "幼儿园"), "#cases .grid-form .export-link", "2022年8月-双路街道-检查家次-案件明细",
           _row("monthly-ranking-grid", "number"), "搜索：“幼儿园”"),
    Export("月度排名", "the table by sector", "/ranking?period=2022-08&group=department", stays,
           '.export-line[data-table="monthly-ranking-sectors"] a', "月度执法排名-2022年8月-分行业领域",
           "#monthly-ranking-sectors tbody tr:first-child .standing-name", "按闭环率排列"),
    Export("月度排名", "the table by way of inspecting", "/ranking?period=2022-08&group=department", stays,
           '.export-line[data-table="monthly-ranking-methods"] a', "月度执法排名-2022年8月-分检查方式",
           "#monthly-ranking-methods tbody tr:first-child .standing-name", "按检查家次排列"),
    Export("对照", "the differences, indicator by indicator", "/side-by-side?period=2022-08&unit=longtanzi", stays,
           "#indicators-export a", "对照.*龙滩子.*2022年8月.*", "", "龙滩子"),
    Export("季度绩效", "the ranked table", "/scores?period=2022Q2&group=town", stays,
           '.export-line[data-table="quarterly-scores-table"] a', "季度绩效.*2022年第2季度.*",
           "#quarterly-scores-table tbody tr:first-child .unit-link", "全部单位"),
    Export("季度绩效", "the year's reward table", "/scores?period=2022Q2&group=town", stays,
           '.export-line[data-table="quarterly-scores-year"] a', "2022年考核奖励表-镇街组",
           "#quarterly-scores-year tbody tr:first-child .unit-link", "暂无年度平均"),
    Export("亡人指标", "the table by unit", "/casualties?period=2022", stays,
           '.export-line[data-table="casualty-targets-units"] a', "亡人指标-2022年-分单位-2022-10-08",
           "#casualty-targets-units tbody tr:first-child .unit-link", "截至 2022-10-08"),
    Export("亡人指标", "the table by sector", "/casualties?period=2022", stays,
           '.export-line[data-table="casualty-targets-sectors"] a', "亡人指标-2022年-分行业领域-2022-10-08",
           "#casualty-targets-sectors tbody tr:first-child .unit-link", "截至 2022-10-08"),
    Export("亡人指标", "the list of accidents", "/casualties?period=2022", searches("casualty-targets-grid", "建设"),
           "#accidents .grid-form .export-link", "亡人指标-2022年-事故清单-2022-10-08", _row("casualty-targets-grid", "number"),
           "搜索：“建设”"),
    Export("一线责任制", "a batch by town", "/frontline?day=2022-05-10", sorts("#frontline-duty-towns", "还差"),
           '.export-line[data-table="frontline-duty-towns"] a', "一线责任制-重点企业-分属地-2022-05-10",
           "#frontline-duty-towns tbody tr:first-child .unit-link", "按“还差”从高到低排序"),
    Export("一线责任制", "a batch by sector", "/frontline?day=2022-05-10", stays,
           '.export-line[data-table="frontline-duty-sectors"] a', "一线责任制-重点企业-分行业领域-2022-05-10",
           "#frontline-duty-sectors tbody tr:first-child .unit-link", "截至2022-05-10.*按进度从慢到快排列"),
    Export("一线责任制", "the list of enterprises", "/frontline?day=2022-05-10&batch=all", searches("frontline-duty-grid", "邮亭"),
           "#enterprises .grid-form .export-link", "一线责任制-全部企业-企业清单-2022-05-10", _row("frontline-duty-grid", "enterprise"),
           "搜索：“邮亭”"),
    Export("督查督办", "the findings by supervised unit", "/supervision?day=2022-05-10", sorts("#supervision-units", "已曝光"),
           '.export-line[data-table="supervision-units"] a', "督查督办-分单位-2022-05-10",
           "#supervision-units tbody tr:first-child .unit-link", "按“已曝光”从高到低排序"),
    Export("督查督办", "the findings by method", "/supervision?day=2022-05-10", stays,
           '.export-line[data-table="supervision-methods"] a', "督查督办-分方式-2022-05-10",
           "#supervision-methods tbody tr:first-child .unit-link", "截至2022-05-10.*按逾期从多到少排列"),
    Export("督查督办", "the list of findings", "/supervision?day=2022-05-10", searches("supervision-grid", "交叉督查"),
           "#findings .grid-form .export-link", "督查督办-问题清单-2022-05-10", _row("supervision-grid", "number"), "搜索：“交叉督查”"),
    Export("举报惩戒", "the figures by type", "/tipoffs?day=2022-05-10", stays,
           '.export-line[data-table="tipoffs-types"] a', "举报惩戒-分类型-2022-05-10",
           "#tipoffs-types tbody tr:first-child .unit-link", "截至2022-05-10.*按类型顺序排列"),
    Export("举报惩戒", "the figures by handling unit", "/tipoffs?day=2022-05-10", sorts("#tipoffs-units", "未办结"),
           '.export-line[data-table="tipoffs-units"] a', "举报惩戒-分单位-2022-05-10",
           "#tipoffs-units tbody tr:first-child .unit-link", "按“未办结”从高到低排序"),
    Export("举报惩戒", "the list of cases", "/tipoffs?day=2022-05-10", searches("tipoffs-grid", "打非"),
           "#cases .grid-form .export-link", "举报惩戒-事项清单-2022-05-10", _row("tipoffs-grid", "number"), "搜索：“打非”"),
    Export("隐患整治", "the list of hazards", "/hazards?day=2022-05-10", searches("hazards-grid", "邮亭"),
           "#hazards .grid-form .export-link", "隐患整治-全部隐患-隐患清单-2022-05-10", _row("hazards-grid", "number"),
           "搜索：“邮亭”"),
    Export("隐患整治", "by unit", "/hazards?day=2022-05-10", sorts("#hazards-units", "未销号"),
           '.export-line[data-table="hazards-units"] a', "隐患整治-全部隐患-分单位-2022-05-10",
           "#hazards-units tbody tr:first-child .unit-link", "按“未销号”从高到低排序"),
    Export("隐患整治", "by sector", "/hazards?day=2022-05-10", stays,
           '.export-line[data-table="hazards-sectors"] a', "隐患整治-全部隐患-分行业领域-2022-05-10",
           "#hazards-sectors tbody tr:first-child .unit-link", "截至2022-05-10.*按逾期从多到少排列"),
    Export("隐患整治", "by responsible level", "/hazards?day=2022-05-10&grade=major", stays,
           '.export-line[data-table="hazards-levels"] a', "隐患整治-仅重大隐患-分责任层级-2022-05-10",
           "#hazards-levels tbody tr:first-child .unit-link", "按逾期从多到少排列"),
    Export("隐患整治", "the two ledgers beside each other", "/hazards?day=2022-05-10", stays,
           "#beside .export-link", "隐患整治-两本台账对照-2022-05-10", "#hazards-ledgers tbody tr:first-child th", "截至2022-05-10"),
    Export("灾害预警", "warnings by unit", "/disasters?day=2022-05-10", sorts("#disasters-units", "未反馈"),
           '.export-line[data-table="disasters-units"] a', "灾害预警-分填报单位-2022-05-10",
           "#disasters-units tbody tr:first-child .unit-link", "按“未反馈”从高到低排序"),
    Export("灾害预警", "warnings by type", "/disasters?day=2022-05-10", stays,
           '.export-line[data-table="disasters-types"] a', "灾害预警-分类型-2022-05-10",
           "#disasters-types tbody tr:first-child .unit-link", "截至2022-05-10.*按进度从慢到快排列"),
    Export("灾害预警", "the list of warnings", "/disasters?day=2022-05-10", searches("disasters-grid", "邮亭"),
           "#warnings .grid-form .export-link", "灾害预警-预警清单-2022-05-10", _row("disasters-grid", "warned_at"), "搜索：“邮亭”"),
    Export("灾害预警", "the list of disasters", "/disasters?day=2022-05-10", stays, "#struck .export-link", "灾害预警-灾害清单-2022-05-10",
           "#disasters-struck tbody tr:first-child td:first-child", "按时间从近到远排列"),
    Export("重点任务", "the items", "/work-plan?day=2022-09-30&article=5", stays, '#items .export-line a', "重点任务-2022-09-30",
           "#work-plan-items tbody tr:first-child .kind-link", "截至2022-09-30"),
    Export("数据报送", "every workbook received, all versions of each report", "/submissions?period=2022-09",
           searches("submissions-grid", "双路"), "#received .grid-form .export-link", "数据报送-全部已收工作簿-2022-10-08",
           _row("submissions-grid", "file_name"), "搜索：“双路”"),
    Export("数据报送", "the versions of one report", "/submissions?period=2022-09", opens_accepted,
           '#one .export-link[href*="/export/workbooks"]', "数据报送-工作簿[0-9]+号的各版本-2022-10-08", "", "全部单位"),
    Export("数据报送", "what is wrong in a workbook", "/submissions?period=2022-09", opens_refused,
           '#one .export-link[href*="/export/problems"]', "工作簿[0-9]+号的问题", "#one .problems tbody tr:first-child .sentence",
           r"共 \d+ 条"),
    Export("系统管理", "the audit log", "/administration", searches("administration-grid", "登录"),
           "#audit .grid-form .export-link", "审计日志-全部账号-2022-10-08", _row("administration-grid", "actor"), "搜索：“登录”"),
)  # fmt: skip
"""Every list and standing; charts are kept as pictures besides (test_charts.py), templates and originals are files of their own."""


OF_THE_REGISTER = ("一线责任制", "隐患整治", "督查督办", "举报惩戒", "灾害预警")
"""Pages that are looked at in the installation with the sample register."""


@pytest.mark.parametrize("page", dict.fromkeys(one.page for one in EXPORTS))
def test_what_is_shown_can_be_taken_along(
    request: pytest.FixtureRequest, desk: Watched, tmp_path: Path, page: str
) -> None:
    """As .xlsx and as CSV, named after page and period: both hold the same rows, as they are seen, and say how they came about."""
    server: Server = request.getfixturevalue("register_server" if page in OF_THE_REGISTER else "server")
    desk.sign_in(server, "admin" if page == "系统管理" else "office")
    for one in (one for one in EXPORTS if one.page == page):
        there = desk.open(server, one.address)
        one.goes(there)
        files = [_taken_along(there, one, form, tmp_path) for form in ("xlsx", "csv")]
        sheet, lines = _of_xlsx(files[0]), _of_csv(files[1])
        assert [line[0] for line in lines[:2]] == [row[0] for row in sheet[:2]]
        assert lines[2] == sheet[2]
        assert len(lines) == len(sheet) > 3
        assert re.search(one.said, lines[1][0])
        if one.first:
            first = there.locator(one.first).first.inner_text().strip()
            assert all(any(first in cell for cell in row) for row in (lines[3], sheet[3])), (one.what, first, lines[3])
    assert desk.troubles == []


def _taken_along(page: Page, one: Export, form: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f"{one.link}[data-export={form}]").first.click()
    assert re.fullmatch(f"{one.name}\\.{form}", download.value.suggested_filename)
    path = folder / f"{len(list(folder.iterdir()))}.{form}"
    download.value.save_as(path)
    return path


def _of_xlsx(path: Path) -> list[list[str]]:
    sheet = load_workbook(path).active
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _of_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
