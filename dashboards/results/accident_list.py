"""Every accident of a year as a list to be searched, filtered and sorted.

They are at hand and not in SQL: which ledger's row holds, what counts, and when a report is due are the method's, and the
figures of the year were made from the same rows (``casualties.fetch``, kept), so that list and figures never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dashboards.results.casualties import AccidentRow, Casualties
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows


def rows(
    result: Casualties, wanted: RowsWanted, words: Mapping[str, Mapping[str, str]]
) -> tuple[int, list[AccidentRow]]:
    """How many are wanted, and those of the range, the latest first where no other order is wanted.

    ``words``: of ``class``, ``state`` and ``report`` those for each code, in order. Unasked where the list has no such column,
    filter or order.
    """
    return chosen_rows(result.accidents[::-1], columns(result, words), wanted)


def types(result: Casualties) -> set[str]:
    """The types (GB 6441) that the year's accidents are of."""
    return {row.accident.type for row in result.accidents}


def of_type(result: Casualties, wanted: str | None) -> Casualties:
    """The year with the accidents of one type alone in its list; of all where none is wanted. Its figures stay those of the year."""
    if wanted is None:
        return result
    return replace(result, accidents=tuple(row for row in result.accidents if row.accident.type == wanted))


def one(result: Casualties, number: str) -> AccidentRow | None:
    """The accident with this number, as its ledger writes it; None where there is none that the scope sees."""
    return next((row for row in result.accidents if row.accident.number == number), None)


def columns(result: Casualties, words: Mapping[str, Mapping[str, str]]) -> list[RowColumn[AccidentRow]]:
    """What the list may be filtered and sorted by."""
    zone, day = result.zone, result.as_of
    units = {unit.code: unit.short_name for unit in zone.units}
    return [
        RowColumn("number", Holds.TEXT, lambda row: row.accident.number, searched=True),
        RowColumn("happened_on", Holds.DAY, lambda row: row.accident.happened_on),
        RowColumn("enterprise", Holds.TEXT, lambda row: row.accident.enterprise, searched=True),
        RowColumn("territory", Holds.CHOICE, lambda row: row.accident.territory, units, searched=True),
        RowColumn("department", Holds.CHOICE, lambda row: row.accident.department, units, searched=True),
        RowColumn("sector", Holds.CHOICE, lambda row: row.accident.sector, zone.sectors, searched=True),
        RowColumn("type", Holds.TEXT, lambda row: row.accident.type, searched=True),
        RowColumn("class", Holds.CHOICE, lambda row: row.accident.accident_class, words["class"]),
        RowColumn("deaths", Holds.NUMBER, lambda row: row.accident.deaths),
        RowColumn("missing", Holds.NUMBER, lambda row: row.accident.missing),
        RowColumn("serious_injuries", Holds.NUMBER, lambda row: row.accident.serious_injuries),
        RowColumn("loss_yuan", Holds.NUMBER, _amount),
        RowColumn("counts", Holds.CHOICE, counts, words["counts"]),
        RowColumn("state", Holds.CHOICE, lambda row: row.accident.status, words["state"]),
        RowColumn("report_due", Holds.DAY, lambda row: row.report_due),
        RowColumn("report", Holds.CHOICE, lambda row: row.report_state, words["report"]),
        RowColumn("reported_on", Holds.DAY, lambda row: reported_on(row, day)),
        RowColumn("closed_on", Holds.DAY, closed_on),
    ]


def counts(row: AccidentRow) -> str:
    """Whether it counts against the cap, as a code."""
    return "yes" if row.accident.counted else "no"


def reported_on(row: AccidentRow, day: date) -> date | None:
    """When its report was handed in, as far as that has happened by a day."""
    told = row.follow_up.reported_on
    return told if told is not None and told <= day else None


def closed_on(row: AccidentRow) -> date | None:
    """When it was closed; None where it is open."""
    return row.follow_up.closed_on if row.closed else None


def _amount(row: AccidentRow) -> float | None:
    yuan = row.accident.loss_yuan
    return None if yuan is None else float(yuan)
