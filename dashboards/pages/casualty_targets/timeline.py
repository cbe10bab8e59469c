"""Where and when did people die? Every fatal accident at its day and sector, as large as the persons who died."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.method.casualties import Accident, deaths_of
from dashboards.pages.casualty_targets import phrases
from dashboards.results.fatal_accidents import FatalAccidents, deaths_by_sector
from data.language import gettext as _

ROW, ABOVE, BELOW, LEFT, RIGHT = 56, 8, 34, 86, 22
ONE_PERSON, LARGEST = 22, 52
"""Pixels across of a mark for one person; the area grows with the persons, up to a mark that its row has room for."""
NEAR = 30
"""Days within which two accidents of one sector are drawn one above the other."""


def figure(*, shown: FatalAccidents) -> go.Figure:
    """A row a sector, the one of most deaths on top; filled counts against the cap, hollow does not; the number is of persons."""
    if not shown.accidents:
        return drawing.nothing(message(shown))
    sectors, first, last = shown.sectors, date(shown.year.year, 1, 1), date(shown.year.year, 12, 31)
    months = range(1, 13, 2)
    return drawing.figure(
        [_points(shown, sectors)],
        height=ABOVE + BELOW + ROW * len(sectors),
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        shapes=[_today(shown.as_of)] if shown.as_of < last else [],
        xaxis=axis(
            type="date",
            range=[first.isoformat(), last.isoformat()],
            tickvals=[date(shown.year.year, month, 1).isoformat() for month in months],
            ticktext=[numbers.month(month) for month in months],
        ),
        yaxis=axis(
            range=[len(sectors) - 0.5, -0.5],
            tickvals=list(range(len(sectors))),
            ticktext=[f"{plain(shown.zone.sectors[code])} " for code in sectors],
        ),
    )


def _points(shown: FatalAccidents, sectors: Sequence[str]) -> Trace:
    heights = apart(shown.accidents)
    return {
        "type": "scatter",
        "x": [one.happened_on.isoformat() for one in shown.accidents],
        "y": [sectors.index(one.sector) + height for one, height in zip(shown.accidents, heights, strict=True)],
        "mode": "markers+text",
        "text": [f"<b>{one.deaths}</b>" for one in shown.accidents],
        "textposition": "middle center",
        "textfont": {"size": 12},
        "marker": {
            "size": [min(ONE_PERSON * sqrt(one.deaths), LARGEST) for one in shown.accidents],
            "symbol": ["circle" if one.counted else "circle-open" for one in shown.accidents],
            "color": [drawn("accent-soft" if one.counted else "muted") for one in shown.accidents],
            "line": {"color": [drawn("accent" if one.counted else "muted") for one in shown.accidents], "width": 2},
            "opacity": 1,
        },
        "cliponaxis": False,
        "hovertext": [plain(said(one, shown)) for one in shown.accidents],
        "customdata": [
            mark(
                sector=one.sector,
                unit=one.territory,
                department=one.department,
                day=one.happened_on,
                accident=one.number,
            )
            for one in shown.accidents
        ],
        **SAID,
    }


def apart(accidents: Sequence[Accident]) -> list[float]:
    """By how much of a row each is moved up or down, so that near ones of a sector do not hide each other."""
    found: list[float] = []
    latest: dict[str, tuple[date, int]] = {}
    for one in accidents:
        before = latest.get(one.sector)
        near = before is not None and (one.happened_on - before[0]).days < NEAR
        step = before[1] + 1 if before is not None and near else 0
        latest[one.sector] = (one.happened_on, step)
        found.append((0.0, -0.24, 0.24)[step % 3])
    return found


def _today(day: date) -> dict[str, Any]:
    line = {"color": drawn("muted"), "width": 1, "dash": "dot"}
    return {"type": "line", "x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": 1, "yref": "paper", "line": line,
            "layer": "below"}  # fmt: skip


def said(one: Accident, shown: FatalAccidents) -> str:
    """One accident as a sentence."""
    zone = shown.zone
    told = _("%(day)s, %(sector)s, %(place)s, %(enterprise)s: %(persons)s died", day=numbers.spoken_day(one.happened_on),
             sector=zone.sectors[one.sector], place=zone.unit_by_code[one.territory].short_name, enterprise=one.enterprise,
             persons=phrases.persons(one.deaths))  # fmt: skip
    lost = [_("%(persons)s of them missing", persons=phrases.persons(one.missing))] if one.missing else []
    uncounted = [] if one.counted else [_("does not count against the cap")]
    return _("%(said)s.", said=_("; ").join([told, *lost, *uncounted]))


def message(shown: FatalAccidents) -> str:
    """How many died in how many accidents, in which sectors and in which month most; or that nobody did, or that nothing is known."""
    day = numbers.spoken_day(shown.as_of)
    if not shown.known and not shown.accidents:
        return _("No accident ledger of the year has been accepted up to %(day)s, so nothing is known; the office sends it every "
                 "month.", day=day)  # fmt: skip
    if not shown.accidents:
        return _("Up to %(day)s the ledgers of the year tell of no accident in which anybody died.", day=day)
    counted = shown.counted
    rest = [one for one in shown.accidents if not one.counted]
    beside = _("Besides, %(accidents)s with %(persons)s dead do not count against the cap.", accidents=phrases.accidents(len(rest)),
               persons=phrases.persons(sum(one.deaths for one in rest)))  # fmt: skip
    if not counted:
        none = _("Up to %(day)s nobody died in an accident that counts against the cap.", day=day)
        return f"{none} {beside}"
    said_of_all = _("Up to %(day)s %(persons)s died in %(accidents)s.", day=day, persons=phrases.persons(deaths_of(counted)),
                    accidents=phrases.accidents(len(counted)))  # fmt: skip
    most = [_most_by_sector(shown), _most_by_month(counted)] if len(counted) > 1 else []
    return " ".join([said_of_all, *most, *([beside] if rest else [])])


def _most_by_sector(shown: FatalAccidents) -> str:
    deaths = deaths_by_sector(shown.counted)
    most = max(deaths.values())
    named = [shown.zone.sectors[code] for code in shown.sectors if deaths[code] == most]
    return _("Most in: %(sectors)s (%(persons)s).", sectors=_joined(named), persons=_each(most, len(named)))


def _most_by_month(counted: Sequence[Accident]) -> str:
    deaths: Counter[int] = Counter()
    for one in counted:
        deaths[one.happened_on.month] += one.deaths
    most = max(deaths.values())
    named = [numbers.month(month) for month in sorted(deaths) if deaths[month] == most]
    return _("Most in the month: %(months)s (%(persons)s).", months=_joined(named), persons=_each(most, len(named)))


def _joined(named: Sequence[str]) -> str:
    return _(", ").join(named)


def _each(deaths: int, times: int) -> str:
    persons = phrases.persons(deaths)
    return persons if times == 1 else _("%(persons)s each", persons=persons)


def facts(shown: FatalAccidents) -> list[str]:
    """Every accident in words."""
    return [said(one, shown) for one in shown.accidents]


def notes(shown: FatalAccidents) -> list[str]:
    """How the marks are to be read."""
    if not shown.accidents:
        return []
    filled = _("The number in a circle is of persons, its area grows with them.")
    hollow = _("Grey and hollow: does not count against the cap.")
    return [" ".join([filled, *([hollow] if len(shown.counted) < len(shown.accidents) else [])])]
