"""Small random zones for hypothesis: whoever follows CONTRACT accepts every ledger of them.

The pools are small so that things collide: numbers, decisions, names and codes of enterprises, days
of re-inspection, days of receipt around the deadline. A zone never holds what CONTRACT refuses, nor
what METHOD leaves open: a zero that is filled and then declared anew, rows that come back after a
zero, a decision with 是否处罚 = 否, a number that one month's correction frees and another month takes
(without the correction, as `correction` asks, both would have it).

A unit's ledgers are made in the order they are received, each against what is in force then: a
follow-up names only a case that the unit has reported by then, and a corrected ledger keeps what a
later month's follow-up rests on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import starmap
from typing import Any, TypeAlias

from hypothesis import strategies as st

from .ranking import (
    DEADLINE_DAY,
    FARTHEST,
    GRACE,
    GROUPS,
    ZONE_TIME,
    Case,
    Extension,
    Followup,
    Ledger,
    Refusal,
    Unit,
    normal,
)

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
Sheet: TypeAlias = list[list[object]]
InForce: TypeAlias = dict[str, Ledger]
"""A unit's ledgers as they stand at some moment, by month."""


@dataclass(frozen=True)
class Zone:
    """A zone as `ranking` takes it; `ledgers` in the order of receipt, none after `today`."""

    units: tuple[Unit, ...]
    ledgers: tuple[Ledger, ...]
    plans: Mapping[tuple[str, str], int]
    periods: tuple[str, ...]
    today: date
    refusals: tuple[Refusal, ...] = ()
    extensions: tuple[Extension, ...] = ()


UNITS = (
    Unit("longtanzi", "龙滩子街道办事处", "town", True),
    Unit("shuanglu", "双路街道办事处", "town", True),
    Unit("tongqiao", "通桥街道办事处", "town", True),
    Unit("youting", "邮亭镇人民政府", "town", False),
    Unit("emergency", "应急管理局", "department", True),
    Unit("economy", "经济发展局", "department", True),
    Unit("construction", "建设管理局", "department", True),
    Unit("transport", "交通运输局", "department", True),
    Unit("market", "市场监督管理局", "department", True),
    Unit("fire", "消防救援大队", "department", True),
    Unit("traffic_police", "交巡警大队", "department", True),
    Unit("social", "社会事务局", "department", True),
    Unit("manufacturing", "现代制造发展中心", "centre", False),
    Unit("logistics", "商贸物流发展中心", "centre", False),
    Unit("recycling", "循环经济发展中心", "centre", False),
)
"""The shipped units (reference/units.yaml)."""

SECTORS = (
    *("建设施工", "危险化学品", "工贸", "城镇燃气", "电力", "道路交通", "消防"),
    *("烟花爆竹", "非煤矿山", "商贸", "特种设备", "文化旅游", "教育", "其他"),
)
"""The shipped sectors (reference/sectors.yaml)."""
METHODS = ("日常检查", "专项检查", "明查暗访", "交叉检查", "举报核查", "")
"""Ways of inspecting; the last is none."""


