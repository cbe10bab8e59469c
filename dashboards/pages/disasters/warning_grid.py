"""The warnings as a grid and as a file: all of them, to be searched, filtered and sorted; each leads to the cell that told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from dashboards.components import grid, numbers, step_line, told_source
from dashboards.components.exports import Exported, Field, Written, as_it_stands, refuse_too_many, scope_said
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.components.page_list import DISASTERS
from dashboards.method.warning_steps import WarningWay
from dashboards.pages.disasters import phrases
from dashboards.pages.disasters.chosen import narrowed
from dashboards.pages.disasters.query import DisastersSeen, look
from dashboards.pages.disasters.warning_list import TONES
from dashboards.results import disaster_list
from dashboards.results.disaster_list import cell_of, number_of, place_of
from dashboards.results.names import warning_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_AT_ONCE, Holds
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _

EXPORT = "warnings"
_MINUTES = ("called", "answered", "fed_back")


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("warned_at", _("Warned at"), Holds.DAY, 138),
        Heading("type", _("Type of disaster"), Holds.TEXT, 92),
        Heading("territory", _("Town"), Holds.CHOICE, 98),
        Heading("state", _("State"), Holds.CHOICE, 146, drawn="RecordTag"),
        Heading("steps", _("Step by step"), width=420, drawn="RecordSteps", whole=True),
        Heading("to_call", _("Warning to call (minutes)"), Holds.NUMBER, 110, shown=False),
        Heading("to_answer", _("Call to answer (minutes)"), Holds.NUMBER, 105),
        Heading("to_feedback", _("Answer to feedback (minutes)"), Holds.NUMBER, 110, shown=False),
        Heading("measures", _("Measures taken"), Holds.TEXT, 95, shown=False),
        Heading("moved", _("Moved out of danger"), Holds.NUMBER, 100, shown=False),
        Heading("told_by", _("Told by"), Holds.CHOICE, 100, shown=False),
        Heading("number", _("Number in the ledger"), Holds.TEXT, 120, shown=False),
        Heading("sources", _("Where it stands"), width=165, drawn="RecordLinks", at_the_end=True),
    ]


@dataclass(frozen=True, slots=True)
class WarningsShown:
    """The warnings that are wanted: what stands above them, the list, and what the grid asks in its place."""

    head: list[Component]
    listed: list[Component | None]
    question: Component


def record_list_of(shown: WarningsShown, *, identity: str) -> Component:
    """The list, and the grid that takes its place."""
    return grid.record_list(shown.listed, headings(), shown.question, identity=identity, export=EXPORT)


def question_of(seen: DisastersSeen, total: int, *, identity: str) -> Component:
    """What the grid is about; where there is no warning the list alone says so."""
    return grid.question(about(seen) if total else None, identity=identity, says=_("Warnings, step by step"))


def about(seen: DisastersSeen) -> dict[str, Any]:
    """What list and export ask for."""
    asked = seen.asked
    return {"day": asked.day, "unit": asked.unit, "type": asked.type, "state": asked.state}


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    seen = look(asked, reading)
    total, found = disaster_list.rows(reading, seen.report, seen.narrowing, wanted)
    sources = disaster_list.sources(reading, (one.told for one in found))
    return rows_as_told([_row(one, sources[place_of(one.told)], seen, reading) for one in found], total)


def _row(one: WarningWay, source: ToldRow, seen: DisastersSeen, reading: Reading) -> dict[str, Any]:
    tone, symbol = TONES[one.state]
    values = _values(one, seen, reading)
    minutes = {key: values[key] for key in ("to_call", "to_answer", "to_feedback")}
    return {
        **{key: numbers.NONE if value is None else str(value) for key, value in values.items()},
        **{key: numbers.NONE if value is None else f"{value:g}" for key, value in minutes.items()},
        "id": _id(one),
        "state": {"text": warning_state(one.state), "tone": tone, "symbol": symbol},
        "steps": step_line.as_told(phrases.shown_steps(one, seen.zone, seen.report.scheme, day=False)),
        "sources": [told_source.in_grid(source, cell_of(one, source))],
    }


def _id(one: WarningWay) -> str:
    return f"{one.told.submission}-{one.told.row}"


def _values(one: WarningWay, seen: DisastersSeen, reading: Reading) -> dict[str, Any]:
    """Every column but where it stands: texts and numbers, the warning's moment in the zone's time."""
    units, told = seen.zone.unit_by_code, one.told
    to_call, to_answer, to_feedback = (_rounded(one, key) for key in _MINUTES)
    return {
        "warned_at": numbers.instant(one.steps[0].at, seen.zone),
        "type": told.type,
        "territory": units[told.territory].short_name,
        "state": warning_state(one.state),
        "steps": phrases.steps_said(one, seen.zone, seen.report.scheme),
        "to_call": to_call,
        "to_answer": to_answer,
        "to_feedback": to_feedback,
        "measures": told.measures,
        "moved": told.moved,
        "told_by": units[told.unit].short_name,
        "number": number_of(told, reading.scope),
    }


def _rounded(one: WarningWay, key: str) -> float | None:
    """Minutes from the step before, to a tenth."""
    found = next((each.minutes for each in one.steps if each.key == key), None)
    return None if found is None else round(float(found), 1)


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """The warnings that the grid shows, in its columns and order; those chosen, where some are. Of a unit its own."""
    seen = look(asked, reading)
    columns = grid.columns_asked(headings(), told.columns)
    total, found = disaster_list.rows(reading, seen.report, seen.narrowing, told.wanted)
    refuse_too_many(total)
    if told.chosen:
        found = [one for one in found if _id(one) in told.chosen]
    title = " ".join([DISASTERS.title, _("list of warnings")])
    return Exported(
        name=f"{title} {seen.asked.day.isoformat()}".replace(" ", "-"),
        title=title,
        said=[
            *as_it_stands(reading, seen.asked.day),
            scope_said(reading),
            *narrowed(seen),
            *grid.said(headings(), told),
        ],
        fields=[Field(one.words, _written_as(one)) for one in columns],
        rows=_written(found, [one.key for one in columns], seen, reading),
    )


def _written_as(one: Heading) -> Written:
    if one.key == "moved":
        return Written.COUNT
    return Written.AMOUNT if one.holds is Holds.NUMBER else Written.TEXT


def _written(found: list[WarningWay], keys: list[str], seen: DisastersSeen, reading: Reading) -> list[list[Any]]:
    """All rows, their places in the workbooks looked up some at a time."""
    made = []
    for start in range(0, len(found), MOST_AT_ONCE):
        some = found[start : start + MOST_AT_ONCE]
        sources = disaster_list.sources(reading, (one.told for one in some)) if "sources" in keys else {}
        for one in some:
            values = _values(one, seen, reading)
            source = sources.get(place_of(one.told))
            if source is not None:
                values["sources"] = told_source.in_file(source, cell_of(one, source))
            made.append([values[key] for key in keys])
    return made
