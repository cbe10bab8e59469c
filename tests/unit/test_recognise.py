"""Which kind, unit and period a workbook is, and what is said where its sources disagree (CONTRACT section 1)."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data import language
from data.intake.inbox import Choice
from data.zone.periods import Calendar, Month, Period, Quarter, Year
from data.zone.zone import Deadline, Unit, Zone
from etl.checking.recognise import Recognised, recognise
from etl.kinds.enforcement import LEDGER
from etl.kinds.targets import CAPS, PLANS
from etl.reading.workbook import Sheet, Workbook
from etl.table.headings.labels import understand_period
from etl.table.messages import message_of, sentence

UNITS = (
    Unit("longtanzi", "龙滩子街道办事处", "龙滩子街道", "town", True, False, True, None, None),
    Unit("shuanglu", "双路街道办事处", "双路街道", "town", True, False, True, None, None),
    Unit("emergency", "应急管理局", "应急局", "department", True, True, False, None, None),
)
ZONE = Zone(
    code="z", name="双桥经开区", calendar=Calendar(ZoneInfo("Asia/Shanghai")), units=UNITS,
    unit_names={name: unit.code for unit in UNITS for name in (unit.code, unit.name, unit.short_name)},
    sectors={}, sector_names={}, settling_days={}, accident_types={},
    deadlines=(
        Deadline("enforcement", "all", "month", "always", None, 5), Deadline("targets", "office", "year", "always", 1, 31),
    ),
)  # fmt: skip
LEDGER_HEADER = [column.title for column in LEDGER.columns]
NOTHING = Choice()
FIRST_OF_MAY = datetime.combine(date(2022, 5, 1), time())
META = {"kind": "enforcement", "unit": "longtanzi", "period": "2022-05"}


def sheet(name: str, *rows: list[Any]) -> Sheet:
    """A sheet of these rows, as wide as the widest."""
    width = max((len(row) for row in rows), default=0)
    return Sheet.of(name, [[*row, *[""] * (width - len(row))] for row in rows])


def ledger(*above: list[Any], name: str = "执法检查台账") -> Sheet:
    """A ledger without rows, with these rows above its header."""
    return sheet(name, *above, LEDGER_HEADER)


def meta(**said: Any) -> Sheet:
    """The hidden sheet of our templates."""
    return sheet("_meta", *([key, value] for key, value in said.items()))


TARGETS = (
    sheet("亡人指标", [column.title for column in CAPS.columns]),
    sheet("检查计划", [column.title for column in PLANS.columns if column.key != "monthly"]),
)


def told(*sheets: Sheet, choice: Choice = NOTHING) -> Recognised:
    """What a workbook of these sheets is."""
    return recognise(Workbook(list(sheets)), choice, ZONE)


def identity(one: Recognised) -> tuple[str | None, str | None, str | None]:
    """Kind, unit and period as codes."""
    return one.kind and one.kind.code, one.unit and one.unit.code, one.period and str(one.period)


def codes(one: Recognised) -> list[str]:
    """The codes of what was found wrong."""
    return [problem.code for problem in one.problems]


MAY = ("enforcement", "longtanzi", "2022-05")
LABELS = ["填报单位：龙滩子街道办事处（盖章）", "", "填报月份：2022年5月"]


@pytest.mark.parametrize(
    ("sheets", "choice"),
    [
        ([ledger()], Choice("enforcement", "longtanzi", "2022-05")),
        ([ledger()], Choice(None, "龙滩子街道", "2022-05")),
        ([meta(**META), ledger(name="Sheet1")], NOTHING),
        ([ledger(LABELS)], NOTHING),
        ([ledger(LABELS, name=" 执法检查 台账 ")], NOTHING),
        ([ledger(LABELS, name="Sheet1")], NOTHING),
        (
            [
                sheet("说明", ["请于每月5日前报送"]),
                sheet("通讯录", ["姓名", "电话"], ["张三", "138"]),
                ledger(LABELS, name="5月"),
            ],
            NOTHING,
        ),
        ([ledger(LABELS), meta(**META)], Choice("enforcement", "龙滩子街道办事处", "2022-05")),
    ],
    ids=[
        "choice",
        "choice-and-sheet",
        "meta",
        "labels",
        "sheet-name-with-blanks",
        "header",
        "among-others",
        "all-agree",
    ],
)
def test_every_source_tells(sheets: list[Sheet], choice: Choice) -> None:
    """The sender's choice, our template's ``_meta``, labels, the sheet's name and the header: each is enough, and all may agree."""
    one = told(*sheets, choice=choice)
    assert (identity(one), codes(one)) == (MAY, [])


