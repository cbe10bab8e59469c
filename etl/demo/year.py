"""A unit's year as it happened, and the ledgers that could tell it: pure, seeded, without a spreadsheet."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from etl.demo.cases import Mood, Visit, draw_case
from etl.demo.enterprises import Enterprise, register
from etl.demo.office_profile import Course, Office
from etl.demo.offices import OFFICES
from etl.demo.truth import Case, Decision, FollowUp, Ledger
from etl.demo.workdays import MONTHS, YEAR, month_end, month_start, workdays

CAPS: tuple[tuple[str, str | None, int | str], ...] = (
    ("全区", None, 6),
    ("龙滩子街道办事处", None, 2),
    ("双路街道办事处", None, 1),
    ("通桥街道办事处", None, 1),
    ("邮亭镇人民政府", None, 2),
    ("全区", "建设施工", 2),
    ("全区", "道路交通", "同比下降5%"),
    ("全区", "工贸", 1),
    ("全区", "消防", 1),
)

_SEASON = {1: 0.95, 2: 0.7, 6: 1.15, 9: 1.1, 12: 1.1}
_FEWEST, _MOST = 6, 40
_VISITS_A_DAY = 3
_USUAL_TEAM, _LARGE_TEAM = 2, 3
_LARGE_TEAM_SHARE = 0.25
_JOINT_SHARE = 0.6


def season(month: int) -> float:
    """How much of the usual is done in this month: little at Spring Festival, more in June."""
    return _SEASON.get(month, 1.0)


def plan(office: Office) -> tuple[int, ...]:
    """The inspections that the year's plan asks for by month: set in January, blind to how the year goes."""
    middle = sum(office.character.volume) / 2
    return tuple(max(5, round(middle * season(month) * 0.98)) for month in range(1, 13))


def ledgers(office: Office, *, quiet: Collection[int], unfiled: Collection[int]) -> dict[int, Ledger]:
    """A ledger a month; months without inspections are empty, months never filed are told nowhere."""
    known = _with_decision_numbers(office, cases(office, quiet=quiet))
    telling = [month for month in MONTHS if month not in quiet and month not in unfiled]
    told = {month: _ledger(known, month, telling) for month in telling}
    return told | {month: Ledger(month) for month in quiet}


def cases(office: Office, *, quiet: Collection[int]) -> list[Case]:
    """All that the unit's inspections came to, whether a ledger ever told of it or not; decisions not yet numbered."""
    found: list[Case] = []
    for month in MONTHS:
        if month not in quiet:
            found += _month_cases(office, month, first_number=len(found) + 1)
    return found


def _month_cases(office: Office, month: int, first_number: int) -> list[Case]:
    rng = Random(f"{YEAR}|{office.code}|{month}")
    days = sorted(rng.choices(workdays(month_start(month), month_end(month)), k=_volume(rng, office, month)))
    visits: list[Visit] = []
    for step, day in enumerate(days):
        number = f"（渝双{office.mark}）检记〔{YEAR}〕{first_number + step}号"
        visits.append(_visit(rng, office, number, day, visits))
    mood = _mood(office, month)
    return _joint_decisions(rng, [draw_case(rng, visit, mood) for visit in visits])


def _visit(rng: Random, office: Office, number: str, day: date, before: Sequence[Visit]) -> Visit:
    same_day = [visit for visit in before if visit.day == day]
    return Visit(number, day, _place(rng, office, day, before), _team(rng, office, same_day))


def _place(rng: Random, office: Office, day: date, before: Sequence[Visit]) -> Enterprise:
    """Nowhere twice on one day; now and then where the unit has already been that month."""
    today = {visit.enterprise for visit in before if visit.day == day}
    known = [visit.enterprise for visit in before if visit.enterprise not in today]
    if known and rng.random() < office.character.returning:
        return rng.choice(known)
    return rng.choice([place for place in places(office) if place not in today])


def _team(rng: Random, office: Office, same_day: Iterable[Visit]) -> tuple[str, ...]:
    """Two or three people, none of whom is out on more visits than a day holds."""
    load = Counter(name for visit in same_day for name in visit.inspectors)
    fresh = [name for name in office.people if load[name] < _VISITS_A_DAY]
    pool = fresh if len(fresh) > 1 else list(office.people)
    size = _LARGE_TEAM if rng.random() < _LARGE_TEAM_SHARE else _USUAL_TEAM
    return tuple(rng.sample(pool, min(size, len(pool))))


