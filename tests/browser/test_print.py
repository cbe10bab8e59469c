"""Pages on paper: A4, with every chart and heading, what was chosen, whose it is and when it was printed; and nothing cut in two."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboards.components import theme
from tests.browser.conftest import Server, Watched, draw_all, settle
from tests.browser.printed import A4_LANDSCAPE, Printed, bare, printed

ASSETS = Path(__file__).parents[2] / "assets"
HALF = 0.45
"""No sheet but the last is filled less: of its height, from above, with its margins."""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3")].filter((one) => one.checkVisibility()).map((one) => one.innerText)"""
ON_SCREEN = """() => [document.documentElement.getAttribute("data-bs-theme"), ...[...document.querySelectorAll(".js-plotly-plot")]
  .map((one) => [one._fullLayout.width, one._fullLayout.height, one._fullLayout.font.color])]"""


@dataclass(frozen=True)
class Case:
    """An address, on how many sheets it must have room, what of it must be read on them, and what marks them as no publication."""

    address: str
    sheets: int
    reads: tuple[str, ...]
    mark: str = "草稿，数据截至2022-10-08，未发布"


CASES = {
    "overview": Case("/overview?period=2022-09", 4, ("2022年9月",)),
    "ranking": Case(
        "/ranking?period=2022-09&unit=shuanglu&via=table", 8, ("2022年9月·镇街组", "双路街道", "选自：排名表")
    ),
    "side-by-side": Case("/side-by-side?period=2022-08&unit=longtanzi", 2, ("2022年8月", "龙滩子街道")),
    "scores": Case("/scores?period=2022Q3&unit=shuanglu", 6, ("2022年第3季度·镇街组", "双路街道")),
    "casualties": Case("/casualties?as_of=2022-09-30&unit=youting", 6, ("截至2022年9月30日", "邮亭镇")),
    "submissions": Case("/submissions?period=2022-09", 3, ("2022年9月",)),
    "inspection-lists": Case("/inspection-lists?period=2022-10", 3, ("2022年10月建议检查", "抽签规则"), "草稿，未印发"),
    "work-plan": Case("/work-plan?day=2022-09-30&article=5&item=5.1", 8, ("截至2022年9月30日", "第5条")),
    "unit-profile": Case("/unit?period=2022-09&unit=construction", 2, ("2022年9月", "建设管理局")),
    "publications": Case("/publications?period=2022", 1, ("发布日历", "2022年9月 月度执法排名", "2022-10-06")),
}
NEVER = ("退出", "深色", "存为图片", "导出Excel", "选择文件", "下载模板")
"""Words of what only a screen has."""


@pytest.mark.parametrize("name", CASES)
def test_a_page_on_paper(name: str, screens: Callable[[str], Watched], server: Server) -> None:
    """From a dark screen: light sheets of A4 with all charts and headings, no menu, nothing outside or over another, no half-empty
    sheet; title, period, source and day on each; afterwards the screen is as it was.
    """
    case, watched = CASES[name], screens("wide-dark")
    page = draw_all(watched.open(server, case.address))
    before = page.evaluate(ON_SCREEN)
    page.emulate_media(media="print")
    headings = page.evaluate(HEADINGS)
    page.emulate_media(media="null")
    settle(page)
    sheets = printed(page)
    settle(page)
    assert page.evaluate(ON_SCREEN) == before
    assert faults(sheets) == []
    assert len(sheets.sheets) <= case.sheets
    assert [one for one in [*headings, *case.reads] if bare(one) not in sheets.words] == []
    assert [one for one in NEVER if one in sheets.words] == []
    for number, sheet in enumerate(sheets.sheets, 1):
        assert f"{number}/{len(sheets.sheets)}" in sheet.words
        assert bare(f"{page.locator('#content h1').inner_text()}·") in sheet.words
        assert "来源：双桥经开区安全生产监督看板；2022年10月8日打印" in sheet.words
        if page.locator("[data-printed-mark]").count():
            assert case.mark in sheet.words
    assert watched.troubles == []


def faults(of: Printed) -> list[str]:
    """What a reader would lose, or could not read."""
    light = theme.tokens("light")["ink"]
    found = [f"sheet {number}: {one}" for number, sheet in enumerate(of.sheets, 1) for one in sheet.faults]
    found += [f"of {one.size}" for one in of.sheets if one.size != A4_LANDSCAPE]
    found += [f"half empty: {number}" for number, one in enumerate(of.sheets[:-1], 1) if one.filled < HALF]
    for name, chart in of.charts.items():
        found += [f"{name} without {words}" for words in chart.words if bare(words) not in of.words]
        found += [f"{name} without words"] if not chart.words else []
        found += [f"{name} in {chart.ink}"] if chart.ink != light else []
    return found


def test_a_grid_on_paper(screens: Callable[[str], Watched], server: Server) -> None:
    """Of a grid, which draws only what is in sight, paper gets the rows that it has, under heads that every sheet repeats, and says
    how many there are; forms stay on the screen.
    """
    watched = screens("wide-light")
    watched.role = "admin"
    page = watched.open(server, "/administration")
    page.locator("#audit").scroll_into_view_if_needed()
    expect(page.locator("#audit .ag-row").first).to_be_visible()
    settle(page)
    sheets = printed(page)
    said = re.search(r"印出前(\d+)条，共(\d+)条", sheets.words)
    assert said
    assert 20 < int(said[1]) <= int(said[2])
    assert sheets.words.count("登录账号") + sheets.words.count("报表收下") > 20
    listed = [one.words for one in sheets.sheets if re.search("报表(收下|未通过)", one.words)]
    assert len(listed) > 1
    assert [words for words in listed if "序号时间操作账号" not in words] == []
    assert "新建账号" not in sheets.words
    assert faults(sheets) == []
    expect(page.locator("#audit .ag-row").first).to_be_visible()
    expect(page.locator(".printed-form table")).to_have_count(0)


def test_sign_in_on_paper(screens: Callable[[str], Watched], server: Server) -> None:
    """The page before all others has no script of ours that prepares it: one light sheet."""
    page = screens("wide-dark").page
    page.goto(f"{server.url}/signin")
    sheets = printed(page)
    assert faults(sheets) == []
    assert len(sheets.sheets) == 1
    assert "登录" in sheets.words


def test_rules_of_paper_stand_in_one_file() -> None:
    """Who looks for how something is printed finds it."""
    assert [
        one.name for one in ASSETS.glob("*.css") if re.search(r"@media print\b(?!, screen)", one.read_text("utf-8"))
    ] == ["40_print.css"]
