"""The interview sheet of the chosen unit, to be taken along by the office and who reads for the committee."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import paper_links
from dashboards.meeting.unit_fields import INTERVIEW
from dashboards.web.promise_routes import link as promises
from data.language import gettext as _
from data.zone.periods import Month


def offered(unit: str, month: Month) -> Component:
    """The sheet as the files that there are, and what the unit promised before."""
    return html.P(
        [
            _("Interview sheet: "),
            *paper_links.files(INTERVIEW, unit, month),
            html.A(_("What it promised"), href=promises(unit, month), className="detail"),
        ],
        className="note",
        id="interview-sheet",
    )