# Credit codes (GB 32100), the organisation code (GB 11714) inside them right as well

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def credit_code(body: str) -> str:
    """An enterprise's code, from the eight characters of its organisation code."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * _ORGANISATION.index(char) for weight, char in zip(weights, body, strict=True))
    number = "91500111" + body + "0123456789X0"[11 - total % 11]
    total = sum(3**place * _ALPHABET.index(char) for place, char in enumerate(number))
    return number + _ALPHABET[-total % 31]


CODES = tuple(map(credit_code, ("MA5U0A1B", "MA60C2D3", "MA7E4F5G", "MABH6J7K")))
NAMES = ("重庆安达（集团）有限公司", "重庆永顺燃气有限公司", "重庆瑞联化工厂", "鑫华商贸行")
_SPELLINGS = (
    NAMES[0],
    "重庆安达(集团)有限公司",
    "重庆安达 〔集团〕 有限公司",
    "重庆\u3000永顺燃气有限公司",
    *NAMES[1:],
)
"""The names as clerks write them: the first three are one name, the fourth and fifth another."""


# Pools

_STARTS = ("2022-01", "2022-02", "2022-05", "2022-11", "2023-12", "2024-11", "2025-01")
_RECEIPTS = (
    (1, "09:30:00"),
    (5, "23:59:59"),
    (6, "00:00:00"),
    (10, "23:59:59"),
    (11, "00:00:00"),
    (3, "16:00:00"),
    (38, "10:00:00"),
)
"""When a first version comes in: the day counted from the end of its month, and the time."""
_CORRECTED_AFTER = (timedelta(minutes=30), timedelta(days=1), timedelta(days=7), timedelta(days=36))
_UPLOADED_BEFORE = (
    *(None,) * 5,
    timedelta(minutes=20),
    timedelta(hours=11),
    timedelta(hours=24),
    timedelta(hours=24, seconds=1),
    timedelta(days=3),
)
"""How long before its sender's word a ledger had been uploaded; None: it was loaded at once."""
_RETURNED_AFTER = (None, None, timedelta(hours=1), timedelta(days=2), timedelta(days=20))
_TODAY_AFTER = (3, 5, 6, 45, 150)
_VERSIONS = (0, 1, 1, 1, 1, 2, 2, 3)
_CALM = ((0, 0),)
_GRAVE = ((1, 1), (4, 2), (3, 0))
_MIXED = ((0, 0), (0, 0), (1, 0), (3, 0), (1, 1), (4, 2))
_MONTHS = ((_MIXED, 0), (_MIXED, 0), (_MIXED, 0), (_CALM, 3), (_GRAVE, 4))
"""What a month finds (hazards, major ones among them), and how many more cases it has for it."""
_FINES = (None, Decimal(2000), Decimal("3000.10"), Decimal(20000))
_PLANS = (None, 0, 1, 3, 8)
_NUMBERS = 24
_REWRITTEN: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: text.translate(str.maketrans("（）〔〕", "()[]")),
    lambda text: text.translate(str.maketrans("〔〕0123", "【】０１２３")).replace("号", " 号"),
)
"""Ways to write the same number."""


def _number(index: int) -> str:
    return f"（渝双）应急检记〔2022〕{index}号"


