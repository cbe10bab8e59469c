"""What words in a table's rows say that is no data: sums, signatures, notes, examples, headings of groups, "nothing".

Each function takes one cell as it was read. All of them compare without blanks and with all brackets alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from data.zone.normal import compact
from etl.reading.sheets import SheetColumn, Shown
from etl.table.cells import Wrong, flag, is_empty

BROKEN = "#"
"""Stands in a row for a formula without a value: somebody meant something to be there."""
LONGEST_SAID = 200
"""Longer texts are no label and no heading."""
_MEASURE = r"(?:家次|家|项|处|起|件|人次|人|个|条|户|万元|元|分)"
_PAGES = ("承前页", "承上页", "接前页", "接上页", "过次页", "转次页", "转下页", "接下页")
_TOTAL = re.compile(
    rf"(?:其中:?)?(?P<of>[^,。;:、]{{0,20}}?)(?P<word>小计|合计|累计|总计|共计|{'|'.join(_PAGES)})"
    rf"(?P<rest>[数额栏行]?(?:\([^()]*\))?(?::?共?\d[\d,.]*{_MEASURE}?[,、]?)*)[:.]?"
)
_OF_ALL = re.compile(r"(?:本?(?:月|期|季|季度|年|年度|表)|总|全部|以上|数|额|\([^()]*\d+" + _MEASURE + r"\))*")
_MAY_BE_TOTAL = re.compile(r"[计页]|总\s*(?:数|得|分)|汇\s*总|otal|OTAL|共[^\d\n]{0,5}\d")
_ALSO_TOTAL = re.compile(
    r"(?:本?(?:月|期|季|季度|年|年度|表)|全部|自评)?(?:总数|总得?分|汇总|得分合计)[:.]?|total:?"
    rf"|(?:(?:本|\d{{1,2}})?(?:月|季度|年度?))?共(?:有|检查|查处|开展检查)?\d+{_MEASURE}[:。.]?",
    re.IGNORECASE,
)
"""Other words for a row of sums of all rows, as they stand."""
_PEOPLE = (
    "(?:填表|填报|制表|报送|上报|经手|审核|审批|审定|审签|签发|复核|核对|经办|统计|联系|负责|录入)(?:人员?|者)|"
    "(?:单位|部门|科室|主要|分管|主管|审核)?(?:负责人|领导|负责同志)|(?:联系|办公)?电话(?:号码)?|联系方式|手机号?码?|传真|电子邮箱|邮箱"
    "|(?:领导|负责人|单位)?(?:签字|签名|签章|盖章)|制表|填表|审核|复核|审批|"
    "(?:填表|填报|制表|报送|报出|上报|统计|审核)?(?:日期|时间)|单位\\((?:盖章|公章|签章)\\)"
)
_HEADED = "(?:填报|报送|上报|填表|编报|制表)单位|(?:填报|报送|统计|所属)(?:月份|季度|年度|期间|月)|报告期"
_PAIR = re.compile(rf"(?:(?P<headed>{_HEADED})|{_PEOPLE})(?:\([^()]*\))?(?:(?P<colon>:)(?P<value>.*))?[_＿]*")
_PAIRS_BEGIN = frozenset("填制报送上经手审签复核统联负录单部科主分办电传邮领盖所日时")
_ANY_PAIR = re.compile(r"[^:\d]{1,12}:(?P<value>.*)")
_NOTE = re.compile(
    r"(?:附?注意?|备注|说明|填表说明|填报说明|填写说明|编制说明|提示|要求|注意事项|特此说明|情况说明)\d*(?:\([^()]*\))?(?:[:.、].*|$)"
    r"|[※*▲★☆](?:.*)|\(?(?:以下|此处|本页|下)(?:为?空白|无正文|无内容|空)\)?[。.]?|\(?空白\)?|续表|\(?续\)?|第?\d+页.{0,8}|.*[。;!].*"
)
_ZERO = re.compile(
    r"(?:\d{4}年|(?:本|当|该|第?[一二三四1-4])?(?:年|季|月|期)度?份?|\d{1,2}月份?|我?(?:街道|镇|局|队|中心|单位|辖区|区域)){0,4}(?:暂|均|全部?|皆)?"
    r"(?:无|没有|零|未(?:开展|进行|组织|发生|实施|检查|安排|有))[^\d,;:见附另但除]{0,20}[。.!]?"
)
_ELSEWHERE = re.compile(r".*(?:见附|附后|详见|另附|另表|另见|见另|附件|附表).*")
_EXAMPLES = "(?:填写|填表|填报)?(?:示例|样例|范例|举例|例子|例如|例)(?:行|数据)?"
_EXAMPLE = re.compile(rf"\(?{_EXAMPLES}\d*\)?:?|\({_EXAMPLES}\d*\).+|{_EXAMPLES}\d*:.+")
_ENTERPRISE = re.compile(
    r".*(?:公司|[厂店站矿库馆场院行社坊仓]|诊所|事务所|企业|集团|超市|学校|幼儿园|经营部|门市部?|工作室|项目部?|工地|中心)(?:\([^()]*\))?"
)
_UNIT = re.compile(r".*(?:街道|街道办|办事处|镇|乡|政府|局|委|委员会|大队|支队|中心|办|办公室|公司|全区|全市|全县)")
_ORDINAL = re.compile(r"[\d.\-()、#]{1,8}|[一二三四五六七八九十]{1,3}|[A-Za-z补新增第No.]{1,3}\d{1,6}号?|[补新]")
_NUMBER = re.compile(rf"[¥￥]?[+-]?\d[\d,]*(?:\.\d+)?{_MEASURE}?")
_AS_A_FORMULA = re.compile(r"(?<=\d)=[\d+\-*/×÷()%]+$")
"""Behind the number of a column from which other columns it comes: 10=11+12."""
_CHINESE_NUMBERS = "甲乙丙丁戊己庚辛壬癸"


_UNSEEN = frozenset(
    chr(one)
    for first, last in (
        (0, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x8E2, 0x8E2),
        (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000),
        (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0001, 0xE007F),
    )
    for one in range(first, last + 1)
) | {""}  # fmt: skip
"""Characters that cannot be seen, with which a blank text begins."""


class Span(StrEnum):
    """Of which rows above it a row of sums is the sum."""

    GROUP = "group"
    ALL = "all"
    EITHER = "either"
    TO_DATE = "to_date"


class TotalLabel(NamedTuple):
    """A label of a row of sums: as written, what it is the sum of (``工贸`` of 工贸小计), and of which rows."""

    written: str
    of: str
    span: Span


def is_blank(cell: Any) -> bool:
    """Whether nothing can be seen in the cell."""
    if cell.__class__ is str:
        return cell[:1] in _UNSEEN and all(one.isspace() or unicodedata.category(one) in {"Cf", "Cc"} for one in cell)
    return cell is None


def blank_codes(column: SheetColumn) -> set[int]:
    """The codes of a column's cells in which nothing can be seen; nearly all others begin with what can be seen."""
    return {
        code
        for code, cell in enumerate(column.cells)
        if (cell[:1] in _UNSEEN and is_blank(cell) if cell.__class__ is str else cell is None)
    }