@pytest.mark.parametrize(
    "rows",
    [
        [["填报单位：龙滩子街道办事处"], ["填报月份：2022年5月"]],
        [["填报单位:龙滩子街道", "", "填报月份:2022-05"]],
        [["填报单位", "龙滩子街道办事处", "填报月份", "2022年5月"]],
        [["填报单位：", "龙滩子街道（盖章）", "", "填报月份：", "", "2022年5月"]],
        [["填报单位（盖章）：龙滩子街道办事处", "填报月份：2022年5月份"]],
        [["填报单位：龙滩子街道（公章）　　　填报月份：２０２２年５月　　　填报时间：2022年6月2日"]],
        [["填 报 单 位 ： 龙滩子街道办事处", "填报月份：2022年05月"]],
        [["填报单位：龙滩子街道办事处", "填报月份：", FIRST_OF_MAY]],
        [["填报单位：龙滩子街道____", "填报月份：2022.5"]],
        [
            ["执法检查台账"],
            ["填报时间：2022-06-02", "填报单位：longtanzi"],
            ["填表人：双路街道", "填报月份：2022年5月"],
        ],
    ],
)
def test_labels_as_offices_write_them(rows: list[list[Any]]) -> None:
    """A label with its value in the same cell or the next, several in one cell, with the stamp's words; 填报时间 tells no period."""
    one = told(ledger(*rows))
    assert (identity(one), codes(one)) == (MAY, [])


def test_unit_of_measure_is_no_unit() -> None:
    """单位：元 above a table is a unit of measure and contradicts nobody."""
    assert identity(told(ledger([*LABELS, "单位：元"]))) == MAY


@pytest.mark.parametrize(
    ("written", "period"),
    [
        *((written, Month(2022, 5)) for written in ("2022-05", "2022年5月", "2022年05月", "2022年5月份", "２０２２年５月", "2022.5", "2022/05")),
        *((written, Quarter(2022, 2)) for written in ("2022Q2", "2022年第2季度", "2022年第二季度", "2022年二季度", "2022年2季度")),
        *((written, Year(2022)) for written in ("2022", "2022年", "2022年度", "２０２２年")),
        *((written, None) for written in ("5月", "2022年13月", "2022年5季度", "上半年", "2022年0月", "")),
    ],
)  # fmt: skip
def test_periods_in_every_writing(written: str, period: Period | None) -> None:
    """A month, quarter or year in each of its writings; what is none of them is not guessed."""
    assert understand_period(written) == period


@pytest.mark.parametrize(
    ("sheets", "choice", "rule"),
    [
        ([ledger(["填报单位：双路街道", "填报月份：2022年5月"])], Choice(None, "longtanzi", None), "two_units"),
        ([ledger(LABELS), meta(unit="shuanglu")], NOTHING, "two_units"),
        ([ledger(), meta(**META)], Choice(None, "双路街道", None), "two_units"),
        ([ledger(LABELS)], Choice(None, None, "2022-06"), "two_periods"),
        ([ledger(LABELS), meta(period="2022-06")], NOTHING, "two_periods"),
        ([ledger(), meta(**META)], Choice(None, None, "2022-04"), "two_periods"),
        ([ledger(LABELS)], Choice("targets", None, None), "two_kinds"),
        ([ledger(LABELS), meta(kind="targets")], NOTHING, "two_kinds"),
        ([ledger(name="Sheet1"), meta(**META)], Choice("targets", None, None), "two_kinds"),
        ([ledger(LABELS), *TARGETS], NOTHING, "two_kinds"),
    ],
)
def test_sources_that_disagree(sheets: list[Sheet], choice: Choice, rule: str) -> None:
    """Where choice, ``_meta``, labels or the sheet's name disagree on unit, period or kind, that is a conflict and no guess."""
    one = told(*sheets, choice=choice)
    assert [(problem.code, problem.parameters["rule"]) for problem in one.problems if problem.code == "conflict"] == [
        ("conflict", rule)
    ]
    assert one.refused


