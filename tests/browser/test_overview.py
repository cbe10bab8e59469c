"""The overview as a deputy director reads it: in ten seconds, without scrolling, each line a way to what it tells of;
and what other pages gained with it: quarters to submit, another year to compare with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboards.results import (
    areas,
    cases,
    casualties,
    overview,
    ranking,
    ranking_basis,
    scores,
    submissions,
    work_plan,
)
from dashboards.results.overview import Overview
from data.people.scope import Role, Scope, office
from data.store import reader
from data.zone.periods import Month
from tests.browser.answers import identities, page_answered
from tests.browser.conftest import WIDE, Server, Watched, settle
from tests.browser.looks import Look
from tests.demo_year import TODAY
from tests.fetching import fetched

ADDRESSES = (
    "/overview",
    "/overview?period=2022-02",
    "/overview?period=2022-10",
    "/overview?period=2021-11",
    "/overview?period=nonsense",
    "/submissions?period=2022Q3",
    "/submissions?period=2022Q4",
    "/submissions?period=2021",
    "/ranking?period=2022-09&group=town&unit=youting&compare=2019",
    "/ranking?period=2022-09&compare=2023",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_looks_as_it_should(look: Callable[..., Look], address: str) -> None:
    """Nothing is cut off, overlaps, overflows or stays undrawn; no error, no other host."""
    seen = look(address)
    assert seen.faults == []
    assert seen.troubles == []


def _ways_and_deaths(page: Page) -> tuple[int, list[str]]:
    """How many ways to send a workbook there are, and what is said of deaths."""
    said = page.locator("#overview-message, #overview-deaths .tile-value").all_inner_texts()
    return page.locator("a[href^='/submissions'], [data-choose-files]").count(), said


@pytest.mark.parametrize("address", ["/overview", "/submissions?period=2022Q3", "/ranking?compare=2020"])
def test_empty_installation_says_why_and_what_to_do(bare_look: Callable[..., Look], address: str) -> None:
    """Where nothing was ever sent no figure is made up: no ledger is not zero deaths, and the way to send one is there."""
    seen = bare_look(address, reads=_ways_and_deaths)
    assert seen.faults == []
    assert seen.troubles == []
    ways, deaths = seen.read
    assert ways > 0
    if address == "/overview":
        message, tile = deaths
        assert "死亡人数不详" in message
        assert tile.strip() == "—"


def _result(server: Server, month: str = "2022-09") -> Overview:
    url = server.environment["SUPERVISION_DATABASE_URL"]
    return fetched(
        reader(url), office("shuangqiao"), overview.fetch, Month.parse(month), fixed_today=date.fromisoformat(TODAY)
    )


def test_essentials_are_seen_without_scrolling(server: Server, desk: Watched) -> None:
    """Message, what waits for a decision, goals and figures stand on the first screen of a clerk's monitor."""
    page = desk.open(server, "/overview")
    for part in ("message", "decisions", "goals", "tiles"):
        box = page.locator(f"#overview-{part}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= WIDE["height"], part


def test_areas_of_work_are_those_of_their_pages(server: Server, desk: Watched) -> None:
    """Further down each area has its figure as of the month's end, and leads to its page as of that day."""
    page = desk.open(server, "/overview?period=2022-08")
    page.locator(".further-down").scroll_into_view_if_needed()
    expect(page.locator("#overview-areas .overview-tile")).to_have_count(6)
    url = server.environment["SUPERVISION_DATABASE_URL"]
    found = fetched(
        reader(url), office("shuangqiao"), areas.fetch, Month(2022, 8), fixed_today=date.fromisoformat(TODAY)
    )
    batch = next(one for one in found.frontline.batches if one.batch == "key")
    assert (
        f"{batch.coverage.complete} / {batch.coverage.enterprises}"
        in page.locator("#overview-frontline-duty").inner_text()
    )
    hazards, calls = found.hazards.whole.all, found.disasters.standing.whole
    assert page.locator("#overview-hazards .tile-value b").inner_text() == str(hazards.open)
    assert f"逾期{hazards.overdue}处" in page.locator("#overview-hazards").inner_text()
    assert page.locator("#overview-disasters .tile-value b").inner_text() == f"{calls.fed_back} / {calls.warnings}"
    plan = fetched(
        reader(url), office("shuangqiao"), work_plan.of_day, found.day, fixed_today=date.fromisoformat(TODAY)
    )
    assert plan is not None
    states = Counter(due.state for item in plan.standing.items for due in item.dues)
    kept = f"{states['done']} / {states['done'] + states['late'] + states['overdue']}"
    assert page.locator("#overview-work-plan .tile-value b").inner_text() == kept
    assert f"逾期{states['overdue']}件" in page.locator("#overview-work-plan").inner_text()
    page.locator("#overview-hazards a").click()
    expect(page.locator("#hazards-message")).to_contain_text("截至2022年8月31日")
    expect(page.locator("#hazards-message")).to_contain_text(f"未销号{hazards.open}处")


def test_what_is_late_says_how_many_and_whose(server: Server, desk: Watched) -> None:
    """Each kind leads to as many things on its own page, and each unit that owes some to its own of them."""
    page = desk.open(server, of_august := "/overview?period=2022-08")
    rows = page.locator("#overview-late tbody tr")
    kinds = {"重大隐患": "hazards", "督查问题": "supervision", "举报": "tipoffs"}
    expect(rows.filter(has_text="举报")).to_have_count(1)
    for said, kind in kinds.items():
        row = rows.filter(has_text=said)
        number = int(row.locator("td").first.inner_text())
        units = row.locator("td a").all_inner_texts()
        assert units, kind
        assert sum(int(one.split()[-1]) for one in units) <= number
        unit, its_own = units[0].rsplit(" ", 1)
        row.locator("td a").first.click()
        settle(page)
        chips = page.locator(f"#{kind}-chips")
        expect(chips).to_contain_text(unit)
        expect(chips).to_contain_text("逾期")
        expect(page.locator(".record-count")).to_have_text(re.compile(rf"(?<!\d){its_own}(?!\d)"))
        page = desk.open(server, of_august)


def test_figures_are_those_of_the_one_computation(server: Server, desk: Watched) -> None:
    """Deaths, cap, days, ledgers, closed cases and every score of the heat map are the results' own."""
    page = desk.open(server, "/overview")
    result = _result(server)
    total, loop = result.casualties.total, result.closed_loop
    texts = {
        part: page.locator(f"#overview-{part}").inner_text() for part in ("deaths", "days", "ledgers", "closed-loop")
    }
    assert re.search(rf"^{total.deaths}\s*人", texts["deaths"], re.M)
    assert f"指标{total.cap}人，未超过" in texts["deaths"]
    assert "突破指标的可能性37%" in texts["deaths"]
    assert "发生较大及以上事故（2022-08-19 较大）" in texts["deaths"]
    assert "红灯" in texts["deaths"]
    assert re.search(rf"^{total.days_since_fatal}\s*天", texts["days"], re.M)
    assert "13 / 15" in texts["ledgers"]
    assert "物流中心" in texts["ledgers"]
    assert "建管局" in texts["ledgers"]
    assert f"{loop.closed} / {loop.due}" in texts["closed-loop"]
    for row in result.rows:
        cells = page.locator("#overview-heat tr", has_text=row.unit.short_name).locator("td").all_inner_texts()
        shown = [cell.splitlines()[0] for cell in cells]  # what it was before a correction stands beneath
        of_months = [row.of_months[month] for month in result.months]
        expected = [
            str(one.score) if one.score is not None else "未通过" if "refused" in one.flags else "未报"
            for one in of_months
        ]
        assert shown == expected, row.unit.code


def test_what_stands_out_is_named_and_leads_to_its_own(server: Server, desk: Watched) -> None:
    """Last in each group, zero penalties, overdue major hazards by unit as their lists have them, a sector above its cap."""
    page = desk.open(server, "/overview")
    result = _result(server)
    last = page.locator("#overview-last").inner_text()
    assert [line for line in last.splitlines()[1:] if line] == [
        "镇街组 通桥街道 47.34分", "部门组 社事局、经发局 都可能居末，不能只点一家", "发展中心组 循环中心 84.86分",
    ]  # fmt: skip
    assert re.sub(r"\s", "", page.locator("#overview-zero-penalty").inner_text()).endswith("2家社事局、经发局")
    url = server.environment["SUPERVISION_DATABASE_URL"]
    found = {}
    for row in result.rows:
        listed = fetched(reader(url), office("shuangqiao"), cases.fetch, row.unit.code, result.month, "overdue_major",
                         fixed_today=date.fromisoformat(TODAY))  # fmt: skip
        if listed.total:
            found[row.unit.short_name] = listed.total
    overdue = page.locator("#overview-overdue")
    assert sorted(overdue.locator("dd a").all_inner_texts()) == sorted(f"{name}{n}" for name, n in found.items())
    assert re.search(rf"^{sum(found.values())}\s*件", overdue.inner_text(), re.M)
    assert "建设施工 死亡3人，指标2人" in page.locator("#overview-sectors").inner_text()
    overdue.get_by_role("link", name="建管局").click()
    settle(page)
    expect(page.locator("#monthly-ranking-measure .active")).to_have_text("逾期重大隐患")
    expect(page.locator("#cases .card-heading")).to_contain_text("建管局")


def test_a_units_account_sees_no_places_and_no_sectors(server: Server) -> None:
    """Before publication a unit's overview names nobody last, no sector, and of hazards and penalties its own alone."""
    url = server.environment["SUPERVISION_DATABASE_URL"]
    scope = Scope("shuangqiao", Role.UNIT, "", "youting")
    own = fetched(reader(url), scope, overview.fetch, Month(2022, 9), fixed_today=date.fromisoformat(TODAY))
    assert own.lowest == []
    assert own.decisions == ()
    assert own.casualties.sectors == ()
    assert {row.unit.code for row in (*own.rows, *own.overdue_major, *own.zero_penalty)} == {scope.unit}


def test_heat_map_says_what_the_ranking_of_each_month_says(server: Server) -> None:
    """A month's scores, seen from September, are those of that month's own ranking."""
    result = _result(server)
    url = server.environment["SUPERVISION_DATABASE_URL"]
    for month in (Month(2022, 3), Month(2022, 8)):
        own = fetched(reader(url), office("shuangqiao"), ranking.fetch, month, fixed_today=date.fromisoformat(TODAY))
        expected = {row.unit.code: row.figures for group in own.groups for row in group.rows}
        assert {row.unit.code: row.of_months[month] for row in result.rows} == expected


def test_each_result_is_asked_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """No report of a period is read twice for one overview, whether it is asked for alone or with others."""
    asked: Counter[tuple[str, str]] = Counter()
    rankings: list[object] = []
    ways = [(module, "fetch") for module in (casualties, ranking, scores, submissions)]
    basis = (ranking_basis, "read", ranking)
    for module, way, of in [*((*one, one[0]) for one in ways), basis, (scores, "score_each", scores),
                            (submissions, "fetch_each", submissions)]:  # fmt: skip
        read = getattr(module, way)

        def counted(*given: Any, _read: Any = read, _of: Any = of, **named: Any) -> Any:
            periods = given[1] if isinstance(given[1], list | tuple) else (given[1],)
            asked.update((_of.__name__, str(period)) for period in periods)
            rankings.extend([given] if _of is ranking else [])
            return _read(*given, **named)

        monkeypatch.setattr(module, way, counted)
    _result(server)
    assert {name for name, _period in asked} == {module.__name__ for module, _way in ways}
    assert set(asked.values()) == {1}
    assert len(rankings) == 1


def test_every_matter_leads_to_where_it_is_dealt_with(server: Server, desk: Watched) -> None:
    """The demo's decision, overdue report, refused and missing workbooks, closures, missing person and review are listed;
    each link leads to a page that has what it promises; one to each page is opened, of the others the server is asked."""
    page = desk.open(server, "/overview")
    lines = page.locator("#overview-decisions li, #overview-matters li")
    texts = lines.all_inner_texts()
    for said in ("拟一票否决", "调查报告", "未通过", "物流中心未报", "提请关闭", "下落不明1人", "待评审"):
        assert any(said in text for text in texts), said
    addresses = [link.get_attribute("href") for link in lines.get_by_role("link").all()]
    assert len(addresses) == len(texts)
    decided = page.locator("#overview-decisions li").all_inner_texts()
    assert all(any(said in one for one in decided) for said in ("拟一票否决", "提请关闭", "下落不明1人", "待评审"))
    assert not any("未报" in one for one in decided)
    figures = page.locator("#overview-tiles a, #overview-goals a").all()
    places = {re.sub(r"\?[^#]*", "", str(one.get_attribute("href"))): one.get_attribute("href") for one in figures}
    opened = set()
    for address in dict.fromkeys([*addresses, *places.values()]):
        assert address is not None
        (path, _, _), (_, _, part) = address.partition("?"), address.partition("#")
        there = identities(page_answered(page, server.url + address))
        assert "not-found" not in there
        assert {part} <= {*there, ""}, address
        if path not in opened:
            opened.add(path)
            page = desk.open(server, address)
            assert page.locator("#not-found").count() == 0
            if part:
                assert page.locator(f"#{part}").count() == 1, address
    assert desk.troubles == []


def test_a_cell_leads_to_the_score_taken_apart(server: Server, desk: Watched) -> None:
    """From a unit's month in the heat map to that unit's score in that month's ranking."""
    page = desk.open(server, "/overview")
    cell = page.locator("#overview-heat tr", has_text="邮亭镇").locator("td a").nth(5)
    score = cell.inner_text().splitlines()[0]
    cell.click()
    expect(page.locator("#unit")).to_contain_text(score)
    assert "period=2022-06" in page.url
    assert "unit=youting" in page.url


def test_past_month_counts_deaths_to_its_end(server: Server, desk: Watched) -> None:
    """Choosing June changes the address; deaths are those up to 30 June, and the page says so."""
    page = desk.open(server, "/overview")
    page.get_by_label("月份").select_option("2022-06")
    expect(page.locator("#overview-message")).to_contain_text("2022年6月30日")
    settle(page)
    assert "period=2022-06" in page.url
    deaths = _result(server, "2022-06").casualties.total.deaths
    assert re.search(rf"^{deaths}\s*人", page.locator("#overview-deaths").inner_text(), re.M)
    assert page.locator("#overview-heat thead th").count() == 1 + 6


def test_quarters_are_submitted_like_months(server: Server, desk: Watched) -> None:
    """The tab of quarters shows self-assessments unit by unit and the office's review; the form offers the quarter."""
    page = desk.open(server, "/submissions")
    page.get_by_role("link", name="季报").click()
    expect(page.locator("#submissions-message")).to_contain_text("2022年第3季度")
    settle(page)
    assert "period=2022Q3" in page.url
    assert "未报" in page.locator("#submissions-matrix tr", has_text="物流中心").inner_text()
    assert "按时" in page.locator("#submissions-matrix-alone tr", has_text="十条措施评审").inner_text()
    options = page.locator("#submissions-for-period option").all_text_contents()
    assert {"2022年9月", "2022年第3季度", "2022年", "2019年"} <= set(options)


def test_year_of_comparison_is_in_the_address(server: Server, desk: Watched) -> None:
    """Last year unless the address says another; sums filed as such are called so; an unknown year is dashes and a reason."""
    page = desk.open(server, "/ranking?period=2022-09&group=town&unit=youting")
    table = page.locator("#monthly-ranking-compared")
    assert "2021年9月" in table.inner_text()
    assert "历史数据" in table.inner_text()
    page = desk.open(server, "/ranking?period=2022-09&group=town&unit=youting&compare=2019")
    assert "2019年9月" in table.inner_text()
    assert table.locator("tbody tr").first.locator("td").all_inner_texts()[-2:] == ["—", "—"]
    assert "2019年9月：本单位既无台账，也无历史数据。" in page.locator("#unit").inner_text()
    page.locator("#monthly-ranking-compared-years").get_by_role("link", name="2021年").click()
    expect(table).to_contain_text("2021年9月")
    assert "compare" not in page.url
    page = desk.open(server, "/ranking?period=2022-09&unit=youting&compare=2022")
    assert "2021年9月" in table.inner_text()
    assert desk.troubles == []
