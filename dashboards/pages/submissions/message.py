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
    found = Counter(report.status for report in result.reports)
    counts = {
        "on_time": _("in time %(n)s", n=found["on_time"]),
        "late": _("late %(n)s", n=found["late"]),
        "missing": _("missing %(n)s", n=found["missing"]),
        "awaited": _("still awaited %(n)s", n=found["awaited"]),
        "rejected": _("refused %(n)s", n=found["rejected"]),
        "returned": _("returned %(n)s", n=found["returned"]),
    }
    shown = _(", ").join(counts[status] for status in counts if found[status])  # type: ignore[index]  # the same words
    deadline = numbers.spoken_day(max(report.deadline for report in result.reports))
    return _("%(period)s: %(n)s reports due (by %(day)s): %(counts)s.", period=period, n=len(result.reports),
             counts=shown, day=deadline)  # fmt: skip