def test_a_conflict_that_is_kept_is_told_in_the_language_of_whoever_reads_it() -> None:
    """Found in Chinese, kept as JSON, read in English: places too; only what the workbook itself says stays as it is."""
    problem = next(
        one for one in told(ledger(LABELS), choice=Choice(None, None, "2022-06")).problems if one.code == "conflict"
    )
    message, parameters = message_of(problem)
    kept = json.loads(json.dumps(parameters))
    assert language.told(message, kept) == sentence(problem)
    language.speak("en")
    assert language.told(message, kept) == (
        "Different periods are named: “2022-06” (chosen when sending); “2022年5月” (执法检查台账 C1). "
        "Keep the right one, also in the form's choice."
    )


@pytest.mark.parametrize("choice", [Choice(None, "longtanzi", None), NOTHING])
def test_label_of_a_stranger(choice: Choice) -> None:
    """A workbook that names a unit which is none of the zone's is not taken for the one that was chosen or that ``_meta`` names."""
    sheets = [ledger(["填报单位：大足区应急管理局", "填报月份：2022年5月"])] + (
        [] if choice.unit else [meta(unit="longtanzi")]
    )
    one = told(*sheets, choice=choice)
    assert one.refused
    assert set(codes(one)) <= {"conflict", "unknown_unit"}


@pytest.mark.parametrize(
    ("sheets", "choice", "expected"),
    [
        ([sheet("说明", ["请按月填报"])], Choice(None, "longtanzi", "2022-05"), "unknown_kind"),
        ([sheet("说明", ["请按月填报"])], Choice("nonsense", "longtanzi", "2022-05"), "unknown_kind"),
        ([ledger(["填报月份：2022年5月"])], NOTHING, "unknown_unit"),
        ([ledger(["填报单位：某某街道", "填报月份：2022年5月"])], NOTHING, "unknown_unit"),
        ([ledger()], Choice(None, "某某街道", "2022-05"), "unknown_unit"),
        ([ledger(["填报单位：龙滩子街道"])], NOTHING, "unknown_period"),
        ([ledger(["填报单位：龙滩子街道", "填报时间：2022年5月3日"])], NOTHING, "unknown_period"),
        ([ledger(["填报单位：龙滩子街道", "填报月份：五月"])], NOTHING, "unknown_period"),
        ([ledger(["填报单位：龙滩子街道", "填报年度：2022年"])], NOTHING, "unknown_period"),
        ([ledger()], Choice(None, "longtanzi", "2022Q2"), "unknown_period"),
        ([*TARGETS], Choice(None, "longtanzi", "2022"), "not_allowed"),
        ([*TARGETS[:1]], Choice(None, "emergency", "2022"), "missing_sheet"),
        ([meta(**META), sheet("Sheet1")], NOTHING, "missing_sheet"),
    ],
)  # fmt: skip
def test_what_cannot_be_told(sheets: list[Sheet], choice: Choice, expected: str) -> None:
    """What cannot be told, may not be sent, or lacks a sheet is refused for just that."""
    assert codes(told(*sheets, choice=choice)) == [expected]


def test_everything_that_cannot_be_told_is_said_at_once() -> None:
    """A ledger that names neither unit nor period and lacks two columns gets all four problems in one answer."""
    one = told(sheet("执法检查台账", [title for title in LEDGER_HEADER if title not in {"检查日期", "行业领域"}]))
    assert [(problem.code, problem.column) for problem in one.problems] == [
        ("unknown_unit", None), ("unknown_period", None), ("missing_column", "检查日期"), ("missing_column", "行业领域"),
    ]  # fmt: skip


