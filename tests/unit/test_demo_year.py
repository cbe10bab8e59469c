"""The demo year's register, duty, hazards, findings, tip-offs and warnings keep CONTRACT's rules before any loader reads them."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from etl.demo import FURTHER, disasters, front_line, hazards, supervision, task_progress, tip_offs
from etl.demo.enterprises import CODE_ALPHABET, TOWNS, register
from etl.demo.irregular_filings import year_of_sendings
from etl.demo.layouts.tables import Facts
from etl.demo.offices import OFFICES
from etl.demo.plan_items import duties
from etl.demo.register_changes import changes, listed, lister
from etl.demo.registered import by_name, enterprises, unlisted
from etl.demo.reports import Report
from etl.demo.workdays import MONTHS, YEAR, month_end
from etl.table.values.credit_codes import check_digit_holds

UNITS = {name for office in OFFICES for name in (office.name, office.short)}
NUMBERS = {"hazards": "隐患编号", "supervision": "编号", "tipoffs": "编号", "disasters": "编号"}
BEGINS = {"hazards": "发现日期", "supervision": "日期", "tipoffs": "日期", "disasters": "预警时间"}
STEPS = ("预警时间", "叫应时间", "应答时间", "反馈时间")
CHOICES = {
    "规模": {"规上工业", "限上商贸", "资质建筑", "其他"},
    "隐患等级": {"一般", "重大"},
    "方式": {"明查暗访", "交叉督查", "督办交办"},
    "属地": {*TOWNS},
    "行业主管部门": UNITS,
    "被督查单位": UNITS,
    "行业领域": {one.sector for one in enterprises()},
}
REQUIRED = {
    "enterprises": ("企业名称", "统一社会信用代码", "行业领域", "属地", "规模"),
    "frontline": ("企业名称", "统一社会信用代码", *front_line.DOCUMENTS),
    "hazards": ("隐患编号", "发现日期", "企业名称", "行业领域", "隐患描述", "隐患等级", "整改期限"),
    "supervision": ("编号", "日期", "方式", "被督查单位", "发现问题"),
    "tipoffs": ("编号", "日期", "类型", "对象"),
    "disasters": ("编号", "类型", "属地"),
    "tasks": ("任务编号", "应完成数", "已完成数", "进展情况"),
}


@pytest.fixture(scope="module")
def reports() -> Mapping[str, list[Report]]:
    """What is sent of each kind, without what is sent wrong."""
    return {kind: [one for one in of_kind() if not one.slips] for kind, of_kind in FURTHER.items()}


def _rows(reports: list[Report]) -> Iterator[tuple[Report, Facts]]:
    return ((report, row) for report in reports for row in report.paper.rows)


def _day(fact: Any) -> date:
    return fact.date() if isinstance(fact, datetime) else fact


@pytest.mark.parametrize("kind", FURTHER)
def test_rows_are_whole_and_told_in_their_time(kind: str, reports: Mapping[str, list[Report]]) -> None:
    """Required cells are filled, choices are choices, and nothing is told before it happened or of a later period."""
    told = list(_rows(reports[kind]))
    assert told
    for report, row in told:
        assert [name for name in REQUIRED[kind] if row.get(name) is None] == []
        assert row.keys() <= {*report.paper.form.fields}
        assert [name for name, choice in CHOICES.items() if name in row and row[name] not in choice] == []
        until = report.received_at.date()
        assert until <= date(YEAR, 10, 8)
        happened = [name for name in row if name.endswith("日期") and not name.startswith(("起始", "终止"))]
        assert [name for name in (*happened, *STEPS) if row.get(name) and _day(row[name]) > until] == []
        if report.paper.month is not None:
            assert until > month_end(report.paper.month)
            begun = row.get(BEGINS.get(kind, "完成日期"))
            assert begun is None or _day(begun) <= month_end(report.paper.month)
        if report.paper.quarter is not None:
            assert until > month_end(3 * report.paper.quarter)
            assert row.get("发生日期") is None or _day(row["发生日期"]) <= month_end(3 * report.paper.quarter)


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_are_unique_and_news_is_new(kind: str, reports: Mapping[str, list[Report]]) -> None:
    """A number stands once in a sheet and for one thing of the unit; told again, something of it is new."""
    before: dict[tuple[str, Any], Facts] = {}
    for report in reports[kind]:
        numbers = [row[NUMBERS[kind]] for row in report.paper.rows]
        assert len(numbers) == len(set(numbers))
        for row in report.paper.rows:
            key = (report.paper.office.code, row[NUMBERS[kind]])
            last = before.setdefault(key, {})
            assert last != row
            assert last.get(BEGINS[kind], row[BEGINS[kind]]) == row[BEGINS[kind]]
            before[key] = row
    assert len(before) > len({unit for unit, _number in before})


def test_days_of_hazards_findings_and_tip_offs_are_in_order(reports: Mapping[str, list[Report]]) -> None:
    """No deadline, answer, closing or reward lies before the day on which it began; none is paid that was not awarded."""
    for kind, later in (
        ("hazards", ("整改期限", "销号日期")),
        ("supervision", ("整改期限", "回复日期", "销号日期")),
        ("tipoffs", ("办结日期", "发放日期")),
    ):
        for _report, row in _rows(reports[kind]):
            assert [name for name in later if row.get(name) and _day(row[name]) < _day(row[BEGINS[kind]])] == []
            assert not row.get("发放日期") or row.get("奖励金额(元)")
            assert row.get("类型", tip_offs.REPORTED) in tip_offs.TYPES


def test_warnings_go_step_by_step(reports: Mapping[str, list[Report]]) -> None:
    """Each step has the one before, and not after it; what happened was warned of before; nobody is helped twice."""
    for _report, row in _rows(reports["disasters"]):
        moments: list[Any] = [row[step] for step in STEPS if row.get(step)]
        assert moments == sorted(moments)
        assert [bool(row.get(step)) for step in STEPS] == sorted((bool(row.get(s)) for s in STEPS), reverse=True)
        happened: Any = row.get("发生时间")
        assert happened is None or happened >= moments[0]
        helped, in_need = (row.get(name, 0) for name in ("已保障人数", "需救助人数"))
        assert isinstance(helped, int)
        assert isinstance(in_need, int)
        assert helped <= in_need
        assert not row.get("责任事件")


def test_only_what_is_complete_has_a_day_of_completion(reports: Mapping[str, list[Report]]) -> None:
    """Front-line duty: the day stands beside four documents and nowhere else."""
    for _report, row in _rows(reports["frontline"]):
        assert ("完成日期" in row) == all(row[name] for name in front_line.DOCUMENTS)


def test_register_has_four_hundred_enterprises_and_those_of_the_ledgers() -> None:
    """Names and codes are each one's own and those that the ledgers of inspections have; but for a few all are listed."""
    assert len(listed()) == len({one.code for one in listed()}) == len({one.name for one in listed()}) == 400
    for place in register():
        assert by_name()[place.name].code == place.code or place.code is None
        assert (by_name()[place.name].sector, by_name()[place.name].town) == (place.sector, place.town)
    assert {one.town for one in listed()} == {*TOWNS}
    assert {one.code for one in enterprises()} - {one.code for one in listed()} == unlisted()
    copied_wrongly = [one.code for one in enterprises() if not check_digit_holds(one.code)]
    assert {len(one.code) for one in enterprises()} == {18}
    assert {letter for one in enterprises() for letter in one.code} <= {*CODE_ALPHABET}
    assert set(copied_wrongly) <= {place.code for place in register()}


