"""The tables of differences: every indicator that scores with its points, then the counts behind; left, right, difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import cast

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, words
from dashboards.components.page_list import RANKING
from dashboards.components.ranking_words import fraction, scored_value, step_name, why_undefined
from dashboards.method.steps import ZERO
from dashboards.pages.side_by_side.words import called
from dashboards.results.cases import measure_behind
from dashboards.results.side_by_side import Side, SideBySide
from data.indicators.declaration import Indicator, Number, Ratio, Sum
from data.indicators.enforcement import FINES, INDICATOR_BY_KEY, INDICATORS
from data.language import gettext as _

COUNTS = tuple(one for one in INDICATORS if isinstance(one.made_of, Sum))
"""The numbers that rates and deductions are made of, and those that are shown beside them."""


def points_table(both: SideBySide, *, chosen: str | None, link: Callable[[str], str], identity: str) -> Component:
    """Every indicator that scores: value and points of both sides and their differences; at the foot the scores.

    ``link`` makes the address that asks for the cases behind a figure; ``chosen`` is the figure that is asked for.
    """
    body = [_indicator_row(both, INDICATOR_BY_KEY[key], chosen, link) for key in both.scored]
    body += [_step_row(both, key) for key in _other_steps(both)]
    head = html.Thead([html.Tr(_groups()), html.Tr(_heads(both))])
    return html.Table(
        [head, html.Tbody(body), html.Tfoot(_score_row(both))], className="data-table sides-table", id=identity
    )


def counts_table(both: SideBySide, *, identity: str) -> Component:
    """The counts behind, each leading to its cases on its side."""
    left, right = _sides(both)
    heads = [parts.head(_("Figure")), *(parts.head(one, name="num") for one in (left, right, _("Left less right")))]
    body = [_count_row(both, one) for one in COUNTS]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table", id=identity)


def _sides(both: SideBySide) -> tuple[str, str]:
    return called(both.left, both), called(both.right, both)


def _groups() -> list[Component]:
    return [
        html.Th(_("Indicator"), rowSpan=2, scope="col"),
        html.Th(_("Value"), colSpan=3, className="num over", scope="colgroup"),
        html.Th(_("Points"), colSpan=3, className="num over", scope="colgroup"),
    ]


def _heads(both: SideBySide) -> list[Component]:
    left, right = _sides(both)
    three = (left, right, _("Left less right"))
    names = ("num first-of-points", "num", "num")
    return [
        *(parts.head(said, name="num") for said in three),
        *(parts.head(said, name=name) for said, name in zip(three, names, strict=True)),
    ]


def _indicator_row(both: SideBySide, one: Indicator, chosen: str | None, link: Callable[[str], str]) -> Component:
    measure = measure_behind(one.key)
    said = words.indicator(one.key)
    named = said if measure is None else dcc.Link(said, href=link(measure))
    values = [_value(side, one) for side in (both.left, both.right)]
    return html.Tr(
        [
            html.Th(named, scope="row", title=words.meaning(one.key)),
            *_three(both, [*values, [value_difference(both, one)]], of_points=False),
            *_points(both, one.key),
        ],
        className="chosen" if measure is not None and measure == chosen else None,
    )


def _value(side: Side, one: Indicator) -> list[Component | str]:
    """Numbers before the percentage; why it is undefined where it is."""
    row = side.row
    if row is None or row.figures.indicators is None:
        return [numbers.NONE]
    value = side.value(one.key)
    if value is None:
        return [numbers.NONE, " ", html.Small(why_undefined(row, one), className="undefined")]
    made_of = fraction(row, one)
    shown = scored_value(one, value)
    return (
        [shown]
        if made_of is None
        else [html.Span(made_of, className="made-of"), " ", html.Span(shown, className="share")]
    )


def value_difference(both: SideBySide, one: Indicator) -> str:
    """Of a rate in percentage points, of a count as a number."""
    return difference(one, both.value_difference(one.key))


def difference(one: Indicator, value: Number | None) -> str:
    """A difference with its sign; a dash where a side is undefined."""
    if value is None:
        return numbers.NONE
    if isinstance(one.made_of, Ratio):
        return _("%(points)s pp", points=numbers.percentage_points(Fraction(value)))
    if one is FINES:
        return numbers.signed_yuan(Decimal(cast("Decimal", value)))
    if isinstance(value, Fraction):
        return numbers.signed(Decimal(value.numerator) / value.denominator)
    return numbers.signed(value)


def _points(both: SideBySide, key: str) -> list[Component]:
    told: list[Sequence[Component | str]] = [
        [numbers.points(side.steps[key]) if key in side.steps else numbers.NONE] for side in (both.left, both.right)
    ]
    apart = both.points_difference(key)
    return _three(
        both, [*told, [numbers.NONE if apart is None else html.Strong(numbers.signed(apart))]], of_points=True
    )


def _three(both: SideBySide, cells: Sequence[Sequence[Component | str]], *, of_points: bool) -> list[Component]:
    """Left, right, difference; on a phone each says what it is."""
    labels = [*_sides(both), _("apart")]
    if of_points:
        labels = [_("%(side)s, points", side=label) for label in labels]
    names = ("num first-of-points" if of_points else "num", "num", "num")
    return [parts.cell(label, *content, name=name) for label, content, name in zip(labels, cells, names, strict=True)]


def _other_steps(both: SideBySide) -> list[str]:
    """Re-weighting, deductions and what holds a score at 0, where either side has them."""
    return [key for key in {**both.left.steps, **both.right.steps} if key not in both.scored]


def _step_row(both: SideBySide, key: str) -> Component:
    blank = html.Td(colSpan=3, className="no-value")
    return html.Tr([html.Th(step_name(key), scope="row"), blank, *_points(both, key)], className="step")


def _score_row(both: SideBySide) -> Component:
    told: list[Sequence[Component | str]] = [
        [html.Strong(numbers.points(side.score))] for side in (both.left, both.right)
    ]
    apart = both.difference
    last = html.Strong(numbers.NONE if apart is None else numbers.signed(apart + ZERO))
    blank = html.Td(colSpan=3, className="no-value")
    return html.Tr([html.Th(_("Score"), scope="row"), blank, *_three(both, [*told, [last]], of_points=True)])


def _count_row(both: SideBySide, one: Indicator) -> Component:
    cells = [html.Td(_count(side, one), className="num") for side in (both.left, both.right)]
    return html.Tr(
        [
            html.Th(words.indicator(one.key), scope="row"),
            *cells,
            html.Td(html.Strong(value_difference(both, one)), className="num"),
        ]
    )


def _count(side: Side, one: Indicator) -> Component | str:
    """A count that leads to its cases, where it has any."""
    value = side.value(one.key)
    shown = numbers.yuan(cast("Decimal | None", value)) if one is FINES else numbers.count(cast("int | None", value))
    measure = measure_behind(one.key)
    return shown if not value or measure is None else dcc.Link(shown, href=cases_of(side, measure))


def cases_of(side: Side, measure: str) -> str:
    """The address of the ranking's list of cases behind a figure of a side."""
    return (
        RANKING.path
        + address.query(period=side.month, group=side.unit.group, unit=side.unit.code, measure=measure)
        + "#cases"
    )
