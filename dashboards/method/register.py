"""The register of enterprises as of a day: who is in it, who lists it, and who was inspected (METHOD sections 5.1 and 5.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from data.zone.listing import precedence
from data.zone.normal import compact
from data.zone.schemes import RepeatedInspections


class Listed(NamedTuple):
    """One row of a unit's list, and the number of the workbook in which it stands: an enterprise as the unit knows it, from when to
    when (None: without end).
    """

    submission: int
    row: int
    unit: str
    credit_code: str
    name: str
    sector: str
    territory: str
    department: str | None
    size: str
    key_industry: bool
    high_risk: bool
    pilot: bool
    starts_on: date | None
    ends_on: date | None

    def counts_on(self, day: date) -> bool:
        """Whether the row speaks of a day; it does so of its last one too."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)


class ListedTwice(NamedTuple):
    """An enterprise that several units list: first the unit whose row counts, then the others by code; in what their rows differ."""

    credit_code: str
    units: tuple[str, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The enterprises in the register on a day, by credit code."""

    enterprises: Mapping[str, Listed]
    listed_twice: tuple[ListedTwice, ...]


class Inspection(NamedTuple):
    """That a unit inspected an enterprise on a day."""

    credit_code: str
    unit: str
    on: date


@dataclass(frozen=True, slots=True)
class Inspected:
    """How many of some enterprises were inspected; ``rate`` is None where there are none."""

    enterprises: int
    inspected: int

    @property
    def rate(self) -> Fraction | None:
        """The share of those that were inspected."""
        return Fraction(self.inspected, self.enterprises) if self.enterprises else None


def register_on(rows: Iterable[Listed], day: date) -> Register:
    """The register on a day, from the rows of the lists that count then."""
    by_code: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        if row.counts_on(day):
            by_code[row.credit_code].append(row)
    enterprises: dict[str, Listed] = {}
    twice = []
    for code in sorted(by_code):
        told = by_code[code]
        if len(told) > 1:
            first, *others = sorted(told, key=lambda row: precedence(row.unit, row.territory, row.department))
            units = (first.unit, *sorted(row.unit for row in others))
            twice.append(ListedTwice(code, units, tuple(_differing(told))))
            told = [first]
        enterprises[code] = told[0]
    return Register(enterprises, tuple(twice))


def _differing(told: Sequence[Listed]) -> Iterator[str]:
    names = {row.name for row in told}
    if len(names) > 1 and len(set(map(compact, names))) > 1:
        yield "name"
    for field in ("sector", "territory", "size"):
        if len({getattr(row, field) for row in told}) > 1:
            yield field


def not_listed(told: Iterable[tuple[str, str]], register: Register) -> dict[str, tuple[str, ...]]:
    """Of (credit code, unit that told of it) those in no register: code → all its units, both in order."""
    units: dict[str, set[str]] = defaultdict(set)
    for code, unit in told:
        if code not in register.enterprises:
            units[code].add(unit)
    return {code: tuple(sorted(units[code])) for code in sorted(units)}


def inspected(enterprises: Iterable[Listed], codes: Iterable[str]) -> Inspected:
    """How many of these enterprises are among the inspected codes."""
    listed = {one.credit_code for one in enterprises}
    return Inspected(len(listed), len(listed.intersection(codes)))


@dataclass(frozen=True, slots=True)
class Repetition:
    """The latest inspections that lie too near together: places ``first`` to ``last`` of those given, and by which rule."""

    first: int
    last: int
    by_units: bool
    by_times: bool


def latest_repetition(days: Sequence[tuple[date, str]], scheme: RepeatedInspections) -> Repetition | None:
    """Of one enterprise's inspections, when and by whom, in order: the latest that make it one; None where none do."""
    for last in range(len(days) - 1, 0, -1):
        end = days[last][0]
        near = next(at for at, (on, _unit) in enumerate(days) if (end - on).days <= scheme.units_days)
        by_units = len({unit for _on, unit in days[near : last + 1]}) >= scheme.units
        begin = last - scheme.times + 1
        by_times = begin >= 0 and (end - days[begin][0]).days <= scheme.times_days
        if by_units or by_times:
            starts = [near] * by_units + [begin] * by_times
            return Repetition(min(starts), last, by_units, by_times)
    return None


def repeated(inspections: Iterable[Inspection], scheme: RepeatedInspections) -> set[str]:
    """The codes that several units inspected within some days, or that were inspected many times within some more."""
    told: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for code, unit, on in inspections:
        told[code].append((on, unit))
    return {code for code, days in told.items() if len(days) > 1 and _is_repeated(sorted(days), scheme)}


def _is_repeated(days: Sequence[tuple[date, str]], scheme: RepeatedInspections) -> bool:
    """``days``: when and by whom, in order."""
    last = scheme.times - 1
    if any((days[at + last][0] - days[at][0]).days <= scheme.times_days for at in range(len(days) - last)):
        return True
    for at, (first, _) in enumerate(days):
        units: set[str] = set()
        for on, unit in days[at:]:
            if (on - first).days > scheme.units_days:
                break
            units.add(unit)
            if len(units) >= scheme.units:
                return True
    return False
