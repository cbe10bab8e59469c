"""Where the table stands on a sheet, and which rows are data (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.kinds.enforcement import LEDGER
from etl.kinds.enforcement.columns import FOLLOW_UPS, SUMMARY
from etl.kinds.targets import CAPS
from etl.reading.sheets import Sheet, letters
from etl.table.headings.header import find_table
from etl.table.layout import Table
from etl.table.rows.table_rows import read_table

HEADER = [column.title for column in LEDGER.columns]
PLACE = {column.key: position for position, column in enumerate(LEDGER.columns)}
WIDTH = len(HEADER)


def row(index: int, /, **cells: Any) -> list[Any]:
    """A data row as a clerk fills it in, with some cells changed."""
    filled: list[Any] = [""] * WIDTH
    usual = {
        "serial": float(index), "inspected_on": f"2022-05-{index:02d}", "enterprise": f"企业{index}", "sector": "工贸",
        "number": f"检记{index}号", "hazards": 2.0, "rectify_by": "2022-05-31", "penalised": "否",
    }  # fmt: skip
    for key, value in {**usual, **cells}.items():
        filled[PLACE[key]] = value
    return filled


def line(*cells: Any) -> list[Any]:
    """Any other row: these cells from the left, nothing behind them."""
    return [*cells, *[""] * (WIDTH - len(cells))]


BLANK = line()
ROWS = [row(1), row(2), row(3)]


def read(rows: list[list[Any]], merged: list[Any] | None = None, unvalued: frozenset[str] = frozenset()) -> Table:
    """The ledger's table on a sheet with these rows."""
    found = find_table(Sheet.of("执法检查台账", rows, merged or [], unvalued), LEDGER)
    assert found is not None
    return read_table(found)


def seen(table: Table) -> list[tuple[Any, Any, Any]]:
    """What identifies the rows: day, enterprise, number."""
    return list(zip(*(table.cells[key] for key in ("inspected_on", "enterprise", "number")), strict=True))


EXPECTED = [(f"2022-05-0{number}", f"企业{number}", f"检记{number}号") for number in (1, 2, 3)]


@pytest.mark.parametrize("above", range(15))
def test_header_in_any_of_the_first_15_rows(above: int) -> None:
    """Titles, notes and blank rows above the header are passed over; rows keep the numbers that the clerk sees."""
    notes = [
        line("安全生产执法检查台账"),
        BLANK,
        line("填报单位：龙滩子街道", "", "填报月份：2022年5月"),
        line("单位：元"),
    ]
    table = read([notes[number % len(notes)] for number in range(above)] + [HEADER, *ROWS])
    assert seen(table) == EXPECTED
    assert table.rows == [above + 2, above + 3, above + 4]
    assert table.cell("hazards", 0) == f"J{above + 2}"
    assert (table.found.missing, table.found.unknown) == ([], [])


def spanning(*groups: tuple[str, str, str]) -> list[Any]:
    """A header level with a title over the first of some columns, as a merged cell has it."""
    level: list[Any] = [""] * WIDTH
    for title, first, _last in groups:
        level[PLACE[first]] = title
    return level


@pytest.mark.parametrize("levels", [2, 3])
@pytest.mark.parametrize("above", [0, 4, 12])
def test_headers_of_several_levels(levels: int, above: int) -> None:
    """The lowest filled cell of a two- or three-level header names the column, wherever the header stands."""
    groups = (
        ("隐患情况", "hazards", "major_hazards"),
        ("整改情况", "rectify_by", "rectified"),
        ("处罚情况", "penalised", "fine_yuan"),
    )
    grouped = {position for _, first, last in groups for position in range(PLACE[first], PLACE[last] + 1)}
    upper = [
        title or ("" if position in grouped else HEADER[position]) for position, title in enumerate(spanning(*groups))
    ]
    lower = [HEADER[position] if position in grouped else "" for position in range(WIDTH)]
    middle = [[""] * WIDTH] if levels == 3 else []
    table = read([line("台账")] * above + [upper, *middle, lower, *ROWS])
    assert seen(table) == EXPECTED
    assert (table.found.missing, table.found.unknown) == ([], [])
    assert table.rows[0] == above + levels + 1


