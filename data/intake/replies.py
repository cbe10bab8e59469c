"""The right of reply, as rows: what a unit answers to its reviewed marks, the evidence, and what the office decides.

Each is written from its line of the journal, as all decisions are (``data.intake.decisions``). In a line a mark is text,
for JSON has no exact decimals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from data.intake import own_review
from data.intake.archive import Entry
from data.intake.audit import Act
from data.intake.proposals import is_of_the_office
from data.intake.standing_marks import AnsweredMark, DecidedMark, ReviewedMark
from data.rollup.in_force import periods_in_force, stands
from data.schema.intake import submission
from data.schema.quarterly import review_mark
from data.schema.replies import mark_decision, mark_reply, reply_evidence
from data.zone.periods import Quarter

REPLY = "reply_to_mark"
ADD_EVIDENCE = "add_evidence"
DECIDE_MARK = "decide_mark"
MARKS = frozenset({"mark", "before"})
"""What a line tells as text and a row keeps as a number."""


def _same(*names: str) -> dict[str, str]:
    return {one: one for one in names}


ROWS: Mapping[str, tuple[Table, Mapping[str, str]]] = {
    REPLY: (mark_reply, _same("period", "unit", "measure", "review", "mark", "agrees", "reason", "actor")),
    ADD_EVIDENCE: (reply_evidence, _same("reply", "sha256", "file_name", "media_type", "size", "actor")),
    DECIDE_MARK: (
        mark_decision,
        _same("reply", "period", "unit", "measure", "before", "mark", "reason", "actor"),
    ),
}
"""What is told in an act's line, by the column of the table that keeps it."""


def kept(entry: Entry) -> dict[str, Any]:
    """The columns of an act's row as its line tells them."""
    told = {column: entry.data[name] for column, name in ROWS[entry.act][1].items()}
    return {name: Decimal(value) if name in MARKS else value for name, value in told.items()}


def _write(connection: Connection, zone: str, entry: Entry) -> None:
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(ROWS[entry.act][0]).values(zone=zone, entry=entry.number, at=at, **kept(entry)))


def write_reply(connection: Connection, zone: str, entry: Entry) -> Act:
    """A unit's answer to one of its marks."""
    _write(connection, zone, entry)
    told = entry.data
    detail = {"measure": told["measure"], "mark": told["mark"], "reason": told["reason"]}
    return Act("mark agreed" if told["agrees"] else "mark contested", _subject(told), detail)


def write_evidence(connection: Connection, zone: str, entry: Entry) -> Act:
    """A piece of evidence that belongs to a reply."""
    _write(connection, zone, entry)
    detail = {"file": entry.data["file_name"], "sha256": entry.data["sha256"]}
    return Act("evidence added", f"{entry.data['unit']} {entry.data['period']}", detail)


def write_decision(connection: Connection, zone: str, entry: Entry) -> Act:
    """The office's word on a contested mark."""
    _write(connection, zone, entry)
    told = entry.data
    upheld = Decimal(told["mark"]) == Decimal(told["before"])
    detail = {name: told[name] for name in ("measure", "before", "mark", "reason")}
    return Act("mark upheld" if upheld else "mark changed", _subject(told), detail)


def _subject(told: Mapping[str, Any]) -> str:
    return f"{told['unit']} {told['period']}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A mark as the review in force has it, and the submission that it stands in."""

    submission: int
    mark: Decimal


def reviewed(connection: Connection, zone: str, period: str, unit: str) -> dict[int, Reviewed]:
    """Measure → a unit's mark in the review that counts at present."""
    if is_of_the_office(connection, zone, unit):
        found = own_review.in_force(connection, zone, first=period, last=period)
    else:
        found = periods_in_force(connection, zone, own_review.KIND, first=period, last=period)
    table = review_mark.c
    mine = table.zone == zone, table.unit == unit, table.submission.in_(list(found))
    rows = connection.execute(select(review_mark).where(*mine).order_by(table.submission, table.row))
    return {row.measure: Reviewed(row.submission, row.mark) for row in rows}


MarkKey = tuple[str, str, int]
"""Quarter, unit, measure."""


