"""What groups, flags, kinds and states of a report are called: on the pages as in the documents that go out."""

from __future__ import annotations

from collections.abc import Sequence

from data.language import gettext as _


def group(code: str) -> str:
    """A group of units."""
    names = {"town": _("Towns"), "department": _("Departments"), "centre": _("Development centres")}
    return names.get(code, code)


def flag(key: str) -> str:
    """A flag of the monthly ranking."""
    names = {
        "awaited": _("awaited"),
        "not_reported": _("not reported"),
        "refused": _("refused"),
        "set_aside": _("to be dealt with"),
        "late": _("late"),
        "zero_enforcement": _("zero enforcement"),
        "nothing_planned": _("nothing planned"),
        "zero_penalty": _("zero penalties"),
        "no_problem_found": _("no problem found"),
        "overdue_major": _("overdue major hazards"),
        "thin_basis": _("thin basis"),
        "zero_then_filled": _("zero first, filled later"),
        "unreviewed": _("unreviewed"),
        "veto_proposed": _("veto proposed"),
    }
    return names.get(key, key)


def flags_shown(flags: Sequence[str]) -> list[str]:
    """The flags of a printed row as people read them: of whoever did send and was refused nobody says 未报 (METHOD section 2)."""
    return [one for one in flags if "refused" not in flags or one not in {"not_reported", "awaited"}]


def ground(key: str) -> str:
    """Why an enterprise stands on a list of whom to inspect."""
    names = {
        "overdue_major": _("major hazard overdue"),
        "reinspection_due": _("re-inspection due"),
        "high_risk_never": _("high risk, never inspected"),
        "likely": _("findings expected, or long not seen"),
    }
    return names.get(key, key)


def kind(code: str | None) -> str:
    """A kind of workbook."""
    names = {
        "enforcement": _("Enforcement ledger"),
        "targets": _("Targets of the year"),
        "self_assessment": _("Self-assessment of the ten measures"),
        "review": _("Review of the ten measures"),
        "accidents": _("Accident ledger"),
        "baseline": _("Sums of a past year"),
        "enterprises": _("Register of enterprises"),
        "frontline": _("Ledger of front-line duty"),
        "hazards": _("Ledger of hazards"),
        "supervision": _("Ledger of supervision"),
        "tipoffs": _("Ledger of tip-offs, sanctions and crackdowns"),
        "tasks": _("Progress of the work plan"),
        "disasters": _("Ledger of warnings and disasters"),
    }
    return names.get(code or "", code or _("kind unknown"))


def batch(code: str) -> str:
    """A batch of enterprises of front-line duty."""
    names = {"pilot": _("pilot enterprises"), "key": _("key enterprises"), "all": _("all enterprises")}
    return names.get(code, code)


def batch_state(code: str) -> str:
    """How a batch stands against its due day."""
    names = {
        "done": _("all complete"),
        "overdue": _("past the due day"),
        "due": _("due soon"),
        "upcoming": _("under way"),
    }
    return names.get(code, code)


def due_state(code: str) -> str:
    """How an item of the work plan stands to a due day."""
    names = {
        "done": _("done in time"),
        "late": _("done late"),
        "due": _("due within 30 days"),
        "overdue": _("overdue (work plan)"),
        "upcoming": _("not due yet"),
    }
    return names.get(code, code)


def duty_document(key: str) -> str:
    """One of the two lists and two cards of front-line duty."""
    names = {
        "risk_list": _("list of risks of posts"),
        "duty_list": _("list of duties of posts"),
        "operation_card": _("operation card of posts"),
        "response_card": _("emergency card of posts"),
    }
    return names.get(key, key)


def duty_state(code: str) -> str:
    """How an enterprise stands with them."""
    names = {
        "silent": _("not told of"),
        "lacking": _("lacks documents"),
        "to_come": _("complete later"),
        "complete": _("has all four"),
    }
    return names.get(code, code)


def hazard_state(code: str) -> str:
    """How a hazard stands against its deadline."""
    names = {
        "open": _("not crossed off"),
        "overdue": _("overdue, not crossed off"),
        "within": _("open within the deadline"),
        "late": _("crossed off late"),
        "in_time": _("crossed off by the deadline"),
        "crossed_off": _("Crossed off"),
    }
    return names.get(code, code)


def hazard_band(code: str) -> str:
    """A band of the age of open hazards."""
    names = {
        "0-30": _("at most 30 days"),
        "31-90": _("31 to 90 days"),
        "91-180": _("91 to 180 days"),
        "over_180": _("over 180 days"),
    }
    return names.get(code, code)


def hazard_field(key: str) -> str:
    """What ledgers tell of a hazard and may tell otherwise later."""
    names = {
        "found_on": _("Found on"),
        "rectify_by": _("Deadline of rectification"),
        "grade": _("Grade of the hazard"),
        "level": _("Responsible level"),
        "crossed_off_on": _("Crossed off on"),
    }
    return names.get(key, key)


def disaster_field(key: str) -> str:
    """What ledgers tell of a warning or disaster and may tell otherwise later."""
    names = {
        "type": _("Type of disaster"),
        "territory": _("Town"),
        "warned_at": _("Warned at"),
        "called_at": _("Called at"),
        "answered_at": _("Answered at"),
        "fed_back_at": _("Fed back at"),
        "measures": _("Measures taken"),
        "happened_at": _("Happened at"),
        "moved": _("People moved"),
        "dead": _("Dead"),
        "missing": _("Missing"),
        "responsible": _("Someone responsible"),
        "in_need": _("In need of help"),
        "helped": _("People helped"),
    }
    return names.get(key, key)


def warning_step(code: str) -> str:
    """A step of a warning's way."""
    names = {"warned": _("warned"), "called": _("called"), "answered": _("answered"), "fed_back": _("fed back")}
    return names.get(code, code)


def warning_state(code: str) -> str:
    """How far a warning got."""
    names = {
        "not_called": _("not called"),
        "not_answered": _("unanswered"),
        "not_fed_back": _("not fed back"),
        "closed": _("loop closed"),
    }
    return names.get(code, code)


def document(name: str) -> str:
    """A document whose wording or master the office keeps."""
    names = {
        "ranking": _("Bulletin of the ranking"),
        "scores": _("Bulletin of the scores"),
        "casualties": _("Paper on casualties"),
        "last-speaker": _("Notice to speak last"),
        "interview": _("Interview sheet"),
        "ranking-deck": _("Deck of the ranking"),
        "scores-deck": _("Deck of the scores"),
        "casualties-deck": _("Deck of the casualties"),
        "master": _("Master of the slides"),
        "settings": _("Head and what documents say"),
    }
    return names.get(name, name)


def filing_state(status: str) -> str:
    """How a report that is due stands, in a word."""
    names = {
        "on_time": _("on time"),
        "late": _("late"),
        "missing": _("missing"),
        "awaited": _("awaited"),
        "rejected": _("refused"),
        "returned": _("returned"),
        "set_aside": _("to be dealt with"),
    }
    return names.get(status, status)


def finding_outcome(code: str) -> str:
    """What became of a finding of supervision."""
    names = {
        "overdue": _("Overdue and unanswered"),
        "waiting": _("answer awaited"),
        "late": _("answered late"),
        "answered": _("answered within the deadline"),
    }
    return names.get(code, code)


def case_state(code: str) -> str:
    """How a tip-off, sanction or crackdown stands."""
    names = {
        "overdue": _("Overdue and open"),
        "open": _("being handled"),
        "unpaid": _("reward not paid"),
        "settled": _("case settled"),
    }
    return names.get(code, code)
