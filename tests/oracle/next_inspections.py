"""Whom to inspect next as METHOD section 5.7 words it: shares, grounds, orders, what is left out, who goes together, what a list was worth.

Written from the method's words, and where they are silent from what docs/method.md adds to them; who wrote it had read ours, so it goes
other ways: shares are fractions, chance is every order tried, a bound of a Beta distribution is sought by halves along its own series.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import permutations
from math import exp, lgamma, log
from typing import Any

from .month_ends import Row, cases, last_said, standings
from .ranking import normal
from .register import Asked, Paper, counting_papers, inspections, last_day, last_told, month, register

GROUNDS = ("overdue_major", "reinspection_due", "high_risk_never", "likely")
_HALVES = 44
"""So often a bound is sought between halves."""
_SMALL = 1e-17


@dataclass(frozen=True)
class Rules:
    """What METHOD leaves to the scheme, as it ships."""

    months: int = 24
    prior_strength: int = 10
    interval: Fraction = Fraction(4, 5)
    soon_days: int = 14
    most_years: int = 2
    most_by_one_unit: int = 4
    lately_days: int = 30
    length_without_plan: int = 20


@dataclass(frozen=True)
class Held:
    """A list that is judged: whose it is, what it names in order, and the closed cases beside it."""

    unit: str | None
    named: Sequence[str]
    cases: Sequence[str] = ()


# A unit's list


def lists(papers: Sequence[Paper], asked: Asked, of_month: str, rules: Rules) -> dict[str, list[Row]]:
    """Unit → the enterprises that it is to inspect in a month, in order."""
    told = expected(papers, asked, rules)
    ordered = sorted(
        told,
        key=lambda code: (
            GROUNDS.index(told[code]["ground"]), told[code]["since"] or date.min, -told[code]["urgency"], code
        ),
    )  # fmt: skip
    plan = _plan(papers, asked, of_month)
    found: dict[str, list[str]] = {}
    for unit in sorted({unit for one in told.values() for unit in one["answering"]}):
        its_own = [code for code in ordered if unit in told[code]["answering"]]
        wanted = [code for code in its_own if not _had_enough(papers, asked, unit, code, told[code], rules)]
        found[unit] = wanted[: plan.get(unit, rules.length_without_plan)]
    weeks = _turns(found, told, of_month)
    return {
        unit: [
            {
                **told[code], "credit_code": code, "place": place, "week": weeks[code],
                "together_with": sorted(_going(papers, asked, code, found, rules) - {unit}),
            }
            for place, code in enumerate(codes, start=1)
        ]
        for unit, codes in found.items()
    }  # fmt: skip


def expected(papers: Sequence[Paper], asked: Asked, rules: Rules) -> dict[str, Row]:
    """Credit code → what is expected of the next inspection of each enterprise of the register, and why it is to be seen."""
    stand = standings(papers, asked, _months_back(asked.day, rules.months))
    found = {}
    for code, one in stand.items():
        alike = [other for other in stand.values() if other["sector"] == one["sector"]]
        of_sector = (sum(other["found"] for other in alike) + Fraction(1, 2)) / (
            sum(other["inspections"] for other in alike) + 1
        )
        with_finding = rules.prior_strength * of_sector + one["found"]
        without = rules.prior_strength * (1 - of_sector) + one["inspections"] - one["found"]
        mean = with_finding / (with_finding + without)
        years = Fraction(rules.most_years)
        if one["last_on"] is not None:
            years = min(Fraction((asked.day - one["last_on"]).days, 365), years)
        outside = (1 - rules.interval) / 2
        ground, since = _ground(one, asked.day, rules)
        found[code] = {
            "inspections": one["inspections"], "found": one["found"], "last_on": one["last_on"], "mean": mean,
            "low": _bound(with_finding, without, outside), "high": _bound(with_finding, without, 1 - outside),
            "urgency": mean * years, "ground": ground, "since": since, "again_open": one["due_on"] is not None,
            "answering": {one["territory"], one["department"]} - {None},
        }  # fmt: skip
    return found


def _months_back(day: date, months: int) -> date:
    """The same day of the month, or the last that it has."""
    number = day.year * 12 + day.month - 1 - months
    last = last_day(f"{number // 12}-{number % 12 + 1:02}")
    return last.replace(day=min(day.day, last.day))


def _ground(one: Row, day: date, rules: Rules) -> tuple[str, date | None]:
    """The gravest. METHOD speaks of the next days alone; that a re-inspection that is overdue counts too is what docs/method.md adds."""
    if one["major_by"] is not None and one["major_by"] < day:
        return "overdue_major", one["major_by"]
    if one["due_on"] is not None and (one["due_on"] - day).days <= rules.soon_days:
        return "reinspection_due", one["due_on"]
    if one["high_risk"] and one["last_on"] is None:
        return "high_risk_never", None
    return "likely", None


def _had_enough(papers: Sequence[Paper], asked: Asked, unit: str, code: str, one: Row, rules: Rules) -> bool:
    """Whether a unit has been there as often as it may be in a year, and nothing is open that calls for it."""
    this_year = [
        day
        for of_code, by, day in inspections(papers, asked)
        if (of_code, by, day.year) == (code, unit, asked.day.year)
    ]
    if len(this_year) < rules.most_by_one_unit:
        return False
    return not one["again_open"] and not _tipped_off(papers, asked, code)


def _tipped_off(papers: Sequence[Paper], asked: Asked, code: str) -> bool:
    """Whether a tip-off (举报, no sanction and no crackdown) of the enterprise is open; it is named there, and has no code."""
    name = normal(register(papers, asked)[0][code]["name"])
    for _unit, row in last_told(papers, "tipoffs", "number_key", asked):
        closed = row["closed_on"] is not None and row["closed_on"] <= asked.day
        if row["type"] == "举报" and row["received_on"] <= asked.day and not closed and normal(row["object"]) == name:
            return True
    return False


def _plan(papers: Sequence[Paper], asked: Asked, of_month: str) -> dict[str, int]:
    """Unit → how many inspections it plans for the month; none is a plan, too."""
    return {
        row["unit"]: row["inspections"]
        for paper in counting_papers(papers, "targets", asked.known_by, of_month[:4])
        for row in paper.rows
        if row["month"] == of_month
    }


def _going(
    papers: Sequence[Paper], asked: Asked, code: str, found: Mapping[str, Sequence[str]], rules: Rules
) -> set[str]:
    """Who should go together: all who have it on a list, and whoever was there lately."""
    lately = {
        by
        for of_code, by, day in inspections(papers, asked)
        if of_code == code and (asked.day - day).days <= rules.lately_days
    }
    return lately | {unit for unit, codes in found.items() if code in codes}


def _turns(found: Mapping[str, Sequence[str]], told: Mapping[str, Row], of_month: str) -> dict[str, date]:
    """Credit code → the Monday of the week in which it is to be seen: the first turn on any list; a re-inspection's before it is due."""
    days = [date.fromisoformat(f"{of_month}-{day:02}") for day in range(1, last_day(of_month).day + 1)]
    # A week whose only days in the month are a Saturday and a Sunday is none of its weeks.
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days if day.weekday() < 5 or day.day > 2})
    turns: dict[str, date] = {}
    for codes in found.values():
        for before, code in enumerate(codes):
            turn = mondays[int(Fraction(before, len(codes)) * len(mondays))]
            turns[code] = min(turn, turns.get(code, turn))
    for code in turns:
        if told[code]["ground"] == "reinspection_due":
            in_time = [monday for monday in mondays if monday <= told[code]["since"]]
            turns[code] = in_time[-1] if in_time else mondays[0]
    return turns


