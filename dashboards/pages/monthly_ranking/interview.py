"""The interview sheet of the chosen unit, to be taken along by the office and who reads for the committee."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.meeting.unit_fields import INTERVIEW
from dashboards.web.paper_routes import FORMS, link
from dashboards.web.promise_routes import link as promises
from data.language import gettext as _
from data.zone.periods import Month


def offered(unit: str, month: Month) -> Component:
    """The sheet as the files that there are, and what the unit promised before."""
    files = [
        html.A(form.upper(), href=link(INTERVIEW, unit, month, form), className="detail published-file")
        for form in FORMS
    ]
    return html.P(
        [
            _("Interview sheet: "),
            *(part for one in files for part in (one, " ")),
            html.A(_("What it promised"), href=promises(unit, month), className="detail"),
        ],
        className="note",
        id="interview-sheet",
    )