def test_targets_are_recognised() -> None:
    """The office's targets are known by their two sheets, in any order, and by a year's label."""
    caps, plans = TARGETS
    labelled = sheet("亡人指标", ["填报单位：应急局", "填报年度：2022年"], caps.rows(1)[0])
    assert identity(told(plans, labelled)) == ("targets", "emergency", "2022")


def test_tables_are_found_where_they_stand() -> None:
    """Each table is found on its sheet, whatever the sheets are called, and a sheet holds one table."""
    second = sheet(
        "复查", ["检查文书号", "复查日期", "复查结论", "已整改隐患数", "是否处罚", "处罚决定书号", "罚款金额(元)"]
    )
    one = told(second, ledger(LABELS, name="5月"), sheet("汇总表", ["指标", "数值"]))
    assert {key: found.sheet.name for key, found in one.found.items()} == {
        "ledger": "5月",
        "follow_ups": "复查",
        "summary": "汇总表",
    }


def test_label_of_a_period_may_be_a_day_of_it() -> None:
    """A period that a spreadsheet made a date of is that date's month."""
    assert identity(told(ledger(["填报单位：龙滩子街道", "填报月份：", date(2022, 5, 31)]))) == MAY
    assert identity(told(meta(kind="enforcement", unit="longtanzi", period=FIRST_OF_MAY), ledger(name="Sheet1"))) == MAY


# Columns that were matched by hand


def without(*titles: str, **instead: str) -> Sheet:
    """A labelled ledger with one row whose header lacks some columns, or calls them otherwise."""
    header = [instead.get(title, title) for title in LEDGER_HEADER if title not in titles]
    return sheet("执法检查台账", LABELS, header, [f"{title}之值" for title in header])


def remembering(tables: dict[str, dict[str, str]], *sheets: Sheet, choice: Choice = NOTHING) -> Recognised:
    """What a workbook is to a program that remembers these headers of 龙滩子街道's ledgers, and of nobody else's."""

    def remembered(unit: str, kind: str) -> dict[str, dict[str, str]]:
        return tables if (unit, kind) == ("longtanzi", "enforcement") else {}

    return recognise(Workbook(list(sheets)), choice, ZONE, remembered)


def test_near_header_is_asked_about_where_a_column_is_missing() -> None:
    """检察日期 for 检查日期: the workbook is refused, and the problem names the header and its cell, instead of the column."""
    (problem,) = told(without(检查日期="检察\n日期", 备注="检查日其")).problems
    assert (problem.code, problem.column, problem.cell, problem.value) == ("near_header", "检查日期", "B2", "检察 日期")
    (problem,) = told(without("检查日期")).problems
    assert (problem.code, problem.column) == ("missing_column", "检查日期")
    (problem,) = told(without(检查人员="检察人员")).problems
    assert (problem.code, problem.column, problem.value) == ("near_header", "检查人员", "检察人员")


def test_header_matched_by_hand_is_the_column_from_then_on() -> None:
    """A remembered header is found as its column, though it is like none of its names; also when the unit is told by a label."""
    book = without(检查日期="查的那天", 是否处罚="罚没罚")
    assert codes(told(book)) == ["missing_column", "missing_column"]
    one = remembering({"ledger": {"查的那天": "inspected_on", "罚没罚": "penalised"}}, book)
    assert (identity(one), codes(one)) == (MAY, [])
    assert (one.found["ledger"].columns["inspected_on"], one.found["ledger"].unknown) == (1, [])
    one = remembering({"ledger": {"查的那天": "inspected_on"}}, book)
    assert [(problem.code, problem.column) for problem in one.problems] == [("missing_column", "是否处罚")]


