"""Random plans, and what units tell of them, stand as a second computation has them (METHOD section 5.8)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from hypothesis import example, given

from dashboards.method import work_plan
from dashboards.method.work_plan import Figures, PlanFigure, PlanStanding, TaskRow
from data.zone.normal import compact
from data.zone.periods import Calendar, Quarter
from data.zone.work_plan import SHIPPED as FOLDER
from data.zone.work_plan import WorkPlan, object_key
from data.zone.zone import Unit, Zone
from tests.oracle import plans
from tests.oracle import work_plan as oracle
from tests.oracle.plans import LEADERS, PlanCase, plan_case, plan_cases, plan_item, system_cases
from tests.oracle.work_plan import Told

UNITS = tuple(
    Unit(one.code, one.name, one.aliases[0], one.group, may_penalise=True, office=one.office, confirmed=True, valid_from=None, valid_to=None)
    for one in plans.UNITS
)  # fmt: skip
ZONE = Zone(
    code="z", name="双桥经开区", calendar=Calendar(ZoneInfo("Asia/Shanghai")), units=UNITS,
    unit_names={compact(name): one.code for one in plans.UNITS for name in (one.code, one.name, *one.aliases)},
    sectors={}, sector_names={}, settling_days={}, accident_types={}, deadlines=(),
)  # fmt: skip

SHIPPED = yaml.safe_load((FOLDER / "work_plan_2022.yaml").read_text(encoding="utf-8"))
DAYS = [date(2022, month, day) for month, day in ((3, 30), (3, 31), (4, 1), (5, 31), (6, 30), (7, 1), (12, 31))]
TURN = date(2022, 4, 20)


def told(item: str, quarter: str, done: int, completed_on: date | None = None, **more: Any) -> Told:
    """A row of 龙滩子街道; ``more`` is what it has otherwise."""
    usual = {"unit": "longtanzi", "place": 0, "object": None, "expected": 1}
    return Told(quarter=quarter, item=item, done=done, completed_on=completed_on, **{**usual, **more})


TAKEN_BACK = plan_case(
    [plan_item("1.1", "sum", target=[1, 1, 2, 2]), plan_item("1.2", "all_of", object="leaders", target="≥ 0.5"),
     plan_item("1.3", "latest", target=[1, 1, 1, 1])],
    [told(item, quarter, done, object=LEADERS[0]) for item in ("1.1", "1.2", "1.3") for quarter, done in (("2022Q1", 1), ("2022Q2", 0))],
    {}, DAYS,
)  # fmt: skip
"""What was done by the first due day is no more at the next one: counts are taken back, of a level the first telling stands."""
EACH_BY_DUE_DAY = plan_case(
    [plan_item("1.1", "all_of", object="leaders", target="≥ 1", each=[1, 2, 3, 4])],
    [told("1.1", quarter, done, object=name) for name in LEADERS for quarter, done in (("2022Q1", 1), ("2022Q2", 3))],
    {}, DAYS,
)  # fmt: skip
"""Each object owes more by each due day; the figure of the day is held against the last."""
REGISTER_MOVES = [
    plan_case(
        [plan_item("1.1", "ratio", target="≥ 0.8", of="register.territory")],
        [told("1.1", "2022Q1", 4), told("1.1", "2022Q2", 5, date(2022, 6, 30))],
        {("register.territory", "longtanzi"): (before, TURN, since), ("register.territory", "youting"): (since, TURN, before)}, DAYS,
    )
    for before, since in ((0, 4), (4, 0), (4, 8), (8, 4))
]  # fmt: skip
"""Between a due day and the day asked of enterprises come or go, to the last."""
SURVEY_GROWS = plan_case(
    [plan_item("1.1", "sum", target=2, dues=[date(2022, 12, 31)]), plan_item("1.2", "ratio", target="≥ 0.8", of="plan.1.1")],
    [told("1.1", "2022Q1", 1), told("1.1", "2022Q2", 5, TURN), told("1.2", "2022Q1", 2), told("1.2", "2022Q2", 4)],
    {}, DAYS,
)  # fmt: skip
"""How many were asked moves between a due day and the day asked of, from below its target to above it."""
COUNTED_LESS = plan_case(
    [plan_item(number, adds, filed_by="system", object="zone", source="supervision.zone.exposed", target=[1, 1, 2, 2], typed="none")
     for number, adds in (("1.1", "sum"), ("1.2", "latest"))],
    [], {}, DAYS, turns={"supervision.zone.exposed": [(date(2022, 1, 1), (Fraction(1), None)), (TURN, (Fraction(0), None))]},
)  # fmt: skip
"""What the ledgers exposed by the first due day a later month's ledger exposes no more: a count is taken back, a level stands."""
EDGES = [TAKEN_BACK, EACH_BY_DUE_DAY, *REGISTER_MOVES, SURVEY_GROWS, COUNTED_LESS]


