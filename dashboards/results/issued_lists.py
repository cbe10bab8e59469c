"""Lists of whom to inspect as they are issued, what was drawn of them, and how accurate what units told was found (METHOD section 5.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.method.next_inspections import ToInspect
from dashboards.method.rates import Share, wilson
from dashboards.results import next_inspections
from dashboards.results.reading import Reading, kept
from data.intake import issued_lists
from data.intake.issued_lists import DrawOfLists, IssuedLists, Recheck, fingerprint_of
from data.zone.periods import Month


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of a unit's lines that were drawn were looked at again, how many were as told, and the interval of the share."""

    checked: int
    accurate: int
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class IssueOfLists:
    """The lists of a month as issued, with what came of them; ``drawn``: unit → the lines of its list, and of its cases."""

    lists: IssuedLists
    draw: DrawOfLists | None
    drawn: Mapping[str, tuple[list[str], list[str]]]
    rechecks: Mapping[str, Recheck]

    @property
    def accuracy(self) -> dict[str, Accuracy]:
        """Unit → its accuracy, of those of whom anything was looked at again."""
        by_unit: dict[str, list[bool]] = {}
        for one in self.rechecks.values():
            by_unit.setdefault(one.unit, []).append(one.accurate)
        return {
            unit: Accuracy(len(found), sum(found), wilson(Share(sum(found), len(found))))
            for unit, found in sorted(by_unit.items())
        }


def fetch(reading: Reading, month: Month) -> IssueOfLists | None:
    """What was issued for a month; None where nothing was."""
    connection, zone = reading.connection, reading.zone.code
    lists = issued_lists.of_month(connection, zone, str(month))
    if lists is None:
        return None
    made = issued_lists.draw_of(connection, zone, lists.entry)
    drawn = {} if made is None else lists.drawn(made.number)
    return IssueOfLists(lists, made, drawn, issued_lists.rechecks_of(connection, zone, lists.entry))


@kept
def accuracies(reading: Reading, month: Month) -> Mapping[str, Accuracy]:
    """Unit → how accurate what it told was found by the re-checks of a month's lists; of whom none was recorded there is none."""
    found = fetch(reading, month)
    return {} if found is None else found.accuracy


def draft(reading: Reading, month: Month) -> tuple[str, dict[str, list[Mapping[str, Any]]]]:
    """As of which day the lists of a month are made, and of each unit its list, as both are kept once they are issued."""
    found = next_inspections.fetch(reading, month)
    lists: dict[str, list[Mapping[str, Any]]] = {
        unit: [_line(one, found.names) for one in of_unit] for unit, of_unit in found.lists.items()
    }
    return found.as_of.isoformat(), lists


def shown(lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The fingerprint of the lists of a draft: of all that is shown of it, which is what the office issues."""
    return fingerprint_of({"units": {unit: {"list": of_unit, "cases": ()} for unit, of_unit in lists.items()}})


def to_issue(reading: Reading, month: Month) -> tuple[str, dict[str, Any]]:
    """The same with what is issued besides: of each unit the cases closed in the month before, of which may be drawn, too."""
    as_of, lists = draft(reading, month)
    day, calendar = date.fromisoformat(as_of), reading.zone.calendar
    closed = next_inspections.closed_cases(reading, calendar.first_day(calendar.month_of(day)), day)
    return as_of, {
        unit: {"list": lists.get(unit, []), "cases": closed.get(unit, [])} for unit in sorted({*lists, *closed})
    }


def _line(one: ToInspect, names: Mapping[str, str]) -> dict[str, Any]:
    """An enterprise on a list, as it is kept."""
    risk, why = one.risk, one.why
    return {
        "credit_code": one.enterprise.credit_code,
        "name": names[one.enterprise.credit_code],
        "sector": one.enterprise.sector,
        "ground": why.ground,
        "since": None if why.since is None else why.since.isoformat(),
        "inspections": risk.inspections,
        "found": risk.found,
        "mean": round(risk.mean, 4),
        "low": round(risk.low, 4),
        "high": round(risk.high, 4),
        "last_on": None if risk.last_on is None else risk.last_on.isoformat(),
        "week": one.week.isoformat(),
        "together_with": list(one.together_with),
    }
