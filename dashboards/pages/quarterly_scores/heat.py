"""Units × measures: the mark that counts in every cell, coloured by the grade that its share of the full mark would be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.components.heat import level
from dashboards.method.ranking import rounded
from dashboards.method.scores import MeasureScore
from dashboards.pages.quarterly_scores import state
from dashboards.pages.quarterly_scores.state import Link
from dashboards.results.scores import ScoredGroup, ScoredRow, Scores
from data.language import gettext as _
from data.zone.schemes import Grades, Measure, ScoresScheme


def means(rows: Sequence[ScoredRow], scheme: ScoresScheme) -> dict[int, Decimal]:
    """The group's mean of every measure, over the units that have marks; empty where none has."""
    marked = [row for row in rows if row.figures.components["ten_measures"] is not None]
    if not marked:
        return {}
    sums: dict[int, Decimal] = {measure.number: Decimal(0) for measure in scheme.measures}
    for row in marked:
        for part in row.figures.measures:
            sums[part.number] += part.score
    return {number: rounded(Fraction(total) / len(marked)) for number, total in sums.items()}


def heat_map(result: Scores, group: ScoredGroup, *, link: Link, name: str) -> Component:
    """The table of marks, with the group's mean beneath and what the colours mean."""
    scheme = result.scheme
    heads = [parts.head(_("Unit")), *(_head(measure) for measure in scheme.measures)]
    body = [_row(result, row, link) for row in group.rows]
    mean = means(group.rows, scheme)
    foot = html.Tfoot(_mean_row(mean, scheme)) if mean else None
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body), foot], className="data-table heat", id=name)
    listed = html.Ol([html.Li(measure.name, value=str(measure.number)) for measure in scheme.measures])
    return html.Div([_legend(scheme), table, html.Div(listed, className="heat-names")])


def _head(measure: Measure) -> Component:
    full = _("full mark %(full)s", full=numbers.decimal(measure.full))
    words_shown: list[Component | str] = [html.Span(measure.number, className="heat-number"), measure.name]
    return html.Th(words_shown, scope="col", title=parts.behind(measure.name, full))


def _row(result: Scores, row: ScoredRow, link: Link) -> Component:
    unit = dcc.Link(row.unit.short_name, href=link(row.unit.code), className="unit-link", title=row.unit.name)
    name = html.Th(unit, scope="row")
    if row.figures.components["ten_measures"] is None:
        flag = next(one for one in state.flags(result, row) if one in state.UNREPORTED)
        none = html.Td(words.flag(flag), colSpan=len(row.figures.measures), className="heat-none")
        return html.Tr([name, none], **parts.attributes(data_unit=row.unit.code))
    cells = [_cell(part, result.scheme.grades) for part in row.figures.measures]
    return html.Tr([name, *cells], **parts.attributes(data_unit=row.unit.code))


def _cell(part: MeasureScore, grades: Grades) -> Component:
    share = Fraction(part.score) / Fraction(part.full)
    own = [html.Small(_source(part))] if part.review is None else []
    shown: list[Component | str] = [numbers.decimal(part.score), *own]
    title = part.name + _(": ") + f"{numbers.decimal(part.score)} / {numbers.decimal(part.full)}"
    label = parts.attributes(data_label=str(part.number))
    return html.Td(shown, className=f"heat-{level(share * 100, grades)}", title=title, **label)


def _source(part: MeasureScore) -> str:
    """Why there is a mark without a review: it is the unit's own, or none was given."""
    return _("own mark") if part.own is not None else _("left out")


def _mean_row(mean: dict[int, Decimal], scheme: ScoresScheme) -> Component:
    cells = [html.Td(numbers.points(mean[measure.number]), **parts.attributes(data_label=str(measure.number)))
             for measure in scheme.measures]  # fmt: skip
    return html.Tr([html.Th(_("Mean of the group"), scope="row"), *cells])


def _legend(scheme: ScoresScheme) -> Component:
    grades = scheme.grades
    steps = [
        ("excellent", _("from %(share)s%% of the full mark", share=numbers.decimal(grades.excellent))),
        ("good", _("from %(share)s%%", share=numbers.decimal(grades.good))),
        ("passed", _("from %(share)s%%", share=numbers.decimal(grades.passed))),
        ("failed", _("below %(share)s%%", share=numbers.decimal(grades.passed))),
    ]
    pills = [html.Span(said, className=f"heat-key heat-{name}") for name, said in steps]
    return html.P([html.Span(_("The higher the better:")), *pills], className="heat-legend")
