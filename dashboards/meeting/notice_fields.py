"""The fields of the notice to speak last, to a unit or an enterprise that a quarter's scores name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.meeting import enterprise_records as enterprises
from dashboards.meeting import unit_records as records
from dashboards.meeting.source import Content, day_words, period_words
from dashboards.meeting.tables import AnnexTable
from dashboards.meeting.unit_claims import PaperClaim
from dashboards.meeting.unit_fields import (
    LAST_SPEAKER,
    MOST_LOST,
    NoGround,
    NotSo,
    Row,
    UnitPaper,
    head_of,
    is_live,
    is_settled,
    losses_of,
    report_of,
    row_of,
    stamp,
    told_of_quarter,
    witness_of,
)
from dashboards.results.cases import UnclosedCases, fetch_unclosed
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.reading import Reading
from dashboards.results.scores import FACTS, reason_words
from data.intake.publications import Publication
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.normal import compact
from data.zone.periods import Quarter
from data.zone.zone import Unit

NOTICE = (
    "地区", "单位", "企业", "期间", "发文机关", "成文日期", "草稿", "原因", "会议", "数字", "失分", "案件", "事故", "说明", "承诺", "附件",
)  # fmt: skip
"""The fields of the notice to speak last, which there may be nobody to show on."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where; what is not told is left blank, to be filled in."""

    day: date | None = None
    time: str = ""
    place: str = ""


def last_speaker(
    reading: Reading, who: str, quarter: Quarter, meeting: Meeting, basis: Publication | None = None
) -> UnitPaper:
    """The notice to a unit, or to an enterprise by its name, that a quarter's scores name; NoGround where they do not."""
    content = report_of(reading, quarter, basis)
    unit = reading.zone.find_unit(who)
    found = _speaker(reading, content, quarter, who, unit)
    name = unit.name if unit is not None else str(found["enterprise"])
    with speaking(LANGUAGES[0]):
        reason = "；".join(reason_words(key) for key in found["reasons"])
        return _notice(reading, content, quarter, unit, name, reason, meeting)


def _speaker(reading: Reading, content: Content, quarter: Quarter, who: str, unit: Unit | None) -> Row:
    """How a report names who speaks last; before everybody's time to file has passed only for what is a fact already."""
    named = [_as_far_as_settled(reading, content, quarter, one) for one in content["last_speakers"]]
    of_unit = [one for one in named if unit is not None and one.get("unit") == unit.code and one["reasons"]]
    of_enterprise = [one for one in named if compact(one.get("enterprise") or "") == compact(who) and one["reasons"]]
    found = of_unit if unit is not None else of_enterprise
    if found:
        return found[0]
    if unit is None:
        raise NotSo(_("There is no such unit, and no such enterprise speaks last: %(value)s", value=who[:40]))
    raise NoGround(_("%(unit)s is not among those who speak last for %(period)s.", unit=unit.name, period=str(quarter)))


def _as_far_as_settled(reading: Reading, content: Content, quarter: Quarter, one: Row) -> Row:
    if not is_live(content) or is_settled(reading, quarter):
        return one
    return {**one, "reasons": [key for key in one["reasons"] if key in FACTS]}


def _notice(
    reading: Reading, content: Content, quarter: Quarter, unit: Unit | None, name: str, reason: str, meeting: Meeting
) -> UnitPaper:
    row = None if unit is None else row_of(content, unit.code)
    profile = None if unit is not None else _profile_of(reading, name)
    cases, listed = (
        _cases_of_unit(reading, unit, name)
        if unit is not None
        else _cases_of_enterprise(reading, name, profile, quarter)
    )
    promised = [] if profile is None else enterprises.promised(reading, profile, quarter)
    calendar = reading.zone.calendar
    of_year = records.accidents_of(reading, quarter.year, unit=None if unit is None else unit.code, enterprise=name)
    accidents = records.within(of_year, calendar.first_day(quarter), calendar.last_day(quarter))
    quarters = (records.quarter_before(quarter), quarter)
    annexed = [listed] if listed.rows else []
    fields = {
        **head_of(reading, name, quarter, draft=is_live(content)),
        "企业": unit is None,
        "原因": reason,
        "会议": {"日期": "" if meeting.day is None else day_words(meeting.day), "时间": meeting.time, "地点": meeting.place},
        "数字": None if row is None else told_of_quarter(reading, content, quarter, row),
        "失分": [] if row is None else [one.told for one in losses_of(reading, content, row)[:MOST_LOST]],
        "案件": cases,
        "事故": [records.accident_told(one) for one in accidents],
        "承诺": promised if unit is None else records.promised(reading, unit.code, quarter),
        "说明": [] if unit is None else records.said_before(reading, unit.code, quarters),
        "附件": [one.caption for one in annexed],
    }  # fmt: skip
    who = name if unit is None else unit.code
    claim = None if is_live(content) else PaperClaim(
        LAST_SPEAKER, str(quarter), who, reading.today, meeting.day, meeting.time, meeting.place
    )  # fmt: skip
    return UnitPaper(
        LAST_SPEAKER, _("%(unit)s, %(period)s: notice to speak last", unit=name, period=period_words(quarter)), fields,
        content, claim, witness_of(reading, content, claim), reading.today, stamp([content]), annexed=annexed,
    )  # fmt: skip


def _cases_of_unit(reading: Reading, unit: Unit, name: str) -> tuple[dict[str, Any], AnnexTable]:
    """The open cases of a unit: how many, and by number."""
    found = fetch_unclosed(reading, unit.code, records.MOST_CASES)
    return records.cases_told(found), records.cases_table(found, _("%(unit)s: open cases (annex)", unit=name))


def _profile_of(reading: Reading, name: str) -> EnterpriseProfile | None:
    """What is known of an enterprise; None where its name does not tell which one it is."""
    try:
        return enterprises.profile_of(reading, name)
    except enterprises.Ambiguous:
        return None


def _cases_of_enterprise(
    reading: Reading, name: str, profile: EnterpriseProfile | None, quarter: Quarter
) -> tuple[dict[str, Any], AnnexTable]:
    """The same of an enterprise, and what inspections of the year found there; nothing where it is not known which one it is."""
    caption = _("%(unit)s: inspections and cases (annex)", unit=name)
    if profile is None:
        return records.cases_told(UnclosedCases(reading.today)) | {"查明": False}, AnnexTable(caption, (), [])
    listed = enterprises.cases_of(profile, quarter.year)[: records.MOST_CASES]
    return enterprises.cases_told(profile, len(listed)) | {"查明": True}, enterprises.cases_table(listed, caption)
