"""Small random years for hypothesis: a quarter to score, and the accidents of this year and those before.

Whoever follows CONTRACT accepts every workbook of them. The enforcement ledgers are made as in
`zones`; the accident ledgers tell, month by month, of accidents that change as they are looked into.
The pools are small so that things collide: numbers, enterprises, days and bounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import starmap
from random import Random
from typing import Any

from hypothesis import strategies as st

from . import told
from .casualties import CLASSES, Accident, AccidentLedger, Cap, Sector, computed_class
from .ranking import ZONE_TIME, Ledger, Unit, known_by, normal
from .register import Paper
from .scores import FULL_MARK, MEASURES, Extra, Review, SelfAssessment, last_day_of, months_of
from .work_plan import Filer, TaskLedger, denominators_from, in_force, milestones
from .zones import _PLANS, _SPELLINGS, UNITS, Draw, Sheet, _last_day, _rewritten, _unit_ledgers, _zone_day
from .zones import SECTORS as _SECTOR_NAMES

_SECTOR_CODES = (
    *("construction", "chemicals", "industry_trade", "gas", "power", "road", "fire"),
    *("fireworks", "mining", "commerce", "special_equipment", "tourism", "education", "other"),
)
SECTORS = tuple(starmap(Sector, zip(_SECTOR_CODES, _SECTOR_NAMES, strict=True)))
"""The shipped sectors (reference/sectors.yaml)."""
WHOLE_ZONE = "全区"


@dataclass(frozen=True)
class YearZone:
    """A zone as `scores` and `casualties` take it; every workbook in the order of receipt, none after `today`.

    `days` are days of `quarter`'s year to ask the casualties as of, the last the latest possible.
    """

    units: tuple[Unit, ...]
    sectors: tuple[Sector, ...]
    quarter: str
    ledgers: tuple[Ledger, ...]
    plans: Mapping[tuple[str, str], int]
    self_assessments: tuple[SelfAssessment, ...]
    reviews: tuple[Review, ...]
    accident_ledgers: tuple[AccidentLedger, ...]
    caps_by_year: Mapping[int, tuple[Cap, ...]]
    tasks: tuple[TaskLedger, ...]
    lists: tuple[Paper, ...]
    today: date
    days: tuple[date, ...]

    @property
    def year(self) -> int:
        """The year of the quarter."""
        return int(self.quarter[:4])

    def known_by(self, day: date) -> "YearZone":
        """The same with only what had been received by the day's end (the targets always are)."""
        return replace(
            self,
            ledgers=tuple(known_by(self.ledgers, day)),
            self_assessments=tuple(paper for paper in self.self_assessments if _zone_day(paper.received_at) <= day),
            reviews=tuple(paper for paper in self.reviews if _zone_day(paper.received_at) <= day),
            accident_ledgers=tuple(paper for paper in self.accident_ledgers if _zone_day(paper.received_at) <= day),
            tasks=tuple(paper for paper in self.tasks if _zone_day(paper.received_at) <= day),
            lists=tuple(paper for paper in self.lists if _zone_day(paper.received_at) <= day),
        )

    def milestones(self, plan: dict[str, Any], filers: Sequence[Filer], day: date) -> dict[str, Fraction | None]:
        """Of each unit by the plan, as what was known on a day has it; of none in a year that is not the plan's (METHOD section 3)."""
        if self.year != plan["year"]:
            return dict.fromkeys(unit.code for unit in filers)
        papers = [*self.lists, *map(_inspected, self.ledgers)]
        counted = denominators_from(papers, day, {name: name for name in _SECTOR_NAMES})
        return milestones(plan, filers, in_force(self.tasks), counted, self.quarter)


def _inspected(ledger: Ledger) -> Paper:
    """A ledger as far as the plan's shares look at it: when was inspected."""
    rows = [{"inspected_on": case.inspected_on} for case in ledger.cases]
    returned = None if ledger.returned_at is None else _zone_day(ledger.returned_at)
    received = _zone_day(ledger.received_at)
    return Paper(
        "enforcement", ledger.unit, ledger.period, ledger.version, received, ledger.received_at, returned, rows
    )


# Pools

