"""The accidents of a year as a grid and as a file: all of them, to be searched, filtered and sorted; each leads to its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from dashboards.components import grid, numbers, original, words
from dashboards.components.enterprise_link import in_a_grid
from dashboards.components.exports import Exported, Field, Written, refuse_too_many, scope_said
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.components.page_list import CASUALTIES
from dashboards.components.published import printed_mark
from dashboards.method.casualties import STRUCK_OFF
from dashboards.pages.casualty_targets.accident_list import summary
from dashboards.pages.casualty_targets.query import CasualtiesQuery, read
from dashboards.results import accident_list, casualties, published
from dashboards.results.accident_list import closed_on, counts, reported_on
from dashboards.results.accident_record import AccidentReport
from dashboards.results.casualties import AccidentRow, Casualties
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds
from data.language import gettext as _
from data.people.draft_openings import DraftReport
from data.zone.accident_class import CLASSES, spoken
from data.zone.periods import Month

EXPORT = "accidents"


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("number", _("Accident number"), Holds.TEXT, 165, drawn="RecordLinks"),
        Heading("happened_on", _("Happened on"), Holds.DAY, 120),
        Heading("enterprise", _("Enterprise concerned"), Holds.TEXT, 175, drawn="RecordLinks"),
        Heading("territory", _("Territory"), Holds.CHOICE, 95),
        Heading("department", _("Supervising department"), Holds.CHOICE, 100),
        Heading("sector", _("Sector"), Holds.CHOICE, 90),
        Heading("class", _("Class"), Holds.CHOICE, 75),
        Heading("deaths", _("Deaths, the missing among them"), Holds.NUMBER, 85),
        Heading("counts", _("Counts against the cap"), Holds.CHOICE, 122, drawn="RecordTag"),
        Heading("report", _("Investigation report"), Holds.CHOICE, 105, drawn="RecordTag"),
        Heading("report_due", _("Report due"), Holds.DAY, 125),
        Heading("closed_on", _("Closed on"), Holds.DAY, 125),
        Heading("type", _("Type"), Holds.TEXT, 110),
        Heading("serious_injuries", _("Seriously injured"), Holds.NUMBER, 85),
        Heading("missing", _("Missing"), Holds.NUMBER, 85, shown=False),
        Heading("loss_yuan", _("Loss (yuan)"), Holds.NUMBER, 110, shown=False),
        Heading("state", _("What the ledger says"), Holds.CHOICE, 110, shown=False),
        Heading("reported_on", _("Report handed in"), Holds.DAY, 125, shown=False),
        Heading("sources", _("Where it stands"), width=110, drawn="RecordLinks", at_the_end=True),
    ]


def _words() -> dict[str, dict[str, str]]:
    """The words for each code by which the list is filtered, in their order."""
    return {
        "class": {one: spoken(one) for one in CLASSES},
        "counts": {"yes": _("counts"), "no": _("does not count")},
        "state": {one: words.accident_state(one) for one in ("快报", "认定", STRUCK_OFF)},
        "report": {
            "overdue": _("report overdue"),
            "due": _("report not due yet"),
            "late": _("report handed in late"),
            "in_time": _("report handed in in time"),
        },
    }


_TAGS = {
    "yes": ("good", "✓"), "no": ("calm", "✗"), "overdue": ("bad", "!"), "due": ("calm", "…"), "late": ("warn", "◷"), "in_time": ("good", "✓"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccidentsShown:
    """The accidents of a year: what stands above them, the list, and what the grid asks in its place."""

    head: list[Component]
    listed: list[Component | None]
    question: Component


def record_list_of(shown: AccidentsShown, *, identity: str) -> Component:
    """The list, and the grid that takes its place."""
    return grid.record_list(shown.listed, headings(), shown.question, identity=identity, export=EXPORT)


def question_of(query: CasualtiesQuery, result: Casualties, *, identity: str) -> Component:
    """What the grid is about; where there is no accident the list alone says so."""
    says = _("Accidents of %(year)s", year=numbers.period(result.year))
    asked = about(query, result) if result.accidents else None
    return grid.question(asked, identity=identity, says=says)


def about(query: CasualtiesQuery, result: Casualties) -> dict[str, Any]:
    """What list and export ask for."""
    return {"period": result.year, "as_of": result.as_of, "type": query.type}


def _asked(asked: Mapping[str, str], reading: Reading) -> tuple[CasualtiesQuery, Casualties]:
    """What is asked for, and the year with the accidents that are wanted."""
    query = read(asked, reading.zone, reading.today)
    return query, accident_list.of_type(casualties.fetch(reading, query.year, as_of=query.day), query.type)


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    query, result = _asked(asked, reading)
    said = _words()
    total, found = accident_list.rows(result, wanted, said)
    return rows_as_told([_row(row, result, query, said) for row in found], total)


def _row(
    row: AccidentRow, result: Casualties, query: CasualtiesQuery, said: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    number, code = row.accident.number, counts(row)
    link = query.link(accident=number) + "#accident"
    leads = {
        "text": number,
        "href": link,
        "changes": {"accident": number, "via": "list"},
        "title": _("open the record of this accident"),
    }
    return {
        **{key: _text(value) for key, value in _values(row, result, said).items()},
        "id": number,
        "number": [leads],
        "enterprise": in_a_grid(row.accident.enterprise),
        "counts": _tag(code, said["counts"]),
        "report": _tag(row.report_state, said["report"]),
        "sources": [_source(told, result) for told in row.told],
    }


def _tag(code: str, said: Mapping[str, str]) -> dict[str, str]:
    tone, symbol = _TAGS[code]
    return {"text": said[code], "tone": tone, "symbol": symbol}


def _source(told: AccidentReport, result: Casualties) -> dict[str, str]:
    """The month of a ledger that told something new; of another year by its full name. Its original for who may open it."""
    month = Month.parse(told.period)
    named = numbers.month(month.month) if month.year == result.year.year else numbers.period(month)
    title = _("ledger of %(period)s", period=numbers.period(month))
    return {"text": named, "title": title, **({"href": original.address(told.submission)} if result.opens else {})}


def _text(value: Any) -> str:
    """A value as a cell of the grid shows it."""
    if value is None:
        return numbers.NONE
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return numbers.count(value)
    return value.isoformat() if hasattr(value, "isoformat") else numbers.yuan(value)


def _values(row: AccidentRow, result: Casualties, said: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Every column but where it stands: texts, counts, amounts and days."""
    one, zone, units = row.accident, result.zone, result.zone.unit_by_code
    return {
        "number": one.number,
        "happened_on": one.happened_on,
        "enterprise": one.enterprise,
        "territory": units[one.territory].short_name,
        "department": None if one.department is None else units[one.department].short_name,
        "sector": zone.sectors[one.sector],
        "type": one.type,
        "class": spoken(one.accident_class),
        "deaths": one.deaths,
        "missing": one.missing,
        "serious_injuries": one.serious_injuries,
        "loss_yuan": one.loss_yuan,
        "counts": said["counts"][counts(row)],
        "state": words.accident_state(one.status),
        "report": said["report"][row.report_state],
        "report_due": row.report_due,
        "reported_on": reported_on(row, result.as_of),
        "closed_on": closed_on(row),
    }


