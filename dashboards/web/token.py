"""The hidden field that a form of a page carries, so that no other site can send it."""

from __future__ import annotations

from dash import dcc
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

FIELD = "csrf_token"


def token_field() -> Component:
    """The present request's token as a hidden field."""
    return dcc.Input(type="hidden", name=FIELD, value=generate_csrf())
