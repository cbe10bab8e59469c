"""The decision on a year's work plan: the office adopts a version, with a reason."""

from __future__ import annotations

from data.intake import plan_decisions
from data.intake.deciding import Desk, Taken, deciding, reason_given
from data.language import gettext as _
from data.zone.plan_faults import understood
from data.zone.zone import read_zone


def adopt_plan(desk: Desk, text: str, *, reason: str, seen: int | None = None) -> Taken:
    """What the year's plan is from now on; what was published stays as it was.

    ``seen``: the last version that was looked at (0: there was none); None: the one that there is. PlanFaults where the text
    is no plan; Undecidable without a reason, where another version came since, and where nothing is changed.
    """
    said = reason_given(reason, _("Say why the plan is changed."))
    with deciding(desk) as taking:
        connection = taking.connection
        plan = understood(text, read_zone(connection, desk.zone))
        last = len(plan_decisions.versions(connection, desk.zone, plan.year)) if seen is None else seen
        told = {"year": plan.year, "version": last + 1, "sha256": plan.sha256, "text": text, "reason": said}
        return taking.take(plan_decisions.ADOPT, told)
