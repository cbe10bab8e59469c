"""How the work plan's items and states are said: on its page, in unit profiles, on the overview and in documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.method.work_plan import DueState, ItemStanding, UnitItem
from data.language import gettext as _
from data.zone.work_plan import PlanItem, WorkPlan
from data.zone.zone import Zone

TONES: Mapping[DueState, tuple[str, str]] = {
    "overdue": ("bad", "✗"), "due": ("warn", "◷"), "upcoming": ("calm", "○"), "late": ("warn", "◐"), "done": ("good", "✓"),
}  # fmt: skip
"""How a due day stands → the tone and the symbol of its tag; no colour tells anything alone."""


def state(name: DueState) -> str:
    """How a due day stands, in words."""
    names = {
        "overdue": _("item overdue"),
        "due": _("due within 30 days"),
        "upcoming": _("still to fall due"),
        "late": _("done late"),
        "done": _("done in time"),
    }
    return names[name]


def tag(name: DueState | None, *, title: str = "") -> Component:
    """A due day's state as a pill; over a denominator of 0 there is none."""
    if name is None:
        return parts.tag(_("nothing to count"), symbol=numbers.NONE, title=title)
    tone, symbol = TONES[name]
    return parts.tag(state(name), tone, symbol=symbol, title=title)


def filed_by(item: PlanItem, plan: WorkPlan, zone: Zone) -> str:
    """Who files it, as the plan names them; of the system's that nobody does."""
    if not item.is_told:
        return _("from the system")
    names = {
        "all": _("all units"), "towns": _("Towns"), "departments": _("Departments"), "centres": _("Development centres"),
    }  # fmt: skip
    if isinstance(item.filed_by, str) and item.filed_by in names:
        return names[item.filed_by]
    return _(", ").join(unit.short_name for unit in plan.filers(item, zone))


def amount(value: Fraction | None) -> str:
    """A numerator or denominator, whole where it is."""
    if value is None:
        return numbers.NONE
    return numbers.count(int(value)) if value.denominator == 1 else numbers.tenths(value)


def standing(item: PlanItem, one: ItemStanding | UnitItem) -> str:
    """3 of 8 份; of a limit the number alone; of a rate its share."""
    if one.numerator is None:
        return _("nothing on record yet")
    if item.at_most:
        if one.denominator:
            return numbers.percent(one.numerator / one.denominator)
        return _("%(n)s %(unit)s", n=amount(one.numerator), unit=measure(item))
    if not item.dues and item.target is None:
        return _("%(n)s %(unit)s", n=amount(one.numerator), unit=measure(item))
    return _("%(n)s of %(of)s %(unit)s", n=amount(one.numerator), of=amount(one.denominator), unit=measure(item))


def measure(item: PlanItem) -> str:
    """The unit of measure; of a share nothing, for its parts are things of many kinds."""
    return "" if item.unit_of_measure == "比例" else item.unit_of_measure


def target(item: PlanItem, value: Fraction | None) -> str:
    """≥ 80%, ≤ 0 起, 4 次 by the year's end; that it differs by unit."""
    if value is None:
        return _("differs by unit") if item.target is not None else numbers.NONE
    sign = "≤" if item.at_most else "≥"
    if item.adds in {"ratio", "all_of"} or item.unit_of_measure == "比例":
        return f"{sign} {numbers.percent(value)}"
    return f"{sign} {amount(value)}{measure(item)}"


def counted(counts: Counter[DueState]) -> str:
    """2 overdue, 1 due within 30 days …, what is furthest behind first; nothing where there is nothing."""
    return _(", ").join(
        _("%(state)s %(n)s", state=state(one), n=numbers.count(counts[one])) for one in TONES if counts[one]
    )
