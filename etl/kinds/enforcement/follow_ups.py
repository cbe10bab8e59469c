"""整改复查 against the cases that it names, and what every re-inspection must tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.cells import PartialDay, day
from etl.context import Context
from etl.known import KnownCase
from etl.problems import Problem


def check_reinspection(
    context: Context, table: str, index: int, again: Any, conclusion: Any, on: Any, received: Any
) -> Iterator[Problem]:
    """A date and a conclusion together, not before the inspection, not after the receipt."""

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


def check_follow_ups(context: Context) -> Iterator[Problem]:
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
        yield from check_reinspection(context, "follow_ups", index, again, conclusion, on, context.received_on)
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
