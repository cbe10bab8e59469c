"""New year's day: what is open goes on by its own dates, nothing is lost and nothing counted twice; the old year stays (METHOD section 5.8)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboards.components.page_list import PAGES
from dashboards.results import cases, plan_told, ranking, scores, scores_printed
from dashboards.results import disasters as disasters_report
from dashboards.results import hazards as hazards_report
from dashboards.results import supervision as supervision_report
from dashboards.results import tipoffs as tipoffs_report
from dashboards.results import work_plan as plan_report
from dashboards.results.reading import Reading, begin
from dashboards.results.work_plan import NoPlan
from data.doctor import examine
from data.intake.inbox import Choice
from data.intake.plan_adoption import adopt_plan
from data.people.scope import Role, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter, Year
from etl.loading.load import Loader
from tests.integration.ledgers import Book, ledger, number, send, targets
from tests.integration.papers import disaster, disasters, enterprises, hazards, supervision, tasks, tipoffs
from tests.integration.sites import made
from tests.integration.test_plan_versions import TEXT, configured, desk
from tests.integration.test_schemes import page

NEW_YEAR, ELEVENTH, LATER = date(2023, 1, 1), date(2023, 1, 11), date(2023, 2, 10)
COMPANY = ["重庆宏达机械有限公司", "91502914MA3FQEFLC0"]
HAZARD = [*COMPANY, "工贸", "龙滩子街道", "护栏缺失", "重大", "部门级"]


def hazard(number: str, found: date, due: date, crossed_off: date | None = None) -> list[Any]:
    """A row of the ledger of hazards."""
    return [number, found, *HAZARD, due, None, crossed_off, None]


def finding(number: str, ordered: date, due: date, answered: date | None = None) -> list[Any]:
    """A row of the ledger of supervision."""
    return [number, ordered, "明查暗访", "龙滩子街道", "值班脱岗", due, answered, "否", None, None]


def sent(settings: Settings, folder: Path, day: date, *books: Book) -> None:
    """Workbooks that came in on a day, all accepted."""
    at = datetime(day.year, day.month, day.day, 10, tzinfo=timezone(timedelta(hours=8)))
    with Loader(settings.model_copy(update={"today": day})) as loader:
        for book in books:
            outcome = send(loader, book, folder, at=at, choice=Choice(note="更正"))
            assert (outcome.status, outcome.errors) == ("accepted", []), book.meta


def year_s_end(settings: Settings, folder: Path) -> None:
    """2022 ends: of two hazards one is crossed off, of two findings one answered, a tip-off is open, items of the plan are undone."""
    configured(settings)
    sent(settings, folder, date(2022, 3, 1), targets(), enterprises())
    done = ["1.3", None, 2, 1, None, date(2022, 11, 5), "正在推进", "印发文件", None]
    sent(
        settings, folder, date(2022, 12, 31),
        hazards("2022-11", "longtanzi", hazard("隐1", date(2022, 11, 3), date(2022, 11, 20), date(2022, 11, 18)),
                hazard("隐2", date(2022, 11, 8), date(2023, 1, 10))),
        supervision("2022-11", finding("督1", date(2022, 11, 4), date(2022, 11, 20), date(2022, 11, 19)),
                    finding("督2", date(2022, 11, 9), date(2023, 1, 5))),
        tipoffs("2022-11", "longtanzi", ["举1", date(2022, 11, 21), "举报", COMPANY[0], "工贸", *[None] * 5]),
        tasks("2022Q4", "longtanzi", done),
    )  # fmt: skip


def begun(settings: Settings, folder: Path) -> None:
    """January 2023: the plan and caps of the year, what was open told on, and things of its own."""
    adopt_plan(desk(settings, 10), TEXT, reason="新年度")
    sent(
        settings, folder, date(2023, 2, 3), targets(2023), enterprises(2023),
        hazards("2023-01", "longtanzi", hazard("隐2", date(2022, 11, 8), date(2023, 1, 10), date(2023, 1, 20)),
                hazard("隐3", date(2023, 1, 9), date(2023, 2, 9))),
        supervision("2023-01", finding("督2", date(2022, 11, 9), date(2023, 1, 5), date(2023, 1, 4)),
                    finding("督3", date(2023, 1, 12), date(2023, 1, 30))),
        tipoffs("2023-01", "longtanzi", ["举1", date(2022, 11, 21), "举报", COMPANY[0], "工贸", "否", None, None, date(2023, 1, 15), None]),
    )  # fmt: skip


@contextmanager
def reading(settings: Settings, today: date) -> Iterator[Reading]:
    """The office's, on a day."""
    with begin(reader(settings.database_url), office(settings.zone), today, None) as begun_reading:
        yield begun_reading


