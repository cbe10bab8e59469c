"""What is to become of a checked workbook: accepted, checked (it waits for its sender's word), rejected, or a duplicate."""

from __future__ import annotations

from typing import NamedTuple

from data.intake.inbox import Receipt
from data.rollup.in_force import InForce
from etl.checking.check import Checkup
from etl.loading.submission_row import Filed
from etl.table.problems import Problem


class Decided(NamedTuple):
    """A workbook's status, the version that it is (None where it is none), and the one in force before it.

    ``same`` is the version that a duplicate repeats.
    """

    status: str
    version: int | None = None
    in_force: InForce | None = None
    same: InForce | None = None


def decide(receipt: Receipt, checkup: Checkup, filed: Filed) -> Decided:
    """What a workbook comes to, beside what was accepted before of the same kind, unit and period."""
    if filed.same is not None:
        return Decided("duplicate", filed.same.version, filed.in_force, filed.same)
    if receipt.confirmation is not None and checkup.accepted:
        _refuse_outdated(receipt, checkup, filed.in_force)
    if not checkup.accepted:
        return Decided("rejected", None, filed.in_force)
    if receipt.asks and receipt.confirmation is None:
        return Decided("checked", None, filed.in_force)
    return Decided("accepted", filed.last_version + 1, filed.in_force)


def _refuse_outdated(receipt: Receipt, checkup: Checkup, in_force: InForce | None) -> None:
    """A confirmation holds for the version that was looked at, and for no other."""
    if (in_force.version if in_force is not None else None) != receipt.checked_against:
        checkup.problems.append(Problem("outdated"))
