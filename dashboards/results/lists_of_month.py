"""The lists of a month as a page shows them: as issued, else as they would be now, narrowed to whoever asks.

A unit's account is told of its own list alone, with the names of the units that should go with it, and of its own lines that were
drawn; the fingerprint, the number and where that is from are everybody's, for with them it draws its own lines again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from dashboards.method.next_inspections import Ground
from dashboards.results import issued_lists, register
from dashboards.results.hiding import Viewpoint
from dashboards.results.issued_lists import IssueOfLists
from dashboards.results.reading import Reading, kept
from data.language import gettext as _
from data.people.scope import Scope
from data.zone.periods import Month
from data.zone.schemes import EnterprisesScheme, NextInspections, known_schemes
from data.zone.zone import Zone

Standing = Literal["issued", "past", "ahead", "open"]
"""Issued; not issued and over, so that nobody can any more; not begun; or running and not issued."""


@dataclass(frozen=True, slots=True)
class OnList:
    """An enterprise on a unit's list."""

    place: int
    credit_code: str
    name: str
    sector: str
    ground: Ground
    since: date | None
    inspections: int
    found: int
    mean: float
    low: float
    high: float
    last_on: date | None
    week: date
    together_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joint:
    """An enterprise to which several units should go together, in the week that begins on a day."""

    one: OnList
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListsOfMonth:
    """The lists of a month, of the units that whoever asks may see; ``issue`` is what came of them once they were issued.

    ``sha256`` is the fingerprint of all that was issued, of a draft that of its lists; ``any_register`` whether any list of enterprises is
    known, ``scheme`` by what they are made.
    """

    zone: Zone
    month: Month
    as_of: date
    today: date
    scheme: NextInspections
    standing: Standing
    any_register: bool
    lists: Mapping[str, tuple[OnList, ...]]
    sha256: str
    issue: IssueOfLists | None

    @property
    def enterprises(self) -> dict[str, OnList]:
        """Each enterprise that stands on any of the lists, once."""
        return {one.credit_code: one for listed in self.lists.values() for one in listed}

    @property
    def grounds(self) -> Counter[str]:
        """How many enterprises stand on lists for which ground."""
        return Counter(one.ground for one in self.enterprises.values())

    @property
    def joint(self) -> list[Joint]:
        """The enterprises to which several should go, by week, where most should go first."""
        units: dict[str, set[str]] = {}
        for unit, listed in self.lists.items():
            for one in listed:
                units.setdefault(one.credit_code, set()).update((unit, *one.together_with))
        found = [
            Joint(one, tuple(unit.code for unit in self.zone.units if unit.code in units[code]))
            for code, one in self.enterprises.items()
            if len(units[code]) > 1
        ]
        return sorted(found, key=lambda joint: (joint.one.week, -len(joint.units), joint.one.credit_code))


@kept
def fetch(reading: Reading, month: Month) -> ListsOfMonth:
    """The lists of a month for whoever asks."""
    issue = issued_lists.fetch(reading, month)
    if issue is None:
        as_of, lists = issued_lists.draft(reading, month)
        sha256, known_by = issued_lists.shown(lists), reading.zone.calendar.end_of(reading.today)
    else:
        as_of, lists = issue.lists.content["as_of"], _lists(issue.lists.content)
        sha256, known_by = issue.lists.sha256, issue.lists.at
    day = date.fromisoformat(as_of)
    return ListsOfMonth(
        zone=reading.zone,
        month=month,
        as_of=day,
        today=reading.today,
        scheme=reading.once(known_schemes, known_by).of_day(EnterprisesScheme, day).next_inspections,
        standing="issued" if issue is not None else _not_issued(reading, month),
        any_register=issue is not None or _any_register(reading, day),
        lists={unit: _lines(listed) for unit, listed in sorted(lists.items()) if reading.scope.sees(unit)},
        sha256=sha256,
        issue=None if issue is None else _narrowed(issue, reading.scope),
    )


def content(reading: Reading, found: ListsOfMonth) -> Mapping[str, Any]:
    """All that whoever asks may see of the lists, as it is issued: with the cases besides."""
    if found.issue is not None:
        return found.issue.lists.content
    as_of, units = issued_lists.to_issue(reading, found.month)
    return _seen({"month": str(found.month), "as_of": as_of, "units": units}, reading.scope)


def _lists(content: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    return {unit: of["list"] for unit, of in content["units"].items()}


def _not_issued(reading: Reading, month: Month) -> Standing:
    if month < reading.present_month:
        return "past"
    return "ahead" if month > reading.present_month else "open"


def why_not_issued(reading: Reading, month: Month) -> str | None:
    """Why a month's lists cannot be issued today, though nobody issued them yet; None where they can: while it runs, or shortly before."""
    if reading.present_month <= month <= reading.present_month.plus(1):
        return None
    return _(
        "Lists are issued for the running month or the next one: of a month that is over it is known what followed."
    )


def _any_register(reading: Reading, day: date) -> bool:
    return reading.once(register.is_any, day.year, reading.zone.calendar.end_of(reading.today))


def _seen(content: Mapping[str, Any], scope: Scope) -> Mapping[str, Any]:
    return {**content, "units": {unit: of for unit, of in sorted(content["units"].items()) if scope.sees(unit)}}


def _lines(listed: list[Mapping[str, Any]]) -> tuple[OnList, ...]:
    return tuple(_line(place, one) for place, one in enumerate(listed, start=1))


def _line(place: int, one: Mapping[str, Any]) -> OnList:
    days = {name: None if one[name] is None else date.fromisoformat(one[name]) for name in ("since", "last_on", "week")}
    return OnList(place=place, **{**one, **days, "together_with": tuple(one["together_with"])})


def _narrowed(issue: IssueOfLists, scope: Scope) -> IssueOfLists:
    """What came of the lists, as a scope may see it: its own lines, accounts of the office as the office, notes to whom they concern."""
    office = Viewpoint(scope.decides)
    return replace(
        issue,
        lists=replace(issue.lists, content=_seen(issue.lists.content, scope), actor=office.account(issue.lists.actor)),
        draw=None if issue.draw is None else replace(issue.draw, actor=office.account(issue.draw.actor)),
        drawn={unit: lines for unit, lines in issue.drawn.items() if scope.sees(unit)},
        rechecks={
            line: replace(
                one, actor=office.account(one.actor), note=Viewpoint(scope.sees_names(one.unit)).words(one.note)
            )
            for line, one in issue.rechecks.items()
            if scope.sees(one.unit)
        },
    )
