"""Hazards of the year, one by one: the major ones that inspections met, lesser ones, and what last year left open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from etl.demo.chronicle import Record
from etl.demo.irregular_filings import quiet_months
from etl.demo.layouts.forms import HAZARDS
from etl.demo.layouts.tables import Facts
from etl.demo.office_profile import Office
from etl.demo.offices import OFFICES
from etl.demo.registered import Registered, by_name
from etl.demo.reports import Report, Tales, arriving, corrected, monthly
from etl.demo.sendings import Slip
from etl.demo.truth import Case
from etl.demo.words import words
from etl.demo.workdays import MONTHS, YEAR, month_end, month_start, workdays
from etl.demo.year import cases, places

LEVELS = words("管委会级 部门级 企业级")

_FOUND: Mapping[str, tuple[str, ...]] = {
    "建设施工": words("深基坑临边防护缺失 塔吊限位装置失效 脚手架连墙件被拆除 高支模未按方案搭设"),
    "危险化学品": words("可燃气体报警器停用 储罐液位联锁失效 防雷接地电阻超标 装卸作业无人监护"),
    "工贸": words("有限空间作业未审批 除尘系统未清灰 煤气区域报警器失灵 冲压设备光电保护缺失"),
    "城镇燃气": words("管道被占压 瓶库与民用建筑间距不足 调压箱未设防撞栏"),
    "道路交通": words("动态监控长期离线 驾驶员疲劳驾驶未处置 车辆制动系统不合格"),
    "消防": words("疏散通道被封堵 自动喷淋系统停用 防火卷帘不能降落 消控室无证上岗"),
    "非煤矿山": words("边坡高度超设计 排土场截水沟淤堵 爆破警戒距离不足"),
    "特种设备": words("电梯超期未检 压力容器安全阀失效 起重机械限位失灵"),
}
_FOUND_ELSEWHERE = words("配电箱线路老化裸露 安全出口上锁 应急照明损坏 消防器材过期")
_LESSER_A_MONTH = (0.6, 1.6)
"""Lesser hazards that an office puts on its list in a month: from to, before the season and its own diligence."""

_LEFT_OPEN = 18
_LEFT_OPEN_MAJOR = 0.5
_DAYS_TO_MEND = (5, 7, 10, 15, 15, 30, 30, 45)
_DAYS_TO_MEND_LONG = (60, 90, 120)
_IN_TIME, _LATE = 0.7, 0.2
_WINDOW = 10
_ON_PROOF = 0.8
_MEASURES = words("停用整改 更换设备 制定专项方案 设置警戒并专人看守 限期整改")
_UNTOLD = frozenset({("emergency", 6)})
"""Months of which an office forgot one major hazard that its ledger of inspections counts."""

_RAISED = frozenset({("recycling", 2), ("market", 7)})
"""Months in which an office calls a hazard major that was none when it was found."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A hazard as it was found, before it has a number; ``closed`` is when it was crossed off, if ever."""

    day: date
    place: Registered
    major: bool
    deadline: date
    closed: date | None
    description: str
    level: str | None
    measure: str | None


def reports() -> list[Report]:
    """The ledgers of the months in which an office had hazards to tell of."""
    return [one for office in OFFICES for one in monthly(HAZARDS, office, records(office), tales=_TALES)]


def records(office: Office) -> list[Record]:
    """The hazards on this office's list, numbered as they were found."""
    found = sorted([*_majors(office), *_lesser(office), *_left_open(office)], key=lambda one: (one.day, one.place.name))
    numbers: dict[int, int] = {}
    told = []
    for one in found:
        numbers[one.day.year] = numbers.get(one.day.year, 0) + 1
        told.append(_record(one, f"{office.mark}隐〔{one.day.year}〕{numbers[one.day.year]}号"))
    return told


def _majors(office: Office) -> Iterator[_Found]:
    """Those that the ledgers of inspections count, but for a few months."""
    forgotten = {month for code, month in _UNTOLD if code == office.code}
    for case in cases(office, quiet=quiet_months(office)):
        for which in range(case.major):
            if case.day.month in forgotten:
                forgotten.discard(case.day.month)
                continue
            yield _of_case(case, which)


def _of_case(case: Case, which: int) -> _Found:
    rng = Random(f"{YEAR}|{case.number}|{which}|hazard")
    place = by_name()[case.enterprise.name]
    passed = next((look.day for look in case.rechecks if look.passed), None)
    assert case.deadline is not None
    closed = None if passed is None else _crossed_off(rng, case.day, case.deadline, passed)
    return _Found(
        case.day, place, True, case.deadline, closed, _what(rng, place), _level(rng, major=True), _measure(rng)
    )


