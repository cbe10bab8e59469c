"""Supervision and tip-offs, what the pages themselves work out: states, sentences, the months' columns, the order of standings."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method import supervision as method
from dashboards.method import tipoffs as tipoffs_method
from dashboards.method.supervision import OUTCOMES, Finding, SupervisionStanding
from dashboards.method.tipoffs import CASE_STATES, Tipoff, TipoffsStanding
from dashboards.pages.supervision import figures, standings
from dashboards.pages.supervision import message as said_of_findings
from dashboards.pages.tipoffs import message as said_of_cases
from dashboards.pages.tipoffs import standings as of_cases
from dashboards.results.supervision import LongestOverdue, SupervisionReport
from dashboards.results.tipoffs import TipoffsReport
from data.language import speaking
from data.zone.periods import Month
from data.zone.schemes import TipoffsScheme, shipped

SCHEME = next(one for _text, one in shipped() if isinstance(one, TipoffsScheme))
DAY = date(2022, 5, 10)
NAMES = (("a", "甲镇"), ("b", "乙镇"), ("c", "丙镇"), ("d", "丁镇"))
UNITS = [SimpleNamespace(code=code, short_name=name, confirmed=True) for code, name in NAMES]
ZONE = SimpleNamespace(units=UNITS, unit_by_code={one.code: one for one in UNITS})
OWN = SimpleNamespace(name="甲镇人民政府")
NONE = SupervisionStanding(0, 0, 0, 0, 0, 0, 0)


def finding(due: int | None = None, answered: int | None = None, closed: int | None = None, unit: str = "a") -> Finding:
    """A finding of 40 days before ``DAY``; its days are so many after that one."""
    days = [None if one is None else DAY + timedelta(days=one) for one in (due, answered, closed)]
    return Finding(DAY - timedelta(days=40), "明查暗访", unit, days[0], days[1], exposed=False, closed_on=days[2])


@pytest.mark.parametrize(
    ("one", "outcome", "overdue"),
    [
        (finding(due=-1), "overdue", 1),
        (finding(due=0), "waiting", None),
        (finding(), "waiting", None),
        (finding(due=-5, answered=-4), "late", None),
        (finding(due=-5, answered=-5), "answered", None),
        (finding(answered=0), "answered", None),
        (finding(due=-3, answered=1), "overdue", 3),
        (finding(due=-3, closed=-1), "overdue", 3),
    ],
)
def test_what_became_of_a_finding(one: Finding, outcome: str, overdue: int | None) -> None:
    """On its last day nothing is overdue; without a deadline never; what is answered later is not answered on the day."""
    assert (method.outcome(one, DAY), method.days_overdue(one, DAY)) == (outcome, overdue)


NEAR = st.none() | st.integers(-45, 5)


@given(st.lists(st.builds(finding, NEAR, NEAR, NEAR), max_size=8))
def test_outcomes_add_up_to_the_reports_figures(found: list[Finding]) -> None:
    """Overdue as METHOD counts it; answered in time or late are those that are answered."""
    columns = method.columns_of(found)
    told, whole = Counter(method.outcome(one, DAY) for one in found), method.standing(columns, DAY)
    assert [OUTCOMES[at] for at in method.outcomes(columns, DAY)] == [method.outcome(one, DAY) for one in found]
    assert told["overdue"] == whole.overdue
    assert told["late"] + told["answered"] == whole.answered
    assert set(told) <= {*OUTCOMES}
    assert sum(method.is_closed(one, DAY) for one in found) == whole.closed


def findings_report(whole: SupervisionStanding, late: dict[str, int] | None = None, **more: Any) -> SupervisionReport:
    """As much of a report as the sentences read; ``late``: for how many days each unit's finding is overdue."""
    most = max(late.values()) if late else 0
    longest = LongestOverdue(most, tuple(unit for unit, days in (late or {}).items() if days == most)) if late else None
    usual = {"asked": SimpleNamespace(as_of=DAY, month=Month(2022, 5)), "own_unit": None, "latest": Month(2022, 4)}
    return cast("SupervisionReport", SimpleNamespace(zone=ZONE, whole=whole, longest=longest, **{**usual, **more}))


