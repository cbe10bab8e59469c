"""What is sent of a page: markup, and the components that callbacks fill or read; kept as it is sent, as results are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any

import numpy.ma  # what writes the first chart imports it, and threads that draw meanwhile would find half of it
import numpy.random  # noqa: F401  # as above, for what draws the first places
from dash import Dash, get_app
from orjson import Fragment

from dashboards.components import markup
from dashboards.components.chart import current_theme
from dashboards.results.reading import Reading, kept
from dashboards.web.page_json import page_json
from dashboards.web.token import with_token

Query = Mapping[str, str]
Draw = Callable[[Query, Reading], Sequence[Any]]
"""Parts of a page for an address. They may rest on what a kept result may rest on, and on the theme; on nothing else."""


LONGEST_KEPT = 400
"""Characters of a question: what pages ask has fewer, and whoever writes more by hand is answered and fills no memory."""


def parts_sent(draw: Draw, query: Query, reading: Reading) -> list[Fragment]:
    """Each part as the answer to a request holds it: drawn once for all who see the same, light or dark, and ask the same."""
    asked = tuple(sorted(query.items()))
    write = _kept if sum(len(key) + len(value) for key, value in asked) <= LONGEST_KEPT else _written
    written = write(reading, draw, asked, current_theme())
    return [Fragment(with_token(part)) for part in written]


def _written(reading: Reading, draw: Draw, asked: tuple[tuple[str, str], ...], _theme: str) -> tuple[bytes, ...]:
    return tuple(page_json(as_sent(part)).encode() for part in draw(dict(asked), reading))


_kept = kept(_written)


def as_sent(content: Any) -> Any:
    """Components as the answer to a request holds them."""
    return markup.lean(content, live(get_app()))  # type: ignore[no-untyped-call]  # Dash gives it no types


def sending(layout: Callable[..., Any]) -> Callable[..., Any]:
    """A layout that gives what is sent."""

    @wraps(layout)
    def sent(**query: Any) -> Any:
        made = layout(**query)
        return made if isinstance(made, Fragment) else Fragment(page_json(as_sent(made)))

    return sent


@lru_cache(maxsize=1)
def live(app: Dash) -> frozenset[str]:
    """The identities that callbacks fill or read; all are known once the application has begun to answer."""
    filled = (identity for key in app.callback_map for identity, _name in filled_by(key))
    read = (one["id"] for asked in app.callback_map.values() for one in (*asked["inputs"], *asked["state"]))
    return frozenset((*filled, *read))


def filled_by(key: str) -> list[tuple[str, str]]:
    """Identity and property of all that a callback fills, of the name that Dash gives the callback."""
    parts = (part.rpartition(".") for part in key.strip(".").split("..."))
    return [(identity, name) for identity, _dot, name in parts]