def of_day(settings: Settings, today: date, day: date) -> dict[str, Any]:
    """The zone's figures as of a day, asked on another."""
    month = Month(day.year, day.month)
    with reading(settings, today) as asked:
        found = hazards_report.as_dict(hazards_report.fetch(asked, month, as_of=day))
        answered = supervision_report.as_dict(supervision_report.fetch(asked, month, as_of=day))
        told = tipoffs_report.as_dict(tipoffs_report.fetch(asked, month, as_of=day))
    return {
        "hazards": found["zone"]["major"],
        "supervision": answered["zone"],
        "tipoffs": next((one for one in told["types"] if one["type"] == "举报"), None),
    }


def test_what_is_open_goes_on_by_its_own_dates_and_counts_once(installation: Settings, tmp_path: Path) -> None:
    """On New Year's day this year's counts begin at 0 and what is open stands there; later it is overdue, answered, crossed off by its days."""
    year_s_end(installation, tmp_path)
    last = of_day(installation, NEW_YEAR, date(2022, 12, 31))
    first = of_day(installation, NEW_YEAR, NEW_YEAR)
    assert [last["hazards"][name] for name in ("found_this_year", "carried_over", "open", "overdue")] == [2, 0, 1, 0]
    assert [first["hazards"][name] for name in ("found_this_year", "carried_over", "open", "overdue")] == [0, 1, 1, 0]
    overdue = of_day(installation, ELEVENTH, ELEVENTH)
    assert (overdue["hazards"]["overdue"], overdue["supervision"]["overdue"]) == (1, 1)
    assert first["tipoffs"]["overdue"] + first["tipoffs"]["received"] - first["tipoffs"]["closed"] >= 1
    begun(installation, tmp_path)
    later = of_day(installation, LATER, LATER)
    assert [later["hazards"][name] for name in ("found_this_year", "carried_over", "open", "overdue")] == [1, 1, 1, 1]
    assert [later["hazards"][name] for name in ("found", "crossed_off", "open")] == [3, 2, 1], "each once"
    assert (later["supervision"]["ordered"], later["supervision"]["overdue"]) == (3, 1), "each once"
    assert later["tipoffs"]["overdue"] == 0
    assert of_day(installation, LATER, date(2022, 12, 31)) == last, "the old year stays as it was"
    assert examine(installation) == ([], [])


def test_cases_and_warnings_that_are_open_cross_the_year(installation: Settings, tmp_path: Path) -> None:
    """A case due in January stays open over New Year, is overdue by its day, closed by January's ledger and counts in January alone;
    a warning fed back after midnight is one warning.
    """
    configured(installation)
    december = ledger("2022-12").put({"L3": date(2023, 1, 10)})
    del december.sheets["整改复查"][1:]
    called = {"叫应时间": "2022-12-31 22:40", "应答时间": "2022-12-31 22:50"}
    warned = disaster("灾1", None, "2022-12-31 22:30", **called)
    sent(
        installation,
        tmp_path,
        date(2022, 12, 31),
        targets(),
        enterprises(),
        december,
        disasters("2022-12", "longtanzi", warned),
    )
    assert [open_cases(installation, day) for day in (date(2022, 12, 31), NEW_YEAR, date(2023, 1, 21))] == [
        ({number(2, "2022-12")}, 0), ({number(2, "2022-12")}, 0), ({number(2, "2022-12")}, 1),
    ]  # fmt: skip
    january = ledger("2023-01")
    january.sheets["整改复查"][1:] = [[number(2, "2022-12"), date(2023, 1, 8), "合格", *[None] * 6]]
    fed_back = disaster("灾1", None, "2022-12-31 22:30", **called, 反馈时间="2023-01-01 06:00")
    sent(
        installation,
        tmp_path,
        date(2023, 2, 3),
        targets(2023),
        enterprises(2023),
        january,
        disasters("2023-01", "longtanzi", fed_back),
    )
    assert open_cases(installation, LATER) == ({number(2, "2023-01")}, 1)
    assert [due_cases(installation, Month(2022, 12)), due_cases(installation, Month(2023, 1))] == [(1, 1), (3, 2)]
    assert [steps(installation, day) for day in (date(2022, 12, 31), NEW_YEAR)] == [(1, 1, 0), (1, 1, 1)]
    assert examine(installation) == ([], [])


def open_cases(settings: Settings, today: date) -> tuple[set[str], int]:
    """The numbers of 龙滩子街道's cases that are open on a day, and how many of them are overdue."""
    with reading(settings, today) as asked:
        found = cases.fetch_unclosed(asked, "longtanzi", 10)
    return {one.number for one in found.cases}, found.overdue


