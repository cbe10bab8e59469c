"""The quarterly scores as a committee member sees them, and the office's decision on a proposed veto."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from dashboards.results import scores
from data.people.scope import office
from data.store import reader
from data.zone.periods import Quarter
from tests.browser.appearance import faults
from tests.browser.conftest import Caller, Server, Watched, arrive, draw_all, leave, settle
from tests.browser.looks import Look
from tests.fetching import fetched

TONGQIAO = "/scores?period=2022Q3&group=town&unit=tongqiao"
ADDRESSES = (
    "/scores",
    TONGQIAO,
    "/scores?period=2022Q2&group=centre&unit=recycling",
    "/scores?period=2022Q2&group=centre&unit=manufacturing",
    "/scores?period=2022Q3&group=department&unit=economy",
    "/scores?period=2022Q3&group=centre&unit=logistics",
    "/scores?period=2022Q4",
    "/scores?period=1999Q1&group=centre",
    "/scores?period=2031-13&group=nobody&unit=%3Cscript%3E",
)


def _result(server: Server, quarter: str) -> scores.Scores:
    url = server.environment["SUPERVISION_DATABASE_URL"]
    return fetched(
        reader(url), office("shuangqiao"), scores.fetch, Quarter.parse(quarter), fixed_today=date(2022, 10, 8)
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_looks_as_it_should(look: Callable[..., Look], address: str) -> None:
    """Nothing is cut off, overlaps, overflows or stays undrawn; no error, no other host."""
    seen = look(address)
    assert seen.faults == []
    assert seen.troubles == []


def _unfold_rules(page: Page) -> None:
    page.locator("#quarterly-scores-rules summary").click()


def _rules(page: Page) -> str:
    return page.locator("#quarterly-scores-rules").inner_text()


def test_rules_may_be_read_on_the_page(look: Callable[..., Look]) -> None:
    """How the score is made unfolds, in the scheme's own numbers, and looks as it should."""
    seen = look("/scores", does=_unfold_rules, reads=_rules)
    assert "加分最多计 5 分" in seen.read
    assert seen.faults == []


@pytest.mark.parametrize("group", ["town", "department", "centre"])
def test_page_prints_the_figures_of_the_report(server: Server, desk: Watched, group: str) -> None:
    """Place, unit, score, grade and flags in the table are those of the one computation, in its order, quarter by quarter."""
    desk.open(server, f"/scores?period=2022Q1&group={group}")
    for quarter in ("2022Q1", "2022Q2", "2022Q3"):
        page = desk.go_on(server, f"/scores?period={quarter}&group={group}")
        expect(page.locator("#quarterly-scores-message")).to_contain_text(f"2022年第{quarter[-1]}季度")
        shown = page.locator("#quarterly-scores-table tbody tr").all_inner_texts()
        rows = _result(server, quarter).group(group).rows
        assert len(shown) == len(rows)
        for text, row in zip(shown, rows, strict=True):
            one = row.figures
            assert text.strip().startswith(str(one.rank))
            assert row.unit.short_name in text
            assert (str(one.score) if one.score is not None else "未报") in text
            assert (one.grade or "—") in text
            assert ("拟否决" in text) == ("veto_proposed" in one.flags)
            assert ("待评审" in text) == ("unreviewed" in one.flags)


def test_every_mark_stands_in_its_cell(server: Server, desk: Watched) -> None:
    """The map of units and measures has the mark that counts, unit by unit, measure by measure."""
    page = desk.open(server, "/scores?period=2022Q3&group=department")
    for line, row in zip(
        page.locator("#quarterly-scores-heat tbody tr").all(),
        _result(server, "2022Q3").group("department").rows,
        strict=True,
    ):
        marks = [Decimal(re.match(r"[\d.]+", cell)[0]) for cell in line.locator("td").all_inner_texts()]  # type: ignore[index]
        assert marks == [part.score for part in row.figures.measures]


def test_default_is_the_latest_quarter_due_with_its_message_at_once(server: Server, desk: Watched) -> None:
    """On 8 October the third quarter's deadline has passed: it is shown, and its message is seen without scrolling."""
    page = desk.open(server, "/scores")
    message = page.locator("#quarterly-scores-message")
    box = message.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 300
    said = message.inner_text()
    for part in ("2022年第3季度", "龙滩子街道第 1（94.39 分）", "通桥街道得分最低（68.30 分）", "通桥街道拟一票否决"):
        assert part in said


