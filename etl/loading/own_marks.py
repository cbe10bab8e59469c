"""What a review would change of the office's own unit, which a second account has to confirm (METHOD section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from data.intake import own_review, proposals
from data.intake.archive import Archive
from data.intake.inbox import Receipt
from data.intake.own_review import OwnFigures
from data.schema.quarterly import review_extra, review_mark
from data.zone.zone import Zone
from etl.checking.check import Checkup
from etl.kinds.kind import Kind
from etl.table.context import Context


class ToBeConfirmed(NamedTuple):
    """What is proposed, and by whom."""

    told: dict[str, Any]
    actor: str


def to_be_confirmed(
    connection: Connection, archive: Archive, zone: Zone, receipt: Receipt, checkup: Checkup
) -> ToBeConfirmed | None:
    """What is to be proposed before a review is accepted; None where it changes nothing of the office's own.

    Nor where no other account could ever confirm: a zone that is run by commands alone has none.
    """
    kind, context = checkup.kind, checkup.context
    if kind is None or context is None or kind.code != own_review.KIND:
        return None
    unit, period = zone.office.code, str(context.period)
    before, after = own_review.own_figures(connection, zone.code, unit, period), _said(kind, context, unit)
    if before == after:
        return None
    who = _who(archive, receipt)
    if not proposals.anybody_could_confirm(connection, zone.code, who):
        return None
    told = {
        "submission": receipt.number, "unit": unit, "period": period, "reason": receipt.choice.note.strip(),
        "before": before.said, "after": after.said,
    }  # fmt: skip
    return ToBeConfirmed(told, who)


def _said(kind: Kind, context: Context, unit: str) -> OwnFigures:
    columns = {stored.table.name: stored.columns(context) for stored in kind.stored}
    marks, extras = columns[review_mark.name], columns[review_extra.name]
    return OwnFigures.of(_rows(marks, unit, "measure", "mark"), _rows(extras, unit, "bonus", "deduction", "veto"))


def _rows(columns: Mapping[str, Sequence[Any]], unit: str, *names: str) -> list[tuple[Any, ...]]:
    every = zip(columns.get("unit", ()), zip(*(columns.get(name, ()) for name in names), strict=True), strict=True)
    return [values for of, values in every if of == unit]


def _who(archive: Archive, receipt: Receipt) -> str:
    """Who had it loaded: whoever confirmed it, else who sent it."""
    entry = None if receipt.confirmation is None else archive.entry(receipt.confirmation)
    return receipt.sender if entry is None else str(entry.data["actor"])
