"""What is chosen on a page stands in its address; what follows from it is asked for in place, part by part.

The keys of an address have levels: what stands on a level follows from its own keys and from those above. The script
``31_address.js`` changes the address, as a step of the browser's history, and tells the first level that changed and
all below it; each has a callback that fills its parts anew, all of them together, so that no answer undoes another's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.page_list import Page
from data.language import gettext as _

LOCATION = "_pages_location"
"""The only ``dcc.Location``: Dash's own, in the shell."""
RESTING, FETCHING = "page-part", "page-part fetching"


def levels(page: Page, *keys: Sequence[str]) -> Component:
    """The levels of a page, from the top: the keys of the address that each begins with. Once on each page."""
    stores = [dcc.Store(id=store(page, level)) for level in range(len(keys))]
    told = {"data_levels": json.dumps(keys), "data_asked": store(page, "")}
    return html.Div(stores, hidden=True, **parts.attributes(**told))


def part(identity: str, *content: Any) -> Component:
    """A part of a page that is filled anew in place; while its answer is awaited it says so where it will stand."""
    waiting = parts.attributes(data_fetching=_("Fetching …"))
    return html.Div(list(content), id=identity, className=RESTING, **waiting)


def choosing(words: Any, href: str, changes: Mapping[str, str | None], **options: Any) -> Component:
    """A link that changes these keys of the address as it is then, None drops one; ``href`` is where it leads elsewhere."""
    return html.A(words, href=href, **options, **parts.attributes(data_changes=json.dumps(changes)))


def store(page: Page, level: int | str) -> str:
    """Where a level's address is told."""
    return f"{page.name}-asked-{level}"
