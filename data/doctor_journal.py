"""What the journal says the database holds: its lines gone through once, for the doctor to lay beside the rows.

A line whose act was not carried out yet (the power failed in between) changes nothing here; it is kept as ``waiting``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data import configuration, intake_decisions, vetoes
from data.annotations import ANNOTATE
from data.archive import OUTCOME, Entry
from data.configured import Configured, Told
from data.decisions import WRITERS
from data.inbox import RECEIVED
from data.outcomes import PASSED_OVER

_LOADED = frozenset({"accepted", "rejected"})
_STATED = ("kind", "unit", "period", "version", "rows")
_DECIDED_ON = ("status", "checked_against", "confirmation", "returned_at", "returned_by", "return_reason")
"""What a decision that is not known here may have changed: it is not held against the line before."""
DONE = "done"
Columns = dict[str, Told]


@dataclass(slots=True)
class Journalled:
    """What the lines of one database tell, up to one of them.

    ``decided`` are the decisions whose turn has come, each with what came of it. ``submissions`` are the columns of each receipt's row, as far as they are told; ``outcomes`` the last line about what
    became of it; ``effects`` the rows that decisions made, by table and line.
    """

    decided: Mapping[int, str]
    configured_lines: Collection[int]
    configured: Configured = field(default_factory=Configured)
    submissions: dict[int, Columns] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)
    outcomes: dict[int, Entry] = field(default_factory=dict)
    passed_over: set[int] = field(default_factory=set)
    decisions: dict[int, Columns] = field(default_factory=dict)
    configurations: dict[int, Columns] = field(default_factory=dict)
    effects: dict[str, dict[int, Columns]] = field(
        default_factory=lambda: {"veto_decision": {}, "header_match": {}, "attachment": {}}
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
        self.decisions[entry.number] = _act(entry)
        if self.decided[entry.number] != DONE:
            return
        told, line, at = entry.data, entry.number, datetime.fromisoformat(entry.at)
        match entry.act:
            case vetoes.DECIDE:
                self.effects["veto_decision"][line] = _at({**told, "at": at}, line)
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
            case _ if "submission" in told:
                for name in _DECIDED_ON:
                    self.submissions.get(told["submission"], {}).pop(name, None)

    def _conclude(self, entry: Entry) -> None:
        """What became of a receipt. What its sender confirmed was received when they did."""
        told, number = entry.data, entry.data["receipt"]
        self.outcomes[number] = entry
        self.outcomes_since = min(self.outcomes_since, entry.number)
        columns = self.submissions.get(number, {})
        if told["status"] == "duplicate":
            self.passed_over.add(number)
            self._tell(number, entry.number, status="duplicate")
            return
        confirmed = columns["confirmation"].value if "confirmation" in columns else None
        if confirmed is not None and told["status"] in _LOADED:
            said = self.decisions[confirmed]
            columns["sender"] = Told(said["actor"].value, confirmed)
            columns["received_at"] = Told(said["at"].value, confirmed)
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
        **dict.fromkeys(("confirmation", "returned_at", "returned_by", "return_reason")),
    }
    return _at(row, entry.number)


def _act(entry: Entry) -> Columns:
    row = {"act": entry.act, "actor": entry.data["actor"], "at": datetime.fromisoformat(entry.at)}
    return _at(row, entry.number)


def _at(columns: Mapping[str, Any], line: int) -> Columns:
    return {name: Told(value, line) for name, value in columns.items()}
