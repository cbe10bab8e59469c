"""The enterprises as a grid and as a file: all of them, to be searched, filtered and sorted; each leads to the cell that told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from dashboards.components import grid, numbers, told_source
from dashboards.components.exports import Exported, Field, Written, as_it_stands, refuse_too_many, scope_said
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.components.page_list import FRONTLINE
from dashboards.pages.frontline_duty.chosen import kind_said
from dashboards.pages.frontline_duty.enterprise_list import TONES
from dashboards.pages.frontline_duty.query import FrontlineSeen, look
from dashboards.results import frontline_list
from dashboards.results.frontline import EnterpriseDuty
from dashboards.results.frontline_list import cell_of, completed_on, lacking_said
from dashboards.results.names import batch, duty_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone

EXPORT = "frontline-enterprises"


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("enterprise", _("Enterprise of the register"), Holds.TEXT, 220),
        Heading("territory", _("Town"), Holds.CHOICE, 100),
        Heading("sector", _("Sector"), Holds.CHOICE, 105),
        Heading("state", _("State"), Holds.CHOICE, 120, drawn="RecordTag"),
        Heading("lacks", _("Lacks"), Holds.TEXT, 300),
        Heading("completed_on", _("Complete since"), Holds.DAY, 118),
        Heading("told_by", _("Told by"), Holds.CHOICE, 100),
        Heading("period", _("Ledger of"), Holds.TEXT, 110, shown=False),
        Heading("credit_code", _("unified credit code"), Holds.TEXT, 185, shown=False),
        Heading("department", _("Supervising department"), Holds.CHOICE, 105, shown=False),
        Heading("size", _("Size"), Holds.TEXT, 100, shown=False),
        Heading("sources", _("Where it stands"), width=170, drawn="RecordLinks", at_the_end=True),
    ]


@dataclass(frozen=True, slots=True)
class EnterprisesShown:
    """The enterprises that are wanted: what stands above them, the list, and what the grid asks in its place."""

    head: list[Component]
    listed: list[Component | None]
    question: Component


def record_list_of(shown: EnterprisesShown, *, identity: str) -> Component:
    """The list, and the grid that takes its place."""
    return grid.record_list(shown.listed, headings(), shown.question, identity=identity, export=EXPORT)


def question_of(seen: FrontlineSeen, total: int, *, identity: str) -> Component:
    """What the grid is about; where there is no enterprise the list alone says so."""
    says = _("Enterprises of front-line duty, %(batch)s", batch=batch(seen.batch.batch))
    return grid.question(about(seen) if total else None, identity=identity, says=says)


def about(seen: FrontlineSeen) -> dict[str, Any]:
    """What list and export ask for."""
    asked = seen.asked
    return {
        "day": asked.day,
        "batch": seen.batch.batch,
        "town": asked.town,
        "sector": asked.sector,
        "state": asked.state,
    }


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    seen = look(asked, reading)
    total, found = frontline_list.rows(seen.report, seen.narrowing, wanted)
    sources = frontline_list.sources(reading, found)
    return rows_as_told([_row(one, sources[one.listed.credit_code], seen.zone) for one in found], total)


def _row(one: EnterpriseDuty, source: ToldRow, zone: Zone) -> dict[str, Any]:
    tone, symbol = TONES[one.state]
    return {
        **{key: told_source.as_text(value) for key, value in _values(one, zone).items()},
        "id": one.listed.credit_code,
        "state": {"text": duty_state(one.state), "tone": tone, "symbol": symbol},
        "sources": [told_source.in_grid(source, cell_of(one, source))],
    }


def _values(one: EnterpriseDuty, zone: Zone) -> dict[str, Any]:
    """Every column but where it stands: texts and days."""
    units, own = zone.unit_by_code, one.listed
    return {
        "enterprise": own.name,
        "credit_code": own.credit_code,
        "territory": units[own.territory].short_name,
        "sector": zone.sectors[own.sector],
        "department": None if own.department is None else units[own.department].short_name,
        "size": own.size,
        "state": duty_state(one.state),
        "lacks": lacking_said(one) or None,
        "completed_on": completed_on(one),
        "told_by": None if one.unit is None else units[one.unit].short_name,
        "period": None if one.period is None else numbers.period(parse_period(one.period)),
    }


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """The enterprises that the grid shows, in its columns and order; those chosen, where some are. Of a unit its own."""
    seen = look(asked, reading)
    columns = grid.columns_asked(headings(), told.columns)
    total, found = frontline_list.rows(seen.report, seen.narrowing, told.wanted)
    refuse_too_many(total)
    if told.chosen:
        found = [one for one in found if one.listed.credit_code in told.chosen]
    name = batch(seen.batch.batch)
    title = " ".join([FRONTLINE.title, name, _("list of enterprises")])
    return Exported(
        name=f"{title} {seen.asked.day.isoformat()}".replace(" ", "-"),
        title=title,
        said=[
            *as_it_stands(reading, seen.asked.day),
            scope_said(reading),
            *_narrowed(seen),
            *grid.said(headings(), told),
        ],
        fields=[Field(one.words, Written.DAY if one.key == "completed_on" else Written.TEXT) for one in columns],
        rows=list(
            told_source.written(
                found,
                [one.key for one in columns],
                lambda one: _values(one, seen.zone),
                lambda some: frontline_list.sources(reading, some),
                lambda one, sources: _place(one, sources[one.listed.credit_code]),
            )
        ),
    )


def _narrowed(seen: FrontlineSeen) -> list[str]:
    """Which enterprises alone it is of."""
    asked, zone = seen.asked, seen.zone
    return [
        *([] if asked.town is None else [zone.unit_by_code[asked.town].short_name]),
        *([] if asked.sector is None else [_("sector %(name)s", name=zone.sectors[asked.sector])]),
        *([] if asked.state is None else [kind_said(asked.state)]),
    ]


def _place(one: EnterpriseDuty, source: ToldRow) -> str:
    return told_source.in_file(source, cell_of(one, source))
