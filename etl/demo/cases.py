"""The life of one case from the visit to its close: ledgers and re-inspections must tell the same story."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from etl.demo.enterprises import Enterprise
from etl.demo.truth import Case, Decision, Recheck
from etl.demo.words import words
from etl.demo.workdays import workdays

MANNERS = words("日常检查 专项检查 明查暗访 交叉检查 举报核查")
_MANNER_WEIGHTS = (50, 25, 10, 8, 7)
_HAZARD_WEIGHTS = (30, 30, 20, 10, 6, 4)
_MAJOR_SHARE = 0.05
_TWO_MAJORS_SHARE = 0.15
_MAJORS_LEFT_OPEN = 0.2
_DAYS_TO_MEND = (3, 5, 7, 7, 10, 15, 15, 20, 30)
_DAYS_TO_MEND_MAJOR = (15, 20, 30, 30, 45)
_WINDOW = 10
_CLOSED_LATE_SHARE = 0.5
_FAILED_FIRST_SHARE = 0.2
_CODE_LEFT_OUT = 0.04
_FINES = (1000, 2000, 3000, 5000, 8000, 10000, 15000, 20000, 30000, 50000)
_FINE_WEIGHTS = (8, 12, 14, 20, 10, 16, 8, 7, 3, 2)
_REMARKS_CLEAN = words("与专家联合检查 双随机抽查 节前检查")
_REMARKS_PROBLEM = words("已约谈负责人 已通报行业主管部门 与专家联合检查 责令现场整改部分隐患")
_REMARK_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Visit:
    """Who went where on which day, before anything is found."""

    number: str
    day: date
    enterprise: Enterprise
    inspectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mood:
    """A unit's rates in one month: problems among visits, penalties among problems, cases closed in time."""

    finding: float
    punishing: float
    closing: float
    danger: float


def draw_case(rng: Random, visit: Visit, mood: Mood) -> Case:
    """What comes of a visit, re-inspections and a penalty far ahead included."""
    clean = _clean_case(rng, visit)
    if rng.random() >= mood.finding:
        return clean
    hazards = rng.choices(range(1, 7), _HAZARD_WEIGHTS)[0]
    major = _majors(rng, hazards, mood)
    deadline = visit.day + timedelta(days=rng.choice(_DAYS_TO_MEND_MAJOR if major else _DAYS_TO_MEND))
    return replace(
        clean,
        hazards=hazards,
        major=major,
        deadline=deadline,
        self_told=_self_told(rng, hazards, major),
        rechecks=_rechecks(rng, visit.day, deadline, hazards, _closing(rng, major, mood)),
        decision=_decision(rng, visit, major, mood),
        remark=_remark(rng, _REMARKS_PROBLEM),
    )


def _clean_case(rng: Random, visit: Visit) -> Case:
    code = None if rng.random() < _CODE_LEFT_OUT else visit.enterprise.code
    manner = rng.choices(MANNERS, _MANNER_WEIGHTS)[0]
    return Case(
        number=visit.number,
        day=visit.day,
        enterprise=visit.enterprise,
        code=code,
        manner=manner,
        inspectors=visit.inspectors,
        remark=_remark(rng, _REMARKS_CLEAN),
    )


def _remark(rng: Random, phrases: Sequence[str]) -> str:
    return rng.choice(phrases) if rng.random() < _REMARK_SHARE else ""


def _majors(rng: Random, hazards: int, mood: Mood) -> int:
    if rng.random() >= _MAJOR_SHARE * mood.danger:
        return 0
    return 2 if hazards > 1 and rng.random() < _TWO_MAJORS_SHARE else 1


def _closing(rng: Random, major: int, mood: Mood) -> float:
    if not major:
        return mood.closing
    return 0.0 if rng.random() < _MAJORS_LEFT_OPEN else max(mood.closing, 0.85)


def _self_told(rng: Random, hazards: int, major: int) -> int:
    if major:
        return 0
    return rng.choice((0, rng.randint(0, hazards), hazards))


def _rechecks(rng: Random, day: date, deadline: date, hazards: int, closing: float) -> tuple[Recheck, ...]:
    """Closed in time, closed late, or never looked at again."""
    due = deadline + timedelta(days=_WINDOW)
    if rng.random() < closing:
        in_time = _day_between(rng, max(_after(day), deadline - timedelta(days=4)), due)
        return _until_passed(rng, day, in_time, hazards)
    if rng.random() < _CLOSED_LATE_SHARE:
        late = _day_between(rng, due + timedelta(days=3), due + timedelta(days=75 if closing == 0 else 35))
        return _until_passed(rng, day, late, hazards)
    return ()


def _until_passed(rng: Random, day: date, passed_on: date, hazards: int) -> tuple[Recheck, ...]:
    """The passing look, now and then after one that failed."""
    passing = Recheck(passed_on, passed=True, rectified=hazards)
    if (passed_on - day).days < _WINDOW or rng.random() >= _FAILED_FIRST_SHARE:
        return (passing,)
    failed_on = _day_between(rng, _after(day), passed_on - timedelta(days=2))
    return (Recheck(failed_on, passed=False, rectified=rng.randrange(hazards)), passing)


def _decision(rng: Random, visit: Visit, major: int, mood: Mood) -> Decision | None:
    """A penalty; until all of the year are known it carries its case's number."""
    if rng.random() >= mood.punishing * (2 if major else 1):
        return None
    day = _day_between(rng, _after(visit.day), visit.day + timedelta(days=24))
    kind = rng.choices(("罚款", "警告", "责令停产停业"), (72, 22, 30 if major else 2))[0]
    fine = rng.choices(_FINES, _FINE_WEIGHTS)[0] if kind == "罚款" else 0
    return Decision(visit.number, day, kind, fine)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _day_between(rng: Random, first: date, last: date) -> date:
    days: Sequence[date] = workdays(first, last)
    return rng.choice(days) if days else last
