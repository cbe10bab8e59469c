"""The plan's items as METHOD section 5.8 words them, and the milestones of section 3: each item asked anew of each unit and due day.

Written from the method, the contract and the head of the plan's YAML alone, without a look at ours: slow, and with a
loop for every sentence. The plan is what `yaml.safe_load` makes of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from .ranking import normal
from .register import Asked, Paper, counting_papers, month, register

GROUPS = {"towns": "town", "departments": "department", "centres": "centre"}
NEAR = timedelta(days=30)
STATES = ("overdue", "due", "upcoming", "late", "done")
"""The furthest behind first."""
FOREVER_AGO = date.min

Item: TypeAlias = dict[str, Any]
Denominators: TypeAlias = Callable[[str, str, date], Fraction | int]
"""What a name like ``register.territory`` comes to for a unit on a day."""
Figure: TypeAlias = tuple[Fraction, Fraction | None]
"""Numerator and denominator of what the system knows; of a count there is no denominator."""
Figures: TypeAlias = Callable[[str, date], Figure | None]
"""What a source like ``hazards.zone.major.overdue`` comes to on a day; None while nothing is on record."""


@dataclass(frozen=True)
class Filer:
    """A unit of the plan's year."""

    code: str
    name: str
    aliases: tuple[str, ...]
    group: str
    office: bool = False


@dataclass(frozen=True)
class Told:
    """One row of 重点任务进展, in the workbook in force of its unit and quarter (``2022Q2``); ``place`` is its place on the sheet."""

    unit: str
    quarter: str
    place: int
    item: str
    object: str | None
    expected: Fraction | Decimal | int
    done: Fraction | Decimal | int
    completed_on: date | None = None

    @property
    def evident_on(self) -> date:
        """The day of evidence."""
        return self.completed_on or last_day_of(self.quarter)


@dataclass(frozen=True)
class TaskLedger:
    """One accepted version of a unit's 重点任务进展 of a quarter."""

    unit: str
    quarter: str
    version: int
    received_at: datetime
    rows: tuple[Told, ...]


def in_force(ledgers: Sequence[TaskLedger]) -> list[Told]:
    """The rows of the highest version of each unit and quarter."""
    highest = {(one.unit, one.quarter): one for one in sorted(ledgers, key=lambda one: one.version)}
    return [row for one in highest.values() for row in one.rows]


