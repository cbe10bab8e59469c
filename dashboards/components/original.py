"""The way to an original workbook: a link for who may open it, its words alone for everybody else."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component


def link(words: Any, submission: int, *, opens: bool, **options: Any) -> Component:
    """``opens`` is what the result says of the reader's account; the route asks again."""
    return html.A(words, href=f"/original/{submission}", **options) if opens else html.Span(words, **options)
