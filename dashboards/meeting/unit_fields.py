"""What the papers to a unit are made of, whichever they are.

Figures are those published, or else live ones; where any of them is live the paper is a draft. Records are of the day (``unit_records``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboards.meeting.source import Content, day_words, period_words, sender, witness_lines
from dashboards.meeting.tables import AnnexTable, points
from dashboards.meeting.unit_claims import PaperClaim
from dashboards.meeting.unit_losses import PointsLost, losses
from dashboards.results import ranking, ranking_printed, scores, scores_printed
from dashboards.results.names import flag
from dashboards.results.published_copies import copy_for
from dashboards.results.publishing import printed, scheme_text
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import stamp_of
from data.intake.publications import Publication, revisions
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, parse_period
from data.zone.schemes import Scheme, ScoresScheme, parse

LAST_SPEAKER, INTERVIEW = "last-speaker", "interview"
MOST_LOST = 3
"""Parts of a quarter's score, or indicators of a month, that a paper names as those that lost most."""
Row = Mapping[str, Any]


class NoGround(Exception):
    """Nothing calls for the paper: the sentence says so."""


class NotSo(ValueError):
    """A paper that there is not: the sentence says what is wrong with what was asked."""


@dataclass(frozen=True, slots=True)
class UnitPaper:
    """What a paper to a unit is made of.

    ``within``: tables that stand under their captions in the text; ``annexed``: those behind it. ``draft``: what every page says where
    anything is not published; ``witness``: what the paper says of the report that it rests on, ``content``, and of itself (``claim``, None
    where the report is live). ``wording``: of which text it is made, where that is not the paper's own.
    """

    which: str
    title: str
    fields: Mapping[str, Any]
    content: Content
    claim: PaperClaim | None
    witness: Sequence[str]
    day: date
    draft: str | None = None
    within: Sequence[AnnexTable] = field(default=())
    annexed: Sequence[AnnexTable] = field(default=())
    wording: str = ""


def paper_period(which: str, text: str) -> Month | Quarter:
    """The period that a paper is asked for; NotSo where it has none such."""
    try:
        period = parse_period(text)
    except ValueError as error:
        raise NotSo(_("There is no such period: %(value)s", value=text[:40])) from error
    if isinstance(period, Quarter) or (which == INTERVIEW and isinstance(period, Month)):
        return period
    raise NotSo(
        _("The interview sheet is of a month or a quarter, such as 2022-08 or 2022Q2.")
        if which == INTERVIEW
        else _("this report is of a quarter, such as 2022Q2")
    )


def report_of(reading: Reading, period: Period, basis: Publication | None = None) -> Content:
    """The ranking of a month or the scores of a quarter: the latest revision published by the reading's day, as the account takes it along,
    or live; ``basis``: the one that is asked for.
    """
    report = "ranking" if isinstance(period, Month) else "scores"
    bound = reading.zone.calendar.end_of(reading.today)
    every = revisions(reading.connection, reading.zone.code, report, str(period))
    found = [one for one in every if one.at < bound]
    if basis is not None and (basis.report, basis.period) == (report, str(period)):
        found = [basis]
    if found:
        return printed(copy_for(found[-1], reading.scope))
    with speaking(LANGUAGES[0]):
        if isinstance(period, Month):
            return ranking_printed.as_dict(ranking.fetch(reading, period))
        assert isinstance(period, Quarter)
        return scores_printed.as_dict(scores.fetch(reading, period))


def row_of(content: Content, unit: str) -> Row | None:
    """A unit's row in a report."""
    return next((row for group in content["groups"] for row in group["rows"] if row["unit"] == unit), None)


def is_live(content: Content) -> bool:
    """Whether it is no publication."""
    return content["published"] is None


def is_settled(reading: Reading, quarter: Quarter) -> bool:
    """Whether everybody's time to file has passed, so that who is missing may be blamed."""
    bound = reading.zone.calendar.end_of(reading.today)
    return reading.today > reading.zone.last_due_day("self_assessment", quarter, bound)


def head_of(reading: Reading, name: str, period: Period, *, draft: bool) -> dict[str, Any]:
    """The fields that every paper has."""
    zone = reading.zone.name
    return {
        "地区": zone,
        "单位": name,
        "期间": period_words(period),
        "发文机关": sender(zone),
        "成文日期": day_words(reading.today),
        "草稿": draft,
    }


def settled_row(reading: Reading, content: Content, quarter: Quarter, row: Row) -> Row:
    """Before everybody's time to file has passed who has not filed is awaited, and has no place."""
    if not is_live(content) or is_settled(reading, quarter) or "not_reported" not in row["flags"]:
        return row
    return {**row, "rank": None, "flags": ["awaited", *(one for one in row["flags"] if one != "not_reported")]}


def told_of_quarter(reading: Reading, content: Content, quarter: Quarter, told: Row) -> dict[str, Any]:
    """The figures of a unit's row in a quarter's scores."""
    row = settled_row(reading, content, quarter, told)
    parts = {"十条措施": "ten_measures", "执法": "enforcement", "重点任务": "milestones"}
    of = row["components"]
    return {
        "得分": "" if row["score"] is None else points(row["score"]),
        "名次": row["rank"],
        "参评": row["of"],
        "等次": row["grade"] or "",
        "分项": [{"名称": said, "得分": points(of[key])} for said, key in parts.items() if of.get(key) is not None],
        "加分": points(row["bonus"]) if row["bonus"] else "",
        "扣分": points(row["deduction"]) if row["deduction"] else "",
        "否决": row["veto"] or "",
        "标注": [flag(one) for one in row["flags"]],
    }


def losses_of(reading: Reading, content: Content, row: Row) -> list[PointsLost]:
    """All that cost a unit points of a quarter's score, most first."""
    scheme = scheme_of(reading, content)
    assert isinstance(scheme, ScoresScheme)
    return losses(row, scheme)


def scheme_of(reading: Reading, content: Content) -> Scheme:
    """The scheme by which a report was scored."""
    published = content.get("publication")
    return parse(
        published["scheme_text"]
        if published
        else scheme_text(reading.connection, reading.zone.code, content["scheme"]["sha256"])
    )


def witness_of(reading: Reading, content: Content, claim: PaperClaim | None) -> list[str]:
    """What it says, small, on its last page: of the report, and of itself."""
    return [*witness_lines(content, reading.zone.name), *([] if claim is None else [claim.line])]


def stamp(used: Sequence[Content]) -> str | None:
    """What every page says where any figure of it is live."""
    live = [one for one in used if is_live(one)]
    return stamp_of(live[0]) if live else None
