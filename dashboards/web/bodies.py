"""What a page's script may send: a callback that there is, with its own inputs and state in their order. All else gets 400.

Dash itself takes what comes and fails somewhere inside, which is an error of the server; here it is the sender's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import Response, request

from dashboards.web import notice
from data.language import gettext as _

CALLBACK = "/_dash-update-component"
LONGEST_TEXT = 10_000
KINDS: Mapping[str, tuple[type, ...]] = {"n_intervals": (int,), "disabled": (bool,), "data": (list, dict),
                                          "getRowsRequest": (dict,)}  # fmt: skip
"""What a property holds, besides nothing; any other holds a text."""
Sent = Mapping[str, Any]


def attach(app: Dash) -> None:
    """Look at every callback's body before Dash does, and after the check of its token."""

    @app.server.before_request  # type: ignore[untyped-decorator]  # Dash's server may be another than Flask's
    def refuse_what_no_page_sends() -> Response | None:
        if request.method != "POST" or request.path != CALLBACK or is_one_of(app.callback_map, _body()):
            return None
        return notice.answer(_("The request could not be understood."), 400)


def _body() -> Any:
    """The body as JSON; None if it is none, or one nested so deep that nobody wrote it."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def is_one_of(callbacks: Mapping[str, Sent], body: Any) -> bool:
    """Whether a body asks for a callback of the application as its page would."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    declared = callbacks.get(body["output"])
    if declared is None or not _texts(body.get("changedPropIds", [])):
        return False
    return (
        _places(body.get("outputs")) == _outputs(body["output"])
        and _fits(body.get("inputs"), declared["inputs"])
        and _fits(body.get("state", []), declared["state"])
    )


def _outputs(key: str) -> list[tuple[str, str]]:
    """The (component, property) pairs that a callback's key names."""
    pairs = (part.rpartition(".") for part in key.strip(".").split("..."))
    return [(identity, prop.partition("@")[0]) for identity, _dot, prop in pairs]


def _places(told: Any) -> list[tuple[str, str]] | None:
    """The (component, property) pairs of what was sent; None if it is nothing of the kind."""
    parts = told if isinstance(told, list) else [told]
    if not all(isinstance(part, dict) and _texts([part.get("id"), part.get("property")]) for part in parts):
        return None
    return [(part["id"], part["property"].partition("@")[0]) for part in parts]


def _fits(told: Any, declared: list[Sent]) -> bool:
    return (
        isinstance(told, list)
        and _places(told) == [(one["id"], one["property"]) for one in declared]
        and all(_is_value(part["property"], part.get("value")) for part in told)
    )


def _is_value(prop: str, value: Any) -> bool:
    if value is None:
        return True
    kinds = KINDS.get(prop)
    return isinstance(value, kinds) if kinds else isinstance(value, str) and len(value) <= LONGEST_TEXT


def _texts(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(one, str) for one in told)
