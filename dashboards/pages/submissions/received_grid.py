"""Every workbook received as a grid and as a file: the versions of all reports; each leads to all about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, grid, numbers, original, words
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
from dashboards.components.page_list import SUBMISSIONS
from dashboards.results import workbook_list
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds
from dashboards.results.workbook_list import Spoken
from dashboards.results.workbooks import Sent
from data.language import gettext as _
from data.people.scope import Scope
from data.schema import STORED_KINDS
from data.zone.periods import parse_period
from data.zone.zone import Zone

EXPORT = "workbooks"
STATES = (
    "received", "checked", "confirmed", "accepted", "returned", "rejected", "duplicate", "withdrawn", "set_aside", "discarded",
)  # fmt: skip


def headings(scope: Scope) -> list[Heading]:
    """The columns, as they stand before anybody moves them; the way to originals only for who opens any."""
    way = Heading("original", _("Original"), width=80, drawn="RecordLinks", at_the_end=True)
    return [
        Heading("number", _("No."), Holds.NUMBER, 72),
        Heading("received_at", _("Received"), Holds.DAY, 140),
        Heading("file_name", _("Workbook"), Holds.TEXT, 240, drawn="RecordLinks"),
        Heading("unit", _("Unit"), Holds.CHOICE, 110),
        Heading("kind", _("Kind"), Holds.CHOICE, 140),
        Heading("period", _("Period"), Holds.CHOICE, 120),
        Heading("version", _("Version"), Holds.NUMBER, 75),
        Heading("rows", _("Rows"), Holds.NUMBER, 75),
        Heading("state", _("State"), Holds.CHOICE, 130, drawn="RecordTag"),
        Heading("sender", _("Sent by"), Holds.TEXT, 120),
        *([way] if scope.files else []),
    ]


def grid_of_all(latest: Sequence[Sent], scope: Scope, *, identity: str) -> Component:
    """The whole list where a grid can stand; elsewhere where the last of it is, and the way to take all of it along."""
    said = html.P(_("The last ones stand under “Received last”. All of them, to be searched and sorted, stand here on a wide "
                    "screen; as a file they can be taken along from any."), className="note")  # fmt: skip
    line = html.Div(grid.export_links(EXPORT, address.query()), className="export-line")
    about = grid.question({}, identity=identity, says=_name(), stands=stands(latest))
    return grid.record_list([said, line], headings(scope), about, identity=identity, export=EXPORT)


def told(latest: Sequence[Sent], *, identity: str) -> dict[str, str | None]:
    """What the grid is told once a workbook came or changed."""
    return grid.question_told({}, identity=identity, says=_name(), stands=stands(latest))


def _name() -> str:
    return _("Every workbook received")


def stands(latest: Sequence[Sent]) -> str:
    """How the list stands, by those of it that move: what was received last."""
    return " ".join(f"{one.number}{one.state}" for one in latest)


def spoken() -> Spoken:
    """The words by which the list is filtered."""
    return Spoken(
        {kind: words.kind(kind) for kind in STORED_KINDS},
        {state: words.receipt(state)[1] for state in STATES},
        lambda code: numbers.period(parse_period(code)),
    )


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    _asked, wanted = read_request(request)
    found = workbook_list.fetch_rows(reading, wanted, spoken())
    return (
        rows_as_told([], 0)
        if found is None
        else rows_as_told([_row(one, reading.zone) for one in found.sent], found.total)
    )


def _row(one: Sent, zone: Zone) -> dict[str, Any]:
    symbol, state, tone = words.receipt(one.state)
    name = original.name(one.file_name, opens=one.opens)
    changes = {"submission": str(one.number), "problems": None, "change": None}
    download = {"text": _("download"), "title": name, "href": original.address(one.number)}
    return {
        **_texts(one, zone),
        "id": str(one.number),
        "number": numbers.count(one.number),
        "received_at": numbers.instant(one.received_at, zone),
        "file_name": [
            {"text": name, "href": SUBMISSIONS.path + address.query(submission=one.number) + "#one", "changes": changes}
        ],
        "version": numbers.count(one.version),
        "rows": numbers.count(one.rows),
        "state": {"text": state, "tone": tone, "symbol": symbol},
        "original": [download] if one.opens and not one.let_go else [],
    }


def _texts(one: Sent, zone: Zone) -> dict[str, str]:
    unit = zone.unit_by_code.get(one.unit or "")
    return {
        "unit": numbers.NONE if unit is None else unit.short_name,
        "kind": words.kind(one.kind) if one.kind else numbers.NONE,
        "period": numbers.period(parse_period(one.period)) if one.period else numbers.NONE,
        "sender": one.sender,
    }


_WRITTEN = {"number": Written.COUNT, "received_at": Written.MOMENT, "version": Written.COUNT, "rows": Written.COUNT}
"""Columns that are no texts."""


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """What the grid shows, in its columns and order; those chosen, where some are. With ``submission`` the versions of its report."""
    # "original" is a way and no value: a file has none of it.
    columns = [one for one in grid.columns_asked(headings(reading.scope), told.columns) if one.key != "original"]
    versions_of = address.number(asked.get("submission"))
    found = workbook_list.fetch_all(reading, told.wanted, spoken(), versions_of=versions_of)
    if found is None:
        raise NothingToExport
    total, sent = found
    refuse_too_many(total)
    what = _("Every workbook received") if versions_of is None else _("Versions of workbook no. %(n)s", n=versions_of)
    chosen = frozenset(told.chosen)
    return Exported(
        name=f"{SUBMISSIONS.title}-{what}-{numbers.day(reading.today)}".replace(" ", "-"),
        title=f"{SUBMISSIONS.title} {what}",
        said=[
            *as_it_stands(reading),
            scope_said(reading),
            *([] if reading.scope.files else [_("names of people and of files are hidden")]),
            *grid.said(headings(reading.scope), told),
            _("%(n)s workbooks", n=numbers.count(total)),
        ],
        fields=[Field(one.words, _WRITTEN.get(one.key, Written.TEXT)) for one in columns],
        rows=(
            [_value(one, each.key, reading.zone) for each in columns]
            for one in sent
            if not chosen or str(one.number) in chosen
        ),
    )


def _value(one: Sent, key: str, zone: Zone) -> Any:
    match key:
        case "received_at":
            return one.received_at.astimezone(zone.calendar.timezone).replace(tzinfo=None)
        case "file_name":
            return original.name(one.file_name, opens=one.opens)
        case "state":
            return words.receipt(one.state)[1]
        case "number" | "version" | "rows":
            return getattr(one, key)
        case _:
            return _texts(one, zone)[key]
