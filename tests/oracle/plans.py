"""Small random plans for hypothesis, and what units tell of them: whoever follows CONTRACT accepts every row.

The pools are small so that things collide: numbers around what is owed, days around what is due, objects by several names, told
again in the same sheet, in a later quarter, later than they were done, and with less than before. A plan never holds what
METHOD leaves open: a due day on which nothing is owed yet though more is later, a unit that the targets leave out, a limit
that units themselves tell of or that a count of the year is not to exceed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st

from .work_plan import Figure, Filer, Item, Told, last_day_of

Course: TypeAlias = Sequence[tuple[date, Figure | None]]
"""What a figure is from which day on."""


@dataclass(frozen=True)
class PlanCase:
    """A plan as YAML has it, its units, every row in force in the order of the sheets, and days to ask of.

    ``steps``: (denominator, unit) → how many there are before a day, that day, and how many from it on. ``turns``: source → what
    it is from which day on, the latest day last; None where the system's figures are not given.
    """

    plan: dict[str, Any]
    units: tuple[Filer, ...]
    rows: tuple[Told, ...]
    steps: Mapping[tuple[str, str], tuple[int, date, int]]
    days: tuple[date, ...]
    turns: Mapping[str, Course] | None = None

    def figures(self, source: str, day: date) -> Figure | None:
        """What the system knows of a source on a day."""
        assert self.turns is not None
        return [figure for since, figure in self.turns[source] if since <= day][-1]

    def denominators(self, name: str, unit: str, day: date) -> int:
        """How many of something a unit has on a day."""
        before, turn, since = self.steps[name, unit]
        return before if day < turn else since


Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

YEAR = 2022
ADOPTED = date(YEAR, 3, 9)
UNITS = (
    Filer("longtanzi", "龙滩子街道办事处", ("龙滩子街道", "龙滩子"), "town"),
    Filer("youting", "邮亭镇人民政府", ("邮亭镇", "邮亭"), "town"),
    Filer("emergency", "应急管理局", ("应急局", "安监局"), "department", office=True),
    Filer("construction", "建设管理局", ("建管局", "建设局"), "department"),
    Filer("recycling", "循环经济发展中心", ("循环中心",), "centre"),
)
"""Some of the shipped units, two of each group that may add up."""
TOWNS = [unit for unit in UNITS if unit.group == "town"]
LEADERS = ["管委会主任", "分管安全（生产）副主任"]
LISTED = ["防汛", "铝加工（深井铸造）", "5·12防灾减灾日"]
QUARTERS = tuple(f"{YEAR}Q{number}" for number in (1, 2, 3, 4))

_DAY = timedelta(days=1)
_ENDS = [last_day_of(quarter) for quarter in QUARTERS]
_HALVES = [_ENDS[1], _ENDS[3]]
_DUES = [
    *(_ENDS[3:], _HALVES, _HALVES, _ENDS, _ENDS, _ENDS[1:], [], _ENDS[1:2], _ENDS[:1]),
    [date(YEAR, 4, 30), date(YEAR, 5, 31), date(YEAR, 6, 30)],
    [date(YEAR, 2, 10), date(YEAR, 5, 20), date(YEAR, 5, 25)],
]
"""Once, by halves, quarters and months, within a quarter, never."""
_FREQUENCIES = ("once", "month", "quarter", "half_year", "year")
_FILED_BY = ("all", "towns", "departments", "centres", "office", ["construction", "longtanzi"], ["recycling"])
_GROUPS = {"towns": "town", "departments": "department", "centres": "centre"}
_COUNTED = (
    *("register.territory", "register.department", "register.high_risk", "register.sectors.建设施工"),
    "enforcement.inspections",
)
_SHARES = ("≥ 0.5", "≥ 0.8", "≥ 1", "≥ 0.34")
_FREE = ("上级安排", "自行开展（含联合）", " 自行 开展(含联合)", "自行开展〔含联合〕")
_TOLD_IN = (
    *(("2022Q1",), ("2022Q2",), ("2022Q1", "2022Q2"), ("2022Q1", "2022Q2"), ("2022Q2", "2022Q3")),
    *(("2022Q3", "2022Q4"), ("2022Q1", "2022Q2", "2022Q3"), ("2022Q1", "2022Q1"), ("2022Q2", "2022Q2", "2022Q4")),
)
"""In which quarters a thing is told of: once, again, twice in one sheet."""
_WORDS = {
    "防汛": ["防汛", " 防 汛"],
    "铝加工（深井铸造）": ["铝加工（深井铸造）", "铝加工(深井铸造)", "铝加工 【深井铸造】"],
    "5·12防灾减灾日": ["5·12防灾减灾日", "５·１２防灾减灾日"],
    "分管安全（生产）副主任": ["分管安全（生产）副主任", "分管安全(生产)副主任 "],
}
"""What is listed as clerks write it."""
_LISTED_NOWHERE = ("其他工作", "循环中心", "党工委书记处")
_COUNTS = ("supervision.zone.exposed", "tipoffs.举报.received", "ranking.zero_enforcement_units")
_RATES = ("casualties.zone.progress", "frontline.all.coverage", "disasters.helped_rate")


@st.composite
def plan_cases(draw: st.DrawFn) -> PlanCase:
    """A plan of a few items, one of which the system may know, and a year of workbooks."""
    items: list[Item] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        items.append(_item(draw, f"{draw(st.sampled_from('12'))}.{number}", items))
    for number in range(draw(st.integers(0, 2))):
        items.insert(draw(st.integers(0, len(items))), _known(draw, f"2.{8 + number}", items))
    near = _near(items)
    rows = [row for item in items if item["source"] == "tasks" for row in _told(draw, item, near)]
    adopted = draw(st.sampled_from([ADOPTED, _ENDS[0], _ENDS[0] + _DAY, date(YEAR, 1, 1)]))
    turns = _turns(draw, items, near) if draw(st.integers(0, 4)) else None
    return plan_case(items, rows, _steps(draw, items, near), draw(_asked(items)), adopted, turns)


@st.composite
def system_cases(draw: st.DrawFn, plan: dict[str, Any]) -> PlanCase:
    """What a given plan leaves to the system, with figures for each, and what units tell of the items that it rests on."""
    own = [item for item in plan["items"] if item["source"] != "tasks"]
    named = {item["source"].removeprefix("plan.").removesuffix(".reached_rate") for item in own}
    items = [item for item in plan["items"] if item in own or item["number"] in named]
    near = _near(items)
    rows = [row for item in items if item["source"] == "tasks" for row in _told(draw, item, near)]
    days = draw(
        st.lists(st.one_of(st.sampled_from(near), st.dates(date(YEAR, 1, 1), _ENDS[3])), min_size=2, max_size=3)
    )
    courses = {is_count: [draw(_course(is_count, near)) for _ in range(6)] for is_count in (True, False)}
    chance = Random(draw(st.integers(0, 2**32)))  # a course for each of 49 would take longer to draw than to judge
    turns = {item["source"]: chance.choice(courses[_is_count(item)]) for item in own if _is_figure(item)}
    case = plan_case(items, rows, {}, days, plan["adopted_on"], turns)
    return replace(case, plan={**case.plan, "articles": plan["articles"]})


def plan_case(
    items: Sequence[Item],
    rows: Sequence[Told],
    steps: Mapping[tuple[str, str], tuple[int, date, int]],
    days: Sequence[date],
    adopted: date = ADOPTED,
    turns: Mapping[str, Course] | None = None,
) -> PlanCase:
    """A plan of these items, asked on these days."""
    plan = {
        "plan": "工作要点", "number": "1号", "year": YEAR, "confirmed": False, "leaders": LEADERS, "items": list(items), "clauses": [],
        "adopted_on": adopted, "articles": {"1": "示范履职", "2": "务实履职", "safeguards.1": "组织领导"},
    }  # fmt: skip
    return PlanCase(plan, UNITS, tuple(sorted(rows, key=_order)), steps, tuple(days), turns)


def _order(row: Told) -> tuple[str, str, int]:
    return row.quarter, row.unit, row.place


def _near(items: Sequence[Item]) -> list[date]:
    """Days that matter to an item: on, before and after those on which something is due."""
    dues = sorted({day for item in items for day in item["dues"]} or {_ENDS[1]})
    return [day + away for day in dues for away in (-_DAY, timedelta(0), _DAY)]


def _asked(items: Sequence[Item]) -> st.SearchStrategy[tuple[date, ...]]:
    """Some of the days at which a state turns, quarters turn, or the year does, and any other."""
    dues = {day for item in items for day in item["dues"]}
    turns = {day + timedelta(days=away) for day in dues for away in (-31, -30, -1, 0, 1)}
    quarters = {day + timedelta(days=away) for day in _ENDS for away in (-40, 0, 1)}
    edges = st.sampled_from(sorted(turns | quarters))
    any_day = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
    return st.lists(st.one_of(edges, edges, edges, any_day), min_size=4, max_size=6, unique=True).map(tuple)


# Items


def _item(draw: Draw, number: str, before: Sequence[Item]) -> Item:
    adds = draw(st.sampled_from(["sum", "latest", "ratio", "all_of"]))
    item = plan_item(
        number, adds,
        filed_by=draw(st.sampled_from(_FILED_BY)), dues=draw(st.sampled_from(_DUES)),
        unit_of_measure=draw(st.sampled_from(["次", "家", "公里"])), frequency=draw(st.sampled_from(_FREQUENCIES)),
    )  # fmt: skip
    made = {"sum": _count, "latest": _count, "ratio": _ratio, "all_of": _all_of}[adds]
    return made(draw, item, before)


def plan_item(number: str, adds: str, **more: Any) -> Item:
    """An item that units tell of; ``more`` is what it has otherwise."""
    usual = {
        "number": number, "article": number[0], "title": f"事项{number}", "sentence": "落实到位", "target_from": "office",
        "filed_by": "towns", "object": "unit", "unit_of_measure": "家", "frequency": "quarter", "dues": _ENDS, "source": "tasks",
        "adds": adds, "typed": {"numbers": 1, "times": 1}, "evidence": "会议纪要",
    }  # fmt: skip
    return {**usual, **more}


def _count(draw: Draw, item: Item, _before: Sequence[Item]) -> Item:
    """A number of the plan: one, one a due day, by group or by unit."""
    filers = filers_of(item)
    numbers = st.integers(1, 4)
    ways: list[st.SearchStrategy[Any]] = [numbers, st.just(0)]
    if item["dues"]:
        many = st.lists(numbers, min_size=len(item["dues"]), max_size=len(item["dues"]))
        ways += [many, many.map(sorted), many.map(sorted)]
    ways.append(st.fixed_dictionaries(dict.fromkeys(sorted({unit.group for unit in filers}), numbers)))
    ways.append(st.fixed_dictionaries({unit.code: st.integers(0, 4) for unit in filers}))
    return {
        **item,
        "target": draw(st.one_of(ways)),
        "object": draw(st.sampled_from(["unit", "unit", LISTED[:2], "towns"])),
    }


def _ratio(draw: Draw, item: Item, before: Sequence[Item]) -> Item:
    """A share of the register, of inspections, of another item's numerator, or of the plan's own numbers by object."""
    others = [one for one in before if one["source"] == "tasks" and one["adds"] in {"sum", "latest"}]
    way = draw(st.sampled_from(["counted", "plan", "plan", "numbers"] if others else ["counted", "counted", "numbers"]))
    item = {**item, "target": draw(st.sampled_from(_SHARES))}
    if way == "plan":
        other = draw(st.sampled_from(others))
        return {**item, "of": f"plan.{other['number']}", "filed_by": other["filed_by"]}
    if way == "numbers":
        listed = LISTED[: draw(st.integers(1, 3))]
        return {**item, "object": listed, "of": {name: draw(st.integers(0, 3)) for name in listed}}
    return {**item, "of": draw(st.sampled_from(_COUNTED))}


def _all_of(draw: Draw, item: Item, _before: Sequence[Item]) -> Item:
    """Objects by name, each of which owes one, some, one number a due day, or its own."""
    listed = draw(st.sampled_from([LISTED, LISTED[:1], LISTED[1:], "leaders", "towns"]))
    item = {**item, "object": listed, "target": draw(st.sampled_from(["≥ 1", "≥ 1", "≥ 0.5"]))}
    numbers = st.integers(1, 3)
    ways: list[st.SearchStrategy[Any]] = [st.none(), numbers]
    if item["dues"]:
        ways += [st.lists(numbers, min_size=len(item["dues"]), max_size=len(item["dues"])).map(sorted)] * 2
    if isinstance(listed, list):
        ways.append(st.dictionaries(st.sampled_from(listed), numbers, min_size=1))
    each = draw(st.one_of(ways))
    return item if each is None else {**item, "each": each}


def _known(draw: Draw, number: str, before: Sequence[Item]) -> Item:
    """An item of the system's: a count or a rate, to be reached or a limit, judged on its due day alone or as soon as reached."""
    told = [f"plan.{one['number']}.reached_rate" for one in before if one["source"] == "tasks"]
    adds, source = draw(
        st.one_of(
            st.tuples(st.sampled_from(["sum", "latest"]), st.sampled_from(_COUNTS)),
            st.tuples(st.sampled_from(["ratio", "latest"]), st.sampled_from([*_RATES, *told])),
        )
    )
    dues, limit = draw(st.sampled_from(_DUES)), draw(st.sampled_from(["≤ 0", "≤ 1", "≤ 0.5"]))
    if source in _COUNTS:
        each = st.lists(st.integers(0, 3), min_size=len(dues), max_size=len(dues)).map(sorted)
        many: st.SearchStrategy[Any] = each if dues else st.none()
        target = draw(st.one_of(st.integers(1, 3), many, st.just(limit) if adds == "latest" else many))
    else:
        target = draw(st.sampled_from([*_SHARES, limit]))
    return plan_item(
        number, adds, filed_by="system", object="zone", dues=dues, source=source, target=target, typed="none", holds=draw(st.booleans()),
    )  # fmt: skip


