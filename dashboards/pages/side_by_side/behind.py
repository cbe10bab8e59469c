"""Where the cases behind a figure are listed, on each side; the list itself is the monthly ranking's."""

from __future__ import annotations

from typing import cast

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.pages.side_by_side.table import cases_of
from dashboards.pages.side_by_side.words import whole
from dashboards.results.side_by_side import Side, SideBySide
from data.language import gettext as _


def cases_behind(both: SideBySide, measure: str | None) -> Component:
    """The two lists of a figure; before one is chosen how that is done."""
    heading = _("The cases behind a figure")
    if measure is None:
        how = _(
            "Choose a bar of the picture or an indicator of the table: then it stands here where the cases of both sides are listed."
        )
        return parts.card(heading, parts.empty(how), id="cases")
    lines = [html.Li(_line(side, measure)) for side in (both.left, both.right)]
    return parts.card(_("%(figure)s: the cases behind", figure=words.indicator(measure)), html.Ul(lines), id="cases")


def _line(side: Side, measure: str) -> Component | str:
    if not side.reported:
        return _("%(side)s: nothing was reported.", side=whole(side))
    count = numbers.count(cast("int | None", side.value(measure)))
    said = _("%(side)s: %(figure)s %(n)s", side=whole(side), figure=words.indicator(measure), n=count)
    return dcc.Link(said, href=cases_of(side, measure))
