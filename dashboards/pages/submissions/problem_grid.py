"""What was found in one workbook as a grid where it is much, and as a file; few entries are read better in their own table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, grid, numbers, original
from dashboards.components.exports import Exported, Field, NothingToExport, Written, as_it_stands, scope_said
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.results import problem_list
from dashboards.results.problem_list import PlacedProblem
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, Unasked
from dashboards.results.workbooks import Sent
from data.language import gettext as _

EXPORT = "problems"
FEW = 8
"""Entries up to which the table is the better form."""


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("place", _("No."), Holds.NUMBER, 70),
        Heading("severity", _("Error or note"), Holds.CHOICE, 95, drawn="RecordTag"),
        Heading("sheet", _("Sheet"), Holds.TEXT, 130),
        Heading("cells", _("Cells"), Holds.TEXT, 130),
        Heading("places", _("Places"), Holds.NUMBER, 80),
        Heading("column", _("Column"), Holds.TEXT, 130),
        Heading("value", _("It says"), Holds.TEXT, 140),
        Heading("sentence", _("What is wrong, what to do"), Holds.TEXT, 380, whole=True),
    ]


def severities() -> dict[str, str]:
    """The words by which the list is filtered."""
    return {"error": _("Error"), "warning": _("Hint")}


def in_place_of(list_form: Sequence[Component | None], sent: Sent, *, identity: str) -> Component | None:
    """The tables, the way to take them along, and of many entries the grid that takes their place; nothing of none."""
    if not sent.problems:
        return None
    asked = {"submission": sent.number}
    line = html.Div(grid.export_links(EXPORT, address.query(**asked)), className="export-line")
    if len(sent.problems) <= FEW:
        return html.Div([*list_form, line])
    says = _("What was found in workbook no. %(n)s", n=sent.number)
    about = grid.question(asked, identity=identity, says=says)
    return grid.record_list([*list_form, line], headings(), about, identity=identity, export=EXPORT)


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    number = address.number(asked.get("submission"))
    if number is None:
        raise Unasked("submission")
    found = problem_list.fetch_rows(reading, number, wanted, severities())
    return rows_as_told([], 0) if found is None else rows_as_told([_row(one) for one in found.rows], found.total)


def _row(one: PlacedProblem) -> dict[str, Any]:
    error = one.problem.severity == "error"
    tag = {"text": _severity(one), "tone": "bad" if error else "calm", "symbol": "!" if error else "i"}
    texts = {key: str(value or numbers.NONE) for key, value in _values(one).items()}
    return {**texts, "id": str(one.place), "severity": tag, "places": numbers.count(one.problem.places)}


def _severity(one: PlacedProblem) -> str:
    return severities().get(one.problem.severity, one.problem.severity)


def _values(one: PlacedProblem) -> dict[str, Any]:
    """Every column: texts and counts."""
    problem = one.problem
    return {
        "place": one.place,
        "severity": _severity(one),
        "sheet": problem.sheet,
        "cells": one.cells,
        "places": problem.places,
        "column": problem.column,
        "value": problem.value,
        "sentence": problem.sentence,
    }


_WRITTEN = {"place": Written.COUNT, "places": Written.COUNT}
"""Columns that are no texts."""


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """What the grid or the tables show, in their columns and order; those entries chosen, where some are."""
    columns = grid.columns_asked(headings(), told.columns)
    number = address.number(asked.get("submission"))
    found = None if number is None else problem_list.fetch_rows(reading, number, told.wanted, severities())
    if found is None:
        raise NothingToExport
    sent = found.sent
    title = _("Problems of workbook no. %(n)s", n=sent.number)
    kept = sent.errors.entries + sent.notes.entries
    return Exported(
        name=title.replace(" ", "-"),
        title=title,
        said=[
            *as_it_stands(reading),
            original.name(sent.file_name, opens=sent.opens),
            scope_said(reading),
            *grid.said(headings(), told),
            _("%(n)s entries of %(all)s", n=numbers.count(found.total), all=numbers.count(kept)),
        ],
        fields=[Field(one.words, _WRITTEN.get(one.key, Written.TEXT)) for one in columns],
        rows=[
            [_values(one)[each.key] for each in columns]
            for one in found.rows
            if not told.chosen or str(one.place) in told.chosen
        ],
    )
