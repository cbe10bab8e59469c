"""What is sent of a page: markup, and the components that callbacks fill or read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from dash import Dash, get_app

from dashboards.components import markup


def as_sent(content: Any) -> Any:
    """Components as the answer to a request holds them."""
    return markup.lean(content, live(get_app()))  # type: ignore[no-untyped-call]  # Dash gives it no types


def sending(layout: Callable[..., Any]) -> Callable[..., Any]:
    """A layout that gives what is sent."""

    @wraps(layout)
    def sent(**query: Any) -> Any:
        return as_sent(layout(**query))

    return sent


@lru_cache(maxsize=1)
def live(app: Dash) -> frozenset[str]:
    """The identities that callbacks fill or read; all are known once the application has begun to answer."""
    filled = (part.rpartition(".")[0] for key in app.callback_map for part in key.strip(".").split("..."))
    read = (one["id"] for asked in app.callback_map.values() for one in (*asked["inputs"], *asked["state"]))
    return frozenset((*filled, *read))
