"""Quarterly performance as METHOD section 3 words it, so that the product's can be compared with it.

Plain lists in, the report's groups and last speakers out; fractions until the one rounding. Right of
reply, publication and the year are no part of it; the milestones are those that `work_plan` computes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .casualties import (
    Accident,
    AccidentLedger,
    CapsByYear,
    Scope,
    accident_class,
    accidents_of,
    cap_of,
    is_counted,
    is_fatal,
    is_major,
)
from .ranking import GROUPS, Extension, Ledger, Plans, Unit, normal, ranking

MEASURES = {
    1: "党政领导责任清单和年度重点工作清单",
    2: "班子成员履职情况听取",
    3: "三管三必须和监管职责落实",
    4: "双重预防机制建设",
    5: "日周月隐患排查和三个层级管控",
    6: "一线责任制两单两卡",
    7: "执法清零和执法强度提升",
    8: "三部曲闭环执法",
    9: "一案双查和挂牌督办",
    10: "有奖举报和联合惩戒",
}
FULL_MARK = 10
WEIGHTS = {"ten_measures": 70, "enforcement": 20, "milestones": 10}
MOST_BONUS = Fraction(5)
GRADES = ((90, "优秀"), (80, "良好"), (60, "合格"), (0, "不合格"))
VETOED = "否决"
VETO_WITHOUT_REASON = "一票否决"
SPEAKS_BELOW = 80
GROUP_THAT_HAS_A_LAST = 3
MANY_ACCIDENTS = 2

Components = dict[str, Fraction | None]
Ground = tuple[str | int, str | int]
"""A fact that proposes a veto: an accident's number with its class, or the deaths with the cap that they are above."""
Milestones = Mapping[str, Fraction | None]
"""The component of each unit by its code, as `work_plan.milestones` has it."""


# What goes in


@dataclass(frozen=True)
class SelfAssessment:
    """One accepted version of a unit's 十条措施自评: its marks by number of the measure."""

    unit: str
    quarter: str
    version: int
    received_at: datetime
    marks: Mapping[int, Decimal]


@dataclass(frozen=True)
class Extra:
    """One row of 加减分与否决; several rows of a unit add up."""

    unit: str
    bonus: Decimal = Decimal(0)
    deduction: Decimal = Decimal(0)
    veto: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Review:
    """One accepted version of the committee's 十条措施评审: marks by unit and number of the measure."""

    quarter: str
    version: int
    received_at: datetime
    marks: Mapping[tuple[str, int], Decimal]
    extras: tuple[Extra, ...] = ()


# What comes out


