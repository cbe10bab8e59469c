"""A header with a slip of the pen is a suggestion, never a match (CONTRACT, Taken as it comes: exact or by alias)."""

from __future__ import annotations

import pytest

from etl.checking.near_headers import near_headers
from etl.kinds.accidents import LEDGER as ACCIDENTS
from etl.kinds.enforcement import LEDGER
from etl.kinds.registry import KINDS
from etl.reading.workbook import Sheet
from etl.table.declaration import TableSpec
from etl.table.headings.header import Found, find_table
from etl.table.headings.names import bare, header_name, names_of


def with_header(spec: TableSpec, *, instead: dict[str, str | None]) -> Found:
    """The table under our own headers, some of them written otherwise or left out."""
    header = [instead.get(column.title, column.title) for column in spec.columns]
    found = find_table(Sheet.of(spec.title, [[name for name in header if name is not None]]), spec)
    assert found is not None
    return found


def suggested(spec: TableSpec, *, instead: dict[str, str | None]) -> dict[str, str]:
    """Title of the missing column → header that may be it."""
    titles = {column.key: column.title for column in spec.columns}
    return {titles[one.key]: one.header for one in near_headers(with_header(spec, instead=instead))}


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("检查日期", "检察日期"),
        ("检查日期", "检査日期"),
        ("检查日期", "检查曰期"),
        ("检查日期", "检日查期"),
        ("检查日期", "检 察\n日期*"),
        ("被检查单位", "被检单位名"),
        ("被检查单位", "被检査单位"),
        ("检查文书号", "检査文书号"),
        ("发现隐患数", "发现隐惠数"),
        ("统一社会信用代码", "统一社会信用代吗"),
        ("是否处罚", "是否处罪"),
        ("整改期限", "整改期现"),
        ("发现隐患数", "2022年发现隐患数"),
        ("罚款金额(元)", "实际罚款（万元）"),
        ("罚款金额(元)", "当月收缴罚款"),
    ],
)
def test_slip_of_the_pen_is_suggested(title: str, written: str) -> None:
    """The header as written is named for the column that it is nearest to; the column itself stays missing."""
    found = with_header(LEDGER, instead={title: written})
    key = next(column.key for column in LEDGER.columns if column.title == title)
    assert key not in found.columns
    assert suggested(LEDGER, instead={title: written}) == {title: " ".join(written.split())}


@pytest.mark.parametrize(
    "instead",
    [
        {"检查日期": None},
        {"检查日期": "复查日期", "复查日期": "复查时间"},
        {"检查日期": "复査日期"},
        {"检查日期": "发证日期"},
        {"已整改隐患数": "未整改隐患数"},
        {"属地": "属性"},
        {"备注": "批注"},
        {"发现隐患数": "联系电话"},
    ],
    ids=str,
)
def test_what_is_another_thing_is_not_suggested(instead: dict[str, str | None]) -> None:
    """A known name, what is nearer to a column that stands there, the opposite, short words: none is taken for a slip."""
    assert suggested(LEDGER, instead=instead) == {}


def test_each_header_is_suggested_for_one_column() -> None:
    """Two slips are two suggestions; of two headers that may be one column the nearer one is named."""
    assert suggested(LEDGER, instead={"检查日期": "检察日期", "检查文书号": "检察文书号"}) == {
        "检查日期": "检察日期",
        "检查文书号": "检察文书号",
    }
    assert suggested(ACCIDENTS, instead={"备注": "直接经济损矢", "直接经济损失(万元)": "经济直接损矢（万元）"}) == {
        "直接经济损失(万元)": "直接经济损矢"
    }


ALL_TABLES = [spec for kind in KINDS.values() for spec in kind.tables]


@pytest.mark.parametrize("spec", ALL_TABLES, ids=lambda spec: spec.title)
def test_no_known_name_is_suggested_for_another_column(spec: TableSpec) -> None:
    """Whichever column of whichever table is missing, none of the names of the others is offered for it."""
    for column in spec.columns:
        rest = [one for one in spec.columns if one is not column]
        for name, match in names_of(spec).items():
            if match.key != column.key:
                found = find_table(Sheet.of(spec.title, [[*(one.title for one in rest), name]]), spec)
                assert found is None or near_headers(found) == []


@pytest.mark.parametrize("spec", ALL_TABLES, ids=lambda spec: spec.title)
def test_every_long_title_is_found_again_after_one_slip(spec: TableSpec) -> None:
    """One strange character in the middle of a title of four characters or more: suggested for that very column."""
    for column in spec.columns:
        title = header_name(column.title)
        slip = f"{title[:1]}〇{title[2:]}"
        if len(bare(title)[0]) >= 4 and "否" not in title[1:2]:
            assert suggested(spec, instead={column.title: slip}) == {column.title: slip}
