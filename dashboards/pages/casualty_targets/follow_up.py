"""How one accident is followed to its close; what lies after the day looked at has not happened yet."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.results.casualties import AccidentRow
from data.language import gettext as _


def follow_up(row: AccidentRow, as_of: date) -> list[Component]:
    """One line a step, each with its date or with what is lacking."""
    done = row.follow_up
    examined = (
        parts.tag(_("both examined"), "good", symbol="✓")
        if done.both_examined
        else parts.tag(_("not both examined"), symbol="✗")
    )
    held = numbers.NONE if done.held_responsible is None else _("%(n)s persons", n=done.held_responsible)
    steps: list[tuple[str, Component | str]] = [
        (_("Accident and supervision both examined"), examined),
        (_("Listed for supervision"), _happened(done.supervised_on, as_of)),
        (_("Held responsible"), held),
        (_("Handed over to justice"), _happened(done.transferred_on, as_of)),
        (_("Case closed"), _closed(row)),
    ]
    report = html.Div([_step_name(_("Investigation report")), " ", *_report(row, as_of)], className="report")
    beside = [html.Div([_step_name(label), html.Div(value)]) for label, value in steps]
    return [report, html.Div(beside, className="steps")]


def _step_name(label: str) -> Component:
    return html.Span(label, className="step-name")


def _happened(day: date | None, as_of: date) -> str:
    return numbers.day(day) if day is not None and day <= as_of else numbers.NONE


def _closed(row: AccidentRow) -> Component:
    if row.closed:
        return parts.tag(numbers.day(row.follow_up.closed_on), "good", symbol="✓", title=_("case closed"))
    return parts.tag(_("case open"), symbol="…")


def _report(row: AccidentRow, as_of: date) -> list[Component | str]:
    due = _("report due by %(day)s", day=numbers.day(row.report_due))
    extended = _(" (as extended)") if row.follow_up.extended_to == row.report_due else ""
    return [_report_tag(row, as_of), html.Small(f" {due}{extended}"), *_too_long(row)]


def _too_long(row: AccidentRow) -> list[Component | str]:
    if row.longest_extension is None:
        return []
    said = _("extended beyond %(day)s, the longest", day=numbers.day(row.longest_extension))
    return [" ", parts.tag(said, "warn", symbol="!")]


def _report_tag(row: AccidentRow, as_of: date) -> Component:
    told = row.follow_up.reported_on
    match row.report_state:
        case "in_time":
            return parts.tag(_("handed in %(day)s, in time", day=numbers.day(told)), "good", symbol="✓")
        case "late":
            days = (told - row.report_due).days if told is not None else 0
            return parts.tag(_("handed in %(day)s, %(n)s days late", day=numbers.day(told), n=days), "warn", symbol="◷")
        case "due":
            return parts.tag(_("%(n)s days left", n=(row.report_due - as_of).days), "calm", symbol="…")
    return parts.tag(_("overdue by %(n)s days", n=(as_of - row.report_due).days), "bad", symbol="!")
