"""What is chosen on a page stands in its address; what follows from it is asked for in place, part by part.

The keys of an address have levels: what stands on a level follows from its own keys and from those above. The script
``31_address.js`` changes the address, as a step of the browser's history, and tells the first level that changed and
all below it; each has a callback that fills its parts anew, all of them together, so that no answer undoes another's.

A part that stands further down follows *later*: it is asked for when its reader comes near it, or prints; at first once what
stands above it has been drawn.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.page_list import Page
from data.language import gettext as _

LOCATION = "_pages_location"
"""The only ``dcc.Location``: Dash's own, in the shell."""
GRIDS = "grids"
"""Beside the keys of the address: the grids that stand in the reader's browser, so that their lists need not be sent."""
RESTING, FETCHING = "page-part", "page-part fetching"
_FILLED: dict[str, dict[str, int]] = defaultdict(dict)
"""The parts of each page that are filled anew, and from which level on; said once, where the page's callbacks are."""
BESIDE_LEVELS = frozenset({"via", GRIDS})
"""What an address or a question says besides what is chosen: where it was chosen, and which grids stand."""
_KEYS: dict[str, frozenset[str]] = {}
"""The keys of each page's address that it knows."""
Levels = Sequence[Sequence[str]]


def knows(page: Page, levels: Levels) -> None:
    """Say which keys a page's levels have, from the top."""
    _KEYS[page.name] = BESIDE_LEVELS.union(*levels)


def known(page: Page, query: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is asked what the page knows: strangers' keys are nothing that a part may rest on."""
    return {key: value for key, value in query.items() if key in _KEYS[page.name]}


def filled_from(page: Page, level: int, identities: Sequence[str]) -> None:
    """Say that these parts of a page follow from the keys of a level and those above."""
    _FILLED[page.name] |= dict.fromkeys(identities, level)


def levels(page: Page, *keys: Sequence[str]) -> Component:
    """The levels of a page, from the top: the keys of the address that each begins with. Once on each page."""
    stores = [dcc.Store(id=store(page, level)) for level in range(len(keys))]
    told = {
        "data_levels": json.dumps(keys),
        "data_asked": store(page, ""),
        "data_parts": json.dumps(_FILLED[page.name]),
    }
    return html.Div(stores, hidden=True, **parts.attributes(**told))


def part(identity: str, *content: Any) -> Component:
    """A part of a page that is filled anew in place; while its answer is awaited it says so where it will stand."""
    waiting = parts.attributes(data_fetching=_("Fetching …"))
    return html.Div(list(content), id=identity, className=RESTING, **waiting)


def part_further_down(page: Page, level: int, identity: str) -> Component:
    """A part that follows a level later, and comes after the page itself: what is seen first does not wait for it."""
    again = _("This part was still being fetched: print the page once more.")
    told = {"data_later": store(page, level, later=True), "data_unprinted": again}
    awaited = html.Div(part(identity), className="further-down owed never-asked", **parts.attributes(**told))
    return html.Div([dcc.Store(id=store(page, level, later=True)), awaited])


def left_out() -> Component:
    """In place of a list that was not sent, for a grid stands where it would: it comes once the screen is narrow."""
    return html.Div(className="left-out")


def choosing(words: Any, href: str, changes: Mapping[str, str | None], **options: Any) -> Component:
    """A link that changes these keys of the address as it is then, None drops one; ``href`` is where it leads elsewhere."""
    return html.A(words, href=href, **options, **parts.attributes(data_changes=json.dumps(changes)))


def stands(query: Mapping[str, Any], grid: str) -> bool:
    """Whether a grid stands in the browser that asks: it then asks for its own rows."""
    return grid in str(query.get(GRIDS, "")).split()


def store(page: Page, level: int | str, *, later: bool = False) -> str:
    """Where a level's address is told; ``later``: what stands further down."""
    return f"{page.name}-asked-{level}" + ("-later" if later else "")