def due_cases(settings: Settings, month: Month) -> tuple[int, int]:
    """How many of its cases fell due in a month, and how many of those were closed in time."""
    with reading(settings, LATER) as asked:
        (row,) = [row for row in ranking.fetch(asked, month).group("town").rows if row.unit.code == "longtanzi"]
    return row.counts.sums.due_cases, row.counts.sums.closed_cases


def steps(settings: Settings, day: date) -> tuple[int, int, int]:
    """Warnings, answers and feedbacks as of a day, as known later."""
    with reading(settings, LATER) as asked:
        whole = disasters_report.fetch(asked, Month(day.year, day.month), as_of=day).standing.whole
    return whole.warnings, whole.answered, whole.fed_back


def test_a_plan_ends_with_its_year_and_its_quarters_stay(installation: Settings, tmp_path: Path) -> None:
    """2022's plan, milestones and scores of its last day are the same before and after; 2023 has none until it is adopted."""
    year_s_end(installation, tmp_path)

    def old(today: date) -> str:
        with reading(installation, today) as asked:
            plan = plan_report.as_dict(
                plan_report.fetch(asked, Year(2022), as_of=date(2022, 12, 31), known_by=NEW_YEAR)
            )
            quarter = scores_printed.as_dict(scores.fetch(asked, Quarter(2022, 4), known_by=NEW_YEAR))
        return json.dumps([plan, quarter], default=str, sort_keys=True)

    before = old(NEW_YEAR)
    with reading(installation, NEW_YEAR) as asked, pytest.raises(NoPlan, match="2023年"):
        plan_report.fetch(asked, Year(2023))
    begun(installation, tmp_path)
    assert old(LATER) == before
    with reading(installation, LATER) as asked:
        new = plan_report.fetch(asked, Year(2023))
    numbers = {one.item.number: one.numerator for one in new.standing.items}
    assert numbers["1.2"] == 0, "what was told of last year's items counts nowhere"
    assert {due.day.year for one in new.standing.items for due in one.dues} == {2023}


@pytest.mark.parametrize("day", [NEW_YEAR, ELEVENTH])
def test_every_page_answers_on_the_first_days(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: date
) -> None:
    """With nothing filed of the new year yet, and without its plan, caps and register."""
    year_s_end(installation, tmp_path)
    site = made(installation.model_copy(update={"today": day}), monkeypatch)
    for role in (Role.OFFICE, Role.UNIT):
        visitor = site.signed_in(role)
        for one in PAGES:
            told = "".join(page(visitor, one.path))
            assert told, one.path
            assert "无法显示" not in told, (one.path, told)


def test_the_next_year_s_plan_asks_for_its_own_items(
    installation: Settings, environment: dict[str, str], tmp_path: Path
) -> None:
    """The template of 2023Q1 holds the new plan's items alone, a workbook of it is accepted, its milestones count; 2022's items are refused."""
    year_s_end(installation, tmp_path)
    adopt_plan(desk(installation, 10), TEXT, reason="新年度")
    in_april = installation.model_copy(update={"today": date(2023, 4, 5)})
    template = tmp_path / "template.xlsx"
    done = subprocess.run(
        [sys.executable, "-m", "etl", "template", "tasks", "--unit", "龙滩子街道", "--period", "2023Q1", "-o", str(template)],
        env={**os.environ, **environment, "SUPERVISION_TODAY": "2023-04-05"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown = [str(cell.value) for row in openpyxl.load_workbook(template).worksheets[0].iter_rows() for cell in row]
    assert "领导带队检查" in shown
    assert "1.3" not in shown
    row = ["1.2", None, 4, 1, None, date(2023, 3, 20), "已检查", "检查记录", None]
    sent(in_april, tmp_path, date(2023, 4, 5), tasks("2023Q1", "longtanzi", row))
    with reading(installation, date(2023, 4, 5)) as asked:
        found = scores.fetch(asked, Quarter(2023, 1))
        plan = plan_report.fetch(asked, Year(2023))
        milestones = plan_told.milestones(
            asked, [Quarter(2022, 4), Quarter(2023, 1)], asked.zone.calendar.end_of(asked.today)
        )
    assert found.quarter == Quarter(2023, 1)
    assert next(one.numerator for one in plan.standing.items if one.item.number == "1.2") == 1
    assert milestones[Quarter(2023, 1)]["longtanzi"] == 100
    assert milestones[Quarter(2023, 1)]["shuanglu"] == 0
    assert milestones[Quarter(2023, 1)]["economy"] is None
    with Loader(in_april) as loader:
        wrong = send(loader, tasks("2023Q1", "shuanglu", ["7.6", *row[1:]]), tmp_path, choice=Choice(),
                     at=datetime(2023, 4, 5, 10, tzinfo=timezone(timedelta(hours=8))))  # fmt: skip
    assert wrong.status == "rejected"