def test_lists_tell_of_one_enterprise_once_a_day(reports: Mapping[str, list[Report]]) -> None:
    """A code stands in several rows of a list only with spans that do not overlap; all but one unit's list is sent."""
    moved = set()
    for report in reports["enterprises"]:
        spans = defaultdict(list)
        for row in report.paper.rows:
            first: Any = row.get("起始日期", date.min)
            last: Any = row.get("终止日期", date.max)
            assert first <= last
            spans[row["统一社会信用代码"]].append((first, last))
        for code, told in spans.items():
            told.sort()
            assert all(before[1] < after[0] for before, after in itertools.pairwise(told))
            moved |= {code} if len(told) > 1 else set()
    assert moved == changes().moved.keys()
    senders = {report.paper.office.code for report in reports["enterprises"]}
    due = {office.code for office in OFFICES if office.group != "centre"}
    assert due - senders == {"traffic_police"}
    assert {lister(one) for one in listed()} <= {r.paper.office.short for r in reports["enterprises"]}


def test_major_hazards_are_those_of_the_ledgers_but_for_a_few_months() -> None:
    """By unit and month the major hazards found are those that the accepted ledgers of inspections count."""
    counted: Counter[tuple[str, int]] = Counter()
    for sending in year_of_sendings():
        if sending.story != "refused":
            ledger = sending.filing.ledger
            counted[sending.filing.office.code, ledger.month] = sum(case.major for case in ledger.cases)
    told = Counter(
        (office.code, day.month)
        for office in OFFICES
        for day, row in (record.news[0] for record in hazards.records(office))
        if row["隐患等级"] == "重大" and day.year == YEAR
    )
    differing = {key for key in counted | told if counted[key] != told[key]}
    assert {("emergency", 6), ("recycling", 2), ("market", 7)} < differing
    assert len(differing) <= 6
    assert sum(told.values()) > 90


