"""``enterprises``: the enterprises that a department or town knows of, listed whole for a year (CONTRACT section 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from data.rollup import of_lists, told_columns
from data.schema.enterprises import enterprise
from etl.kinds import enterprise_names
from etl.kinds.cross_field import CheckDigit, NotBefore
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem

SIZES = ("规上工业", "限上商贸", "资质建筑", "其他")
_OTHER_SIZES = (
    ("规模以上工业", "规上工业"), ("规上工业企业", "规上工业"), ("规模以上工业企业", "规上工业"),
    ("限额以上商贸", "限上商贸"), ("限上商贸企业", "限上商贸"), ("限额以上商贸企业", "限上商贸"),
    ("资质以上建筑", "资质建筑"), ("资质建筑企业", "资质建筑"), ("资质建筑业", "资质建筑"), ("其它", "其他"),
)  # fmt: skip

LIST = TableSpec(
    "list",
    "企业名录",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("编号", "行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("name", "企业名称", required=True, personal=False,
               aliases=("企业全称", "企业名", "生产经营单位名称", "生产经营单位", "单位名称", "企业", "名称"),
               example="重庆宏达机械有限公司", hint="写营业执照上的全称"),
        Column("credit_code", "统一社会信用代码", Cells.CREDIT_CODE, required=True,
               aliases=("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "机构代码"),
               example="91502914MA3FQEFLC0", hint="18 位，照营业执照填写；一家企业只有一个代码"),
        Column("sector", "行业领域", Cells.SECTOR, required=True,
               aliases=("所属行业领域", "所属行业", "所属领域", "行业类别", "行业分类", "行业", "领域"),
               hint="从下拉列表选取"),
        Column("territory", "属地", Cells.UNIT, required=True,
               aliases=("所属属地", "属地镇街", "所属镇街", "所在镇街", "属地街道", "属地单位", "镇街", "所在地"),
               hint="企业所在的镇街，从下拉列表选取"),
        Column("department", "行业主管部门", Cells.UNIT,
               aliases=("主管部门", "监管部门", "行业监管部门", "行业部门", "行业主管单位", "负有监管职责的部门"),
               hint="从下拉列表选取"),
        Column("size", "规模", Cells.CHOICE, required=True, choices=SIZES, other_words=_OTHER_SIZES,
               aliases=("企业规模", "规模类型", "规模类别", "规模分类"), hint="从下拉列表选取；都不是的选“其他”"),
        Column("key_industry", "重点行业", Cells.FLAG, aliases=("是否重点行业", "重点行业企业", "是否重点行业企业"),
               example="否", hint="属于重点行业的填“是”，空白按否"),
        Column("high_risk", "高危", Cells.FLAG, aliases=("是否高危", "高危企业", "是否高危企业", "高危行业", "是否高危行业"),
               example="否", hint="高危企业填“是”，空白按否"),
        Column("pilot", "试点", Cells.FLAG, aliases=("是否试点", "试点企业", "是否试点企业", "一线责任制试点"),
               example="否", hint="一线责任制试点企业填“是”，空白按否"),
        Column("grade", "标准化等级", personal=False,
               aliases=("安全生产标准化等级", "安全标准化等级", "标准化级别", "标准化达标等级", "标准化"),
               example="三级", hint="安全生产标准化达标等级，没有的不填"),
        Column("head", "主要负责人", personal=True, aliases=("负责人", "企业主要负责人", "企业负责人", "主要负责人姓名"),
               example="张三", hint="姓名；只有本单位和安委办可以看到"),
        Column("chief_engineer", "总工程师", Cells.FLAG,
               aliases=("是否有总工程师", "是否设总工程师", "是否配备总工程师", "总工程师配备", "配备总工程师"),
               example="否", hint="已配备的填“是”，空白按否"),
        Column("starts_on", "起始日期", Cells.DATE, aliases=("起始时间", "开始日期", "开始时间", "起始日", "成立日期", "存续起始日期"),
               hint="从哪一天起按本行；一直如此的不填"),
        Column("ends_on", "终止日期", Cells.DATE, not_before="starts_on",
               aliases=("终止时间", "结束日期", "结束时间", "终止日", "注销日期", "存续终止日期"),
               hint="注销、迁出或情况改变前的最后一天（当天仍计入）；没有的不填"),
    ),
    aliases=("企业名单", "企业清单", "企业台账", "企业库", "企业花名册", "企业基本情况"),
    hint="本单位掌握的全部企业，一家一行；全年以最后一次报送的为准，报送时请报完整的名录。上年的企业已经列出，有变化的直接改，新的接着填；"
         "迁移、改变行业的可以分作两行，起止日期不重叠",
    rules=(CheckDigit("credit_code"), NotBefore("ends_on", "starts_on")),
)  # fmt: skip


class _Span(NamedTuple):
    """From when to when a row counts, and which data row it is."""

    first: date
    place: int
    last: date


def check(context: Context) -> Iterator[Problem]:
    """A code may stand in several rows if each is of another time: else nobody could say how the enterprise was."""
    codes = context.column("list", "credit_code")
    starts, ends = context.column("list", "starts_on"), context.column("list", "ends_on")
    spans: dict[str, list[_Span]] = defaultdict(list)
    for index, (code, start, end) in enumerate(zip(codes, starts, ends, strict=True)):
        if code is not None and not context.complained("list", index, "starts_on", "ends_on"):
            first, last = start or date.min, end or date.max
            if first <= last:
                spans[code].append(_Span(first, index, last))
    cell = context.tables["list"].cell
    for index, before in sorted(pair for told in spans.values() if len(told) > 1 for pair in _overlapping(told)):
        yield context.problem(
            "list", index, "credit_code", "duplicate_key", "spans", codes[index], first=cell("credit_code", before)
        )


def _overlapping(told: Sequence[_Span]) -> Iterator[tuple[int, int]]:
    """(the later row, the earlier one) of rows of one code that speak of the same day; each row at most once."""
    said: set[int] = set()
    lasting: _Span | None = None
    for span in sorted(told):
        if lasting is not None and span.first <= lasting.last:
            later, earlier = max(span.place, lasting.place), min(span.place, lasting.place)
            if later not in said:
                said.add(later)
                yield later, earlier
        if lasting is None or span.last > lasting.last:
            lasting = span


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row an enterprise for a time."""
    size = len(context.tables["list"].rows)
    flags = ("key_industry", "high_risk", "pilot", "chief_engineer")
    plain = (
        "name", "credit_code", "sector", "territory", "department", "size", "grade", "head", "starts_on", "ends_on",
    )  # fmt: skip
    return {
        "row": context.tables["list"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        **{key: [bool(flag) for flag in context.column("list", key)] for key in flags},
        **{key: context.column("list", key) for key in plain},
    }


def refresh(connection: Connection, context: Context, submission: int) -> None:
    """Recompute how the enterprises of all lists of the unit stand in the register, and at a month's end; keep names and the list's columns."""
    of_lists.refresh(connection, context.zone, context.unit.code)
    enterprise_names.remember(connection, context, submission)
    told_columns.keep(connection, context.zone.code, KIND.code, submission)


KIND = Kind(
    code="enterprises",
    title="企业名录",
    frequency="year",
    order=12,
    tables=(LIST,),
    check=check,
    stored=(Stored(enterprise, LIST, ("credit_code",), _columns),),
    refresh=refresh,
)