def counts(**some: int) -> SupervisionStanding:
    """A standing of these figures."""
    return SupervisionStanding(**{**dict.fromkeys(SupervisionStanding.__dataclass_fields__, 0), **some})


@pytest.mark.parametrize(
    ("whole", "late", "parts"),
    [
        (counts(ordered=27, due=23, answered_in_time=14, overdue=2, closed=13), {"a": 125, "b": 44},
         ("截至2022年5月10日：督查发现问题27个，到期应回复23个，按期回复14个（60.9%）", "逾期未回复2个，最长的已逾期125天（甲镇）", "尚未销号14个")),
        (counts(ordered=3, due=3, overdue=3), {"a": 9, "b": 9, "c": 9}, ("按期回复0个（0.0%）", "（甲镇、乙镇、丙镇）")),
        (counts(ordered=4, due=4, overdue=4), {"a": 9, "b": 9, "c": 9, "d": 9}, ("（4个单位）",)),
        (counts(ordered=2, closed=2), {}, ("督查发现问题2个，都未到回复期限", "没有逾期未回复的", "已全部销号")),
    ],
)  # fmt: skip
def test_message_of_supervision(whole: SupervisionStanding, late: dict[str, int], parts: tuple[str, ...]) -> None:
    """A share only where something is due; what is overdue the longest, and where, while the units are few."""
    with speaking("zh_CN"):
        told = said_of_findings.main_message(findings_report(whole, late))
    assert [part for part in parts if part not in told] == []
    assert ("%" in told) is bool(whole.due)


def test_unit_reads_of_itself_and_old_ledgers_are_said() -> None:
    """Its name stands before and no other; that a ledger is old only where an answer is awaited; why there is nothing."""
    whole = counts(ordered=2, due=2, overdue=1, answered=1)
    with speaking("zh_CN"):
        told = said_of_findings.main_message(findings_report(whole, {"a": 7}, own_unit=OWN))
        assert told.startswith("甲镇人民政府截至2022年5月10日：")
        assert "最长的已逾期7天。" in told
        old = {"latest": Month(2022, 3)}
        assert said_of_findings.ledgers_said(findings_report(whole)) == ""
        assert "2022年3月" in said_of_findings.ledgers_said(findings_report(whole, **old))
        assert "涉及本单位" in said_of_findings.ledgers_said(findings_report(whole, own_unit=OWN, **old))
        done = counts(ordered=2, answered=2)
        assert said_of_findings.ledgers_said(findings_report(done, own_unit=OWN, **old)) == ""
        assert "尚未收到督查台账" in said_of_findings.nothing_known(findings_report(NONE, latest=None))
        assert "督查台账中没有问题" in said_of_findings.nothing_known(findings_report(NONE))
        assert "甲镇人民政府：" in said_of_findings.nothing_known(findings_report(NONE, own_unit=OWN))


def test_columns_of_the_months_hold_every_finding() -> None:
    """Stacked they are as high as the month has findings; each says in a sentence what it holds; without any a sentence stands."""
    months: list[tuple[int, Counter[Any]]] = [
        (0, Counter(overdue=1)), (1, Counter(answered=4, late=1)), (2, Counter()), (3, Counter(waiting=2, overdue=1)),
    ]  # fmt: skip
    with speaking("zh_CN"):
        drawn = figures.outcomes_of_months(months, without="没有")
        go.Figure(drawn.to_plotly_json())
        heights = [sum(column) for column in zip(*(trace.y for trace in drawn.data), strict=True)]
        assert heights == [1, 5, 0, 3]
        assert figures.facts(months) == [
            "往年：督查问题1个，逾期未回复1个。", "1月：督查问题5个，期限内回复4个、逾期才回复1个。", "2月：没有问题。",
            "3月：督查问题3个，待回复2个、逾期未回复1个。",
        ]  # fmt: skip
        assert figures.answer(months) == "9个问题中，已回复5个，其中逾期才回复1个；未回复4个，其中已逾期2个。"
        empty = figures.outcomes_of_months([(1, Counter())], without="没有")
    assert not empty.data
    assert empty.layout.annotations[0].text == "没有"


