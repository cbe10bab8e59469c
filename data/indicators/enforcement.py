"""The indicators of the monthly enforcement ranking, in the order of METHOD's table (section 2)."""

from __future__ import annotations

from sqlalchemy import func

from data.indicators.declaration import Among, Cases, Given, Indicator, Ratio, Sum, number_of, total_of
from data.language import N_
from data.schema.enforcement import inspection

_row = inspection.c
_with_problems = _row.hazards > 0
_with_major_hazards = _row.major_hazards > 0

INSPECTIONS = Indicator(
    "inspections",
    N_("Inspections"),
    Sum(lambda one: one.sums.inspections, func.count()),
    breaks_ties=True,
    cases=Cases(Among.INSPECTED, ("inspected_on", "number")),
)
ENTERPRISES = Indicator(
    "enterprises",
    N_("Enterprises inspected"),
    Sum(lambda one: one.sums.enterprises, func.count(_row.enterprise_key.distinct())),
)
PROBLEM_INSPECTIONS = Indicator(
    "problem_inspections",
    N_("Inspections with problems"),
    Sum(lambda one: one.sums.problem_inspections, number_of(_with_problems)),
    cases=Cases(Among.INSPECTED, ("hazards", "number"), _with_problems),
)
HAZARDS = Indicator("hazards", N_("Hazards"), Sum(lambda one: one.sums.hazards, total_of(_row.hazards)))
MAJOR_HAZARDS = Indicator(
    "major_hazards",
    N_("Major hazards"),
    Sum(lambda one: one.sums.major_hazards, total_of(_row.major_hazards)),
    cases=Cases(Among.INSPECTED, ("major_hazards", "number"), _with_major_hazards),
)
PENALTIES = Indicator(
    "penalties",
    N_("Penalties"),
    Sum(lambda one: one.sums.penalties),
    cases=Cases(Among.PENALISED, ("decision", "penalised", "number")),
)
FINES = Indicator("fines_yuan", N_("Fines"), Sum(lambda one: one.sums.fines_yuan))
DUE_CASES = Indicator(
    "due_cases",
    N_("Cases due"),
    Sum(lambda one: one.sums.due_cases),
    cases=Cases(Among.DUE, ("rectify_by", "reinspected_on", "number")),
)
CLOSED_CASES = Indicator(
    "closed_cases",
    N_("Cases closed"),
    Sum(lambda one: one.sums.closed_cases),
    cases=Cases(Among.CLOSED, ("conclusion", "rectify_by", "number")),
)
OVERDUE_MAJOR = Indicator(
    "overdue_major",
    N_("Overdue major hazards"),
    Sum(lambda one: one.overdue_major),
    cases=Cases(Among.OVERDUE, ("major_hazards", "conclusion", "number"), _with_major_hazards),
)
COMPLETION = Indicator(
    "completion",
    N_("Plan completion"),
    Ratio(lambda one: one.sums.inspections, lambda one: one.plan, N_("no plan was set")),
    N_("inspections ÷ plan of the month"),
    scored=True,
    behind=INSPECTIONS.key,
)
PROBLEM_RATE = Indicator(
    "problem_rate",
    N_("Problem rate"),
    Ratio(lambda one: one.sums.problem_inspections, lambda one: one.sums.inspections, N_("no inspection")),
    N_("inspections with problems ÷ inspections"),
    scored=True,
    behind=PROBLEM_INSPECTIONS.key,
    breaks_ties=True,
)
PENALTY_RATE = Indicator(
    "penalty_rate",
    N_("Penalty rate"),
    Ratio(
        lambda one: one.sums.penalties,
        lambda one: one.sums.problem_inspections,
        N_("nothing to penalise"),
        applies=lambda one: one.may_penalise,
        applies_not=N_("no power to penalise"),
    ),
    N_("penalties ÷ inspections with problems"),
    scored=True,
    behind=PENALTIES.key,
    breaks_ties=True,
)
CLOSED_LOOP_RATE = Indicator(
    "closed_loop_rate",
    N_("Closed-loop rate"),
    Ratio(lambda one: one.sums.closed_cases, lambda one: one.sums.due_cases, N_("no case due")),
    N_("closed by the due day ÷ cases due this month"),
    scored=True,
    behind=DUE_CASES.key,
    breaks_ties=True,
)
RECTIFICATION_RATE = Indicator(
    "rectification_rate",
    N_("Rectification rate"),
    Ratio(lambda one: one.sums.rectified_hazards, lambda one: one.sums.due_hazards, N_("no case due")),
    N_("hazards rectified ÷ hazards found, both of the cases due this month"),
    scored=True,
    behind=DUE_CASES.key,
)
TIMELINESS = Indicator(
    "timeliness",
    N_("Timeliness"),
    Given(lambda one: one.timeliness),
    N_("1 by the deadline, one half within the days of grace, 0 after"),
    scored=True,
)

INDICATORS = (
    INSPECTIONS,
    ENTERPRISES,
    PROBLEM_INSPECTIONS,
    HAZARDS,
    MAJOR_HAZARDS,
    PENALTIES,
    FINES,
    DUE_CASES,
    CLOSED_CASES,
    OVERDUE_MAJOR,
    COMPLETION,
    PROBLEM_RATE,
    PENALTY_RATE,
    CLOSED_LOOP_RATE,
    RECTIFICATION_RATE,
    TIMELINESS,
)
INDICATOR_BY_KEY = {one.key: one for one in INDICATORS}
