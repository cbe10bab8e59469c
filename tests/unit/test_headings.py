"""Headings as offices write them: remarks, units, levels, and two for one column (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.checking.near_headers import near_headers
from etl.kinds.accidents import LEDGER as ACCIDENTS
from etl.kinds.baseline import SUMS
from etl.kinds.enforcement import LEDGER
from etl.kinds.enforcement.columns import FOLLOW_UPS
from etl.kinds.registry import KINDS
from etl.kinds.review import EXTRAS, MARKS
from etl.kinds.self_assessment import MEASURES
from etl.kinds.targets import PLANS
from etl.reading.sheets import Merged, Sheet, Shown
from etl.table.declaration import Cells, TableSpec
from etl.table.headings.header import Found, Twice, find_table
from etl.table.headings.names import header_name, names_of
from etl.table.rows.table_rows import read_table, shape_of
from etl.table.values.money_units import MoneyUnit

ALL_TABLES = [spec for kind in KINDS.values() for spec in kind.tables]
EVERY_COLUMN = [(spec, column) for spec in ALL_TABLES for column in spec.columns]
REMARKS = (
    "（必填）", "(选填)", "*", "【必填】", "（18位）", "（是/否）", "（有、无）", "（年/月/日）", "（格式：2022-5-3）", "（下拉选择）", "\n（全称）",
    "（如：见示例）", "（不少于2人）", "（没有填0）", "（按营业执照填写）", "（必填）*", " ※",
)  # fmt: skip


def found(spec: TableSpec, *rows: list[Any], merged: list[Merged] | None = None) -> Found:
    """The table in a sheet of these rows."""
    width = max(len(row) for row in rows)
    sheet = Sheet.of(spec.title, [[*row, *[""] * (width - len(row))] for row in rows], merged)
    table = find_table(sheet, spec)
    assert table is not None
    return table


def titles(spec: TableSpec) -> list[str]:
    """Our own headings of a table."""
    return [column.title for column in spec.columns]


@given(st.sampled_from(EVERY_COLUMN), st.sampled_from(REMARKS), st.booleans(), st.integers(0, 9))
def test_remark_leaves_a_heading_what_it_is(one: Any, remark: str, alias: bool, which: int) -> None:
    """However it is to be filled in, a heading with a remark names the column that it names without."""
    spec, column = one
    name = column.aliases[which % len(column.aliases)] if alias and column.aliases else column.title
    plain, remarked = (
        found(spec, [written if title == column.title else title for title in titles(spec)])
        for written in (name, f"{name}{remark}")
    )
    assert (remarked.columns, remarked.unknown, remarked.ten_thousands) == (
        plain.columns, plain.unknown, plain.ten_thousands,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "title", "written"),
    [
        (LEDGER, "检查方式", "检查方式（日常检查/专项检查/明查暗访等）"),
        (LEDGER, "复查结论", "复查结论（合格、不合格）"),
        (LEDGER, "行业领域", "行业领域（工贸/危化/建筑）"),
        (ACCIDENTS, "认定状态", "认定状态（快报/认定/核销）"),
        (ACCIDENTS, "计入指标", "是否计入指标（是或否）"),
        (EXTRAS, "一票否决", "一票否决（√/×）"),
        (MEASURES, "自评分", "（必填）自评得分（分）"),
        (SUMS, "月份", "1.月份（必填）"),
    ],
)
def test_choices_in_brackets(spec: TableSpec, title: str, written: str) -> None:
    """A heading that lists what may be chosen is the column."""
    table = found(spec, [written if one == title else one for one in titles(spec)])
    assert (table.unknown, len(table.columns)) == ([], len(spec.columns))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("检查日期", "检查日期（复查）"),
        ("发现隐患数", "发现隐患数（其中重大）"),
        ("已整改隐患数", "已整改隐患数（累计）"),
        ("罚款金额(元)", "罚款金额（没收）"),
        ("整改期限", "整改期限（延期后）"),
        ("罚款金额(元)", "实际罚款金额"),
        ("复查日期", "复查日期及说明"),
        ("处罚种类", "处罚种类2"),
    ],
)
def test_remark_that_nobody_knows_is_asked_about(title: str, written: str) -> None:
    """What may make another thing of a column is never taken off in silence: the heading is unknown, and near."""
    table = found(LEDGER, [written if one == title else one for one in titles(LEDGER)])
    (near,) = near_headers(table)
    assert (near.header, next(one.title for one in LEDGER.columns if one.key == near.key)) == (written, title)


LEVELS = [
    (LEDGER, {"复查日期": ("复查", "日期"), "复查结论": ("复查", "结论")}),
    (LEDGER, {"复查日期": ("整改复查情况", "时间"), "复查结论": ("整改复查情况", "结果")}),
    (LEDGER, {"发现隐患数": ("发现隐患数", "合计"), "其中重大隐患数": ("发现隐患数", "其中重大")}),
    (LEDGER, {"发现隐患数": ("隐患情况", "总数"), "其中重大隐患数": ("隐患情况", "其中：重大")}),
    (LEDGER, {"检查日期": ("检查", "日期"), "检查方式": ("检查", "方式"), "检查人员": ("检查", "人员")}),
    (LEDGER, {"整改期限": ("隐患整改", "期限"), "已整改隐患数": ("隐患整改", "已整改隐患数")}),
    (LEDGER, {"是否处罚": ("行政处罚", "是否"), "处罚种类": ("行政处罚", "处罚种类")}),
    (LEDGER, {"处罚决定书号": ("处罚情况", "决定书号"), "处罚种类": ("处罚情况", "种类"), "罚款金额(元)": ("处罚情况", "金额")}),
    (LEDGER, {"被检查单位": ("被检查单位", "名称"), "统一社会信用代码": ("被检查单位", "统一社会信用代码")}),
    (FOLLOW_UPS, {"复查日期": ("复查", "日期"), "复查结论": ("复查", "结论")}),
    (ACCIDENTS, {"死亡人数": ("伤亡人数", "死亡"), "重伤人数": ("伤亡人数", "重伤"), "轻伤人数": ("伤亡人数", "轻伤")}),
    (ACCIDENTS, {"移送司法日期": ("移送司法", "时间"), "发生时间": ("事故", "时间")}),
    (MARKS, {"评审得分": ("评审", "得分"), "扣分原因": ("评审", "扣分原因")}),
    (SUMS, {"隐患数": ("隐患数", "总数"), "重大隐患数": ("隐患数", "重大")}),
    (PLANS, {"1月": ("检查计划（家次）", "1月"), "2月": ("检查计划（家次）", "2月")}),
]  # fmt: skip


@pytest.mark.parametrize("merges", [True, False], ids=["merged", "blank"])
@pytest.mark.parametrize(("spec", "over"), LEVELS)
def test_headings_that_make_sense_together(spec: TableSpec, over: dict[str, tuple[str, str]], merges: bool) -> None:
    """A heading under another names the column that both name together; merged, or with blanks beside the upper one."""
    upper = [over[title][0] if title in over else title for title in titles(spec)]
    lower = [over[title][1] if title in over else "" for title in titles(spec)]
    merged: list[Merged] = []
    for _, group in groupby(range(len(upper)), key=upper.__getitem__):
        first, *rest = group
        if lower[first] and rest:
            merged.append(((1, first), (1, rest[-1])))
            upper[rest[0] : rest[-1] + 1] = [""] * len(rest)
    table = found(spec, ["标题"], upper, lower, [""] * len(upper), merged=merged if merges else [])
    positions = {column.key: position for position, column in enumerate(spec.columns)}
    assert (table.columns, table.unknown, table.twice) == (positions, [], [])


def test_group_of_its_own_words_leaves_headings_alone() -> None:
    """整改情况 over 整改期限, 已整改隐患数: the lowest filled one names the column; an unknown one is shown with its group."""
    table = found(
        LEDGER,
        ["检查日期", "被检查单位", "行业领域", "检查文书号", "整改情况", "", "", "是否处罚"],
        ["", "", "", "", "整改期限", "已整改隐患数", "责任人", ""],
    )
    assert [table.columns[key] for key in ("rectify_by", "rectified", "penalised")] == [4, 5, 7]
    assert table.unknown == [(6, "整改情况 责任人")]


@pytest.mark.parametrize(
    ("spec", "first", "second", "key"),
    [
        (LEDGER, "单位名称", "企业名称", "enterprise"),
        (LEDGER, "检查文书", "文书编号", "number"),
        (LEDGER, "发现隐患", "隐患数量", "hazards"),
        (LEDGER, "行业", "所属行业领域", "sector"),
        (LEDGER, "所在地", "属地镇街", "territory"),
        (ACCIDENTS, "时间", "事故发生时间", "happened_on"),
        (ACCIDENTS, "单位名称", "事故单位名称", "enterprise"),
        (ACCIDENTS, "类型", "事故类别", "type"),
    ],
)
def test_of_two_aliases_the_surer_is_taken(spec: TableSpec, first: str, second: str, key: str) -> None:
    """The vague heading is left over, wherever it stands."""
    others = [column.title for column in spec.columns if column.key != key]
    for header, place in (([first, *others, second], -1), ([second, *others, first], 0)):
        table = found(spec, header)
        assert table.columns[key] == place % len(header)
        assert [written for _, written in table.unknown] == [first]
        assert table.twice == []


@given(
    st.sampled_from([one for one in EVERY_COLUMN if one[1].cells is not Cells.SERIAL]),
    st.sampled_from(["", "（必填）", "*"]),
)
def test_same_heading_twice(one: Any, remark: str) -> None:
    """A column under the same heading twice is nobody's choice; a second one without anything below it is no loss."""
    spec, column = one
    header = [*titles(spec), f"{column.title}{remark}"]
    table = found(spec, header, ["x"] * len(header))
    assert table.twice == [Twice(column.key, (titles(spec).index(column.title), len(header) - 1))]
    assert found(spec, header, ["x"] * (len(header) - 1)).twice == []


