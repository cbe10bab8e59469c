"""What is chosen on a page stands in its address; what follows from it is asked for in place, part by part.

The keys of an address have levels: what stands on a level follows from its own keys and from those above. The script
``31_address.js`` changes the address, as a step of the browser's history, and tells the first level that changed and
all below it; each has a callback that fills its parts anew, all of them together, so that no answer undoes another's.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, parts
from dashboards.components.friendly import out_of_order
from dashboards.components.page_list import Page
from dashboards.results.reading import Reading
from dashboards.web.context import current
from data.language import gettext as _
from data.store import StoreError
from data.zone.zone import NotInitialised

log = logging.getLogger("app")
LOCATION = "_pages_location"
"""The only ``dcc.Location``: Dash's own, in the shell."""
RESTING, FETCHING = "page-part", "page-part fetching"
Query = Mapping[str, str]
Fill = Callable[[Query, Reading], Sequence[Any]]
"""What stands in the parts of a level, in their order, for an address."""


def levels(page: Page, *keys: Sequence[str]) -> Component:
    """The levels of a page, from the top: the keys of the address that each begins with. Once on each page."""
    stores = [dcc.Store(id=_store(page, level)) for level in range(len(keys))]
    told = {"data_levels": json.dumps(keys), "data_asked": _store(page, "")}
    return html.Div(stores, hidden=True, **parts.attributes(**told))


def part(identity: str, *content: Any) -> Component:
    """A part of a page that is filled anew in place; while its answer is awaited it says so where it will stand."""
    waiting = parts.attributes(data_fetching=_("Fetching …"))
    return html.Div(list(content), id=identity, className=RESTING, **waiting)


def follows(page: Page, level: int, *identities: str) -> Callable[[Fill], Fill]:
    """Fill these parts whenever what the address says on a level or above has changed."""

    def registered(fill: Fill) -> Fill:
        @callback(
            [Output(identity, "children") for identity in identities],
            Input(_store(page, level), "data"),
            running=[(Output(identity, "className"), FETCHING, RESTING) for identity in identities],
            prevent_initial_call=True,
        )
        @wraps(fill)
        def answer(asked: Any) -> list[Any]:
            return _filled(fill, _query(asked), len(identities))

        return fill

    return registered


def _filled(fill: Fill, query: Query, size: int) -> list[Any]:
    try:
        with current().reading() as reading:
            return list(fill(query, reading))
    except NotInitialised:
        return [out_of_order(), *[None] * (size - 1)]
    except StoreError as error:
        log.error("a part of a page cannot be shown: %s", error)  # noqa: TRY400  # the text says it all
        return [out_of_order(), *[None] * (size - 1)]


def _query(asked: Any) -> Query:
    search = asked.get("search") if isinstance(asked, dict) else None
    return address.parsed(search if isinstance(search, str) else "")


def _store(page: Page, level: int | str) -> str:
    return f"{page.name}-asked-{level}"
