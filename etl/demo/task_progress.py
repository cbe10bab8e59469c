"""What the offices tell each quarter of their items of the work plan: most in time, some late, some not yet, some taken back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from etl.demo.layouts.forms import TASKS
from etl.demo.layouts.hand import wide_mark
from etl.demo.layouts.tables import Fact, Facts, Paper
from etl.demo.marks import QUARTERS
from etl.demo.office_profile import Course, Layout, Office
from etl.demo.offices import OFFICES
from etl.demo.plan_items import Duty, duties
from etl.demo.reports import Report, Tale, arriving, corrected, plainly
from etl.demo.sendings import Slip, usual_receipt
from etl.demo.words import words
from etl.demo.workdays import YEAR, month_end, workdays

_MONTHS_IN_QUARTER = 3
_LATER = 0.55
_LATEST = 50
_AT_MOST_STEPS = 5
_LEVEL_ABOVE, _LEVEL_BELOW = (1.02, 1.15), (0.72, 0.97)
_SAYS_NOTHING_YET = 0.3
_NAMES_ITSELF = 0.35
_TELLS_WHEN = 0.45
_LEAVES_THE_DAY_OUT = 0.15
_TROUBLES = words("人员调整未到位 资金尚未下达 相关单位配合不够 受疫情影响延后 设备采购流程较长")
_UNDER_WAY = words("正在推进 按计划推进 已完成部分 正在组织实施")
_CHAPTERS: Mapping[str, str] = {"safeguards.": "保障", "goals.": "目标"}

_DILIGENCE: Mapping[str, Course] = {
    "longtanzi": (0.94, 0.96),
    "shuanglu": (0.62, 0.92),
    "tongqiao": (0.9, 0.55),
    "youting": (0.66, 0.72),
    "emergency": (0.92, 0.94),
    "economy": (0.78, 0.82),
    "construction": (0.7, 0.66),
    "transport": (0.68, 0.88),
    "market": (0.84, 0.86),
    "fire": (0.9, 0.92),
    "traffic_police": (0.88, 0.62),
    "social": (0.64, 0.68),
    "manufacturing": (0.92, 0.95),
    "logistics": (0.6, 0.84),
    "recycling": (0.86, 0.6),
}
"""Which part of what is due an office does in time, in the first quarter and in the last."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a duty: the day, and how much was done by then since 1 January."""

    day: date
    total: float


@dataclass(frozen=True, slots=True)
class Odd:
    """A row that an office told otherwise: cells that replace those of the row, and whether it is one more row."""

    unit: str
    quarter: int
    number: str
    subject: str | None
    cells: Facts
    more: bool = False


_ODD = (
    Odd(
        "tongqiao",
        2,
        "15.5",
        None,
        {"已完成数": 1, "完成日期": date(YEAR, 6, 17), "进展情况": "已开展一次", "佐证材料": "演练方案和照片"},
    ),
    Odd(
        "tongqiao",
        3,
        "15.5",
        None,
        {"已完成数": 0, "完成日期": None, "进展情况": "二季度演练不符合要求，已核减，重新组织"},
    ),
    Odd("market", 3, "11.22", None, {"已完成数": 46, "进展情况": "复核后核减", "存在问题": "部分台账重复登记"}),
    Odd("shuanglu", 2, "14.2", None, {"应完成数": 6}),
    Odd("economy", 1, "11.4", None, {"应完成数": 6}),
    Odd("youting", 3, "12.1", "应急值守", {"应完成数": 1, "已完成数": 1, "进展情况": "已落实24小时值守"}, more=True),
)


def reports() -> list[Report]:
    """One workbook an office and quarter, but for one that says nothing for a quarter."""
    return [report for office in OFFICES for report in _of_office(office)]


@cache
def steps(office: Office, duty: Duty) -> tuple[Step, ...]:
    """How the office came on with a duty until the end of September, by day; of a level every quarter's count."""
    rng = Random(f"{YEAR}|{office.code}|{duty.number}|{duty.subject}|steps")
    found = _levels(rng, office, duty) if duty.level else _growth(rng, office, duty)
    return tuple(step for step in found if step.day <= month_end(_MONTHS_IN_QUARTER * QUARTERS[-1]))


def _of_office(office: Office) -> Iterator[Report]:
    silent = _SILENT.get(office.code, ())
    since = date.min
    for quarter in QUARTERS:
        if quarter in silent:
            continue
        end = month_end(_MONTHS_IN_QUARTER * quarter)
        received = usual_receipt(f"{YEAR}|{office.code}|Q{quarter}|tasks|receipt", end)
        paper = Paper(TASKS, office, None, (), received.date(), quarter)
        rows = tuple(_numbered(paper.layout, row) for row in rows_of(office, quarter, since))
        yield from _TALES.get((office.code, quarter), plainly)(Report(replace(paper, rows=rows), received))
        since = end


def rows_of(office: Office, quarter: int, since: date) -> tuple[Facts, ...]:
    """What the office tells at the end of a quarter after what it told up to a day, in the plan's order."""
    rows: list[Facts] = []
    for duty in duties(office):
        row = _row(office, duty, quarter, since)
        odd = next((one for one in _ODD if _speaks_of(one, office, quarter, duty)), None)
        if row is not None or odd is not None:
            rows.append({**(row or _bare(duty, quarter)), **(odd.cells if odd is not None else {})})
    more = [one for one in _ODD if one.more and (one.unit, one.quarter) == (office.code, quarter)]
    for one in more:
        place = max(at for at, row in enumerate(rows) if row["任务编号"] == one.number) + 1
        rows.insert(place, {"任务编号": one.number, "对象": one.subject, **one.cells})
    return tuple(rows)


