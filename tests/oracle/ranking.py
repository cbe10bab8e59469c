"""The monthly ranking as METHOD section 2 words it, so that the product's can be compared with it.

Plain lists in, the report's groups out. Clarity before speed: every figure is asked anew of the
whole record. All numbers are fractions until a score is rounded, once, half up. The figures see
every ledger that is passed in: for a figure "known by" a day, pass what `known_by` leaves.
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeAlias

ZONE_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
GRACE = timedelta(days=10)
FARTHEST = timedelta(days=100)
DEADLINE_DAY = 5
HALF_LATE = timedelta(days=5)
CONFIRMED_WITHIN = timedelta(hours=24)
THIN_BASIS_BELOW = 50
NO_PROBLEM_FROM = 5
OVERDUE_MAJOR_DEDUCTION, OVERDUE_MAJOR_MOST = 2, 10
TARGETS = {
    "completion": Fraction(1),
    "problem_rate": Fraction("0.60"),
    "penalty_rate": Fraction("0.25"),
    "closed_loop_rate": Fraction(1),
    "rectification_rate": Fraction(1),
    "timeliness": Fraction(1),
}
GROUPS = ("town", "department", "centre")


@dataclass(frozen=True)
class Rule:
    """What the months of a time are scored by; `inspections_score`: whether who inspected nobody has 0 and a place."""

    weights: dict[str, int]
    tie_keys: tuple[str, ...]
    zero_penalty: int
    inspections_score: bool


BEFORE_2025 = Rule(
    {
        "completion": 20,
        "problem_rate": 20,
        "penalty_rate": 20,
        "closed_loop_rate": 25,
        "rectification_rate": 10,
        "timeliness": 5,
    },
    ("closed_loop_rate", "problem_rate", "penalty_rate", "inspections"),
    zero_penalty=5,
    inspections_score=True,
)
SINCE_2025 = Rule(
    {"closed_loop_rate": 40, "rectification_rate": 25, "problem_rate": 15, "penalty_rate": 10, "timeliness": 10},
    ("closed_loop_rate", "problem_rate", "penalty_rate"),
    zero_penalty=0,
    inspections_score=False,
)


def rule_of(period: str) -> Rule:
    """The rule of a month: 国办发〔2024〕54号 is in force from January 2025."""
    return SINCE_2025 if period >= "2025-01" else BEFORE_2025


Conclusion: TypeAlias = Literal["合格", "不合格"]
Plans: TypeAlias = Mapping[tuple[str, str], int]
Indicators: TypeAlias = dict[str, Fraction | None]


# What goes in


@dataclass(frozen=True)
class Unit:
    """A unit that submits: its group, and whether it holds the power to penalise."""

    code: str
    name: str
    group: str
    may_penalise: bool


@dataclass(frozen=True)
class Case:
    """One row of 执法检查台账."""

    inspected_on: date
    enterprise: str
    credit_code: str | None
    number: str
    hazards: int
    major_hazards: int = 0
    rectify_by: date | None = None
    rectified: int | None = None
    penalised: bool = False
    decision: str | None = None
    fine: Decimal | None = None
    reinspected_on: date | None = None
    conclusion: Conclusion | None = None


@dataclass(frozen=True)
class Followup:
    """One row of 整改复查: news of the case whose 检查文书号 it names."""

    number: str
    reinspected_on: date | None = None
    conclusion: Conclusion | None = None
    rectified: int | None = None
    penalised: bool | None = None
    decision: str | None = None
    fine: Decimal | None = None


@dataclass(frozen=True)
class Ledger:
    """One accepted version of a unit's ledger of a month; `received_at`: its sender's word, where it had been uploaded before."""

    unit: str
    period: str
    version: int
    received_at: datetime
    cases: tuple[Case, ...] = ()
    followups: tuple[Followup, ...] = ()
    uploaded_at: datetime | None = None
    returned_at: datetime | None = None

    @property
    def is_zero(self) -> bool:
        """A declared zero 零报告: no row in either sheet."""
        return not self.cases and not self.followups


@dataclass(frozen=True)
class Refusal:
    """A ledger that was refused: nothing of it counts, but the unit did send."""

    unit: str
    period: str
    received_at: datetime


@dataclass(frozen=True)
class Extension:
    """The office's decision that a month is in time up to the end of a day, of one unit or (None) of all."""

    period: str
    unit: str | None
    until: date
    decided_at: datetime


