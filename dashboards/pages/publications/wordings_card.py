"""The office's own of its documents: the way to each wording, to the master of slides and to what all share, and what holds of it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.results.names import document
from dashboards.results.reading import Reading
from dashboards.web.stationery_routes import way_to
from data.intake.stationery import DECKS, MASTER, PAPERS, SETTINGS, SHIPPED, DocumentVersion, all_in_force
from data.language import gettext as _
from data.zone.zone import Zone

_ORDER = (SETTINGS, *PAPERS, *DECKS, MASTER)


def card(reading: Reading, *, identity: str) -> list[Component]:
    """To the office a line a document; nobody else words them."""
    if not reading.scope.decides:
        return []
    held = all_in_force(reading.connection, reading.zone.code)
    lines = [
        html.Li([html.A(document(name), href=way_to(name)), " ", html.Small(_held(held.get(name), reading.zone))])
        for name in _ORDER
    ]
    note = _("What is published from now on is worded and laid out so; each is looked at as pages before it is used.")
    shown = parts.card(_("Wordings and layout of documents"), html.Ul(lines, className="wordings-list"), html.P(note, className="note"), id=identity, name="by-hand")  # fmt: skip
    return [shown]


def _held(one: DocumentVersion | None, zone: Zone) -> str:
    if one is None or one.draft == SHIPPED:
        return _("as the product comes with it")
    return _("the office's own, since %(at)s", at=numbers.instant(one.at, zone))
