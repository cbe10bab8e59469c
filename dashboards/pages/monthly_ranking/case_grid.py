"""The cases behind one indicator as a grid: all of them, to be searched, filtered and sorted; each leads to its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from dashboards.components import numbers, original, parts, words
from dashboards.components.enterprise_link import in_a_grid
from dashboards.components.grid import Heading, question, record_list, rows_as_told
from dashboards.components.grid_request import read_request
from dashboards.pages.monthly_ranking.case_list import SYMBOLS, TONES, measure_of, shown_cell
from dashboards.pages.monthly_ranking.query import RankingQuery
from dashboards.results import cases
from dashboards.results.cases import CasePage
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, Unasked
from dashboards.results.told_cases import Case, CaseRow, states
from data.language import gettext as _
from data.zone.periods import Month, parse_period
from data.zone.zone import Unit

EXPORT = "cases"


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("number", _("Document number"), Holds.TEXT, 250),
        Heading("enterprise", _("Enterprise"), Holds.TEXT, 185, drawn="RecordLinks"),
        Heading("sector", _("Sector"), Holds.CHOICE, 110),
        Heading("inspected_on", _("Inspected on"), Holds.DAY, 140),
        Heading("hazards", _("Hazards"), Holds.NUMBER, 90),
        Heading("major_hazards", _("Major hazards"), Holds.NUMBER, 100),
        Heading("state", _("State"), Holds.CHOICE, 130, drawn="RecordTag"),
        Heading("rectify_by", _("To rectify by"), Holds.DAY, 140, shown=False),
        Heading("due_on", _("Due day"), Holds.DAY, 140),
        Heading("last_reinspected_on", _("Last re-inspection"), Holds.DAY, 140),
        Heading("conclusion", _("Conclusion"), width=90, shown=False),
        Heading("decisions", _("Penalty decisions"), width=170),
        Heading("fine_yuan", _("Fines"), width=100, shown=False),
        Heading("sources", _("Where it stands"), width=200, drawn="RecordLinks", at_the_end=True),
    ]


@dataclass(frozen=True, slots=True)
class CasesShown:
    """The cases behind one figure of a unit: what stands above them, the list, and what the grid asks in its place."""

    head: list[Component]
    listed: list[Component | None]
    question: Component


def record_list_of(shown: CasesShown, *, identity: str) -> Component:
    """The list, and the grid that takes its place."""
    return record_list(shown.listed, headings(), shown.question, identity=identity, export=EXPORT)


def question_of(asked: RankingQuery, unit: Unit, total: int, *, identity: str) -> Component:
    """What the grid is about; where there is no case the list alone says so."""
    says = _("%(unit)s, %(month)s: cases behind “%(measure)s”", unit=unit.short_name, month=numbers.period(asked.month),
             measure=words.indicator(asked.measure))  # fmt: skip
    query = {"period": asked.month, "unit": unit.code, "measure": asked.measure}
    return question(query if total else None, identity=identity, says=says)


def nobody(*, identity: str) -> CasesShown:
    """In a group without units."""
    sentence = parts.empty(_("No unit belongs to this group in this month."))
    return CasesShown([], [sentence], question(None, identity=identity, says=""))


def as_published(*, identity: str) -> CasesShown:
    """Beside published figures: the cases are those of today, so they stand with the live figures."""
    sentence = parts.empty(
        _(
            "The cases behind a figure stand with the live figures: they may be others by now than when it was published."
        )
    )
    return CasesShown([], [sentence], question(None, identity=identity, says=""))


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    month, unit, measure = about(asked, reading)
    found, ends = cases.fetch_rows(reading, unit, month, measure, wanted), reading.zone.calendar.last_day(month)
    return rows_as_told(
        [
            {
                **texts(one),
                "id": identity(one),
                "enterprise": in_a_grid(one.enterprise),
                "state": _tag(one.state(ends)),
                "sources": _sources(one, found),
            }
            for one in found.cases
        ],
        found.total,
    )


def about(asked: Mapping[str, str], reading: Reading) -> tuple[Month, str, str]:
    """Month, unit and indicator whose cases are asked for; Unasked where there is none of that name."""
    try:
        month = Month.parse(asked.get("period", ""))
    except ValueError as error:
        raise Unasked("period") from error
    unit, measure = asked.get("unit", ""), asked.get("measure", "")
    if unit not in reading.zone.unit_by_code or measure_of(measure) != measure:
        raise Unasked("cases")
    return month, unit, measure


def identity(case: Case) -> str:
    """What a row is known by: the row of the workbook that first told of the case."""
    return f"{case.told[0].submission}-{case.told[0].row}"


def texts(case: Case) -> dict[str, str]:
    """A case's columns as they are read."""
    return {
        "number": case.number,
        "enterprise": case.enterprise,
        "sector": case.sector,
        "inspected_on": numbers.day(case.inspected_on),
        "hazards": numbers.count(case.hazards),
        "major_hazards": numbers.count(case.major_hazards),
        "rectify_by": numbers.day(case.rectify_by),
        "due_on": numbers.day(case.due_on),
        "last_reinspected_on": numbers.day(case.last_reinspected_on),
        "conclusion": case.conclusion or numbers.NONE,
        "decisions": _(", ").join(case.decisions) or numbers.NONE,
        "fine_yuan": numbers.yuan(case.fine_yuan),
    }


def _tag(state: str) -> dict[str, str]:
    return {"text": states()[state], "tone": TONES[state], "symbol": SYMBOLS.get(state, "")}


def _sources(case: Case, page: CasePage) -> list[dict[str, str]]:
    return [_source(told, page) for told in case.told]


def _source(told: CaseRow, page: CasePage) -> dict[str, str]:
    """Workbook → sheet → cell; the words of a link to the original where it may be opened."""
    text = f"{told.sheet} {shown_cell(told, page.measure)}"
    if not page.opens:
        return {"text": text, "title": numbers.period(parse_period(told.period))}
    why = _("%(period)s, row %(row)s: download the original workbook", row=told.row,
            period=numbers.period(parse_period(told.period)))  # fmt: skip
    name = original.name(told.file_name, opens=True)
    return {"text": text, "title": f"{name} · {why}", "href": original.address(told.submission)}
