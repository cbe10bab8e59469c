"""The register and front-line duty as METHOD sections 5.1, 5.2 and 5.7 word them: each enterprise asked anew what is known of it.

Written from the method alone, without a look at ours: slow, and with a loop for every sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

DUE = {"pilot": date(2022, 6, 30), "key": date(2022, 9, 30), "all": date(2022, 12, 31)}
SIZES_OF_THE_KEY_BATCH = ("规上工业", "限上商贸", "资质建筑")
DOCUMENTS = ("risk_list", "duty_list", "operation_card", "response_card")


@dataclass
class Paper:
    """One accepted workbook: its rows are plain dicts; ``again`` are those of 整改复查."""

    kind: str
    unit: str
    period: str
    version: int
    received_on: date
    received_at: datetime
    returned_on: date | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    again: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Asked:
    """Of which day, and by the end of which it was known; ``sectors`` leads from a code to the Chinese name."""

    day: date
    known_by: date
    sectors: dict[str, str]


def month(day: date) -> str:
    """The calendar month of a day."""
    return f"{day:%Y-%m}"


def last_day(period: str) -> date:
    """The last day of a month."""
    year, number = map(int, period.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return following - timedelta(days=1)


def counting_papers(papers: Sequence[Paper], kind: str, known_by: date, upto: str) -> list[Paper]:
    """Of each unit and period the last version that was known and stood at the end of a day."""
    found = []
    for unit in {paper.unit for paper in papers}:
        for period in {paper.period for paper in papers}:
            of_it = [
                paper
                for paper in papers
                if (paper.kind, paper.unit, paper.period) == (kind, unit, period)
                and paper.received_on <= known_by
                and (paper.returned_on is None or paper.returned_on > known_by)
            ]
            if of_it and period <= upto:
                found.append(max(of_it, key=lambda paper: paper.version))
    return found


def counting_lists(papers: Sequence[Paper], asked: Asked) -> dict[str, Paper]:
    """Each unit's latest list of a year up to the day's: it replaces those of the years before, whole, also where it has no rows."""
    known = counting_papers(papers, "enterprises", asked.known_by, str(asked.day.year))
    units = sorted({paper.unit for paper in known})
    return {unit: max((one for one in known if one.unit == unit), key=lambda one: one.period) for unit in units}


def rows_on(papers: Sequence[Paper], asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    """(unit, row) of each unit's latest list of a year up to the day's, as far as the row speaks of the day."""
    found = []
    for unit, latest in counting_lists(papers, asked).items():
        for row in latest.rows:
            begun = row["starts_on"] is None or row["starts_on"] <= asked.day
            over = row["ends_on"] is not None and row["ends_on"] < asked.day
            if begun and not over:
                found.append((unit, row))
    return found


def register(papers: Sequence[Paper], asked: Asked) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """The row that counts of each code, and the findings of those that several units list."""
    rows = rows_on(papers, asked)
    counts, findings = {}, []
    for code in sorted({row["credit_code"] for _, row in rows}):
        telling = {unit: row for unit, row in rows if row["credit_code"] == code}
        own_territory = sorted(unit for unit, row in telling.items() if row["territory"] == unit)
        in_charge = sorted(unit for unit, row in telling.items() if row["department"] == unit)
        others = sorted(telling)
        winner = (own_territory or in_charge or others)[0]
        counts[code] = telling[winner]
        if len(telling) > 1:
            same: dict[str, set[str]] = {"name": set(), "sector": set(), "territory": set(), "size": set()}
            for row in telling.values():
                for key, values in same.items():
                    values.add(_normal(row[key]) if key == "name" else row[key])
            findings.append({
                "code": "listed_twice", "credit_code": code, "units": [winner, *sorted(set(others) - {winner})],
                "differs": [key for key, values in same.items() if len(values) > 1],
            })  # fmt: skip
    return counts, findings


def _normal(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def speaking(papers: Sequence[Paper], asked: Asked) -> Iterator[tuple[Paper, int, dict[str, Any]]]:
    """Every row of front-line duty that speaks on the day, with its workbook and its place there."""
    for paper in counting_papers(papers, "frontline", asked.known_by, month(asked.day)):
        for place, row in enumerate(paper.rows):
            done = row["completed_on"]
            if last_day(paper.period) <= asked.day or (done is not None and done <= asked.day):
                yield paper, place, row


def inspections(papers: Sequence[Paper], asked: Asked) -> list[tuple[str, str, date]]:
    """(code, unit, day) of every inspection up to the day of which a code is told."""
    return [
        (row["credit_code"], paper.unit, row["inspected_on"])
        for paper in counting_papers(papers, "enforcement", asked.known_by, month(asked.day))
        for row in paper.rows
        if row["credit_code"] is not None and row["inspected_on"] <= asked.day
    ]


def last_told(papers: Sequence[Paper], kind: str, name: str, asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    """(unit, row) of each thing that ledgers tell of, known by unit and number: the row of the latest period, whole."""
    things: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for paper in sorted(counting_papers(papers, kind, asked.known_by, month(asked.day)), key=lambda one: one.period):
        for row in paper.rows:
            things[paper.unit, row[name]] = (paper.unit, row)
    return list(things.values())


def register_report(papers: Sequence[Paper], asked: Asked) -> dict[str, Any]:
    """What ``report register`` says besides its head."""
    counts, findings = register(papers, asked)
    made = inspections(papers, asked)
    told = [(code, unit) for code, unit, _ in made]
    told += [(row["credit_code"], paper.unit) for paper, _, row in speaking(papers, asked)]
    for unit, row in last_told(papers, "hazards", "number_key", asked):
        if row["credit_code"] is not None and row["found_on"] <= asked.day:
            told.append((row["credit_code"], unit))
    for code in sorted({code for code, _ in told if code not in counts}):
        units = sorted({unit for one, unit in told if one == code})
        findings.append({"code": "not_in_register", "credit_code": code, "units": units, "differs": []})
    this_year = {code for code, _, day in made if date(asked.day.year, 1, 1) <= day <= asked.day}

    def part(codes: list[str]) -> dict[str, Any]:
        seen = [code for code in codes if code in this_year]
        return {"enterprises": len(codes), "inspected": len(seen), "rate": _ratio(len(seen), len(codes))}

    sectors = {name: [c for c, row in counts.items() if asked.sectors[row["sector"]] == name] for name in sorted(
        asked.sectors[row["sector"]] for row in counts.values())}  # fmt: skip
    towns = {unit: [c for c, row in counts.items() if row["territory"] == unit] for unit in sorted(
        row["territory"] for row in counts.values())}  # fmt: skip
    whole = part(list(counts))
    return {
        "enterprises": len(counts),
        "by_sector": {name: len(codes) for name, codes in sectors.items()},
        "by_town": {unit: len(codes) for unit, codes in towns.items()},
        "findings": findings,
        "inspection": {
            "inspected": whole["inspected"],
            "rate": whole["rate"],
            "never": len(counts) - whole["inspected"],
            "repeated": sum(_again_and_again([one for one in made if one[0] == code]) for code in counts),
            "high_risk": part([code for code, row in counts.items() if row["high_risk"]]),
            "sectors": [{"sector": name, **part(codes)} for name, codes in sectors.items()],
            "towns": [{"unit": unit, **part(codes)} for unit, codes in towns.items()],
        },
    }


def _again_and_again(made: list[tuple[str, str, date]]) -> bool:
    for _, unit, day in made:
        for _, other, later in made:
            if unit != other and abs((later - day).days) <= 30:
                return True
    days = sorted(day for _, _, day in made)
    return any((fourth - first).days <= 90 for first, fourth in zip(days, days[3:], strict=False))


def _ratio(upper: int, lower: int) -> float | None:
    return float(Fraction(upper, lower)) if lower else None


def frontline_report(papers: Sequence[Paper], asked: Asked) -> list[dict[str, Any]]:
    """The batches of ``report frontline``."""
    return [_batch(papers, asked, batch, due) for batch, due in DUE.items()]


def _batch(papers: Sequence[Paper], asked: Asked, batch: str, due: date) -> dict[str, Any]:
    counts, _ = register(papers, asked)
    own = {code: row for code, row in counts.items() if _belongs(row, batch)}
    rows = {code: _counting_row(papers, asked, code, row["territory"]) for code, row in own.items()}
    complete = {code for code, row in rows.items() if row is not None and _is_complete(row, asked.day)}

    def part(codes: list[str]) -> dict[str, Any]:
        ready = [code for code in codes if code in complete]
        return {"enterprises": len(codes), "complete": len(ready), "coverage": _ratio(len(ready), len(codes))}

    whole = part(list(own))
    on_due_day = None
    if asked.day == due:
        on_due_day = whole["coverage"]
    elif asked.day > due:
        then = _batch(papers, Asked(due, asked.known_by, asked.sectors), batch, due)
        on_due_day = then["coverage"]
    weekly = None
    if asked.day < due:
        weekly = float((len(own) - len(complete)) / Fraction((due - asked.day).days, 7))
    names = {code: asked.sectors[row["sector"]] for code, row in own.items()}
    return {
        "batch": batch,
        "due": due.isoformat(),
        **whole,
        "on_due_day": on_due_day,
        "needed_per_week": weekly,
        "state": "done" if whole["coverage"] == 1 else "overdue" if asked.day > due else
                 "due" if (due - asked.day).days <= 30 else "upcoming",
        "silent": sum(row is None for row in rows.values()),
        "lacking": {one: sum(row is not None and not row[one] for row in rows.values()) for one in DOCUMENTS},
        "towns": [{"unit": unit, **part([c for c, row in own.items() if row["territory"] == unit])}
                  for unit in sorted({row["territory"] for row in own.values()})],
        "sectors": [{"sector": name, **part([c for c in own if names[c] == name])} for name in sorted(set(names.values()))],
    }  # fmt: skip


def _belongs(row: dict[str, Any], batch: str) -> bool:
    if batch == "pilot":
        return bool(row["pilot"])
    return batch == "all" or bool(row["key_industry"]) or row["size"] in SIZES_OF_THE_KEY_BATCH


def _counting_row(papers: Sequence[Paper], asked: Asked, code: str, territory: str) -> dict[str, Any] | None:
    """The latest period first; of it the territory's workbook if there is one, else the later received; there the last row."""
    told = [one for one in speaking(papers, asked) if one[2]["credit_code"] == code]
    if not told:
        return None
    latest = max(paper.period for paper, _, _ in told)
    told = [one for one in told if one[0].period == latest]
    mine = [one for one in told if one[0].unit == territory]
    paper = max(mine or told, key=lambda one: one[0].received_at)[0]
    return [row for from_paper, _, row in told if from_paper is paper][-1]


def _is_complete(row: dict[str, Any], day: date) -> bool:
    return all(row[one] for one in DOCUMENTS) and (row["completed_on"] is None or row["completed_on"] <= day)
