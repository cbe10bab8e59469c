"""The year beside the quarter: every unit's four quarters, and the mean of those published (METHOD section 3)."""

from __future__ import annotations

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.method.scores import VETOED
from dashboards.pages.quarterly_scores import state
from dashboards.pages.quarterly_scores.query import ScoresQuery
from dashboards.results.scores import ScoredRow, Scores
from data.language import gettext as _
from data.zone.periods import Quarter
from data.zone.zone import Unit

Quarters = Mapping[Quarter, Scores | None]
"""The quarters of a year in order; None for one that has not begun."""


def year_table(quarters: Quarters, asked: ScoresQuery, *, identity: str) -> Component:
    """Units × quarters; a quarter that is not published is shown and marked, and makes no mean."""
    rows = {quarter: _rows(result, asked.group) for quarter, result in quarters.items()}
    known = next(result for result in quarters.values() if result is not None) if any(quarters.values()) else None
    units = [] if known is None else [
        unit for unit in known.zone.units if any(unit.code in found for found in rows.values())
    ]  # fmt: skip
    if not units:
        return parts.empty(_("No quarter of this year has begun."))
    heads = [parts.head(_("Unit")), *(_head(quarter, result) for quarter, result in quarters.items()),
             parts.head(_("Mean of the year"), _("published only"))]  # fmt: skip
    body = [html.Tr(_cells(unit, quarters, rows, asked)) for unit in units]
    note = _("No quarter of this year has been published, so there is no mean of the year yet. A confirmed veto in any "
             "quarter is the year's.")  # fmt: skip
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table year", id=identity
    )
    return html.Div([table, html.P(note, className="note")])


def _rows(result: Scores | None, group: str) -> dict[str, ScoredRow]:
    return {} if result is None else {row.unit.code: row for row in result.group(group).rows}


def _head(quarter: Quarter, result: Scores | None) -> Component:
    note = _("not begun") if result is None else _("unpublished") if result.published is None else _("published")
    return parts.head(_("Q%(n)s", n=quarter.quarter), note)


def _cells(
    unit: Unit, quarters: Quarters, rows: Mapping[Quarter, Mapping[str, ScoredRow]], asked: ScoresQuery
) -> list[Component]:
    here = dcc.Link(unit.short_name, href=asked.link(unit=unit.code) + "#unit", className="unit-link", title=unit.name)
    cells = [
        html.Td(_quarter(result, rows[quarter].get(unit.code), asked, quarter),
                className="here" if quarter == asked.quarter else None)
        for quarter, result in quarters.items()
    ]  # fmt: skip
    vetoed = any(unit.code in found and found[unit.code].figures.veto is not None for found in rows.values())
    veto: list[Component | str] = [" ", parts.tag(words.grade(VETOED), "bad")] if vetoed else []
    return [html.Th(here, scope="row"), *cells, html.Td([numbers.NONE, *veto])]


def _quarter(
    result: Scores | None, row: ScoredRow | None, asked: ScoresQuery, quarter: Quarter
) -> str | list[Component | str]:
    if result is None or row is None:
        return numbers.NONE
    href = asked.link(period=quarter, unit=row.unit.code) + "#unit"
    one = row.figures
    if one.score is None:
        flag = next((flag for flag in state.flags(result, row) if flag in state.UNREPORTED), "thin_basis")
        return [dcc.Link(words.flag(flag), href=href)]
    return [dcc.Link(numbers.points(one.score), href=href), " ", html.Small(words.grade(one.grade), className="grade")]
