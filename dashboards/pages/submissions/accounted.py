"""What a workbook's rows and cells were taken for: one line with the whole list behind it, and the money at a glance."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.results.workbooks import Sent
from data.intake.accounted import equation, left_out_line, left_out_list, money
from data.language import gettext as _


def taken_for(sent: Sent) -> list[Component]:
    """Nothing of workbooks of which it is not known."""
    amounts = [html.P(said, className="money-read") for said in money(sent.account.get("money", ()))]
    return [*_left_out(sent), *amounts]


def _left_out(sent: Sent) -> list[Component]:
    whole = [html.Li(said) for said in left_out_list(sent.left_out, sent.read)]
    equations = (equation(sent.account.get("rows", {})), equation(sent.account.get("cells", {}), cells=True))
    sums = [html.P(said, className="equation") for said in equations if said]
    if not whole and not sums:
        return []
    rows = None if sent.status == "rejected" and not sent.rows else sent.rows
    line = left_out_line(sent.left_out, rows, sent.read) or _("Everything in it is accounted for")
    listed = html.Ul(whole, className="left-out") if whole else None
    return [html.Details([html.Summary(line), listed, *sums], className="understood taken-for")]
