"""What a unit can still do in the running month: its open cases with their due days."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.results.cases import OpenCase
from dashboards.results.open_cases import OpenCases
from data.language import gettext as _


def list_of(found: OpenCases) -> Component:
    """The cases, first those that fall due first; where nothing is open a sentence says so."""
    period = numbers.period(found.month)
    if not found.total:
        return html.P(
            _("%(period)s: no case of the unit that falls due in it is open.", period=period), className="note"
        )
    head = _("%(period)s: cases that fall due and are still open: %(n)s", period=period, n=numbers.count(found.total))
    rest = found.total - len(found.cases)
    more = html.P(_("and %(n)s more that fall due later", n=rest), className="note") if rest else None
    return html.Div(
        [html.H3(head), html.Ul([html.Li(_said(case, found)) for case in found.cases], className="still-open"), more]
    )


def _said(case: OpenCase, found: OpenCases) -> list[Component | str]:
    due = _("due %(day)s", day=numbers.day(case.due_on))
    late = case.due_on < found.today
    tag: list[Component | str] = [parts.tag(_("past its due day"), "bad"), " "] if late else []
    return [html.Strong(due), " ", *tag, case.enterprise, " ", html.Span(case.number, className="number")]
