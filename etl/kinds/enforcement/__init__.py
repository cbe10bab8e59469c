"""``enforcement``: a unit's enforcement ledger of a month, with re-inspections and its own sums (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from data.rollup import enforcement as rollup
from data.rollup import of_ledgers
from data.schema.enforcement import ledger_fingerprint
from data.store import insert_columns
from data.zone.periods import Month
from etl.kinds import enterprise_names
from etl.kinds.enforcement.columns import FOLLOW_UPS, LEDGER, SUMMARY
from etl.kinds.enforcement.copies import fingerprint
from etl.kinds.enforcement.follow_ups import prepare
from etl.kinds.enforcement.rules import check
from etl.kinds.enforcement.stored import STORED, enterprise_keys
from etl.kinds.enforcement.sums import check_summary
from etl.kinds.kind import Kind
from etl.table.context import Context


def refresh(connection: Connection, context: Context, submission: int) -> None:
    """Recompute the sums that this ledger touches: its own month and all later ones of the unit; keep its enterprises' names and its fingerprint."""
    assert isinstance(context.period, Month)
    of_ledgers.refresh(connection, context.zone, context.unit.code, context.period)
    enterprise_names.remember(connection, context, submission)
    enterprises = enterprise_keys(context)
    if enterprises:
        key: dict[str, Sequence[Any]] = {"zone": [context.zone.code], "submission": [submission]}
        insert_columns(connection, ledger_fingerprint, {**key, "bits": [fingerprint(enterprises)]})


def foresee(connection: Connection, context: Context) -> dict[str, Any]:
    """The unit's sums of the ledger's month and all later ones."""
    assert isinstance(context.period, Month)
    return rollup.as_told(rollup.recompute(connection, context.zone, unit=context.unit.code, since=context.period))


KIND = Kind(
    code="enforcement",
    title="执法检查台账",
    frequency="month",
    order=20,
    tables=(LEDGER, FOLLOW_UPS, SUMMARY),
    prepare=prepare,
    check=check,
    check_sums=check_summary,
    stored=STORED,
    refresh=refresh,
    foresee=foresee,
)