def test_tables_side_by_side_under_other_names() -> None:
    """A second table to the right, in the aliases of the first one's headings, is seen by its many second columns."""
    again = [column.aliases[0] if column.aliases else column.title for column in LEDGER.columns]
    header = [*titles(LEDGER), "", *again]
    assert len(found(LEDGER, header, ["x"] * len(header)).twice) >= 3


MONEY = [
    (["罚款金额（万元）"], [], MoneyUnit("万元", "A3")),
    (["罚款（万）"], [], MoneyUnit("万元", "A3")),
    (["罚款金额/万元"], [], MoneyUnit("万元", "A3")),
    (["罚款金额（单位：万元）"], [], MoneyUnit("万元", "A3")),
    (["罚款金额（以万元为单位）"], [], MoneyUnit("万元", "A3")),
    (["罚款金额（必填）（万元）"], [], MoneyUnit("万元", "A3")),
    (["罚款金额（元）"], ["单位：万元"], MoneyUnit("元", "A3")),
    (["罚款金额"], ["单位：万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["执法检查台账（单位：家次、万元）"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["执法检查台账 单位：家、项、万元 填表人：张三"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["罚款金额单位：万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["说明：罚款金额以万元为单位"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["（罚款按万元计）"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["金额：万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["单位：", "万元"], MoneyUnit("万元", "B1")),
    (["罚款金额"], ["金额单位：元（万元以上另附）"], MoneyUnit("元", "A1")),
    (["罚款金额"], ["罚款10万元以上的案件另报"], MoneyUnit("元", None)),
    (["罚款金额"], ["填报单位：三元街道"], MoneyUnit("元", None)),
    (["罚款金额"], ["计量单位：元"], MoneyUnit("元", "A1")),
    (["罚款金额（千元）"], [], MoneyUnit("千元", "A3")),
    (["罚款金额"], ["填报单位：龙滩子街道办事处  单位：万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["币种：人民币 单位：万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["2022年5月", "单位：万元 填报日期：2022年6月1日"], MoneyUnit("万元", "B1")),
    (["罚款金额"], ["单位：", "万元"], MoneyUnit("万元", "B1")),
    (["罚款金额"], ["金额单位", "", "家次、万元"], MoneyUnit("万元", "C1")),
    (["罚款金额"], ["单位  万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["罚款金额单位：万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["注：罚款金额以万元为单位"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["说明：本表罚款金额均以万元填报"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["金额：万元"], MoneyUnit("万元", "A1")),
    (["罚款金额"], ["单位", "千元"], MoneyUnit("千元", "B1")),
    (["罚款金额"], ["2022年5月罚款5万元以上案件"], MoneyUnit("元", None)),
    (["罚款金额"], ["被检查单位：万元超市"], MoneyUnit("元", None)),
    (["罚款金额（元）"], ["单位", "万元"], MoneyUnit("元", "A3")),
]


@pytest.mark.parametrize(("heading", "above", "money"), MONEY)
def test_unit_of_money(heading: list[str], above: list[str], money: MoneyUnit) -> None:
    """The unit is the heading's, else one above the table; 万 is 万元, and what is no unit of money is none."""
    rest = [column.title for column in LEDGER.columns if column.key != "fine_yuan"]
    table = found(LEDGER, above or [""], [""], [*heading, *rest])
    assert table.money["fine_yuan"] == money
    assert ("fine_yuan" in table.ten_thousands) == (money.unit == "万元")


@pytest.mark.parametrize("merges", [True, False])
@pytest.mark.parametrize("lower", ["罚款金额", "金额"])
def test_unit_of_money_in_the_heading_over_it(merges: bool, lower: str) -> None:
    """行政处罚（万元） over 决定书号, 处罚种类, 罚款金额: the amount is in 万元, whatever stands above the table."""
    rest = [column.title for column in LEDGER.columns if column.key not in {"decision", "penalty_kind", "fine_yuan"}]
    upper = ["行政处罚（万元）", "", "", *rest]
    below = ["决定书号", "处罚种类", lower, *[""] * len(rest)]
    table = found(LEDGER, ["单位：元"], upper, below, merged=[((1, 0), (1, 2))] if merges else [])
    assert (table.columns["fine_yuan"], table.money["fine_yuan"]) == (2, MoneyUnit("万元", "A2"))


@pytest.mark.parametrize(
    "upper", ["行政处罚情况 单位：万元", "行政处罚/万元", "行政处罚，万元", "行政处罚（金额单位：万元）"]
)
def test_unit_of_money_behind_the_heading_over_it(upper: str) -> None:
    """However the heading over an amount says its unit, that is the unit."""
    rest = [column.title for column in LEDGER.columns if column.key not in {"decision", "penalty_kind", "fine_yuan"}]
    below = ["处罚决定书号", "处罚种类", "罚款金额", *rest]
    table = found(LEDGER, [upper, *[""] * (len(below) - 1)], below, merged=[((0, 0), (0, 2))])
    assert table.money["fine_yuan"] == MoneyUnit("万元", "A1")


@pytest.mark.parametrize("unit", ["（万元）", "万元", "（单位：万元）"])
def test_unit_of_money_alone_below_the_heading(unit: str) -> None:
    """A second line of the heading that holds nothing but the unit is no row, and says in which unit the amounts are."""
    header = ["罚款金额", *(column.title for column in LEDGER.columns if column.key != "fine_yuan")]
    table = found(LEDGER, header, [unit], ["x"] * len(header))
    assert table.money["fine_yuan"] == MoneyUnit("万元", "A2")
    assert read_table(table).rows == [3]
    upper = ["处罚金额万元", *header[1:]]
    assert found(LEDGER, upper, ["罚款"]).money["fine_yuan"] == MoneyUnit("万元", "A1")


def test_our_own_form_says_ten_thousands() -> None:
    """直接经济损失(万元) without its unit is still in 万元; a unit above the table wins over our form's."""
    header = ["直接经济损失" if "损失" in title else title for title in titles(ACCIDENTS)]
    assert found(ACCIDENTS, header).money["loss_yuan"] == MoneyUnit("万元", None)
    assert found(ACCIDENTS, ["金额单位：元"], header).money["loss_yuan"] == MoneyUnit("元", "A1")


def test_heading_that_a_format_writes() -> None:
    """The numbers 1 to 12 under the format ``0"月"`` are the months that a person sees."""
    months = [Shown(float(month), f"{month}月") for month in range(1, 13)]
    assert found(PLANS, ["单位", *months]).columns == found(PLANS, ["单位", *(month.text for month in months)]).columns


@pytest.mark.parametrize(("spec", "column"), EVERY_COLUMN, ids=lambda one: getattr(one, "key", None))
def test_the_quick_question_misses_no_heading(spec: TableSpec, column: Any) -> None:
    """A heading that comes again is found in any writing, though most cells are asked no more than how they end."""
    shape = shape_of(found(spec, [one.title for one in spec.columns]))
    position = spec.columns.index(column)
    names = {name for name, match in names_of(spec).items() if match.key == column.key} | {column.title}
    for name in names:
        for written in (
            name,
            f"{name}*",
            f" {name}\n",
            f"★{name}：",
            "\n".join(name),
            name.replace("(", "（").replace(")", "）"),
        ):
            assert shape.is_header(position, header_name(written))
            assert shape.may_be_header(position).fullmatch(written), written
    for no_heading in ("龙滩子街道某某制造有限公司", "检〔2022〕5-1号楼", ""):
        assert not shape.may_be_header(position).fullmatch(no_heading)