def scores(
    units: Sequence[Unit],
    self_assessments: Sequence[SelfAssessment],
    reviews: Sequence[Review],
    ledgers: Sequence[Ledger],
    plans: Plans,
    accident_ledgers: Sequence[AccidentLedger],
    caps_by_year: CapsByYear,
    milestones: Milestones,
    quarter: str,
    today: date,
    extensions: Sequence[Extension] = (),
    confirmed: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """`groups` as `report scores --format json` has them, and who speaks last for which reasons.

    `last_speakers` is by code of the unit or name of the enterprise (as names are compared), with
    many_accidents, vetoed, lowest and not_reported. `confirmed`: unit and reason of each proposed veto that was.
    """
    papers = replace(_papers(self_assessments, reviews, quarter), confirmed=confirmed)
    months = [ranking(units, ledgers, plans, month, today, (), extensions) for month in months_of(quarter)]
    casualties = Casualties(accident_ledgers, caps_by_year, quarter, today)
    groups = [
        _place_group(
            [_unit_quarter(unit, papers, months, casualties, milestones) for unit in units if unit.group == group]
        )
        for group in GROUPS
    ]
    return {
        "groups": [_group_report(rows) for rows in groups if rows],
        "last_speakers": _last_speakers(units, groups, casualties),
    }


def _group_report(rows: "list[_Row]") -> dict[str, Any]:
    return {"group": rows[0].figures.unit.group, "rows": [_row_report(row) for row in rows]}


def _row_report(row: "_Row") -> dict[str, Any]:
    figures = row.figures
    return {
        "unit": figures.unit.code,
        "name": figures.unit.name,
        "rank": row.rank,
        "of": row.of,
        "score": _number(figures.score),
        "grade": _grade(figures),
        "flags": list(figures.flags),
        "components": {name: _number(value) for name, value in figures.components.items()},
        "measures": [_measure_report(measure) for measure in figures.measures],
        "bonus": float(figures.bonus),
        "deduction": float(figures.deduction),
        "veto": figures.veto,
    }


def _measure_report(measure: "_Measure") -> dict[str, Any]:
    return {
        "number": measure.number,
        "name": MEASURES[measure.number],
        "full": FULL_MARK,
        "self": _number(measure.own),
        "review": _number(measure.review),
        "score": float(measure.score),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


# Ranks and grades


@dataclass(frozen=True)
class _Measure:
    """One of the ten, as the unit and as the committee see it."""

    number: int
    own: Fraction | None
    review: Fraction | None

    @property
    def score(self) -> Fraction:
        """The review's if there is one, otherwise the unit's own; neither counts 0."""
        marks = [mark for mark in (self.review, self.own) if mark is not None]
        return marks[0] if marks else Fraction(0)


@dataclass(frozen=True)
class _Figures:
    """A unit's quarter before it is ranked; `score` is None where nothing was filed or reviewed."""

    unit: Unit
    flags: tuple[str, ...]
    score: Fraction | None
    components: Components
    measures: tuple[_Measure, ...]
    bonus: Fraction
    deduction: Fraction
    veto: str | None


@dataclass(frozen=True)
class _Row:
    """A unit in its place among its group."""

    figures: _Figures
    rank: int
    of: int


def _place_group(figures: Sequence[_Figures]) -> list[_Row]:
    """The units of one group in order of rank, ties by code; every one of them has a rank."""
    rows = [
        _Row(mine, 1 + sum(_standing(other) > _standing(mine) for other in figures), len(figures)) for mine in figures
    ]
    return sorted(rows, key=lambda row: (row.rank, row.figures.unit.code))


def _standing(figures: _Figures) -> tuple[Fraction, ...]:
    """What a unit is ranked by, greater is better: the scored, then the vetoed, then who did not report."""
    if figures.score is None:
        return (Fraction(0),)
    ties = [figures.components[key] for key in ("ten_measures", "enforcement")]
    place = Fraction(2 if figures.veto is None else 1)
    return (place, figures.score, *(Fraction(-1) if tie is None else tie for tie in ties))


def _grade(figures: _Figures) -> str | None:
    score = figures.score
    if figures.veto is not None:
        return VETOED
    return None if score is None else next(grade for least, grade in GRADES if score >= least)


# One unit's quarter


@dataclass(frozen=True)
class _Papers:
    """What is in force of the quarter: the units' own workbooks, and the committee's."""

    own: Mapping[str, SelfAssessment]
    review: Review | None
    confirmed: Sequence[tuple[str, str]] = ()

    def extras(self, unit: Unit) -> list[Extra]:
        return [extra for extra in self.review.extras if extra.unit == unit.code] if self.review else []

    def measures(self, unit: Unit) -> tuple[_Measure, ...]:
        own = self.own[unit.code].marks if unit.code in self.own else {}
        review = self.review.marks if self.review else {}
        return tuple(
            _Measure(number, _exact(own.get(number)), _exact(review.get((unit.code, number)))) for number in MEASURES
        )


def _papers(own: Sequence[SelfAssessment], reviews: Sequence[Review], quarter: str) -> _Papers:
    """Of each the highest version."""
    mine = sorted((paper for paper in own if paper.quarter == quarter), key=lambda paper: paper.version)
    theirs = sorted((paper for paper in reviews if paper.quarter == quarter), key=lambda paper: paper.version)
    return _Papers({paper.unit: paper for paper in mine}, theirs[-1] if theirs else None)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _unit_quarter(
    unit: Unit, papers: _Papers, months: Sequence[Mapping[str, Any]], casualties: "Casualties", milestones: Milestones
) -> _Figures:
    measures = papers.measures(unit)
    reviewed = [measure for measure in measures if measure.review is not None]
    silent = unit.code not in papers.own and not reviewed
    decided = [Extra(code, veto=True, reason=reason) for code, reason in papers.confirmed if code == unit.code]
    veto = _veto([*papers.extras(unit), *decided])
    components: Components = {
        "ten_measures": None if silent else sum((measure.score for measure in measures), Fraction(0)),
        "enforcement": _enforcement(unit, months),
        "milestones": milestones[unit.code],
    }
    bonus = min(sum((Fraction(extra.bonus) for extra in papers.extras(unit)), Fraction(0)), MOST_BONUS)
    deduction = sum((Fraction(extra.deduction) for extra in papers.extras(unit)), Fraction(0))
    flags = {
        "unreviewed": not silent and len(reviewed) < len(MEASURES),
        "veto_proposed": veto is None and bool(casualties.grounds(unit)),
        "not_reported": silent,
    }
    return _Figures(
        unit=unit,
        flags=tuple(flag for flag, holds in flags.items() if holds),
        score=None if silent else _score(components, bonus, deduction),
        components=components,
        measures=measures,
        bonus=bonus,
        deduction=deduction,
        veto=veto,
    )


def _score(components: Components, bonus: Fraction, deduction: Fraction) -> Fraction:
    """The weighted mean of what is defined, with bonus and deduction, in 0–100, rounded once."""
    defined = {name: value for name, value in components.items() if value is not None}
    total = sum((WEIGHTS[name] * value for name, value in defined.items()), Fraction(0))
    mean = total / sum(WEIGHTS[name] for name in defined)
    return half_up(min(max(mean + bonus - deduction, Fraction(0)), Fraction(100)))


def half_up(value: Fraction) -> Fraction:
    """ROUND_HALF_UP to two decimals, of a number that is not negative, with nothing inexact."""
    return Fraction((value * 100 + Fraction(1, 2)) // 1, 100)


def _veto(extras: Sequence[Extra]) -> str | None:
    """The reasons of the rows that veto, or that there is none given."""
    vetoes = [extra for extra in extras if extra.veto]
    reasons = [extra.reason for extra in vetoes if extra.reason]
    return ("；".join(reasons) or VETO_WITHOUT_REASON) if vetoes else None


def vetoed(reviews: Sequence[Review], quarter: str, unit: Unit) -> bool:
    """Whether the review of a quarter that is in force vetoes a unit."""
    return _veto(_papers((), reviews, quarter).extras(unit)) is not None


def _enforcement(unit: Unit, months: Sequence[Mapping[str, Any]]) -> Fraction | None:
    """The mean of the rounded monthly scores: not reported counts 0, any other month without a score is left out."""
    rows = [row for month in months for group in month["groups"] for row in group["rows"] if row["unit"] == unit.code]
    values = [_monthly_score(row) for row in rows if row["score"] is not None or "not_reported" in row["flags"]]
    return sum(values, Fraction(0)) / len(values) if values else None


def _monthly_score(row: Mapping[str, Any]) -> Fraction:
    return Fraction(0) if row["score"] is None else Fraction(str(row["score"]))


# Accidents


@dataclass(frozen=True)
class Casualties:
    """What the accident ledgers say of a quarter, up to today."""

    ledgers: Sequence[AccidentLedger]
    caps_by_year: CapsByYear
    quarter: str
    today: date

    @property
    def counted(self) -> list[Accident]:
        """The counted accidents of the year, up to the quarter's last day or today."""
        until = min(last_day_of(self.quarter), self.today)
        rows = accidents_of(self.ledgers, int(self.quarter[:4]))
        return [row for row in rows if is_counted(row) and row.happened_on <= until]

    @property
    def of_quarter(self) -> list[Accident]:
        return [row for row in self.counted if f"{row.happened_on:%Y-%m}" in months_of(self.quarter)]

    def grounds(self, unit: Unit) -> frozenset[Ground]:
        """What proposes a veto: each accident of class 较大 or above in the quarter, and more deaths in the year than the unit's cap."""
        scope = Scope(unit=unit.code)
        cap = cap_of(self.ledgers, self.caps_by_year, int(self.quarter[:4]), scope)
        deaths = sum(row.dead for row in self.counted if scope.concerns(row))
        major: set[Ground] = {
            (normal(row.number), accident_class(row))
            for row in self.of_quarter
            if scope.concerns(row) and is_major(row)
        }
        return frozenset(major | {(deaths, cap)} if cap is not None and deaths > cap else major)

    def fatal(self, unit: Unit) -> int:
        return sum(is_fatal(row) and Scope(unit=unit.code).concerns(row) for row in self.of_quarter)

    def enterprises(self) -> list[str]:
        """The enterprise of each fatal accident, as names are compared."""
        return [normal(row.enterprise) for row in self.of_quarter if is_fatal(row)]


# Who speaks last


def _last_speakers(
    units: Sequence[Unit], groups: Sequence[Sequence[_Row]], casualties: Casualties
) -> dict[str, set[str]]:
    reasons: list[tuple[str, str]] = []
    reasons += [(unit.code, "many_accidents") for unit in units if casualties.fatal(unit) >= MANY_ACCIDENTS]
    names = casualties.enterprises()
    reasons += [(name, "many_accidents") for name in names if names.count(name) >= MANY_ACCIDENTS]
    for rows in groups:
        reasons += [(row.figures.unit.code, "vetoed") for row in rows if row.figures.veto is not None]
        reasons += [(row.figures.unit.code, "not_reported") for row in rows if "not_reported" in row.figures.flags]
        reasons += [(row.figures.unit.code, "lowest") for row in _lowest(rows)]
    return {who: {reason for other, reason in reasons if other == who} for who, _ in reasons}


def _lowest(rows: Sequence[_Row]) -> list[_Row]:
    """The last of those scored and not vetoed, all that tie there, where last is an offence."""
    scored = [row for row in rows if row.figures.score is not None and row.figures.veto is None]
    if len(rows) < GROUP_THAT_HAS_A_LAST or not scored:
        return []
    last = max(row.rank for row in scored)
    return [row for row in scored if row.rank == last and (row.figures.score or 0) < SPEAKS_BELOW]


# Days


def months_of(quarter: str) -> list[str]:
    """The three months of a quarter such as 2022Q2."""
    year, number = quarter.split("Q")
    return [f"{year}-{month:02d}" for month in range(3 * int(number) - 2, 3 * int(number) + 1)]


def last_day_of(quarter: str) -> date:
    """The quarter's last day."""
    last = date.fromisoformat(f"{months_of(quarter)[-1]}-01")
    return (last + timedelta(days=31)).replace(day=1) - timedelta(days=1)
