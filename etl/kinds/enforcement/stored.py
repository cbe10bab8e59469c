"""What is stored of an enforcement ledger: a row a case, a row a re-inspection."""

from __future__ import annotations

from typing import Any

from data.schema.enforcement import inspection, reinspection
from data.zone.normal import compact
from etl.kinds.enforcement.columns import FOLLOW_UPS, LEDGER
from etl.kinds.kind import Stored
from etl.table.context import Context


def _ledger_columns(context: Context) -> dict[str, list[Any]]:
    size = len(context.tables["ledger"].rows)
    calendar = context.zone.calendar
    hazards = context.column("ledger", "hazards")
    days = zip(hazards, context.column("ledger", "rectify_by"), context.column("ledger", "inspected_on"), strict=True)
    due = [calendar.due_day(by, on) if number and by is not None else None for number, by, on in days]
    months = {day: str(calendar.month_of(day)) for day in set(due) if day is not None}
    penalised = [bool(flag) for flag in context.column("ledger", "penalised")]
    plain = (
        "number", "inspected_on", "enterprise", "credit_code", "sector", "territory", "method", "inspectors",
        "rectify_by", "rectified", "decision", "penalty_kind", "fine_yuan", "reinspected_on", "conclusion", "remark",
    )  # fmt: skip
    return {
        "row": context.tables["ledger"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "number_key": context.keys("ledger"),
        "enterprise_key": enterprise_keys(context),
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


def enterprise_keys(context: Context) -> list[str]:
    """Credit code; without one the code that the same name has elsewhere in the ledger; else the name (METHOD 2)."""
    kept = context.values["ledger"]
    if "enterprise_key" not in kept:
        kept["enterprise_key"] = _enterprise_keys(context)
    return kept["enterprise_key"]


def _enterprise_keys(context: Context) -> list[str]:
    codes = context.column("ledger", "credit_code")
    if all(codes):
        return codes
    written = context.column("ledger", "enterprise")
    compacted = {name: compact(name) for name in set(written)}
    names = [compacted[name] for name in written]
    code_of: dict[str, str] = {}
    for name, code in zip(names, codes, strict=True):
        if code is not None:
            code_of.setdefault(name, code)
    return [code if code is not None else code_of.get(name, name) for name, code in zip(names, codes, strict=True)]


def _follow_up_columns(context: Context) -> dict[str, list[Any]]:
    if "follow_ups" not in context.tables:
        return {}
    size = len(context.tables["follow_ups"].rows)
    plain = (
        "number", "reinspected_on", "conclusion", "rectified", "penalised", "decision", "penalty_kind", "fine_yuan", "remark",
    )  # fmt: skip
    return {
        "row": context.tables["follow_ups"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "number_key": context.keys("follow_ups"),
        "decision_key": context.values["follow_ups"]["told_decision"],
        **{key: context.column("follow_ups", key) for key in plain},
    }


STORED = (
    Stored(inspection, LEDGER, ("number_key",), _ledger_columns),
    Stored(reinspection, FOLLOW_UPS, ("number_key",), _follow_up_columns),
)