@cache
def _bound(with_finding: Fraction, without: Fraction, below: Fraction) -> float:
    """Where so much of a Beta distribution lies below."""
    low, high = 0.0, 1.0
    for _ in range(_HALVES):
        middle = (low + high) / 2
        if _mass_below(float(with_finding), float(without), middle) < float(below):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _mass_below(a: float, b: float, x: float) -> float:
    """xᵃ(1 − x)ᵇ ÷ aB(a, b) × Σ Π (a + b + k)x ÷ (a + 1 + k), which is short in the lower half; above it, what lies above is taken off."""
    if x > 0.5:
        return 1 - _mass_below(b, a, 1 - x)
    term = exp(a * log(x) + b * log(1 - x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    total, k = term, 0
    while term > _SMALL:
        term *= (a + b + k) * x / (a + 1 + k)
        total, k = total + term, k + 1
    return total


# The closed cases of which is drawn


def closed_cases(papers: Sequence[Paper], asked: Asked) -> dict[str, list[str]]:
    """Unit → the numbers of the cases that a re-inspection of the day's month closed."""
    found: dict[str, list[str]] = {}
    for paper, row in cases(papers, asked):
        said = last_said(paper, row, papers, asked)
        if row["hazards"] and said is not None and said[1] == "合格" and month(said[0]) == month(asked.day):
            found.setdefault(paper.unit, []).append(row["number_key"])
    return {unit: sorted(numbers) for unit, numbers in sorted(found.items())}


def fingerprint(held: Sequence[Held]) -> str:
    """The hash of the lists as they are frozen: every line of every list, then every case."""
    ordered = sorted(held, key=lambda one: one.unit or "")
    lines = [line for one in ordered for line in _list_lines(one)] + [
        line for one in ordered for line in _case_lines(one)
    ]
    return sha256("".join(line + "\n" for line in lines).encode()).hexdigest()


def drawn(held: Sequence[Held], whole: str, number: str) -> dict[str | None, tuple[list[str], list[str]]]:
    """Unit → a tenth of its list, and five of its closed cases: the lines whose hash with the lists' and the number comes first."""

    def some(lines: Sequence[str], most: int) -> list[str]:
        lots = sorted((sha256(f"{whole},{number},{line}".encode()).hexdigest(), line) for line in lines)
        return [line for _lot, line in lots[:most]]

    return {
        one.unit: (some(_list_lines(one), _rounded_up(len(one.named), 10)), some(_case_lines(one), 5)) for one in held
    }


def _list_lines(one: Held) -> list[str]:
    return [f"{one.unit or ''},{at + 1},{code}" for at, code in enumerate(one.named)]


def _case_lines(one: Held) -> list[str]:
    return [f"{one.unit or ''},case,{number}" for number in sorted(one.cases)]


# What a list was worth


def evaluate(papers: Sequence[Paper], asked: Asked, of_month: str, held: Sequence[Held], number: str) -> dict[str, Any]:
    """What ``evaluate`` says of lists and draws of them; ``asked``: the register's day, the eve of the month."""
    until = min(last_day(of_month), asked.known_by)
    enterprises, _findings = register(papers, asked)
    first = first_inspections(papers, asked, of_month)
    ordered, whole = sorted(held, key=lambda one: one.unit or ""), fingerprint(held)
    lots = drawn(ordered, whole, number)
    return {
        "report": "evaluate",
        "period": of_month,
        "as_of": asked.day.isoformat(),
        "until": until.isoformat(),
        "sha256": whole,
        "lists": [_judged(papers, asked, one, enterprises, first) for one in ordered],
        "draw": {"number": number, "drawn": [_lot(line) for of in lots.values() for lines in of for line in lines]},
    }


def _judged(
    papers: Sequence[Paper],
    asked: Asked,
    one: Held,
    enterprises: Mapping[str, Row],
    first: Mapping[str, tuple[date, bool]],
) -> dict[str, Any]:
    known = [code for code in one.named if code in enterprises]

    def by(field: str, name: str, names: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {name: names.get(part, part), **_counted(of_part, first), **worth(of_part, first)}
            for part in sorted({enterprises[code][field] for code in known})
            for of_part in [[code for code in known if enterprises[code][field] == part]]
        ]

    return {
        "unit": one.unit,
        "rows": len(one.named),
        "not_in_register": [code for code in one.named if code not in enterprises],
        **_counted(known, first),
        **three_orders(papers, asked, known, first),
        "towns": by("territory", "unit", {}),
        "sizes": by("size", "size", {}),
        "sectors": by("sector", "sector", asked.sectors),
    }


def three_orders(
    papers: Sequence[Paper], asked: Asked, codes: Sequence[str], first: Mapping[str, tuple[date, bool]]
) -> dict[str, Any]:
    """The three numbers of the list, of the same enterprises longest not seen first, and of chance: all their orders."""
    last = {
        code: max((day for of, _by, day in inspections(papers, asked) if of == code), default=date.min)
        for code in codes
    }
    seen = sorted({code for code in codes if code in first})
    every = [_worth(order, first) for order in permutations(seen)]
    return {
        "list": worth(codes, first),
        "longest_not_seen": worth(sorted(codes, key=lambda code: (last[code], code)), first),
        "chance": {
            name: None
            if every[0][name] is None
            else _number(sum(one[name] or 0 for one in every) / Fraction(len(every)))
            for name in every[0]
        },
    }


def first_inspections(papers: Sequence[Paper], asked: Asked, of_month: str) -> dict[str, tuple[date, bool]]:
    """Credit code → the day of its first inspection in the month as far as it is over, and whether that found something."""
    until = min(last_day(of_month), asked.known_by)
    made: dict[str, list[tuple[date, bool]]] = {}
    for _paper, row in cases(papers, Asked(until, asked.known_by, {})):
        if row["credit_code"] is not None and month(row["inspected_on"]) == of_month:
            made.setdefault(row["credit_code"], []).append((row["inspected_on"], row["hazards"] > 0))
    found = {}
    for code, all_of_it in made.items():
        day = min(on for on, _found in all_of_it)
        found[code] = day, (day, True) in all_of_it
    return found


def worth(order: Sequence[str], first: Mapping[str, tuple[date, bool]]) -> dict[str, int | float | None]:
    """METHOD's three numbers of an order, as they are printed."""
    return {name: _number(value) for name, value in _worth(order, first).items()}


def _worth(order: Sequence[str], first: Mapping[str, tuple[date, bool]]) -> dict[str, Fraction | None]:
    seen = list(_inspected(order, first))
    days = sorted(first[code][0] for code in seen)
    earlier = [Fraction((first[code][0] - day).days) for code, day in zip(seen, days, strict=True) if first[code][1]]
    half = [code for code in seen[: _rounded_up(len(seen), 2)] if first[code][1]]
    tenth = seen[: _rounded_up(len(seen), 10)]
    return {
        "days_earlier": sum(earlier) / Fraction(len(earlier)) if earlier else None,
        "first_half": Fraction(len(half), len(earlier)) if earlier else None,
        "first_tenth": Fraction(sum(first[code][1] for code in tenth), len(tenth)) if tenth else None,
    }


def _inspected(order: Sequence[str], first: Mapping[str, tuple[date, bool]]) -> Iterator[str]:
    """Who of a list was inspected, each once."""
    before = set()
    for code in order:
        if code in first and code not in before:
            before.add(code)
            yield code


def _counted(codes: Sequence[str], first: Mapping[str, tuple[date, bool]]) -> dict[str, int]:
    seen = list(_inspected(codes, first))
    return {"judged": len(seen), "found": sum(first[code][1] for code in seen)}


def _lot(line: str) -> dict[str, Any]:
    unit, place, named = line.split(",", 2)
    of = {"unit": unit or None}
    return {**of, "case": named} if place == "case" else {**of, "place": int(place), "credit_code": named}


def _rounded_up(size: int, parts: int) -> int:
    return -(-size // parts)


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