def known_by(ledgers: Iterable[Ledger], day: date) -> list[Ledger]:
    """The ledgers as they were known at a day's end: what came later is not there, what was returned later still counts."""
    return [
        replace(ledger, returned_at=ledger.returned_at if _on_or_before(ledger.returned_at, day) else None)
        for ledger in ledgers
        if _on_or_before(ledger.received_at, day)
    ]


def _on_or_before(moment: datetime | None, day: date) -> bool:
    return moment is not None and moment.astimezone(ZONE_TIME).date() <= day


# What comes out


def ranking(
    units: Sequence[Unit],
    ledgers: Sequence[Ledger],
    plans: Plans,
    period: str,
    today: date,
    refusals: Sequence[Refusal] = (),
    extensions: Sequence[Extension] = (),
) -> dict[str, Any]:
    """The month's `groups` as `report ranking --format json` has them, without the chance part (`chance.py`).

    For a figure "known by" a day, pass only the extensions decided by then.
    """
    before = _previous_places(units, ledgers, plans, _month_before(period), today, extensions)
    groups = []
    for group in _groups(units):
        rows = _place_group(group, ledgers, plans, period, today, refusals, extensions)
        corrections = {
            row.unit.code: _correction(row, group, ledgers, plans, period, today, extensions) for row in rows
        }
        reports = [_row_report(row, before.get(row.unit.code), corrections[row.unit.code]) for row in rows]
        groups.append({"group": group[0].group, "rows": reports})
    return {"groups": groups}


