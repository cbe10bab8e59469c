"""What stands beneath: as of when, and how the figures are made."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import asked_day
from dashboards.results.hazards import HazardsReport
from data.language import gettext as _


def basis_line(report: HazardsReport) -> Component:
    """The days."""
    return asked_day.basis(report.asked.as_of, report.asked.known_by)


def explanation(*, identity: str) -> Component:
    """How the figures are made, what does not count, and who may read what."""
    said = [
        _("A hazard is known by the unit that told of it and its number. Of several rows that of the latest month counts, whole; the earlier ones are its history."),
        _("On record: found by the day, in whatever year. Carried over: found before the year and not crossed off before it."),
        _("Overdue: not crossed off, and the deadline lies before the day; on its last day nothing is overdue yet."),
        _("In time: of the hazards whose deadline has come those crossed off by it, whatever is still open counting as not in time."),
        _("Age: days since it was found, of open ones."),
        _("By unit means the unit that told of it, not the town in which it lies."),
        _("Months until none is open: open on the day ÷ the mean monthly fall over the last three whole months; it is not computed where they did not fall."),
        _("Two ledgers beside each other: what inspections of a month count as major hazards, and the major hazards found in it. A difference is a finding; no points are taken off."),
        _("Descriptions and measures are for the office and the unit that told of them; other readers see … in their place, on the page as in files."),
    ]  # fmt: skip
    return html.Details(
        [html.Summary(_("How these figures are made")), html.Ul([html.Li(one) for one in said])], id=identity
    )
