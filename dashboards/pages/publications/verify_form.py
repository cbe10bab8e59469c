"""The drop zone: whether a document that somebody holds says what was published."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.web.drop_form import drop_form
from dashboards.web.publication_routes import VERIFY_DOCUMENT
from dashboards.web.token import token_field
from data.language import gettext as _


def form(*, identity: str) -> Component:
    """Choose a document or drop it; where no script runs the button sends it and the answer is a page."""
    return drop_form(
        VERIFY_DOCUMENT,
        token_field(),
        _("Drop a document here that says it was published, or choose it"),
        _("Check it"),
        _("JSON, CSV, .xlsx, .docx, .pptx or .pdf, also saved again by WPS or Office. Nothing of it is kept."),
        identity=identity,
    )