def is_zero(cell: Any) -> bool:
    """Whether the cell is what a formula shows that points to an empty cell: 0 as a number, a day or a time."""
    if isinstance(cell, Shown):
        return cell.stored == 0
    if isinstance(cell, str):
        return len(cell) < 8 and compact(cell) in {"0", "0.0", "0.00", "0%"}
    if isinstance(cell, date):
        return cell.year < 1901
    return cell in (0, time(), timedelta())


def is_number(cell: Any) -> bool:
    """Whether the cell is a number, also as text and with a measure word."""
    if isinstance(cell, str):
        return len(cell) < 40 and _NUMBER.fullmatch(compact(cell)) is not None
    return isinstance(cell, int | float | Shown) and not isinstance(cell, bool)


def is_ordinal(cell: Any) -> bool:
    """Whether a cell of 序号 counts a row (3, 三, 3-1, 补1) and names no group of rows."""
    return not isinstance(cell, str) or _ORDINAL.fullmatch(_said(cell)) is not None


def total_label(cell: Any) -> TotalLabel | None:
    """What the cell says if it is the label of a row of sums (合计, 5月合计, 工贸小计, 累计（1-5月）, 过次页)."""
    if not isinstance(cell, str) or not may_hold_total(cell):
        return None
    match = _TOTAL.fullmatch(_said(cell))
    if match is None:
        return TotalLabel(cell.strip(), "", Span.ALL) if _ALSO_TOTAL.fullmatch(_said(cell)) else None
    of, word, more = match["of"], match["word"], match["rest"]
    of_all = _OF_ALL.fullmatch(of) is not None and _OF_ALL.fullmatch(more) is not None
    if word == "小计":
        span = Span.GROUP
    elif word == "累计":
        span = Span.ALL if not of and not more else Span.TO_DATE
    else:
        span = Span.ALL if of_all and word not in _PAGES else Span.EITHER
    return TotalLabel((of + word + more).rstrip(":"), of, span)


def may_hold_total(text: str) -> bool:
    """Whether a text, or one of many put together, may be the label of a row of sums."""
    return _MAY_BE_TOTAL.search(text) is not None