_PLANNED = ("2022Q1", "2022Q2", "2022Q3", "2022Q4")
_QUARTERS = (*_PLANNED, *_PLANNED, "2023Q1", "2024Q1", "2024Q2", "2025Q1", "2025Q4")
"""Those of the plan's year twice: nothing but they tells of its items."""
_TODAY_AFTER = (-83, 0, 0, 1, 3, 5, 6, 17, 17, 45)
"""Days from the quarter's end to today, where today is no other day of note: once no month is due yet."""
_CLOCKS = (None, None, time(0, 0), time(8, 30), time(23, 59))
_CORRECTED_AFTER = (timedelta(minutes=30), timedelta(days=1), timedelta(days=7), timedelta(days=36))
_MARKS = tuple(Decimal(mark) for mark in ("0", "3.33", "5", "6.67", "7.5", "8", "8.5", "9", "9.5", "10"))
_BONUSES = tuple(Decimal(amount) for amount in ("0", "0", "0.5", "2", "4", "5", "5.5", "8"))
_DEDUCTIONS = tuple(Decimal(amount) for amount in ("0", "0", "0.5", "3", "12.25", "100"))
_REASONS = (None, "瞒报事故", "通报批评", "较大事故")
_DEATHS = (0, 0, 0, *(1,) * 12, 2, 2, 2, 2, 3, 9, 10, 29, 30)
_INJURIES = (*(0,) * 16, 1, 1, 2, 9, 10, 49, 50, 99, 100)
_MISSING = (*(0,) * 10, 1, 2)
_LOSSES = (
    *(*(None,) * 9, Decimal(0), Decimal(0), Decimal(800_000), Decimal(800_000), Decimal("1234567.89")),
    *(Decimal("9999999.99"), Decimal(10_000_000), Decimal("49999999.99"), Decimal(50_000_000)),
    *(Decimal("99999999.99"), Decimal(100_000_000)),
)
_STATUSES = ("快报", "快报", "认定", "认定", "核销")
_TYPES = ("物体打击", "高处坠落", "坍塌", "道路交通", "火灾", "中毒和窒息")
_ACCIDENT_SECTORS = ("construction", "construction", "road", "industry_trade", "fire")
_CAPS = (0, 1, 1, 2, 3, 6, 12, 40)
_CHANGES = tuple(Decimal(change) for change in ("-5", "-5", "-10", "-100", "-2.5", "10"))
_ACCIDENTS = 8
_REPORT_WITHIN = timedelta(days=60)
_TELLERS = 4
"""So many units at most tell of the plan's items."""


def _number(index: int) -> str:
    """Without the year, so that different years' accidents share numbers; one is a bare figure."""
    return str(index) if index == 7 else f"渝双安事（快）〔{index}〕号"


# A year


@st.composite
def years(draw: Draw, plan: dict[str, Any], filers: Sequence[Filer], pool: Sequence[Unit] = UNITS) -> YearZone:
    """A quarter of all units of the pool, of which few file, and up to three years before; in the plan's year they tell of its items."""
    quarter = draw(st.sampled_from(_QUARTERS))
    year = int(quarter[:4])
    today = draw(st.sampled_from(_todays(quarter)))
    active = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=6, unique=True))
    enforcing = active[: draw(st.sampled_from((0, 1, 2, 2, 3)))]
    accident_ledgers = _accident_ledgers(draw, pool, year, today)
    concerned = {code for ledger in accident_ledgers for row in ledger.accidents for code in (row.unit, row.department)}
    struck = [unit for unit in pool if unit.code in concerned]
    planned = told.Year(plan, filers, quarter, today, Random(draw(st.integers(0, 2**32))))
    tellers = [one for one in filers if one.code in {unit.code for unit in active}][:_TELLERS]
    return YearZone(
        units=tuple(pool),
        sectors=SECTORS,
        quarter=quarter,
        ledgers=_by_receipt([_unit_ledgers(draw, unit, months_of(quarter), today) for unit in enforcing]),
        plans=_plans(draw, enforcing, quarter),
        self_assessments=_by_receipt([_self_assessments(draw, unit, quarter, today) for unit in active]),
        reviews=tuple(
            _reviews(draw, [*active, *draw(st.lists(st.sampled_from(pool), max_size=6))], struck, quarter, today)
        ),
        accident_ledgers=accident_ledgers,
        caps_by_year=_caps_by_year(draw, [*pool[:2], *active], year),
        tasks=planned.ledgers(tellers) if year == plan["year"] else (),
        lists=planned.lists() if year == plan["year"] else (),
        today=today,
        days=_days(accident_ledgers, year, today),
    )


