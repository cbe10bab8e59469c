"""The interview sheet of the chosen unit, to be taken along by the office and who reads for the committee."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import paper_links
from data.language import gettext as _
from data.zone.periods import Month


def offered(unit: str, month: Month) -> Component:
    """The sheet as the files that there are, and what the unit promised before."""
    sheet = paper_links.interview(unit, month)
    return html.P([_("Interview sheet: "), *sheet], className="note", id="interview-sheet")