def is_example(cell: Any) -> bool:
    """Whether the cell marks its row as an example."""
    return isinstance(cell, str) and "例" in cell and _EXAMPLE.fullmatch(_said(cell)) is not None


def may_sign(cell: Any) -> bool:
    """Whether the cell is one of the labels of a signature line."""
    return isinstance(cell, str) and cell.lstrip()[:1] in _PAIRS_BEGIN and _PAIR.fullmatch(_said(cell)) is not None


def label_codes(column: SheetColumn) -> set[int]:
    """The codes of a column's cells that are labels of a signature line; hardly any other cell begins like one."""
    return {
        code
        for code, cell in enumerate(column.cells)
        if cell.__class__ is str and ((begin := cell[:1]) in _PAIRS_BEGIN or begin.isspace()) and may_sign(cell)
    }


def is_pairs(cells: Sequence[Any]) -> str | None:
    """``signature`` or ``title`` where the cells are labels with their values (填表人：张三), None where they are not.

    The day of a signature stands often without a label, behind all others.
    """
    wants_value, kind = False, None
    for place, cell in enumerate(cells):
        written = _said(cell) if isinstance(cell, str) else ""
        known = _PAIR.fullmatch(written) if written else None
        pair = known or (_ANY_PAIR.fullmatch(written) if ":" in written else None)
        if pair is not None:
            wants_value = not pair["value"]
            kind = kind or (None if known is None else "title" if known["headed"] else "signature")
        elif wants_value and len(written) <= LONGEST_SAID:
            wants_value = False
        elif kind is None or place < len(cells) - 1 or not _is_day(cell, written):
            return None
    return kind


def _is_day(cell: Any, written: str) -> bool:
    return isinstance(cell, date) or re.fullmatch(r"\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?", written) is not None


def is_note(cell: Any) -> bool:
    """Whether the text is a remark on the table: it says so, or it is a sentence."""
    return isinstance(cell, str) and (len(cell) > LONGEST_SAID or _NOTE.fullmatch(_said(cell)) is not None)


def says_nothing_happened(cell: Any) -> bool:
    """Whether the cell says that there is nothing to report (无, 本月无, 本月未开展执法检查, 零报告)."""
    return isinstance(cell, str) and _ZERO.fullmatch(_said(cell)) is not None and not may_be_enterprise(cell)


def points_elsewhere(cell: Any) -> bool:
    """Whether the cell says that the rows stand somewhere else (详见附件)."""
    return isinstance(cell, str) and len(cell) <= LONGEST_SAID and _ELSEWHERE.fullmatch(_said(cell)) is not None


def may_be_enterprise(cell: Any) -> bool:
    """Whether the text may be an enterprise's name: such a row is nobody's heading."""
    return isinstance(cell, str) and _ENTERPRISE.fullmatch(_said(cell)) is not None


def may_be_unit(cell: Any) -> bool:
    """Whether the text may be a unit's name."""
    return isinstance(cell, str) and _UNIT.fullmatch(_said(cell)) is not None


def is_flag(cell: Any) -> bool:
    """Whether the cell is 是 or 否 in any of their writings."""
    try:
        return flag(cell) is not None
    except Wrong:
        return False


def is_stray(cell: Any) -> bool:
    """Whether the cell holds a mark or two that say nothing."""
    return isinstance(cell, str) and len(cell) <= 3 and not any(character.isalnum() for character in cell)


def has_value(cell: Any) -> bool:
    """Whether the cell is more than the writings of an empty one (无, /, —)."""
    return not is_empty(cell)


def counts_columns(cells: Sequence[Any], width: int) -> bool:
    """A row that only numbers the columns: 1, 2, 3 … or 甲, 乙, 1, 2 …; of two columns both. 栏次 may stand before them."""
    if len(cells) < min(3, width) or isinstance(cells[0], date):
        return False
    written = [
        compact(f"{cell:g}" if isinstance(cell, float) else str(cell)).strip("()")
        for cell in cells
        if not isinstance(cell, Shown)
    ]
    if written[:1] in (["栏次"], ["列次"], ["列号"], ["栏号"]):
        written = written[1:]
    letters_first = [cell for cell in written if cell in _CHINESE_NUMBERS]
    numbers = [cell for cell in written if cell not in _CHINESE_NUMBERS]
    numbers = [_AS_A_FORMULA.sub("", number) for number in numbers]
    return (
        len(written) >= min(3, width)
        and letters_first == list(_CHINESE_NUMBERS[: len(letters_first)])
        and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    )


def _said(text: str) -> str:
    return compact(text) if len(text) <= LONGEST_SAID else ""
