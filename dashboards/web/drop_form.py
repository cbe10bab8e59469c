"""A place to drop a file that is looked at and not kept. A plain form; ``assets/34_verify.js`` answers in place."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.markup import Markup
from dashboards.web.admission import LARGEST_BODY
from data.language import gettext as _

DOCUMENT = "document"
LARGEST_MIB = LARGEST_BODY // 2**20


def drop_form(
    action: str,
    token: Component,
    title: str,
    button: str,
    note: str,
    *fields: Component,
    identity: str,
    accept: str = "",
) -> Component:
    """Choose a file or drop it; where no script runs the button sends it and the answer is a page. ``fields`` are sent with it."""
    chosen = {
        "type": "file", "name": DOCUMENT, "id": f"{identity}-file", "required": True, "className": "form-control",
        **({"accept": accept} if accept else {}),
    }  # fmt: skip
    spoken = parts.attributes(
        data_verify=f"{identity}-answer",
        data_checking=_("checking {name} …"),
        data_failed=_(
            "The document could not be sent. It may be larger than %(n)s MiB, or the server did not answer.",
            n=LARGEST_MIB,
        ),
    )
    content: Sequence[Component] = [
        token,
        html.Label(title, htmlFor=f"{identity}-file", className="drop-title"),
        Markup([["input", chosen]]),
        *fields,
        html.Button(button, type="submit", className="btn btn-outline-primary"),
        html.P(note, className="note"),
        html.Div(id=f"{identity}-answer", **parts.attributes(aria_live="polite")),
    ]
    return html.Form(
        content, method="post", action=action, encType="multipart/form-data", id=identity, className="drop-area verify-area", **spoken,
    )  # fmt: skip