def test_items_of_the_plan_come_on(reports: Mapping[str, list[Report]]) -> None:
    """Of what is due by the end of September four in five are done in time, some late, some not; every office has news in each
    quarter but for one that is silent once; somebody takes back what was done, and somebody owes another number than the plan says.
    """
    end, stood = date(YEAR, 9, 30), Counter[str]()
    for office in OFFICES:
        for duty in duties(office):
            before = date.min
            for due, owed in (one for one in duty.dues if one[0] <= end):
                steps = [step for step in task_progress.steps(office, duty) if step.day > before or not duty.level]
                reached = [step.day for step in steps if step.total >= owed]
                stood["done" if any(day <= due for day in reached) else "late" if reached else "overdue"] += 1
                before = due
    assert 0.7 < stood["done"] / stood.total() < 0.9
    assert min(stood["late"], stood["overdue"]) > 5
    told = Counter((report.paper.office.code, report.paper.quarter) for report in reports["tasks"])
    assert {(office.code, quarter) for office in OFFICES for quarter in (1, 2, 3)} - set(told) == {("youting", 2)}
    drills = {
        report.paper.quarter: row["已完成数"]
        for report, row in _rows(reports["tasks"])
        if report.paper.office.code == "tongqiao" and row["任务编号"] == 15.5
    }
    assert (drills[2], drills[3]) == (1, 0)
    owed = {row["应完成数"] for _report, row in _rows(reports["tasks"]) if row["任务编号"] in {11.4, "11.4"}}
    assert owed == {6, 12}


def test_how_many_there_are_of_each() -> None:
    """About as many as a zone of this size has in nine months, in all their ways."""
    found = [record.known(date(YEAR, 9, 30)) for office in OFFICES for record in hazards.records(office)]
    assert 230 <= len(found) <= 280
    overdue = [row for row in found if "销号日期" not in row and _day(row["整改期限"]) < date(YEAR, 9, 30)]
    assert 20 <= len(overdue) <= 50
    findings = [record.known(date(YEAR, 9, 30)) for record in supervision.records()]
    assert (len(findings), len({row["方式"] for row in findings})) == (60, 3)
    assert any(row["曝光"] for row in findings)
    reported = [record.known(date(YEAR, 9, 30)) for office in OFFICES for record in tip_offs.records(office)]
    assert (len(reported), {row["类型"] for row in reported}) == (80, {*tip_offs.TYPES})
    rewarded = [row for row in reported if row.get("奖励金额(元)")]
    assert 0 < sum("发放日期" in row for row in rewarded) < len(rewarded)
    warned = [record.known(date(YEAR, 9, 30)) for office in OFFICES for record in disasters.records(office)]
    assert len(warned) == 40
    assert sum(int(str(row.get("转移人数", 0))) for row in warned) > 200


@pytest.mark.parametrize("kind", FURTHER)
def test_silence_and_mistakes(kind: str, reports: Mapping[str, list[Report]]) -> None:
    """In every kind something went otherwise; what was refused came again, and the silent unit tells all in September."""
    stories = Counter(report.story for report in FURTHER[kind]() if report.story)
    assert stories["late"] or stories["refused"]
    assert stories["refused"] == stories["corrected"]
    if kind == "frontline":
        months = {report.paper.month for report in reports[kind] if report.paper.office.code == "youting"}
        assert {*MONTHS} - months == {1, 6, 7, 8}
