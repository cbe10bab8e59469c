"""One unit's score taken apart: the sum as a sentence, and the table beside the waterfall."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import corrections, numbers, parts, words
from dashboards.components.ranking_words import fraction, no_score, scored_value, step_name, why_undefined
from dashboards.method.ranking import rounded
from dashboards.method.steps import ZERO, Step
from dashboards.pages.monthly_ranking.breakdown import gap
from dashboards.pages.monthly_ranking.sureness import place_said
from dashboards.results.cases import measure_behind
from dashboards.results.issued_lists import Accuracy
from dashboards.results.ranking import RankedGroup, RankedRow, Ranking
from data.indicators.declaration import Indicator, Ratio
from data.indicators.enforcement import CLOSED_LOOP_RATE, COMPLETION, INDICATOR_BY_KEY, RECTIFICATION_RATE
from data.language import gettext as _
from data.zone.schemes import IndicatorScoring, RankingScheme
from data.zone.zone import Zone

NOT_SCORED = "not-scored"
TO_BE_DONE = (COMPLETION, CLOSED_LOOP_RATE, RECTIFICATION_RATE)
"""Indicators that a unit's own work on what is there already brings nearer to their target."""


def standing(ranking: Ranking, group: RankedGroup, row: RankedRow, zone: Zone) -> Component:
    """Where the unit stands, and what it lacks to the next place; its score alone before the month is published."""
    one = row.figures
    moved = [" ", corrections.sentence(one, row.correction, zone)] if row.correction is not None else []
    if one.score is None:
        return parts.key_message(no_score(row, zone), *moved, tone="warn")
    if ranking.own_only:
        return parts.key_message(own_score(row), *moved)
    place = _("%(unit)s: %(score)s points, place %(rank)s of %(of)s.", unit=row.unit.name,
              score=numbers.points(one.score), rank=place_said(row), of=one.of)  # fmt: skip
    return parts.key_message(place, " ", _next_place(group, row), *moved)


def accuracy_of_lists(found: Accuracy | None) -> Component | None:
    """How accurate what the unit told was found by re-checks of the month's lists; nothing where none was recorded."""
    if found is None:
        return None
    low, high = found.interval
    said = _(
        "Re-checks of this month's lists: %(accurate)s of %(checked)s lines were as told, %(rate)s (95%% interval %(low)s–%(high)s). Shown, not scored.",
        accurate=found.accurate, checked=found.checked, rate=numbers.chance(found.accurate / found.checked),
        low=numbers.chance(low), high=numbers.chance(high),
    )  # fmt: skip
    return html.P(said, className="note")


def own_score(row: RankedRow) -> str:
    """A unit's score without its place."""
    return _("%(unit)s: %(score)s points; the place is that of the publication.", unit=row.unit.name,
             score=numbers.points(row.figures.score))  # fmt: skip


def _next_place(group: RankedGroup, row: RankedRow) -> str:
    lacking = gap(group, row)
    if lacking is None:
        return _("No unit of the group stands ahead of it.")
    ahead, place = lacking.ahead.unit.short_name, lacking.ahead.figures.rank
    if not lacking.points:
        return _("Same score as %(ahead)s (place %(place)s), behind it by the order of ties.", ahead=ahead, place=place)
    return _("%(points)s points behind %(ahead)s (place %(place)s).", points=numbers.points(lacking.points),
             ahead=ahead, place=place)  # fmt: skip


def sum_sentence(row: RankedRow, steps: list[Step]) -> Component:
    """The score as one line of arithmetic that closes."""
    one = row.figures
    terms = [parts.behind(numbers.signed(step.amount), step_name(step.key)) for step in steps if step.of is None]
    gained = numbers.points(sum((step.amount for step in steps if step.of is not None), ZERO))
    formula = " ".join([_("points gained %(points)s", points=gained), *terms, "=", numbers.points(one.score)])
    return html.P([html.Strong(_("Score: ")), formula], className="sum-line")


def points_table(row: RankedRow, scheme: RankingScheme, *, link: Callable[[str], str]) -> Component:
    """Every scored indicator: what it is made of, value, target, weight, points; ``link`` leads to the cases behind it."""
    heads = [parts.head(_("Indicator")), *(parts.head(word, name="num") for word in (
        _("Count"), _("Value"), _("Target"), _("Weight"), _("Points")))]  # fmt: skip
    body = [_indicator_row(row, scheme, INDICATOR_BY_KEY[key], link) for key in scheme.indicators]
    foot = html.Tr(
        [
            html.Th(_("Sum of the defined"), colSpan=4, scope="row"),
            html.Td(numbers.decimal(row.figures.basis or rounded(Fraction(0))), className="num"),
            html.Td(html.Strong(numbers.points(_as_printed(row))), className="num"),
        ]
    )
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body), html.Tfoot(foot)], className="data-table small-table"
    )


def _as_printed(row: RankedRow) -> Decimal:
    """The sum of the points as each is printed above it, so that the column closes."""
    return sum((rounded(value) for value in row.figures.points.values() if value is not None), ZERO)


def _indicator_row(row: RankedRow, scheme: RankingScheme, one: Indicator, link: Callable[[str], str]) -> Component:
    part = scheme.indicators[one.key]
    figures = row.figures.indicators
    value = None if figures is None else figures[one.key]
    points = row.figures.points.get(one.key)
    measure = measure_behind(one.key)
    said = words.indicator(one.key)
    named = said if measure is None else dcc.Link(said, href=link(measure))
    name = html.Th(named, scope="row", title=words.meaning(one.key))
    end = (
        [html.Td(_not_scored(row, one), colSpan=2, className=f"num {NOT_SCORED}")]
        if points is None
        else [
            _number(numbers.decimal(part.weight)),
            _number(numbers.points(rounded(points)), _lacking_points(points, part)),
        ]
    )
    target = numbers.percent(Fraction(part.target)) if isinstance(one.made_of, Ratio) else numbers.decimal(part.target)
    return html.Tr(
        [
            name,
            _number(fraction(row, one) or numbers.NONE, _lacking_cases(row, one, part)),
            _number(scored_value(one, value)),
            _number(target),
            *end,
        ]
    )


def _not_scored(row: RankedRow, one: Indicator) -> str:
    why = "" if row.figures.indicators is None else why_undefined(row, one)
    if not why:
        return _("— (not scored, its weight is shared out)")
    return _("%(why)s: not scored, its weight is shared out", why=why)


def _lacking_points(points: Fraction, part: IndicatorScoring) -> str:
    """What an indicator still lacks to its weight."""
    lacks = rounded(Fraction(part.weight)) - rounded(points)
    return _("lacks %(points)s", points=numbers.points(lacks)) if lacks > 0 else ""


def _lacking_cases(row: RankedRow, one: Indicator, part: IndicatorScoring) -> str:
    """How many cases, hazards or planned inspections it lacks to the target; of findings and penalties nobody is told to want more."""
    made_of = one.made_of
    if one not in TO_BE_DONE or not isinstance(made_of, Ratio) or row.figures.points.get(one.key) is None:
        return ""
    wanted = Fraction(part.target) * (made_of.lower(row.counts) or 0)
    lacks = ceil(wanted) - made_of.upper(row.counts)
    return _("lacks %(n)s", n=numbers.count(lacks)) if lacks > 0 else ""


def _number(text: str, note: str = "") -> Component:
    return html.Td([text, html.Small(note, className="lacks")] if note else text, className="num")