def _row_report(row: "_Row", before: "_Row | None", correction: dict[str, Any] | None) -> dict[str, Any]:
    figures = row.figures
    return {
        "unit": row.unit.code,
        "name": row.unit.name,
        "rank": row.rank,
        "of": row.of,
        "score": _number(figures.score),
        "flags": list(figures.flags),
        "indicators": figures.indicators and _numbers(figures.indicators),
        "points": _numbers(figures.points),
        "deductions": {name: float(value) for name, value in figures.deductions.items()},
        "basis": figures.basis,
        "previous": before and {"rank": before.rank, "score": _number(before.figures.score)},
        "correction": correction,
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _numbers(values: Mapping[str, Fraction | None]) -> dict[str, float | None]:
    return {name: _number(value) for name, value in values.items()}


# Ranks


@dataclass(frozen=True)
class _Figures:
    """A unit's month before it is ranked; `indicators` is None where nothing was reported."""

    flags: tuple[str, ...]
    score: Fraction | None
    indicators: Indicators | None
    points: Indicators
    deductions: dict[str, int]
    basis: int


@dataclass(frozen=True)
class _Row:
    """A unit in its place among its group."""

    unit: Unit
    figures: _Figures
    rank: int | None
    of: int


def _groups(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units by group, in the order of GROUPS, without the groups that have none."""
    members = [[unit for unit in units if unit.group == group] for group in GROUPS]
    return [group for group in members if group]


def _place_group(
    units: Sequence[Unit],
    ledgers: Sequence[Ledger],
    plans: Plans,
    period: str,
    today: date,
    refusals: Sequence[Refusal] = (),
    extensions: Sequence[Extension] = (),
) -> list[_Row]:
    """The units of one group in order of rank, ties by code, the unranked at the end."""
    figures = {unit: _unit_month(unit, ledgers, plans, period, today, refusals, extensions) for unit in units}
    ranked = [unit for unit in units if _is_ranked(figures[unit])]
    rows = [_place(unit, figures, ranked, rule_of(period)) for unit in units]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.unit.code))


def _place(unit: Unit, figures: Mapping[Unit, _Figures], ranked: Sequence[Unit], rule: Rule) -> _Row:
    """Standard competition ranking: 1 + how many of the group stand strictly ahead."""
    rank = None
    if unit in ranked:
        mine = _standing(figures[unit], rule)
        rank = 1 + sum(_standing(figures[other], rule) > mine for other in ranked)
    return _Row(unit, figures[unit], rank, len(ranked))


def _is_ranked(figures: _Figures) -> bool:
    return figures.score is not None or "not_reported" in figures.flags


def _standing(figures: _Figures, rule: Rule) -> tuple[Fraction, ...]:
    """What a unit is ranked by, greater is better; who did not report stands below all who did."""
    if figures.score is None or figures.indicators is None:
        return (Fraction(-1),)
    ties = [figures.indicators[key] for key in rule.tie_keys]
    return (figures.score, *(Fraction(-1) if tie is None else tie for tie in ties))


def _previous_places(
    units: Sequence[Unit],
    ledgers: Sequence[Ledger],
    plans: Plans,
    period: str,
    today: date,
    extensions: Sequence[Extension],
) -> dict[str, _Row]:
    """Who was ranked where, by unit; nobody was, where nothing that a unit of the zone filed for the month counts."""
    if not any(ledger.period == period and ledger.returned_at is None for ledger in ledgers):
        return {}
    rows = [
        row for group in _groups(units) for row in _place_group(group, ledgers, plans, period, today, (), extensions)
    ]
    return {row.unit.code: row for row in rows if row.rank is not None}


def _correction(
    row: _Row,
    group: Sequence[Unit],
    ledgers: Sequence[Ledger],
    plans: Plans,
    period: str,
    today: date,
    extensions: Sequence[Extension],
) -> dict[str, Any] | None:
    """更正: what was known at the end of the deadline's day, where the unit's own later ledgers moved it from there."""
    code, deadline = row.unit.code, _deadline(period, row.unit.code, extensions)
    mine = [ledger for ledger in ledgers if ledger.unit == code and ledger.period <= period]
    then = known_by(mine, deadline)
    first = [] if _versions(then, code, period) else _first_after(mine, period, deadline)
    moments = [ledger.received_at for ledger in mine if ledger not in first]
    moments += [ledger.returned_at for ledger in mine if ledger.returned_at is not None]
    later = [moment for moment in moments if not _on_or_before(moment, deadline)]
    if not later:
        return None
    others = [ledger for ledger in ledgers if ledger.unit != code]
    without = [*others, *then, *(replace(ledger, returned_at=None) for ledger in first)]
    known_then = known_by(ledgers, deadline)
    before = _row_of(code, _place_group(group, known_then, plans, period, deadline, (), extensions))
    unmoved = _row_of(code, _place_group(group, without, plans, period, today, (), extensions))
    now = (row.figures.score, row.rank)
    if now in ((before.figures.score, before.rank), (unmoved.figures.score, unmoved.rank)):
        return None
    return {
        "received_at": max(later).astimezone(ZONE_TIME).isoformat(),
        "score_before": _number(before.figures.score),
        "rank_before": before.rank,
    }


def _first_after(mine: Sequence[Ledger], period: str, deadline: date) -> list[Ledger]:
    """The unit's first ledger of the month, where it came after the deadline."""
    late = [one for one in mine if one.period == period and not _on_or_before(one.received_at, deadline)]
    return sorted(late, key=lambda ledger: (ledger.received_at, ledger.version))[:1]


def _row_of(code: str, rows: Iterable[_Row]) -> _Row:
    return next(row for row in rows if row.unit.code == code)


# One unit's month: state, score, flags


def _unit_month(
    unit: Unit,
    ledgers: Sequence[Ledger],
    plans: Plans,
    period: str,
    today: date,
    refusals: Sequence[Refusal] = (),
    extensions: Sequence[Extension] = (),
) -> _Figures:
    record = record_of(ledgers, unit.code, period)
    versions = _versions(ledgers, unit.code, period)
    if not versions:
        refused = _refused(unit, ledgers, refusals, period)
        return _silent(record, period, awaited=today <= _deadline(period, unit.code, extensions), refused=refused)
    deadline = _deadline(period, unit.code, extensions)
    indicators = _indicators(unit, record, versions, plans.get((unit.code, period)), period, deadline)
    return _reported(unit, indicators, versions, plans.get((unit.code, period)), rule_of(period))


def _refused(unit: Unit, ledgers: Iterable[Ledger], refusals: Iterable[Refusal], period: str) -> bool:
    """Whether the last ledger received for the month was refused; one that was returned since had been received too.

    Of two received at one instant the one that came in later is the last; ``refusals`` came in after ``ledgers``.
    """
    every: list[Ledger | Refusal] = [*ledgers, *refusals]
    received = [one for one in every if (one.unit, one.period) == (unit.code, period)]
    in_order = sorted(received, key=lambda one: one.received_at)
    return bool(in_order) and isinstance(in_order[-1], Refusal)


def _silent(record: list["_Telling"], period: str, *, awaited: bool, refused: bool) -> _Figures:
    """A unit without a ledger of the month: awaited up to the deadline, then not reported."""
    found = {
        "awaited": awaited,
        "not_reported": not awaited,
        "refused": refused,
        "overdue_major": not awaited and _overdue_major(record, period) > 0,
    }
    flags = tuple(flag for flag, holds in found.items() if holds)
    return _Figures(flags, None, None, dict.fromkeys(rule_of(period).weights), {}, 0)


def _reported(unit: Unit, indicators: Indicators, versions: Sequence[Ledger], plan: int | None, rule: Rule) -> _Figures:
    points = {key: _points(rule.weights[key], key, indicators[key]) for key in rule.weights}
    basis = sum(rule.weights[key] for key in rule.weights if indicators[key] is not None)
    deductions = _deductions(unit, indicators, rule)
    flags = _flags(unit, indicators, basis, plan, _zero_then_filled(versions))
    score = _score(flags, points, basis, deductions, rule)
    return _Figures(flags, score, indicators, points, deductions, basis)


def _points(weight: int, key: str, value: Fraction | None) -> Fraction | None:
    if value is None:
        return None
    return weight * min(value / TARGETS[key], Fraction(1))


def _score(
    flags: Sequence[str], points: Indicators, basis: int, deductions: Mapping[str, int], rule: Rule
) -> Fraction | None:
    if "nothing_planned" in flags:
        return None
    if "zero_enforcement" in flags:
        return Fraction(0) if rule.inspections_score else None
    earned = sum((value for value in points.values() if value is not None), Fraction(0))
    return half_up(max(100 * earned / basis - sum(deductions.values()), Fraction(0)))


def half_up(value: Fraction) -> Fraction:
    """ROUND_HALF_UP to two decimals, of a number that is not negative, with nothing inexact."""
    return Fraction(math.floor(value * 100 + Fraction(1, 2)), 100)


def _deductions(unit: Unit, indicators: Indicators, rule: Rule) -> dict[str, int]:
    """Those that apply, as positive numbers."""
    overdue = int(_defined(indicators, "overdue_major"))
    found = {
        "zero_penalty": rule.zero_penalty if _has_zero_penalty(unit, indicators) else 0,
        "overdue_major": min(OVERDUE_MAJOR_DEDUCTION * overdue, OVERDUE_MAJOR_MOST),
    }
    return {name: value for name, value in found.items() if value}


def _has_zero_penalty(unit: Unit, indicators: Indicators) -> bool:
    problems = _defined(indicators, "problem_inspections")
    return unit.may_penalise and problems > 0 and indicators["penalties"] == 0


def _flags(unit: Unit, indicators: Indicators, basis: int, plan: int | None, zero_then_filled: bool) -> tuple[str, ...]:
    """The flags of a unit that reported, in METHOD's order."""
    inspections = _defined(indicators, "inspections")
    nothing_planned = inspections == 0 and plan == 0
    zero_enforcement = inspections == 0 and not nothing_planned
    no_problem = inspections >= NO_PROBLEM_FROM and indicators["problem_rate"] == 0
    found = {
        "late": _defined(indicators, "timeliness") < 1,
        "zero_enforcement": zero_enforcement,
        "nothing_planned": nothing_planned,
        "zero_penalty": _has_zero_penalty(unit, indicators),
        "no_problem_found": no_problem,
        "overdue_major": _defined(indicators, "overdue_major") > 0,
        "thin_basis": basis < THIN_BASIS_BELOW and inspections > 0,
        "zero_then_filled": zero_then_filled,
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _defined(indicators: Indicators, key: str) -> Fraction:
    """An indicator that is never undefined where something was reported."""
    value = indicators[key]
    if value is None:
        raise ValueError(f"{key} cannot be undefined")
    return value


# One unit's month: the indicators


@dataclass(frozen=True)
class _Telling:
    """One row of either sheet as news of a case, with the month of the ledger that told it.

    `row` is the ledger row itself where it is the one that reports the case, else None.
    """

    period: str
    case: str
    reinspected_on: date | None
    conclusion: Conclusion | None
    rectified: int | None
    penalised: bool | None
    decision: str | None
    fine: Decimal | None
    row: Case | None = None


def _indicators(
    unit: Unit,
    record: list[_Telling],
    versions: Sequence[Ledger],
    plan: int | None,
    period: str,
    deadline: date,
) -> Indicators:
    """Every key of METHOD's table, in its order."""
    inspected = [case for case in _cases(record) if month_of(case.inspected_on) == period]
    inspections = len(inspected)
    problems = sum(case.hazards >= 1 for case in inspected)
    penalties = _penalties(record, period)
    due = [case for case in _cases(record) if case.hazards >= 1 and month_of(due_day(case)) == period]
    closed = sum(passed(record, case, due_day(case)) for case in due)
    rectified = sum(_rectified(record, case) for case in due)
    return {
        "inspections": Fraction(inspections),
        "enterprises": Fraction(_enterprises(inspected)),
        "problem_inspections": Fraction(problems),
        "hazards": Fraction(sum(case.hazards for case in inspected)),
        "major_hazards": Fraction(sum(case.major_hazards for case in inspected)),
        "penalties": Fraction(len(penalties)),
        "fines_yuan": sum((_fine(record, decision) for decision in penalties), Fraction(0)),
        "due_cases": Fraction(len(due)),
        "closed_cases": Fraction(closed),
        "overdue_major": Fraction(_overdue_major(record, period)),
        "completion": _ratio(inspections, plan),
        "problem_rate": _ratio(problems, inspections),
        "penalty_rate": _ratio(len(penalties), problems) if unit.may_penalise else None,
        "closed_loop_rate": _ratio(closed, len(due)),
        "rectification_rate": _ratio(rectified, sum(case.hazards for case in due)),
        "timeliness": _timeliness(versions, deadline),
    }


def _ratio(numerator: int, denominator: int | None) -> Fraction | None:
    """Undefined where the denominator is 0 or was never told."""
    return Fraction(numerator, denominator) if denominator else None


def record_of(ledgers: Sequence[Ledger], unit: str, period: str) -> list[_Telling]:
    """What the unit's ledgers up to the month tell, as in force, by month and then by row."""
    tellings: list[_Telling] = []
    for month in sorted({ledger.period for ledger in ledgers if ledger.period <= period}):
        for ledger in in_force(ledgers, unit, month):
            tellings += [_telling(month, row) for row in ledger.cases]
            tellings += [_telling(month, row) for row in ledger.followups]
    return tellings


def _telling(period: str, row: Case | Followup) -> _Telling:
    return _Telling(
        period,
        normal(row.number),
        row.reinspected_on,
        row.conclusion,
        row.rectified,
        row.penalised,
        row.decision,
        row.fine,
        row if isinstance(row, Case) else None,
    )


def _cases(record: Iterable[_Telling]) -> list[Case]:
    return [telling.row for telling in record if telling.row is not None]


def _of_case(record: Iterable[_Telling], case: Case) -> list[_Telling]:
    return [telling for telling in record if telling.case == normal(case.number)]


def due_day(case: Case) -> date:
    """整改期限 and the legal re-inspection window; a far deadline hides no case."""
    if case.rectify_by is None:
        raise ValueError(f"hazards without 整改期限: {case.number}")
    return min(case.rectify_by + GRACE, case.inspected_on + FARTHEST)


def passed(record: list[_Telling], case: Case, until: date) -> bool:
    """Whether the last re-inspection up to the day says 合格; of two on one day, the later told."""
    last: _Telling | None = None
    for telling in _of_case(record, case):
        day = telling.reinspected_on
        if day is None or day > until:
            continue
        if last is None or last.reinspected_on is None or day >= last.reinspected_on:
            last = telling
    return last is not None and last.conclusion == "合格"


def _rectified(record: list[_Telling], case: Case) -> int:
    """The case's 已整改隐患数, the last one told."""
    told = [telling.rectified for telling in _of_case(record, case) if telling.rectified is not None]
    return told[-1] if told else 0


def _overdue_major(record: list[_Telling], period: str) -> int:
    """Cases with a major hazard, due by the month's last day and not passed by then."""
    end = _last_day(period)
    majors = [case for case in _cases(record) if case.major_hazards >= 1]
    return sum(due_day(case) <= end and not passed(record, case, end) for case in majors)


def _decisions(record: Iterable[_Telling]) -> list[tuple[str, str, Decimal | None]]:
    """Each telling of a penalty decision, in the order told: month of the ledger, 决定书号, fine.

    A row's decision counts once the case is penalised, and 是 is never taken back; a fine without
    a number belongs to the decision last told of the case.
    """
    penalised: set[str] = set()
    last: dict[str, str] = {}
    told = []
    for telling in record:
        if telling.penalised:
            penalised.add(telling.case)
        if telling.case not in penalised:
            continue
        if telling.decision is not None:
            last[telling.case] = normal(telling.decision)
        if telling.case in last:
            told.append((telling.period, last[telling.case], telling.fine))
    return told


def _penalties(record: list[_Telling], period: str) -> list[str]:
    """The decisions that the ledger of the month is the first to report, each once."""
    first: dict[str, str] = {}
    for month, decision, _ in _decisions(record):
        first.setdefault(decision, month)
    return [decision for decision, month in first.items() if month == period]


def _fine(record: list[_Telling], decision: str) -> Fraction:
    """The decision's fine as told up to the month; of differing amounts the last."""
    told = [fine for _, number, fine in _decisions(record) if number == decision and fine is not None]
    return Fraction(told[-1]) if told else Fraction(0)


def _enterprises(inspected: Sequence[Case]) -> int:
    """How many the rows name: by code, else by the code their name has elsewhere, else by name."""
    return len({_enterprise(case, inspected) for case in inspected})


def _enterprise(case: Case, rows: Sequence[Case]) -> tuple[str, str]:
    name = normal(case.enterprise)
    namesakes = (row.credit_code for row in rows if normal(row.enterprise) == name)
    code = case.credit_code or next((code for code in namesakes if code), None)
    return ("code", code) if code else ("name", name)


# Receipt


def in_force(ledgers: Iterable[Ledger], unit: str, period: str) -> list[Ledger]:
    """The version of a unit's ledger of the month that counts, where one does."""
    return _versions(ledgers, unit, period)[-1:]


def _versions(ledgers: Iterable[Ledger], unit: str, period: str) -> list[Ledger]:
    """The versions of a unit's ledger of the month that were not returned; the last one is in force."""
    mine = [ledger for ledger in ledgers if (ledger.unit, ledger.period) == (unit, period)]
    return sorted((one for one in mine if one.returned_at is None), key=lambda ledger: ledger.version)


def _receipt(ledger: Ledger) -> datetime:
    """An upload that its sender confirms within 24 hours is in time by the moment of the upload."""
    uploaded = ledger.uploaded_at
    if uploaded is not None and ledger.received_at - uploaded <= CONFIRMED_WITHIN:
        return uploaded
    return ledger.received_at


def _by_receipt(versions: Sequence[Ledger]) -> list[Ledger]:
    return sorted(versions, key=lambda ledger: (_receipt(ledger), ledger.version))


def _zero_then_filled(versions: Sequence[Ledger]) -> bool:
    return _by_receipt(versions)[0].is_zero and not all(ledger.is_zero for ledger in versions)


def _timeliness(versions: Sequence[Ledger], deadline: date) -> Fraction:
    """By the first receipt; a declared zero that is filled counts from the version that does."""
    ordered = _by_receipt(versions)
    counted = ordered[0]
    if _zero_then_filled(versions):
        counted = next(ledger for ledger in ordered if not ledger.is_zero)
    day = _receipt(counted).astimezone(ZONE_TIME).date()
    if day <= deadline:
        return Fraction(1)
    return Fraction(1, 2) if day <= deadline + HALF_LATE else Fraction(0)


# Words and days


@cache
def normal(text: str) -> str:
    """Numbers and names as they are compared: NFKC, no blanks, all kinds of brackets alike."""
    return "".join(_bracket(char) for char in unicodedata.normalize("NFKC", text) if char.strip())


def _bracket(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Ps" or char == "<":
        return "("
    return ")" if kind == "Pe" or char == ">" else char


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def _first_day(period: str) -> date:
    return date.fromisoformat(f"{period}-01")


def _last_day(period: str) -> date:
    return _first_day(_month_after(period)) - timedelta(days=1)


def _month_after(period: str) -> str:
    return month_of(_first_day(period) + timedelta(days=31))


def _month_before(period: str) -> str:
    return month_of(_first_day(period) - timedelta(days=1))


def _deadline(period: str, code: str, extensions: Iterable[Extension]) -> date:
    """The 5th of the next month, or the latest day to which it was extended for the unit or for all."""
    extended = [one.until for one in extensions if one.period == period and one.unit in (None, code)]
    return max([_first_day(_month_after(period)).replace(day=DEADLINE_DAY), *extended])
