"""Hazards as METHOD section 5.3 words them: each hazard asked anew, for every figure, how it stands.

Written from the method alone, without a look at ours: slow, and with a loop for every sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.register import Asked, Paper, counting_papers, last_day, last_told, month

MONTHS_OF_A_YEAR = range(1, 13)


def hazards_report(papers: Sequence[Paper], asked: Asked, names: dict[str, str]) -> dict[str, Any]:
    """What ``report hazards`` says besides its head; ``names`` are the units', by code, in the zone's order."""
    rows = [
        (unit, row) for unit, row in last_told(papers, "hazards", "number_key", asked) if row["found_on"] <= asked.day
    ]
    sectors = sorted({asked.sectors[row["sector"]] for _, row in rows})
    levels = sorted({row["level"] for _, row in rows if row["level"] is not None})
    without = [None] if any(row["level"] is None for _, row in rows) else []
    return {
        "zone": _graded([row for _, row in rows], asked.day),
        "units": [
            {"unit": code, "name": name, **_graded([row for unit, row in rows if unit == code], asked.day)}
            for code, name in names.items()
        ],
        "sectors": [
            {"sector": name, **_graded([row for _, row in rows if asked.sectors[row["sector"]] == name], asked.day)}
            for name in sectors
        ],
        "levels": [
            {"level": level, **_graded([row for _, row in rows if row["level"] == level], asked.day)}
            for level in [*levels, *without]
        ],
        "burn_down": [
            {"month": one, **_at_the_end([row for _, row in rows], last_day(one))}
            for one in _months_of_the_year(asked.day)
            if last_day(one) <= asked.day
        ],
        "months_to_zero": _months_to_zero([row for _, row in rows], asked.day),
        "reconciliation": _reconciliation(papers, rows, asked, list(names)),
    }  # fmt: skip


def _months_of_the_year(day: date) -> list[str]:
    return [f"{day.year}-{number:02}" for number in MONTHS_OF_A_YEAR]


def _graded(rows: list[dict[str, Any]], day: date) -> dict[str, Any]:
    return {"all": _figures(rows, day), "major": _figures([row for row in rows if row["grade"] == "重大"], day)}


def _figures(rows: list[dict[str, Any]], day: date) -> dict[str, Any]:
    crossed_off = [row for row in rows if _is_crossed_off(row, day)]
    still_open = [row for row in rows if not _is_crossed_off(row, day)]
    due = [row for row in rows if row["rectify_by"] <= day]
    on_time = [row for row in due if row["crossed_off_on"] is not None and row["crossed_off_on"] <= row["rectify_by"]]
    new_year = date(day.year, 1, 1)
    eve = date(day.year - 1, 12, 31)
    ages = sorted((day - row["found_on"]).days for row in still_open)
    middle = [ages[(len(ages) - 1) // 2], ages[len(ages) // 2]] if ages else []
    return {
        "found": len(rows),
        "found_this_year": sum(row["found_on"].year == day.year for row in rows),
        "carried_over": sum(row["found_on"] < new_year and not _is_crossed_off(row, eve) for row in rows),
        "crossed_off": len(crossed_off),
        "open": len(rows) - len(crossed_off),
        "overdue": sum(row["rectify_by"] < day for row in still_open),
        "due": len(due),
        "on_time": len(on_time),
        "on_time_rate": len(on_time) / len(due) if due else None,
        "crossed_off_rate": len(crossed_off) / len(rows) if rows else None,
        "median_age": sum(middle) / 2 if middle else None,
        "ages": {
            "0-30": sum(age <= 30 for age in ages),
            "31-90": sum(31 <= age <= 90 for age in ages),
            "91-180": sum(91 <= age <= 180 for age in ages),
            "over_180": sum(age >= 181 for age in ages),
        },
    }


def _is_crossed_off(row: dict[str, Any], day: date) -> bool:
    return row["crossed_off_on"] is not None and row["crossed_off_on"] <= day


def _at_the_end(rows: list[dict[str, Any]], end: date) -> dict[str, int]:
    found = sum(row["found_on"] <= end for row in rows)
    crossed_off = sum(_is_crossed_off(row, end) for row in rows)
    return {"found": found, "crossed_off": crossed_off, "open": found - crossed_off}


def _months_to_zero(rows: list[dict[str, Any]], day: date) -> float | None:
    """Whole months are those over by the day; the fall is from the end of the fourth last to that of the last."""
    around = [f"{year}-{number:02}" for year in (day.year - 1, day.year) for number in MONTHS_OF_A_YEAR]
    over = [last_day(one) for one in around if last_day(one) <= day]
    fall = _at_the_end(rows, over[-4])["open"] - _at_the_end(rows, over[-1])["open"]
    return float(Fraction(_at_the_end(rows, day)["open"]) / Fraction(fall, 3)) if fall > 0 else None


def _reconciliation(
    papers: Sequence[Paper], rows: list[tuple[str, dict[str, Any]]], asked: Asked, units: list[str]
) -> list[dict[str, Any]]:
    ledgers = counting_papers(papers, "enforcement", asked.known_by, month(asked.day))
    inspected = [(paper.unit, row) for paper in ledgers for row in paper.rows if row["inspected_on"] <= asked.day]
    found = []
    for one in _months_of_the_year(asked.day):
        for unit in units:
            told = sum(row["major_hazards"] for by, row in inspected if (by, month(row["inspected_on"])) == (unit, one))
            kept = sum(row["grade"] == "重大" and (by, month(row["found_on"])) == (unit, one) for by, row in rows)
            if told != kept:
                found.append({"unit": unit, "month": one, "ledger": told, "hazards": kept})
    return found
