"""Decisions of the office on its own unit, as rows: proposed by one account, confirmed or refused by another.

A proposal and a refusal are lines of the journal of their own. A confirmation is the line of the decision itself, which
names both accounts: there is no moment at which a decision is confirmed and not taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from data.intake.archive import Entry
from data.intake.audit import Act, submission_subject
from data.schema.accounts import account
from data.schema.intake import submission
from data.schema.proposals import proposal
from data.schema.zone import unit as unit_table

MAY_CONFIRM = frozenset({"office", "admin"})
"""Roles of accounts (data.people.scope.Role)."""
PROPOSE = "propose"
REFUSE = "refuse_proposal"
NUMBER, SECOND = "proposal", "second"
"""What the line of a confirmed decision tells besides: of which proposal it is, and who confirmed it."""
ROWS = {
    PROPOSE: (proposal, {one: one for one in ("act", "unit", "told", "actor")}),
    REFUSE: (proposal, {"answered_by": "actor"}),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that waits for a second account."""

    number: int
    act: str
    unit: str
    told: Mapping[str, Any]
    actor: str
    at: datetime


def anybody_could_confirm(connection: Connection, zone: str, actor: str) -> bool:
    """Whether there is an account that could confirm what this one decides; where a zone is run by commands, or by one, there is none."""
    may = account.c.role.in_(MAY_CONFIRM), account.c.active.is_(True), account.c.account != actor
    of = account.c.zone == zone, *may
    return connection.execute(select(account.c.account).where(*of).limit(1)).first() is not None


def is_of_the_office(connection: Connection, zone: str, unit: str | None) -> bool:
    """Whether a unit is the committee's office itself."""
    named = select(unit_table.c.office).where(unit_table.c.zone == zone, unit_table.c.unit == unit)
    return bool(connection.execute(named).scalar())


def waiting(connection: Connection, zone: str) -> list[Proposal]:
    """What waits for a second account, the oldest first."""
    table = proposal.c
    statement = select(proposal).where(table.zone == zone, table.confirmed.is_(None)).order_by(table.entry)
    return [_proposal(row) for row in connection.execute(statement)]


def one_waiting(connection: Connection, zone: str, number: int) -> Proposal | None:
    """A proposal by its number; None if nobody waits for an answer to it."""
    return next((one for one in waiting(connection, zone) if one.number == number), None)


def seconded(connection: Connection, zone: str, line: int | None) -> bool:
    """Whether the decision in a line of the journal was confirmed by a second account."""
    this = proposal.c.zone == zone, proposal.c.answer == line, proposal.c.confirmed.is_(True)
    return line is not None and connection.execute(select(proposal.c.entry).where(*this)).first() is not None


@dataclass(frozen=True, slots=True)
class OnItself:
    """A decision of the office on its own figures that a second account confirmed: its line, and of which period it is."""

    line: int
    act: str
    period: str


def on_itself(connection: Connection, zone: str) -> list[OnItself]:
    """All of them, in the order in which they were taken."""
    table = proposal.c
    statement = select(proposal).where(table.zone == zone, table.confirmed.is_(True)).order_by(table.answer)
    found = []
    for row in connection.execute(statement):
        period = row.told.get("period")
        if "submission" in row.told:
            of = submission.c.zone == zone, submission.c.submission == row.told["submission"]
            period = connection.execute(select(submission.c.period).where(*of)).scalar()
        if period is not None:
            found.append(OnItself(row.answer, row.act, period))
    return found


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(row.entry, row.act, row.unit, row.told, row.actor, row.at)


def write_proposal(connection: Connection, zone: str, entry: Entry) -> Act:
    """The proposal's row."""
    kept = {column: entry.data[name] for column, name in ROWS[PROPOSE][1].items()}
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(proposal).values(zone=zone, entry=entry.number, at=at, **kept))
    return Act("decision proposed", _subject(kept["told"]), {"act": kept["act"], "reason": kept["told"]["reason"]})


def write_refusal(connection: Connection, zone: str, entry: Entry) -> Act:
    """A second account's no: the decision is not taken."""
    _answered(connection, zone, entry, entry.data[NUMBER], entry.data["actor"], confirmed=False)
    return Act("proposal refused", f"proposal {entry.data[NUMBER]}", {})


def confirmed(connection: Connection, zone: str, entry: Entry, act: Act) -> Act:
    """What a decision's entry says; of one that a second account confirmed both names, and its proposal waits no more."""
    if SECOND not in entry.data:
        return act
    second, number = entry.data[SECOND], entry.data[NUMBER]
    _answered(connection, zone, entry, number, second, confirmed=True)
    return Act(act.action, act.subject, {**act.detail, SECOND: second, NUMBER: number})


def _answered(connection: Connection, zone: str, entry: Entry, number: int, by: str, *, confirmed: bool) -> None:
    values = {"confirmed": confirmed, "answer": entry.number, "answered_by": by}
    this = proposal.c.zone == zone, proposal.c.entry == number
    connection.execute(update(proposal).where(*this).values(**values, answered_at=datetime.fromisoformat(entry.at)))


def _subject(told: Mapping[str, Any]) -> str:
    if "submission" in told:
        return submission_subject(told["submission"])
    return " ".join(part for part in (told["unit"], told.get("kind"), told["period"]) if part)
