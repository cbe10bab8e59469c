"""A page that cannot be shown says why, and which command helps, instead of staying blank."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.language import gettext as _
from data.store import StoreError
from data.zone.zone import NotInitialised

log = logging.getLogger("app")
Layout = Callable[..., Component]


def friendly(layout: Layout) -> Layout:
    """Let a layout meet a database that is empty or out of reach."""

    @wraps(layout)
    def shown(**query: Any) -> Component:
        try:
            return layout(**query)
        except NotInitialised:
            return out_of_order()
        except StoreError as error:
            log.error("a page cannot be shown: %s", error)  # noqa: TRY400  # the text says it all
            return out_of_order()

    return shown


def out_of_order() -> Component:
    """The page of a database that cannot be used yet; why not is the log's business."""
    return html.Section(
        [
            html.H1(_("The database is not ready yet")),
            html.P(_("Ask the administrator to run these commands on this computer, then reload the page:")),
            html.Pre("python -m data init\npython -m etl demo", className="commands"),
            html.P(
                _("The first makes the database, the second fills it with a sample year (leave it out for real use).")
            ),
        ],
        className="panel notice",
        id="shell-not-ready",
    )