def quarter_of(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def last_day_of(quarter: str) -> date:
    month = 3 * int(quarter[-1])
    return date(int(quarter[:4]), month, 31 if month in {3, 12} else 30)


@dataclass(frozen=True)
class Standing:
    """Everything that is asked, on one day."""

    plan: dict[str, Any]
    units: Sequence[Filer]
    rows: Sequence[Told]
    denominators: Denominators
    day: date
    figures: Figures | None = None

    # Who, and about what

    def items(self) -> list[Item]:
        """Those that units tell of."""
        return [item for item in self.plan["items"] if item["source"] == "tasks"]

    def filers(self, item: Item) -> list[Filer]:
        """In the order in which the plan names them, else in the units' own."""
        said = item["filed_by"]
        if isinstance(said, list):
            return [unit for code in said for unit in self.units if unit.code == code]
        if said == "office":
            return [unit for unit in self.units if unit.office]
        return [unit for unit in self.units if said == "all" or unit.group == GROUPS[said]]

    def same(self, name: str | None, teller: Filer) -> str:
        """A name as it is compared; a unit's by whichever of its names, and a blank one is the unit's own that tells."""
        if name is None or not normal(name):
            return f"unit {teller.code}"
        for unit in self.units:
            if normal(name) in {normal(one) for one in (unit.code, unit.name, *unit.aliases)}:
                return f"unit {unit.code}"
        return f"thing {normal(name)}"

    def listed(self, item: Item, teller: Filer) -> dict[str, str] | None:
        """The objects that an item lists, as compared and as the plan writes them; None where 对象 is free."""
        said = item["object"]
        if said == "leaders":
            names = self.plan["leaders"]
        elif said == "towns":
            names = [unit.name for unit in self.units if unit.group == "town"]
        elif isinstance(said, list):
            names = said
        else:
            return None
        return {self.same(name, teller): name for name in names}

    # Rows

    def counting(self, item: Item, unit: Filer, after: date, upto: date) -> dict[str, Told]:
        """The latest row of each object, of those with evidence after one day and up to another; what is listed nowhere too."""
        latest: dict[str, Told] = {}
        for row in sorted(self.rows, key=lambda row: (row.quarter, row.place)):
            if (row.unit, row.item) != (unit.code, item["number"]):
                continue
            if row.quarter[:4] != str(self.plan["year"]) or row.quarter > quarter_of(self.day):
                continue
            if after < row.evident_on <= upto:
                latest[self.same(row.object, unit)] = row
        return latest

    def done(self, item: Item, unit: Filer, after: date, upto: date) -> dict[str, Told]:
        """The same of objects that count, in the order in which they were last told of."""
        listed = self.listed(item, unit)
        counting = self.counting(item, unit, after, upto)
        kept = [(key, row) for key, row in counting.items() if listed is None or key in listed]
        return dict(sorted(kept, key=lambda one: (one[1].quarter, one[1].place)))

    # Numbers of the plan

    def target(self, item: Item, unit: Filer, due: int) -> Fraction:
        """What the unit owes by a due day, by its place among them; of a share the share."""
        said = item["target"]
        if isinstance(said, dict):
            return exact(said[unit.code] if unit.code in said else said[unit.group])
        return exact(said[due] if isinstance(said, list) else said)

    def each(self, item: Item, name: str, due: int) -> Fraction:
        said = item.get("each", 1)
        if isinstance(said, dict):
            return exact(said.get(name, 1))
        return exact(said[due] if isinstance(said, list) else said)

    # Values

    def numerator(self, item: Item, unit: Filer, due: int, after: date, upto: date) -> Fraction:
        rows = self.done(item, unit, after, upto)
        if item["adds"] in {"sum", "ratio"}:
            return sum((exact(row.done) for row in rows.values()), Fraction(0))
        if item["adds"] == "latest":
            return exact(list(rows.values())[-1].done) if rows else Fraction(0)
        ready = 0
        for key, name in self.objects(item, unit).items():
            if key in rows and exact(rows[key].done) >= self.each(item, name, due):
                ready += 1
        return Fraction(ready)

    def objects(self, item: Item, unit: Filer) -> dict[str, str]:
        listed = self.listed(item, unit)
        assert listed is not None, item["number"]
        return listed

    def denominator(self, item: Item, unit: Filer, day: date) -> Fraction:
        if item["adds"] in {"sum", "latest"}:
            return self.target(item, unit, -1)
        if item["adds"] == "all_of":
            return Fraction(len(self.objects(item, unit)))
        by = item["of"]
        if isinstance(by, dict):
            return sum((exact(number) for number in by.values()), Fraction(0))
        if by.startswith("plan."):
            [other] = [one for one in self.items() if one["number"] == by.removeprefix("plan.")]
            return max(self.numerator(other, unit, -1, FOREVER_AGO, day), self.target(other, unit, -1))
        return exact(self.denominators(by, unit.code, day))

    # How it stands

    def reaches(self, item: Item, unit: Filer, due: int, after: date, upto: date) -> bool:
        """Whether rows up to a day come to what is due on a due day."""
        told = self.numerator(item, unit, due, after, upto)
        if item["adds"] in {"sum", "latest"}:
            return told >= self.target(item, unit, due)
        over = self.denominator(item, unit, upto)
        return over > 0 and told / over >= self.target(item, unit, due)

    def named(self, its_day: date, *, in_time: bool, by_now: bool, level: bool) -> str:
        """The state of a due day: what reached it in time and no longer does is not done, but for a level."""
        if in_time and (level or by_now):
            return "done"
        if by_now:
            return "late"
        if self.day > its_day:
            return "overdue"
        return "due" if its_day - self.day <= NEAR else "upcoming"

    def state(self, item: Item, unit: Filer, due: int) -> str | None:
        days = item["dues"]
        its_day = days[due]
        if self.denominator(item, unit, self.day) == 0:
            return None
        told_anew = item["adds"] in {"latest", "ratio"}
        after = days[due - 1] if told_anew and due > 0 else FOREVER_AGO
        in_time = self.reaches(item, unit, due, after, min(its_day, self.day))
        by_now = self.reaches(item, unit, due, after, self.day)
        return self.named(its_day, in_time=bool(in_time), by_now=bool(by_now), level=told_anew)

    def of_unit(self, item: Item, unit: Filer) -> dict[str, Any]:
        numerator = self.numerator(item, unit, -1, FOREVER_AGO, self.day)
        denominator = self.denominator(item, unit, self.day)
        states = [self.state(item, unit, due) for due in range(len(item["dues"]))]
        return {"unit": unit.code, **_figures(numerator, denominator), "dues": _dues(item, states)}

    def of_item(self, item: Item) -> dict[str, Any]:
        units = [self.of_unit(item, unit) for unit in self.filers(item)]
        numerator = sum((Fraction(one["numerator"]) for one in units), Fraction(0))
        denominator = sum((Fraction(one["denominator"]) for one in units), Fraction(0))
        states = []
        for due in range(len(item["dues"])):
            theirs = {one["dues"][due]["state"] for one in units}
            states.append(next((state for state in STATES if state in theirs), None))
        return {**self.head(item), **_figures(numerator, denominator), "dues": _dues(item, states), "units": units}

    def head(self, item: Item) -> dict[str, Any]:
        """What the plan says of an item."""
        return {
            "number": item["number"],
            "title": item["title"],
            "article": item["article"],
            "unit_of_measure": item["unit_of_measure"],
            "source": item["source"],
            "target": self.target_said(item),
        }

    # What the system knows by itself

    def figure(self, item: Item, day: date) -> Figure | None:
        """The source on a day; of one that is how many units have reached another item, those of whose progress is 1."""
        source = item["source"]
        if not source.startswith("plan."):
            assert self.figures is not None
            return self.figures(source, day)
        number = source.removeprefix("plan.").removesuffix(".reached_rate")
        [other] = [one for one in self.items() if one["number"] == number]
        units = self.filers(other)
        reached = 0
        for unit in units:
            whole = self.denominator(other, unit, day)
            if whole != 0 and self.numerator(other, unit, -1, FOREVER_AGO, day) / whole >= 1:
                reached += 1
        return Fraction(reached), Fraction(len(units))

    def keeps(self, item: Item, due: int, day: date) -> bool | None:
        """Whether the figure of a day comes to the target of a due day, or stays within the limit; None where it is over 0 or unknown."""
        figure = self.figure(item, day)
        if figure is None or figure[1] == 0:
            return None
        numerator, denominator = figure
        value = numerator if denominator is None else numerator / denominator
        said = item["target"]
        target = exact(said[due] if isinstance(said, list) else said)
        return value <= target if is_limit(item) else value >= target

    def state_of_system(self, item: Item, due: int) -> str | None:
        days, level = item["dues"], item["adds"] in {"latest", "ratio"}
        its_day = days[due]
        by_now = self.keeps(item, due, self.day)
        in_time = self.keeps(item, due, min(its_day, self.day))
        if by_now is None:
            return None
        if item.get("holds") and self.day < its_day:
            by_now = in_time = False  # not judged yet, however it stands
        elif item.get("holds") and in_time is None:
            return None
        elif level and due > 0 and self.day <= days[due - 1]:
            by_now = in_time = False  # all that is known is evidence for the due day before
        return self.named(its_day, in_time=bool(in_time), by_now=bool(by_now), level=level)

    def of_system(self, item: Item) -> dict[str, Any]:
        """An item without units; of a limit there is no progress."""
        numerator, denominator = self.figure(item, self.day) or (None, None)
        target = self.target_said(item)
        if numerator is not None and denominator is None and not is_limit(item):
            denominator = target
        figures: dict[str, Fraction | None] = {"numerator": numerator, "denominator": denominator, "progress": None}
        if numerator is not None and denominator is not None and not is_limit(item):
            figures = _figures(numerator, denominator)
        states = [self.state_of_system(item, due) for due in range(len(item["dues"]))]
        return {**self.head(item), **figures, "dues": _dues(item, states), "units": []}

    def target_said(self, item: Item) -> Fraction | None:
        said = item["target"]
        if said is None or isinstance(said, dict):
            return None
        return exact(said[-1] if isinstance(said, list) else said)

    def findings(self) -> Iterator[dict[str, Any]]:
        """Of the rows that count on the day."""
        for item in self.items():
            for unit in self.filers(item):
                listed = self.listed(item, unit)
                for key, row in self.counting(item, unit, FOREVER_AGO, self.day).items():
                    finding = {"unit": unit.code, "number": item["number"], "object": row.object}
                    if listed is not None and key not in listed:
                        yield {**finding, "told": exact(row.done), "target": None}
                        continue
                    if item["adds"] == "sum":
                        owed = self.target(item, unit, -1)
                    elif item["adds"] == "all_of":
                        owed = self.each(item, self.objects(item, unit)[key], -1)
                    else:
                        continue
                    if exact(row.expected) != owed:
                        yield {**finding, "told": exact(row.expected), "target": owed}

    def articles(self, items: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Counts of those alone of which every item is known: of all, where the system's figures are given."""
        for article, title in self.plan["articles"].items():
            own = [item for item in self.plan["items"] if item["article"] == article]
            counts = {}
            if self.figures is not None or all(item["source"] == "tasks" for item in own):
                states = [due["state"] for item in items if item["article"] == article for due in item["dues"]]
                counts = {state: states.count(state) for state in STATES}
            yield {"article": article, "title": title, "items": len(own), **counts}


def exact(number: Any) -> Fraction:
    """A number as it is written: 0.8 is four fifths, ``≥ 0.8`` is the same as a share, ``≤ 0`` as a limit."""
    if isinstance(number, str):
        sign, _, number = number.partition(" ")
        assert sign in {"≥", "≤"}, sign
    return number if isinstance(number, Fraction) else Fraction(str(number))


def is_limit(item: Item) -> bool:
    return str(item["target"]).startswith("≤")


def _figures(numerator: Fraction, denominator: Fraction) -> dict[str, Fraction | None]:
    progress = None if denominator == 0 else min(Fraction(1), numerator / denominator)
    return {"numerator": numerator, "denominator": denominator, "progress": progress}


def _dues(item: Item, states: Sequence[str | None]) -> list[dict[str, Any]]:
    return [{"due": day.isoformat(), "state": state} for day, state in zip(item["dues"], states, strict=True)]


def plan_report(
    plan: dict[str, Any],
    units: Sequence[Filer],
    rows: Sequence[Told],
    denominators: Denominators,
    day: date,
    figures: Figures | None = None,
) -> dict[str, Any]:
    """What ``report plan`` says; without ``figures`` of the items that units tell of alone. Every number exact."""
    standing = Standing(plan, units, rows, denominators, day, figures)
    items = []
    for item in plan["items"]:
        if item["source"] == "tasks":
            items.append(standing.of_item(item))
        elif figures is not None:
            items.append(standing.of_system(item))
    return {
        "period": str(plan["year"]),
        "as_of": day.isoformat(),
        "items": items,
        "findings": list(standing.findings()),
        "articles": list(standing.articles(items)),
    }


def milestones(
    plan: dict[str, Any], units: Sequence[Filer], rows: Sequence[Told], denominators: Denominators, quarter: str
) -> dict[str, Fraction | None]:
    """The component of each unit's quarterly score, 0 to 100; None where nothing falls due, or the plan was not yet there."""
    last = last_day_of(quarter)
    if last < plan["adopted_on"]:
        return dict.fromkeys((unit.code for unit in units), None)
    standing = Standing(plan, units, rows, denominators, last)
    found: dict[str, Fraction | None] = {}
    for unit in units:
        states = [
            standing.state(item, unit, due)
            for item in standing.items()
            if unit in standing.filers(item)
            for due, day in enumerate(item["dues"])
            if quarter_of(day) == quarter
        ]
        judged = [state for state in states if state is not None]
        found[unit.code] = Fraction(100 * judged.count("done"), len(judged)) if judged else None
    return found


def denominators_from(papers: Sequence[Paper], known_by: date, sectors: dict[str, str]) -> Denominators:
    """The denominators that the register and the ledgers of inspections give; ``sectors`` leads from a code to the Chinese name."""

    def of(name: str, unit: str, day: date) -> int:
        if name == "enforcement.inspections":
            ledgers = counting_papers(papers, "enforcement", known_by, month(day))
            days = [row["inspected_on"] for paper in ledgers if paper.unit == unit for row in paper.rows]
            return sum(date(day.year, 1, 1) <= one <= day for one in days)
        counts, _ = register(papers, Asked(day, known_by, sectors))
        column, _, sector = name.removeprefix("register.").partition(".")
        if column == "sectors":
            return sum(sectors[row["sector"]] == sector for row in counts.values())
        if column == "high_risk":
            return sum(bool(row["high_risk"]) for row in counts.values())
        assert column in {"territory", "department"}, name
        return sum(row[column] == unit for row in counts.values())

    return of
