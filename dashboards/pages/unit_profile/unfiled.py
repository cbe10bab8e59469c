"""What the unit has not sent, has to send again, or sent late this year."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, words
from dashboards.components.page_list import SUBMISSIONS
from dashboards.results.names import kind
from dashboards.results.unit_profile import UnitProfile
from data.intake.filing import DueReport
from data.language import gettext as _
from data.zone.periods import Period
from data.zone.zone import Zone

MOST = 8


def listed(one: UnitProfile, *, identity: str) -> Component:
    """The latest period first, each with how it stands."""
    if not one.unfiled:
        return parts.empty(_("Everything that was due this year came in time."))
    left = len(one.unfiled) - MOST
    more = [html.Li(_("and %(n)s more", n=left), className="note")] if left > 0 else []
    return html.Ul(
        [*(_line(period, report, one.zone) for period, report in one.unfiled[:MOST]), *more],
        className="unit-unfiled",
        id=identity,
    )


def _line(period: Period, report: DueReport, zone: Zone) -> Component:
    symbol, word, tone = words.filing("returned" if report.to_be_sent_again else report.status)
    href = SUBMISSIONS.path + address.query(period=period)
    came = report.undone_came if report.status == "rejected" else None
    when = None if came is None else html.Small(_(" (came %(moment)s)", moment=numbers.moment(came, zone)))
    return html.Li(
        [
            parts.tag(word, tone, symbol=symbol),
            " ",
            dcc.Link(f"{numbers.period(period)} {kind(report.kind)}", href=href),
            when,
        ]
    )
