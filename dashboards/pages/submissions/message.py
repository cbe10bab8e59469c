"""How many were due, in time, late, missing, refused: the page's main message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dashboards.components import numbers, words
from dashboards.results.submissions import Submissions
from data.intake.filing import DueReport
from data.language import gettext as _
from data.schema import STORED_KINDS


def main_message(result: Submissions) -> str:
    """One sentence with the counts; states that no report is in are left out."""
    period, due = numbers.period(result.period), _with_deadline(result)
    if not due:
        return _("%(period)s: no report falls due.", period=period)
    found = Counter[str](report.status for report in due)
    counts = {
        "on_time": _("in time %(n)s", n=found["on_time"]),
        "late": _("late %(n)s", n=found["late"]),
        "missing": _("missing %(n)s", n=found["missing"]),
        "awaited": _("still awaited %(n)s", n=found["awaited"]),
        "rejected": _("refused %(n)s", n=found["rejected"]),
        "returned": _("returned %(n)s", n=found["returned"]),
        "set_aside": _("to be dealt with %(n)s", n=found["set_aside"]),
    }
    shown = _(", ").join(said for status, said in counts.items() if found.get(status))
    return _(
        "%(period)s: %(due)s (%(days)s): %(counts)s.", period=period, due=_due(due), counts=shown, days=_deadlines(due)
    )


def returned(result: Submissions) -> list[DueReport]:
    """What the office returned and nobody has sent again: it stands above all else."""
    return [report for report in result.reports if report.to_be_sent_again]


def returned_sentence(report: DueReport) -> str:
    """What was returned, and why."""
    return _("%(unit)s, %(kind)s: returned by the office: %(reason)s Correct it and send it again.",
             unit=report.unit.short_name, kind=words.kind(report.kind), reason=report.return_reason)  # fmt: skip


def _with_deadline(result: Submissions) -> list[DueReport]:
    """The reports without those that are never due and were sent all the same."""
    return [report for report in result.reports if report.deadline is not None]


def _deadlines(due: Sequence[DueReport]) -> str:
    """The one day by which all is due, or the day of each kind."""
    days = deadlines_of_all(due)
    if len(set(days.values())) == 1:
        return _("by %(day)s", day=numbers.spoken_day(next(iter(days.values()))))
    said = (
        _("%(kind)s by %(day)s", kind=words.kind(kind), day=numbers.spoken_day(days[kind]))
        for kind in STORED_KINDS
        if kind in days
    )
    return _(", ").join(said)


def deadlines_of_all(due: Sequence[DueReport]) -> dict[str, date]:
    """Kind → the day by which it is due from all; of a unit it may be a later one."""
    days: dict[str, date] = {}
    for report in due:
        if report.deadline is not None:
            days[report.kind] = min(report.deadline, days.get(report.kind, report.deadline))
    return days


def _due(due: Sequence[DueReport]) -> str:
    """Units where each files one workbook, else workbooks."""
    if len({report.kind for report in due}) == 1:
        return _("due from %(n)s units", n=len(due))
    return _("%(n)s workbooks due", n=len(due))
