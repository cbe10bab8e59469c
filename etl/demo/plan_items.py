"""The year's work plan as the committee's office sent it round: what each office owes of it, about what, by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import yaml

from etl.demo.irregular_filings import quiet_months
from etl.demo.marks import QUARTERS
from etl.demo.office_profile import Office
from etl.demo.offices import OFFICES
from etl.demo.register_changes import listed
from etl.demo.workdays import YEAR, month_end
from etl.demo.year import cases

Item = Mapping[str, Any]
Due = tuple[date, float]
"""The day by which it must have come so far since 1 January."""

_PLAN = Path(__file__).parents[2] / "data" / "reference" / f"work_plan_{YEAR}.yaml"
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_MONTHS_IN_QUARTER = 3
_GROUPS: Mapping[str, str] = {"towns": "town", "departments": "department", "centres": "centre"}
_SPLIT: Mapping[str, Sequence[str]] = {"10.1": ("上级安排", "自行开展")}
_WHO_SPLITS = frozenset({"shuanglu", "construction", "market"})
"""Who tells of these items by who ordered the work."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What one office owes of one item about one object (None: the office itself) by each due day, and of how much in each quarter.

    A ``level`` is told anew for each of its due days.
    """

    number: str
    subject: str | None
    dues: tuple[Due, ...]
    wholes: tuple[float, ...]
    level: bool
    fractions: bool
    evidence: str


@cache
def duties(office: Office) -> tuple[Duty, ...]:
    """Everything that an office tells of in its quarterly workbook, in the plan's order."""
    return tuple(duty for item in _items() if _files(item, office) for duty in _duties(item, office))


@cache
def _items() -> tuple[Item, ...]:
    plan = yaml.load(_PLAN.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe one
    leaders = tuple(plan["leaders"])
    return tuple({**item, "leaders": leaders} for item in plan["items"] if item["source"] == "tasks")


def _files(item: Item, office: Office) -> bool:
    who = item["filed_by"]
    if isinstance(who, list):
        return office.code in who
    return who == "all" or (who == "office" and office.code == "emergency") or _GROUPS.get(who) == office.group


def _duties(item: Item, office: Office) -> Iterator[Duty]:
    for subject in _subjects(item):
        yield from _in_parts(_duty(item, office, subject), office)


def _subjects(item: Item) -> Sequence[str | None]:
    match item["object"]:
        case "leaders":
            return item["leaders"]  # type: ignore[no-any-return]
        case "towns":
            return [one.short for one in OFFICES if one.group == "town"]
        case list() as named:
            return named
        case _:
            return (None,)


def _duty(item: Item, office: Office, subject: str | None) -> Duty:
    dues = tuple(item["dues"])
    if item["adds"] == "ratio":
        wholes = tuple(float(_whole(item, office, subject, quarter)) for quarter in QUARTERS)
        share = _share(item["target"])
        owed = [float(ceil(share * wholes[min(len(wholes), -(-due.month // _MONTHS_IN_QUARTER)) - 1])) for due in dues]
    else:
        told = item.get("each", 1) if item["adds"] == "all_of" else item["target"]
        owed = [_number(told, place, (subject, office.code, office.group)) for place in range(len(dues) or 1)]
        wholes = (owed[-1],) * len(QUARTERS)
    due_days = dues or (date(YEAR, 12, 31),)
    return Duty(
        item["number"],
        subject,
        tuple(zip(due_days, owed, strict=True)),
        wholes,
        item["adds"] in {"ratio", "latest"} and len(dues) > 1,
        item["unit_of_measure"] in {"公里", "万元"},
        item["evidence"],
    )


def _in_parts(duty: Duty, office: Office) -> Iterator[Duty]:
    """The duty, or one for each part in which the office tells of it."""
    parts = _SPLIT.get(duty.number, ()) if office.code in _WHO_SPLITS else ()
    for place, part in enumerate(parts):
        yield replace(
            duty, subject=part, dues=tuple((due, (owed + 1 - place) // len(parts)) for due, owed in duty.dues)
        )
    if not parts:
        yield duty


def _share(target: str) -> float:
    return float(target.partition(" ")[2])


def _number(told: Any, place: int, names: Sequence[str | None]) -> float:
    """One number, one a due day, or one by name."""
    if isinstance(told, list):
        return float(told[place])
    if isinstance(told, Mapping):
        return next(float(told[name]) for name in names if name in told)
    return float(told)


def _whole(item: Item, office: Office, subject: str | None, quarter: int) -> int:
    """What a share is of, as the office counts it itself at the end of a quarter."""
    of = item["of"]
    if isinstance(of, Mapping):
        return int(of[subject])
    if of == "enforcement.inspections":
        return sum(day <= month_end(_MONTHS_IN_QUARTER * quarter) for day in _inspected_on(office))
    if of.startswith("plan."):
        return next(int(one["target"]) for one in _items() if one["number"] == of.removeprefix("plan."))
    return sum(_is_meant(of, one, office) for one in listed())


@cache
def _inspected_on(office: Office) -> tuple[date, ...]:
    return tuple(case.day for case in cases(office, quiet=quiet_months(office)))


def _is_meant(of: str, one: Any, office: Office) -> bool:
    match of.split("."):
        case ["register", "territory"]:
            return bool(one.town == office.short)
        case ["register", "department"]:
            return bool(one.department == office.short)
        case ["register", "sectors", sector]:
            return bool(one.sector == sector)
        case _:
            return bool(one.high_risk)
