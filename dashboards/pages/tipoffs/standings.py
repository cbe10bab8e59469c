"""The figures by type, and by the unit that handles the cases: counts and sums, never a case."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dash.development.base_component import Component

from dashboards.components import address, figure_standings
from dashboards.components.exports import Written
from dashboards.components.figure_standings import FigureColumn, FiguresLine, FiguresSaid
from dashboards.components.part_standings import PartChoice
from dashboards.components.standings import with_exports
from dashboards.method.tipoffs import TipoffsStanding
from dashboards.pages.tipoffs.query import TipoffsSeen
from dashboards.results.tipoffs import TipoffsReport
from data.language import gettext as _

TYPES, UNITS = "tipoffs-by-type", "tipoffs-by-unit"
"""What the two are called among the exports."""
TipoffsLine = FiguresLine[TipoffsStanding]
Columns = Sequence[FigureColumn[TipoffsStanding]]


def of_types() -> Columns:
    """The figures of METHOD section 5.5."""
    return (
        FigureColumn("received", _("Cases received"), lambda one: one.received),
        FigureColumn("closed", _("Cases settled"), lambda one: one.closed),
        FigureColumn("median_days", _("Median days to close"), lambda one: one.median_days, Written.NUMBER),
        FigureColumn("overdue", _("Overdue and open"), lambda one: one.overdue, stands_out=True),
        FigureColumn("substantiated", _("Substantiated"), lambda one: one.substantiated),
        FigureColumn("rewarded", _("Rewarded"), lambda one: one.rewarded),
        FigureColumn("paid", _("Rewards paid"), lambda one: one.paid),
        FigureColumn("payment_rate", _("Share of rewards paid"), lambda one: one.payment_rate, Written.SHARE, up=True),
        FigureColumn("reward_yuan", _("Rewards (yuan)"), lambda one: one.reward_yuan, Written.AMOUNT),
        FigureColumn("paid_yuan", _("Paid (yuan)"), lambda one: one.paid_yuan, Written.AMOUNT),
    )


def of_units() -> Columns:
    """Of a unit how far it came with its cases; what was paid for whom stands in no line of a few."""
    return (
        FigureColumn("received", _("Cases received"), lambda one: one.received),
        FigureColumn("share", _("Share settled"), _share_closed, Written.SHARE, up=True),
        FigureColumn("closed", _("Cases settled"), lambda one: one.closed),
        FigureColumn("not_closed", _("not settled"), lambda one: one.received - one.closed),
        FigureColumn("overdue", _("Overdue and open"), lambda one: one.overdue, stands_out=True),
    )


def _share_closed(one: TipoffsStanding) -> Fraction | None:
    return Fraction(one.closed, one.received) if one.received else None


def said_of_types() -> FiguresSaid:
    """How the types stand."""
    return FiguresSaid(_("Type of case"), _("In the order of the types"), _("Back to the order of the types"))


def said_of_units() -> FiguresSaid:
    """How the units stand."""
    return FiguresSaid(_("Handled by"), _("Most overdue first"), _("Back to most overdue first"))


def types(report: TipoffsReport) -> list[TipoffsLine]:
    """The types in their order."""
    return [FiguresLine(name, name, place, one) for place, (name, one) in enumerate(report.types.items())]


def units(report: TipoffsReport) -> list[TipoffsLine]:
    """The units that received any case, most overdue first, then who has most open."""
    zone = report.zone
    lines = [
        FiguresLine(unit.code, unit.short_name, place, figures, unit.confirmed)
        for place, unit in enumerate(zone.units)
        if (figures := report.units.get(unit.code)) is not None and figures.received
    ]
    return sorted(
        lines, key=lambda line: (-line.figures.overdue, line.figures.closed - line.figures.received, line.place)
    )


def by_type(seen: TipoffsSeen, *, identity: str) -> Component:
    """The types as a table."""
    choice = PartChoice("type", lambda name: seen.asked.link(type=name, via="table"), lambda name: {"type": name})
    made = figure_standings.table(
        types(seen.report), of_types(), said_of_types(), choice, identity=identity, chosen=seen.asked.type
    )
    return with_exports(made, export=TYPES, query=address.query(day=seen.asked.day), identity=identity)


def by_unit(seen: TipoffsSeen, *, identity: str) -> Component:
    """The units as a table; a name lists its cases for who reads them."""
    choice = PartChoice(
        "unit", lambda code: seen.asked.link(unit=code, via="table") + "#cases", lambda code: {"unit": code}
    )
    made = figure_standings.table(
        units(seen.report),
        of_units(),
        said_of_units(),
        None if seen.report.cases is None else choice,
        identity=identity,
    )
    return with_exports(made, export=UNITS, query=address.query(day=seen.asked.day), identity=identity)
