"""All versions of a report, who returned one and why, and the form with which the office returns it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, original, parts
from dashboards.components.grid import export_links
from dashboards.pages.submissions.about import rows
from dashboards.pages.submissions.received_grid import EXPORT
from dashboards.results.workbooks import Returned, Sent
from dashboards.web.token import token_field
from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _
from data.zone.zone import Zone


def returned_notice(sent: Sent, zone: Zone) -> list[Component]:
    """To the unit, before anything else: that it was returned, by whom, when, why, and what to do."""
    told = sent.returned
    if told is None:
        return []
    if sent.state == "discarded":
        return _discarded_notice(told, sent, zone)
    said = _("Returned by %(who)s, %(moment)s", who=_who(told, sent), moment=numbers.instant(told.at, zone))
    reason = html.P([html.B(_("Reason: ")), told.reason], className="reason")
    do = html.P(_("This version does not count any more. Correct the workbook by the reason and send it again above."))
    return [
        html.Div([html.P(html.B(said)), reason, do], className="key-message key-warn returned-notice", role="alert")
    ]


def _discarded_notice(told: Returned, sent: Sent, zone: Zone) -> list[Component]:
    """To the unit: who gave up a workbook on which the program failed, when, why, and what to do."""
    said = _("Given up by %(who)s, %(moment)s", who=_who(told, sent), moment=numbers.instant(told.at, zone))
    reason = html.P([html.B(_("Reason: ")), told.reason], className="reason")
    do = html.P(_("Act on the reason; if the report is still due, send the workbook again above."))
    return [
        html.Div([html.P(html.B(said)), reason, do], className="key-message key-warn returned-notice", role="alert")
    ]


def _who(told: Returned, sent: Sent) -> str:
    """The office; which of its accounts, for who may read people's names."""
    return _("the office (%(account)s)", account=told.by) if sent.opens else _("the office")


def history(
    versions: Sequence[Sent], present: int, zone: Zone, *, link: Callable[[int], str], identity: str
) -> list[Component]:
    """Every accepted version of this kind, unit and period, the last first."""
    if not versions:
        return []
    counts = next((one.number for one in versions if one.returned is None), None)
    heads = [parts.head(one) for one in (_("Version"), _("Received"), _("Sent by"), _("Rows"), _("State"))]
    lines = [
        html.Tr(
            _line(one, zone, link, counts=one.number == counts), className="chosen" if one.number == present else None
        )
        for one in versions
    ]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(lines)], className="data-table small-table history", id=identity
    )
    line = html.Div(export_links(EXPORT, address.query(submission=present)), className="export-line")
    return [html.H3(_("All versions")), table, line]


def _line(one: Sent, zone: Zone, link: Callable[[int], str], *, counts: bool) -> list[Component]:
    name = dcc.Link(_("version %(n)s", n=one.version), href=link(one.number))
    download = original.link(_("original workbook"), one.number, opens=True, className="detail") if one.opens else None
    return [
        parts.cell(_("Version"), name, " ", download),
        parts.cell(_("Received"), numbers.instant(one.received_at, zone), name="day"),
        parts.cell(_("Sent by"), one.sender if one.opens else numbers.NONE),
        parts.cell(_("Rows"), rows(one)),
        parts.cell(_("State"), _state(one, zone, counts=counts)),
    ]


def _state(one: Sent, zone: Zone, *, counts: bool) -> Component:
    if one.returned is not None:
        said = _("%(moment)s: %(reason)s", moment=numbers.instant(one.returned.at, zone), reason=one.returned.reason)
        return html.Div([parts.tag(_("returned"), "warn", symbol="↩"), html.Div(html.Small(said))])
    return parts.tag(_("counts"), "good", symbol="✓") if counts else parts.tag(_("replaced"))


def return_form(number: int, *, identity: str) -> Component:
    """The office returns a workbook that counts; its unit reads the reason."""
    reason = html.Textarea(name="reason", required="required", maxLength=LONGEST_REASON, rows=2, className="form-control",
                           id=f"{identity}-reason")  # fmt: skip
    form = html.Form(
        [
            token_field(),
            html.Label(_("Why it is returned, and what to correct (the unit reads this)"), htmlFor=f"{identity}-reason"),
            reason,
            html.Button(_("Return it"), type="submit", className="btn btn-danger"),
            html.P(_("It does not count from then on; the version before it counts again. It is written to the journal."),
                   className="note"),
        ],
        method="post", action=f"/return/{number}", className="return-form", id=identity,
    )  # fmt: skip
    return html.Details([html.Summary(_("Return this workbook")), form])
