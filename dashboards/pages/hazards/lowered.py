"""Major hazards that a later ledger lowered: which row told of each as major, which as ordinary, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.lights import HAZARD_TONES
from dashboards.method.hazard_history import HazardTelling
from dashboards.method.hazards import state
from dashboards.results.hazards_lowered import LoweredHazard
from dashboards.results.names import hazard_state
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone

EXPORT = "hazards-lowered"
PAGE_SIZE = 10


def heads() -> list[str]:
    """What the columns are called."""
    return [
        _("Number of the hazard"), _("Enterprise of the hazard"), _("Unit that told of it"), _("Told of as major"),
        _("Told of as ordinary"), _("Deadline of rectification"), _("State"),
    ]  # fmt: skip


def table(shown: Iterable[LoweredHazard], day: date, zone: Zone, *, identity: str) -> Component:
    """These hazards, each with the two cells."""
    words = heads()
    body = [_row(one, day, zone, words) for one in shown]
    head = html.Thead(html.Tr([parts.head(word) for word in words]))
    return html.Table([head, html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: LoweredHazard, day: date, zone: Zone, words: Sequence[str]) -> Component:
    own, texts = one.hazard, one.texts
    stands = state(own, day)
    tone, symbol = HAZARD_TONES[stands]
    shown = [
        parts.cell(words[0], texts.number),
        parts.cell(words[1], html.Div(texts.enterprise), html.Small(texts.description), name="wide"),
        parts.cell(words[2], zone.unit_by_code[own.unit].short_name),
        *(
            parts.cell(word, html.Div(_ledger(telling, zone)), told_source.in_list(source, _cell(source)), name="sources")
            for word, telling, source in zip(words[3:5], _rows(one), _sources(one), strict=True)
        ),
        parts.cell(words[5], numbers.day(own.rectify_by), name="day"),
        parts.cell(words[6], parts.tag(hazard_state(stands), tone, symbol=symbol)),
    ]  # fmt: skip
    return html.Tr(shown)


def cells(one: LoweredHazard, day: date, zone: Zone) -> Iterator[Any]:
    """The same as a row of a file."""
    own, texts = one.hazard, one.texts
    yield from (texts.number, texts.enterprise, zone.unit_by_code[own.unit].short_name)
    for telling, source in zip(_rows(one), _sources(one), strict=True):
        yield _("%(ledger)s: %(place)s", ledger=_ledger(telling, zone), place=told_source.in_file(source, _cell(source)))  # fmt: skip
    yield from (numbers.day(own.rectify_by), hazard_state(state(own, day)))


def _rows(one: LoweredHazard) -> tuple[HazardTelling, HazardTelling]:
    return one.before, one.after


def _sources(one: LoweredHazard) -> tuple[ToldRow, ToldRow]:
    return one.source(one.before), one.source(one.after)


def _cell(source: ToldRow) -> str:
    return source.cell("grade", "number")


def _ledger(telling: HazardTelling, zone: Zone) -> str:
    """Which month's ledger, and when it was received."""
    received = numbers.day(zone.calendar.day_of(telling.received_at))
    return _("ledger of %(period)s, received on %(day)s", period=numbers.period(parse_period(telling.period)), day=received)  # fmt: skip