def test_standing_begins_with_who_is_most_overdue() -> None:
    """Then the least share of answers in time, last who owes none; who has no finding stands in a sentence."""
    report = SimpleNamespace(
        zone=ZONE,
        units={
            "a": counts(ordered=1), "b": counts(ordered=2, due=2, answered_in_time=1), "c": counts(ordered=3, due=3, overdue=2),
            "d": NONE,
        },
    )  # fmt: skip
    assert [line.code for line in standings.units(cast("SupervisionReport", report))] == ["c", "b", "a"]
    with speaking("zh_CN"):
        assert standings.quiet(cast("SupervisionReport", report)) == "没有问题的单位：丁镇。"


def case(
    age: int, closed: int | None = None, reward: int | None = None, paid: int | None = None, **more: Any
) -> Tipoff:
    """A case that is so many days old; closed and paid so many days before ``DAY``."""
    days = [None if one is None else DAY - timedelta(days=one) for one in (paid, closed)]
    money = None if reward is None else Decimal(reward)
    return Tipoff("举报", DAY - timedelta(days=age), more.get("substantiated", False), money, *days)


@pytest.mark.parametrize(
    ("one", "state", "days"),
    [
        (case(61), "overdue", 61), (case(60), "open", 60), (case(90, closed=-1), "overdue", 90), (case(90, closed=0), "settled", None),
        (case(90, closed=3, reward=500), "unpaid", None), (case(90, closed=3, reward=500, paid=0), "settled", None),
        (case(9, closed=3, reward=500, paid=-1), "unpaid", None), (case(9, closed=3, reward=0), "settled", None), (case(5, reward=500, paid=1), "open", 5),
    ],
)  # fmt: skip
def test_how_a_case_stands(one: Tipoff, state: str, days: int | None) -> None:
    """Overdue from the 61st day on; settled and unpaid until the day on which the reward is handed out."""
    assert (one.state(DAY, SCHEME), one.days_open(DAY)) == (state, days)
    assert CASE_STATES[tipoffs_method.states(tipoffs_method.columns_of([one]), DAY, SCHEME)[0]] == state


def cases_report(types: dict[str, TipoffsStanding], **more: Any) -> TipoffsReport:
    """As much of a report as the sentences read."""
    usual = {"asked": SimpleNamespace(as_of=DAY), "scheme": SCHEME, "own_unit": None}
    return cast("TipoffsReport", SimpleNamespace(zone=ZONE, types=types, **{**usual, **more}))


def tipoffs_standing(*cases: Tipoff) -> TipoffsStanding:
    """How these stand."""
    return tipoffs_method.standing(tipoffs_method.columns_of(cases), DAY, SCHEME)


def test_message_of_tip_offs() -> None:
    """Each type that has cases, money where there is any, and what has been open too long."""
    some = [case(61), case(9, closed=3, reward=500, paid=1, substantiated=True), case(70, closed=1, reward=600)]
    types = {"举报": tipoffs_standing(*some), "失信惩戒": tipoffs_standing(case(3)), "打非": tipoffs_standing()}  # fmt: skip
    with speaking("zh_CN"):
        told = said_of_cases.main_message(cases_report(types))
        assert told == (
            "截至2022年5月10日：举报3件，办结2件，查实1件；应奖励2件1,100元，已发放1件500元（50.0%）。失信惩戒1件，办结0件，查实0件。"
            "超过60天仍未办结的1件。"
        )
        own = said_of_cases.main_message(cases_report({"打非": types["失信惩戒"]}, own_unit=OWN))
        assert own == "甲镇人民政府截至2022年5月10日：打非1件，办结0件，查实0件。没有超过60天仍未办结的。"
        assert "甲镇人民政府：" in said_of_cases.nothing_known(cases_report({}, own_unit=OWN))
        assert "没有举报、失信惩戒和打非事项" in said_of_cases.nothing_known(cases_report({}))
    share = next(one for one in of_cases.of_units() if one.key == "share")
    assert (share.value(types["举报"]), share.value(types["打非"])) == (Fraction(2, 3), None)
