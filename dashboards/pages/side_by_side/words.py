"""How the two sides are called, and what is said of each."""

from __future__ import annotations

from dashboards.components import numbers, words
from dashboards.components.ranking_words import no_score
from dashboards.results.side_by_side import Side, SideBySide
from data.language import gettext as _
from data.zone.zone import Zone


def called(side: Side, both: SideBySide) -> str:
    """A side by what it differs in: its month, or its unit."""
    return numbers.period(side.month) if both.of_months else side.unit.short_name


def shared(both: SideBySide) -> str:
    """What both sides have in common: the unit, or the month."""
    return both.left.unit.short_name if both.of_months else numbers.period(both.left.month)


def whole(side: Side) -> str:
    """A side by unit and month."""
    return _("%(unit)s, %(month)s", unit=side.unit.short_name, month=numbers.period(side.month))


def why_no_score(side: Side, zone: Zone) -> str:
    """Why a side has no score, with its month."""
    said = (
        _("%(unit)s: not a unit of the zone in this month.", unit=side.unit.name)
        if side.row is None
        else no_score(side.row, zone)
    )
    return parts_of_month(side, said)


def parts_of_month(side: Side, said: str) -> str:
    """A sentence about a side, with the month that it is about."""
    return _("%(period)s: %(said)s", period=numbers.period(side.month), said=said)


def place(side: Side, *, own_only: bool) -> str:
    """Its place in its group; why it is not ranked, or that its place is not told yet."""
    if side.row is None:
        return _("not a unit of the zone in this month")
    if own_only:
        return _("the place is that of the publication")
    one, group = side.row.figures, words.group(side.unit.group)
    if one.rank is None:
        return _("%(group)s: not ranked", group=group)
    return _("%(group)s: place %(rank)s of %(of)s", group=group, rank=one.rank, of=one.of)
