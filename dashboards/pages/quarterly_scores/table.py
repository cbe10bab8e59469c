"""The ranked table of a group: place, score, grade, flags, components, what was added and taken off."""

from __future__ import annotations

from collections import Counter

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, standings, words
from dashboards.method.ranking import rounded
from dashboards.method.scores import COMPONENTS, VETOED
from dashboards.pages.quarterly_scores import state
from dashboards.pages.quarterly_scores.state import Link
from dashboards.results.scores import ScoredGroup, ScoredRow, Scores
from data.language import gettext as _
from data.zone.schemes import ScoresScheme

GRADES = ("优秀", "良好", "合格", "不合格", VETOED)
"""From the best."""


def ranked_table(result: Scores, group: ScoredGroup, *, chosen: str | None, link: Link, name: str) -> Component:
    """All units of the group, best first; ``link`` makes the address that takes one unit apart."""
    places = Counter(row.figures.rank for row in group.rows if state.ranked(result, row))
    vetoes = any(row.figures.veto is not None for row in group.rows)
    rows = [
        _row(result, row, chosen=chosen, link=link, tied=places[row.figures.rank] > 1, vetoes=vetoes)
        for row in group.rows
    ]
    heads, usual = _heads(result.scheme, vetoes=vetoes), _("Back to the order of places")
    return standings.table(heads, rows, name="ranked scored", identity=name, usual=usual)


def orders(result: Scores) -> dict[str, standings.Order[ScoredRow]]:
    """What the table is sorted by, column by column; units in the zone's own order, grades from the best."""
    usual = {unit.code: place for place, unit in enumerate(result.zone.units)}
    grades = {grade: place for place, grade in enumerate(GRADES)}
    return {
        "place": lambda row: row.figures.rank if state.ranked(result, row) else None,
        "unit": lambda row: usual.get(row.unit.code),
        "score": lambda row: row.figures.score,
        "grade": lambda row: grades.get(row.figures.grade or ""),
        **{key: _component_of(key) for key in COMPONENTS},
        "bonus": lambda row: None if row.figures.score is None else row.figures.bonus,
        "deducted": lambda row: None if row.figures.score is None else row.figures.deduction,
        "veto": lambda row: 1 if row.figures.veto else None,
    }


def _component_of(key: str) -> standings.Order[ScoredRow]:
    return lambda row: row.figures.components[key]


def _heads(scheme: ScoresScheme, *, vetoes: bool) -> list[Component]:
    weights = scheme.weights.model_dump()
    components = [
        standings.head(key, words.component(key), _("weight %(weight)s", weight=numbers.decimal(weights[key])), name="num",
                       title=words.component_meaning(key))
        for key in COMPONENTS
    ]  # fmt: skip
    most = _("at most %(points)s", points=numbers.decimal(scheme.largest_bonus))
    return [
        standings.head("place", _("Place"), name="num", up=True),
        standings.head("unit", _("Unit"), up=True, named=True),
        standings.head("score", _("Score"), name="num"),
        standings.head("grade", _("Grade"), up=True),
        *components,
        standings.head("bonus", _("Bonus"), most, name="num"),
        standings.head("deducted", _("Deducted"), name="num"),
        *([standings.head("veto", _("Veto"))] if vetoes else []),
    ]


def _row(result: Scores, row: ScoredRow, *, chosen: str | None, link: Link, tied: bool, vetoes: bool) -> Component:
    one = row.figures
    by = {key: standings.by(order(row)) for key, order in orders(result).items()}
    veto = [parts.cell(_("Veto"), one.veto or numbers.NONE, name="veto-cell beside", **by["veto"])] if vetoes else []
    return html.Tr(
        [
            parts.cell(_("Place"), *_place(result, row, tied=tied), name="num place", **by["place"]),
            parts.cell(_("Unit"), *_unit(result, row, link), name="unit-cell", **by["unit"]),
            parts.cell(_("Score"), html.Strong(numbers.points(one.score)), name="num score", **by["score"]),
            parts.cell(_("Grade"), words.grade(one.grade), name="change", **by["grade"]),
            *(parts.cell(words.component(key), _component(row, key), name="num rate", **by[key]) for key in COMPONENTS),
            parts.cell(_("Bonus"), *_bonus(row), name="num beside", **by["bonus"]),
            parts.cell(_("Deducted"), _deducted(row), name="num beside", **by["deducted"]),
            *veto,
        ],
        className="chosen" if row.unit.code == chosen else None,
        id=f"quarterly-scores-row-{row.unit.code}",
        **parts.attributes(data_unit=row.unit.code),
    )


def _place(result: Scores, row: ScoredRow, *, tied: bool) -> list[Component | str]:
    if row.figures.rank is None or not state.ranked(result, row):
        return [numbers.NONE]
    return [str(row.figures.rank), *([html.Small(_("tied"))] if tied else [])]


def _unit(result: Scores, row: ScoredRow, link: Link) -> list[Component]:
    name = dcc.Link(row.unit.short_name, href=link(row.unit.code), className="unit-link", title=row.unit.name)
    mark = [] if row.unit.confirmed else [parts.illustrative()]
    tags = state.tags(result, row)
    return [html.Div([name, *mark]), *([html.Div(tags, className="flags")] if tags else [])]


def _component(row: ScoredRow, key: str) -> str:
    value = row.figures.components[key]
    return numbers.NONE if value is None else numbers.points(rounded(value))


def _bonus(row: ScoredRow) -> list[Component | str]:
    one = row.figures
    if not one.bonus:
        return ["0" if one.score is not None else numbers.NONE]
    given = _("%(given)s given, %(cut)s cut", given=numbers.decimal(one.bonus + one.cut), cut=numbers.decimal(one.cut))
    cut = [html.Small(given)] if one.cut else []
    return [html.Div(f"+{numbers.decimal(one.bonus)}"), *cut]


def _deducted(row: ScoredRow) -> str:
    taken = row.figures.deduction
    if taken:
        return f"{numbers.MINUS}{numbers.decimal(taken)}"
    return "0" if row.figures.score is not None else numbers.NONE
