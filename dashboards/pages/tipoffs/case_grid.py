"""The cases as a grid and as a file, for the office and the unit that handles them: to all others no row, no filter, no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

from dashboards.components import grid, told_source
from dashboards.components.exports import (
    Exported,
    Field,
    NothingToExport,
    Written,
    as_it_stands,
    refuse_too_many,
    scope_said,
)
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.components.page_list import TIPOFFS
from dashboards.pages.tipoffs.case_list import TONES, state_said
from dashboards.pages.tipoffs.chosen import whose
from dashboards.pages.tipoffs.query import TipoffsSeen, look
from dashboards.results import tipoff_list
from dashboards.results.names import case_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds
from dashboards.results.supervision_list import yes_or_no
from dashboards.results.tipoff_list import cell_of
from dashboards.results.tipoffs import TipoffTold
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.zone import Zone

EXPORT = "tipoffs-cases"
_WRITTEN = {
    "received_on": Written.DAY, "paid_on": Written.DAY, "closed_on": Written.DAY, "open_days": Written.COUNT, "reward_yuan": Written.AMOUNT,
}  # fmt: skip


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("number", _("Number of the case"), Holds.TEXT, 150),
        Heading("type", _("Type of case"), Holds.CHOICE, 84),
        Heading("object", _("Object"), Holds.TEXT, 185),
        Heading("unit", _("Handled by"), Holds.CHOICE, 94),
        Heading("received_on", _("Received on"), Holds.DAY, 104),
        Heading("state", _("State"), Holds.CHOICE, 190, drawn="RecordTag"),
        Heading("closed_on", _("Settled on"), Holds.DAY, 104),
        Heading("substantiated", _("Substantiated"), Holds.CHOICE, 64, shown=False),
        Heading("reward_yuan", _("Rewards (yuan)"), Holds.NUMBER, 92),
        Heading("paid_on", _("Paid on"), Holds.DAY, 104, shown=False),
        Heading("sector", _("Sector"), Holds.CHOICE, 105, shown=False),
        Heading("open_days", _("Days open"), Holds.NUMBER, 90, shown=False),
        Heading("sources", _("Where it stands"), width=150, drawn="RecordLinks", at_the_end=True),
    ]


def question_of(seen: TipoffsSeen, total: int, *, identity: str) -> Component:
    """What the grid is about; where there is no case the list alone says so."""
    return grid.question(
        about(seen) if total else None, identity=identity, says=_("Tip-offs, sanctions and crackdowns")
    )


def about(seen: TipoffsSeen) -> dict[str, Any]:
    """What list and export ask for."""
    asked = seen.asked
    return {"day": asked.day, "type": asked.type, "unit": asked.unit, "state": asked.state}


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    seen = look(asked, reading)
    total, found = tipoff_list.rows(reading, seen.report, seen.narrowing, wanted)
    sources = tipoff_list.sources(reading, found)
    return rows_as_told([_row(one, sources[one.submission, one.row], seen.report.zone) for one in found], total)


def _row(one: TipoffTold, source: ToldRow, zone: Zone) -> dict[str, Any]:
    tone, symbol = TONES[one.state]
    return {
        **{key: told_source.as_text(value) for key, value in _values(one, zone).items()},
        "id": f"{one.submission}-{one.row}",
        "state": {"text": state_said(one), "tone": tone, "symbol": symbol},
        "sources": [told_source.in_grid(source, cell_of(source))],
    }


def _values(one: TipoffTold, zone: Zone) -> dict[str, Any]:
    """Every column but where it stands: texts, days and numbers."""
    told = one.told
    return {
        "number": one.number,
        "type": told.type,
        "object": one.object,
        "unit": zone.unit_by_code[one.unit].short_name,
        "received_on": told.received_on,
        "state": case_state(one.state),
        "closed_on": told.closed_on,
        "substantiated": yes_or_no()["yes" if told.substantiated else "no"],
        "reward_yuan": told.reward_yuan,
        "paid_on": told.paid_on,
        "sector": None if one.sector is None else zone.sectors[one.sector],
        "open_days": one.open_days,
    }


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """The cases that the grid shows, in its columns and order; those chosen, where some are. NothingToExport for who reads none."""
    seen = look(asked, reading)
    if seen.report.cases is None:
        raise NothingToExport
    columns = grid.columns_asked(headings(), told.columns)
    total, found = tipoff_list.rows(reading, seen.report, seen.narrowing, told.wanted)
    refuse_too_many(total)
    if told.chosen:
        found = [one for one in found if f"{one.submission}-{one.row}" in told.chosen]
    title = " ".join([TIPOFFS.title, _("list of cases")])
    return Exported(
        name=f"{title} {seen.asked.day.isoformat()}".replace(" ", "-"),
        title=title,
        said=[*as_it_stands(reading, seen.asked.day), scope_said(reading), *whose(seen), *grid.said(headings(), told)],
        fields=[Field(one.words, _WRITTEN.get(one.key, Written.TEXT)) for one in columns],
        rows=list(
            told_source.written(
                found,
                [one.key for one in columns],
                lambda one: _values(one, seen.report.zone),
                lambda some: tipoff_list.sources(reading, some),
                lambda one, sources: _place(sources[one.submission, one.row]),
            )
        ),
    )


def _place(source: ToldRow) -> str:
    return told_source.in_file(source, cell_of(source))
