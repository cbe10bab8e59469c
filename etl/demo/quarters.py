"""Every quarter the offices mark themselves, and the committee's office marks them: who was late, who was wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from etl.demo import slips
from etl.demo.layouts import reviews, self_assessments
from etl.demo.layouts.reviews import Review, Verdict
from etl.demo.letters import Letter
from etl.demo.marks import QUARTERS, Assessment, assess
from etl.demo.measures import MEASURES
from etl.demo.offices import OFFICES
from etl.demo.sendings import Slip, at, usual_receipt
from etl.demo.workdays import YEAR, month_end

_MONTHS_IN_QUARTER = 3


@dataclass(frozen=True, slots=True)
class UnitQuarter:
    """One unit's quarter, the place where a story happens."""

    unit: str
    quarter: int


@dataclass(frozen=True, slots=True)
class Report:
    """One self-assessment on its way; the corrected one bears a longer name."""

    assessment: Assessment
    received_at: datetime
    story: str = ""
    slips: tuple[Slip, ...] = ()
    addition: str = ""


Tale = Callable[[Report], list[Report]]


def letters() -> list[Letter]:
    """Self-assessments by unit and quarter, then the reviews."""
    assessments = [assess(office, quarter) for office in OFFICES for quarter in QUARTERS]
    reports = [report for assessment in assessments for report in _reports(assessment)]
    return [*map(_letter, reports), *(_review_letter(quarter) for quarter in QUARTERS)]


def _reports(assessment: Assessment) -> list[Report]:
    office, quarter = assessment.office, assessment.quarter
    end = month_end(_MONTHS_IN_QUARTER * quarter)
    usual = Report(assessment, usual_receipt(f"{YEAR}|{office.code}|Q{quarter}|receipt", end))
    return TALES.get(UnitQuarter(office.code, quarter), _plainly)(usual)


def _letter(report: Report) -> Letter:
    assessment = report.assessment
    book = self_assessments.build(assessment, report.received_at.date())
    slips.make(book, report.slips)
    name = self_assessments.file_name(assessment, report.addition)
    return Letter(book, name, report.received_at, assessment.office.code, report.story)


def _plainly(usual: Report) -> list[Report]:
    return [usual]


def _late(usual: Report) -> list[Report]:
    return [replace(usual, received_at=at("2022-07-11 09:48"), story="late")]


def _never(_usual: Report) -> list[Report]:
    return []


def _refused_then_corrected(usual: Report) -> list[Report]:
    """More than the full mark for one measure, half the full mark printed for another; right three days later."""
    claimed_too_much, misprinted = MEASURES[2], MEASURES[9]
    wrong = (Slip(claimed_too_much.name, "自评分", 10.5), Slip(misprinted.name, "分值", 5))
    return [
        replace(usual, received_at=at("2022-04-02 10:26"), story="refused", slips=wrong),
        replace(usual, received_at=at("2022-04-05 14:07"), story="corrected", addition="（修改）"),
    ]


TALES: Mapping[UnitQuarter, Tale] = {
    UnitQuarter("social", 1): _refused_then_corrected,
    UnitQuarter("recycling", 2): _late,
    UnitQuarter("logistics", 3): _never,
}


def _review_letter(quarter: int) -> Letter:
    review, received = _review(quarter), at(_REVIEW_RECEIVED[quarter])
    book = reviews.build_messy(review, received.date()) if quarter == QUARTERS.start else reviews.build(review)
    return Letter(book, _REVIEW_NAMES[quarter], received, story=_REVIEW_STORIES.get(quarter, ""))


def _review(quarter: int) -> Review:
    assessments = [
        replace(assessment, found=assessment.found[:looked_at])
        for assessment in (assess(office, quarter) for office in OFFICES)
        if (looked_at := _LOOKED_AT.get(UnitQuarter(assessment.office.code, quarter), len(MEASURES)))
    ]
    return Review(quarter, tuple(assessments), _VERDICTS[quarter])


# How many measures of a unit had been looked at when the review went out, where it was not all of them.
_LOOKED_AT: Mapping[UnitQuarter, int] = {
    UnitQuarter("tongqiao", 3): 0,
    UnitQuarter("logistics", 3): 0,
    UnitQuarter("economy", 3): 6,
}
_REVIEW_RECEIVED: Mapping[int, str] = {1: "2022-04-14 16:40", 2: "2022-07-13 11:15", 3: "2022-10-07 17:20"}
_REVIEW_NAMES: Mapping[int, str] = {
    1: "双桥经开区2022年第一季度十条措施落实情况评审结果（印发稿）.xlsx",
    2: "2022年第二季度十条措施评审.xlsx",
    3: "2022年第三季度十条措施评审（第一批）.xlsx",
}
_REVIEW_STORIES: Mapping[int, str] = {
    1: "merged units and subtotals",
    2: "a bonus to cut, a confirmed veto",
    3: "two units not reviewed, one in part",
}
_VERDICTS: Mapping[int, tuple[Verdict, ...]] = {
    1: (
        Verdict("longtanzi", bonus=2, reason="双重预防机制建设经验在全区推广"),
        Verdict("construction", deduction=2, reason="两件督办事项逾期未办结"),
    ),
    2: (
        Verdict("manufacturing", bonus=6.5, reason="承办全市工贸行业现场会加4分，两单两卡试点加2.5分"),
        Verdict("tongqiao", deduction=3, reason="安全生产月工作被通报批评"),
        Verdict("recycling", veto=True, reason="园区企业5·12机械伤害事故瞒报，负有直接监管责任"),
    ),
    3: (
        Verdict("shuanglu", bonus=3, reason="三部曲闭环执法做法在全市交流"),
        Verdict("construction", deduction=1.5, reason="6·21物体打击事故调查报告逾期"),
        Verdict("transport", bonus=1, reason="两客一危动态监控全覆盖"),
    ),
}