def _turns(draw: Draw, items: Sequence[Item], near: Sequence[date]) -> dict[str, Course]:
    """Of each source that is a figure of METHOD's how it goes through the year."""
    counts = {item["source"]: _is_count(item) for item in items if _is_figure(item)}
    return {source: draw(_course(is_count, near)) for source, is_count in counts.items()}


def _is_figure(item: Item) -> bool:
    return item["source"] != "tasks" and not item["source"].startswith("plan.")


def _is_count(item: Item) -> bool:
    return item["source"] not in _RATES and item["adds"] != "ratio"


def _course(is_count: bool, near: Sequence[date]) -> st.SearchStrategy[Course]:
    """What a figure is when the year begins, and up to three times anew."""
    days = st.lists(st.sampled_from(near), max_size=3, unique=True).map(lambda more: [date(YEAR, 1, 1), *sorted(more)])
    return days.flatmap(lambda days: st.tuples(*(st.tuples(st.just(day), _figure(is_count)) for day in days)))


def _figure(is_count: bool) -> st.SearchStrategy[Figure | None]:
    """Few of few; now and then more than all, over 0, or nothing on record."""
    numbers = st.integers(0, 3).map(Fraction)
    some = st.tuples(numbers, st.none() if is_count else numbers)
    whole = numbers.map(lambda number: (number, None if is_count else number))
    return st.one_of(some, some, whole, whole, st.none())