def test_what_is_remembered_overrides_nothing() -> None:
    """A header that the kind knows stays what it is, and a column that stands there under its own name stays that one."""
    (ledger_of_may,) = [without(备注="另一天")]
    one = remembering(
        {"ledger": {"另一天": "inspected_on", "检查日期": "remark", "复查日期": "inspected_on"}}, ledger_of_may
    )
    columns = one.found["ledger"].columns
    assert (columns["inspected_on"], columns["reinspected_on"], "remark" in columns) == (1, 17, False)
    assert one.found["ledger"].unknown == [(19, "另一天")]


@pytest.mark.parametrize(
    "tables", [{"ledger": {"查的那天": "no such column"}}, {"no such table": {"查的那天": "inspected_on"}}]
)
def test_what_is_remembered_of_an_older_form_is_passed_over(tables: dict[str, dict[str, str]]) -> None:
    """A column or table that the kind no longer has does no harm."""
    assert codes(remembering(tables, without(检查日期="查的那天"))) == ["missing_column"]


def test_what_one_unit_means_holds_for_no_other() -> None:
    """The same header in another unit's ledger is not matched."""
    book = without(检查日期="查的那天")
    rows = book.rows()
    rows[0] = ["填报单位：双路街道", "", "填报月份：2022年5月", *[""] * (len(rows[0]) - 3)]
    book = Sheet.of(book.name, rows)
    assert codes(remembering({"ledger": {"查的那天": "inspected_on"}}, book)) == ["missing_column"]


# Two sheets that are one table


def filled(name: str, rows: int = 1, **instead: str) -> Sheet:
    """A ledger sheet with so many rows."""
    header = [instead.get(title, title) for title in LEDGER_HEADER]
    return sheet(name, header, *[[f"{title}之值" for title in header]] * rows)


CHOSEN = Choice("enforcement", "longtanzi", "2022-05")


@pytest.mark.parametrize(
    "sheets",
    [
        [filled("上半月"), filled("下半月")],
        [filled("执法检查台账"), filled("下半月")],
        [filled("下半月"), filled("执法检查台账")],
        [filled("执法检查台账"), filled("执法台账", 检查日期="日子")],
        [filled("上半月"), filled("下半月", 检查日期="检察日期")],
        [filled("五月"), sheet("企业名单", ["企业名称", "行业领域", "属地"], ["甲", "工贸", "龙滩子"])],
        [filled("五月"), sheet("问题清单", ["检查日期", "被检查单位", "隐患数", "责任人"], ["5月3日", "甲", 2, "乙"])],
    ],
)  # fmt: skip
def test_two_ledgers_with_rows_are_not_chosen_between(sheets: list[Sheet]) -> None:
    """Two sheets with rows that are both the ledger: refused, naming both, for the rows of one would be lost in silence."""
    one = told(*sheets, choice=CHOSEN)
    (problem,) = [problem for problem in one.problems if problem.code == "conflict"]
    assert problem.parameters["rule"] == "two_sheets"
    assert all(f"“{one.name}”" in str(problem.parameters["values"]) for one in sheets)
    assert [*one.found] == ["ledger"]


@pytest.mark.parametrize(
    "sheets",
    [
        [filled("执法检查台账"), filled("空白表", 0)],
        [filled("空白表", 0), filled("五月")],
        [filled("执法检查台账", 0), filled("五月")],
        [filled("五月"), sheet("企业名单", ["企业名称", "法定代表人", "属地"], ["甲", "乙", "龙滩子"])],
        [filled("五月"), sheet("通讯录", ["姓名", "电话"], ["张三", "138"])],
    ],
)
def test_sheet_that_is_no_second_ledger_is_passed_over(sheets: list[Sheet]) -> None:
    """An empty copy of the form or a list that only resembles the ledger is no conflict, and the sheet with rows is taken."""
    one = told(*sheets, choice=CHOSEN)
    assert codes(one) == []
    assert one.found["ledger"].sheet.name in {"执法检查台账", "五月"}
    assert one.found["ledger"].sheet.height == 2
    assert [*one.found] == ["ledger"]
