"""The hidden field that a form of a page carries, so that no other site can send it."""

from __future__ import annotations

import secrets

from dash import dcc
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

FIELD = "csrf_token"
_PLACE = secrets.token_hex(32)
"""Stands for the token in a part that is kept, and is nobody's; no text can hold it, for it is drawn for this process."""


def token_field() -> Component:
    """The present request's token as a hidden field."""
    return dcc.Input(type="hidden", name=FIELD, value=generate_csrf())


def token_field_of_a_kept_part() -> Component:
    """The place of the token of whoever is sent the part."""
    return dcc.Input(type="hidden", name=FIELD, value=_PLACE)


def with_token(part: bytes) -> bytes:
    """A kept part with the present request's token in its places."""
    place = _PLACE.encode()
    return part.replace(place, generate_csrf().encode()) if place in part else part