def _crossed_off(rng: Random, found: date, deadline: date, passed: date) -> date:
    """Mostly on the enterprise's proof that it is mended, by the deadline; else once somebody has looked again."""
    if (passed - deadline).days <= _WINDOW and rng.random() < _ON_PROOF:
        return max(found + timedelta(days=1), min(passed, deadline) - timedelta(days=rng.choice((0, 0, 1, 3, 5))))
    return passed + timedelta(days=rng.choice((0, 1, 3, 5)))


def _lesser(office: Office) -> Iterator[_Found]:
    rng = Random(f"{YEAR}|{office.code}|lesser hazards")
    own = [by_name()[place.name] for place in places(office)]
    raised = {month for code, month in _RAISED if code == office.code}
    for month in MONTHS:
        days = workdays(month_start(month), month_end(month))
        for _ in range(round(rng.uniform(*_LESSER_A_MONTH))):
            yield _drawn(rng, rng.choice(days), rng.choice(own), major=False)
        if month in raised:
            yield _drawn(rng, rng.choice(days), rng.choice(own), major=True)


def _left_open(office: Office) -> Iterator[_Found]:
    """What the last months of the year before left to this one."""
    rng = Random(f"{YEAR - 1}|{office.code}|hazards left open")
    own = [by_name()[place.name] for place in places(office)]
    days = workdays(date(YEAR - 1, 9, 1), date(YEAR - 1, 12, 31))
    opened = Random(f"{YEAR - 1}|hazards left open").choices([one.code for one in OFFICES], k=_LEFT_OPEN)
    for _ in range(opened.count(office.code)):
        yield _carried_over(rng, rng.choice(days), rng.choice(own))


def _carried_over(rng: Random, day: date, place: Registered) -> _Found:
    deadline = day + timedelta(days=rng.choice(_DAYS_TO_MEND_LONG))
    mended = rng.choice(workdays(month_start(1), month_end(5))) if rng.random() < _IN_TIME else None
    major = rng.random() < _LEFT_OPEN_MAJOR
    return _Found(day, place, major, deadline, mended, _what(rng, place), _level(rng, major=major), _measure(rng))


def _drawn(rng: Random, day: date, place: Registered, *, major: bool) -> _Found:
    deadline = day + timedelta(days=rng.choice(_DAYS_TO_MEND))
    closed = _closed(rng, day, deadline)
    return _Found(day, place, major, deadline, closed, _what(rng, place), _level(rng, major=major), _measure(rng))


def _closed(rng: Random, day: date, deadline: date) -> date | None:
    lot = rng.random()
    if lot < _IN_TIME:
        return day + timedelta(days=rng.randint(1, (deadline - day).days))
    return deadline + timedelta(days=rng.randint(2, 60)) if lot < _IN_TIME + _LATE else None


def _what(rng: Random, place: Registered) -> str:
    return rng.choice(_FOUND.get(place.sector, _FOUND_ELSEWHERE))


def _level(rng: Random, *, major: bool) -> str | None:
    if not major:
        return rng.choice((None, LEVELS[2], LEVELS[2], LEVELS[1]))
    return rng.choices(LEVELS, (3, 5, 2))[0]


def _measure(rng: Random) -> str | None:
    return rng.choice((None, *_MEASURES))


def _record(one: _Found, number: str) -> Record:
    first: Facts = {
        "隐患编号": number,
        "发现日期": one.day,
        "企业名称": one.place.name,
        "统一社会信用代码": one.place.code,
        "行业领域": one.place.sector,
        "属地": one.place.town,
        "隐患描述": one.description,
        "隐患等级": "重大" if one.major else "一般",
        "责任层级": one.level,
        "整改期限": one.deadline,
        "整改措施": one.measure,
    }
    closed: Facts = {"销号日期": one.closed}
    return Record(((one.day, first), *([(one.closed, closed)] if one.closed else [])))


def _mistakes(rows: Sequence[Facts]) -> list[Slip]:
    """A deadline before the hazard was found, and a grade that is none."""
    first, second, *_others = rows
    return [
        Slip(str(first["隐患编号"]), "整改期限", date(YEAR - 1, 6, 30)),
        Slip(str(second["隐患编号"]), "隐患等级", "较大"),
    ]


_TALES: Tales = {
    ("construction", 6): corrected("2022-07-02 11:10", "2022-07-04 15:35", _mistakes),
    ("market", 7): arriving("2022-08-09 10:40", "late"),
}
