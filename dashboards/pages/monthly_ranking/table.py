"""The ranked table of a group: place, score, movement, flags, rates with what they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import corrections, numbers, parts, standings, words
from dashboards.components.ranking_words import flag_tags, fraction, timeliness_word, why_undefined
from dashboards.method import rates
from dashboards.method.rates import counted
from dashboards.pages.monthly_ranking.figures import sparkline
from dashboards.pages.monthly_ranking.sureness import SHARE, apart_meaning, interval, keys_differ, to_next_below
from dashboards.results.issued_lists import Accuracy
from dashboards.results.ranking import RankedGroup, RankedRow
from data.indicators.declaration import Indicator, Ratio, Sum
from data.indicators.enforcement import (
    FINES,
    HAZARDS,
    INDICATORS,
    INSPECTIONS,
    MAJOR_HAZARDS,
    PENALTIES,
    TIMELINESS,
)
from data.language import gettext as _
from data.zone.zone import Zone

RATES = tuple(one for one in INDICATORS if not isinstance(one.made_of, Sum))
"""The indicators that have a column of their own, with what each is made of."""


def ranked_table(
    group: RankedGroup,
    *,
    zone: Zone,
    chosen: str | None,
    accuracies: Mapping[str, Accuracy],
    link: Callable[[str], str],
    name: str,
) -> Component:
    """All units of the group, best first; ``link`` makes the address that takes one unit apart.

    ``accuracies``: of units of which lists were looked at again how much was as told; shown beside the place, and never scored.
    """
    places = Counter(row.figures.rank for row in group.rows)
    sure = group.chance is not None
    body = [
        _row(
            row,
            zone=zone,
            chosen=chosen,
            link=link,
            tied=places[row.figures.rank] > 1,
            sure=sure,
            accuracy=accuracies.get(row.unit.code),
        )
        for row in group.rows
    ]
    usual = _("Back to the order of places")
    return standings.table(_heads(sure=sure), body, name="ranked", identity=name, usual=usual)


def orders(zone: Zone) -> dict[str, standings.Order[RankedRow]]:
    """What the table is sorted by, column by column; units in the zone's own order."""
    usual = {unit.code: place for place, unit in enumerate(zone.units)}
    return {
        "place": lambda row: row.figures.rank,
        "unit": lambda row: usual.get(row.unit.code),
        "score": lambda row: row.figures.score,
        "below": lambda row: row.chance.margin,
        "change": lambda row: row.rank_change,
        "trend": trend,
        **{rate.key: _figure(rate) for rate in RATES},
        **{one.key: _figure(one) for one in (INSPECTIONS, PENALTIES, FINES)},
        "per_thousand": per_thousand,
    }


def _figure(one: Indicator) -> standings.Order[RankedRow]:
    return lambda row: None if row.figures.indicators is None else row.figures.indicators[one.key]


def trend(row: RankedRow) -> Decimal | None:
    """By how many points the score rose over the months that are shown."""
    shown = [one.score for one in row.history if one.score is not None]
    return shown[-1] - shown[0] if len(shown) > 1 else None


def per_thousand(row: RankedRow) -> Fraction | None:
    """Hazards found in 1,000 inspections."""
    figures = row.figures.indicators
    if figures is None or not figures[INSPECTIONS.key]:
        return None
    return Fraction(1000 * cast("int", figures[HAZARDS.key]), cast("int", figures[INSPECTIONS.key]))


