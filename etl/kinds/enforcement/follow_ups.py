"""整改复查 against the cases that it names, and what every re-inspection must tell."""

from __future__ import annotations

from collections.abc import Iterator

from etl.table.context import Context
from etl.table.known import KnownCase
from etl.table.problems import Problem
from etl.table.values.days import PartialDay, day_in


def prepare(context: Context) -> None:
    """Add to the rows of 整改复查 what they rest on: the ``case`` that each names, with its day and its hazards.

    A day without a year that would lie before the case's inspection is of the next year.
    """
    if "follow_ups" not in context.tables:
        return
    known = _known_cases(context)
    cases = [None if key is None else known.get(key) for key in context.keys("follow_ups")]
    values = context.values["follow_ups"]
    values["case"] = cases
    values["hazards"] = [None if case is None else case.hazards for case in cases]
    values["inspected_on"] = [None if case is None else case.inspected_on for case in cases]
    days = zip(context.column("follow_ups", "reinspected_on"), values["inspected_on"], strict=True)
    for index, (again, on) in enumerate(days):
        if again is not None and on is not None and again < on:
            _move_to_next_year(context, index)


def _move_to_next_year(context: Context, index: int) -> None:
    written = day_in(context.zone.calendar.timezone)(context.tables["follow_ups"].cells["reinspected_on"][index])
    if isinstance(written, PartialDay):
        again = written.in_year(context.period.year + 1)
        context.values["follow_ups"]["reinspected_on"][index] = again or written.in_year(context.period.year)


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
    columns = [context.column("follow_ups", key) for key in ("case", "number", "penalised", "decision", "fine_yuan")]
    keys = context.keys("follow_ups")
    cases = dict(zip(keys, columns[0], strict=True))
    penalised_before = {key: case.penalised for key, case in cases.items() if case is not None}
    last_decision = {key: case.decision_key for key, case in cases.items() if case is not None}
    told: list[str | None] = [None] * len(keys)
    context.values["follow_ups"]["told_decision"] = told

    def problem(index: int, key: str, rule: str, value: object) -> Problem:
        return context.problem("follow_ups", index, key, "inconsistent", rule, value)

    rows = zip(keys, context.keys("follow_ups", "decision"), *columns, strict=True)
    for index, (key, decision_key, case, number, penalised, decision, fine) in enumerate(rows):
        if key is None:
            continue
        if case is None:
            yield context.problem("follow_ups", index, "number", "unknown_case", "", number)
            continue
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
