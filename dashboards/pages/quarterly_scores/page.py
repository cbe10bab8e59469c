"""Quarterly scores, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_period, chart, numbers, parts, published, words
from dashboards.components.asked import levels, part
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.horizontal_bars import sum_said
from dashboards.components.page_list import SCORES, SUBMISSIONS, register_page
from dashboards.components.picture import picture
from dashboards.components.standings import with_exports
from dashboards.pages.quarterly_scores import as_published, export, figures, notes, unit, weakest_measures, year
from dashboards.pages.quarterly_scores.breakdown import steps
from dashboards.pages.quarterly_scores.chosen import chips
from dashboards.pages.quarterly_scores.comparison import comparison
from dashboards.pages.quarterly_scores.heat import heat_map
from dashboards.pages.quarterly_scores.measures import measures_table, source
from dashboards.pages.quarterly_scores.message import main_message
from dashboards.pages.quarterly_scores.procedure import step_line, steps_card
from dashboards.pages.quarterly_scores.query import ScoresQuery, ScoresSeen, look
from dashboards.pages.quarterly_scores.replies import replies_part
from dashboards.pages.quarterly_scores.speakers import speakers
from dashboards.pages.quarterly_scores.table import ranked_table
from dashboards.pages.quarterly_scores.veto import veto_part
from dashboards.results import quarter_procedure, scores, weak_measures, year_of_scores
from dashboards.results.reading import Reading
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _
from data.zone.zone import GROUPS, Zone

PERIOD, GROUP, MESSAGE, TABLE, HEAT, DIFFERENCES, COMPARED, CHIPS = (
    f"quarterly-scores-{part}"
    for part in ("period", "group", "message", "table", "heat", "differences", "compared", "chips")
)
WATERFALL, MEASURES, FORM, DECIDED, SPEAKERS, YEAR, RULES, WEAKEST, STEPS, REPLIES, STEPS_OF_UNIT = (
    f"quarterly-scores-{part}"
    for part in (
        "waterfall", "measures", "form", "decided", "speakers", "year", "rules", "weakest", "steps", "replies", "steps-of-unit"
    )
)  # fmt: skip
TOP, CHOSEN, OF_GROUP, OF_UNIT, FOOT = (
    f"quarterly-scores-{part}-part" for part in ("top", "chosen", "group", "unit", "foot")
)
LEVELS = (("period", "group", "published"), ("unit",))


register_page(SCORES, __name__)


@page_of(SCORES, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the quarter once, then draw everything from it; the year's other quarters stand beside."""
    seen = look(query, reading, whole_year=True)
    return html.Div(
        [
            levels(SCORES, *LEVELS),
            part(TOP, _top(seen.asked, reading)),
            html.Div(part(CHOSEN, _chosen(seen, reading)), className="pinned sticky-top"),
            part(OF_GROUP, *_of_group(seen, reading)),
            part(OF_UNIT, *_of_unit(seen, reading)),
            part(FOOT, *_foot(seen, reading)),
        ],
        className="page",
    )


@follows(SCORES, 0, TOP, OF_GROUP, FOOT)
def of_another_quarter_or_group(query: Query, reading: Reading) -> Sequence[Any]:
    """Everything that one unit has no part in."""
    seen = look(query, reading, whole_year=True)
    return _top(seen.asked, reading), _of_group(seen, reading), _foot(seen, reading)


@follows(SCORES, 1, CHOSEN, OF_UNIT)
def of_another_unit(query: Query, reading: Reading) -> Sequence[Any]:
    """The unit's score taken apart, and the line of what is chosen."""
    seen = look(query, reading)
    return _chosen(seen, reading), _of_unit(seen, reading)


def _chosen(seen: ScoresSeen, reading: Reading) -> Component:
    of = f"{numbers.period(seen.asked.quarter)} · {words.group(seen.asked.group)}"
    return chip_line(of, chips(seen.asked, reading), identity=CHIPS)


def _of_group(seen: ScoresSeen, reading: Reading) -> list[Component]:
    zone, own = reading.zone, reading.scope.unit
    written, frozen = seen.asked.written, seen.frozen
    state, moved = as_published.state(seen, reading), as_published.moved(seen, reading)
    if frozen is not None:
        return [*state, *as_published.card(frozen, seen.group.group, zone, chosen=own or ""), *moved]
    shown = seen.state.latest if own else None
    return [
        *([] if written is None else asked_period.notice(written, SCORES)),
        parts.key_message(main_message(seen.result, seen.group), tone="first", id=MESSAGE),
        *state,
        *([parts.own_only(zone.unit_by_code[own].name)] if own and shown is None else []),
        steps_card(
            quarter_procedure.of_scores(reading, seen.result),
            link=_unit_link(seen.asked, zone, "replies"),
            identity=STEPS,
        ),
        *([] if shown is None else as_published.card(shown, seen.group.group, zone, chosen=own or "")),
        *_ranked(seen.result, seen.group, seen.asked, zone, seen.row),
        *moved,
    ]


def _of_unit(seen: ScoresSeen, reading: Reading) -> list[Component]:
    if seen.row is None:
        return []
    procedure = quarter_procedure.of_scores(reading, seen.result)
    return [*_taken_apart(seen.result, seen.row), *_answered(seen.result, seen.row, procedure)]


def _answered(result: scores.Scores, row: scores.ScoredRow, procedure: quarter_procedure.Procedure) -> list[Component]:
    """The unit's marks with reply and decision, and in the same room the veto where one is proposed or was decided."""
    veto = veto_part(result, row, form_id=FORM, decided_id=DECIDED)
    marks = replies_part(procedure, row.unit.code, identity=REPLIES)
    if veto is None and not marks:
        return []
    heading = _("%(unit)s: replies to the review and decisions", unit=row.unit.short_name)
    of_unit = procedure.of_unit(row.unit.code, filed=row.filing is not None)
    line = [] if procedure.own else [step_line(of_unit, identity=STEPS_OF_UNIT)]
    return [parts.card(heading, *line, veto, *marks, id="replies")]