def _speaks_of(one: Odd, office: Office, quarter: int, duty: Duty) -> bool:
    same = (one.unit, one.quarter, one.number, one.subject) == (office.code, quarter, duty.number, duty.subject)
    return same and not one.more


def _levels(rng: Random, office: Office, duty: Duty) -> Iterator[Step]:
    """Counted anew in every quarter, mostly above what is owed."""
    for due, owed in duty.dues:
        reached = rng.random() < _diligence(office, due)
        share = rng.uniform(*(_LEVEL_ABOVE if reached else _LEVEL_BELOW))
        days = workdays(due - timedelta(days=40), due)
        yield Step(rng.choice(days), _rounded(duty, owed * share))


def _growth(rng: Random, office: Office, duty: Duty) -> Iterator[Step]:
    """More and more: what is owed by each due day, in time, late, or not before the next."""
    since, done = date(YEAR, 1, 10), 0.0
    for due, owed in duty.dues:
        for day, total in _towards(rng, office, duty, since, due, done, owed):
            if total > done:
                done = total
                yield Step(day, done)
        since = due


def _towards(
    rng: Random, office: Office, duty: Duty, since: date, due: date, done: float, owed: float
) -> Iterator[tuple[date, float]]:
    """The days on the way to one due day, and how much was done by each."""
    lot, diligence = rng.random(), _diligence(office, due)
    if lot >= diligence and rng.random() >= _LATER:
        return
    days = workdays(since, due) if lot < diligence else workdays(due + timedelta(days=3), due + timedelta(days=_LATEST))
    many = max(1, min(_AT_MOST_STEPS, round(owed - done)))
    for place, day in enumerate(sorted(rng.choices(days, k=many)), start=1):
        yield day, owed if place == many else _rounded(duty, done + (owed - done) * place / many)


def _diligence(office: Office, due: date) -> float:
    start, end = _DILIGENCE[office.code]
    return start + (end - start) * min(1.0, (due.month - 1) / 8)


def _rounded(duty: Duty, number: float) -> float:
    return round(number, 1) if duty.fractions else float(int(number))


def _row(office: Office, duty: Duty, quarter: int, since: date) -> dict[str, Fact] | None:
    """The row of a duty, where there is news of it; now and then one that says that nothing was begun."""
    end = month_end(_MONTHS_IN_QUARTER * quarter)
    known = [step for step in steps(office, duty) if step.day <= end]
    rng = Random(f"{YEAR}|{office.code}|{duty.number}|{duty.subject}|Q{quarter}")
    if not known or known[-1].day <= since:
        begun = bool(known) or quarter > 1 or rng.random() >= _SAYS_NOTHING_YET
        return (
            None
            if begun
            else {**_bare(duty, quarter), "已完成数": 0, "进展情况": "尚未启动", "对象": _named(rng, office, duty)}
        )
    last = known[-1]
    in_quarter = last.day > month_end(_MONTHS_IN_QUARTER * (quarter - 1)) if quarter > 1 else True
    whole = duty.wholes[quarter - 1]
    row: dict[str, Fact] = {
        **_bare(duty, quarter),
        "对象": _named(rng, office, duty),
        "已完成数": _plain(last.total),
        "佐证材料": duty.evidence,
    }
    row["进展情况"] = "已完成" if last.total >= whole else rng.choice(_UNDER_WAY)
    if not (in_quarter and rng.random() < _LEAVES_THE_DAY_OUT):
        row["完成日期"] = last.day
    if rng.random() < _TELLS_WHEN:
        row["发生日期"] = rng.choice(workdays(last.day - timedelta(days=6), last.day))
    if any(due <= end and owed > last.total for due, owed in duty.dues):
        row["存在问题"] = rng.choice(_TROUBLES)
    return row


def _bare(duty: Duty, quarter: int) -> dict[str, Fact]:
    return {"任务编号": duty.number, "对象": duty.subject, "应完成数": _plain(duty.wholes[quarter - 1])}


def _named(rng: Random, office: Office, duty: Duty) -> str | None:
    """The object; who speaks of itself may leave it blank."""
    if duty.subject is not None:
        return duty.subject
    return rng.choice((office.name, office.short)) if rng.random() < _NAMES_ITSELF else None


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _numbered(layout: Layout, row: Facts) -> Facts:
    """The number as the office types it: as text in our form, else mostly as a number; safeguards by their Chinese name."""
    number = str(row["任务编号"])
    for chapter, name in _CHAPTERS.items():
        if number.startswith(chapter) and layout != "template":
            return {**row, "任务编号": f"{name}{number.removeprefix(chapter)}"}
    if number[0].isalpha() or layout == "template":
        return row
    return {**row, "任务编号": wide_mark(float(number)) if layout == "aliased" else float(number)}


def _mistakes(rows: Sequence[Facts]) -> list[Slip]:
    """Half a meeting, and a number that another bureau files."""
    first, *_others, last = rows
    return [Slip(str(first["任务编号"]), "已完成数", 1.5), Slip(str(last["任务编号"]), "任务编号", "11.9")]


_SILENT: Mapping[str, Collection[int]] = {"youting": (2,)}
"""Who says nothing for a quarter, and tells all in the next."""
_TALES: Mapping[tuple[str, int], Tale] = {
    ("economy", 2): corrected("2022-07-01 16:12", "2022-07-04 10:20", _mistakes),
    ("social", 2): arriving("2022-07-11 09:05", "late"),
}