def _heads(*, sure: bool) -> list[Component]:
    of_rates = [
        standings.head(one.key, words.indicator(one.key), title=words.meaning(one.key), name="num") for one in RATES
    ]
    below = standings.head("below", _("To the next"), _("cases between"), name="num", title=apart_meaning(), up=True)
    return [
        standings.head("place", _("Place"), _("%(share)s interval", share=SHARE) if sure else "", name="num", up=True),
        standings.head("unit", _("Unit"), up=True, named=True),
        standings.head("score", _("Score"), name="num"),
        *([below] if sure else []),
        standings.head("change", _("Change"), _("from last month"), name="num"),
        standings.head("trend", _("Trend"), _("12 months")),
        *of_rates,
        standings.head(INSPECTIONS.key, _("Inspections"), name="num"),
        standings.head(PENALTIES.key, _("Penalties"), _("(penalties)"), name="num"),
        standings.head(FINES.key, _("Fines"), _("yuan, not scored"), name="num",
                       title=_("Fines are shown and never scored.")),
        standings.head("per_thousand", _("Hazards"), _("per 1,000 inspections"), name="num"),
    ]  # fmt: skip


def _row(
    row: RankedRow,
    *,
    zone: Zone,
    chosen: str | None,
    link: Callable[[str], str],
    tied: bool,
    sure: bool,
    accuracy: Accuracy | None,
) -> Component:
    one = row.figures
    values = {key: standings.by(order(row)) for key, order in orders(zone).items()}
    return html.Tr(
        [
            parts.cell(_("Place"), *_place(row, tied=tied), name="num place", **values["place"]),
            parts.cell(_("Unit"), *_unit(row, link, zone), _accuracy(accuracy), name="unit-cell", **values["unit"]),
            parts.cell(_("Score"), html.Strong(numbers.points(one.score)), name="num score", **values["score"]),
            *([parts.cell(_("To the next"), *to_next_below(row), name="num apart", **values["below"])] if sure else []),
            parts.cell(_("Change"), *_change(row), name="num change", **values["change"]),
            parts.cell(_("Trend"), _trend(row), name="trend", **values["trend"]),
            *(
                parts.cell(words.indicator(rate.key), *_rate(row, rate, zone), name="num rate", **values[rate.key])
                for rate in RATES
            ),
            *_counts(row, values),
        ],
        className="chosen" if row.unit.code == chosen else None,
        id=f"monthly-ranking-row-{row.unit.code}",
        **parts.attributes(data_unit=row.unit.code),
    )


def _place(row: RankedRow, *, tied: bool) -> list[Component | str]:
    if row.figures.rank is None:
        return [numbers.NONE]
    between = interval(row)
    return [
        str(row.figures.rank),
        *([html.Small(_("tied"))] if tied else []),
        *([html.Small(between, title=_("%(share)s interval of this unit's own place", share=SHARE))] if between else []),
    ]  # fmt: skip


def _unit(row: RankedRow, link: Callable[[str], str], zone: Zone) -> list[Component]:
    flags = flag_tags(row, zone)
    if keys_differ(row):
        flags.append(parts.tag(_("places by one indicator far apart"), title=_keys_said(row)))
    if row.correction is not None:
        flags.append(corrections.mark(row.figures, row.correction, zone))
    name = dcc.Link(row.unit.short_name, href=link(row.unit.code), className="unit-link", title=row.unit.name)
    mark = [] if row.unit.confirmed else [parts.illustrative()]
    return [html.Div([name, *mark]), html.Div(flags, className="flags")] if flags else [html.Div([name, *mark])]


def _accuracy(found: Accuracy | None) -> Component | None:
    if found is None:
        return None
    low, high = found.interval
    said = _("re-checks as told %(accurate)s of %(checked)s (%(low)s–%(high)s)", accurate=found.accurate, checked=found.checked,
             low=numbers.chance(low), high=numbers.chance(high))  # fmt: skip
    why = _(
        "Lines drawn of this month's lists that were looked at again, with the 95%% interval of the share. Shown, not scored."
    )
    return html.Small(said, title=why, className="re-checks")


def _keys_said(row: RankedRow) -> str:
    """Its place by each key alone."""
    return _(", ").join(
        _("%(key)s place %(place)s", key=words.indicator(key), place=place)
        for key, place in (row.chance.single_keys or {}).items()
    )


def _change(row: RankedRow) -> list[Component | str]:
    places, points = row.rank_change, row.score_change
    if places is None and points is None:
        return [numbers.NONE]
    return [
        html.Div(_places(places), className="movement"),
        html.Small(numbers.signed(points) if points is not None else numbers.NONE),
    ]


