"""What several pages of the demo year tell of the same thing agrees, and no sentence says more than whoever reads it is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboards.results import areas, calendar_days, plan_items, what_is_late, work_plan
from dashboards.results.calendar_days import CalendarEntry, WorkbooksDue
from dashboards.results.reading import Reading
from data.people.scope import Role, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter
from tests.fetching import fetched
from tests.integration.page_asked import texts
from tests.integration.sites import Site, made
from tests.integration.test_guessing import ask, body, page

TODAY = date(2022, 10, 8)


@pytest.fixture
def site(year_loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The demo year on the web."""
    return made(year_loaded, monkeypatch)


def shown(site: Site, path: str, search: str, role: Role = Role.OFFICE) -> str:
    """The words of a page."""
    answer = page(site.signed_in(role), path, search)
    return "\n".join(texts(answer.get_json()["response"]["_pages_content"]["children"]))


def further(site: Site, name: str, part: str, search: str, role: Role = Role.OFFICE) -> str:
    """The words of what stands further down on a page."""
    visitor = site.signed_in(role)
    asked = {f"{name}-asked-0-later.data": {"search": search}}
    answer = ask(visitor, body(visitor, f"..{name}-{part}-part.children..", asked)).get_json()["response"]
    return "\n".join(texts(answer[f"{name}-{part}-part"]["children"]))


def seen(settings: Settings, what: Any, *asked: Any) -> Any:
    """A result as the office sees it."""
    return fetched(reader(settings.database_url), office(settings.zone), what, *asked, fixed_today=TODAY)


def test_what_is_late_stands_on_the_day_of_the_page(site: Site, year_loaded: Settings) -> None:
    """The latest month's overview tells what is late today, a past month's what was late at its end; its pages say the same."""
    words = further(site, "overview", "further", "")
    assert "逾期事项与责任单位（截至2022年10月8日）" in words
    plan = seen(year_loaded, work_plan.of_day, TODAY)
    overdue = plan_items.counts(plan.standing.items)["overdue"]
    assert f"重点任务期限\n{overdue}\n" in words
    assert f"逾期{overdue}" in shown(site, "/work-plan", "?day=2022-10-08")
    of_today = seen(year_loaded, areas.fetch, Month(2022, 9))
    late = {one.kind: one.number for one in what_is_late.late_things(of_today, plan)}
    assert late["major_hazards"] == of_today.hazards.whole.major.overdue
    assert seen(year_loaded, areas.fetch, Month(2022, 8)).day == date(2022, 8, 31)
    assert "截至2022年8月31日" in further(site, "overview", "further", "?period=2022-08")
    assert "截至2022年10月8日" in further(site, "unit-profile", "areas", "?unit=tongqiao&period=2022-09")


def test_nothing_late_is_said_of_what_it_is_about(site: Site) -> None:
    """A unit without anything overdue of the plan is not told of major hazards there."""
    words = further(site, "overview", "further", "", Role.UNIT)
    assert "没有逾期的\n" in words
    assert "没有逾期的重大隐患" not in words


def test_who_was_refused_is_never_said_not_to_have_reported(site: Site) -> None:
    """The profile says 未通过 with the moment when the workbook came, as ranking and overview do (METHOD section 2)."""
    words = shown(site, "/unit", "?unit=construction&period=2022-09")
    assert words.count("未通过（10月5日 16:48收到）") == 2  # in the sentence and in the month's line
    assert "未报、未通过" not in words
    assert "执法检查台账\n（10月5日 16:48收到）" in words


def test_review_is_done_once_all_of_it_is(site: Site, year_loaded: Settings) -> None:
    """The calendar calls a quarter's review done where the overview lists no unit as not reviewed, and only there."""

    def reviews(reading: Reading) -> dict[Quarter, CalendarEntry]:
        return {
            about.period: entry
            for entry in calendar_days.of_year(reading, 2022)
            if isinstance(about := entry.about, WorkbooksDue) and isinstance(about.period, Quarter)
            and any(kind.kind == calendar_days.REVIEW for kind in about.kinds)
        }  # fmt: skip

    found = seen(year_loaded, reviews)
    assert found[Quarter(2022, 2)].state == "done"
    assert found[Quarter(2022, 3)].state == "to_come"
    assert "2022年第3季度十条措施：" in shown(site, "/overview", "")


def test_a_unit_is_told_what_it_did_itself(site: Site) -> None:
    """Of enterprises that others inspected or told of it reads that it did not itself: not that nobody did."""
    covered = shown(site, "/inspection-coverage", "", Role.UNIT)
    assert "龙滩子街道从未检查" in covered
    assert "\n从未检查\n" not in covered
    told = shown(site, "/enterprise", "?code=91500111MA9PGHYW85", Role.UNIT)
    assert "龙滩子街道没有在重大隐患台账中报过该企业的隐患。" in told
    assert "没有单位在重大隐患台账中" not in told
