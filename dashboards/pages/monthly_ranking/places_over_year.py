"""How did places change over the year? One line a unit, the chosen one in front."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers, words
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.labels import Label, apart
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.results.places import MonthPlace, PlacesOfYear, UnitPlaces
from data.language import gettext as _
from data.zone.periods import Month, Year
from data.zone.zone import Unit

PITCH, LEAST, ABOVE, BELOW, ROOM_FOR_NAMES, LINE = 40, 260, 14, 48, 112, 18
"""Pixels: between two places, of all of them at least, above and below them, for the units' names, and of one name."""


def figure(*, year: PlacesOfYear, chosen: str | None) -> go.Figure:
    """Places by month, the first on top; an open circle is a place without a score."""
    if not year.ranks_anybody:
        return drawing.nothing(message(year=year, chosen=chosen))
    rows = max([len(year.units), *(place.rank or 0 for one in year.units for place in one.places)])
    height, last = max(PITCH * rows, LEAST), len(year.months) - 1
    in_front_last = sorted(year.units, key=lambda one: one.unit.code == chosen)
    return drawing.figure(
        [_line(one, front=one.unit.code == chosen) for one in in_front_last if one.ranked],
        height=ABOVE + BELOW + height,
        margin={"l": 28, "r": ROOM_FOR_NAMES, "t": ABOVE, "b": BELOW},
        annotations=_names(year, chosen, rows, height),
        xaxis=axis(
            range=[-0.25, last + 0.25],
            tickvals=list(range(last + 1)),
            ticktext=month_ticks(year.months),
            showgrid=False,
        ),
        yaxis=axis(range=[rows + 0.5, 0.5], tickvals=list(range(1, rows + 1))),
    )


def month_ticks(months: Sequence[Month]) -> list[str]:
    """Months by their number, the year beneath January, and beneath the first where there is room for it before January."""
    with_year = {at for at, month in enumerate(months) if month.month == 1}
    if not with_year & {1, 2, 3}:
        with_year.add(0)
    return [
        f"{month.month}<br>{numbers.period(Year(month.year))}" if at in with_year else str(month.month)
        for at, month in enumerate(months)
    ]


def _line(one: UnitPlaces, *, front: bool) -> Trace:
    """A unit's places; where it has none the line is broken."""
    color = drawn("accent") if front else drawn("muted")
    symbols = ["circle" if place.score is not None else "circle-open" for place in one.places]
    return {
        "type": "scatter",
        "x": list(range(len(one.places))),
        "y": [place.rank for place in one.places],
        "mode": "lines+markers",
        "line": {"color": color, "width": 4 if front else 1.5},
        "marker": {"color": color, "size": 12 if front else 8, "symbol": symbols, "line": {"width": 2, "color": color}},
        "opacity": 1 if front else 0.75,
        "cliponaxis": False,
        "hovertext": [plain(said(one.unit, place)) for place in one.places],
        "customdata": [mark(unit=one.unit.code, period=place.month) for place in one.places],
        **SAID,
    }


def said(unit: Unit, place: MonthPlace) -> str:
    """A unit's place in one month as a sentence."""
    told = {"month": numbers.period(place.month), "unit": unit.short_name}
    if place.rank is None:
        return _("%(month)s, %(unit)s: no place.", **told)
    ranked = {**told, "rank": place.rank, "of": place.of}
    if place.score is None:
        why = _(", ").join(words.flag(flag) for flag in place.flags)
        return _("%(month)s, %(unit)s: place %(rank)s of %(of)s, without a score (%(why)s).", **ranked, why=why)
    return _("%(month)s, %(unit)s: place %(rank)s of %(of)s, %(score)s points.", **ranked,
             score=numbers.points(place.score))  # fmt: skip


