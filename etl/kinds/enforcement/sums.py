"""汇总: the sums that a unit states itself, against the rows of its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from data.normal import compact
from etl.amounts import sum_of_money
from etl.cells import Wrong
from etl.context import Context
from etl.numbers import sum_of_counts
from etl.problems import Problem


def check_summary(context: Context) -> Iterator[Problem]:
    """汇总 against the ledger's rows; a sum of cells that are complained of is not judged."""
    if "summary" not in context.tables:
        return
    sums = _sums(context)
    names = context.column("summary", "measure")
    figures = context.tables["summary"].cells["figure"]
    for index, (name, figure) in enumerate(zip(names, figures, strict=True)):
        bare = compact(name or "").replace("(元)", "").replace("(万元)", "")
        if bare not in sums or context.complained("summary", index, "figure"):
            continue
        understand = sum_of_money("(万元)" in compact(name)) if bare == "罚款金额" else sum_of_counts
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
