"""Whether it is the right workbook, and how its tables were understood: sheet, header row, which column is which."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, words
from dashboards.pages.submissions.about import rows
from dashboards.results.dossier import Dossier
from dashboards.results.headers import UnderstoodTable
from dashboards.results.workbooks import Sent
from data.intake.filing import CONFIRMED_WITHIN
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone

MOST_UNUSED, LONGEST_HEADER = 30, 30


def right_workbook(dossier: Dossier, zone: Zone) -> Component:
    """Kind, unit, period and version: a clerk sees at a glance whether this is the file that was meant."""
    sent = dossier.sent
    unit = zone.unit_by_code.get(sent.unit or "")
    period = parse_period(sent.period) if sent.period else None
    deadline = zone.deadline(sent.kind, unit) if sent.kind and unit else None
    due = zone.extended(deadline, period, sent.unit) if deadline and period else None
    facts = [
        (_("Kind"), words.kind(sent.kind)),
        (_("Unit"), unit.name if unit else _("unknown")),
        (_("Period"), numbers.period(period) if period else _("unknown")),
        (_("Version"), _version(dossier, zone)),
        (_("Rows"), rows(sent) if sent.rows is not None and sent.status != "rejected" else numbers.NONE),
        *_came(sent, zone),
        *([(_("To be filed by"), numbers.spoken_day(due))] if due else []),
        *([(_("Note"), sent.note)] if sent.note else []),
    ]
    items = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts]
    return html.Dl(items, className="facts")


def _came(sent: Sent, zone: Zone) -> list[tuple[str, str]]:
    """When it was received; of a confirmed one both moments, and which of them says whether it is in time."""
    if sent.uploaded_at is None:
        return [(_("Received"), numbers.moment(sent.received_at, zone))]
    soon = sent.received_at - sent.uploaded_at <= CONFIRMED_WITHIN
    by = _("in time by the upload") if soon else _("in time by the confirmation: it came more than 24 hours later")
    confirmed = _("%(moment)s (%(by)s)", moment=numbers.moment(sent.received_at, zone), by=by)
    return [(_("Uploaded"), numbers.moment(sent.uploaded_at, zone)), (_("Confirmed"), confirmed)]


def _version(dossier: Dossier, zone: Zone) -> str:
    sent, in_force = dossier.sent, dossier.in_force
    if sent.version is not None:
        return numbers.count(sent.version)
    if sent.status not in {"checked", "confirmed"}:
        return numbers.NONE
    if in_force is None:
        return _("would be version %(n)s, replaces nothing", n=dossier.next_version)
    return _("would be version %(n)s, replaces version %(old)s of %(moment)s", n=dossier.next_version,
             old=in_force.version, moment=numbers.moment(in_force.received_at, zone))  # fmt: skip


def tables(found: Sequence[UnderstoodTable], *, opened: bool) -> list[Component]:
    """Each table with the sheet's letters of its columns; folded where nobody needs to look."""
    if not found:
        return []
    summary = html.Summary(_("How it was read: %(tables)s", tables=_("; ").join(_short(one) for one in found)))
    return [html.Details([summary, *(_table(one) for one in found)], open=opened, className="understood")]


def _short(table: UnderstoodTable) -> str:
    return _("sheet “%(sheet)s”, header in row %(row)s, %(n)s columns", sheet=table.sheet, row=table.header_row,
             n=len(table.columns))  # fmt: skip


def _table(table: UnderstoodTable) -> Component:
    columns = [html.Li([html.B(letters), " ", title]) for letters, title in table.columns]
    unused = _(", ").join(f"{one.letters} {one.written[:LONGEST_HEADER]}" for one in table.unknown[:MOST_UNUSED])
    others = len(table.unknown) - MOST_UNUSED
    unused += _(" and %(n)s more", n=numbers.count(others)) if others > 0 else ""
    missing = _(", ").join(one.title for one in table.missing)
    return html.Div(
        [
            html.P(_("Sheet “%(sheet)s” as “%(table)s”", sheet=table.sheet, table=table.title), className="note"),
            html.Ul(columns, className="letters"),
            html.P(_("Not used: %(headers)s", headers=unused), className="note") if unused else None,
            html.P(_("Not there: %(columns)s", columns=missing), className="note") if missing else None,
        ]
    )
