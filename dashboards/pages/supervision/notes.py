"""What stands beneath: as of when, and how the figures are made (METHOD section 5.4)."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.language import gettext as _


def explanation(*, identity: str) -> Component:
    """How the figures are made, and what is not computed."""
    said = [
        _("All findings on record count whose day lies on the day looked at or before it, not only those of its year."),
        _("Of one finding, known by its number, the row of the latest month's ledger counts, as a whole: what is empty there is empty."),
        _("Due: the deadline lies on the day or before it. In time: answered on the last day or before it."),
        _("Overdue: not answered, and the deadline lies before the day; on its last day nothing is overdue yet, and without a deadline nothing ever is."),
        _("The share of answers in time is of those that are due; where none is, there is no share: neither nothing nor the whole."),
        _("What a finding says is read by the office and the supervised unit alone, for people may be named in it."),
    ]  # fmt: skip
    return html.Details(
        [html.Summary(_("How these figures are made")), html.Ul([html.Li(one) for one in said])], id=identity
    )
