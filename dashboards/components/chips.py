"""What is chosen on a page, in a line that stays in sight and is printed; each choice can be let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.components import parts
from data.language import gettext as _


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice: in words, where it was chosen (empty where nobody says), and the address without it."""

    words: str
    via: str
    without: str


def chip_line(of: str, chips: Sequence[Chip], *, identity: str) -> Component:
    """``of`` says what the page is about whatever is chosen: its period and group."""
    about = html.Span(of, className="chips-of")
    return html.Div([about, *map(_chip, chips)], className="chips", id=identity)


def _chip(chip: Chip) -> Component:
    via = html.Small(_("chosen in: %(chart)s", chart=chip.via)) if chip.via else None
    label = _("Let go of %(choice)s", choice=chip.words)
    away = html.A("×", href=chip.without, className="chip-away", title=label, **parts.attributes(aria_label=label))
    return html.Span([html.Span(chip.words), via, away], className="chip")
