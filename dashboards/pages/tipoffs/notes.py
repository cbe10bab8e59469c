"""What stands beneath: as of when, by which scheme, and how the figures are made (METHOD section 5.5)."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import asked_day
from dashboards.results.tipoffs import TipoffsReport
from data.language import gettext as _


def basis_line(report: TipoffsReport) -> Component:
    """Days, scheme, version and hash."""
    scheme, asked = report.scheme, report.asked
    named = _(
        "%(title)s, version %(version)s (%(hash)s)", title=scheme.title, version=scheme.version, hash=scheme.sha256[:8]
    )
    return asked_day.basis(asked.as_of, asked.known_by, html.Span([_("Scheme: "), named], title=scheme.sha256))


def explanation(report: TipoffsReport, *, identity: str) -> Component:
    """How the figures are made, and what is not computed."""
    said = [
        _("All cases on record count that were received on the day looked at or before it, not only those of its year."),
        _("Of one case, known by unit and number, the row of the latest month's ledger counts, as a whole: what is empty there is empty."),
        _("Substantiated are counted among the settled ones. Rewarded: received and with an amount of reward, settled or not; so a later step may hold more than the one before."),
        _("Paid: the reward was handed out on the day or before it. The share is of the rewarded ones; where none is rewarded, there is no share."),
        _("Overdue: not settled, and received more than %(days)s days before the day (the scheme says how many).", days=report.scheme.overdue_after_days),
        _("Units send this ledger only in months in which something changed; without a new one the last one counts."),
        _("Single cases are read by the office and the unit that handles them, on pages, in lists and files; all others see how many there are."),
    ]  # fmt: skip
    return html.Details(
        [html.Summary(_("How these figures are made")), html.Ul([html.Li(one) for one in said])], id=identity
    )
