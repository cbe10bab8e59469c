"""Stamped scans and evidence with a workbook: a list, and the button that adds one. assets/34_attach.js sends it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.results.attachments import Attached
from dashboards.results.dossier import Dossier
from data.language import gettext as _
from data.zone.zone import Zone

TAKES = ".pdf,.jpg,.jpeg,.png"


def attachments(dossier: Dossier, zone: Zone, *, identity: str) -> list[Component]:
    """What is attached, for who may open it; only how many, for everybody else."""
    sent = dossier.sent
    if sent.state not in {"checked", "confirmed", "accepted", "returned"}:
        return []
    if not sent.opens:
        return [html.P(_("Attachments: %(n)s", n=dossier.attachments), className="note")] if dossier.attachments else []
    items = [html.Li(_item(one, zone)) for one in dossier.attached]
    listed = html.Ul(items, className="attached") if items else html.P(_("None yet."), className="note")
    add = _adding(sent.number) if sent.sends and sent.state != "returned" else None
    return [html.H3(_("Attachments: stamped scan, evidence")), html.Div([listed, add], id=identity)]


def _item(one: Attached, zone: Zone) -> list[Component]:
    said = _("%(size)s KiB, %(moment)s", size=numbers.count(-(-one.size // 1024)), moment=numbers.instant(one.at, zone))
    return [
        html.A(one.file_name, href=f"/attachment/{one.entry}", className="file"),
        html.Small(said, className="detail"),
    ]


def _adding(number: int) -> Component:
    spoken = parts.attributes(
        data_attach_to=f"/attach/{number}",
        data_takes=TAKES,
        data_sending=_("sending {name}: {percent}%"),
        data_failed=_("The browser could not read or send this file. Try again."),
    )
    button = html.Button(_("Attach a file"), type="button", className="btn btn-sm btn-outline-primary", **spoken)
    note = html.Small(_("PDF, JPEG or PNG, up to 20 MiB"), className="detail")
    return html.P([button, note, html.Span(role="status", className="attach-said")])