_WRITTEN = {
    **dict.fromkeys(("happened_on", "report_due", "reported_on", "closed_on"), Written.DAY),
    **dict.fromkeys(("deaths", "missing", "serious_injuries"), Written.COUNT),
    "loss_yuan": Written.AMOUNT,
}
"""Columns that are no texts."""


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """The accidents that the grid shows, in its columns and order; those chosen, where some are. Of a unit those that concern it."""
    (query, result), said = _asked(asked, reading), _words()
    columns = grid.columns_asked(headings(), told.columns)
    total, found = accident_list.rows(result, told.wanted, said)
    refuse_too_many(total)
    title = " ".join([CASUALTIES.title, numbers.period(result.year), _("list of accidents")])
    return Exported(
        name=f"{title} {result.as_of.isoformat()}".replace(" ", "-"),
        title=title,
        said=[
            printed_mark(published.fetch(reading, "casualties", result.year, result.as_of)),
            _("Up to %(day)s", day=numbers.day(result.as_of)),
            scope_said(reading),
            *([] if query.type is None else [_("accidents of the type %(name)s", name=query.type)]),
            summary(result),
            *grid.said(headings(), told),
        ],
        fields=[Field(one.words, _WRITTEN.get(one.key, Written.TEXT)) for one in columns],
        rows=[
            [_told(row, result, said)[one.key] for one in columns]
            for row in found
            if not told.chosen or row.accident.number in told.chosen
        ],
        drafts=(DraftReport("casualties", str(result.year), result.as_of.isoformat()),),
    )


def _told(row: AccidentRow, result: Casualties, said: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """All columns as a file has them."""
    sources = (
        f"{numbers.period(Month.parse(one.period))} {one.file_name} {_('row %(n)s', n=one.row)}" for one in row.told
    )
    return {**_values(row, result, said), "sources": _("; ").join(sources)}
