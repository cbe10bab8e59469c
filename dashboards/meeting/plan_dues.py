"""The plan's due days as papers tell them, from the report as it is printed: what is due when, how it stands, and with whom (METHOD section 5.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.meeting.source import Source
from dashboards.meeting.tables import share
from dashboards.results import plan_names
from data.zone.work_plan import TASKS

Row = Mapping[str, Any]
STATES = ("done", "late", "overdue", "due", "upcoming")
PAST = frozenset({"done", "late", "overdue"})
KEPT = frozenset({"done", "late"})
GOALS = "goals"


@dataclass(frozen=True, slots=True)
class DueDay:
    """An item's due day as the zone has it; ``behind``: the units that stand as the zone does, of those that file it."""

    item: Row
    day: date
    state: str
    behind: Sequence[Row]

    @property
    def is_told(self) -> bool:
        """Whether units tell of it; else the system computes it, and it is nobody's."""
        return is_told(self.item)

    @property
    def is_of_all(self) -> bool:
        """Whether all of several units that file it stand so."""
        return len(self.behind) == len(self.item["units"]) > 1


def is_told(item: Row) -> bool:
    """Whether units tell of an item."""
    return bool(item["source"] == TASKS)


def plan_dues(source: Source) -> list[DueDay]:
    """Every due day that can be judged, in the plan's order."""
    return [
        DueDay(item, date.fromisoformat(due["due"]), due["state"], _behind(item, place))
        for item in source.content["items"]
        for place, due in enumerate(item["dues"])
        if due["state"] is not None
    ]


def _behind(item: Row, place: int) -> list[Row]:
    state = item["dues"][place]["state"]
    return [unit for unit in item["units"] if unit["dues"][place]["state"] == state]


def in_state(dues: Iterable[DueDay], state: str) -> list[DueDay]:
    """Those in a state, the earliest first; what units tell of before what the system computes."""
    return sorted((one for one in dues if one.state == state), key=lambda one: (not one.is_told, one.day))


def counted_by_article(source: Source) -> list[tuple[Row, Counter[str]]]:
    """The articles of which any due day can be judged, in the plan's order, with how many are in which state."""
    of: dict[str, Counter[str]] = {}
    for one in plan_dues(source):
        of.setdefault(one.item["article"], Counter())[one.state] += 1
    return [(one, of[one["article"]]) for one in source.content["articles"] if one["article"] in of]


def counted_by_unit(source: Source) -> dict[str, dict[str, Counter[str]]]:
    """Unit → article → how many of its own due days are in which state, in the order in which the report has units."""
    of: dict[str, dict[str, Counter[str]]] = {}
    for item in source.content["items"]:
        for unit in item["units"]:
            own = of.setdefault(unit["unit"], {}).setdefault(item["article"], Counter())
            own.update(due["state"] for due in unit["dues"] if due["state"] is not None)
    order = [*dict.fromkeys((*source.units, *of))]
    return {code: of[code] for code in order if code in of}


def article_words(article: Row) -> str:
    """第2条 强化各级监管部门务实履职; of the goals their name alone, for their heading says no more."""
    name = plan_names.article(article["article"])
    return name if article["article"] == GOALS else f"{name} {article['title']}"


def by_item(dues: Iterable[DueDay]) -> list[list[DueDay]]:
    """The due days of each item together, in the order in which items come first."""
    of: dict[str, list[DueDay]] = {}
    for one in dues:
        of.setdefault(one.item["number"], []).append(one)
    return [*of.values()]


def so_far(item: Row) -> str:
    """How far an item has come in the whole zone: 42/60次, 42/55（76.4%）, 16条."""
    done, of, measure = item["numerator"], item["denominator"], item["unit_of_measure"]
    if done is None:
        return "没有记录"
    if of is None:
        return f"{number(done)}{measure}"
    if measure != "比例":
        return f"{number(done)}/{number(of)}{measure}"
    return f"{number(done)}/{number(of)}（{share(done / of)}）" if of else f"{number(done)}/{number(of)}"


def number(value: float) -> str:
    """A number to two decimals, without those that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def named_behind(source: Source, one: DueDay) -> Iterator[str]:
    """The names of the units that stand as the zone does."""
    return (source.unit_name(unit["unit"]) for unit in one.behind)


def short_day(day: date) -> str:
    """6月30日: a plan's due days are all of its year."""
    return f"{day.month}月{day.day}日"
