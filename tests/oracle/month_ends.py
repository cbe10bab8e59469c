"""How an enterprise stands on a day as METHOD section 5.7 words it: what was found there, when last, and what is open, each asked anew.

Written from the method alone, without a look at ours: slow, and with a loop for every sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tests.oracle.register import Asked, Paper, counting_papers, month, register

Row = dict[str, Any]


def standings(papers: Sequence[Paper], asked: Asked, since: date) -> dict[str, Row]:
    """Credit code → how each enterprise of the register stands; ``since``: inspections after that day count."""
    counts, _findings = register(papers, asked)
    return {code: {**_answering(row), **_standing(code, papers, asked, since)} for code, row in counts.items()}


def _answering(row: Row) -> Row:
    return {name: row[name] for name in ("territory", "department", "sector", "high_risk")}


def _standing(code: str, papers: Sequence[Paper], asked: Asked, since: date) -> Row:
    own = [(paper, row) for paper, row in cases(papers, asked) if row["credit_code"] == code]
    recent = [row for _paper, row in own if row["inspected_on"] > since]
    still = [row for paper, row in own if row["hazards"] and _open(paper, row, papers, asked)]
    major = [row["rectify_by"] for row in still if row["major_hazards"]]
    major += [row["rectify_by"] for row in _open_hazards(papers, asked) if row["credit_code"] == code]
    return {
        "inspections": len(recent),
        "found": sum(1 for row in recent if row["hazards"]),
        "last_on": max((row["inspected_on"] for _paper, row in own), default=None),
        "due_on": min((row["due_on"] for row in still), default=None),
        "major_by": min(major, default=None),
    }


def _ledgers(papers: Sequence[Paper], kind: str, asked: Asked) -> list[Paper]:
    return counting_papers(papers, kind, asked.known_by, month(asked.day))


def cases(papers: Sequence[Paper], asked: Asked) -> Iterator[tuple[Paper, Row]]:
    """Every inspection up to the day, with its ledger."""
    for paper in _ledgers(papers, "enforcement", asked):
        for row in paper.rows:
            if row["inspected_on"] <= asked.day:
                yield paper, row


def _open(paper: Paper, row: Row, papers: Sequence[Paper], asked: Asked) -> bool:
    said = last_said(paper, row, papers, asked)
    return said is None or said[1] != "合格"


def last_said(paper: Paper, row: Row, papers: Sequence[Paper], asked: Asked) -> tuple[date, str] | None:
    """Day and conclusion of the last re-inspection: of two on one day the one told later, and 整改复查 after the case's own row."""
    told = [((row["reinspected_on"], 0, "", 0), row["conclusion"])] if row["reinspected_on"] else []
    for ledger in _ledgers(papers, "enforcement", asked):
        if ledger.unit == paper.unit:
            for place, again in enumerate(ledger.again):
                if again["number_key"] == row["number_key"]:
                    told.append(((again["reinspected_on"], 1, ledger.period, place), again["conclusion"]))
    told = [one for one in told if one[0][0] <= asked.day]
    if not told:
        return None
    (on, *_order), conclusion = max(told)
    return on, conclusion


def _open_hazards(papers: Sequence[Paper], asked: Asked) -> Iterator[Row]:
    """Major hazards as the last ledger that tells of them has them, found and not crossed off by the day."""
    last: dict[tuple[str, str], tuple[str, Row]] = {}
    for ledger in _ledgers(papers, "hazards", asked):
        for row in ledger.rows:
            key = (ledger.unit, row["number_key"])
            if key not in last or last[key][0] < ledger.period:
                last[key] = ledger.period, row
    for _period, row in last.values():
        gone = row["crossed_off_on"] is not None and row["crossed_off_on"] <= asked.day
        if row["grade"] == "重大" and row["found_on"] <= asked.day and not gone:
            yield row
