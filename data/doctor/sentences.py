"""What differs, as sentences that name row and column (for the doctor)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from data.intake.configured import Deviation
from data.language import N_
from data.language import gettext as _

_LONGEST = 60
_BEFORE = 10


THINGS: Mapping[str, str] = {
    "account": N_("account"),
    "accident": N_("accident"),
    "accident_type": N_("type of accident"),
    "accident_type_alias": N_("other name of a type of accident"),
    "attachment": N_("attachment"),
    "baseline_month": N_("past sums"),
    "calendar_event": N_("version of an event of the calendar"),
    "casualty_cap": N_("casualty cap"),
    "configuration": N_("act of configuration"),
    "deadline": N_("deadline"),
    "decision": N_("decision"),
    "disaster": N_("row of warnings and disasters"),
    "document_draft": N_("draft of a document's wording"),
    "document_number": N_("document number"),
    "document_version": N_("version of a document's wording"),
    "enforcement_month": N_("month's sums"),
    "enterprise": N_("listed enterprise"),
    "enterprise_inspected": N_("what an enterprise's inspections come to"),
    "enterprise_month_end": N_("how an enterprise stands at a month's end"),
    "enterprise_name": N_("name of an enterprise"),
    "enterprise_promise": N_("promise of an enterprise"),
    "extension": N_("extension of a deadline"),
    "enforcement_sector": N_("month's sums by sector"),
    "frontline_duty": N_("row of front-line duty"),
    "hazard": N_("row of a hazard"),
    "header_match": N_("matched heading"),
    "inspection": N_("inspection"),
    "inspection_plan": N_("inspection plan"),
    "issued_list": N_("lists of a month as issued"),
    "leader_name": N_("who holds a post of the plan"),
    "ledger_fingerprint": N_("ledger's fingerprint"),
    "list_draw": N_("draw of lists"),
    "mark_decision": N_("decision on a contested mark"),
    "mark_reply": N_("reply to a mark"),
    "proposal": N_("decision that needs a second account"),
    "publication": N_("publication"),
    "recheck": N_("outcome of a re-check"),
    "register_entry": N_("entry of the register"),
    "reinspection": N_("re-inspection"),
    "reply_evidence": N_("evidence of a reply"),
    "review_extra": N_("reviewed bonus, deduction or veto"),
    "review_mark": N_("reviewed mark"),
    "row_difference": N_("recorded change of a version"),
    "rule_start": N_("start of a rule"),
    "scheme": N_("scheme"),
    "scheme_decision": N_("decision on a scheme"),
    "scheme_draft": N_("draft of a scheme"),
    "sector": N_("sector"),
    "sector_alias": N_("other name of a sector"),
    "self_mark": N_("self-assessed mark"),
    "submission": N_("submission"),
    "submission_problem": N_("problem of a submission"),
    "supervision_finding": N_("finding of supervision"),
    "task_progress": N_("row of the progress of the work plan"),
    "tipoff": N_("tip-off, sanction or crackdown"),
    "told_column": N_("columns of a workbook"),
    "unit": N_("unit"),
    "unit_alias": N_("other name of a unit"),
    "unit_promise": N_("promise of a unit"),
    "veto_decision": N_("decision on a veto"),
    "work_plan": N_("version of a work plan"),
    "zone": N_("zone"),
}
"""Tables as people call what one row of each is."""
COLUMNS: Mapping[str, str] = {
    "accurate": N_("whether it was found as told"),
    "act": N_("act"),
    "adopted": N_("adopted"),
    "active": N_("in use"),
    "actor": N_("who acted"),
    "agrees": N_("whether the unit agrees"),
    "asks": N_("shown before it counts"),
    "answer": N_("line of the answer"),
    "answered_at": N_("answered at"),
    "answered_by": N_("answered by"),
    "at": N_("when"),
    "before": N_("mark before the decision"),
    "bonus": N_("bonus"),
    "cancelled": N_("whether it is cancelled"),
    "cap": N_("cap"),
    "choice": N_("what the sender chose"),
    "column": N_("column"),
    "conclusion": N_("conclusion"),
    "content": N_("content"),
    "confirmation": N_("line of the confirmation"),
    "confirmed": N_("confirmed"),
    "counted": N_("counted"),
    "created_at": N_("made at"),
    "dead": N_("deaths"),
    "decision": N_("number of the penalty decision"),
    "day": N_("day"),
    "deduction": N_("deduction"),
    "document": N_("document"),
    "draft": N_("draft"),
    "due": N_("by which day"),
    "due_day": N_("due day"),
    "due_month": N_("due month"),
    "enterprise": N_("enterprise"),
    "event": N_("line of the event"),
    "every": N_("how often"),
    "file": N_("file"),
    "file_name": N_("file name"),
    "fine_yuan": N_("fine"),
    "forgotten_at": N_("let go at"),
    "group": N_("group"),
    "happened_on": N_("day of the accident"),
    "hazards": N_("hazards found"),
    "held_on": N_("day on which it took place"),
    "inspected_on": N_("day of the inspection"),
    "inspections": N_("inspections"),
    "inspectors": N_("inspectors"),
    "instead_of": N_("the draft before it"),
    "kind": N_("kind"),
    "known": N_("what was known to move"),
    "last_day": N_("last day"),
    "line": N_("line of the list"),
    "list": N_("line of the issued lists"),
    "major_hazards": N_("major hazards among them"),
    "mark": N_("mark"),
    "may_penalise": N_("may penalise"),
    "measure": N_("measure"),
    "missing": N_("people missing"),
    "mistake": N_("whether a mistake is put right"),
    "month": N_("month"),
    "name": N_("name"),
    "note": N_("note"),
    "number": N_("number of the document"),
    "one_time_at": N_("one-time password given at"),
    "only_unit": N_("the one unit it may be for"),
    "outcome": N_("what came of it"),
    "penalised": N_("penalised"),
    "period": N_("period"),
    "person": N_("person"),
    "place": N_("place (where)"),
    "position": N_("place in the order"),
    "post": N_("post"),
    "reason": N_("reason"),
    "received_at": N_("received at"),
    "rectified": N_("hazards rectified"),
    "replaces": N_("line of the version before"),
    "reply": N_("line of the reply"),
    "report": N_("report"),
    "revision": N_("revision"),
    "remark": N_("remark"),
    "return_reason": N_("reason of the return"),
    "returned_at": N_("returned at"),
    "returned_by": N_("returned by"),
    "retried": N_("line of the retry"),
    "role": N_("role"),
    "rows": N_("number of rows"),
    "sender": N_("sender"),
    "serious_injuries": N_("serious injuries"),
    "sha256": N_("SHA-256"),
    "short_name": N_("short name"),
    "source": N_("source of the number"),
    "starts_at": N_("time of the day"),
    "status": N_("status"),
    "submission": N_("submission"),
    "text": N_("text"),
    "title": N_("title"),
    "told": N_("particulars"),
    "unit": N_("unit"),
    "units": N_("units (which)"),
    "until": N_("extended to"),
    "uploaded_at": N_("uploaded at"),
    "valid_from": N_("valid from"),
    "valid_to": N_("valid to"),
    "version": N_("version"),
    "veto": N_("veto"),
    "year": N_("year"),
}
"""Columns that people have a word for; others are named as the table names them."""


def thing(table: str, key: tuple[Any, ...]) -> str:
    """A row as people call it."""
    return " ".join([_(THINGS.get(table, table)), *map(str, key)])


def column_word(name: str) -> str:
    """A column as people call it."""
    return _(COLUMNS[name]) if name in COLUMNS else name


def sentence(one: Deviation) -> str:
    """A difference from what the journal, or the program where no line tells of it, says."""
    what = thing(one.table, one.key)
    line = one.told.line if one.told is not None else None
    if one.told is None:
        return _("%(what)s: it is in the database, and no line of the journal tells of it.", what=what)
    if one.column is None and line is None:
        return _("%(what)s: it is gone from the database; the program's own reference data has it.", what=what)
    if one.column is None:
        return _(
            "%(what)s: it is gone from the database; line %(line)s of the journal tells of it.", what=what, line=line
        )
    found, told = shown(one.found, one.told.value)
    named = {"what": what, "column": column_word(one.column), "found": found, "told": told}
    if line is None:
        return _(
            "%(what)s, %(column)s: %(found)s in the database, %(told)s in the program's own reference data.", **named
        )
    return _(
        "%(what)s, %(column)s: %(found)s in the database, %(told)s in line %(line)s of the journal.", **named, line=line
    )


def rebuilt_sentence(one: Deviation) -> str:
    """A difference from what a rebuild makes of archive and journal."""
    what = thing(one.table, one.key)
    if one.told is None:
        return _("%(what)s: it is in the database, and not in the one made anew.", what=what)
    if one.column is None:
        return _("%(what)s: it is gone from the database; the one made anew has it.", what=what)
    found, told = shown(one.found, one.told.value)
    return _("%(what)s, %(column)s: %(found)s in the database, %(told)s in the one made anew.",
             what=what, column=column_word(one.column), found=found, told=told)  # fmt: skip


def shown(found: Any, told: Any) -> tuple[str, str]:
    """Two values as people read them: instants in one zone, of long texts the place where they part."""
    if isinstance(found, datetime) and isinstance(told, datetime):
        found = found.astimezone(told.tzinfo)
    one, other = _text(found), _text(told)
    if max(len(one), len(other)) <= _LONGEST:
        return one, other
    pairs = zip(one, other, strict=False)
    apart = next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    return _cut(one, apart), _cut(other, apart)


def _text(value: Any) -> str:
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _cut(text: str, apart: int) -> str:
    start = max(0, apart - _BEFORE)
    part = text[start : start + _LONGEST].replace("\n", " ")
    return ("…" if start else "") + part + ("…" if start + _LONGEST < len(text) else "")
