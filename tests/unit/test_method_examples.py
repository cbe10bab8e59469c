"""The worked examples of docs/method.md are right: of each the first line is read, and all that follows is computed anew."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest

from dashboards.method import casualties, scores
from dashboards.method.conclusions import changed
from dashboards.method.frozen import figures, moved
from dashboards.method.ranking import RankedUnit, rank_group, rounded
from dashboards.method.rates import counted, wilson
from dashboards.method.rescored import lifts, margin
from data.indicators.declaration import Ratio
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.indicators.unit_month import State, UnitMonth
from data.intake.publications import canonical, fingerprint
from data.schema.enforcement import FIELDS, Sums
from data.zone.schemes import CasualtyScheme, RankingScheme, ScoresScheme, shipped
from tests.unit.test_casualties_method import on

DOCUMENT = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
EXAMPLES: dict[str, str] = dict(re.findall(r"```text\nExample, (.+?)\. (.*?)```", DOCUMENT, re.S))
RANKING = next(one for _text, one in shipped() if isinstance(one, RankingScheme))
SCORES = next(one for _text, one in shipped() if isinstance(one, ScoresScheme))
CASUALTIES = next(one for _text, one in shipped() if isinstance(one, CasualtyScheme))


def told(name: str) -> tuple[str, list[str]]:
    """What an example begins from, and the lines that follow from it."""
    first, *rest = EXAMPLES[name].strip().split("\n")
    return first, rest


def number(text: str, name: str) -> int:
    """``inspections 18`` → 18."""
    (found,) = re.findall(rf"\b{name} (\d+)", text)
    return int(found)


def month(text: str, unit: str = "a", **other: int) -> UnitMonth:
    """A unit's month as the example tells it, but for some counts."""
    given = {name: number(text, name) for name in FIELDS if re.search(rf"\b{name} \d", text)}
    sums = Sums(**{**given, **{name: value for name, value in other.items() if name in FIELDS}})  # type: ignore[arg-type]
    return UnitMonth(
        unit, unit, may_penalise=True, state=State.REPORTED, sums=sums, overdue_major=number(text, "overdue_major"),
        plan=number(text, "plan"), timeliness=Fraction(1),
    )  # fmt: skip


def test_there_is_one_of_each_section() -> None:
    """Ranking, chance, quarter, casualties and publishing."""
    assert list(EXAMPLES) == ["points", "chance", "quarter", "casualties", "publishing"]


def test_points() -> None:
    """Counts, targets and points of each indicator, the deduction, the score."""
    first, rest = told("points")
    one = month(first)
    (scored,) = rank_group([one], RANKING)
    assert rest == [*(_points(one, scored, key) for key in RANKING.indicators), _sum(scored)]


def _points(one: UnitMonth, scored: RankedUnit, key: str) -> str:
    made_of, part, earned = INDICATOR_BY_KEY[key].made_of, RANKING.indicators[key], scored.points[key]
    value = f"{made_of.upper(one)}/{made_of.lower(one)}" if isinstance(made_of, Ratio) else "1"
    assert earned is not None
    return f"{key}: {value} of {part.target:.2f}, weight {part.weight:.0f} → {rounded(earned)}"


def _sum(scored: RankedUnit) -> str:
    total = sum((value for value in scored.points.values() if value is not None), Fraction(0))
    taken = scored.deductions["overdue_major"]
    return f"{rounded(total)} points of {scored.basis:.0f}, less {taken:.0f} for overdue_major: score {scored.score}"


def test_chance() -> None:
    """The interval of a rate, what would have lifted a unit, and how many cases lie between two."""
    first, rest = told("chance")
    of_points = told("points")[0]
    more, fewer = (int(found) for found in re.findall(r"b .*? (\d+), c .*? (\d+)", first)[0])
    units = [month(of_points), month(of_points, "b", closed_cases=more), month(of_points, "c", inspections=fewer)]
    group = rank_group(units, RANKING)
    by_unit = {one.unit: one for one in group}
    share = counted("closed_loop_rate", units[0])
    assert share is not None
    (lift, *_rest) = lifts(group, {one.unit: one for one in units}, RANKING)["a"]
    assert rest == [
        "places: " + ", ".join(f"{one.unit} {one.rank} ({one.score})" for one in group),
        "Wilson 95 % of {} of {} closed: {:.3f} – {:.3f}".format(share.count, share.of, *wilson(share)),
        f"to_next of a: {lift.indicator}, {lift.needed} more → {lift.score}, place {lift.rank}",
        f"margin between b and a: {margin(by_unit['b'], by_unit['a'], RANKING)}",
    ]