def _names(year: PlacesOfYear, chosen: str | None, rows: int, height: float) -> list[dict[str, Any]]:
    """The units at the right end, each at its last month's place; who has none there stands below the others."""
    placed = [one for one in year.units if one.places[-1].rank is not None]
    placed.sort(key=lambda one: one.places[-1].rank or 0)
    ordered = [*placed, *(one for one in year.units if one.places[-1].rank is None)]
    wanted = [one.places[-1].rank or rows for one in ordered]
    labels = [
        Label(_name(one, chosen), height * (1 - (rank - 0.5) / rows), LINE)
        for one, rank in zip(ordered, wanted, strict=True)
    ]
    middles = apart(labels, top=height)
    return [
        {"text": label.text, "showarrow": False, "align": "left", "font": {"size": 13}, "xref": "paper", "x": 1,
         "xanchor": "left", "xshift": 4, "yref": "paper", "y": 0, "yanchor": "middle", "yshift": middle}
        for label, middle in zip(labels, middles, strict=True)
    ]  # fmt: skip


def _name(one: UnitPlaces, chosen: str | None) -> str:
    rank = one.places[-1].rank
    named = f"{numbers.NONE if rank is None else rank} {plain(one.unit.short_name)}"
    return f"<b>{named}</b>" if one.unit.code == chosen else named


def message(*, year: PlacesOfYear, chosen: str | None) -> str:
    """How the chosen unit's place changed, and who was first most often; or why there is nothing to see yet."""
    if not year.months:
        return _(
            "No ledger of the last 12 months has been accepted from this group; places appear once ledgers are sent."
        )
    if not year.ranks_anybody:
        return _("No unit of the group has a place in these months; places appear once ledgers are accepted.")
    own = next((one for one in year.units if one.unit.code == chosen), None)
    return " ".join([*([] if own is None else [_of_unit(own, year)]), *_leaders(year)])


def _of_unit(one: UnitPlaces, year: PlacesOfYear) -> str:
    ranked, name = one.ranked, one.unit.short_name
    if not ranked:
        return _("%(unit)s has no place in these %(n)s months.", unit=name, n=len(year.months))
    first, last = ranked[0], ranked[-1]
    told = {"unit": name, "first": numbers.period(first.month), "rank": first.rank}
    if len(ranked) == 1:
        return _("%(unit)s has a place in one month alone: place %(rank)s in %(first)s.", **told)
    told |= {"last": numbers.period(last.month), "now": last.rank}
    ranks = [place.rank or 0 for place in ranked]
    if len(set(ranks)) == 1:
        return _("%(unit)s stood at place %(rank)s in all %(n)s months from %(first)s to %(last)s in which it was ranked.", **told,
                 n=len(ranked))  # fmt: skip
    return _("%(unit)s came from place %(rank)s in %(first)s to place %(now)s in %(last)s; best place %(best)s, lowest "
             "%(lowest)s.", **told, best=min(ranks), lowest=max(ranks))  # fmt: skip


def _leaders(year: PlacesOfYear) -> list[str]:
    """Who was first, with a score, in most months; nothing of a single month, of which the ranking itself tells."""
    led = Counter(
        one.unit.short_name for one in year.units for place in one.places if place.rank == 1 and place.score is not None
    )
    if len(year.months) < 2 or not led:
        return []
    most = max(led.values())
    names = _(", ").join(name for name, times in led.items() if times == most)
    return [_("First most often: %(units)s (%(most)s of %(n)s months).", units=names, most=most, n=len(year.months))]


def facts(year: PlacesOfYear) -> list[str]:
    """Every unit's places in words."""
    return [
        _("%(unit)s: %(places)s.", unit=one.unit.short_name, places=_(", ").join(
            _("%(month)s place %(rank)s", month=numbers.period(place.month), rank=place.rank) for place in one.ranked))
        for one in year.units if one.ranked
    ]  # fmt: skip


def notes(year: PlacesOfYear) -> list[str]:
    """What an open circle is, where there is one."""
    unscored = any(place.score is None for one in year.units for place in one.ranked)
    return [_("Open circle: a place without a score, after all who have one.")] if unscored else []
