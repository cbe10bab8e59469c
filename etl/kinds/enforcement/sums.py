"""汇总: the sums that a unit states itself, against the rows of its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from etl.kinds.enforcement.stated_sums import FINES, WrittenSum, measure_of, stated_on, unit_is_said
from etl.reading.sheets import Sheet
from etl.table.cells import Wrong, is_empty
from etl.table.context import Context, written
from etl.table.headings.header import Found
from etl.table.headings.names import TEN_THOUSANDS, header_name, money_within
from etl.table.problems import Problem
from etl.table.sheet_names import is_named
from etl.table.values.amounts import sum_of_money
from etl.table.values.numbers import sum_of_counts


def check_summary(context: Context) -> Iterator[Problem]:
    """汇总 against the ledger's rows; a sum of cells that are complained of is not judged."""
    if "summary" in context.tables:
        yield from _as_in_our_form(context)
    elif "summary" in context.loose:
        yield from _in_another_layout(context, context.loose["summary"])


def _as_in_our_form(context: Context) -> Iterator[Problem]:
    """指标 and 数值 in two columns, one below the other."""
    sums = _sums(context)
    measures = [measure_of(name) if name else None for name in context.column("summary", "measure")]
    if not any(measures) and not is_named(context.tables["summary"].found.sheet, context.tables["summary"].found.spec):
        return
    figures = context.tables["summary"].cells["figure"]
    ten_thousands = _in_ten_thousands(context.tables["summary"].found)
    for index, (measure, figure) in enumerate(zip(measures, figures, strict=True)):
        if measure is None:
            name = context.column("summary", "measure")[index]
            if name is not None and not is_empty(figure):
                yield context.problem("summary", index, "measure", "summary_not_read", "", name)
            continue
        if measure.name not in sums or context.complained("summary", index, "figure"):
            continue
        try:
            own = unit_is_said(context.column("summary", "measure")[index])
            stated = _understood(measure if own else WrittenSum(measure.name, ten_thousands), figure)
        except Wrong as wrong:
            yield context.problem("summary", index, "figure", wrong.code, "", figure, **wrong.parameters)
            continue
        if stated is not None and stated != sums[measure.name]:
            more: dict[str, str | int] = {"measure": measure.name, "computed": str(sums[measure.name])}
            yield context.problem("summary", index, "figure", "total_mismatch", "", figure, **more)


def _in_another_layout(context: Context, sheet: Sheet) -> Iterator[Problem]:
    """Each sum beside its figure, or above it, wherever the sheet has them; what is not clear is not compared."""
    sums = _sums(context)
    stated = stated_on(sheet)
    if not stated:
        yield Problem("summary_not_read", sheet.name, parameters={"rule": "no_summary"})
    for one in stated:
        try:
            figure = _understood(one.measure, one.figure) if one.cell is not None else None
        except Wrong:
            figure = None
        if figure is None:
            yield Problem("summary_not_read", sheet.name, one.at, one.measure.name, one.measure.name)
        elif one.measure.name in sums and figure != sums[one.measure.name]:
            more: dict[str, str | int] = {"measure": one.measure.name, "computed": str(sums[one.measure.name])}
            yield Problem("total_mismatch", sheet.name, one.cell, one.measure.name, written(one.figure), more)


def _in_ten_thousands(found: Found) -> bool:
    """Whether a heading, or what stands above the table, says that its money is in 万元."""
    above = (cell for row in found.sheet.rows(found.header_bottom + 1) for cell in row)
    return any(money_within(header_name(cell)) == TEN_THOUSANDS for cell in above)


def _understood(measure: WrittenSum, figure: Any) -> int | Decimal | None:
    return sum_of_money(measure.ten_thousands)(figure) if measure.name == FINES else sum_of_counts(figure)


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
            sums[FINES] = sum(fines.values(), Decimal(0))
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
