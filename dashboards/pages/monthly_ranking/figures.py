"""Monthly ranking, drawings only: a result in, one figure out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import plotly.graph_objects as go

from dashboards.components import numbers, words
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, nothing
from dashboards.components.horizontal_bars import BAR_WIDTH, TO_HUNDRED, laid, waterfall
from dashboards.components.marks import mark
from dashboards.components.ranking_words import step_name
from dashboards.components.theme import drawn
from dashboards.method.steps import Step
from dashboards.results.cases import measure_behind
from dashboards.results.ranking import RankedGroup, RankedRow, RankedScore, shown_flags
from data.language import gettext as _

LINE = drawn("teal")


def ranking_bars(*, group: RankedGroup, chosen: str | None) -> go.Figure:
    """One bar a unit, best on top, with rank, name and score; who has no score keeps an empty line that says why."""
    if not group.rows:
        return nothing(_("No unit belongs to this group in this month."))
    rows = group.rows
    if all(row.figures.score is None for row in rows):
        return nothing(_("No scores yet: they appear as soon as a ledger of this month is accepted."))
    bars = {
        "type": "bar",
        "y": list(range(len(rows))),
        "x": [float(row.figures.score or 0) for row in rows],
        "width": BAR_WIDTH,
        "hovertext": [_hover(row) for row in rows],
        "customdata": [mark(unit=row.unit.code) for row in rows],
        "selectedpoints": [at for at, row in enumerate(rows) if row.unit.code == chosen],
        **SAID,
    }
    behind = [_behind_bar(row, at) for at, row in enumerate(rows)]
    return laid([bars], [_axis_label(row) for row in rows], xaxis=TO_HUNDRED, annotations=behind)


def _axis_label(row: RankedRow) -> str:
    place = numbers.NONE if row.figures.rank is None else str(row.figures.rank)
    return f"{place}  {plain(row.unit.short_name)} "


def _behind_bar(row: RankedRow, at: int) -> dict[str, Any]:
    """Score and flags behind a bar, or the flags alone where there is no score."""
    flags = " · ".join(plain(words.short_flag(flag)) for flag in shown_flags(row.figures.flags, row.undone))
    score = "" if row.figures.score is None else numbers.points(row.figures.score)
    small = f'<span style="font-size:11px">{flags}</span>' if score and flags else flags
    text = "<br>".join(part for part in (score, small) if part)
    place = {"x": float(row.figures.score or 0), "y": at, "xshift": 6, "xanchor": "left", "align": "left"}
    return {"text": text, "showarrow": False, "font": {"size": 13}, **place}


def _hover(row: RankedRow) -> str:
    """The bar as sentences: score and place, then what weighs on the unit."""
    figures, unit = row.figures, row.unit.name
    flags = _(", ").join(words.flag(flag) for flag in shown_flags(figures.flags, row.undone))
    told = {"unit": unit, "score": numbers.points(figures.score), "rank": figures.rank, "of": figures.of}
    placed = _("%(unit)s: %(score)s points, place %(rank)s of %(of)s.", **told)
    said = [
        _("%(unit)s: no score.", unit=unit) if figures.score is None else placed,
        _("Flags: %(flags)s.", flags=flags) if flags else _("No flags."),
    ]
    return "<br>".join(plain(one) for one in said)


def score_waterfall(*, steps: Sequence[Step], score: Decimal | None) -> go.Figure:
    """From 0 to the score: points gained out of each weight, re-weighting, deductions."""
    if score is None:
        return nothing(
            _(
                "No score this month, so there is nothing to take apart; why stands above, and what is lacking is to be sent."
            )
        )
    return waterfall(steps=steps, score=score, name=step_name, leads_to=_cases_of_step)


def _cases_of_step(key: str) -> Mapping[str, str]:
    """The figure whose cases are behind a step of the waterfall; nothing for a step without any."""
    measure = measure_behind(key)
    return mark(measure=measure)


def sparkline(*, history: Sequence[RankedScore], width: int = 88, height: int = 26) -> str:
    """The year's scores as a small picture (a data address); months without a score are gaps."""
    step = (width - 8) / max(len(history) - 1, 1)
    at = [
        None if one.score is None else (4 + index * step, height - 4 - float(one.score) / 100 * (height - 8))
        for index, one in enumerate(history)
    ]
    path, pen_down = [], False
    for point in at:
        if point is not None:
            path.append(f"{'L' if pen_down else 'M'}{point[0]:.1f} {point[1]:.1f}")
        pen_down = point is not None
    last = next((point for point in reversed(at) if point is not None), None)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.4"/>' for x, y in (point for point in at if point is not None)]
    end = f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.8"/>' if last else ""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path d="{" ".join(path)}" fill="none" stroke="{LINE}" stroke-width="1.6"/>'
        f'<g fill="{LINE}">{"".join(dots)}{end}</g></svg>'
    )
    return "data:image/svg+xml," + quote(drawing)
