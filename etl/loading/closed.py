"""Workbooks for what is published already (METHOD section 6): nobody's but the office's, and its only with a reason; what the
office would correct of its own figures a second account confirms.

A ledger is closed with its own month; one of an earlier month where it would move the sums of a month that is published,
which is tried: written, added up and taken back as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from data.intake.inbox import Receipt
from data.intake.proposals import seconded
from data.intake.publications import CLOSES, closing, published_periods
from data.rollup import enforcement, sectors
from data.store import database_errors, reader, write_transaction
from data.zone.zone import Zone
from etl.checking.check import Checkup
from etl.loading.store_rows import store_rows
from etl.loading.submission_row import Filed, write_submission
from etl.table.problems import Problem


def closed_period(
    url: str, zone: Zone, receipt: Receipt, checkup: Checkup, filed: Filed, at: datetime
) -> Iterator[Problem]:
    """``closed_period`` for a workbook whose period is published, or that would move what is, without the office's reason;
    of the office's own figures also without a second account.

    What was received before with the same bytes changes nothing, and is none.
    """
    kind, unit, period = checkup.kind, checkup.unit, checkup.period
    if filed.same is not None or kind is None or unit is None or period is None:
        return
    by_the_office = receipt.only_unit is None and bool(receipt.choice.note.strip())
    of_its_own = unit.office and not zone.only_office_files(kind.code)
    if by_the_office and (not of_its_own or (receipt.asks and receipt.confirmation is None)):
        return
    with database_errors(), reader(url).connect() as connection:
        if by_the_office and seconded(connection, zone.code, receipt.confirmation):
            return
        revision = closing(connection, zone.code, kind.code, str(period))
        later = [one for one in published_periods(connection, zone.code, "ranking") if one > str(period)]
    if revision is not None:
        yield _problem(str(period), "second_account" if by_the_office else None)
    elif kind.code in CLOSES["ranking"] and later and checkup.accepted:
        moved = _moved(url, zone, receipt, checkup, filed.last_version + 1, at, later)
        if moved:
            yield _problem(moved[0], "second_account" if by_the_office else "moves_published")


def _problem(period: str, rule: str | None) -> Problem:
    return Problem("closed_period", value=period, parameters={"rule": rule} if rule else {})


class _TakenBack(Exception):
    """All that the transaction wrote is to be undone."""


def _moved(
    url: str, zone: Zone, receipt: Receipt, checkup: Checkup, version: int, at: datetime, months: Collection[str]
) -> list[str]:
    """Of some months those whose sums would be others if the workbook counted."""
    kind, context, moved = checkup.kind, checkup.context, list[str]()
    if kind is None or context is None:
        return moved
    with suppress(_TakenBack), write_transaction(url) as connection:
        before = _sums(connection, zone, context.unit.code)
        write_submission(connection, zone.code, receipt, checkup, "accepted", version, at)
        store_rows(connection, kind, context, receipt.number)
        after = _sums(connection, zone, context.unit.code)
        moved = [month for month in sorted(months) if before.get(month) != after.get(month)]
        raise _TakenBack
    return moved


def _sums(connection: Connection, zone: Zone, unit: str) -> dict[str, Any]:
    """Month → what is kept of a unit's ledgers, in all and by sector."""
    found: dict[str, dict[Any, Any]] = {}
    for (of, month), total in enforcement.kept(connection, zone).items():
        if of == unit:
            found.setdefault(month, {})[None] = total
    for (month, of, sector), part in sectors.by_sector(sectors.kept(connection, zone)).items():
        if of == unit:
            found.setdefault(month, {})[sector] = part
    return found
