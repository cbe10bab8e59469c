"""What units tell of a given plan through its year, and the lists of enterprises that its shares are of: plain chance, no hypothesis.

A row needs half a dozen choices and a year hundreds of rows, more than hypothesis likes to draw; so a year draws one seed, and
this what comes of it. Whoever follows CONTRACT accepts every workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

from .ranking import ZONE_TIME
from .register import Paper
from .work_plan import Filer, Item, Standing, TaskLedger, Told, last_day_of, quarter_of
from .zones import CODES, NAMES

Sheet: TypeAlias = list[list[object]]

_DAY = timedelta(days=1)
_AFTER = (-86, -20, 0, 3, 5, 6, 20)
"""Days from a quarter's end to the day on which its workbook comes in: once in the quarter already."""
_AGAIN = (timedelta(minutes=30), timedelta(days=1), timedelta(days=36))
_NOWHERE = ("其他工作", "上级安排的其他事项")
_SECTORS = ("建设施工", "工贸", "危险化学品")
_TASKS_HEADER: list[object] = [
    *("任务编号", "对象", "应完成数", "已完成数", "发生日期", "完成日期", "进展情况", "佐证材料", "存在问题"),
]
_LIST_HEADER: list[object] = [
    *(
        "企业名称",
        "统一社会信用代码",
        "行业领域",
        "属地",
        "行业主管部门",
        "规模",
        "重点行业",
        "高危",
        "试点",
        "标准化等级",
    ),
    *("主要负责人", "总工程师", "起始日期", "终止日期"),
]