def test_three_filled_levels() -> None:
    """三级表头: a title over 整改情况 and 处罚情况, these over their columns; the columns are still known."""
    top, middle, lower = [""] * WIDTH, [""] * WIDTH, list(HEADER)
    top[PLACE["hazards"]] = "查处情况"
    middle[PLACE["hazards"]], middle[PLACE["rectify_by"]], middle[PLACE["penalised"]] = "隐患", "整改情况", "处罚情况"
    assert seen(read([line("标题"), top, middle, lower, *ROWS])) == EXPECTED


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("inspected_on", "检查\n日期"), ("inspected_on", " 检 查 日 期 "), ("inspected_on", "检查日期*"), ("inspected_on", "*检查日期"),
        ("inspected_on", "检查时间"), ("enterprise", "企业名称"), ("enterprise", "受检单位"), ("enterprise", "被检查\r\n单位"),
        ("number", "文书编号"), ("hazards", "隐患数量"), ("hazards", "发现隐患数（项）"), ("major_hazards", "其中：重大隐患"),
        ("major_hazards", "其中:重大隐患"), ("fine_yuan", "罚款金额（元）"), ("fine_yuan", "罚款金额 ( 元 )"), ("fine_yuan", "罚款（元）"),
        ("fine_yuan", "罚款金额"), ("number", "检查文书号："),
    ],
)  # fmt: skip
def test_headers_as_offices_write_them(key: str, written: str) -> None:
    """Line breaks, blanks, full-width brackets, marks of required fields and aliases: the column is known all the same."""
    header = list(HEADER)
    header[PLACE[key]] = written
    found = read([header, *ROWS]).found
    assert (found.columns[key], found.unknown, found.missing) == (PLACE[key], [], [])
    assert found.ten_thousands == frozenset()


@pytest.mark.parametrize("written", ["罚款（万元）", "罚款(万元)", "罚款金额（万元）", "罚款金额\n（ 万元 ）"])
def test_header_in_ten_thousands(written: str) -> None:
    """A fine's header in 万元 is the fine's column, and is known to be in 万元."""
    header = list(HEADER)
    header[PLACE["fine_yuan"]] = written
    found = read([header, *ROWS]).found
    assert (found.columns["fine_yuan"], found.ten_thousands) == (PLACE["fine_yuan"], {"fine_yuan"})


@given(st.permutations(range(WIDTH)))
def test_any_column_order(order: list[int]) -> None:
    """The columns may stand in any order: the same values are read, and cells are named where they stand."""
    table = read([[one[position] for position in order] for one in [HEADER, *ROWS]])
    assert seen(table) == EXPECTED
    assert table.cell("number", 1) == f"{letters(order.index(PLACE['number']))}3"


def test_unknown_columns_are_named() -> None:
    """A column that the kind does not have is left out and named; the others are read."""
    table = read(
        [[*HEADER[:3], "联系电话", *HEADER[3:], "录入人"], *([*one[:3], "138", *one[3:], "张"] for one in ROWS)]
    )
    assert seen(table) == EXPECTED
    assert table.found.unknown == [(3, "联系电话"), (WIDTH + 1, "录入人")]


@pytest.mark.parametrize(
    ("alias", "key"), [("单位名称", "enterprise"), ("说明", "remark"), ("问题数", "hazards"), ("编号", "serial")]
)
def test_exact_header_wins_over_an_alias(alias: str, key: str) -> None:
    """Where our own header and an alias of it both stand, ours is the column, also when the alias stands to its left."""
    found = read([[alias, *HEADER], *(["另一列", *one] for one in ROWS)]).found
    assert (found.columns[key], found.unknown) == (PLACE[key] + 1, [(0, alias)])


def test_missing_columns_are_named() -> None:
    """A required column that the header lacks is missing; an optional one is not missed."""
    without = [PLACE["sector"], PLACE["method"]]
    rows = [[cell for position, cell in enumerate(one) if position not in without] for one in [HEADER, *ROWS]]
    found = find_table(Sheet.of("执法检查台账", rows), LEDGER)
    assert found is not None
    assert [column.title for column in found.missing] == ["行业领域"]


def test_cells_merged_down_a_column() -> None:
    """A merged cell's value holds for every row that it spans, and for no other."""
    rows = [row(1), row(2, inspected_on="", sector=""), row(3, inspected_on="", sector=""), row(4)]
    day, sector = PLACE["inspected_on"], PLACE["sector"]
    table = read(
        [line("标题"), HEADER, *rows], [((0, 0), (0, WIDTH - 1)), ((2, day), (4, day)), ((2, sector), (3, sector))]
    )
    assert list(table.cells["inspected_on"]) == ["2022-05-01"] * 3 + ["2022-05-04"]
    assert list(table.cells["sector"]) == ["工贸", "工贸", "", "工贸"]


def test_rows_that_only_a_merge_reaches_are_no_rows() -> None:
    """A day merged down beyond the last case makes no case, and a case two sheet rows high is one case."""
    day = PLACE["inspected_on"]
    table = read([HEADER, *ROWS, BLANK, BLANK], [((1, day), (5, day))])
    assert (table.rows, len(table.cells["inspected_on"])) == ([2, 3, 4], 3)
    tall = [((top, column), (top + 1, column)) for top in (1, 3, 5) for column in range(WIDTH)]
    table = read([HEADER, ROWS[0], BLANK, ROWS[1], BLANK, ROWS[2], BLANK], tall)
    assert (seen(table), table.rows) == (EXPECTED, [2, 4, 6])


