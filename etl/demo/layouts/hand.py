"""Handwriting: how one office puts a date, a count, a yes, a sum of money, whatever form it fills in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from etl.demo.office_profile import Dates, Office
from etl.demo.truth import Case, Decision, FollowUp, Ledger, Recheck

Value = str | int | float | date | None
Column = tuple[str, str]

_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_SQUARE_BRACKETS = str.maketrans("（）〔〕", "()[]")


@dataclass(frozen=True, slots=True)
class Filing:
    """One ledger, the office that sends it, and the day on which its clerk filled it in."""

    office: Office
    ledger: Ledger
    day: date


def _same_day(day: date) -> Value:
    return day


def _same_count(count: int) -> Value:
    return count


@dataclass(frozen=True, slots=True)
class Hand:
    """The marks of one clerk; `nothing` stands where there is no date to write."""

    day: Callable[[date], Value] = _same_day
    count: Callable[[int], Value] = _same_count
    fine: Callable[[int], Value] = _same_count
    yes: str = "是"
    no: str = "否"
    nothing: Value = None
    word: Callable[[str], str] = str


def columns(fields: Iterable[str], headings: Mapping[str, str] = MappingProxyType({})) -> tuple[Column, ...]:
    """The columns of a form, left to right, under the office's own headings where it has any."""
    return tuple((headings.get(field, field), field) for field in fields)


def chinese_day(day: date) -> str:
    """The day as documents have it."""
    return f"{day.year}年{day.month}月{day.day}日"


DAYS: Mapping[Dates, Callable[[date], str]] = {
    "chinese": chinese_day,
    "dotted": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slashed": lambda day: day.strftime("%Y/%m/%d"),
    "dashed": lambda day: f"{day.year}-{day.month}-{day.day}",
    "compact": lambda day: day.strftime("%Y%m%d"),
    "short": lambda day: f"{day.month}月{day.day}日",
}


def wide(count: int) -> str:
    """The count as an input method left in full-width mode types it."""
    return str(count).translate(_WIDE_DIGITS)


def wide_mark(mark: float) -> str:
    """A mark in full-width digits, its point too."""
    return f"{mark:g}".translate(_WIDE_DIGITS).replace(".", "．")


def square(number: str) -> str:
    """A document number retyped with the brackets of the keyboard at hand."""
    return number.translate(_SQUARE_BRACKETS)


def ledger_rows(hand: Hand, form: Sequence[Column], cases: Iterable[Case]) -> list[list[Value]]:
    """One row a case, in the office's own order of columns (heading, what stands under it)."""
    return [in_order(form, case_cells(hand, case, order)) for order, case in enumerate(cases, start=1)]


def follow_up_rows(hand: Hand, form: Sequence[Column], rows: Iterable[FollowUp]) -> list[list[Value]]:
    """One row a piece of later news."""
    return [in_order(form, follow_up_cells(hand, row)) for row in rows]


def in_order(form: Iterable[Column], cells: Mapping[str, Value]) -> list[Value]:
    """The cells that the form has a column for, left to right."""
    return [cells[field] for _, field in form]


def case_cells(hand: Hand, case: Case, order: int) -> dict[str, Value]:
    """Every cell that an office may want to show of a case."""
    return {
        "序号": order,
        "检查日期": hand.day(case.day),
        "被检查单位": case.enterprise.name,
        "统一社会信用代码": case.code,
        "行业领域": hand.word(case.enterprise.sector),
        "属地": case.enterprise.town,
        "检查方式": case.manner,
        "检查人员": "、".join(case.inspectors),
        "检查文书号": case.number,
        "发现隐患数": hand.count(case.hazards),
        "其中重大隐患数": hand.count(case.major),
        "整改期限": hand.day(case.deadline) if case.deadline else hand.nothing,
        "已整改隐患数": None if case.rectified is None else hand.count(case.rectified),
        "是否处罚": hand.yes if case.decision else hand.no,
        "备注": case.remark or None,
        **_recheck_cells(hand, case.first_recheck),
        **_decision_cells(hand, case.decision),
    }


def follow_up_cells(hand: Hand, row: FollowUp) -> dict[str, Value]:
    """Every cell of a row of 整改复查; what has not changed stays empty."""
    return {
        "检查文书号": row.number,
        "已整改隐患数": hand.count(row.recheck.rectified) if row.recheck else None,
        "是否处罚": hand.yes if row.decision else None,
        "备注": None if row.recheck else "补录处罚",
        **_recheck_cells(hand, row.recheck),
        **_decision_cells(hand, row.decision),
    }


def _recheck_cells(hand: Hand, recheck: Recheck | None) -> dict[str, Value]:
    if recheck is None:
        return {"复查日期": hand.nothing, "复查结论": None}
    return {"复查日期": hand.day(recheck.day), "复查结论": "合格" if recheck.passed else "不合格"}


def _decision_cells(hand: Hand, decision: Decision | None) -> dict[str, Value]:
    if decision is None:
        return {"处罚决定书号": None, "处罚种类": None, "罚款金额(元)": None}
    fine = hand.fine(decision.fine) if decision.fine else None
    return {"处罚决定书号": decision.number, "处罚种类": decision.kind, "罚款金额(元)": fine}
