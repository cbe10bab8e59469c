"""The findings as a grid and as a file: all of them, to be searched, filtered and sorted; each leads to the cell that told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

from dashboards.components import grid, told_source
from dashboards.components.exports import Exported, Field, Written, as_it_stands, refuse_too_many, scope_said
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.components.page_list import SUPERVISION
from dashboards.pages.supervision.chosen import kind_said, whose
from dashboards.pages.supervision.finding_list import TONES, state_said
from dashboards.pages.supervision.query import SupervisionSeen, look
from dashboards.results import supervision_list
from dashboards.results.names import finding_outcome
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds
from dashboards.results.supervision import FindingTold
from dashboards.results.supervision_list import cell_of, yes_or_no
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.zone import Zone

EXPORT = "supervision-findings"
_WRITTEN = {
    "ordered_on": Written.DAY, "due_on": Written.DAY, "answered_on": Written.DAY, "closed_on": Written.DAY, "overdue": Written.COUNT,
}  # fmt: skip


def headings(*, words: bool) -> list[Heading]:
    """The columns, as they stand before anybody moves them; the findings' own words for who reads them."""
    return [
        Heading("number", _("Number of the finding"), Holds.TEXT, 128 if words else 200),
        Heading("supervised", _("Supervised unit"), Holds.CHOICE, 96),
        Heading("method", _("Method of supervision"), Holds.CHOICE, 100, shown=not words),
        *([Heading("finding", _("Finding"), Holds.TEXT, 210, whole=True)] if words else []),
        Heading("ordered_on", _("Ordered on"), Holds.DAY, 106),
        Heading("due_on", _("Deadline"), Holds.DAY, 106),
        Heading("state", _("State"), Holds.CHOICE, 118, drawn="RecordTag"),
        Heading("overdue", _("Days overdue"), Holds.NUMBER, 90, shown=False),
        Heading("answered_on", _("Answered on"), Holds.DAY, 106),
        Heading("exposed", _("Exposed"), Holds.CHOICE, 68),
        Heading("closed_on", _("Crossed off on"), Holds.DAY, 106),
        Heading("sources", _("Where it stands"), width=132, drawn="RecordLinks", at_the_end=True),
    ]


def question_of(seen: SupervisionSeen, total: int, *, identity: str) -> Component:
    """What the grid is about; where there is no finding the list alone says so."""
    return grid.question(about(seen) if total else None, identity=identity, says=_("Findings of supervision"))


def about(seen: SupervisionSeen) -> dict[str, Any]:
    """What list and export ask for."""
    asked = seen.asked
    return {"day": asked.day, "unit": asked.unit, "method": asked.method, "state": asked.state}


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    seen = look(asked, reading)
    total, found = supervision_list.rows(reading, seen.report, seen.narrowing, wanted)
    sources = supervision_list.sources(reading, found)
    return rows_as_told([_row(one, sources[one.submission, one.row], seen.zone) for one in found], total)


def _row(one: FindingTold, source: ToldRow, zone: Zone) -> dict[str, Any]:
    tone, symbol = TONES[one.outcome]
    return {
        **{key: told_source.as_text(value) for key, value in _values(one, zone).items()},
        "id": f"{one.submission}-{one.row}",
        "state": {"text": state_said(one), "tone": tone, "symbol": symbol},
        "sources": [told_source.in_grid(source, cell_of(one, source))],
    }


def _values(one: FindingTold, zone: Zone) -> dict[str, Any]:
    """Every column but where it stands: texts, days and numbers."""
    told = one.told
    return {
        "number": one.number,
        "supervised": zone.unit_by_code[told.supervised].short_name,
        "method": told.method,
        "finding": one.words,
        "ordered_on": told.ordered_on,
        "due_on": told.due_on,
        "state": finding_outcome(one.outcome),
        "overdue": one.overdue,
        "answered_on": told.answered_on,
        "exposed": yes_or_no()["yes" if told.exposed else "no"],
        "closed_on": told.closed_on,
    }


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """The findings that the grid shows, in its columns and order; those chosen, where some are. Of a unit its own."""
    seen = look(asked, reading)
    every = headings(words=seen.report.reads_words)
    columns = grid.columns_asked(every, told.columns)
    total, found = supervision_list.rows(reading, seen.report, seen.narrowing, told.wanted)
    refuse_too_many(total)
    if told.chosen:
        found = [one for one in found if f"{one.submission}-{one.row}" in told.chosen]
    title = " ".join([SUPERVISION.title, _("list of findings")])
    state = [] if seen.asked.state is None else [kind_said(seen.asked.state)]
    return Exported(
        name=f"{title} {seen.asked.day.isoformat()}".replace(" ", "-"),
        title=title,
        said=[
            *as_it_stands(reading, seen.asked.day),
            scope_said(reading),
            *whose(seen),
            *state,
            *grid.said(every, told),
        ],
        fields=[Field(one.words, _WRITTEN.get(one.key, Written.TEXT)) for one in columns],
        rows=list(
            told_source.written(
                found,
                [one.key for one in columns],
                lambda one: _values(one, seen.zone),
                lambda some: supervision_list.sources(reading, some),
                lambda one, sources: _place(one, sources[one.submission, one.row]),
            )
        ),
    )


def _place(one: FindingTold, source: ToldRow) -> str:
    return told_source.in_file(source, cell_of(one, source))
