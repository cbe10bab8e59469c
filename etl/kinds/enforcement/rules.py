"""What is particular to 执法检查台账: penalties, people and codes, and other months' ledgers; the rest is declared."""

from __future__ import annotations

from collections.abc import Iterator

from etl.kinds.cross_field import CodeGiven
from etl.kinds.enforcement.columns import NUMBER
from etl.kinds.enforcement.copies import check_copy
from etl.kinds.enforcement.follow_ups import check_follow_ups
from etl.kinds.enforcement.inspectors import check_inspectors
from etl.kinds.enforcement.stored import enterprise_keys
from etl.table.context import Context
from etl.table.problems import Problem


def check(context: Context) -> Iterator[Problem]:
    """The rules that are no other kind's."""
    yield from _check_penalties(context)
    yield from check_inspectors(context)
    yield from CodeGiven("credit_code").check(context, "ledger")
    yield from _check_nothing_found(context)
    yield from _check_numbers(context)
    if "follow_ups" in context.tables:
        yield from check_follow_ups(context)
    yield from _check_still_referenced(context)
    if not context.wrong["ledger"]["enterprise"]:
        yield from check_copy(context, enterprise_keys(context))


def _check_penalties(context: Context) -> Iterator[Problem]:
    """No fine without a penalty; a decision without one is pointed out, for it does not count."""
    columns = [context.column("ledger", key) for key in ("penalised", "decision", "fine_yuan")]
    unpunished = [
        (index, penalised, decision, fine)
        for index, (penalised, decision, fine) in enumerate(zip(*columns, strict=True))
        if not penalised and (fine or decision is not None)
    ]
    for index, penalised, decision, fine in unpunished:
        if penalised is None and context.complained("ledger", index, "penalised"):
            continue
        if fine:
            yield context.problem("ledger", index, "fine_yuan", "inconsistent", "fine_without_penalty", fine)
        else:
            yield context.problem("ledger", index, "decision", "decision_without_penalty", "", decision)


def _check_nothing_found(context: Context) -> Iterator[Problem]:
    hazards = context.column("ledger", "hazards")
    if hazards and not any(hazards) and not context.wrong["ledger"]["hazards"]:
        sheet = context.tables["ledger"].found.sheet.name
        yield Problem("nothing_found", sheet, None, "发现隐患数", parameters={"inspections": len(hazards)})


def _check_numbers(context: Context) -> Iterator[Problem]:
    """No 检查文书号 is in the ledger of another month of the unit; one of another unit is a warning."""
    keys = context.keys("ledger")
    written = context.column("ledger", "number")
    own = (context.unit.code, str(context.period))
    reported = context.known.reported_numbers([key for key in keys if key is not None])
    elsewhere = sorted({one for one in reported if (one.unit, one.period) != own})
    first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True)) if elsewhere else {}
    for key, unit, period in elsewhere:
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
        else:
            yield context.problem("ledger", index, "number", "duplicate_key", "month", written[index], month=period)


def _check_still_referenced(context: Context) -> Iterator[Problem]:
    present = set(context.keys("ledger"))
    for key, (number, month) in context.known.named_later(context.unit.code, str(context.period)).items():
        if key not in present:
            yield Problem(
                "still_referenced",
                context.tables["ledger"].found.sheet.name,
                None,
                NUMBER.title,
                number,
                {"month": month},
            )