def test_cells_merged_beside_the_table() -> None:
    """What is merged to the right of all values is nobody's value."""
    assert seen(read([HEADER, *ROWS], [((1, WIDTH), (3, WIDTH + 2))])) == EXPECTED


def test_the_same_as_above_in_the_first_row_says_nothing() -> None:
    """同上 with nothing above is an empty cell, not an enterprise of that name."""
    table = read([HEADER, row(1, enterprise="同上"), row(2, enterprise="〃"), row(3)])
    assert list(table.cells["enterprise"]) == ["", "", "企业3"]


@pytest.mark.parametrize("again", ["同上", "〃", " 同上 ", "同 上", '"', "″", "同上\u200b", "\u00a0同\u200b上"])
def test_the_same_as_above(again: str) -> None:
    """同上 and 〃 stand for the value above, row after row, also across a subtotal and a blank row."""
    rows = [
        row(1),
        row(2, inspected_on=again),
        line("", "小计", ""),
        BLANK,
        row(3, inspected_on=again, enterprise=again),
    ]
    table = read([HEADER, *rows])
    assert list(table.cells["inspected_on"]) == ["2022-05-01"] * 3
    assert list(table.cells["enterprise"]) == ["企业1", "企业2", "企业2"]


def test_blank_rows_and_prenumbered_rows() -> None:
    """Blank rows between the rows, and rows that hold only their printed number, are no rows."""
    table = read([HEADER, row(1), BLANK, row(2), BLANK, BLANK, row(3), line(4.0), line(5.0), line("", " ", "\u3000")])
    assert (seen(table), table.rows) == (EXPECTED, [2, 4, 7])


@pytest.mark.parametrize("column", ["enterprise", "remark", "hazards"])
def test_stray_character_far_below(column: str) -> None:
    """A lone character far below the table is not a row of it."""
    stray = [""] * WIDTH
    stray[PLACE[column]] = "`"
    assert seen(read([HEADER, *ROWS, *[BLANK] * 500, stray])) == EXPECTED


def test_half_filled_row_is_a_row() -> None:
    """A row of which only some cells are filled is kept, so that what it lacks can be told."""
    table = read([HEADER, row(1), row(2, inspected_on="", enterprise="", number="")])
    assert table.rows == [2, 3]
    only_formula = [""] * WIDTH
    assert read([HEADER, row(1), only_formula], unvalued=frozenset({"J3"})).rows == [2, 3]


@pytest.mark.parametrize(
    "label",
    ["小计", "合计", "合　计", "合 计", "累计", "总计", "合计：", "本月合计", "总数", "本月汇总", "共6家", "Total"],
)
@pytest.mark.parametrize("place", ["serial", "inspected_on", "enterprise"])
def test_rows_of_sums_are_left_out(label: str, place: str) -> None:
    """小计, 合计, 累计 and 总计 are no data, but their figures are kept to be checked against the rows above."""
    sums = [""] * WIDTH
    sums[PLACE[place]], sums[PLACE["hazards"]] = label, 6.0
    table = read([HEADER, *ROWS, sums])
    assert seen(table) == EXPECTED
    assert [(one.row, one.cells["hazards"], one.above) for one in table.totals] == [(5, 6.0, 3)]


def test_subtotals_between_the_rows() -> None:
    """Rows after a subtotal are still rows."""
    table = read([HEADER, row(1), line("小计"), row(2), row(3), line("小计"), line("合计")])
    assert (seen(table), table.rows) == (EXPECTED, [2, 4, 5])
    assert [(one.label.written, one.above) for one in table.totals] == [("小计", 1), ("小计", 3), ("合计", 3)]


@pytest.mark.parametrize(
    "numbers",
    [
        [float(number) for number in range(1, WIDTH + 1)],
        [str(number) for number in range(1, WIDTH + 1)],
        [f"（{number}）" for number in range(1, WIDTH + 1)],
        [*[str(number) for number in range(1, WIDTH)], f"{WIDTH}=3+4"],
        ["甲", "乙", *[float(number) for number in range(1, WIDTH - 1)]],
        ["甲", "乙", "丙", "丁", *[str(number) for number in range(1, WIDTH - 3)]],
    ],
    ids=["numbers", "texts", "brackets", "formula", "two-letters", "four-letters"],
)
def test_row_of_column_numbers(numbers: list[Any]) -> None:
    """A row under the header that only numbers the columns is no data."""
    assert seen(read([HEADER, numbers, *ROWS])) == EXPECTED


