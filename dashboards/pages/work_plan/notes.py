"""How the plan's items are counted, in short; the whole stands in the method."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.language import gettext as _


def explanation(*, identity: str) -> Component:
    """The rules that decide what is shown."""
    rules = [
        _("What units type is the total since 1 January; it counts from its day of completion, else from the end of its quarter."),
        _("Done in time is what had reached the target by the due day; a later row that says less takes it back. Done late is what reached it after."),
        _("For the zone an item stands as with the unit that is furthest behind: no unit's surplus covers another's gap."),
        _("Shares are divided by the register, the units or the plan itself, never by what happened to be reported."),
        _("What the system knows from ledgers nobody types; limits and rates among it are judged on their due day."),
    ]  # fmt: skip
    return html.Details(
        [html.Summary(_("How this is counted")), html.Ul([html.Li(rule) for rule in rules])],
        id=identity,
        className="rules",
    )