def test_sum_of_one_unit_closes_on_the_page(server: Server, desk: Watched) -> None:
    """What the line of arithmetic adds up is the score, a bonus that was cut among it."""
    page = desk.open(server, "/scores?period=2022Q2&group=centre&unit=manufacturing")
    line = page.locator(".sum-line").inner_text()
    terms = [Decimal(text.replace("−", "-")) for text in re.findall(r"[+−]?\d+\.\d\d", line)]
    assert sum(terms[:-1]) == terms[-1] == Decimal("94.55")
    text = page.locator("#unit").inner_text()
    assert "评定 6.5 分，计入 5 分；超出上限的 1.5 分不计" in text


def test_months_lead_to_their_ranking(server: Server, desk: Watched) -> None:
    """From the enforcement component to the month behind it, to the same unit there."""
    page = desk.open(server, TONGQIAO)
    assert "未报，计 0" in page.locator(".months").inner_text()
    page.locator(".months a", has_text="2022年7月").click()
    settle(page)
    assert "/ranking?period=2022-07&group=town&unit=tongqiao" in page.url
    assert "76.59" in page.locator("main").inner_text()


def test_marks_lead_to_the_workbook_they_came_in(server: Server, desk: Watched) -> None:
    """From the ten measures to the unit's own workbook, by its name."""
    page = desk.open(server, TONGQIAO)
    link = page.locator("#measures a.file")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == link.inner_text()


def test_quarter_group_and_unit_are_in_the_address(server: Server, desk: Watched) -> None:
    """Choosing changes the address, and the address shows the same again; the year leads to its quarters."""
    page = desk.open(server, "/scores?period=2022Q3")
    page.get_by_role("link", name="发展中心组").click()
    settle(page)
    page.locator("#quarterly-scores-table .unit-link", has_text="循环中心").click()
    settle(page)
    assert "unit=recycling" in page.url
    page.locator("#quarterly-scores-period").select_option("2022Q2")
    arrive(page, "**period=2022Q2**")
    seen = draw_all(page).locator("main").inner_text()
    assert "5·12机械伤害事故瞒报" in seen
    assert draw_all(desk.open(server, page.url.removeprefix(server.url))).locator("main").inner_text() == seen
    page.locator("#quarterly-scores-year a", has_text="85.97").click()
    settle(page)
    assert "period=2022Q1" in page.url


def test_enterprise_speaks_last_too_and_the_year_has_no_mean_yet(server: Server, desk: Watched) -> None:
    """Two fatal accidents make an enterprise speak; what is not published makes no mean of the year."""
    page = desk.open(server, "/scores?period=2022Q2&group=centre")
    speaking = page.locator("#quarterly-scores-speakers").inner_text()
    assert re.search(r"裕蔚\(重庆\)建设集团有限公司\s*企业\s+事故多发", speaking)
    year = page.locator("#year").inner_text()
    assert "尚无季度正式发布" in year
    assert page.locator("#quarterly-scores-year thead").inner_text().count("未发布") == 4
    assert all(
        text.startswith("—") for text in page.locator("#quarterly-scores-year tbody td:last-child").all_inner_texts()
    )


def test_nobody_is_blamed_before_the_deadline(server: Server, desk: Watched) -> None:
    """The running quarter has awaited units, no place, no speakers, no one unreported."""
    page = desk.open(server, "/scores?period=2022Q4")
    assert "本季度尚未结束" in page.locator("#quarterly-scores-message").inner_text()
    table = page.locator("#quarterly-scores-table").inner_text()
    assert "待报" in table
    assert all(place == "—" for place in page.locator("#quarterly-scores-table td.place").all_inner_texts())
    for part in ("#quarterly-scores-message", "#quarterly-scores-table", "#unit"):
        assert "未报" not in page.locator(part).inner_text()
    assert "没有须末位发言" in page.locator("#speakers").inner_text()


