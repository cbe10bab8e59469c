"""``enforcement``: a unit's enforcement ledger of a month, with re-inspections and its own sums (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from data.normal import compact
from data.periods import Month
from data.rollup import enforcement as rollup
from data.schema.enforcement import inspection, reinspection
from data.store import insert_columns
from etl.cells import PartialDay, Wrong, check_digit_holds, count, day, money, people
from etl.context import Context
from etl.kinds.declaration import Cells, Column, Kind, TableSpec
from etl.known import KnownCase
from etl.problems import Problem

METHODS = ("日常检查", "专项检查", "明查暗访", "交叉检查", "举报核查")
CONCLUSIONS = ("合格", "不合格")
FEWEST_INSPECTORS = 2
FAR_DEADLINE = timedelta(days=90)

_NUMBER = Column(
    "number", "检查文书号", Cells.DOCUMENT, required=True,
    aliases=("文书编号", "文书号", "检查文书编号", "检查记录编号", "检查记录号", "现场检查记录编号", "现场检查记录文书号",
             "执法文书号", "执法文书编号", "检查文书", "文书字号", "检查文书字号"),
)  # fmt: skip
_REINSPECTED = Column(
    "reinspected_on", "复查日期", Cells.DATE,
    aliases=("复查时间", "整改复查日期", "整改复查时间", "复检日期", "复查日", "复核日期"),
    not_before="inspected_on",
)  # fmt: skip
_CONCLUSION = Column(
    "conclusion", "复查结论", Cells.CHOICE, choices=CONCLUSIONS,
    aliases=("复查结果", "复查意见", "整改复查结论", "整改复查结果", "复查情况", "复检结论"),
)  # fmt: skip
_RECTIFIED = Column(
    "rectified", "已整改隐患数", Cells.COUNT,
    aliases=("已整改数", "整改隐患数", "已整改隐患", "已整改", "整改数", "已整改隐患数量", "已完成整改数", "整改完成数"),
)  # fmt: skip
_PENALTY = (
    Column("decision", "处罚决定书号", Cells.DOCUMENT,
           aliases=("处罚决定书文号", "处罚决定书编号", "决定书号", "处罚文书号", "行政处罚决定书号", "行政处罚决定书文号", "处罚文号",
                    "处罚决定书", "决定书文号", "行政处罚决定书编号")),
    Column("penalty_kind", "处罚种类", aliases=("处罚类型", "处罚类别", "行政处罚种类", "处罚方式")),
    Column("fine_yuan", "罚款金额(元)", Cells.MONEY,
           aliases=("罚款", "罚款金额", "罚款数额", "处罚金额", "罚款额", "罚没金额", "行政罚款")),
)  # fmt: skip
_PENALISED_ALIASES = (
    "是否行政处罚",
    "行政处罚",
    "是否立案处罚",
    "处罚与否",
    "是否罚款",
    "是否实施处罚",
    "是否给予处罚",
)
_REMARK = Column("remark", "备注", aliases=("说明", "其他说明", "备 注"))

LEDGER = TableSpec(
    "ledger",
    "执法检查台账",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("编号", "行号", "No", "NO.", "项次")),
        Column("inspected_on", "检查日期", Cells.DATE, required=True,
               aliases=("检查时间", "执法检查日期", "执法日期", "检查日", "执法检查时间", "执法时间")),
        Column("enterprise", "被检查单位", required=True,
               aliases=("企业名称", "受检单位", "被检查单位名称", "受检单位名称", "被检单位", "单位名称", "受检企业", "被检查企业",
                        "检查对象", "被检查对象", "企业", "被检查企业名称", "受检企业名称", "生产经营单位", "生产经营单位名称")),
        Column("credit_code", "统一社会信用代码", Cells.CREDIT_CODE,
               aliases=("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "机构代码")),
        Column("sector", "行业领域", Cells.SECTOR, required=True,
               aliases=("行业", "所属行业", "行业类别", "领域", "所属领域", "所属行业领域", "行业(领域)", "行业分类")),
        Column("territory", "属地", aliases=("所在地", "所属镇街", "属地镇街", "所在镇街", "镇街", "所属街道", "属地街道", "所属属地")),
        Column("method", "检查方式", Cells.CHOICE, choices=METHODS, aliases=("检查类型", "检查类别", "执法方式", "检查形式", "检查性质")),
        Column("inspectors", "检查人员", aliases=("检查人", "执法人员", "检查人员姓名", "检查组成员", "执法检查人员")),
        _NUMBER,
        Column("hazards", "发现隐患数", Cells.COUNT, required=True,
               aliases=("隐患数量", "隐患数", "发现隐患", "发现隐患数量", "隐患总数", "查出隐患数", "排查隐患数", "发现问题隐患数", "查出隐患",
                        "一般隐患和重大隐患数", "发现问题数", "问题数", "隐患个数")),
        Column("major_hazards", "其中重大隐患数", Cells.COUNT,
               aliases=("其中:重大隐患", "重大隐患", "重大隐患数", "其中:重大隐患数", "其中重大隐患", "重大隐患数量", "重大事故隐患数",
                        "重大事故隐患", "其中:重大事故隐患")),
        Column("rectify_by", "整改期限", Cells.DATE, not_before="inspected_on",
               aliases=("限期整改日期", "整改截止日期", "整改时限", "整改到期日", "限期整改时间", "整改限期", "要求整改时间", "整改完成期限")),
        _RECTIFIED,
        Column("penalised", "是否处罚", Cells.FLAG, required=True, aliases=_PENALISED_ALIASES),
        *_PENALTY,
        _REINSPECTED,
        _CONCLUSION,
        _REMARK,
    ),
    aliases=("执法台账", "检查台账", "安全生产执法检查台账", "执法检查"),
)  # fmt: skip

FOLLOW_UPS = TableSpec(
    "follow_ups",
    "整改复查",
    (
        _NUMBER,
        Column("reinspected_on", "复查日期", Cells.DATE, aliases=_REINSPECTED.aliases),
        _CONCLUSION,
        _RECTIFIED,
        Column("penalised", "是否处罚", Cells.FLAG, aliases=_PENALISED_ALIASES),
        *_PENALTY,
        _REMARK,
    ),
    required=False,
    aliases=("整改复查情况", "复查台账", "复查情况", "整改情况"),
)

SUMMARY = TableSpec(
    "summary",
    "汇总",
    (
        Column("measure", "指标", required=True, aliases=("项目", "统计指标", "指标名称")),
        Column("figure", "数值", Cells.ANYTHING, required=True, aliases=("数量", "合计", "本月数", "统计数", "数据")),
    ),
    required=False,
    counted=False,
    aliases=("汇总表", "统计汇总"),
)


def check(context: Context) -> Iterator[Problem]:
    """The rules across cells, rows, sheets and months."""
    yield from _check_rows(context)
    yield from _check_people_and_codes(context)
    yield from _check_nothing_found(context)
    yield from _check_numbers(context)
    if "follow_ups" in context.tables:
        yield from _check_follow_ups(context)
    yield from _check_still_referenced(context)


def _check_rows(context: Context) -> Iterator[Problem]:
    """Rules within one row of 执法检查台账."""
    calendar, period = context.zone.calendar, context.period
    first, last = calendar.first_day(period), calendar.last_day(period)
    keys = (
        "inspected_on", "hazards", "major_hazards", "rectify_by", "rectified", "penalised", "decision",
        "fine_yuan", "reinspected_on", "conclusion",
    )  # fmt: skip
    columns = [context.column("ledger", key) for key in keys]
    received = context.received_on

    def problem(index: int, key: str, rule: str, value: object, **more: str | int) -> Problem:
        return context.problem("ledger", index, key, "inconsistent", rule, value, **more)

    for index, (on, hazards, major, by, rectified, penalised, decision, fine, again, conclusion) in enumerate(
        zip(*columns, strict=True)
    ):
        if on is not None and not first <= on <= last:
            yield context.problem(
                "ledger", index, "inspected_on", "out_of_period", "", on, first=str(first), last=str(last)
            )
        if hazards is not None:
            if major and major > hazards:
                yield problem(index, "major_hazards", "major_above_hazards", major, hazards=hazards)
            if rectified is not None and rectified > hazards:
                yield problem(index, "rectified", "rectified_above_hazards", rectified, hazards=hazards)
            if hazards and by is None and not context.complained("ledger", index, "rectify_by"):
                yield problem(index, "rectify_by", "hazards_without_deadline", None, hazards=hazards)
        if by is not None and on is not None and by - on > FAR_DEADLINE:
            yield context.problem("ledger", index, "rectify_by", "far_deadline", "", by, days=(by - on).days)
        if by is not None and on is not None and by < on:
            yield problem(index, "rectify_by", "deadline_before_inspection", by, inspected=str(on))
        if penalised and decision is None and not context.complained("ledger", index, "decision"):
            yield problem(index, "decision", "penalty_without_decision", None)
        if penalised is False or (penalised is None and not context.complained("ledger", index, "penalised")):
            if fine:
                yield problem(index, "fine_yuan", "fine_without_penalty", fine)
            elif decision is not None:
                yield context.problem("ledger", index, "decision", "decision_without_penalty", "", decision)
        if again is not None or conclusion is not None:
            yield from _check_reinspection(context, "ledger", index, again, conclusion, on, received)


def _check_reinspection(
    context: Context, table: str, index: int, again: Any, conclusion: Any, on: Any, received: Any
) -> Iterator[Problem]:
    def problem(key: str, rule: str, value: object, **more: str | int) -> Problem:
        return context.problem(table, index, key, "inconsistent", rule, value, **more)

    if again is not None and conclusion is None and not context.complained(table, index, "conclusion"):
        yield problem("conclusion", "reinspection_without_conclusion", None, day=str(again))
    if again is None and conclusion is not None and not context.complained(table, index, "reinspected_on"):
        yield problem("reinspected_on", "conclusion_without_reinspection", None, conclusion=conclusion)
    if again is not None and on is not None and again < on:
        yield problem("reinspected_on", "reinspection_before_inspection", again, inspected=str(on))
    if again is not None and again > received:
        yield problem("reinspected_on", "reinspection_after_receipt", again, received=str(received))


def _check_people_and_codes(context: Context) -> Iterator[Problem]:
    few: dict[str | None, bool] = {None: False}
    for index, written in enumerate(context.column("ledger", "inspectors")):
        if written not in few:
            few[written] = len(people(written)) < FEWEST_INSPECTORS
        if few[written]:
            yield context.problem("ledger", index, "inspectors", "few_inspectors", "", written)
    holds: dict[str, bool] = {}
    for index, code in enumerate(context.column("ledger", "credit_code")):
        if code is None:
            if not context.complained("ledger", index, "credit_code"):
                yield context.problem("ledger", index, "credit_code", "no_credit_code")
            continue
        if code not in holds:
            holds[code] = check_digit_holds(code)
        if not holds[code]:
            yield context.problem("ledger", index, "credit_code", "check_digit", "", code)


def _check_nothing_found(context: Context) -> Iterator[Problem]:
    hazards = context.column("ledger", "hazards")
    if hazards and not any(hazards) and not context.wrong["ledger"]["hazards"]:
        sheet = context.tables["ledger"].found.sheet.name
        yield Problem("nothing_found", sheet, None, "发现隐患数", parameters={"inspections": len(hazards)})


def _check_numbers(context: Context) -> Iterator[Problem]:
    """No 检查文书号 twice in the ledger, nor in another month of the unit; one of another unit is a warning."""
    keys = context.keys("ledger")
    written = context.column("ledger", "number")
    yield from context.repeated("ledger", "number", keys)
    first = {key: index for index, key in reversed(list(enumerate(keys))) if key is not None}
    for key, unit, period in sorted(set(context.known.reported_numbers(list(first)))):
        index = first[key]
        if unit != context.unit.code:
            yield context.problem(
                "ledger",
                index,
                "number",
                "number_of_another_unit",
                "",
                written[index],
                unit=context.zone.unit_by_code[unit].name,
            )
        elif period != str(context.period):
            yield context.problem("ledger", index, "number", "duplicate_key", "month", written[index], month=period)


def _known_cases(context: Context) -> dict[str, KnownCase]:
    """The cases that 整改复查 may name: earlier months' from the database, this month's from the workbook."""
    keys = [key for key in context.keys("follow_ups") if key is not None]
    cases = context.known.cases_before(context.unit.code, str(context.period), sorted(set(keys)))
    wanted = set(keys)
    rows = zip(
        context.keys("ledger"),
        context.column("ledger", "inspected_on"),
        context.column("ledger", "hazards"),
        context.column("ledger", "penalised"),
        context.keys("ledger", "decision"),
        strict=True,
    )
    for key, on, hazards, penalised, decision in rows:
        if key in wanted and key is not None:
            cases[key] = KnownCase(str(context.period), on, hazards, bool(penalised), decision if penalised else None)
    return cases


def _check_follow_ups(context: Context) -> Iterator[Problem]:
    """整改复查 against the cases that it names, and within its own rows.

    On the way it settles which decision each row tells of: 是 is never taken back, so a decision counts once its
    case was ever penalised; a fine without a number belongs to the case's last decision.
    """
    cases = _known_cases(context)
    keys = ("number", "reinspected_on", "conclusion", "rectified", "penalised", "decision", "fine_yuan")
    columns = [context.column("follow_ups", key) for key in keys]
    penalised_before = {key: case.penalised for key, case in cases.items()}
    last_decision = {key: case.decision_key for key, case in cases.items()}
    told: list[str | None] = [None] * len(columns[0])
    context.values["follow_ups"]["told_decision"] = told

    def problem(index: int, key: str, rule: str, value: object, **more: str | int) -> Problem:
        return context.problem("follow_ups", index, key, "inconsistent", rule, value, **more)

    rows = zip(context.keys("follow_ups"), context.keys("follow_ups", "decision"), *columns, strict=True)
    for index, (key, decision_key, number, again, conclusion, rectified, penalised, decision, fine) in enumerate(rows):
        case = cases.get(key) if key is not None else None
        if key is not None and case is None:
            yield context.problem("follow_ups", index, "number", "unknown_case", "", number)
        on = case.inspected_on if case is not None else None
        if again is not None and on is not None and again < on:
            again = _of_next_year(context, index, again)  # noqa: PLW2901  # the day as it was meant
        yield from _check_reinspection(context, "follow_ups", index, again, conclusion, on, context.received_on)
        if case is None or key is None:
            continue
        if rectified is not None and case.hazards is not None and rectified > case.hazards:
            yield problem(index, "rectified", "rectified_above_hazards", rectified, hazards=case.hazards)
        penalised_before[key] = penalised_before[key] or bool(penalised)
        if penalised_before[key]:
            last_decision[key] = decision_key or last_decision[key]
            told[index] = last_decision[key] if decision is not None or fine is not None else None
        if penalised and last_decision[key] is None and not context.complained("follow_ups", index, "decision"):
            yield problem(index, "decision", "penalty_without_decision", None)
        if not penalised_before[key]:
            if fine:
                yield problem(index, "fine_yuan", "fine_without_penalty", fine)
            elif decision is not None:
                yield context.problem("follow_ups", index, "decision", "decision_without_penalty", "", decision)


def _of_next_year(context: Context, index: int, again: date) -> date:
    """A day written without a year that lies before its inspection is of the next year."""
    written = day(context.tables["follow_ups"].values["reinspected_on"][index])
    if isinstance(written, PartialDay):
        again = written.in_year(context.period.year + 1) or again
        context.values["follow_ups"]["reinspected_on"][index] = again
    return again


def _check_still_referenced(context: Context) -> Iterator[Problem]:
    present = set(context.keys("ledger"))
    for key, (number, month) in context.known.named_later(context.unit.code, str(context.period)).items():
        if key not in present:
            yield Problem(
                "still_referenced",
                context.tables["ledger"].found.sheet.name,
                None,
                _NUMBER.title,
                number,
                {"month": month},
            )


def check_summary(context: Context) -> Iterator[Problem]:
    """汇总 against the ledger's rows; a sum of cells that are complained of is not judged."""
    if "summary" not in context.tables:
        return
    sums = _sums(context)
    names = context.column("summary", "measure")
    figures = context.tables["summary"].values["figure"]
    for index, (name, figure) in enumerate(zip(names, figures, strict=True)):
        bare = compact(name or "").replace("(元)", "").replace("(万元)", "")
        if bare not in sums or context.complained("summary", index, "figure"):
            continue
        understand = money("(万元)" in compact(name)) if bare == "罚款金额" else count
        try:
            stated = understand(figure)
        except Wrong as wrong:
            yield context.problem("summary", index, "figure", wrong.code, "", figure, **wrong.parameters)
            continue
        if stated is not None and stated != sums[bare]:
            more: dict[str, str | int] = {"measure": bare, "computed": str(sums[bare])}
            yield context.problem("summary", index, "figure", "total_mismatch", "", figure, **more)