def with_edges(law: Any) -> Any:
    """Hold a law of random cases for those cases too."""
    for case in EDGES:
        law = example(case)(law)
    return law


def read(case: PlanCase) -> WorkPlan:
    """The case's plan."""
    return WorkPlan.model_validate(case.plan)


def seen(case: PlanCase, day: date) -> list[TaskRow]:
    """The case's rows as the product gives them to the method on a day: none of a later quarter's workbook."""
    return [
        TaskRow(
            row.unit, row.item, object_key(ZONE, row.object, ZONE.unit_by_code[row.unit]), row.object, Fraction(row.expected),
            Fraction(row.done), row.evident_on, Quarter.parse(row.quarter), 0, row.place,
        )
        for row in case.rows
        if row.quarter <= oracle.quarter_of(day)
    ]  # fmt: skip


@with_edges
@given(plan_cases())
def test_plan_stands_as_a_second_computation_has_it(case: PlanCase) -> None:
    """Figures and states of items and units, findings, and the counts of articles: without the system's figures of those that units
    alone tell of.
    """
    plan = read(case)
    for day in case.days:
        assert_stands(case, plan, day)


@given(system_cases(SHIPPED))
def test_what_the_shipped_plan_leaves_to_the_system_stands_as_a_second_computation_has_it(case: PlanCase) -> None:
    """All 49 items, whatever their figures are, at the edges of due days and between: figures, states, and every article's counts."""
    plan = read(case)
    assert sum(not item.is_told for item in plan.items) == 49
    for day in case.days:
        assert_stands(case, plan, day)


def assert_stands(case: PlanCase, plan: WorkPlan, day: date) -> None:
    """Both say the same of a day."""
    given = None if case.turns is None else case.figures
    stands = work_plan.standing(plan, ZONE, seen(case, day), case.denominators, day, known(case))
    expected = oracle.plan_report(case.plan, case.units, case.rows, case.denominators, day, given)
    assert items(stands) == expected["items"], day
    assert by_words(findings(stands)) == by_words(expected["findings"]), day
    counted = {one["article"]: one for one in expected["articles"] if "done" in one}
    assert {one["article"]: one for one in articles(stands) if one["article"] in counted} == counted, day


def known(case: PlanCase) -> Figures | None:
    """The case's figures as the product is given them."""

    def figures(source: str, day: date) -> PlanFigure | None:
        figure = case.figures(source, day)
        return None if figure is None else PlanFigure(*figure)

    return None if case.turns is None else figures


def items(stands: PlanStanding) -> list[dict[str, Any]]:
    """Items as the second computation says them."""
    return [
        {
            "number": one.item.number,
            "title": one.item.title,
            "article": one.item.article,
            "unit_of_measure": one.item.unit_of_measure,
            "source": one.item.source,
            "target": one.target,
            **figures(one),
            "units": [{"unit": each.unit, **figures(each)} for each in one.units],
        }
        for one in stands.items
    ]


def figures(one: Any) -> dict[str, Any]:
    dues = [{"due": due.day.isoformat(), "state": due.state} for due in one.dues]
    return {"numerator": one.numerator, "denominator": one.denominator, "progress": one.progress, "dues": dues}


def findings(stands: PlanStanding) -> list[dict[str, Any]]:
    return [
        {"unit": one.unit, "number": one.number, "object": one.object, "told": one.told, "target": one.target}
        for one in stands.findings
    ]


def by_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In an order of their own: the contract gives findings none."""
    return sorted(rows, key=lambda one: sorted((name, str(value)) for name, value in one.items()))


def articles(stands: PlanStanding) -> list[dict[str, Any]]:
    return [
        {"article": one.article, "title": one.title, "items": one.items, **{state: one.counts[state] for state in one.counts}}
        for one in stands.articles
    ]  # fmt: skip


@with_edges
@given(plan_cases())
def test_milestones_are_those_of_a_second_computation(case: PlanCase) -> None:
    """Of each unit and every quarter of the year."""
    plan = read(case)
    for quarter in plans.QUARTERS:
        last = oracle.last_day_of(quarter)
        first = date(last.year, last.month - 2, 1)
        expected = oracle.milestones(case.plan, case.units, case.rows, case.denominators, quarter)
        found = work_plan.milestones(plan, ZONE, seen(case, last), case.denominators, first, last)
        assert found == expected, quarter