def _todays(quarter: str) -> list[date]:
    """Days of note of the quarter and after it, most of them shortly after its end."""
    year, end = int(quarter[:4]), last_day_of(quarter)
    days = [end + timedelta(days=days) for days in _TODAY_AFTER]
    others = (date(year, 1, 1), _last_day(f"{year}-02"), date(year, 6, 30), date(year, 12, 31))
    days += [day for day in others if day >= _first_day_of(quarter)]
    return [*days, date(year + 1, 1, 15), date(year + 1, 3, 1)]


def _days(ledgers: Sequence[AccidentLedger], year: int, today: date) -> tuple[date, ...]:
    """The ends and beginnings of note, and the days of accidents; all in the year and not after today."""
    days = {date(year, 1, 1), date(year, 2, 28), _last_day(f"{year}-02"), date(year, 6, 30), date(year, 12, 31)}
    rows = [row for ledger in ledgers for row in ledger.accidents if row.happened_on.year == year]
    days |= {row.happened_on for row in rows} | {row.closed_on for row in rows if row.closed_on is not None}
    latest = min(today, date(year, 12, 31))
    return tuple(sorted({day for day in days if day.year == year and day <= latest} | {latest}))


def _by_receipt(papers: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(sorted((paper for some in papers for paper in some), key=lambda paper: paper.received_at))


def _receipts(draw: Draw, first: datetime, versions: int, today: date) -> list[datetime]:
    """When so many versions come in, those after today left out."""
    moments = [first]
    for _ in range(versions - 1):
        moments.append(moments[-1] + draw(st.sampled_from(_CORRECTED_AFTER)))
    return [moment for moment in moments[:versions] if _zone_day(moment) <= today]


def _plans(draw: Draw, units: Sequence[Unit], quarter: str) -> dict[tuple[str, str], int]:
    plans = {(unit.code, month): draw(st.sampled_from(_PLANS)) for unit in units for month in months_of(quarter)}
    return {key: plan for key, plan in plans.items() if plan is not None}


# Self-assessments and reviews


def _self_assessments(draw: Draw, unit: Unit, quarter: str, today: date) -> list[SelfAssessment]:
    """Up to two versions that differ; a workbook may leave measures out, or all of them."""
    papers: list[SelfAssessment] = []
    for moment in _after_quarter(draw, quarter, (-86, 0, 3, 5, 6), draw(st.sampled_from((0, 1, 1, 1, 2))), today):
        marks = draw(_marks())
        if all(paper.marks != marks for paper in papers):
            papers.append(SelfAssessment(unit.code, quarter, len(papers) + 1, moment, marks))
    return papers


def _after_quarter(draw: Draw, quarter: str, days: Sequence[int], versions: int, today: date) -> list[datetime]:
    """Moments from so many days after the quarter's end (none before it begins), at times the last of the day, at times told in UTC."""
    day = last_day_of(quarter) + timedelta(days=draw(st.sampled_from(days)))
    first = datetime.combine(day, draw(st.sampled_from((time(9, 0), time(23, 59, 59)))), ZONE_TIME)
    return _receipts(draw, first.astimezone(UTC) if day.day == 6 else first, versions, today)


@st.composite
def _marks(draw: Draw) -> dict[int, Decimal]:
    """Mostly all ten, sometimes some, sometimes none; good ones, bad ones or both."""
    numbers = draw(st.sampled_from((list(MEASURES), list(MEASURES), list(MEASURES), list(MEASURES)[:-2], [3, 8], [])))
    pool = draw(st.sampled_from((_MARKS, _MARKS[4:], _MARKS[6:])))
    return {number: draw(st.sampled_from(pool)) for number in numbers}


def _reviews(draw: Draw, units: Sequence[Unit], struck: Sequence[Unit], quarter: str, today: date) -> list[Review]:
    """Up to two versions that differ; not every unit is reviewed, nor in every measure. Of those struck by accidents some are vetoed."""
    papers: list[Review] = []
    for moment in _after_quarter(draw, quarter, (-86, 1, 6, 15), draw(st.sampled_from((0, 1, 1, 1, 2))), today):
        marks = {
            (unit.code, number): mark
            for unit in dict.fromkeys(units)
            if draw(st.integers(0, 2)) > 0
            for number, mark in draw(_marks()).items()
        }
        extras = tuple(_extra(draw, unit) for unit in draw(st.lists(st.sampled_from(units), max_size=4)))
        extras += tuple(
            Extra(one.code, veto=True, reason=_REASONS[-1]) for one in struck if draw(st.integers(0, 2)) == 0
        )
        if all((paper.marks, paper.extras) != (marks, extras) for paper in papers):
            papers.append(Review(quarter, len(papers) + 1, moment, marks, extras))
    return papers


def _extra(draw: Draw, unit: Unit) -> Extra:
    """A bonus, a deduction or a veto; never a row that says nothing."""
    extra = Extra(
        unit.code,
        draw(st.sampled_from(_BONUSES)),
        draw(st.sampled_from(_DEDUCTIONS)),
        draw(st.integers(0, 3)) == 0,
        draw(st.sampled_from(_REASONS)),
    )
    return extra if extra.bonus or extra.deduction or extra.veto else replace(extra, bonus=Decimal(1))


# Accidents


def _accident_ledgers(draw: Draw, pool: Sequence[Unit], year: int, today: date) -> tuple[AccidentLedger, ...]:
    """This year's and those of up to three years before, of which one may be missing or without its December."""
    past = draw(st.sampled_from(((), (1,), (1, 2), (2,), (1, 2, 3), (1, 3))))
    ledgers = [_year_ledgers(draw, pool, year - back, draw(_past_months()), today) for back in past]
    begun = [month for month in range(1, 13) if date(year, month, 1) <= today]
    least = draw(st.sampled_from((0, 1, 1, 1)))
    months = draw(st.lists(st.sampled_from(begun[-4:]), min_size=least, max_size=3, unique=True))
    ledgers.append(_year_ledgers(draw, pool, year, sorted(months), today))
    if today.year > year and draw(st.integers(0, 2)) == 0:
        ledgers.append(_year_ledgers(draw, pool, today.year, [1], today))
    return _by_receipt(ledgers)


def _past_months() -> st.SearchStrategy[list[int]]:
    return st.sampled_from(([12], [12], [12], [11, 12], [11], [6, 12]))


def _year_ledgers(
    draw: Draw, pool: Sequence[Unit], year: int, months: Sequence[int], today: date
) -> list[AccidentLedger]:
    """Of each month up to two versions that differ, each telling on from what the months before it tell."""
    ledgers: list[AccidentLedger] = []
    told: tuple[Accident, ...] = ()
    for month in months:
        period = f"{year}-{month:02d}"
        versions: list[AccidentLedger] = []
        for moment in _receipts(draw, _first_receipt(draw, period, today), draw(st.sampled_from((1, 1, 1, 2))), today):
            before = versions[-1].accidents if versions else told
            rows = _rows(draw, pool, period, before, _zone_day(moment))
            if all(rows != other.accidents for other in versions):
                versions.append(AccidentLedger(period, len(versions) + 1, moment, rows))
        ledgers += versions
        told = versions[-1].accidents if versions else told
    return ledgers


def _first_receipt(draw: Draw, period: str, today: date) -> datetime:
    """On a day after the month, or in it; never after today."""
    end = _last_day(period)
    days = [end + timedelta(days=days) for days in (-16, 0, 3, 3, 3, 5, 6)]
    possible = [day for day in days if day <= today] or [today]
    return datetime.combine(draw(st.sampled_from(possible)), time(9, 30), ZONE_TIME)


def _rows(
    draw: Draw, pool: Sequence[Unit], period: str, before: Sequence[Accident], received: date
) -> tuple[Accident, ...]:
    """What was told before, some of it amended, some not repeated, and what is new; no number twice."""
    kept = [row for row in before if row.happened_on <= received and draw(st.integers(0, 4)) > 0]
    rows = [_amended(draw, row, received) for row in kept]
    taken = {normal(row.number) for row in before}
    free = [_number(index) for index in range(1, _ACCIDENTS + 1) if normal(_number(index)) not in taken]
    rows += [_accident(draw, pool, number, period, received) for number in free[: draw(st.integers(0, 3))]]
    return tuple(rows)


def _accident(draw: Draw, pool: Sequence[Unit], number: str, period: str, received: date) -> Accident:
    """An accident of the year, not after the day its ledger came in, on a day that matters."""
    towns = [unit.code for unit in pool if unit.group == "town"] or [pool[0].code]
    others = [unit.code for unit in pool if unit.group != "town"] or towns
    territory = draw(st.sampled_from((*towns[:2], *towns[:2], *towns, others[0])))
    day = _day(draw, period, received)
    row = Accident(
        number=draw(_rewritten(number)),
        happened_on=day,
        enterprise=draw(st.sampled_from(_SPELLINGS)),
        unit=territory,
        sector=draw(st.sampled_from(_ACCIDENT_SECTORS)),
        type=draw(st.sampled_from(_TYPES)),
        department=draw(st.sampled_from((None, territory, *others[:3]))),
        at=draw(st.sampled_from(_CLOCKS)) if day < received else None,
        deaths=draw(st.sampled_from(_DEATHS)),
        serious_injuries=draw(st.sampled_from(_INJURIES)),
        missing=draw(st.sampled_from(_MISSING)),
        loss_yuan=draw(st.sampled_from(_LOSSES)),
        counted=draw(st.integers(0, 5)) > 0,
        status=draw(st.sampled_from(_STATUSES)),
        stability=draw(st.integers(0, 4)) == 0,
    )
    return _closed_and_classed(draw, row, received)


def _day(draw: Draw, period: str, received: date) -> date:
    """Any day of the year up to receipt; often an end or a beginning, often in the month itself."""
    end = min(received, date(int(period[:4]), 12, 31))
    first = date(int(period[:4]), 1, 1)
    month = date.fromisoformat(f"{period}-01")
    quarters = [date(first.year, *day) for day in ((3, 31), (4, 1), (6, 30), (7, 1), (9, 30), (10, 1), (12, 31))]
    days = [first, _last_day(f"{first.year}-02"), *quarters, month, month, _last_day(period), _last_day(period), end]
    days.append(draw(st.dates(first, end)))
    chosen: date = draw(st.sampled_from([day for day in days if day <= end]))
    return chosen


def _amended(draw: Draw, row: Accident, received: date) -> Accident:
    """The row with at most one thing that turned out otherwise, its number at times written otherwise."""
    changes: list[dict[str, st.SearchStrategy[Any]]] = [
        {},
        {"deaths": st.sampled_from(_DEATHS), "missing": st.just(0)},
        {"deaths": st.just(row.deaths + 1)},
        {"status": st.sampled_from(_STATUSES)},
        {"status": st.just("核销")},
        {"counted": st.booleans()},
        {"serious_injuries": st.sampled_from(_INJURIES), "loss_yuan": st.sampled_from(_LOSSES)},
        {"sector": st.sampled_from(_ACCIDENT_SECTORS), "enterprise": st.sampled_from(_SPELLINGS)},
        {"happened_on": st.just(max(row.happened_on - timedelta(days=1), row.happened_on.replace(month=1, day=1)))},
        {"stability": st.booleans()},
    ]
    number = draw(_rewritten(row.number))
    row = replace(row, number=number, **draw(st.one_of(*map(st.fixed_dictionaries, changes))))
    return _closed_and_classed(draw, row, received)


def _closed_and_classed(draw: Draw, row: Accident, received: date) -> Accident:
    """A day of closing up to receipt, and a submitted class that is never below the computed one."""
    row = _followed(Random(draw(st.integers(0, 2**32))), replace(row, submitted_class=None), received)
    closings = [None, None, row.closed_on, row.happened_on, received, row.happened_on + timedelta(days=30)]
    possible = [day for day in closings if day is None or row.happened_on <= day <= received]
    computed = CLASSES.index(computed_class(row))
    classes = (None, None, None, None, None, CLASSES[computed], CLASSES[computed], CLASSES[min(computed + 1, 3)])
    return replace(row, closed_on=draw(st.sampled_from(possible)), submitted_class=draw(st.sampled_from(classes)))


def _followed(chance: Random, row: Accident, received: date) -> Accident:
    """How it is followed to its close, up to receipt: about the sixtieth day, or that to which it was extended; at times as told before."""
    if row.supervised_on is not None and row.happened_on <= row.supervised_on and chance.random() < 0.3:
        return row
    extended_to = chance.choice((None, None, *(row.happened_on + timedelta(days=days) for days in (61, 90, 120))))
    due = extended_to or row.happened_on + _REPORT_WITHIN

    def day(*about: date) -> date | None:
        return chance.choice([None, *(one for one in about if row.happened_on <= one <= received)])

    return replace(
        row,
        both_examined=chance.random() < 0.5,
        supervised_on=day(row.happened_on, row.happened_on + timedelta(days=30), received),
        reported_on=day(due - timedelta(days=1), due, due, due + timedelta(days=1), received),
        extended_to=extended_to,
        held_responsible=chance.choice((None, 0, 1, 2)),
        transferred_on=day(row.happened_on + timedelta(days=1), due, received),
    )


# Caps


def _caps_by_year(draw: Draw, units: Sequence[Unit], year: int) -> dict[int, tuple[Cap, ...]]:
    """This year's, at times last year's too, which says nothing of this."""
    caps = {year: _caps(draw, units)}
    if draw(st.integers(0, 3)) == 0:
        caps[year - 1] = (Cap(None, None, number=1),)
    return {year: rows for year, rows in caps.items() if rows}


def _caps(draw: Draw, units: Sequence[Unit]) -> tuple[Cap, ...]:
    """Some of the zone, of towns and active units, of sectors, and one of a unit's sector, which is ignored."""
    codes = dict.fromkeys(unit.code for unit in units)
    keys: list[tuple[str | None, str | None]] = [(None, None), *((code, None) for code in codes)]
    keys += [(None, sector) for sector in dict.fromkeys(_ACCIDENT_SECTORS)]
    keys.append((units[0].code, "construction"))
    return tuple(_cap(draw, unit, sector) for unit, sector in keys if draw(st.integers(0, 2)) > 0)


def _cap(draw: Draw, unit: str | None, sector: str | None) -> Cap:
    if draw(st.integers(0, 3)) == 0:
        return Cap(unit, sector, change_percent=draw(st.sampled_from(_CHANGES)))
    return Cap(unit, sector, number=draw(st.sampled_from(_CAPS)))


# The same as sheets

_SELF_HEADER: list[object] = ["序号", "措施", "工作要求", "分值", "自评分", "完成情况", "佐证材料", "扣分原因"]
_REVIEW_HEADER: list[object] = ["单位", "措施", "评审得分", "扣分原因"]
_EXTRA_HEADER: list[object] = ["单位", "加分", "扣分", "一票否决", "事由"]
_PLACE_COLUMNS = ["事故编号", "发生时间", "事故单位", "属地", "行业领域", "行业主管部门", "事故类型"]
_HARM_COLUMNS = ["死亡人数", "重伤人数", "下落不明人数", "轻伤人数", "直接经济损失(万元)", "事故等级"]
_STATE_COLUMNS = ["计入指标", "认定状态", "引发稳定问题", "一案双查"]
_FOLLOWED_COLUMNS = ["挂牌督办日期", "调查报告日期", "批准延期至", "追责人数", "移送司法日期", "结案日期", "备注"]
_ACCIDENT_HEADER: list[object] = [*_PLACE_COLUMNS, *_HARM_COLUMNS, *_STATE_COLUMNS, *_FOLLOWED_COLUMNS]
_YES, _NO = ("是", "√"), ("否", "×")


def self_assessment_sheets(paper: SelfAssessment) -> dict[str, Sheet]:
    """The sheet of a `self_assessment` workbook; measures by name alone, or by 序号 in words of the unit's own."""
    return {"十条措施自评": [_SELF_HEADER, *starmap(_self_cells, paper.marks.items())]}


def review_sheets(paper: Review, units: Sequence[Unit] = UNITS) -> dict[str, Sheet]:
    """The sheets of a `review` workbook; 加减分与否决 is optional, and at times left out where it has no rows."""
    names = {unit.code: unit.name for unit in units}
    marks: Sheet = [
        [names[unit] if number % 2 else unit, MEASURES[number], float(mark), None]
        for (unit, number), mark in paper.marks.items()
    ]
    sheets: dict[str, Sheet] = {"十条措施评审": [_REVIEW_HEADER, *marks]}
    if paper.extras or paper.version == 1:
        rows = [_extra_cells(index, extra, names) for index, extra in enumerate(paper.extras)]
        sheets["加减分与否决"] = [_EXTRA_HEADER, *rows]
    return sheets


def accidents_sheets(
    ledger: AccidentLedger, units: Sequence[Unit] = UNITS, sectors: Sequence[Sector] = SECTORS
) -> dict[str, Sheet]:
    """The sheet of an `accidents` workbook."""
    names, fields = {unit.code: unit.name for unit in units}, {sector.code: sector.name for sector in sectors}
    rows = [_accident_cells(index, row, names, fields) for index, row in enumerate(ledger.accidents)]
    return {"生产安全事故台账": [_ACCIDENT_HEADER, *rows]}


def targets_sheets(zone: YearZone, year: int) -> dict[str, Sheet] | None:
    """The sheets of a `targets` workbook, caps and plans; None where the zone has neither in the year."""
    caps, months = zone.caps_by_year.get(year, ()), [f"{year}-{month:02d}" for month in range(1, 13)]
    plans: Sheet = [
        [unit.name, *(zone.plans.get((unit.code, month)) for month in months)]
        for unit in zone.units
        if any((unit.code, month) in zone.plans for month in months)
    ]
    if not caps and not plans:
        return None
    units = {unit.code: unit.name for unit in zone.units}
    sectors = {sector.code: sector.name for sector in zone.sectors}
    rows: Sheet = [
        [units[cap.unit] if cap.unit else WHOLE_ZONE, sectors[cap.sector] if cap.sector else None, _cap_cell(cap)]
        for cap in caps
    ]
    header: list[object] = ["单位", *(f"{month}月" for month in range(1, 13))]
    return {"亡人指标": [["单位", "行业领域", "全年亡人指标"], *rows], "检查计划": [header, *plans]}


def targets_received_at(year: int) -> datetime:
    """When the year's targets come in: the first morning of the year, so that all of it knows them."""
    return datetime.combine(date(year, 1, 1), time(8, 0), ZONE_TIME)


def _self_cells(number: int, mark: Decimal) -> list[object]:
    measure = [None, MEASURES[number]] if number % 3 == 0 else [number, MEASURES[number] if number % 2 else "见附件"]
    return [*measure, None, FULL_MARK, float(mark), "已完成", None, None]


def _extra_cells(index: int, extra: Extra, names: Mapping[str, str]) -> list[object]:
    veto = _flag(index, extra.veto) if extra.veto or index % 3 else None
    return [names[extra.unit], _filled(extra.bonus), _filled(extra.deduction), veto, extra.reason]


def _accident_cells(index: int, row: Accident, names: Mapping[str, str], fields: Mapping[str, str]) -> list[object]:
    department = names[row.department] if row.department else None
    place = [row.enterprise, names[row.unit], fields[row.sector], department, row.type]
    missing = row.missing if row.missing or index % 2 else None
    loss = None if row.loss_yuan is None else float(row.loss_yuan / 10_000)
    harm = [row.deaths, row.serious_injuries, missing, index % 3, loss, row.submitted_class]
    status = None if row.status == "快报" and index % 2 else row.status
    state = [_flag(index, row.counted), status, _flag(index + 1, row.stability), _flag(index, row.both_examined)]
    followed = [row.supervised_on, row.reported_on, row.extended_to, row.held_responsible, row.transferred_on]
    number = int(row.number) if row.number.isascii() and row.number.isdecimal() else row.number
    return [number, _moment(index, row), *place, *harm, *state, *followed, row.closed_on, None]


def _moment(index: int, row: Accident) -> object:
    """A day, a day with its time, or the same as text."""
    if row.at is None:
        return row.happened_on if index % 2 else f"{row.happened_on:%Y.%m.%d}"
    moment = datetime.combine(row.happened_on, row.at)
    return moment if index % 3 else f"{moment:%Y-%m-%d %H:%M}"


def _cap_cell(cap: Cap) -> object:
    """A number, at times with its measure word, or a change on last year."""
    if cap.change_percent is None:
        return f"{cap.number}人" if cap.number == 3 else cap.number
    direction = "下降" if cap.change_percent < 0 else "增长"
    return f"同比{direction}{abs(cap.change_percent)}%"


def _flag(index: int, holds: bool) -> str:
    return (_YES if holds else _NO)[index % 2]


def _filled(amount: Decimal) -> float | None:
    return float(amount) if amount else None


def _first_day_of(quarter: str) -> date:
    return date.fromisoformat(f"{months_of(quarter)[0]}-01")
