"""What one transaction writes of a workbook: the log's row, what it changes, its rows with their sums, the audit entry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from data.intake.archive import Archive
from data.intake.audit import record, submission_subject
from data.intake.inbox import Receipt
from etl.checking.check import Checkup
from etl.kinds.kind import Kind
from etl.loading import differences
from etl.loading.decide import Decided
from etl.loading.store_rows import foresee, store_rows
from etl.loading.submission_row import keep_foreseen, write_submission
from etl.table.context import Context


def write_workbook(
    connection: Connection,
    archive: Archive,
    zone: str,
    receipt: Receipt,
    checkup: Checkup,
    decided: Decided,
    at: datetime,
) -> str | None:
    """All of one workbook; the digest of the rows accepted, None where none are."""
    before = decided.in_force
    against = before.version if before is not None and decided.status == "checked" else None
    write_submission(connection, zone, receipt, checkup, decided.status, decided.version, at, against)
    digest = None
    if checkup.context is not None and checkup.kind is not None and decided.status in {"accepted", "checked"}:
        digest = _write_rows(connection, receipt, checkup.kind, checkup.context, decided)
    elif receipt.confirmation is not None:
        differences.keep(connection, zone, receipt.number, [])
    write_audit(connection, archive, zone, receipt, decided, at)
    return digest


def _write_rows(connection: Connection, receipt: Receipt, kind: Kind, context: Context, decided: Decided) -> str | None:
    """What a workbook changes, and its rows where it is accepted; of a correction that waits, what it would change."""
    _keep_differences(connection, receipt, kind, context, decided)
    if decided.status == "accepted":
        return store_rows(connection, kind, context, receipt.number)
    if decided.in_force is not None:
        foreseen = foresee(connection, kind, context, receipt.number)
        keep_foreseen(connection, context.zone.code, receipt.number, foreseen)
    return None


def _keep_differences(connection: Connection, receipt: Receipt, kind: Kind, context: Context, decided: Decided) -> None:
    """All rows of what waits for its sender's word; of what is accepted, what it changes against the version before."""
    before, zone = decided.in_force, context.zone.code
    if decided.status == "checked":
        found = differences.differences(connection, kind, context, before.submission if before else None)
        differences.keep(connection, zone, receipt.number, found)
    elif before is not None:
        every = differences.differences(connection, kind, context, before.submission)
        changes = [one for one in every if one.change != differences.SAME]
        differences.keep(connection, zone, receipt.number, changes)
    elif receipt.confirmation is not None:
        differences.keep(connection, zone, receipt.number, [])


def write_audit(
    connection: Connection, archive: Archive, zone: str, receipt: Receipt, decided: Decided, at: datetime
) -> None:
    """The audit entry of what became of a workbook."""
    told = {"file": receipt.file_name, "sha256": receipt.sha256, "version": decided.version}
    record(
        connection, zone, at, receipt.sender, f"workbook {decided.status}", submission_subject(receipt.number),
        {**told, "note": receipt.choice.note}, journal=archive.last_hash(),
    )  # fmt: skip
