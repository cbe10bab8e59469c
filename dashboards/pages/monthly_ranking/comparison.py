"""One unit's month beside last month and the same month of a year that the reader chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.pages.monthly_ranking.beside import beside_month
from dashboards.results.ranking import Compared, RankedRow, Ranking
from data.indicators.declaration import Indicator
from data.indicators.enforcement import INSPECTIONS, PENALTIES, PROBLEM_INSPECTIONS
from data.language import gettext as _
from data.zone.periods import Month, Year

CountOf = Callable[[Compared], int | None]
COMPARED: tuple[tuple[Indicator, CountOf], ...] = (
    (INSPECTIONS, lambda other: other.inspections),
    (PROBLEM_INSPECTIONS, lambda other: other.problem_inspections),
    (PENALTIES, lambda other: other.penalties),
)
"""What is compared, and where another month has it: a past year's sums may leave it out."""


def comparison(ranking: Ranking, row: RankedRow, *, link: Callable[[int], str], identity: str) -> Component:
    """Counts as differences, for small numbers make no percentages; ``link`` makes the address of another year."""
    other = Month(ranking.compared_year, ranking.month.month)
    heads = [
        parts.head(_("Indicator")),
        parts.head(_("This month"), name="num"),
        _head(_("Last month"), "", row.month_before),
        parts.head(_("Difference"), name="num"),
        _head(numbers.period(other), _("the year compared with"), row.year_before),
        parts.head(_("Difference"), name="num"),
    ]
    body = [html.Tr(_compared(row, indicator, count_of)) for indicator, count_of in COMPARED]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table", id=identity)
    years = html.Div(
        [html.Span(_("Compare with")), _years(ranking, link, f"{identity}-years")], className="compare-years"
    )
    return html.Div(
        [html.H3(_("Compared with other months")), years, table, _in_full(ranking, row, other), *_notes(row, other)]
    )


def _in_full(ranking: Ranking, row: RankedRow, other: Month) -> Component:
    """The ways to every figure of both months, as far as a month is told in full."""
    told = [
        month
        for month, before in ((ranking.month.plus(-1), row.month_before), (other, row.year_before))
        if before is not None and not before.from_baseline
    ]
    return html.P([beside_month(row, ranking.month, month) for month in told], className="ways-beside")


def _years(ranking: Ranking, link: Callable[[int], str], identity: str) -> Component:
    """The years that are known, and the one that the address asks for."""
    years = sorted({*ranking.comparable_years, ranking.compared_year}, reverse=True)
    items = [(numbers.period(Year(year)), link(year), year == ranking.compared_year) for year in years]
    return parts.tabs(items, label=_("The year compared with"), identity=identity)


def _head(label: str, note: str, before: Compared | None) -> Component:
    """A month's head; it says where its figures are sums that were filed as such."""
    small = html.Small(note) if note else None
    told = parts.tag(words.kind("baseline")) if before is not None and before.from_baseline else None
    return html.Th([label, small, told], className="num", scope="col")


def _compared(row: RankedRow, indicator: Indicator, count_of: CountOf) -> list[Component]:
    now = cast("int | None", (row.figures.indicators or {}).get(indicator.key))
    cells = [html.Th(words.indicator(indicator.key), scope="row"), _number(numbers.count(now))]
    for before in (row.month_before, row.year_before):
        then = None if before is None else count_of(before)
        difference = numbers.NONE if now is None or then is None else numbers.signed(now - then)
        cells += [_number(numbers.count(then)), _number(difference)]
    return cells


def _number(text: str) -> Component:
    return html.Td(text, className="num")


def _notes(row: RankedRow, other: Month) -> list[Component]:
    """Why there are dashes, and what 历史数据 means."""
    said = []
    if row.year_before is None:
        said.append(_("%(month)s: neither a ledger of the unit nor sums of that year are on file.",
                      month=numbers.period(other)))  # fmt: skip
    filed = [one for one in (row.month_before, row.year_before) if one is not None and one.from_baseline]
    if filed:
        said.append(_("“%(kind)s”: sums filed by the office, without single cases.", kind=words.kind("baseline")))
    if any(count_of(one) is None for one in filed for _indicator, count_of in COMPARED):
        said.append(_("“—”: the sums filed leave this figure out."))
    return [html.P(sentence, className="note") for sentence in said]