def _places(places: int | None) -> Component | str:
    if places is None:
        return numbers.NONE
    if places == 0:
        return _("= same")
    up = places > 0
    sentence = _("↑ %(n)s up", n=places) if up else _("↓ %(n)s down", n=-places)
    return html.Span(sentence, className="tone-good" if up else "tone-bad")


def _trend(row: RankedRow) -> Component | str:
    shown = [one for one in row.history if one.score is not None]
    if len(shown) < 2:
        return numbers.NONE
    spoken = _(", ").join(f"{numbers.period(one.month)} {numbers.points(one.score)}" for one in row.history)
    return html.Img(src=sparkline(history=row.history), alt=spoken, title=spoken, className="sparkline")


def _rate(row: RankedRow, rate: Indicator, zone: Zone) -> list[Component | str]:
    return rate_parts(row, rate) if isinstance(rate.made_of, Ratio) else _timeliness(row, zone)


def rate_parts(row: RankedRow, rate: Indicator) -> list[Component | str]:
    """Numbers first, the percentage beneath: they are inspections and cases."""
    made_of = fraction(row, rate)
    if row.figures.indicators is None:
        return [numbers.NONE]
    if made_of is None:
        return [
            html.Div(numbers.NONE, className="made-of"),
            html.Small(why_undefined(row, rate), className="undefined"),
        ]
    share = numbers.percent(cast("Fraction", row.figures.indicators[rate.key]))
    few = html.Small(_("few cases"), className="few", title=_("Fewer than 5 cases: the share says little."))
    return [
        html.Div(made_of, className="made-of"),
        html.Div(share, className="share"),
        *([few] if rests_on_few(row, rate) else []),
    ]


def rests_on_few(row: RankedRow, rate: Indicator) -> bool:
    """Whether a share of what happened has so few cases below it that it says little."""
    found = counted(rate.key, row.counts) if rate.key in rates.RATES else None
    return found is not None and found.few


def _timeliness(row: RankedRow, zone: Zone) -> list[Component | str]:
    figures = row.figures.indicators
    if figures is None or row.filing is None:
        return [numbers.NONE]
    return [
        html.Div(numbers.moment(row.filing.counted_at, zone).split(" ")[0], className="made-of"),
        html.Div(timeliness_word(figures[TIMELINESS.key]), className="share"),
    ]


def _counts(row: RankedRow, values: Mapping[str, dict[str, Any]]) -> list[Component]:
    figures = row.figures.indicators or {}
    inspections, penalties = (cast("int | None", figures.get(one.key)) for one in (INSPECTIONS, PENALTIES))
    fines = cast("Decimal | None", figures.get(FINES.key))
    return [
        parts.cell(_("Inspections"), numbers.count(inspections), name="num beside", **values[INSPECTIONS.key]),
        parts.cell(_("Penalties"), numbers.count(penalties), name="num beside", **values[PENALTIES.key]),
        parts.cell(_("Fines"), numbers.yuan(fines), name="num muted beside", **values[FINES.key]),
        parts.cell(_("Hazards per 1,000"), *_per_thousand(row), name="num beside", **values["per_thousand"]),
    ]


def _per_thousand(row: RankedRow) -> list[Component | str]:
    figures = row.figures.indicators
    if figures is None or not figures[INSPECTIONS.key]:
        return [numbers.NONE]
    hazards, major, inspections = (cast("int", figures[one.key]) for one in (HAZARDS, MAJOR_HAZARDS, INSPECTIONS))
    every, grave = (numbers.whole(Fraction(1000 * found, inspections)) for found in (hazards, major))
    base = _("%(hazards)s in %(inspections)s inspections", hazards=numbers.count(hazards),
             inspections=numbers.count(inspections))  # fmt: skip
    return [html.Div(every), html.Small(base, className="base"), html.Br(), html.Small(_("major %(n)s", n=grave))]