@pytest.mark.parametrize(
    "signed",
    [
        ["填表人：张三"], ["填表人:张三", "", "审核人:李四", "", "", "联系电话：023-43780000"], ["审核人：李四"], ["联系电话：023-43780000"],
        ["", "填表人：张三　　审核人：李四　　联系电话：023-43780000"], ["填表人", "张三", "", "审核人", "李四", "", "联系电话", "43780000"],
        ["填表人：", "张三", "审核人：", "李四"], ["填表人（签字）：张三", "", "审核人（签字）：李四"], ["审 核 人：", "李四"],
        ["注：罚款金额以决定书为准"],
    ],
    ids=lambda signed: " ".join(filter(None, signed)),
)  # fmt: skip
@pytest.mark.parametrize("gap", [0, 1])
def test_signatures_under_the_table(signed: list[str], gap: int) -> None:
    """Who filled the table in, who checked it and their telephone are no data, with or without a blank row above."""
    assert seen(read([HEADER, *ROWS, *[BLANK] * gap, line(*signed), line("", "单位（盖章）：")])) == EXPECTED


def test_signature_that_lies_under_all_required_columns() -> None:
    """A line of signatures is none of the rows, even where it happens to fill every cell that a row must have."""
    narrow = [
        ["单位", "全年亡人指标", "行业领域"],
        ["全区", 6.0, ""],
        ["填表人：张三", "审核人：李四", "联系电话：43780000"],
    ]
    found = find_table(Sheet.of("亡人指标", narrow), CAPS)
    assert found is not None
    assert read_table(found).rows == [2]


def test_row_below_the_signature() -> None:
    """A row that somebody added under the signature is not lost; a note there is no row, and what may be one is."""
    note = line("", "以上情况属实")
    table = read([HEADER, row(1), row(2), line("填表人：张三", "", "审核人：李四"), note, row(3), note])
    assert (seen(table), table.rows) == (EXPECTED, [2, 3, 6])
    begun = line("", "2022年6月2日", "以上情况属实")
    assert read([HEADER, row(1), line("填表人：张三"), begun]).rows == [2, 4]


def test_stray_character_under_the_only_required_column() -> None:
    """Far below the table a lone character is no row, also where nothing but that column must be filled in."""
    header = [column.title for column in FOLLOW_UPS.columns]
    looked = ["检记1号", "2022-05-20", "合格", *[""] * 6]
    rows = [header, looked, *[[""] * 9] * 30, ["`", *[""] * 8], ["检记2号", "2022-05-21", "合格", *[""] * 6]]
    found = find_table(Sheet.of("整改复查", rows), FOLLOW_UPS)
    assert found is not None
    assert read_table(found).rows == [2, 34]


def test_column_numbers_under_an_empty_header_level_and_of_two_columns() -> None:
    """The row that numbers the columns may follow a blank one, and may number two columns."""
    numbers = [float(number) for number in range(1, WIDTH + 1)]
    assert seen(read([HEADER, BLANK, numbers, *ROWS])) == EXPECTED
    for numbered in (["甲", 1.0], [1.0, 2.0]):
        found = find_table(Sheet.of("汇总", [["指标", "数值"], numbered, ["检查家次", 3.0]]), SUMMARY)
        assert found is not None
        assert read_table(found).rows == [3]


def test_label_of_sums_left_of_the_known_columns() -> None:
    """合计 in a column that the kind does not know, left of its own, still marks a row of sums."""
    table = read([["检查组", *HEADER], *(["一组", *one] for one in ROWS), ["合计", *[""] * WIDTH]])
    assert (seen(table), [one.label.written for one in table.totals]) == (EXPECTED, ["合计"])


def test_everything_at_once() -> None:
    """A sheet with all of it together gives the same three rows."""
    rows = [
        line("台账"),
        BLANK,
        HEADER,
        list(range(1, WIDTH + 1)),
        row(1),
        line("小计"),
        BLANK,
        row(2),
        row(3),
        line("合计"),
        line("填表人：张三"),
    ]
    assert seen(read(rows)) == EXPECTED


def test_sheet_without_the_table() -> None:
    """A sheet that has none of the columns has no table; nor has an empty one."""
    assert find_table(Sheet.of("说明", [["请按月填报", ""], ["联系人", "张三"]]), LEDGER) is None
    assert find_table(Sheet.of("空", []), LEDGER) is None


@pytest.mark.parametrize(
    ("position", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (199, "GR"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_have_the_names_that_clerks_see(position: int, name: str) -> None:
    """Columns are named as a spreadsheet names them."""
    assert letters(position) == name
