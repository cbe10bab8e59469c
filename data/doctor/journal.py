"""What the journal says the database holds: its lines gone through once, for the doctor to lay beside the rows.

A line whose act was not carried out yet (the power failed in between) changes nothing here; a decision is kept as ``waiting``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.intake import (
    calendar_events,
    configuration,
    extensions,
    intake_decisions,
    issued_lists,
    plan_decisions,
    proposals,
    publications,
    replies,
    scheme_decisions,
    stationery,
    vetoes,
)
from data.intake.annotations import ANNOTATE
from data.intake.archive import CARRIED_OUT, OUTCOME, Entry
from data.intake.audit import submission_subject
from data.intake.carrying_out import WRITERS
from data.intake.configured import Configured, ToldValue
from data.intake.inbox import RECEIVED
from data.intake.outcomes import PASSED_OVER

LOADED = frozenset({"accepted", "rejected", "set_aside"})
_STATED = ("kind", "unit", "period", "version", "rows")
DONE = "done"
Columns = dict[str, ToldValue]
_TOLD_WHOLE = (
    *scheme_decisions.ROWS.items(), *stationery.ROWS.items(), *issued_lists.ROWS.items(), *calendar_events.ROWS.items(),
)  # fmt: skip
_AS_TOLD: Mapping[str, str] = {
    vetoes.DECIDE: vetoes.ROW[0].name,
    publications.PUBLISH: publications.ROW[0].name,
    extensions.EXTEND: extensions.ROW[0].name,
    **{act: table.name for act, (table, _told) in _TOLD_WHOLE},
}
"""Decision → the table that has its row as the line tells it."""


@dataclass(slots=True)
class Journalled:
    """What the lines of one database tell, up to one of them.

    ``decided`` are the decisions whose turn has come, each with what came of it. ``submissions`` are the columns of each
    receipt's row, as far as they are told; ``outcomes`` the last line about what became of it; ``effects`` the rows that
    decisions made, by table and line.
    """

    decided: Mapping[int, str]
    configured_lines: Collection[int]
    concluded: Collection[tuple[str, str]]
    """(action, subject) of the audit's entries: what became of a receipt is told before it is committed."""
    configured: Configured = field(default_factory=Configured)
    submissions: dict[int, Columns] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)
    outcomes: dict[int, Entry] = field(default_factory=dict)
    passed_over: set[int] = field(default_factory=set)
    decisions: dict[int, Columns] = field(default_factory=dict)
    configurations: dict[int, Columns] = field(default_factory=dict)
    effects: dict[str, dict[int, Columns]] = field(
        default_factory=lambda: {
            **{table.name: {} for table, _told in replies.ROWS.values()},
            "header_match": {},
            "attachment": {},
            "proposal": {},
            **{name: {} for name in _AS_TOLD.values()},
        }
    )
    waiting: list[Entry] = field(default_factory=list)
    outcomes_since: float = math.inf
    """The first line that tells what became of a receipt: of receipts before it only some do."""
    lines: int = 0

    def read(self, entries: Iterable[Entry]) -> None:
        """Go through lines in their order."""
        for entry in entries:
            self._fold(entry)

    def _fold(self, entry: Entry) -> None:
        if entry.act in configuration.WRITERS:
            self._configure(entry)
        elif entry.act in WRITERS:
            self._decide(entry)
        elif entry.act == RECEIVED:
            self.submissions[entry.number] = _received(entry)
            self.receipts[entry.number] = entry.data["sha256"]
        elif entry.act == PASSED_OVER:
            self.passed_over.add(entry.data["receipt"])
            self._tell(entry.data["receipt"], entry.number, status="duplicate")
        elif entry.act == CARRIED_OUT:
            self._carried_out(entry)
        elif entry.act == OUTCOME:
            self._conclude(entry)
        elif entry.act == ANNOTATE:
            self._tell(entry.data["submission"], entry.number, annotated=entry.data["sha256"])

    def _configure(self, entry: Entry) -> None:
        if entry.number not in self.configured_lines:
            self.waiting.append(entry)
            return
        self.configurations[entry.number] = _act(entry)
        self.configured.fold(entry)

    def _decide(self, entry: Entry) -> None:
        if entry.number not in self.decided:
            self.waiting.append(entry)
            return
        told, line, at = entry.data, entry.number, datetime.fromisoformat(entry.at)
        self.decisions[line] = {**_act(entry), **_at({"submission": told.get("submission")}, line)}
        if self.decided[line] != DONE:
            return
        self.decisions[line] |= _at({"outcome": DONE, "reason": None}, line)
        if proposals.SECOND in told:
            self._answer(told[proposals.NUMBER], line, told[proposals.SECOND], at, confirmed=True)
        if entry.act in _AS_TOLD:
            self.effects[_AS_TOLD[entry.act]][line] = _at({**told, "at": at}, line)
        match entry.act:
            case replies.REPLY | replies.ADD_EVIDENCE | replies.DECIDE_MARK:
                table = replies.ROWS[entry.act][0].name
                self.effects[table][line] = _at({**replies.kept(entry), "at": at}, line)
            case scheme_decisions.ADOPT | scheme_decisions.WITHDRAW | plan_decisions.ADOPT:
                self.configured.fold(entry)
            case intake_decisions.MATCH | intake_decisions.ATTACH:
                table = "header_match" if entry.act == intake_decisions.MATCH else "attachment"
                self.effects[table][line] = _at({**told, "at": at}, line)
            case intake_decisions.CONFIRM:
                against = told["checked_against"]
                self._tell(told["submission"], line, status="confirmed", confirmation=line, checked_against=against)
            case intake_decisions.WITHDRAW:
                self._tell(told["submission"], line, status="withdrawn")
            case intake_decisions.RETURN:
                returned = {"returned_at": at, "returned_by": told["actor"], "return_reason": told["reason"]}
                self._tell(told["submission"], line, **returned)
            case intake_decisions.RETRY:
                self._tell(told["submission"], line, status="confirmed", retried=line)
            case intake_decisions.DISCARD if "submission" in told:
                given_up = {"returned_at": at, "returned_by": told["actor"], "return_reason": told["reason"]}
                self._tell(told["submission"], line, status="discarded", **given_up)
            case intake_decisions.DISCARD:
                self.decisions.get(told["decision"], {}).update(_at({"outcome": "discarded"}, line))
            case intake_decisions.FORGET:
                for number in told["submissions"]:
                    self._tell(number, line, forgotten_at=at, annotated="", checked_against=None)
            case proposals.PROPOSE:
                named = {column: told[name] for column, name in proposals.ROWS[proposals.PROPOSE][1].items()}
                unanswered = dict.fromkeys(("confirmed", "answer", "answered_by", "answered_at"))
                self.effects["proposal"][line] = _at({**named, "at": at, **unanswered}, line)
            case proposals.REFUSE:
                self._answer(told[proposals.NUMBER], line, told["actor"], at, confirmed=False)

    def _answer(self, number: int, line: int, by: str, at: datetime, *, confirmed: bool) -> None:
        """What a second account said to a proposal."""
        said = {"confirmed": confirmed, "answer": line, "answered_by": by, "answered_at": at}
        self.effects["proposal"].get(number, {}).update(_at(said, line))

    def _carried_out(self, entry: Entry) -> None:
        """What came of a decision that had to wait for its turn, or was not carried out."""
        told = entry.data
        said = {name: told[name] for name in ("outcome", "reason")}
        self.decisions.get(told["decision"], {}).update(_at(said, entry.number))

    def _conclude(self, entry: Entry) -> None:
        """What became of a receipt, once it is committed. What its sender confirmed was received when they did."""
        told, number = entry.data, entry.data["receipt"]
        if (
            told["status"] != "duplicate"
            and (f"workbook {told['status']}", submission_subject(number)) not in self.concluded
        ):
            return
        self.outcomes[number] = entry
        self.outcomes_since = min(self.outcomes_since, entry.number)
        columns = self.submissions.get(number, {})
        if told["status"] == "duplicate":
            self.passed_over.add(number)
            self._tell(number, entry.number, status="duplicate")
            return
        confirmed = columns["confirmation"].value if "confirmation" in columns else None
        if confirmed is not None and told["status"] in LOADED:
            said = self.decisions[confirmed]
            if columns["uploaded_at"].value is None:
                columns["uploaded_at"] = columns["received_at"]
            columns["sender"] = ToldValue(said["actor"].value, confirmed)
            columns["received_at"] = ToldValue(said["at"].value, confirmed)
        columns.pop("checked_against", None)
        stated = {name: told[name] for name in _STATED}
        self._tell(number, entry.number, status=told["status"], checked_at=datetime.fromisoformat(entry.at), **stated)

    def _tell(self, number: int, line: int, **columns: Any) -> None:
        self.submissions.setdefault(number, {}).update(_at(columns, line))


def _received(entry: Entry) -> Columns:
    data = entry.data
    row = {
        **{name: data[name] for name in ("sha256", "file_name", "sender", "choice")},
        "status": "received",
        "received_at": datetime.fromisoformat(data["received_at"]),
        "note": data["choice"]["note"],
        "only_unit": data.get("only_unit"),
        "asks": data.get("asks", False),
        **dict.fromkeys(
            ("confirmation", "returned_at", "returned_by", "return_reason", "uploaded_at", "retried", "forgotten_at")
        ),
    }
    return _at(row, entry.number)


def _act(entry: Entry) -> Columns:
    row = {"act": entry.act, "actor": entry.data["actor"], "at": datetime.fromisoformat(entry.at)}
    return _at(row, entry.number)


def _at(columns: Mapping[str, Any], line: int) -> Columns:
    return {name: ToldValue(value, line) for name, value in columns.items()}
