"""Supervision and tip-offs as METHOD sections 5, 5.4 and 5.5 word them: each thing asked anew for the row that counts.

Written from the method alone, without a look at ours: slow, and with a loop for every sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.register import Asked, Paper, counting_papers, month

Told = dict[str, Any]
METHODS = ("明查暗访", "交叉督查", "督办交办")
TYPES = ("举报", "失信惩戒", "打非")
LONGEST_OPEN = timedelta(days=60)


def counting_rows(papers: Sequence[Paper], kind: str, asked: Asked, known_by_unit: bool) -> list[Told]:
    """Of each thing the row of the latest period, then of the latest receipt, then the later one."""
    everything = [
        ((paper.unit if known_by_unit else "", row["number_key"]), (paper.period, paper.received_at, place), row)
        for paper in counting_papers(papers, kind, asked.known_by, month(asked.day))
        for place, row in enumerate(paper.rows)
    ]
    things = {thing for thing, _, _ in everything}
    return [max((one for one in everything if one[0] == thing), key=lambda one: one[1])[2] for thing in things]


def supervision_report(papers: Sequence[Paper], asked: Asked) -> dict[str, Any]:
    """What ``report supervision`` says besides its head, of units that have anything."""
    rows = counting_rows(papers, "supervision", asked, known_by_unit=False)
    units = sorted({row["supervised"] for row in rows})
    return {
        "zone": _findings(rows, asked.day),
        "units": [{"unit": unit, **_findings([row for row in rows if row["supervised"] == unit], asked.day)} for unit in units],
        "methods": [
            {"method": method, **_findings([row for row in rows if row["method"] == method], asked.day)} for method in METHODS
        ],
    }  # fmt: skip


def _findings(rows: list[Told], day: date) -> dict[str, Any]:
    def happened(row: Told, key: str) -> bool:
        return row[key] is not None and row[key] <= day

    def many(holds: Callable[[Told], Any]) -> int:
        return len([row for row in rows if holds(row)])

    due = many(lambda row: happened(row, "ordered_on") and happened(row, "due_on"))
    in_time = many(
        lambda row: (
            happened(row, "ordered_on")
            and happened(row, "due_on")
            and row["answered_on"] is not None
            and row["answered_on"] <= row["due_on"]
        )
    )
    return {
        "ordered": many(lambda row: happened(row, "ordered_on")),
        "answered": many(lambda row: happened(row, "answered_on")),
        "due": due,
        "answered_in_time": in_time,
        "in_time_rate": None if due == 0 else float(Fraction(in_time, due)),
        "overdue": many(lambda row: (
            happened(row, "ordered_on") and not happened(row, "answered_on") and row["due_on"] is not None and row["due_on"] < day
        )),
        "exposed": many(lambda row: happened(row, "ordered_on") and row["exposed"]),
        "closed": many(lambda row: happened(row, "closed_on")),
    }  # fmt: skip


def tipoffs_report(papers: Sequence[Paper], asked: Asked) -> list[dict[str, Any]]:
    """The types of ``report tipoffs``."""
    rows = counting_rows(papers, "tipoffs", asked, known_by_unit=True)
    return [{"type": one, **_cases([row for row in rows if row["type"] == one], asked.day)} for one in TYPES]


def _cases(rows: list[Told], day: date) -> dict[str, Any]:
    received = [row for row in rows if row["received_on"] <= day]
    closed = [row for row in received if row["closed_on"] is not None and row["closed_on"] <= day]
    rewarded = [row for row in received if row["reward_yuan"] is not None and row["reward_yuan"] > 0]
    paid = [row for row in rewarded if row["paid_on"] is not None and row["paid_on"] <= day]
    took = sorted((row["closed_on"] - row["received_on"]).days for row in closed)
    middle = [took[len(took) // 2], took[(len(took) - 1) // 2]] if took else []
    return {
        "received": len(received),
        "closed": len(closed),
        "substantiated": len([row for row in closed if row["substantiated"]]),
        "rewarded": len(rewarded),
        "paid": len(paid),
        "payment_rate": None if not rewarded else float(Fraction(len(paid), len(rewarded))),
        "reward_yuan": float(sum((row["reward_yuan"] for row in rewarded), Decimal(0))),
        "paid_yuan": float(sum((row["reward_yuan"] for row in paid), Decimal(0))),
        "median_days": None if not middle else sum(middle) / 2,
        "overdue": len([row for row in received if row not in closed and row["received_on"] + LONGEST_OPEN < day]),
    }