def places(office: Office) -> list[Enterprise]:
    """The enterprises that are this unit's business; a town minds its own territory only."""
    return [
        place
        for place in register()
        if place.trade in office.trades and (office.group != "town" or place.town == office.short)
    ]


def _volume(rng: Random, office: Office, month: int) -> int:
    usual = _along(office.character.volume, month) * season(month)
    return min(_MOST, max(_FEWEST, round(usual * rng.uniform(0.84, 1.14))))


def _mood(office: Office, month: int) -> Mood:
    character = office.character
    return Mood(
        finding=_along(character.finding, month),
        punishing=_along(character.punishing, month) if office.may_penalise else 0.0,
        closing=_along(character.closing, month),
        danger=character.danger,
    )


def _along(course: Course, month: int) -> float:
    start, end = course
    return start + (end - start) * (month - MONTHS.start) / (len(MONTHS) - 1)


def _joint_decisions(rng: Random, cases: Sequence[Case]) -> list[Case]:
    """Several visits to one enterprise sometimes end in one decision."""
    joint: list[Case] = []
    for case in cases:
        earlier = next((one.decision for one in joint if _may_share(one, case)), None)
        share = earlier is not None and rng.random() < _JOINT_SHARE
        joint.append(replace(case, decision=earlier) if share else case)
    return joint


def _may_share(earlier: Case, case: Case) -> bool:
    decision = earlier.decision
    return (
        earlier.enterprise == case.enterprise
        and case.hazards > 0
        and case.decision is None
        and decision is not None
        and decision.day > case.day
    )


def _with_decision_numbers(office: Office, cases: Iterable[Case]) -> list[Case]:
    """Decisions are numbered in the order in which they were taken."""
    cases = list(cases)
    drafts = {case.decision for case in cases if case.decision}
    in_order = sorted(drafts, key=lambda draft: (draft.day, draft.number))
    numbered = {
        draft: replace(draft, number=f"（渝双{office.mark}）罚〔{YEAR}〕{place}号")
        for place, draft in enumerate(in_order, start=1)
    }
    return [replace(case, decision=numbered[case.decision]) if case.decision else case for case in cases]


def _ledger(cases: Iterable[Case], month: int, telling: Sequence[int]) -> Ledger:
    """All that a clerk knows at the end of the month and has not told yet."""
    known = [case for case in cases if case.day.month in telling and case.day.month <= month]
    since = max((month_end(earlier) for earlier in telling if earlier < month), default=date.min)
    until = month_end(month)
    news = [row for case in known for row in _news(case, month, since, until)]
    return Ledger(
        month,
        tuple(_as_known(case, until) for case in known if case.day.month == month),
        tuple(sorted(news, key=_told_order)),
    )


def _as_known(case: Case, until: date) -> Case:
    rechecks = tuple(recheck for recheck in case.rechecks[:1] if recheck.day <= until)
    return replace(case, rechecks=rechecks, decision=_taken(case.decision, date.min, until))


def _news(case: Case, month: int, since: date, until: date) -> list[FollowUp]:
    """The rows of 整改复查 for one case; in its own month the ledger tells the first look and the penalty."""
    own_month = case.day.month == month
    looks = [recheck for recheck in case.rechecks[own_month:] if since < recheck.day <= until]
    decision = None if own_month else _taken(case.decision, since, until)
    if not looks:
        return [FollowUp(case.number, None, decision)] if decision else []
    first, *others = looks
    return [FollowUp(case.number, first, decision), *(FollowUp(case.number, look, None) for look in others)]


def _taken(decision: Decision | None, since: date, until: date) -> Decision | None:
    return decision if decision and since < decision.day <= until else None


def _told_order(row: FollowUp) -> tuple[date, str]:
    dates = [part.day for part in (row.recheck, row.decision) if part]
    return min(dates), row.number


def all_plans() -> dict[str, tuple[int, ...]]:
    """The plan of every unit by its full name."""
    return {office.name: plan(office) for office in OFFICES}
