"""What is wrong with a work plan, each fault as a sentence that names the item and the field (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError
from yaml import YAMLError

from data.language import gettext as _
from data.zone.normal import compact
from data.zone.plan_sources import denominator_of_sector, figure_of_sector
from data.zone.plan_text import HEADINGS, PARTS
from data.zone.scheme_faults import sentence_of
from data.zone.work_plan import LONGEST_TEXT, PlanItem, WorkPlan, object_key, parse
from data.zone.zone import GROUPS, Zone

MOST_VALUES = 100_000
"""Names and values of a plan, those counted as often as they are referred to that stand for others."""
_DEEPEST = 8
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_UNKNOWN = frozenset({"extra_forbidden"})


class PlanFault(NamedTuple):
    """One fault: the part of the plan (``items``, ``clauses`` … ; empty: all of it), which of it (an item's number, a place
    counted from 0), the field by its name in the YAML, and what it is.
    """

    part: str
    which: str
    field: str
    sentence: str


class PlanFaults(ValueError):
    """A plan that cannot be taken; ``faults`` says what is wrong with it."""

    def __init__(self, faults: list[PlanFault]) -> None:
        super().__init__("\n".join(one.sentence for one in faults))
        self.faults = faults


def not_a_text(sentence: str) -> PlanFaults:
    """The one fault of what is no text of a plan at all."""
    return PlanFaults([PlanFault("", "", "", sentence)])


def understood(text: str, zone: Zone) -> WorkPlan:
    """The plan that a YAML text is, for a zone; PlanFaults with what is wrong with it."""
    content: Any = None
    try:
        _check_shape(text)
        content = yaml.load(text, _LOADER)  # noqa: S506  # both are safe loaders
        plan = parse(text)
    except ValidationError as error:
        raise PlanFaults(
            list(dict.fromkeys(_fault(one, content) for one in error.errors(include_url=False)))
        ) from error
    except (YAMLError, RecursionError, ValueError) as error:
        said = _("This is no YAML as plans are written in: %(reason)s", reason=_first_line(error))
        raise not_a_text(said) from error
    found = list(_of_zone(plan, zone))
    if found:
        raise PlanFaults(found)
    return plan


def _check_shape(text: str) -> None:
    """YAMLError for what no plan needs and a parser can be exhausted by: long, deep, or much that stands for more."""
    if len(text) > LONGEST_TEXT:
        raise YAMLError(_("it is longer than %(n)s characters", n=LONGEST_TEXT))
    sizes: dict[str, int] = {}
    begun: list[tuple[str | None, int]] = []
    values = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            begun.append((event.anchor, values))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = begun.pop()
            if anchor is not None:
                sizes[anchor] = values - before
        elif isinstance(event, yaml.AliasEvent):
            values += sizes.get(str(event.anchor), 1)
        values += 1
        if len(begun) > _DEEPEST:
            raise YAMLError(_("it is nested too deep"))
        if values > MOST_VALUES:
            raise YAMLError(_("it has more than %(n)s names and values", n=MOST_VALUES))


def _first_line(error: Exception) -> str:
    return str(error).replace("\n", " ").strip()[:200]


def _fault(detail: Mapping[str, Any], content: Any) -> PlanFault:
    """What pydantic found, with the item that it is in."""
    context, path = detail.get("ctx", {}), list(detail["loc"])
    if detail["type"] == "plan" and "at" in context:
        return PlanFault("items", context["at"], context["field"], context["said"])
    part, which, name = str(path[0]) if path else "", _which(path, content), _field(path)
    said = context["said"] if detail["type"] == "plan" else _said(detail)
    if detail["type"] == "plan" and not which:
        return PlanFault(part, which, name, said)
    return PlanFault(part, which, name, _placed(part, which, name, said))


def _said(detail: Mapping[str, Any]) -> str:
    return _("a plan knows nothing of this name") if detail["type"] in _UNKNOWN else sentence_of(detail)


def _placed(part: str, which: str, name: str, said: str) -> str:
    where = PARTS.get(part, part)
    if part == "items":
        whole = said if not name else _("%(at)s: %(said)s", at=HEADINGS.get(name, name), said=said)
        return _("item %(number)s: %(said)s", number=which, said=whole)
    if which:
        where = _("%(part)s, number %(n)s", part=where, n=int(which) + 1)
    return _("%(at)s: %(said)s", at=where or _("the plan"), said=said)


def _which(path: list[Any], content: Any) -> str:
    """The item's number, where it has one; else the place in a list."""
    if len(path) < 2 or not isinstance(path[1], int):  # the name of a list and the place in it
        return ""
    if path[0] == "items":
        try:
            return str(content["items"][path[1]]["number"])
        except (LookupError, TypeError):
            return _("in place %(n)s", n=path[1] + 1)
    return str(path[1])


def _field(path: list[Any]) -> str:
    names = [part for part in path if isinstance(part, str)]
    return names[1] if len(names) > 1 else names[0] if names and len(path) == 1 else ""


def _of_zone(plan: WorkPlan, zone: Zone) -> Iterator[PlanFault]:
    """What a plan names that the zone does not have."""
    for item in plan.items:
        for check in _CHECKS:
            for name, said in check(plan, item, zone):
                yield PlanFault(
                    "items", item.number, name, _("item %(number)s: %(said)s", number=item.number, said=said)
                )


def _units(plan: WorkPlan, item: PlanItem, zone: Zone) -> Iterator[tuple[str, str]]:
    if isinstance(item.filed_by, tuple):
        for code in item.filed_by:
            if code not in zone.unit_by_code:
                yield "filed_by", _("there is no unit “%(name)s”", name=code)
    if item.is_told and not plan.filers(item, zone):
        yield "filed_by", _("no unit that there is in %(year)s files it", year=plan.year)
    if isinstance(item.target, dict):
        for name in item.target:
            if name not in zone.unit_by_code and name not in GROUPS:
                yield "target", _("there is no unit or group “%(name)s”", name=name)


def _sectors(_plan: WorkPlan, item: PlanItem, zone: Zone) -> Iterator[tuple[str, str]]:
    figure = figure_of_sector(item.source)
    of = denominator_of_sector(item.of) if isinstance(item.of, str) else None
    for name, sector in (("source", None if figure is None else figure[1]), ("of", of)):
        if sector is not None and compact(sector) not in zone.sector_names:
            yield name, _("there is no sector “%(name)s”", name=sector)


def _objects(plan: WorkPlan, item: PlanItem, zone: Zone) -> Iterator[tuple[str, str]]:
    listed = plan.objects(item, zone)
    if listed is None:
        return
    if not listed:
        yield "object", _("it lists no object")
    for field in ("each", "of"):
        numbers = getattr(item, field)
        for name in numbers if isinstance(numbers, dict) else ():
            if object_key(zone, name) not in listed:
                yield field, _("it lists no object “%(name)s”", name=name)


_CHECKS: tuple[Callable[[WorkPlan, PlanItem, Zone], Iterator[tuple[str, str]]], ...] = (_units, _sectors, _objects)