@dataclass(frozen=True)
class Year:
    """A plan and its units in a quarter that matters, up to today."""

    plan: dict[str, Any]
    units: Sequence[Filer]
    quarter: str
    today: date
    chance: Random

    # Workbooks

    def ledgers(self, tellers: Sequence[Filer]) -> tuple[TaskLedger, ...]:
        """Of the quarter, at times of one before or after, in up to two versions that differ."""
        found: list[TaskLedger] = []
        for unit in tellers:
            zeal = self.chance.choice((1.0, 1.0, 0.8, 0.5, 0.2))
            for quarter in self._quarters():
                found += self._versions(unit, quarter, zeal)
        return tuple(sorted(found, key=lambda ledger: ledger.received_at))

    def _quarters(self) -> list[str]:
        year, own = self.quarter[:4], int(self.quarter[-1])
        said = self.chance.choice(
            [(own,), (own,), (own - 1, own), (own - 1, own, own + 1), (1, own), (own, 4), (own - 1,)]
        )
        return [f"{year}Q{number}" for number in sorted(set(said)) if 1 <= number <= 4]

    def _versions(self, unit: Filer, quarter: str, zeal: float) -> Iterator[TaskLedger]:
        day = last_day_of(quarter) + timedelta(days=self.chance.choice(_AFTER))
        at = datetime.combine(day, self.chance.choice((time(9, 0), time(23, 59, 59))), ZONE_TIME)
        before: list[tuple[Told, ...]] = []
        for _ in range(self.chance.choice((1, 1, 2))):
            received = at.date()
            if received > self.today:
                return
            rows = tuple(self._rows(unit, quarter, received, zeal))
            if rows not in before:
                before.append(rows)
                yield TaskLedger(unit.code, quarter, len(before), at, rows)
            at += self.chance.choice(_AGAIN)
            zeal = self.chance.choice((1.0, zeal, 0.0))

    def lists(self) -> tuple[Paper, ...]:
        """Up to three lists of few enterprises, some in two lists, that come and go about the ends of quarters; at times last year's."""
        year = int(self.quarter[:4])
        found: list[Paper] = []
        filing = [unit for unit in self.units if unit.group != "centre"]
        for unit in self.chance.sample(filing, self.chance.choice((0, 1, 2, 3))):
            period = self.chance.choice((year, year, year - 1))
            at = datetime.combine(
                date(period, 1, 1) + timedelta(days=self.chance.choice((0, 40, 80, 180))), time(9), ZONE_TIME
            )
            if at.date() <= self.today:
                rows = [self._enterprise(unit, place) for place in sorted(self.chance.sample(range(len(CODES)), 3))]
                found.append(Paper("enterprises", unit.code, str(period), 1, at.date(), at, None, rows))
        return tuple(sorted(found, key=lambda paper: paper.received_at))

    def _enterprise(self, unit: Filer, place: int) -> dict[str, Any]:
        towns = [one.code for one in self.units if one.group == "town"]
        end = last_day_of(self.quarter)
        return {
            "credit_code": CODES[place], "name": NAMES[place], "sector": self.chance.choice(_SECTORS),
            "territory": unit.code if unit.code in towns else self.chance.choice(towns),
            "department": self.chance.choice((None, "construction", "economy")), "size": "其他",
            "high_risk": self.chance.random() < 0.5,
            "starts_on": self.chance.choice((None, None, end, end + _DAY)), "ends_on": None if self.chance.random() < 0.7 else end + 2 * _DAY,
        }  # fmt: skip

    # Rows

    def _rows(self, unit: Filer, quarter: str, received: date, zeal: float) -> Iterator[Told]:
        """Of most of the unit's items that are due in the quarter that matters, and of a few others."""
        standing = Standing(self.plan, self.units, (), lambda _name, _unit, _day: 0, last_day_of(quarter))
        place = 0
        for item in standing.items():
            due = any(quarter_of(day) == self.quarter for day in item["dues"])
            if unit not in standing.filers(item) or self.chance.random() >= (zeal if due else 0.05):
                continue
            turn = max((turn for turn, day in enumerate(item["dues"]) if quarter_of(day) <= self.quarter), default=-1)
            for name, owed in self._things(standing, item, unit, turn):
                done = (
                    owed if self.chance.random() < 0.7 else max(Fraction(0), owed + self.chance.choice((-1, -1, 0, 1)))
                )
                completed = self._completed(item["dues"], quarter, received)
                yield Told(unit.code, quarter, place, item["number"], name, owed, done, completed)
                place += 1

    def _things(self, standing: Standing, item: Item, unit: Filer, turn: int) -> list[tuple[str | None, Fraction]]:
        """What a row may tell of, each with what is owed of it: all that is listed, at times less one, at times one too many."""
        listed = standing.listed(item, unit)
        if item["adds"] == "all_of":
            things = [(name, standing.each(item, name, turn)) for name in (listed or {}).values()]
        elif isinstance(item.get("of"), dict):
            things = [(name, Fraction(str(number))) for name, number in item["of"].items()]
        elif item["adds"] == "ratio":
            return [(None, Fraction(self.chance.randint(0, 3)))]
        else:
            return self._parts(standing.target(item, unit, turn), unit)
        if self.chance.random() < 0.2:
            things.pop(self.chance.randrange(len(things)))
        if self.chance.random() < 0.1:
            things.append((self.chance.choice(_NOWHERE), Fraction(1)))
        return list(things)

    def _parts(self, owed: Fraction, unit: Filer) -> list[tuple[str | None, Fraction]]:
        """A number, told of the unit by either of its names, in two parts, or of one thing twice."""
        own = self.chance.choice((None, unit.name))
        ways: list[list[tuple[str | None, Fraction]]] = [[(own, owed)]] * 3
        ways += [[(own, owed - 1), ("上级安排", Fraction(1))], [(None, Fraction(1)), (unit.name, owed)]]
        return self.chance.choice(ways) if owed >= 1 else ways[0]

    def _completed(self, dues: Sequence[date], quarter: str, received: date) -> date | None:
        """No day, or one not after receipt: about what is due, in the quarter, before the year."""
        last = last_day_of(quarter)
        days = [last.replace(month=last.month - 2, day=1), last - _DAY, last, last + _DAY, date(last.year - 1, 12, 31)]
        days += [day + away for day in dues for away in (-_DAY, timedelta(0), _DAY)]
        possible = [day for day in days if day <= received]
        return None if self.chance.random() < 0.5 else self.chance.choice(possible)


# The same as sheets


def tasks_sheets(ledger: TaskLedger) -> dict[str, Sheet]:
    """The sheet of a ``tasks`` workbook."""
    rows: Sheet = [
        [row.item, row.object, _cell(row.expected), _cell(row.done), None, row.completed_on, "正在推进", None, None]
        for row in ledger.rows
    ]
    return {"重点任务进展": [_TASKS_HEADER, *rows]}


def list_sheets(paper: Paper, units: Sequence[Filer]) -> dict[str, Sheet]:
    """The sheet of an ``enterprises`` workbook."""
    names = {unit.code: unit.name for unit in units}
    rows: Sheet = [
        [
            row["name"], row["credit_code"], row["sector"], names[row["territory"]], names.get(row["department"]), row["size"],
            "否", "是" if row["high_risk"] else "否", "否", None, None, "否", row["starts_on"], row["ends_on"],
        ]
        for row in paper.rows
    ]  # fmt: skip
    return {"企业名录": [_LIST_HEADER, *rows]}


def _cell(number: Any) -> int:
    """Only whole numbers are told here."""
    assert number == int(number)
    return int(number)
