"""Every figure that a published JSON holds: under which head each form tells it, how it is rounded there, and where it is not told and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

FORMS = ("csv", "xlsx", "sheets", "docx", "pptx", "page", "frozen")
"""CSV; the workbook's sheet of all columns; those beside it; bulletin; deck; 通报与材料; the report's own page as it was published."""
KEPT = frozenset({"csv", "xlsx", "sheets"})
"""Files for programs and spreadsheets keep numbers as they are, in a cell to 15 digits; all else is printed rounded, half up (METHOD)."""
NOTHING = {"csv": {""}, "xlsx": {""}, "pptx": {"—", "未设"}}
"""What stands where there is no figure; elsewhere a dash."""
COUNT, POINTS, SHARE, WHOLE_SHARE, TEXT = Decimal(1), Decimal("0.01"), Decimal("0.001"), Decimal("0.01"), None
"""To what a printed figure is rounded: a share to a tenth of a per cent, what is foreseen to a whole one."""
Heads = Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """A figure of a line: its place in the JSON, what it is rounded to in print, form → its head there.

    ``part``: form → which part of a cell it is, where others stand beside it. ``unless``: form → the figure without which it is not told
    there either.
    """

    at: str
    to: Decimal | None
    heads: Heads
    part: Heads = field(default_factory=dict)
    unless: Heads = field(default_factory=dict)


@dataclass(frozen=True)
class Lines:
    """Lines that are about the same kind of thing: where they are in the JSON, by what each form knows them again, their figures.

    ``shown``: form → which of them it shows; without it all. ``without``: form → why it has nothing of the kind.
    """

    at: Sequence[str]
    name: str
    heads: Mapping[str, Sequence[str]]
    figures: Sequence[Figure]
    shown: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    beside: str = ""
    """A head that their tables have, where others are about the same."""
    without: Heads = field(default_factory=dict)


def _figures(to: Decimal | None, *told: tuple[str, str, str, str, str, str]) -> list[Figure]:
    """Of (place, head in CSV, in the sheet of all columns, in annex and further sheets, in the deck, on the report's own page)."""
    return [
        Figure(at, to, {form: head for form, head in zip(("csv", "xlsx", "sheets", "docx", "pptx", "frozen"), (one, two, three, three, four, five), strict=True) if head})
        for at, one, two, three, four, five in told
    ]  # fmt: skip


_SHARE_OF_CELL = {"frozen": r"([\d.]+%|—)$"}
"""On a page counts stand before it: 2/3 66.7%."""


def _with_part(figures: Sequence[Figure], part: Heads, *, unless: str = "", **heads: str) -> list[Figure]:
    return [
        Figure(one.at, one.to, {**one.heads, **heads}, part, {"frozen": unless} if unless else {}) for one in figures
    ]


def _placed(figures: Sequence[Figure]) -> list[Figure]:
    """Places: where nobody of a group has a score all share the first, and an annex leaves them out."""
    return [replace(one, unless={**one.unless, "docx": "any_scored"}) for one in figures]


_UNIT = {
    "csv": ["name"], "xlsx": ["名称"], "sheets": ["单位"], "docx": ["单位", "图"], "pptx": ["图"], "page": ["单位"], "frozen": ["单位"],
}  # fmt: skip


def _is_compared(row: Any) -> bool:
    return row["rank"] is not None and row["score"] is not None and not row.get("veto")


RANKED = Lines(
    ("groups.*.rows.*",),
    "name",
    _UNIT,
    [
        *_placed(_with_part(_figures(COUNT, ("rank", "rank", "名次", "名次", "", "名次 90%区间")), {"frozen": r"^(\S+)"}, page="名次")),
        *_with_part(_figures(POINTS, ("score", "score", "得分", "得分", "得分", "得分")), {}, page="得分"),
        *_figures(
            COUNT,
            ("of", "of", "参排单位数", "", "", ""),
            ("correction.rank_before", "rank_before", "更正前名次", "", "", ""),
            ("indicators.inspections", "inspections", "检查家次", "检查", "", "检查家次"),
            ("indicators.enterprises", "enterprises", "检查企业数", "", "", ""),
            ("indicators.hazards", "hazards", "隐患数", "隐患", "", ""),
            ("indicators.major_hazards", "major_hazards", "重大隐患", "", "", ""),
            ("indicators.penalties", "penalties", "行政处罚", "处罚", "", "行政处罚"),
            ("indicators.overdue_major", "overdue_major", "逾期重大隐患", "", "", ""),
            ("single_keys.closed_loop_rate", "place_by_closed_loop_rate", "单看三部曲闭环率的名次", "", "", ""),
            ("single_keys.problem_rate", "place_by_problem_rate", "单看问题发现率的名次", "", "", ""),
            ("single_keys.inspections", "place_by_inspections", "单看检查家次的名次", "", "", ""),
            ("to_next.closed_loop_rate.needed", "to_next_cases", "再闭环几件可升", "", "", ""),
            ("to_next.completion.needed", "to_next_inspections", "再检查几家次可升", "", "", ""),
        ),
        *_with_part(_figures(COUNT, ("indicators.problem_inspections", "problem_inspections", "查出问题家次", "有问题", "", "问题发现率")), {"frozen": r"^(\d+)/|^(—)"}, unless="indicators.problem_rate"),
        *_with_part(_figures(COUNT, ("indicators.due_cases", "due_cases", "应闭环", "应闭环", "", "三部曲闭环率")), {"frozen": r"/(\d+)|^(—)"}, unless="indicators.closed_loop_rate"),
        *_with_part(_figures(COUNT, ("indicators.closed_cases", "closed_cases", "已闭环", "已闭环", "", "三部曲闭环率")), {"frozen": r"^(\d+)/|^(—)"}, unless="indicators.closed_loop_rate"),
        *_with_part(_figures(COUNT, ("rank_interval.0", "rank_low", "名次区间上端（90%把握）", "名次区间", "", "名次 90%区间")), {"sheets": r"^(\d+|—)", "docx": r"^(\d+|—)", "frozen": r" (\d+)|^\S+()$"}),
        *_with_part(_figures(COUNT, ("rank_interval.1", "rank_high", "名次区间下端（90%把握）", "名次区间", "", "名次 90%区间")), {"sheets": r"(\d+|—)$", "docx": r"(\d+|—)$", "frozen": r"[ –](\d+)$|^\S+()$"}),
        *_with_part(_figures(COUNT, ("margin", "margin", "与下一名差几件", "", "", "与下一名 差几件")), {"frozen": r"差(\d+)件|^(—)"}),
        *_with_part(_figures(COUNT, ("previous.rank", "", "", "上月名次", "", "上月")), {"frozen": r"第(\d+)名|^(—)$"}),
        *_with_part(_figures(POINTS, ("previous.score", "", "", "", "", "上月")), {"frozen": r"(\S+)$"}),
        *_figures(
            POINTS,
            ("correction.score_before", "score_before", "更正前得分", "", "", ""),
            ("indicators.fines_yuan", "fines_yuan", "罚款", "", "", "罚款"),
        ),
        *_with_part(
            _figures(
                SHARE,
                ("indicators.completion", "completion", "计划完成率", "计划完成率", "", "计划完成率"),
                ("indicators.problem_rate", "problem_rate", "问题发现率", "问题发现率", "", "问题发现率"),
                ("indicators.penalty_rate", "penalty_rate", "处罚率", "", "", "处罚率"),
                ("indicators.closed_loop_rate", "closed_loop_rate", "三部曲闭环率", "闭环率", "", "三部曲闭环率"),
                ("indicators.rectification_rate", "rectification_rate", "隐患整改率", "", "", "隐患整改率"),
            ),
            _SHARE_OF_CELL,
        ),
        *_figures(
            SHARE,
            ("indicators.timeliness", "timeliness", "报送及时", "", "", "报送及时"),
            ("chance.first", "chance_first", "居首的可能", "", "", ""),
            ("chance.last", "chance_last", "居末的可能", "", "", ""),
            ("weights.same", "weights_same", "换权重名次不变的占比", "", "", ""),
            ("weights.within_one", "weights_within_one", "换权重名次相差不过一位的占比", "", "", ""),
            *(
                (f"intervals.{key}.{end}", f"{key}_{name}", f"{said}{'下限' if end == 0 else '上限'}", "", "", "")
                for key, said in (("problem_rate", "问题发现率"), ("penalty_rate", "处罚率"), ("closed_loop_rate", "三部曲闭环率"), ("rectification_rate", "隐患整改率"))
                for end, name in enumerate(("low", "high"))
            ),
        ),
        *_with_part(_figures(TEXT, ("told_apart", "told_apart", "与下一名拉开", "", "", "与下一名 差几件")), {"frozen": r"(\S+)$"}),
        *_with_part(_figures(TEXT, ("flags", "flags", "标记", "备注", "", "单位")), {"frozen": r"^\S+ ?(.*)$"}, page="备注"),
    ],
    {"pptx": _is_compared},
)  # fmt: skip
BY_SECTOR = Lines(
    ("sectors.*",),
    "name",
    {"sheets": ["行业领域"], "docx": ["行业领域"], "pptx": ["行业领域"], "frozen": ["行业领域"]},
    [
        *_figures(
            COUNT,
            ("inspections", "", "", "检查", "检查", "检查家次"),
            ("problem_inspections", "", "", "有问题", "有问题", "查出问题家次"),
            ("hazards", "", "", "隐患", "隐患", "隐患数"),
            ("major_hazards", "", "", "重大隐患", "重大隐患", "重大隐患"),
            ("penalties", "", "", "处罚", "处罚", "行政处罚"),
            ("due_cases", "", "", "应闭环", "", "应闭环"),
            ("closed_cases", "", "", "已闭环", "", "已闭环"),
        ),
        *_figures(
            SHARE,
            ("problem_rate", "", "", "问题发现率", "问题发现率", "问题发现率"),
            ("closed_loop_rate", "", "", "闭环率", "闭环率", "三部曲闭环率"),
        ),
    ],
    {"frozen": lambda row: bool(row["inspections"] or row["due_cases"])},
    without={
        **dict.fromkeys(("csv", "xlsx"), "a line is a unit there; sectors have a sheet of their own"),
        "page": "the short table of 通报与材料 says who stands where",
    },
)
SCORED = Lines(
    ("groups.*.rows.*", "speaking_enterprises.*"),
    "name",
    _UNIT,
    [
        *_placed(_with_part(_figures(COUNT, ("rank", "rank", "名次", "名次", "", "名次")), {}, page="名次")),
        *_with_part(_figures(POINTS, ("score", "score", "得分", "得分", "得分", "得分")), {}, page="得分"),
        *_with_part(_figures(TEXT, ("grade", "grade", "等次", "等次", "", "等次")), {}, page="等次"),
        *_figures(COUNT, ("of", "of", "参排单位数", "", "", "")),
        *_figures(
            POINTS,
            ("components.ten_measures", "ten_measures", "十条措施", "十条措施", "", "十条措施"),
            ("components.enforcement", "enforcement", "月度执法", "执法", "", "月度执法"),
            ("components.milestones", "milestones", "节点任务", "重点任务", "", "节点任务"),
            ("bonus", "bonus", "加分", "加分", "", "加分"),
            ("deduction", "deduction", "扣分", "扣分", "", "扣分"),
        ),
        *(
            Figure(f"measures.{number}.score", POINTS, {"csv": f"measure_{number}", "xlsx": f"措施{number}得分", "sheets": f"{number}."}, unless={"sheets": "components.ten_measures"})
            for number in range(1, 11)
        ),
        *_figures(TEXT, ("speaks_last", "speaks_last", "末位发言缘由", "", "", "")),
        *_with_part(_figures(TEXT, ("veto", "veto", "一票否决", "", "", "一票否决")), {}),
        *_with_part(_figures(TEXT, ("flags", "flags", "标记", "备注", "", "单位")), {"frozen": r"^\S+ ?(.*)$"}, page="备注"),
    ],
    {"pptx": _is_compared, **dict.fromkeys(("sheets", "docx", "page", "frozen"), lambda row: "unit" in row)},
)  # fmt: skip


def _is_told(row: Any) -> bool:
    return row["cap"] is not None or bool(row["deaths"] or row["last_year_deaths"])


_OF_TARGETS = ("zone", "units.*", "sectors.*")
TARGETS = Lines(
    _OF_TARGETS,
    "name",
    {
        "csv": ["name"], "xlsx": ["名称"], "sheets": ["单位或行业领域"], "docx": ["单位或行业领域"], "pptx": ["单位或行业领域"],
        "page": ["单位或行业领域"], "frozen": ["单位", "行业领域"],
    },
    [
        *_with_part(_figures(COUNT, ("deaths", "deaths", "死亡", "死亡人数", "死亡人数", "死亡")), {}, page="死亡"),
        *_with_part(_figures(COUNT, ("cap", "cap", "全年指标", "全年控制数", "控制数", "全年指标")), {}, page="全年指标"),
        *_figures(
            COUNT,
            ("fatal_accidents", "fatal_accidents", "亡人事故", "亡人事故起数", "", "亡人事故"),
            ("remaining", "remaining", "距控制数", "距控制数", "距控制数", "距指标"),
            ("days_since_fatal", "days_since_fatal", "距上次亡人事故", "", "", ""),
            ("last_year_deaths", "last_year_deaths", "上年同期死亡", "去年同期死亡人数", "去年同期", "上年同期"),
            ("year_end.median", "year_end_median", "", "", "", ""),
            ("year_end.low", "year_end_low", "", "", "", ""),
            ("year_end.high", "year_end_high", "", "", "", ""),
        ),
        *_figures(
            SHARE,
            ("progress", "progress", "指标使用率", "", "", "指标已用比例"),
            ("elapsed", "elapsed", "全年时间进度", "", "", ""),
        ),
        *_figures(POINTS, ("pace", "pace", "按进度的指标", "", "", "进度目标")),
        *_figures(WHOLE_SHARE, ("breach_probability", "breach_probability", "", "", "", "超过指标的概率")),
        *_with_part(_figures(TEXT, ("light", "light", "预警灯", "", "", "灯号")), {"frozen": r"(\S+)$"}, page="指标灯"),
    ],
    {
        "sheets": _is_told, "docx": _is_told, "frozen": _is_told,
        "pptx": lambda row: bool(row["deaths"]) and not row.get("whole"),
        "page": lambda row: bool(row["deaths"]) or row["cap"] is not None,
    },
)  # fmt: skip
ACCIDENTS = Lines(
    ("accidents.*",),
    "number",
    {"sheets": ["编号"], "docx": ["编号"]},
    [
        *_figures(TEXT, ("date", "", "", "日期", "", ""), ("type", "", "", "类型", "", ""), ("class", "", "", "等级", "", ""),
                  ("counted", "", "", "计入指标", "", ""), ("closed", "", "", "结案", "", "")),
        *_figures(COUNT, ("deaths", "", "", "死亡", "", ""), ("serious_injuries", "", "", "重伤", "", "")),
    ],
    without={
        **dict.fromkeys(("csv", "xlsx"), "a line is the zone, a unit or a sector there; accidents have a sheet of their own"),
        **dict.fromkeys(("page", "frozen"), "accidents are followed to their close on the live page; as published stand the sums"),
        "pptx": "accidents stand there by their day, and are compared as such",
    },
)  # fmt: skip
_BY_NUMBER = dict.fromkeys(
    ("csv", "xlsx", "sheets", "docx", "page", "frozen"), "there accidents stand by their numbers, if at all"
)
ON_SLIDES = Lines(
    ("accidents.*",),
    "date",
    {"pptx": ["日期"]},
    [
        Figure("deaths", COUNT, {"pptx": "死亡人数"}),
        Figure("type", TEXT, {"pptx": "事故类型"}),
        Figure("class", TEXT, {"pptx": "等级"}),
    ],
    {"pptx": lambda row: bool(row["counted"] and (row["deaths"] or row["class"] != "一般"))},
    without=_BY_NUMBER,
)
LARGER_ON_A_SLIDE = Lines(
    ("accidents.*",),
    "date",
    {"pptx": ["日期"]},
    [Figure("serious_injuries", COUNT, {"pptx": "重伤人数"}), Figure("closed", TEXT, {"pptx": "结案"})],
    {"pptx": lambda row: bool(row["counted"] and row["class"] != "一般")},
    beside="重伤人数",
    without=_BY_NUMBER,
)
REPORTS: Mapping[str, Sequence[Lines]] = {
    "ranking": (RANKED, BY_SECTOR),
    "scores": (SCORED,),
    "casualties": (TARGETS, ACCIDENTS, ON_SLIDES, LARGER_ON_A_SLIDE),
}


@dataclass(frozen=True)
class Absent:
    """Figures of a line that forms do not tell: their places, of which ``*`` is any part; and why not."""

    lines: Lines
    forms: Sequence[str]
    figures: str
    why: str


_SHORT = "the short table of 通报与材料 says who stands where; the report's own page has the rest"
_BARS = "a deck shows scores as bars, in the order of the places; who is in what state stands there as lists, and only of who is compared"
_PAGE = "an annex has the columns that fit on a sheet of paper; the workbook's sheet of all columns has the rest"
_SURENESS = "how sure a place is stands on the live page with its pictures; as published the table has the places between which it lies"
ABSENT = (
    Absent(RANKED, ("page",), "of correction.* indicators.* rank_interval.* chance.* weights.* single_keys.* intervals.* to_next.* told_apart margin previous.*", _SHORT),
    Absent(RANKED, ("pptx",), "rank of correction.* indicators.* rank_interval.* chance.* weights.* single_keys.* intervals.* to_next.* told_apart margin previous.* flags", _BARS),
    Absent(RANKED, ("sheets", "docx"), "of correction.* indicators.enterprises indicators.major_hazards indicators.overdue_major indicators.fines_yuan indicators.penalty_rate "
           "indicators.rectification_rate indicators.timeliness chance.* weights.* single_keys.* intervals.* to_next.* told_apart margin previous.score", _PAGE),
    Absent(RANKED, ("csv", "xlsx"), "previous.*", "the month before has a publication of its own, with all columns"),
    Absent(RANKED, ("frozen",), "of chance.* weights.* single_keys.* intervals.* to_next.*", _SURENESS),
    Absent(RANKED, ("frozen",), "correction.* indicators.enterprises indicators.hazards indicators.major_hazards indicators.overdue_major",
           "the table has what is scored, and what it is made of"),
    Absent(BY_SECTOR, ("pptx",), "due_cases closed_cases", "a slide is not as wide; the share of them is told"),
    Absent(SCORED, ("page",), "of components.* bonus deduction measures.* veto", _SHORT),
    Absent(SCORED, ("pptx",), "rank grade of components.* bonus deduction measures.* veto flags", _BARS),
    Absent(SCORED, ("sheets", "docx"), "of", _PAGE),
    Absent(SCORED, ("sheets", "docx", "page", "frozen", "pptx"), "speaks_last", "who speaks last is a list there, by reason"),
    Absent(SCORED, ("docx",), "measures.*", "the mean of each measure is told; marks one by one stand in the workbook"),
    Absent(SCORED, ("docx",), "veto", "its reason stands among the remarks, and is compared there"),
    Absent(SCORED, ("sheets",), "veto", "its reason has a column only in groups with one; it is compared in the sheet of all columns"),
    Absent(SCORED, ("frozen",), "of measures.*", "marks one by one stand on the live page"),
    Absent(TARGETS, ("page",), "fatal_accidents remaining days_since_fatal last_year_deaths year_end.* progress elapsed pace breach_probability", _SHORT),
    Absent(TARGETS, ("pptx",), "fatal_accidents days_since_fatal year_end.* progress elapsed pace breach_probability light",
           "a slide has the figures that the meeting speaks about"),
    Absent(TARGETS, ("sheets", "docx"), "days_since_fatal year_end.* progress elapsed pace breach_probability light", _PAGE),
    Absent(TARGETS, ("xlsx",), "year_end.* breach_probability", "a workbook tells what is foreseen only where the office opted in to it"),
    Absent(TARGETS, ("frozen",), "days_since_fatal year_end.* elapsed", "they move from day to day and stand on the live page"),
)  # fmt: skip
_ITSELF = ("published", "publication.journal.line")
IN_WORDS = {
    "ranking": _ITSELF,
    "scores": (*_ITSELF, "groups.*.rows.*.measures.*.full"),
    "casualties": (*_ITSELF, "accidents.*.missing"),
}
"""Report → numbers that stand in sentences or within a head, where they are compared."""
_ACCOUNT = {
    "publication.account.*": "of a month how many workbooks and rows stand behind it is said, and compared, as 依据; the account tells all else",
}  # fmt: skip
NOWHERE: Mapping[str, Mapping[str, str]] = {
    "ranking": {
        **_ACCOUNT,
        "groups.*.reliability.*": "how much a group's order bears is said in words: 名次仅供参考",
        "groups.*.rows.*.basis": "it is told as the flag 依据不足",
        "groups.*.rows.*.points.*": "they follow from indicator, weight and target; what most were lost by is named without a number",
        "groups.*.rows.*.deductions.*": "they follow from flags and rule; the score has them",
        "groups.*.rows.*.to_next.*.score": "what would have lifted a unit is told as the number of cases or inspections",
        "groups.*.rows.*.to_next.*.rank": "likewise",
    },
    "scores": {
        **_ACCOUNT,
        "groups.*.rows.*.measures.*.number": "it is part of the heads",
        "groups.*.rows.*.measures.*.self": "what counts is told; own mark and review stand on the live page and in the unit's own papers",
        "groups.*.rows.*.measures.*.review": "likewise",
        "groups.*.rows.*.bonus_cut": "the bonus that counts is told",
    },
    "casualties": {**_ACCOUNT, "accidents.*.loss_yuan": "the class is told, which follows from it"},
}
"""Report → numbers of its JSON that no form tells as such, and why; all others are compared."""
