"""The audit log as a grid, to be searched, filtered and sorted; and as a file of what is seen. Its hashes are in the whole export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from dashboards.components import address, grid, numbers
from dashboards.components.exports import (
    Exported,
    ExportNotAllowed,
    Field,
    Written,
    as_it_stands,
    refuse_too_many,
    scope_said,
)
from dashboards.components.grid import Heading, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.pages.administration.audit_log import about, act, acts, details
from dashboards.results import administration
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds
from data.intake.audit import AuditEntry
from data.language import gettext as _
from data.zone.zone import Zone

EXPORT = "audit"
READ_AT_ONCE = 10_000


def headings() -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    return [
        Heading("entry", _("No."), Holds.NUMBER, 90),
        Heading("at", _("When"), Holds.DAY, 150),
        Heading("actor", _("Actor"), Holds.TEXT, 140),
        Heading("action", _("What"), Holds.CHOICE, 170),
        Heading("subject", _("About"), width=190),
        Heading("details", _("Details"), width=480),
    ]


def in_place_of(list_form: Sequence[Component | None], name: str | None, *, identity: str) -> Component:
    """The log's table, and the grid that takes its place; ``name``: the account whose entries they are, None for all."""
    query = {"account": name}
    about = grid.question(query, identity=identity, says=_("Audit log"))
    return grid.record_list(list_form, headings(), about, identity=identity, export=EXPORT)


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The entries that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    found = administration.audit_rows(reading, wanted, acts(), name=address.text(asked.get("account")))
    return rows_as_told(
        [
            {**_texts(one, reading.zone), "id": str(one.entry), "entry": numbers.count(one.entry),
             "at": numbers.instant(one.at, reading.zone)}
            for one in found.entries
        ],
        found.total,
    )  # fmt: skip


def _texts(one: AuditEntry, zone: Zone) -> dict[str, str]:
    return {
        "actor": one.actor,
        "action": act(one.action),
        "subject": about(one.subject),
        "details": details(one.detail, zone) or numbers.NONE,
    }


def export(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """What the grid shows of the log, in its columns and order; those entries chosen, where some are."""
    if not reading.scope.administers:
        raise ExportNotAllowed(_("Only an administrator may read the audit log."))
    columns = grid.columns_asked(headings(), told.columns)
    name = address.text(asked.get("account"))
    whose = name or _("everybody")
    total = administration.audit_rows(reading, replace(told.wanted, end=1), acts(), name=name).total
    refuse_too_many(total)
    chosen = frozenset(told.chosen)
    return Exported(
        name="-".join([_("Audit log"), whose, numbers.day(reading.today)]),
        title=_("Audit log"),
        said=[*as_it_stands(reading), scope_said(reading), whose, *grid.said(headings(), told)],
        fields=[Field(one.words, _WRITTEN.get(one.key, Written.TEXT)) for one in columns],
        rows=(
            [_value(one, each.key, reading.zone) for each in columns]
            for one in _all(reading, told, name, total)
            if not chosen or str(one.entry) in chosen
        ),
    )


def _all(reading: Reading, told: Told, name: str | None, total: int) -> Iterator[AuditEntry]:
    for start in range(0, total, READ_AT_ONCE):
        some = replace(told.wanted, start=start, end=start + READ_AT_ONCE)
        yield from administration.audit_rows(reading, some, acts(), name=name).entries


def _value(one: AuditEntry, key: str, zone: Zone) -> Any:
    match key:
        case "entry":
            return one.entry
        case "at":
            return one.at.astimezone(zone.calendar.timezone).replace(tzinfo=None)
        case _:
            return _texts(one, zone)[key]


_WRITTEN = {"entry": Written.COUNT, "at": Written.MOMENT}