def filers_of(item: Item) -> list[Filer]:
    """The units that file an item."""
    said = item["filed_by"]
    if isinstance(said, list):
        return [unit for unit in UNITS if unit.code in said]
    return [
        unit for unit in UNITS if said == "all" or unit.group == _GROUPS.get(said) or (said == "office" and unit.office)
    ]


# Rows


def _told(draw: Draw, item: Item, near: Sequence[date]) -> list[Told]:
    """What units tell of an item: most of them of one thing or of several, each once or again."""
    owed = sorted(set(_numbers(item["target"]) + _numbers(item.get("each", 1))))
    around = sorted({max(Fraction(0), Fraction(one) + more) for one in owed for more in (-1, 0, 1)})
    around.append(Fraction(owed[-1] + 3))
    if item["unit_of_measure"] == "公里":
        around += [one + Fraction(1, 2) for one in around]
    expected = st.sampled_from([*map(Fraction, owed), Fraction(2)])
    found: list[Told] = []
    for unit in filers_of(item):
        for names in _things(draw, item, unit):
            for quarter in draw(st.sampled_from(_TOLD_IN)):
                found.append(
                    Told(
                        unit.code, quarter, len(found), item["number"], draw(st.sampled_from(names)), draw(expected),
                        draw(st.sampled_from(around)), draw(_completed(quarter, near)),
                    )
                )  # fmt: skip
    return found


