"""Decisions on lists of whom to inspect: the office issues them once a month, draws of them once, and records what re-checks found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from data.intake import issued_lists
from data.intake.deciding import Desk, Taken, deciding, reason_given
from data.intake.decision_checks import Undecidable
from data.language import gettext as _
from data.zone.periods import Month

NUMBER = re.compile(r"[0-9]{1,100}", re.ASCII)
"""By what is drawn: a number as it is announced, with its zeros in front."""


def issue_lists(desk: Desk, month: Month, units: Mapping[str, Any], as_of: str) -> Taken:
    """Freeze the lists of a month: ``units`` has of each unit its ``list`` and the ``cases`` that may be drawn; once."""
    content = {"month": str(month), "as_of": as_of, "units": units}
    told = {"month": str(month), "sha256": issued_lists.fingerprint_of(content), "content": content}
    with deciding(desk) as taking:
        return taking.take(issued_lists.ISSUE, told)


def draw_of_lists(desk: Desk, lists: int, number: str, source: str) -> Taken:
    """Draw of the lists of a line by a number that nobody here controls; once."""
    if not NUMBER.fullmatch(number.strip()):
        raise Undecidable(_("The number has digits alone, up to a hundred."))
    said = reason_given(source, _("Say where the number is from, so that anybody can look it up."))
    with deciding(desk) as taking:
        return taking.take(issued_lists.DRAW, {"list": lists, "number": number.strip(), "source": said})


def record_recheck(desk: Desk, lists: int, line: str, *, accurate: bool, note: str) -> Taken:
    """What the re-check of a line that was drawn found: as the unit had told, or otherwise, and then what."""
    said = note.strip() if accurate else reason_given(note, _("Write down what the re-check found otherwise."))
    told = {"list": lists, "line": line, "unit": line.split(",", maxsplit=1)[0], "accurate": accurate, "note": said}
    with deciding(desk) as taking:
        return taking.take(issued_lists.RECHECK, told)
