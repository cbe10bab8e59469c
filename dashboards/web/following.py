"""Callbacks that fill parts of a page in place: one a level of the address, all parts of the level together.

So no answer undoes another's: of two callbacks that fill one part, a later one that leaves it alone would lose the earlier's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from dash import Input, Output, callback
from dash.development.base_component import Component

from dashboards.components import address
from dashboards.components.asked import FETCHING, GRIDS, RESTING, Levels, filled_from, known, knows, store
from dashboards.components.friendly import friendly, out_of_order
from dashboards.components.page_list import Page
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.sent import Draw, Query, parts_sent
from data.store import StoreError
from data.zone.zone import NotInitialised

log = logging.getLogger("app")
Layout = Callable[..., Any]


def page_of(page: Page, levels: Levels) -> Callable[[Callable[[Query, Reading], Component]], Layout]:
    """The layout of a page of figures: the whole page for its address, drawn once for all who see the same.

    ``levels`` are the keys of its address, from the top; it is told of no others.
    """
    knows(page, levels)

    def drawn(draw: Callable[[Query, Reading], Component]) -> Layout:
        @wraps(draw)
        def whole(query: Query, reading: Reading) -> Sequence[Component]:
            return [draw(query, reading)]

        @friendly
        @wraps(draw)
        def layout(**query: Any) -> Any:
            asked = {key: value for key, given in query.items() if (value := address.text(given)) is not None}
            with current().reading() as reading:
                return parts_sent(whole, known(page, asked), reading)[0]

        return layout

    return drawn


def follows(page: Page, level: int, *identities: str, later: bool = False) -> Callable[[Draw], Draw]:
    """Fill these parts whenever what the address says on a level or above has changed; ``later``: parts further down."""
    filled_from(page, level, identities)

    def registered(fill: Draw) -> Draw:
        @callback(
            [Output(identity, "children") for identity in identities],
            Input(store(page, level, later=later), "data"),
            running=[(Output(identity, "className"), FETCHING, RESTING) for identity in identities],
            prevent_initial_call=True,
        )
        @wraps(fill)
        def answer(asked: Any) -> Sequence[Any]:
            return _filled(fill, known(page, _query(asked)), len(identities))

        return fill

    return registered


def _filled(fill: Draw, query: Query, size: int) -> Sequence[Any]:
    try:
        with current().reading() as reading:
            return parts_sent(fill, query, reading)
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
