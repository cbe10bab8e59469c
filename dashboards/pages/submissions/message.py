"""How many were due, in time, late, missing, refused: the page's main message."""

from __future__ import annotations

from collections import Counter

from dashboards.components import numbers
from dashboards.results.submissions import Submissions
from data.language import gettext as _


def main_message(result: Submissions) -> str:
    """One sentence with the counts; states that no report is in are left out."""
    period = numbers.period(result.period)
    if not result.reports:
        return _("%(period)s: no report falls due.", period=period)
    found = Counter[str](report.status for report in result.reports)
    counts = {
        "on_time": _("in time %(n)s", n=found["on_time"]),
        "late": _("late %(n)s", n=found["late"]),
        "missing": _("missing %(n)s", n=found["missing"]),
        "awaited": _("still awaited %(n)s", n=found["awaited"]),
        "rejected": _("refused %(n)s", n=found["rejected"]),
        "returned": _("returned %(n)s", n=found["returned"]),
    }
    shown = _(", ").join(words for status, words in counts.items() if found.get(status))
    deadline = numbers.spoken_day(max(report.deadline for report in result.reports))
    return _(
        "%(period)s: %(due)s (by %(day)s): %(counts)s.", period=period, due=_due(result), counts=shown, day=deadline
    )


def _due(result: Submissions) -> str:
    """Units where each files one workbook, else workbooks."""
    if len({report.kind for report in result.reports}) == 1:
        return _("due from %(n)s units", n=len(result.reports))
    return _("%(n)s workbooks due", n=len(result.reports))
