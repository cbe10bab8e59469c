"""The month as it was published: the frozen rows in the page's table, and what would have lifted a unit by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, frozen_table, numbers, parts, words
from dashboards.components.exports import Exported, Written
from dashboards.components.frozen_table import FrozenColumn, FrozenRow
from dashboards.components.frozen_words import points_said, share_said
from dashboards.components.page_list import RANKING
from dashboards.components.ranking_words import timeliness_word
from dashboards.components.standings import with_exports
from dashboards.pages.monthly_ranking.sureness import SHARE, lift_words
from dashboards.results.names import flags_shown
from dashboards.results.published import PublishedPeriod
from dashboards.results.reading import Reading
from data.indicators.enforcement import FINES, INSPECTIONS, PENALTIES, TIMELINESS
from data.intake.publications import Publication
from data.language import gettext as _
from data.zone.periods import Month
from data.zone.zone import Zone

Content = Mapping[str, Any]
MADE_OF = {
    "problem_rate": ("problem_inspections", "inspections"),
    "penalty_rate": ("penalties", "problem_inspections"),
    "closed_loop_rate": ("closed_cases", "due_cases"),
}
"""Rates whose counts are printed beside them."""
RATES = ("completion", "problem_rate", "penalty_rate", "closed_loop_rate", "rectification_rate")
SECTOR_COUNTS = (
    "inspections",
    "problem_inspections",
    "hazards",
    "major_hazards",
    "penalties",
    "due_cases",
    "closed_cases",
)


def group_of(one: Publication, name: str) -> Sequence[FrozenRow]:
    """The rows of a group, in the order of their places."""
    return next((group["rows"] for group in one.content["groups"] if group["group"] == name), ())


def table(one: Publication, group: str, zone: Zone, *, chosen: str, identity: str) -> Component:
    """The ranked table as it was published, with the way to take it along."""
    made = frozen_table.frozen_table(
        columns(zone), group_of(one, group), identity=identity, name="ranked frozen", chosen=chosen
    )
    query = address.query(period=one.period, group=group, published=one.revision)
    return with_exports(made, export="ranking", query=query, identity=identity)


def card(one: Publication, group: str, zone: Zone, *, chosen: str = "", identity: str) -> Component:
    """The same under its heading."""
    heading = _("Ranked table, publication %(n)s", n=one.revision)
    return parts.card(heading, table(one, group, zone, chosen=chosen, identity=identity))


def export(
    asked: Mapping[str, str], group: str, one: Publication, state: PublishedPeriod, reading: Reading
) -> Exported:
    """The ranked table as it was published, as a file."""
    title = f"{RANKING.title} {numbers.period(state.period)} {words.group(group)}"
    return frozen_table.exported(columns(reading.zone), group_of(one, group), asked, title, one, state, reading)


def columns(zone: Zone) -> list[FrozenColumn]:
    """What of a printed row the table shows."""
    usual = {unit.code: place for place, unit in enumerate(zone.units)}
    counts = [
        FrozenColumn(
            key.key,
            words.indicator(key.key),
            _indicator(key.key),
            written,
            name="num beside",
            shown=_yuan if written is Written.AMOUNT else None,
        )
        for key, written in ((INSPECTIONS, Written.COUNT), (PENALTIES, Written.COUNT), (FINES, Written.AMOUNT))
    ]
    return [
        FrozenColumn("place", _("Place"), lambda row: row["rank"], shown=_place, note=_("%(share)s interval", share=SHARE),
                     up=True, name="num place"),
        FrozenColumn("unit", _("Unit"), lambda row: row["name"], Written.TEXT, shown=_unit, name="unit-cell",
                     order=lambda row: usual.get(row["unit"])),
        FrozenColumn("score", _("Score"), lambda row: row["score"], Written.AMOUNT,
                     shown=lambda row: [html.Strong(points_said(row["score"]))], name="num score"),
        FrozenColumn("below", _("To the next"), lambda row: row["margin"], shown=_below, note=_("cases between"), up=True,
                     name="num apart"),
        FrozenColumn("before", _("Month before"), lambda row: (row["previous"] or {}).get("rank"), shown=_before, up=True,
                     name="num beside"),
        *(FrozenColumn(key, words.indicator(key), _indicator(key), Written.SHARE, shown=_rate(key), name="num rate")
          for key in RATES),
        FrozenColumn(TIMELINESS.key, words.indicator(TIMELINESS.key), _indicator(TIMELINESS.key), Written.SHARE, shown=_timely,
                     name="num rate"),
        *counts,
    ]  # fmt: skip


def _indicator(key: str) -> Any:
    return lambda row: None if row["indicators"] is None else row["indicators"].get(key)


def _timely(row: FrozenRow) -> list[Component | str]:
    value = _indicator(TIMELINESS.key)(row)
    return [timeliness_word(None if value is None else Fraction(str(value)))]


def _yuan(row: FrozenRow) -> list[Component | str]:
    value = _indicator(FINES.key)(row)
    return [numbers.yuan(None if value is None else Decimal(str(value)))]


def _place(row: FrozenRow) -> list[Component | str]:
    if row["rank"] is None:
        return [numbers.NONE]
    between = row.get("rank_interval")
    ends = "" if not between else str(between[0]) if between[0] == between[1] else f"{between[0]}–{between[1]}"
    return [str(row["rank"]), *([html.Small(ends)] if ends else [])]


def _unit(row: FrozenRow) -> list[Component | str]:
    flags = [parts.tag(words.flag(flag), "warn", title=words.flag_meaning(flag)) for flag in flags_shown(row["flags"])]
    return [html.Div(row["name"]), *([html.Div(flags, className="flags")] if flags else [])]


def _below(row: FrozenRow) -> list[Component | str]:
    told = row.get("told_apart")
    if told is None:
        return [numbers.NONE]
    cases = numbers.NONE if row["margin"] is None else _("by %(n)s", n=row["margin"])
    return [html.Div(cases), html.Small(_("told apart") if told else _("not told apart"))]


def _before(row: FrozenRow) -> list[Component | str]:
    previous = row["previous"]
    if previous is None or previous["rank"] is None:
        return [numbers.NONE]
    return [html.Div(_("place %(n)s", n=previous["rank"])), html.Small(points_said(previous["score"]))]


def _rate(key: str) -> Any:
    def shown(row: FrozenRow) -> list[Component | str]:
        figures = row["indicators"]
        if figures is None or figures.get(key) is None:
            return [numbers.NONE]
        share = html.Div(share_said(figures[key]), className="share")
        if key not in MADE_OF:
            return [share]
        upper, lower = (numbers.count(figures[part]) for part in MADE_OF[key])
        return [html.Div(f"{upper}/{lower}", className="made-of"), share]

    return shown


def lifted(one: Publication, unit: str) -> Component | None:
    """What would have given a unit a better place by the published figures; None where it was first or has no place."""
    row = _row_of(one, unit)
    if row is None or row["score"] is None or row["rank"] in (None, 1):
        return None
    said = [
        html.Li(
            lift_words(lift["indicator"], lift["needed"], points_said(row["score"]), points_said(lift["score"]), row["rank"],
                       lift["rank"])
        )
        for lift in row["to_next"] or ()
    ]  # fmt: skip
    none = html.P(_("neither due cases closed in time nor planned inspections alone."))
    return parts.card(_("What would have lifted it"), html.Ul(said, className="lifts") if said else none)


def own_message(one: Publication, unit: str, period: Month) -> str | None:
    """A unit's score and place as they were published; None where it has none."""
    row = _row_of(one, unit)
    if row is None or row["score"] is None or row["rank"] is None:
        return None
    told = {"unit": row["name"], "score": points_said(row["score"]), "rank": row["rank"], "of": row["of"]}
    said = _("%(unit)s: published %(score)s points, place %(rank)s of %(of)s.", **told)
    return " ".join([_("%(period)s:", period=numbers.period(period)), said])


def _row_of(one: Publication, unit: str) -> FrozenRow | None:
    return next((row for group in one.content["groups"] for row in group["rows"] if row["unit"] == unit), None)


def sectors(one: Publication, *, identity: str) -> Component:
    """The month by sector as it was published; those without any case are left out."""
    shown = [
        FrozenColumn("name", _("Sector"), lambda row: row["name"], Written.TEXT, name="standing-name"),
        *(FrozenColumn(key, words.indicator(key), _of(key)) for key in SECTOR_COUNTS),
        *(FrozenColumn(key, words.indicator(key), _of(key), Written.SHARE) for key in ("problem_rate", "closed_loop_rate")),
    ]  # fmt: skip
    rows = [row for row in one.content["sectors"] if any(row[key] for key in SECTOR_COUNTS)]
    made = frozen_table.frozen_table(shown, rows, identity=identity, name="standings by-sector", key="sector")
    heading = _("By sector, %(period)s", period=_("publication %(n)s", n=one.revision))
    return parts.card(
        heading, made, html.P(_("All units' cases, shown and never scored."), className="note"), id="sectors"
    )


def _of(key: str) -> Any:
    return lambda row: row[key]
