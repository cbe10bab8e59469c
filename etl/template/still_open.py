"""What a template of things that are told of month by month holds beforehand: what is still open, whole as it was told last.

A later row supersedes the earlier one whole, so that all of its cells are filled in. What the period's own ledger has told already
is there as well, settled or not, for a corrected workbook replaces it whole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select

from data.rollup.in_force import submissions_in_force
from data.schema.disasters import disaster
from data.schema.hazards import hazard
from data.schema.supervision import supervision_finding
from data.schema.tipoffs import tipoff
from data.zone.zone import Zone
from etl.template import words
from etl.template.addressee import Addressee, PrefilledRow


def hazards(asked: Addressee) -> list[PrefilledRow]:
    """Hazards that are not crossed off, by the day on which they were found."""
    plain = (
        "number", "found_on", "enterprise", "credit_code", "description", "grade", "level", "rectify_by", "measures",
        "crossed_off_on", "remark",
    )  # fmt: skip
    return [
        PrefilledRow(
            {
                **{key: getattr(row, key) for key in plain},
                "sector": asked.zone.sectors[row.sector],
                "territory": None if row.territory is None else asked.zone.unit_by_code[row.territory].name,
            }
        )
        for row in _open(asked, "hazards", hazard, lambda row: row.crossed_off_on is None, lambda row: row.found_on)
    ]


def findings(asked: Addressee) -> list[PrefilledRow]:
    """Findings of supervision that are not answered or not crossed off, by the day on which they were ordered."""
    plain = ("number", "ordered_on", "method", "finding", "due_on", "answered_on", "closed_on", "remark")

    def is_open(row: Row[Any]) -> bool:
        return row.answered_on is None or row.closed_on is None

    return [
        PrefilledRow(
            {
                **{key: getattr(row, key) for key in plain},
                "supervised": asked.zone.unit_by_code[row.supervised].name,
                "exposed": words.YES if row.exposed else words.NO,
            }
        )
        for row in _open(asked, "supervision", supervision_finding, is_open, lambda row: row.ordered_on)
    ]


def tipoffs(asked: Addressee) -> list[PrefilledRow]:
    """The unit's tip-offs, sanctions and crackdowns that are not closed, or whose reward is not paid, by day."""
    plain = ("number", "received_on", "type", "object", "reward_yuan", "paid_on", "closed_on", "remark")

    def is_open(row: Row[Any]) -> bool:
        return row.closed_on is None or bool(row.reward_yuan and row.paid_on is None)

    return [
        PrefilledRow(
            {
                **{key: getattr(row, key) for key in plain},
                "sector": None if row.sector is None else asked.zone.sectors[row.sector],
                "substantiated": words.YES if row.substantiated else words.NO,
            }
        )
        for row in _open(asked, "tipoffs", tipoff, is_open, lambda row: row.received_on)
    ]


def warnings(asked: Addressee) -> list[PrefilledRow]:
    """Warnings that were not fed back, by the moment of the warning."""
    moments = ("happened_at", "warned_at", "called_at", "answered_at", "fed_back_at")
    plain = ("number", "type", "measures", "moved", "dead", "missing", "in_need", "helped", "remark")
    return [
        PrefilledRow(
            {
                **{key: getattr(row, key) for key in plain},
                **{key: _by_the_zones_clocks(asked.zone, getattr(row, key)) for key in moments},
                "responsible": words.YES if row.responsible else words.NO,
                "territory": asked.zone.unit_by_code[row.territory].name,
            }
        )
        for row in _open(
            asked, "disasters", disaster,
            lambda row: row.warned_at is not None and row.fed_back_at is None,
            lambda row: row.warned_at or row.happened_at,
        )
    ]  # fmt: skip


def _open(
    asked: Addressee, kind: str, table: Table, is_open: Callable[[Row[Any]], bool], when: Callable[[Row[Any]], Any]
) -> list[Row[Any]]:
    """Of each number the row that the unit told last: of those that are open, and of all in the period's own ledger, in order."""
    own = table.c
    ledgers = submissions_in_force(
        asked.connection, asked.zone.code, kind, unit=asked.unit.code, last=str(asked.period)
    )
    rows = asked.connection.execute(
        select(table).where(own.zone == asked.zone.code, own.submission.in_(ledgers)).order_by(own.period, own.row)
    )
    last = {row.number_key: row for row in rows}
    wanted = [row for row in last.values() if row.period == str(asked.period) or is_open(row)]
    return sorted(wanted, key=lambda row: (when(row), row.number_key))


def _by_the_zones_clocks(zone: Zone, moment: datetime | None) -> datetime | None:
    """A moment as a cell has it."""
    return None if moment is None else moment.astimezone(zone.calendar.timezone).replace(tzinfo=None)