def _sums(context: Context) -> dict[str, int | Decimal]:
    """What 汇总 should say, as far as the cells behind it can be read."""
    hazards = context.column("ledger", "hazards")
    sums: dict[str, int | Decimal] = {"检查家次": len(hazards)}
    wrong = {key for key, rows in context.wrong["ledger"].items() if rows}
    if "hazards" not in wrong:
        sums["查出问题家次"] = sum(1 for number in hazards if number)
        sums["隐患数"] = sum(hazards)
    if "major_hazards" not in wrong:
        sums["重大隐患数"] = sum(number or 0 for number in context.column("ledger", "major_hazards"))
    if not wrong & {"penalised", "decision"}:
        fines = _fines(context)
        sums["行政处罚"] = len(fines)
        if "fine_yuan" not in wrong:
            sums["罚款金额"] = sum(fines.values(), Decimal(0))
    return sums


def _fines(context: Context) -> dict[str, Decimal]:
    """Each decision of the ledger once, with its fine; of differing amounts the last."""
    fines: dict[str, Decimal] = {}
    decided = zip(
        context.column("ledger", "penalised"),
        context.keys("ledger", "decision"),
        context.column("ledger", "fine_yuan"),
        strict=True,
    )
    for penalised, decision, fine in decided:
        if penalised and decision is not None:
            fines[decision] = fine if fine is not None else fines.get(decision, Decimal(0))
    return fines