def test_quarter() -> None:
    """Components, the weighted mean of those that are defined, bonus and deduction, the grade."""
    first, rest = told("quarter")
    own, mark, reviewed = (
        int(found) for found in re.findall(r"own mark (\d+), review (\d+) for (\d+) of them", first)[0]
    )
    (listed,) = re.findall(r"months (.+?) ·", first)
    months = tuple(
        scores.MonthOfQuarter(
            f"2022-0{place}", Decimal(0) if said == "not reported" else Decimal(said), said != "not reported"
        )
        for said, place in zip(listed.split(", "), count(4), strict=False)
    )
    numbers = [measure.number for measure in SCORES.measures]
    one = scores.score_unit(
        scores.UnitQuarter(
            "u", "u", own=dict.fromkeys(numbers, Decimal(own)), reviewed=dict.fromkeys(numbers[:reviewed], Decimal(mark)),
            months=months, bonus=Decimal(number(first, "bonus")), deduction=Decimal(number(first, "deduction")),
        ),
        SCORES,
    )  # fmt: skip
    ten, enforcement, milestones = (one.components[key] for key in scores.COMPONENTS)
    assert ten is not None
    assert enforcement is not None
    assert milestones is None
    assert one.before_extras is not None
    assert rest == [
        f"ten_measures {rounded(ten)}, enforcement {rounded(enforcement)}, milestones undefined",
        f"(70 × {rounded(ten)} + 20 × {rounded(enforcement)}) ÷ {one.basis:.0f} = {rounded(one.before_extras)}",
        f"+ {one.bonus:.0f} (cut {one.cut:.0f}) − {one.deduction:.0f}: score {one.score}, {one.grade}, {' '.join(one.flags)}",
    ]


def test_casualties() -> None:
    """Pace, the negative binomial's parameters, what may still come, the chance of breach and the light."""
    first, rest = told("casualties")
    day = date.fromisoformat(re.findall(r"as of ([\d-]+)", first)[0])
    cap, now, past = (number(first, name) for name in ("cap", "this year", "in the two years before"))
    happened = [on(date(day.year, 1, 1 + n)) for n in range(now)] + [
        on(date(day.year - 1, 1, 1 + n)) for n in range(past)
    ]
    record = casualties.Record(day, tuple(happened), (day.year - 2, day.year - 1))
    severities = casualties.severity(record, CASUALTIES)
    one = casualties.standing(record, cap, severities, CASUALTIES)
    rate, left = casualties.rate_of(record, CASUALTIES), 1 - one.elapsed
    nothing = float(rate.years / (rate.years + left)) ** float(rate.shape)
    assert casualties.still_to_come(rate, left, severities)[0] == pytest.approx(nothing)
    assert one.pace is not None
    assert one.breach_probability is not None
    assert rest == [
        f"elapsed {float(one.elapsed):.4f}, pace {float(one.pace):.2f}, remaining {one.remaining}",
        f"a = {float(rate.shape)}, b = {float(rate.years)}, r = {float(left)}: P(0) = {nothing:.4f}",
        "one, two, three deaths: " + ", ".join(f"{share:.4f}" for share in severities),
        f"year's total {one.year_end.median} ({one.year_end.low} – {one.year_end.high})",
        f"breach {one.breach_probability:.4f}: {one.light} ({', '.join(one.reasons)})",
    ]


def test_publishing() -> None:
    """The canonical writing and its hash, what a publication is overtaken by, and the conclusion that changed."""
    first, rest = told("publishing")
    published, live = (json.loads(found) for found in re.findall(r"`(.+?)`", first))
    then, now = _report(published), _report(live)
    assert rest == [
        f"canonical: {canonical(published)}",
        f"SHA-256: {fingerprint(published)}",
        *(
            f"moved: {place} {before} → {after}"
            for place, (before, after) in moved(figures(then), figures(now)).items()
        ),
        *(
            f"changed: {one['conclusion']} {_units(one['before'])} → {_units(one['after'])}"
            for one in changed(then, now)
        ),
    ]


def _units(codes: list[str]) -> str:
    return ", ".join(codes)


def _report(rows: list[dict[str, object]]) -> dict[str, object]:
    """A report of one group with these rows."""
    return {"report": "ranking", "groups": [{"group": "town", "rows": [{"flags": [], **row} for row in rows]}]}
