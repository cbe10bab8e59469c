"""Callbacks that fill parts of a page in place: one a level of the address, all parts of the level together.

So no answer undoes another's: of two callbacks that fill one part, a later one that leaves it alone would lose the earlier's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from dash import Input, Output, callback

from dashboards.components import address
from dashboards.components.asked import FETCHING, GRIDS, RESTING, filled_from, store
from dashboards.components.friendly import out_of_order
from dashboards.components.page_list import Page
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.sent import as_sent
from data.store import StoreError
from data.zone.zone import NotInitialised

log = logging.getLogger("app")
Query = Mapping[str, str]
Fill = Callable[[Query, Reading], Sequence[Any]]
"""What stands in the parts of a level, in their order, for an address."""


def follows(page: Page, level: int, *identities: str, later: bool = False) -> Callable[[Fill], Fill]:
    """Fill these parts whenever what the address says on a level or above has changed; ``later``: parts further down."""
    filled_from(page, level, identities)

    def registered(fill: Fill) -> Fill:
        @callback(
            [Output(identity, "children") for identity in identities],
            Input(store(page, level, later=later), "data"),
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
            return [as_sent(part) for part in fill(query, reading)]
    except NotInitialised:
        return [out_of_order(), *[None] * (size - 1)]
    except StoreError as error:
        log.error("a part of a page cannot be shown: %s", error)  # noqa: TRY400  # the text says it all
        return [out_of_order(), *[None] * (size - 1)]


def _query(asked: Any) -> Query:
    told = asked if isinstance(asked, dict) else {}
    search, grids = told.get("search"), told.get(GRIDS)
    query = dict(address.parsed(search if isinstance(search, str) else ""))
    return {**query, GRIDS: grids} if isinstance(grids, str) else query