def _rewritten(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from([rewrite(text) for rewrite in _REWRITTEN])


_DECISION = st.integers(1, 8).flatmap(lambda index: _rewritten(f"（渝双）应急罚〔2022〕{index}号"))
_PENALTY = {"penalised": st.just(True), "decision": _DECISION, "fine": st.sampled_from(_FINES)}


# A zone


@st.composite
def zones(draw: Draw, pool: Sequence[Unit] = UNITS, any_power: bool = False) -> Zone:
    """2 to 6 units of two groups of the pool over 1 to 4 consecutive months.

    With `any_power` the power to penalise is drawn afresh (where a test can set the units).
    """
    units = draw(_units(pool, any_power))
    periods = draw(_periods())
    today = _last_day(periods[-1]) + timedelta(days=draw(st.sampled_from(_TODAY_AFTER)))
    ledgers = [ledger for unit in units for ledger in _unit_ledgers(draw, unit, periods, today)]
    plans = {(unit.code, period): draw(st.sampled_from(_PLANS)) for unit in units for period in periods}
    refusals = [one for unit in units for one in _refusals(draw, unit, periods, today)]
    return Zone(
        units,
        tuple(sorted(ledgers, key=lambda ledger: ledger.received_at)),
        {key: plan for key, plan in plans.items() if plan is not None},
        periods,
        today,
        tuple(sorted(refusals, key=lambda refusal: refusal.received_at)),
        _extensions(draw, units, periods, today),
    )


def _extensions(draw: Draw, units: Sequence[Unit], periods: Sequence[str], today: date) -> tuple[Extension, ...]:
    """Now and then a deadline that is extended, of one unit or of all, before it passes or afterwards: each to a later day."""
    found: list[Extension] = []
    for period in periods:
        first = _last_day(period) + timedelta(days=DEADLINE_DAY)
        for after in draw(st.sampled_from(((), (), (-2,), (3,), (-2, 4)))):
            unit = draw(st.sampled_from((None, *(one.code for one in units))))
            so_far = [one.until for one in found if one.period == period and one.unit in (None, unit)]
            until = max([first, *so_far]) + timedelta(days=draw(st.sampled_from((1, 5, 6))))
            decided_at = datetime.combine(first + timedelta(days=after), time(9), ZONE_TIME)
            if decided_at.date() <= today:
                found.append(Extension(period, unit, until, decided_at))
    return tuple(found)


@st.composite
def _units(draw: Draw, pool: Sequence[Unit], any_power: bool) -> tuple[Unit, ...]:
    """One to three units of each of two groups."""
    present = [group for group in GROUPS if any(unit.group == group for unit in pool)]
    chosen = draw(st.sets(st.sampled_from(present), min_size=2, max_size=2))
    units: list[Unit] = []
    for group in sorted(chosen):
        members = st.sampled_from([unit for unit in pool if unit.group == group])
        units += draw(st.lists(members, min_size=1, max_size=3, unique=True))
    if any_power:
        units = [replace(unit, may_penalise=draw(st.booleans())) for unit in units]
    return tuple(units)


@st.composite
def _periods(draw: Draw) -> tuple[str, ...]:
    first = draw(st.sampled_from(_STARTS))
    periods = [first]
    for _ in range(draw(st.sampled_from((1, 2, 3, 3, 0)))):
        periods.append(_month(_last_day(periods[-1]) + timedelta(days=1)))
    return tuple(periods)


# A unit's ledgers


def _unit_ledgers(draw: Draw, unit: Unit, periods: Sequence[str], today: date) -> list[Ledger]:
    """All versions of all ledgers of a unit, in the order received."""
    history: dict[str, list[Ledger]] = {period: [] for period in periods}
    received: list[Ledger] = []
    for moment, period in _receipts(draw, periods, today):
        in_force = {month: versions[-1] for month, versions in history.items() if versions}
        empty = Ledger(unit.code, period, 0, moment, uploaded_at=_uploaded_at(draw, period, moment))
        told = {
            normal(case.number) for month in periods if month != period for one in history[month] for case in one.cases
        }
        ledger = _uploaded_after_its_days(_ledger(draw, empty, in_force, told))
        if _is_new(ledger, history[period]):
            ledger = replace(ledger, version=len(history[period]) + 1)
            history[period].append(ledger)
            received.append(ledger)
    return _some_returned(draw, received, today)


def _uploaded_at(draw: Draw, period: str, confirmed_at: datetime) -> datetime | None:
    """A moment before, if the month was over by then."""
    before: timedelta | None = draw(st.sampled_from(_UPLOADED_BEFORE))
    if before is None or _zone_day(confirmed_at - before) <= _last_day(period):
        return None
    return confirmed_at - before


def _uploaded_after_its_days(ledger: Ledger) -> Ledger:
    """The same; confirmed as it was uploaded where it tells of a re-inspection that the upload came before."""
    looked_at = [row.reinspected_on for row in (*ledger.cases, *ledger.followups) if row.reinspected_on is not None]
    if ledger.uploaded_at is None or all(day <= _zone_day(ledger.uploaded_at) for day in looked_at):
        return ledger
    return replace(ledger, uploaded_at=None)


def _some_returned(draw: Draw, received: Sequence[Ledger], today: date) -> list[Ledger]:
    """The same, one of those that count in the end returned afterwards, where nothing of another month rests on it."""
    after = draw(st.sampled_from(_RETURNED_AFTER))
    if after is None or not received:
        return list(received)
    last = {ledger.period: ledger for ledger in received}
    moment = received[-1].received_at + after
    possible = [one for one in last.values() if _may_return(one, received, last)]
    if not possible or _zone_day(moment) > today:
        return list(received)
    returned = draw(st.sampled_from(possible))
    return [replace(one, returned_at=moment) if one is returned else one for one in received]


def _may_return(ledger: Ledger, received: Sequence[Ledger], last: InForce) -> bool:
    """Whether no other month names a case that would be gone, nor reports one that would be back."""
    versions = [one for one in received if one.period == ledger.period and one.version < ledger.version]
    back = {normal(case.number) for case in versions[-1].cases} if versions else set()
    gone = {normal(case.number) for case in ledger.cases} - back
    others = [one for one in last.values() if one.period != ledger.period]
    named = {normal(row.number) for one in others for row in one.followups}
    reported = {normal(case.number) for one in others for case in one.cases}
    return not (gone & named or back & reported)


def _refusals(draw: Draw, unit: Unit, periods: Sequence[str], today: date) -> list[Refusal]:
    """Now and then a ledger that is refused, at a moment at which ledgers come in too."""
    found = []
    for period in periods:
        moment = _first_receipt(draw, period) + draw(st.sampled_from((timedelta(0), *_CORRECTED_AFTER)))
        moment += timedelta(seconds=1)
        if draw(st.integers(0, 3)) == 0 and _zone_day(moment) <= today:
            found.append(Refusal(unit.code, period, moment))
    return found


def _receipts(draw: Draw, periods: Sequence[str], today: date) -> list[tuple[datetime, str]]:
    """When the unit sends which month, up to today; no two at the same moment."""
    moments: dict[datetime, str] = {}
    for period in periods:
        moment = _first_receipt(draw, period)
        for _ in range(draw(st.sampled_from(_VERSIONS))):
            if _zone_day(moment) <= today:
                moments.setdefault(moment, period)
            moment += draw(st.sampled_from(_CORRECTED_AFTER))
    return sorted(moments.items())


def _first_receipt(draw: Draw, period: str) -> datetime:
    """A moment of the zone's day, at times written in UTC."""
    days, clock = draw(st.sampled_from(_RECEIPTS))
    day = _last_day(period) + timedelta(days=days)
    moment = datetime.combine(day, time.fromisoformat(clock), ZONE_TIME)
    return moment.astimezone(UTC) if days == 6 else moment


def _is_new(ledger: Ledger, earlier: Sequence[Ledger]) -> bool:
    """Whether it differs from all versions before it, and METHOD says what its zeros mean."""
    if any((old.cases, old.followups) == (ledger.cases, ledger.followups) for old in earlier):
        return False
    if any(old.is_zero for old in earlier[1:]):
        return False
    return not (earlier and earlier[0].is_zero and ledger.is_zero)


def _ledger(draw: Draw, ledger: Ledger, in_force: InForce, told: set[str]) -> Ledger:
    """The rows of a version that comes in while those others are in force; `told` are the numbers of other months."""
    before = in_force.get(ledger.period)
    named = _named_later(in_force, ledger.period)
    if before is None or before.is_zero:
        if draw(st.integers(0, 5)) == 0:
            return ledger
        cases = _new_cases(draw, ledger, in_force, told, draw(st.integers(0, 5)))
        kept: list[Followup] = []
    else:
        if not named and draw(st.integers(0, 9)) == 0:
            return ledger
        cases = _corrected(draw, before.cases, named)
        others = {**in_force, ledger.period: replace(ledger, cases=tuple(cases))}
        cases += _new_cases(draw, ledger, others, told, draw(st.integers(0, 2)))
        kept = [row for row in before.followups if row.penalised and normal(row.number) in named]
    ledger = replace(ledger, cases=tuple(cases), followups=tuple(kept))
    return _with_followups(draw, ledger, in_force)


def _named_later(in_force: InForce, period: str) -> set[str]:
    """The cases that later months' follow-ups name, and so rest on what this month says."""
    later = [ledger for month, ledger in in_force.items() if month > period]
    return {normal(row.number) for ledger in later for row in ledger.followups}


# Rows of 执法检查台账


def _new_cases(draw: Draw, ledger: Ledger, in_force: InForce, told: set[str], count: int) -> list[Case]:
    """Cases whose numbers no ledger in force has, and no other month ever had."""
    taken = told | {normal(case.number) for other in in_force.values() for case in other.cases}
    free = [index for index in range(1, _NUMBERS + 1) if normal(_number(index)) not in taken]
    hazards, more = draw(st.sampled_from(_MONTHS))
    found = st.sampled_from(hazards)
    return [_case(draw, _number(index), ledger, draw(found)) for index in free[: count + more]]


def _case(draw: Draw, number: str, ledger: Ledger, found: tuple[int, int]) -> Case:
    end = _last_day(ledger.period)
    inspected_on = draw(st.dates(end.replace(day=1), end))
    hazards, major_hazards = found
    case = Case(
        inspected_on,
        draw(st.sampled_from(_SPELLINGS)),
        draw(st.sampled_from((None, *CODES))),
        number,
        hazards,
        major_hazards,
        _rectify_by(draw, inspected_on) if hazards else None,
        draw(_rectified(hazards)),
    )
    if draw(st.integers(0, 2)) == 0:
        case = replace(case, **draw(st.fixed_dictionaries(_PENALTY)))
    if hazards and draw(st.booleans()):
        case = replace(case, **_reinspection(draw, case, ledger))
    return case


def _rectify_by(draw: Draw, inspected_on: date) -> date:
    """Soon, or such that the due day is a month's last day or the next month's first."""
    end = _last_day(_month(inspected_on))
    next_end = _last_day(_month(end + timedelta(days=1)))
    due_days = (end, end + timedelta(days=1), next_end, next_end + timedelta(days=1))
    days = [inspected_on + timedelta(days=days) for days in (0, 3, 12)]
    days += [due - GRACE for due in due_days if due - GRACE >= inspected_on]
    days += [inspected_on + FARTHEST - GRACE + timedelta(days=days) for days in (0, 1, 200)]
    day: date = draw(st.sampled_from(days))
    return day


def _rectified(hazards: int) -> st.SearchStrategy[int | None]:
    return st.sampled_from((None, *range(hazards + 1)))


def _reinspection(draw: Draw, case: Case, ledger: Ledger) -> dict[str, Any]:
    """复查日期 and 复查结论, on a day that matters between inspection and receipt."""
    due = min((case.rectify_by or case.inspected_on) + GRACE, case.inspected_on + FARTHEST)
    end = _last_day(ledger.period)
    received = _zone_day(ledger.uploaded_at or ledger.received_at)
    days = [case.inspected_on, due - GRACE, due, due + timedelta(days=1)]
    days += [end, end + timedelta(days=1), received]
    possible = [day for day in days if case.inspected_on <= day <= received]
    return {
        "reinspected_on": draw(st.sampled_from(possible)),
        "conclusion": draw(st.sampled_from(("合格", "不合格"))),
    }


def _corrected(draw: Draw, cases: Sequence[Case], named: set[str]) -> list[Case]:
    """The rows before, some changed, some dropped (never one that a later follow-up names)."""
    kept = [case for case in cases if normal(case.number) in named or draw(st.integers(0, 4)) > 0]
    rows = [_amended(draw, case) for case in kept]
    return rows[::-1] if draw(st.integers(0, 3)) == 0 else rows


def _amended(draw: Draw, case: Case) -> Case:
    """A row with at most one thing put right, and nothing gone that follow-ups rest on."""
    changes: list[dict[str, st.SearchStrategy[Any]]] = [
        {},
        {"credit_code": st.sampled_from((None, *CODES))},
        {"rectified": _rectified(case.hazards)},
        {"fine": st.sampled_from(_FINES)} if case.penalised else _PENALTY,
    ]
    if case.rectify_by is not None:
        changes.append({"hazards": st.just(case.hazards + 1)})
        changes.append({"rectify_by": st.just(case.rectify_by + timedelta(days=5))})
    return replace(case, **draw(st.one_of(*map(st.fixed_dictionaries, changes))))


# Rows of 整改复查


def _with_followups(draw: Draw, ledger: Ledger, in_force: InForce) -> Ledger:
    """The ledger with news of cases of its own and of earlier months, one row a case."""
    known = {**in_force, ledger.period: ledger}
    told = {normal(row.number) for row in ledger.followups}
    cases = [
        case
        for month in sorted(known)
        for case in known[month].cases
        if month <= ledger.period and normal(case.number) not in told
    ]
    rows = [_followup(draw, case, ledger, _is_penalised(case, ledger.period, in_force)) for case in draw(_some(cases))]
    return replace(ledger, followups=(*ledger.followups, *rows))


def _some(cases: Sequence[Case]) -> st.SearchStrategy[list[Case]]:
    """Some of the first two and the last three, so that the same case is told of repeatedly."""
    pool = [*cases[:2], *cases[2:][-3:]]
    return st.lists(st.sampled_from(pool), max_size=5, unique=True) if pool else st.just([])


def _is_penalised(case: Case, period: str, in_force: InForce) -> bool:
    """Whether the case's row, or an earlier month's follow-up, says 是."""
    number = normal(case.number)
    rows = [row for month, ledger in in_force.items() if month < period for row in ledger.followups]
    return case.penalised or any(row.penalised and normal(row.number) == number for row in rows)


def _followup(draw: Draw, case: Case, ledger: Ledger, penalised: bool) -> Followup:
    """A re-inspection, news of the penalty, or both; at least one of them."""
    kind = draw(st.sampled_from(("reinspection", "reinspection", "penalty", "both")))
    row = Followup(draw(_rewritten(case.number)))
    if kind != "penalty":
        row = replace(row, **_reinspection(draw, case, ledger))
    row = replace(row, rectified=draw(_rectified(case.hazards)))
    return row if kind == "reinspection" else _with_penalty(draw, row, penalised)


def _with_penalty(draw: Draw, row: Followup, penalised: bool) -> Followup:
    """A decision under 是; of a penalised case also one without it, a fine alone, or a mere 否."""
    told: list[dict[str, st.SearchStrategy[Any]]] = [_PENALTY]
    if penalised:
        fine = {"fine": st.sampled_from(_FINES)}
        told += [fine, {"decision": _DECISION, **fine}, {"penalised": st.just(False)}]
    return replace(row, **draw(st.one_of(*map(st.fixed_dictionaries, told))))


# The same as sheets

_FOUND_COLUMNS = ["检查日期", "被检查单位", "统一社会信用代码", "行业领域", "检查方式", "检查人员"]
_HAZARD_COLUMNS = ["检查文书号", "发现隐患数", "其中重大隐患数", "整改期限", "已整改隐患数"]
_PENALTY_COLUMNS = ["是否处罚", "处罚决定书号", "处罚种类", "罚款金额(元)"]
_REINSPECTION_COLUMNS = ["复查日期", "复查结论"]
_LEDGER_HEADER: list[object] = ["序号", *_FOUND_COLUMNS, *_HAZARD_COLUMNS]
_LEDGER_HEADER += [*_PENALTY_COLUMNS, *_REINSPECTION_COLUMNS]
_FOLLOWUP_HEADER: list[object] = ["检查文书号", *_REINSPECTION_COLUMNS, "已整改隐患数"]
_FOLLOWUP_HEADER += _PENALTY_COLUMNS


def enforcement_sheets(ledger: Ledger) -> dict[str, Sheet]:
    """The sheets of an `enforcement` workbook: header and rows, None for an empty cell."""
    return {
        "执法检查台账": [_LEDGER_HEADER, *starmap(_case_cells, enumerate(ledger.cases))],
        "整改复查": [_FOLLOWUP_HEADER, *map(_followup_cells, ledger.followups)],
    }


def targets_sheets(zone: Zone, year: int) -> dict[str, Sheet] | None:
    """The sheets of a `targets` workbook; None where the zone has no plan in the year."""
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    rows: Sheet = [
        [unit.name, *(zone.plans.get((unit.code, month)) for month in months)]
        for unit in zone.units
        if any((unit.code, month) in zone.plans for month in months)
    ]
    if not rows:
        return None
    header: list[object] = ["单位", *(f"{month}月" for month in range(1, 13))]
    caps: Sheet = [["单位", "行业领域", "全年亡人指标"], ["全区", None, 6]]
    return {"亡人指标": caps, "检查计划": [header, *rows]}


def sector_of(index: int, case: Case) -> str:
    """The sector that the row of a case names, by its place in its ledger and its day: METHOD's figures by unit ask for none."""
    return SECTORS[(index + case.inspected_on.day) % len(SECTORS)]


def method_of(index: int, case: Case) -> str:
    """The way of inspecting that the row of a case names, which may be none."""
    return METHODS[(index + 2 * case.inspected_on.day) % len(METHODS)]


def _case_cells(index: int, case: Case) -> list[object]:
    before = [index + 1, case.inspected_on, case.enterprise, case.credit_code]
    sector = sector_of(index, case)
    found = [case.hazards, case.major_hazards, case.rectify_by, case.rectified]
    penalty = ["是" if case.penalised else "否", *_penalty_cells(case)]
    return [
        *before,
        sector,
        method_of(index, case) or None,
        "张伟、李娜",
        case.number,
        *found,
        *penalty,
        *_reinspection_cells(case),
    ]


def _followup_cells(row: Followup) -> list[object]:
    penalised = None if row.penalised is None else "是" if row.penalised else "否"
    news = [*_reinspection_cells(row), row.rectified, penalised]
    return [row.number, *news, *_penalty_cells(row)]


def _penalty_cells(row: Case | Followup) -> list[object]:
    kind = "罚款" if row.fine else "警告" if row.decision else None
    return [row.decision, kind, None if row.fine is None else float(row.fine)]


def _reinspection_cells(row: Case | Followup) -> list[object]:
    return [row.reinspected_on, row.conclusion]


# Days


def _month(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def _last_day(period: str) -> date:
    first = date.fromisoformat(f"{period}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _zone_day(moment: datetime) -> date:
    return moment.astimezone(ZONE_TIME).date()