def write(connection: Connection, context: Context, submission: int) -> None:
    """Store the rows of 执法检查台账 and 整改复查."""
    insert_columns(connection, inspection, _ledger_columns(context, submission))
    if "follow_ups" in context.tables:
        insert_columns(connection, reinspection, _follow_up_columns(context, submission))


def _ledger_columns(context: Context, submission: int) -> dict[str, list[Any]]:
    size = len(context.tables["ledger"].rows)
    calendar = context.zone.calendar
    grace = timedelta(days=calendar.grace_days)
    hazards = context.column("ledger", "hazards")
    due = [
        by + grace if number and by is not None else None
        for number, by in zip(hazards, context.column("ledger", "rectify_by"), strict=True)
    ]
    months = {day: str(calendar.month_of(day)) for day in set(due) if day is not None}
    penalised = [bool(flag) for flag in context.column("ledger", "penalised")]
    plain = (
        "number", "inspected_on", "enterprise", "credit_code", "sector", "territory", "method", "inspectors",
        "rectify_by", "rectified", "decision", "penalty_kind", "fine_yuan", "reinspected_on", "conclusion", "remark",
    )  # fmt: skip
    return {
        "zone": [context.zone.code] * size,
        "submission": [submission] * size,
        "row": context.tables["ledger"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "number_key": context.keys("ledger"),
        "enterprise_key": _enterprise_keys(context),
        "hazards": hazards,
        "major_hazards": [number or 0 for number in context.column("ledger", "major_hazards")],
        "due_on": due,
        "due_month": [None if day is None else months[day] for day in due],
        "penalised": penalised,
        "decision_key": [
            key if flag else None for flag, key in zip(penalised, context.keys("ledger", "decision"), strict=True)
        ],
        **{key: context.column("ledger", key) for key in plain},
    }


def _enterprise_keys(context: Context) -> list[str]:
    """Credit code; without one the code that the same name has elsewhere in the ledger; else the name (METHOD 2)."""
    codes = context.column("ledger", "credit_code")
    written = context.column("ledger", "enterprise")
    compacted = {name: compact(name) for name in set(written)}
    names = [compacted[name] for name in written]
    code_of: dict[str, str] = {}
    for name, code in zip(names, codes, strict=True):
        if code is not None:
            code_of.setdefault(name, code)
    return [code if code is not None else code_of.get(name, name) for name, code in zip(names, codes, strict=True)]


def _follow_up_columns(context: Context, submission: int) -> dict[str, list[Any]]:
    size = len(context.tables["follow_ups"].rows)
    plain = (
        "number", "reinspected_on", "conclusion", "rectified", "penalised", "decision", "penalty_kind", "fine_yuan", "remark",
    )  # fmt: skip
    return {
        "zone": [context.zone.code] * size,
        "submission": [submission] * size,
        "row": context.tables["follow_ups"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "number_key": context.keys("follow_ups"),
        "decision_key": context.values["follow_ups"]["told_decision"],
        **{key: context.column("follow_ups", key) for key in plain},
    }


def refresh(connection: Connection, context: Context) -> None:
    """Recompute the sums that this ledger touches: its own month and all later ones of the unit."""
    assert isinstance(context.period, Month)
    rollup.refresh(connection, context.zone, context.unit.code, context.period)


KIND = Kind(
    code="enforcement",
    title="执法检查台账",
    frequency="month",
    order=20,
    tables=(LEDGER, FOLLOW_UPS, SUMMARY),
    check=check,
    check_sums=check_summary,
    write=write,
    refresh=refresh,
)


def rules() -> Iterable[str]:
    """Names of the rules behind ``inconsistent`` and ``duplicate_key``; each has its sentence in ``messages``."""
    return (
        "major_above_hazards", "rectified_above_hazards", "hazards_without_deadline", "deadline_before_inspection",
        "penalty_without_decision", "fine_without_penalty", "reinspection_without_conclusion",
        "conclusion_without_reinspection", "reinspection_before_inspection", "reinspection_after_receipt",
    )  # fmt: skip
