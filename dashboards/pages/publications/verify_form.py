"""The drop zone: whether a document that somebody holds says what was published. A plain form; ``34_verify.js`` answers in place."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.markup import Markup
from dashboards.web.publication_routes import DOCUMENT, LARGEST_MIB, VERIFY_DOCUMENT
from dashboards.web.token import token_field
from data.language import gettext as _


def form(*, identity: str) -> Component:
    """Choose a document or drop it; where no script runs the button sends it and the answer is a page."""
    field = Markup(
        [
            [
                "input",
                {
                    "type": "file",
                    "name": DOCUMENT,
                    "id": f"{identity}-file",
                    "required": True,
                    "className": "form-control",
                },
            ]
        ]
    )
    spoken = parts.attributes(
        data_verify=f"{identity}-answer",
        data_checking=_("checking {name} …"),
        data_failed=_(
            "The document could not be sent. It may be larger than %(n)s MiB, or the server did not answer.",
            n=LARGEST_MIB,
        ),
    )
    return html.Form(
        [
            token_field(),
            html.Label(_("Drop a document here that says it was published, or choose it"), htmlFor=f"{identity}-file", className="drop-title"),
            field,
            html.Button(_("Check it"), type="submit", className="btn btn-outline-primary"),
            html.P(_("JSON, CSV, .xlsx, .docx, .pptx or .pdf, also saved again by WPS or Office. Nothing of it is kept."), className="note"),
            html.Div(id=f"{identity}-answer", **parts.attributes(aria_live="polite")),
        ],
        method="post", action=VERIFY_DOCUMENT, encType="multipart/form-data", id=identity, className="drop-area verify-area", **spoken,
    )  # fmt: skip