def _numbers(said: Any) -> list[int]:
    if isinstance(said, Mapping):
        return list(said.values())
    if isinstance(said, str):
        return [1, 3]
    return list(said) if isinstance(said, list) else [said]


def _things(draw: Draw, item: Item, unit: Filer) -> list[list[str | None]]:
    """Of what a unit tells, each thing by all its names: some of it, all, or nothing; now and then something that is listed nowhere."""
    if item["object"] == "unit":
        own: list[str | None] = [None, unit.name, *unit.aliases]
        things = [own, [_FREE[0]], list(_FREE[1:]), [TOWNS[0].name, *TOWNS[0].aliases]]
        told: list[list[str | None]] = draw(st.lists(st.sampled_from([own, *things]), max_size=3, unique_by=id))
        return told
    if item["object"] == "towns":
        things = [[town.name, f" {town.aliases[0]}", *town.aliases] for town in TOWNS]
    else:
        listed = LEADERS if item["object"] == "leaders" else item["object"]
        things = [list(_WORDS.get(name, [name])) for name in listed]
    besides: list[list[str | None]] = [[name] for name in _LISTED_NOWHERE]
    some = st.lists(st.sampled_from([*things, *things, *besides]), max_size=3, unique_by=id)
    said: list[list[str | None]] = draw(st.one_of(st.just(things), some))
    return said


def _completed(quarter: str, near: Sequence[date]) -> st.SearchStrategy[date | None]:
    """No day, one within the quarter, after it though told in it, or long before; near what is due."""
    last = last_day_of(quarter)
    first = last.replace(month=last.month - 2, day=1)
    return st.sampled_from([None, None, None, first, last - _DAY, last, last + 4 * _DAY, date(YEAR - 1, 12, 31), *near])


def _steps(draw: Draw, items: Sequence[Item], near: Sequence[date]) -> dict[tuple[str, str], tuple[int, date, int]]:
    """A few of what items are divided by, of each unit that files them: one number before a day, another from it on."""
    few, turn = st.integers(0, 4), st.sampled_from(near)
    asked = {(item["of"], unit.code) for item in items if item.get("of") in _COUNTED for unit in filers_of(item)}
    return {one: (draw(few), draw(turn), draw(few)) for one in sorted(asked)}