def test_empty_installation_says_why_and_what_to_do(bare_server: Server, desk: Watched) -> None:
    """Where nothing was ever sent the page says so, and where to send workbooks."""
    page = desk.open(bare_server, "/scores")
    page.locator("main a[href^='/submissions']").first.wait_for()
    assert faults(page) == []
    assert desk.troubles == []
    assert "报送" in page.locator("main").inner_text()
    assert page.locator("a[href^='/submissions']").count() > 0


def _decide(page: Page, button: str, reason: str) -> None:
    page.locator("#quarterly-scores-form textarea").fill(reason)
    leave(page.get_by_role("button", name=button))
    settle(page)


def test_dismissed_veto_is_gone_and_its_reason_stays(own_server: Server, desk: Watched) -> None:
    """Without a reason nothing is sent; with one the flag goes, the place stays, the decision stands with its reason."""
    page = desk.open(own_server, TONGQIAO)
    page.get_by_role("button", name="不予否决").click()
    assert page.locator("#quarterly-scores-decided").count() == 0
    _decide(page, "不予否决", "事故为外地车辆过境，属地已尽责 <b>")
    assert page.locator("#quarterly-scores-form").count() == 0
    assert "拟否决" not in page.locator("#quarterly-scores-table").inner_text()
    decided = page.locator("#quarterly-scores-decided").inner_text()
    assert re.search(r"不予否决\s*事故为外地车辆过境，属地已尽责 <b>（demo-office，2022年10月8日 \d\d:\d\d）", decided)
    assert faults(page) == []
    assert desk.troubles == []
    status, said = _post(own_server, confirmed="yes", reason="再议")
    assert status == 409
    assert "没有" in said


def test_confirmed_veto_makes_the_grade_and_the_last_place(own_server: Server, desk: Watched) -> None:
    """Confirmed, the unit's grade is 否决, it ranks last, speaks last, and the year has the veto."""
    page = desk.open(own_server, TONGQIAO)
    _decide(page, "确认一票否决", "较大事故，属地监管失职")
    last = page.locator("#quarterly-scores-table tbody tr").last.inner_text()
    assert last.strip().startswith("4")
    assert "通桥街道" in last
    assert "否决" in last
    assert "拟否决" not in last
    assert "通桥街道被一票否决" in page.locator("#quarterly-scores-message").inner_text()
    assert "通桥街道办事处\t一票否决" in page.locator("#quarterly-scores-speakers").inner_text()
    assert (
        "否决" in page.locator("#quarterly-scores-year tbody tr", has_text="通桥街道").locator("td").last.inner_text()
    )
    assert desk.troubles == []


GROUND = "accident 渝双事〔2022〕9号 较大"
ASKED = {"period": "2022Q3", "unit": "tongqiao", "confirmed": "no", "reason": "理由", "ground": GROUND}


def _post(server: Server, origin: str | None = None, **changes: str) -> tuple[int, str]:
    office = Caller(server)
    form = {**ASKED, **changes, "csrf_token": office.token}
    return office.ask("/decide/veto", form, {"Origin": origin or server.url})


HOSTILE = (
    ({"period": "2022-08"}, 400, "没有这个报送期"),
    ({"period": "<script>"}, 400, "&lt;script&gt;"),
    ({"unit": "nobody' OR 1=1"}, 400, "没有这个单位"),
    ({"confirmed": "maybe"}, 400, "请选择"),
    ({"reason": " \u200b\x00 "}, 409, "理由"),
    ({"reason": "长" * 501}, 400, "500"),
    ({"ground": "another"}, 409, "已有变化"),
    ({"unit": "youting"}, 409, "没有"),
    ({"period": "2022Q2"}, 409, "没有"),
)


def test_what_cannot_be_decided_is_said_and_changes_nothing(server: Server) -> None:
    """Whatever a hostile or mistaken form sends, it gets a sentence, and nothing is decided."""
    for changes, status, sentence in HOSTILE:
        found, said = _post(server, **changes)
        assert (found, sentence in said) == (status, True), (changes, found, said)
        assert "<script>" not in said
    assert _post(server, origin="http://example.org")[0] == 403
    row = next(row for row in _result(server, "2022Q3").group("town").rows if row.unit.code == "tongqiao")
    assert row.decided == ()
    assert "veto_proposed" in row.figures.flags
