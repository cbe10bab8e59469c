"""What stands beneath: as of when, by which scheme, and how the figures are made."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import asked_day
from dashboards.results.frontline import FrontlineReport
from dashboards.results.frontline_months import WEEKS
from data.language import gettext as _


def basis_line(report: FrontlineReport) -> Component:
    """Days, scheme, version and hash."""
    scheme, asked = report.scheme, report.asked
    named = _(
        "%(title)s, version %(version)s (%(hash)s)", title=scheme.title, version=scheme.version, hash=scheme.sha256[:8]
    )
    return asked_day.basis(asked.as_of, asked.known_by, html.Span([_("Scheme: "), named], title=scheme.sha256))


def explanation(*, identity: str) -> Component:
    """How the figures are made, and what is not computed."""
    said = [
        _("Denominator: the enterprises that are in the register on the day; who closed before is none, on its last day it still is one."),
        _("An enterprise is complete where the latest ledger that tells of it has all four documents, from the day of completion on."),
        _("Of several ledgers of one month that of the enterprise's town counts, then the one received later."),
        _("Enterprises of which no ledger tells are not complete, and are counted apart: nobody knows what they lack."),
        _("Needed: enterprises not complete ÷ weeks up to the due day; none from the due day on. The pace beside it: how many more were "
          "complete than %(n)s weeks before; in January it is not computed, for it would reach into the year before.", n=WEEKS),
        _("On the due day: the coverage that this page gave as of that day, by all that is known now."),
        _("A ledger of a month that is not over speaks only of what was completed by the day."),
    ]  # fmt: skip
    return html.Details(
        [html.Summary(_("How these figures are made")), html.Ul([html.Li(one) for one in said])], id=identity
    )
