"""The page of an unknown address; Dash asks for it by its name."""

from __future__ import annotations

from typing import Any

from dash import dcc, html, register_page
from dash.development.base_component import Component

from dashboards.components.page_list import OVERVIEW, RANKING, SUBMISSIONS
from data.language import gettext as _


def title(**_parts: Any) -> str:
    """The browser tab's title."""
    return _("Page not found")


def layout(**_query: Any) -> Component:
    """What happened, and where to go on."""
    return html.Section(
        [
            html.H1(_("There is no such page")),
            html.P(_("The address may be mistyped or out of date. Nothing is lost; go on here:")),
            *(
                dcc.Link(page.title, href=page.path, className=f"btn btn-{look}")
                for page, look in (
                    (OVERVIEW, "primary"),
                    (RANKING, "outline-primary"),
                    (SUBMISSIONS, "outline-primary"),
                )
            ),
        ],
        className="panel notice",
        id="not-found",
    )


register_page("not_found_404", path="/404", name="not-found", title=title, layout=layout)  # type: ignore[no-untyped-call]  # Dash gives it no types