def _foot(seen: ScoresSeen, reading: Reading) -> list[Component]:
    result = seen.result
    if seen.frozen is not None:
        return [parts.card(None, published.basis(seen.frozen))]
    speaking = speakers(
        result, link=_unit_link(seen.asked, reading.zone), identity=SPEAKERS, papers=reading.scope.calls_in
    )
    return [
        *_speakers(result, speaking),
        _year(seen, reading),
        parts.card(None, notes.basis_line(result), notes.explanation(result.scheme, identity=RULES)),
    ]


def _speakers(result: scores.Scores, speaking: list[Component]) -> list[Component]:
    """Who speaks last; a unit's account is told only where it is one of them."""
    if result.own_only and not result.speakers:
        return []
    heading = (
        _("The unit speaks at the next safety meeting")
        if result.own_only
        else _("Speaking last at the next safety meeting (all groups)")
    )
    return [parts.card(heading, *speaking, id="speakers")]


def _unit_link(asked: ScoresQuery, zone: Zone, to: str = "unit") -> Any:
    return lambda code: asked.link(unit=code, group=zone.unit_by_code[code].group, via="table") + f"#{to}"


def _top(asked: ScoresQuery, reading: Reading) -> Component:
    quarters = sorted({*reading.quarters, reading.present_quarter, asked.quarter}, reverse=True)
    options = [(str(quarter), numbers.period(quarter)) for quarter in quarters]
    picker = parts.chooser(PERIOD, _("Quarter"), options, str(asked.quarter), chooses="period", drops="published")
    items = [(words.group(name), asked.link(group=name, unit=None), name == asked.group) for name in GROUPS]
    groups = parts.tabs(items, label=_("Group"), identity=GROUP) if reading.scope.sees_all else None
    return html.Div([html.H1(SCORES.title), picker, groups], className="page-top")


def _ranked(
    result: scores.Scores, group: scores.ScoredGroup, asked: ScoresQuery, zone: Zone, row: scores.ScoredRow | None
) -> list[Component]:
    link = _unit_link(asked, zone)
    table = ranked_table(result, group, chosen=None if row is None else row.unit.code, link=link, name=TABLE)
    table = with_exports(
        table, export="scores", query=address.query(period=asked.quarter, group=asked.group), identity=TABLE
    )
    marked = any(one.figures.components["ten_measures"] is not None for one in group.rows)
    if not marked:
        return [parts.card(_("Ranked table"), _nothing_filed(asked), html.Div(table, className="table-frame"))]
    if result.own_only:
        return [parts.card(_("The unit's figures"), html.Div(table, className="table-frame"))]
    heat = heat_map(result, group, link=link, name=HEAT)
    heading = html.Span([_("Marks by measure"), *notes.illustrative(result.scheme)])
    against = comparison(group, link=link, chart_id=DIFFERENCES, table_id=COMPARED)
    return [
        parts.card(_("Ranked table"), html.Div(table, className="table-frame")),
        _weakest(result, group),
        parts.card([heading], heat),
        parts.card(_("Self against review"), against),
    ]


def _weakest(result: scores.Scores, group: scores.ScoredGroup) -> Component:
    marks = weak_measures.of_group(result, group)
    return picture(
        _("Which measure is weakest in every unit?"),
        weakest_measures.figure(marks=marks),
        identity=WEAKEST,
        via="weakest",
        said=weakest_measures.message(marks),
        facts=weakest_measures.facts(marks),
        notes=weakest_measures.notes(marks),
    )


def _nothing_filed(asked: ScoresQuery) -> Component:
    send = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=asked.quarter))
    return parts.empty(_("No self-assessment or review of this quarter has been accepted from this group."), " ", send)


def _taken_apart(result: scores.Scores, row: scores.ScoredRow) -> list[Component]:
    taken = steps(row.figures, result.scheme)
    drawn = figures.score_waterfall(steps=taken, score=row.figures.score)
    score = row.figures.score
    waterfall = chart.graph(
        WATERFALL,
        drawn,
        says=_("How the score comes about, from 0 to the score"),
        message="" if score is None else sum_said(score),
    )
    left = html.Div([waterfall, unit.sum_sentence(row, taken) if taken else None, unit.extras(row)])
    right = html.Div([unit.components_table(result, row), unit.months_line(result, row)])
    heading = _("%(unit)s: the score taken apart", unit=row.unit.short_name)
    apart = html.Div([left, right], className="two-columns")
    code = parts.attributes(data_chosen_unit=row.unit.code)
    card = parts.card(heading, unit.standing(result, row), apart, id="unit", **code)
    if row.figures.components["ten_measures"] is None:
        return [card]
    named: list[Component | str] = [
        _("%(unit)s: measure by measure", unit=row.unit.short_name),
        *notes.illustrative(result.scheme),
    ]
    table = html.Div(measures_table(row, identity=MEASURES), className="table-frame")
    return [card, parts.card(named, table, source(row, result.zone), id="measures")]


def _year(seen: ScoresSeen, reading: Reading) -> Component:
    asked = seen.asked
    found = year_of_scores.of_group(reading, asked.quarter.year, asked.group, seen.year)
    heading = _("The year %(year)s for the reward decision, quarter by quarter", year=asked.quarter.year)
    return parts.card(heading, *year.year_part(found, asked, reading.zone, identity=YEAR), id="year")


offer("scores", export.scores)
offer(year.EXPORT, year.export)