def versions(
    connection: Connection, zone: str, marks: Collection[MarkKey], known_by: datetime | None = None
) -> dict[MarkKey, list[ReviewedMark]]:
    """Some marks in every version of their review that had been received and not returned before an instant, first to last."""
    if not marks:
        return {}
    came = submission.c
    until = [] if known_by is None else [came.received_at < known_by]
    periods, units = {period for period, _unit, _measure in marks}, {unit for _period, unit, _measure in marks}
    of = came.zone == zone, came.kind == own_review.KIND, came.status == "accepted", came.period.in_(periods)
    every = connection.execute(select(submission).where(*of, stands(known_by), *until).order_by(came.version)).all()
    own = {unit for unit in units if is_of_the_office(connection, zone, unit)}
    waits = own_review.waiting(connection, zone, known_by) if own else set()
    table = review_mark.c
    theirs = table.zone == zone, table.unit.in_(units), table.submission.in_([one.submission for one in every])
    told = {
        (row.submission, row.unit, row.measure): row.mark
        for row in connection.execute(select(review_mark).where(*theirs))
    }
    return {
        (period, unit, measure): [
            ReviewedMark(_asked_by(one), told.get((one.submission, unit, measure)))
            for one in every
            if one.period == period and not (unit in own and one.submission in waits)
        ]
        for period, unit, measure in marks
    }


def _asked_by(came: Row[Any]) -> int:
    """The line of the journal that had a workbook loaded: its receipt, or the word that was said of it later."""
    return max(int(one or 0) for one in (came.submission, came.confirmation, came.retried))


def answered(row: Row[Any] | None) -> AnsweredMark | None:
    """A reply as the rule takes it."""
    return None if row is None else AnsweredMark(row.entry, row.mark, row.agrees)


def decided(row: Row[Any] | None) -> DecidedMark | None:
    """A decision as the rule takes it."""
    return None if row is None else DecidedMark(row.entry, row.reply, row.before, row.mark)


def last_reply(connection: Connection, zone: str, period: str, unit: str, measure: int) -> Row[Any] | None:
    """What a unit answered last to the mark of a measure."""
    return _last(connection, mark_reply, zone, period, unit, measure)


def last_decision(connection: Connection, zone: str, period: str, unit: str, measure: int) -> Row[Any] | None:
    """What the office decided last on the mark of a measure."""
    return _last(connection, mark_decision, zone, period, unit, measure)


def _last(connection: Connection, table: Table, zone: str, period: str, unit: str, measure: int) -> Row[Any] | None:
    named = {"zone": zone, "period": period, "unit": unit, "measure": measure}
    same = (table.c[name] == value for name, value in named.items())
    return connection.execute(select(table).where(*same).order_by(table.c.entry.desc()).limit(1)).first()


def one_reply(connection: Connection, zone: str, entry: int) -> Row[Any] | None:
    """A reply by its line of the journal."""
    this = mark_reply.c.zone == zone, mark_reply.c.entry == entry
    return connection.execute(select(mark_reply).where(*this)).first()


def replies(connection: Connection, zone: str, quarters: Collection[Quarter], known_by: datetime) -> list[Row[Any]]:
    """The answers to marks of some quarters given before an instant, in order."""
    return _of(connection, mark_reply, zone, quarters, known_by)


def mark_decisions(
    connection: Connection, zone: str, quarters: Collection[Quarter], known_by: datetime
) -> list[Row[Any]]:
    """The office's decisions on contested marks of some quarters taken before an instant, in order."""
    return _of(connection, mark_decision, zone, quarters, known_by)


def _of(
    connection: Connection, table: Table, zone: str, quarters: Collection[Quarter], known_by: datetime
) -> list[Row[Any]]:
    of = table.c.zone == zone, table.c.period.in_([str(one) for one in quarters]), table.c.at < known_by
    return list(connection.execute(select(table).where(*of).order_by(table.c.entry)).all())


def evidence(connection: Connection, zone: str, of: Iterable[int]) -> list[Row[Any]]:
    """The pieces of evidence of some replies, in the order in which they came."""
    table = reply_evidence.c
    these = table.zone == zone, table.reply.in_(list(of))
    return list(connection.execute(select(reply_evidence).where(*these).order_by(table.entry)).all())
