"""The hazards as a grid and as a file: all of them, to be searched, filtered and sorted; each leads to the cell that told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from dashboards.components import grid, numbers, told_source
from dashboards.components.exports import Exported, Field, Written, as_it_stands, refuse_too_many, scope_said
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.components.lights import HAZARD_TONES
from dashboards.components.page_list import HAZARDS
from dashboards.method.hazards import Hazard, state
from dashboards.pages.hazards.chosen import grade_said, narrowed
from dashboards.pages.hazards.hazard_list import cell_of
from dashboards.pages.hazards.query import HazardsSeen, look
from dashboards.results import hazard_list, hazard_texts, told_rows
from dashboards.results.hazard_texts import HazardTexts
from dashboards.results.names import hazard_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_AT_ONCE, Holds
from dashboards.results.told_rows import ToldRow
from dashboards.results.told_texts import RowKey
from data.language import gettext as _

EXPORT = "hazards-list"
WRITTEN = {Holds.DAY: Written.DAY, Holds.NUMBER: Written.COUNT}


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("number", _("Number of the hazard"), Holds.TEXT, 150),
        Heading("enterprise", _("Enterprise of the hazard"), Holds.TEXT, 190),
        Heading("description", _("Description of the hazard"), Holds.TEXT, 220),
        Heading("grade", _("Grade of the hazard"), Holds.CHOICE, 80),
        Heading("state", _("State"), Holds.CHOICE, 140, drawn="RecordTag"),
        Heading("days_overdue", _("Days overdue"), Holds.NUMBER, 84),
        Heading("unit", _("Unit that told of it"), Holds.CHOICE, 100),
        Heading("sector", _("Sector"), Holds.CHOICE, 100),
        Heading("level", _("Responsible level"), Holds.TEXT, 95),
        Heading("found_on", _("Found on"), Holds.DAY, 112),
        Heading("rectify_by", _("Deadline of rectification"), Holds.DAY, 112),
        Heading("crossed_off_on", _("Crossed off on"), Holds.DAY, 112),
        Heading("age", _("Age in days"), Holds.NUMBER, 84, shown=False),
        Heading("territory", _("Town"), Holds.CHOICE, 100, shown=False),
        Heading("credit_code", _("unified credit code"), Holds.TEXT, 185, shown=False),
        Heading("measures", _("Measures of rectification"), Holds.TEXT, 180, shown=False),
        Heading("sources", _("Where it stands"), width=170, drawn="RecordLinks", at_the_end=True),
    ]


@dataclass(frozen=True, slots=True)
class HazardsShown:
    """The hazards that are wanted: what stands above them, the list, and what the grid asks in its place."""

    head: list[Component]
    listed: list[Component | None]
    question: Component


def record_list_of(shown: HazardsShown, *, identity: str) -> Component:
    """The list, and the grid that takes its place."""
    return grid.record_list(shown.listed, headings(), shown.question, identity=identity, export=EXPORT)


def question_of(seen: HazardsSeen, total: int, *, identity: str) -> Component:
    """What the grid is about; where there is no hazard the list alone says so."""
    return grid.question(about(seen) if total else None, identity=identity, says=grade_said(seen.asked.grade))


def about(seen: HazardsSeen) -> dict[str, Any]:
    """What list and export ask for."""
    asked = seen.asked
    return {
        "day": asked.day,
        "grade": asked.grade,
        "unit": asked.unit,
        "sector": asked.sector,
        "level": asked.level if seen.level else None,
        "state": asked.state,
        "age": asked.age,
    }


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    seen = look(asked, reading)
    total, found = hazard_list.rows(reading, seen.report, seen.chosen, wanted)
    texts, sources = hazard_texts.of(reading, found), sources_of(reading, found)
    return rows_as_told([_row(one, texts[_key(one)], sources[_key(one)], seen) for one in found], total)


def sources_of(reading: Reading, shown: list[Hazard]) -> dict[RowKey, ToldRow]:
    """Where each of these hazards stands."""
    return told_rows.fetch(reading, told_rows.LEDGER, map(_key, shown))


def _key(one: Hazard) -> RowKey:
    return one.submission, one.row


def _row(one: Hazard, texts: HazardTexts, source: ToldRow, seen: HazardsSeen) -> dict[str, Any]:
    day = seen.report.asked.as_of
    tone, symbol = HAZARD_TONES[state(one, day)]
    return {
        **{key: told_source.as_text(value) for key, value in _values(one, texts, seen).items()},
        "id": _identity(one),
        "state": {"text": hazard_state(state(one, day)), "tone": tone, "symbol": symbol},
        "sources": [told_source.in_grid(source, cell_of(one, source, day))],
    }


def _identity(one: Hazard) -> str:
    """By which a row can be asked for alone; its number may be for some readers only."""
    return f"{one.submission}-{one.row}"


def _values(one: Hazard, texts: HazardTexts, seen: HazardsSeen) -> dict[str, Any]:
    """Every column but where it stands."""
    units, day = seen.zone.unit_by_code, seen.report.asked.as_of
    return {
        **texts._asdict(),
        "territory": None if texts.territory is None else units[texts.territory].short_name,
        "grade": hazard_list.grade(one),
        "state": hazard_state(state(one, day)),
        "days_overdue": hazard_list.days_overdue(one, day),
        "unit": units[one.unit].short_name,
        "sector": seen.zone.sectors[one.sector],
        "level": one.level,
        "found_on": one.found_on,
        "rectify_by": one.rectify_by,
        "crossed_off_on": hazard_list.crossed_off_by(one, day),
        "age": hazard_list.age(one, day),
        "credit_code": one.credit_code,
    }


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """The hazards that the grid shows, in its columns and order; those chosen, where some are. Of a unit its own."""
    seen = look(asked, reading)
    columns = grid.columns_asked(headings(), told.columns)
    total, found = hazard_list.rows(reading, seen.report, seen.chosen, told.wanted)
    refuse_too_many(total)
    if told.chosen:
        found = [one for one in found if _identity(one) in told.chosen]
    title = " ".join([HAZARDS.title, grade_said(seen.asked.grade), _("list of hazards")])
    return Exported(
        name=f"{title} {numbers.day(seen.asked.day)}".replace(" ", "-"),
        title=title,
        said=[
            *as_it_stands(reading, seen.asked.day),
            scope_said(reading),
            *narrowed(seen),
            *grid.said(headings(), told),
        ],
        fields=[Field(one.words, WRITTEN.get(one.holds or Holds.TEXT, Written.TEXT)) for one in columns],
        rows=_written(found, [one.key for one in columns], seen, reading),
    )


def _written(found: list[Hazard], keys: list[str], seen: HazardsSeen, reading: Reading) -> list[list[Any]]:
    """All rows, their places in the workbooks looked up some at a time."""
    made, day, texts = [], seen.report.asked.as_of, hazard_texts.of(reading, found)
    for start in range(0, len(found), MOST_AT_ONCE):
        some = found[start : start + MOST_AT_ONCE]
        sources = sources_of(reading, some) if "sources" in keys else {}
        for one in some:
            values = _values(one, texts[_key(one)], seen)
            source = sources.get(_key(one))
            if source is not None:
                values["sources"] = told_source.in_file(source, cell_of(one, source, day))
            made.append([values[key] for key in keys])
    return made
