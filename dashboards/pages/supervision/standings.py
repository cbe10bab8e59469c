"""The findings by supervised unit and by method: what was ordered, who answered in time, what is overdue; a name lists its findings."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.components import address, figure_standings
from dashboards.components.exports import Written
from dashboards.components.figure_standings import FigureColumn, FiguresLine, FiguresSaid
from dashboards.components.part_standings import PartChoice
from dashboards.components.standings import with_exports
from dashboards.method.supervision import SupervisionStanding
from dashboards.pages.supervision.query import SupervisionSeen
from dashboards.results.supervision import SupervisionReport
from data.language import gettext as _

UNITS, METHODS = "supervision-by-unit", "supervision-by-method"
"""What the two are called among the exports."""
SupervisionLine = FiguresLine[SupervisionStanding]


def columns() -> Sequence[FigureColumn[SupervisionStanding]]:
    """The figures of METHOD section 5.4."""
    return (
        FigureColumn("ordered", _("Findings ordered"), lambda one: one.ordered),
        FigureColumn("share", _("Share of answers in time"), lambda one: one.in_time_rate, Written.SHARE, up=True),
        FigureColumn("in_time", _("Answers in time"), lambda one: one.answered_in_time),
        FigureColumn("due", _("Due by then"), lambda one: one.due),
        FigureColumn("overdue", _("Overdue and unanswered"), lambda one: one.overdue, stands_out=True),
        FigureColumn("answered", _("Answers received"), lambda one: one.answered),
        FigureColumn("exposed", _("Exposed"), lambda one: one.exposed),
        FigureColumn("closed", _("Findings crossed off"), lambda one: one.closed),
    )


def said(of: str) -> FiguresSaid:
    """How the lines stand."""
    return FiguresSaid(of, _("Most overdue first"), _("Back to most overdue first"))


def units(report: SupervisionReport) -> list[SupervisionLine]:
    """The units in which anything was found, most overdue first, then the least share answered in time."""
    zone = report.zone
    lines = [
        FiguresLine(unit.code, unit.short_name, place, figures, unit.confirmed)
        for place, unit in enumerate(zone.units)
        if (figures := report.units.get(unit.code)) is not None and figures.ordered
    ]
    return most_overdue_first(lines)


def most_overdue_first(lines: Sequence[SupervisionLine]) -> list[SupervisionLine]:
    """Then by the share answered in time, the least first, last where none is due."""

    def place(line: SupervisionLine) -> tuple[object, ...]:
        rate = line.figures.in_time_rate
        return -line.figures.overdue, rate is None, rate or 0, line.place

    return sorted(lines, key=place)


def methods(report: SupervisionReport) -> list[SupervisionLine]:
    """The methods, alike."""
    return most_overdue_first(
        [FiguresLine(name, name, place, figures) for place, (name, figures) in enumerate(report.methods.items())]
    )


def quiet(report: SupervisionReport) -> str:
    """The units in which nothing was found, in a sentence; none where there is no such unit."""
    zone = report.zone
    still = [zone.unit_by_code[code].short_name for code, one in report.units.items() if not one.ordered]
    return _("Without any finding: %(units)s.", units=_(", ").join(still)) if still else ""


def by_unit(seen: SupervisionSeen, *, identity: str) -> Component:
    """The units as a table."""
    choice = PartChoice(
        "unit", lambda code: seen.asked.link(unit=code, via="table") + "#findings", lambda code: {"unit": code}
    )
    made = figure_standings.table(units(seen.report), columns(), said(_("Supervised unit")), choice, identity=identity)
    return with_exports(made, export=UNITS, query=address.query(day=seen.asked.day), identity=identity)


def by_method(seen: SupervisionSeen, *, identity: str) -> Component:
    """The methods as a table."""
    choice = PartChoice(
        "method", lambda name: seen.asked.link(method=name, via="table") + "#findings", lambda name: {"method": name}
    )
    made = figure_standings.table(
        methods(seen.report),
        columns(),
        said(_("Method of supervision")),
        choice,
        identity=identity,
        chosen=seen.asked.method,
    )
    return with_exports(made, export=METHODS, query=address.query(day=seen.asked.day), identity=identity)
