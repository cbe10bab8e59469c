"""What papers to an enterprise tell of it: its inspections with their cases by number and what became of them, from its profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.meeting.source import day_words
from dashboards.meeting.tables import NOTHING, AnnexColumn, AnnexTable, count
from dashboards.meeting.unit_records import last_promised
from dashboards.results import enterprise_profile, enterprise_search
from dashboards.results.enterprise_inspections import OUTCOMES, InspectedEnterprise
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from data.intake.stationery import promises_of_enterprise
from data.language import gettext as _
from data.rollup.enterprise_names import name_key
from data.zone.periods import Period

Told = dict[str, Any]
_UNCLOSED = ("overdue", "open")
_CASES = (
    AnnexColumn("序号", 0.7), AnnexColumn("检查文书号", 4.6, name=True), AnnexColumn("检查单位", 3.0, name=True), AnnexColumn("检查日期", 2.1),
    AnnexColumn("隐患", 1.0), AnnexColumn("应闭环日", 2.1), AnnexColumn("情况", 2.4, name=True),
)  # fmt: skip


class Ambiguous(ValueError):
    """Several enterprises are called so."""


def profile_of(reading: Reading, who: str) -> EnterpriseProfile | None:
    """The enterprise with this credit code, or of this whole name; None where there is none, Ambiguous where there are several."""
    key = name_key(who)
    found = enterprise_search.fetch(reading, who).found
    same = [one for one in found if key in {one.identity, name_key(one.name), name_key(one.also or "")}]
    if len(same) > 1:
        raise Ambiguous(_("Several enterprises are called so: give the credit code. %(value)s", value=who[:40]))
    return enterprise_profile.fetch(reading, same[0].identity) if same else None


def promised(reading: Reading, profile: EnterpriseProfile, period: Period) -> list[Told]:
    """What it promised at its last interview, over a period before this one, under whatever of its names that was written down."""
    every = promises_of_enterprise(reading.connection, reading.zone.code, known_as(profile))
    return last_promised(reading, every, period, Viewpoint(reading.scope.sees_names(None)))


def known_as(profile: EnterpriseProfile) -> list[str]:
    """Its credit code and its names as compared."""
    names = [profile.name, *(one.name for one in profile.names)]
    return list(dict.fromkeys([profile.identity, *map(name_key, names)]))


def cases_of(profile: EnterpriseProfile, year: int) -> list[InspectedEnterprise]:
    """Its inspections of a year, and those of which what they found is not closed; gravest first, of as grave the latest first."""
    told = [one for one in profile.inspections if one.outcome in _UNCLOSED or one.case.inspected_on.year == year]
    latest = sorted(told, key=lambda one: one.case.inspected_on, reverse=True)
    return sorted(latest, key=lambda one: OUTCOMES.index(one.outcome))


def cases_told(profile: EnterpriseProfile, listed: int) -> Told:
    """How many cases are open, and how many of them past their due day."""
    overdue, unclosed = (
        sum(1 for one in profile.inspections if one.outcome in kinds) for kinds in (("overdue",), _UNCLOSED)
    )
    return {
        "截止日": day_words(profile.as_of), "合计": unclosed, "逾期": overdue, "未到期": unclosed - overdue, "列出": listed,
    }  # fmt: skip


def cases_table(cases: Sequence[InspectedEnterprise], caption: str) -> AnnexTable:
    """Its cases by number, with who inspected when, what was found and what became of it."""
    return AnnexTable(caption, _CASES, [_line(place, one) for place, one in enumerate(cases, 1)])


def _line(place: int, one: InspectedEnterprise) -> list[str]:
    case = one.case
    due = NOTHING if case.due_on is None or not case.hazards else case.due_on.isoformat()
    return [
        count(place), case.number, one.unit.name, case.inspected_on.isoformat(), count(case.hazards), due, _state(one),
    ]  # fmt: skip


def _state(one: InspectedEnterprise) -> str:
    """What became of it, and how many major hazards were found."""
    words = {
        "overdue": _("past its due day (case)"), "open": _("not due yet") if one.case.due_on is not None else _("open (case)"),
        "passed": _("closed (case)"), "no_hazards": _("nothing found (case)"),
    }  # fmt: skip
    major = [_("major hazards: %(n)s (case)", n=one.case.major_hazards)] if one.case.major_hazards else []
    return "；".join([words[one.outcome], *major])
