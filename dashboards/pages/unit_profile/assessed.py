"""What is assessed: the unit's months and quarters of the year, its deaths against the cap, and each accident."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, lights, numbers, parts, ranking_words, words
from dashboards.components.page_list import CASUALTIES, RANKING, SCORES
from dashboards.method.ranking import RankedUnit
from dashboards.results.casualties import AccidentRow
from dashboards.results.names import flag
from dashboards.results.ranking import shown_flags
from dashboards.results.scores import ScoredRow
from dashboards.results.unit_profile import UnitProfile
from data.indicators.declaration import Number, Ratio
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.language import gettext as _
from data.zone.accident_class import spoken
from data.zone.periods import Month, Quarter

SHOWN = ("inspections", "problem_rate", "penalty_rate", "closed_loop_rate", "completion")
"""Of the indicators those that a meeting asks for first."""
COMPONENTS = ("ten_measures", "enforcement", "milestones")


def months(one: UnitProfile, *, identity: str) -> Component:
    """A month a line: score, place, the figures that are asked for first, flags."""
    if not one.months:
        return parts.empty(_("No month of the year is on record for this unit."))
    heads = [
        parts.head(_("Month")), parts.head(_("Score"), name="num"), *([parts.head(_("Place"), name="num")] if one.places else []),
        *(parts.head(words.indicator(key), name="num") for key in SHOWN), parts.head(_("Flags")),
    ]  # fmt: skip
    body = [_month(one, month, ranked) for month, ranked in one.months]
    made = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases unit-months", id=identity
    )
    return html.Div(made, className="table-frame")


def _month(one: UnitProfile, month: Month, ranked: RankedUnit) -> Component:
    href = RANKING.path + address.query(period=month, group=one.unit.group, unit=one.unit.code)
    figures = ranked.indicators or {}
    last = None if one.row is None else one.row.undone_in.get(month)
    flags = [ranking_words.flag_words(flag, last, one.zone) for flag in shown_flags(ranked.flags, last)]
    return html.Tr(
        [
            html.Th(dcc.Link(numbers.month(month.month), href=href), scope="row"),
            parts.cell(_("Score"), html.B(numbers.points(ranked.score)), name="num"),
            *_place(one, ranked.rank, ranked.of),
            *(parts.cell(words.indicator(key), _figure(key, figures.get(key)), name="num") for key in SHOWN),
            parts.cell(_("Flags"), _(", ").join(flags) or numbers.NONE),
        ]
    )


def _figure(key: str, value: Number | None) -> str:
    """A count, or a share."""
    one = INDICATOR_BY_KEY[key]
    return (
        ranking_words.scored_value(one, value)
        if isinstance(one.made_of, Ratio)
        else numbers.count(cast("int | None", value))
    )


def _place(one: UnitProfile, rank: int | None, of: int) -> list[Component]:
    """The cell of the place, where the reader is shown places."""
    said = numbers.NONE if rank is None else f"{rank} / {of}"
    return [parts.cell(_("Place"), said, name="num")] if one.places else []


def quarters(one: UnitProfile, *, identity: str) -> Component:
    """A quarter a line: score, grade, place, and what the score is of."""
    if not one.quarters:
        return parts.empty(_("No quarter is over yet."))
    heads = [
        parts.head(_("Quarter")), parts.head(_("Score"), name="num"), parts.head(_("Grade")),
        *([parts.head(_("Place"), name="num")] if one.places else []),
        *(parts.head(words.component(key), name="num") for key in COMPONENTS), parts.head(_("Flags")),
    ]  # fmt: skip
    body = [_quarter(one, quarter, row) for quarter, row in one.quarters]
    made = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases unit-months", id=identity
    )
    return html.Div(made, className="table-frame")


def _quarter(one: UnitProfile, quarter: Quarter, row: ScoredRow) -> Component:
    href = SCORES.path + address.query(period=quarter, group=one.unit.group, unit=one.unit.code)
    figures = row.figures
    return html.Tr(
        [
            html.Th(dcc.Link(numbers.period(quarter), href=href), scope="row"),
            parts.cell(_("Score"), html.B(numbers.points(figures.score)), name="num"),
            parts.cell(_("Grade"), words.grade(figures.grade)),
            *_place(one, figures.rank, figures.of),
            *(parts.cell(words.component(key), _share(figures.components[key]), name="num") for key in COMPONENTS),
            parts.cell(_("Flags"), _(", ").join(map(flag, row.shown_flags)) or numbers.NONE),
        ]
    )


def _beside(row: AccidentRow) -> str:
    """What else is said of an accident: that none of its dead count, and that it is closed."""
    return "".join([
        "" if row.accident.counted else _("; does not count (%(status)s)", status=row.accident.status),
        _("; closed") if row.closed else "",
    ])  # fmt: skip


def _share(share: Fraction | None) -> str:
    return numbers.NONE if share is None else numbers.tenths(share)


def deaths(one: UnitProfile, *, identity: str) -> Component:
    """Deaths against the cap with the light and its reasons, then each accident of the year that concerns the unit."""
    href = CASUALTIES.path + address.query(period=one.day.year, as_of=one.day, unit=one.unit.code)
    facts: list[Component] = []
    if one.deaths is not None:
        standing = one.deaths.standing
        scheme = one.overview.casualties.scheme
        told = _(
            "%(deaths)s deaths in %(accidents)s fatal accidents",
            deaths=standing.deaths,
            accidents=standing.fatal_accidents,
        )
        cap = (
            _("no cap on file")
            if standing.cap is None
            else _("cap %(cap)s, %(kept)s", cap=standing.cap, kept=lights.against_the_cap(standing))
        )
        why = _(", ").join(lights.why(standing, scheme))
        facts = [
            html.P(
                [
                    lights.light(standing.light),
                    " ",
                    dcc.Link(told, href=href),
                    _("; "),
                    cap,
                    *([_("; "), why] if why else []),
                ]
            )
        ]
    rows = [row for row in one.accidents if row.accident.happened_on.year == one.day.year]
    if not rows:
        return html.Div([*facts, parts.empty(_("No accident of the year concerns this unit."))], id=identity)
    listed = [
        html.Li(
            _("%(day)s %(type)s, class %(class)s: %(deaths)s dead, %(injured)s seriously injured%(closed)s", day=numbers.day_of_year(row.accident.happened_on),
              type=row.accident.type, deaths=row.accident.deaths, injured=row.accident.serious_injuries,
              closed=_beside(row), **{"class": spoken(row.accident.accident_class)})
        )
        for row in rows
    ]  # fmt: skip
    return html.Div([*facts, html.Ul(listed)], id=identity)
