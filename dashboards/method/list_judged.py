"""What a list of whom to inspect was worth: three numbers over the inspections that followed (METHOD section 5.7).

Only who was inspected can be judged: of the others nobody knows what would have been found. The inspections that
followed keep their days; the list only says in which order its enterprises would have been seen on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from data.intake.draw import a_tenth


class Followed(NamedTuple):
    """The first inspection of an enterprise in the month that a list was made for; ``found``: it found something."""

    credit_code: str
    on: date
    found: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """What an order of enterprises was worth.

    ``judged`` of them were inspected, ``found`` with a finding. ``days_earlier``: by how many days on average its order would have
    met the findings sooner than was done; ``first_half``: the share of findings in its first half; ``first_tenth``: the share of
    its first tenth that had one. The last three are None where there is nothing to judge by.
    """

    judged: int
    found: int
    days_earlier: Fraction | None
    first_half: Fraction | None
    first_tenth: Fraction | None


class Orders(NamedTuple):
    """What enterprises are worth in the order of a list, and in two others."""

    listed: Worth
    longest_not_seen: Worth
    by_chance: Worth


def worth(order: Iterable[str], followed: Mapping[str, Followed]) -> Worth:
    """The worth of an order; enterprises in it that nobody inspected are passed over, of one that stands twice the first place counts."""
    seen = [followed[code] for code in dict.fromkeys(order) if code in followed]
    days = sorted(one.on for one in seen)
    places = [place for place, one in enumerate(seen) if one.found]
    if not places:
        return Worth(len(seen), 0, None, None, Fraction(0) if seen else None)
    earlier = sum((seen[place].on - days[place]).days for place in places)
    half, tenth = _parts(len(seen))
    return Worth(
        judged=len(seen),
        found=len(places),
        days_earlier=Fraction(earlier, len(places)),
        first_half=Fraction(sum(1 for place in places if place < half), len(places)),
        first_tenth=Fraction(sum(1 for place in places if place < tenth), tenth),
    )


def by_chance(codes: Iterable[str], followed: Mapping[str, Followed]) -> Worth:
    """What the same enterprises in an order drawn by lot are worth on average."""
    seen = [followed[code] for code in dict.fromkeys(codes) if code in followed]
    found = [one for one in seen if one.found]
    if not found:
        return worth(codes, followed)
    first = min(one.on for one in seen)
    mean_day = Fraction(sum((one.on - first).days for one in seen), len(seen))
    mean_found = Fraction(sum((one.on - first).days for one in found), len(found))
    half, _tenth = _parts(len(seen))
    return Worth(
        judged=len(seen),
        found=len(found),
        days_earlier=mean_found - mean_day,
        first_half=Fraction(half, len(seen)),
        first_tenth=Fraction(len(found), len(seen)),
    )


def together(lists: Iterable[Worth]) -> Worth:
    """Several lists as one figure each: days over all findings, findings in first halves over all, and of all first tenths the share."""
    known = [one for one in lists if one.judged]
    judged, found = sum(one.judged for one in known), sum(one.found for one in known)
    tenths = sum(_parts(one.judged)[1] for one in known)
    with_findings = [one for one in known if one.found]
    return Worth(
        judged=judged,
        found=found,
        days_earlier=Fraction(sum(one.found * (one.days_earlier or 0) for one in with_findings), found)
        if found
        else None,
        first_half=Fraction(sum(one.found * (one.first_half or 0) for one in with_findings), found) if found else None,
        first_tenth=Fraction(sum(_parts(one.judged)[1] * (one.first_tenth or 0) for one in known), tenths)
        if tenths
        else None,
    )


def all_together(several: Sequence[Orders]) -> Orders:
    """The same of each order."""
    return Orders(*(together(one[at] for one in several) for at in range(len(Orders._fields))))


def longest_not_seen(codes: Iterable[str], last_on: Mapping[str, date]) -> list[str]:
    """The same enterprises by the day of their last inspection before: who was never seen first, then by code."""
    return sorted(dict.fromkeys(codes), key=lambda code: (last_on.get(code, date.min), code))


def first_of_each(inspections: Iterable[Followed]) -> dict[str, Followed]:
    """The first inspection of each enterprise; of several on one day the one that found something, for nobody knows which came first."""
    first: dict[str, Followed] = {}
    for one in inspections:
        known = first.get(one.credit_code)
        if known is None or (one.on, not one.found) < (known.on, not known.found):
            first[one.credit_code] = one
    return first


def _parts(size: int) -> tuple[int, int]:
    """How many are the first half and the first tenth, rounded up: of one enterprise both are the one."""
    return (size + 1) // 2, a_tenth(size)


def parts_by(order: Sequence[str], part_of: Mapping[str, str]) -> dict[str, list[str]]:
    """An order taken apart by what its enterprises belong to; those of which that is unknown are left out."""
    parts: dict[str, list[str]] = {}
    for code in order:
        if code in part_of:
            parts.setdefault(part_of[code], []).append(code)
    return dict(sorted(parts.items()))
