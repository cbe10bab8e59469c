"""What rows of 执法检查台账 must be: each in itself, against each other and against other months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from etl.cells import check_digit_holds, people
from etl.context import Context
from etl.kinds.enforcement.columns import NUMBER
from etl.kinds.enforcement.follow_ups import check_follow_ups, check_reinspection
from etl.problems import Problem

FEWEST_INSPECTORS = 2
FAR_DEADLINE = timedelta(days=90)


def check(context: Context) -> Iterator[Problem]:
    """The rules across cells, rows, sheets and months."""
    yield from _check_rows(context)
    yield from _check_people_and_codes(context)
    yield from _check_nothing_found(context)
    yield from _check_numbers(context)
    if "follow_ups" in context.tables:
        yield from check_follow_ups(context)
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
            yield from check_reinspection(context, "ledger", index, again, conclusion, on, received)


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
