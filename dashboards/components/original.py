"""The way to an original workbook: a link for who may open it, for everybody else words that do not even tell its name."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from data.language import gettext as _


def link(words: Any, submission: int, *, opens: bool, title: str | None = None, **options: Any) -> Component:
    """``opens`` is what the result says of the reader's account; the route asks again. ``title`` is the link's alone."""
    if not opens:
        return html.Span(words, **options)
    return html.A(words, href=address(submission), title=title, **options)


def address(submission: int) -> str:
    """Where an original is given out."""
    return f"/original/{submission}"


def name(file_name: str, *, opens: bool) -> str:
    """The file's name for who may open it: clerks write people's and other units' names into it."""
    return file_name if opens else _("file as it was sent")
