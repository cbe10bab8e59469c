"""When do they inspect? A row a month, a cell a day: nothing for three weeks and forty on the last day is a message."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.marks import mark
from dashboards.components.point_labels import text_width
from dashboards.components.theme import scale
from dashboards.results.inspection_days import LAST_DAYS, DayCount, InspectionDays, MonthDays
from data.indicators.enforcement import INSPECTIONS
from data.language import gettext as _

ROW, ABOVE, BELOW, LEFT, RIGHT = 28, 8, 34, 42, 58
LONG_GAP = 10
"""Days without an inspection from which on a gap is named in its row."""
NOTHING = DayCount(0, 0)


def figure(shown: InspectionDays) -> go.Figure:
    """Months from above, days from the left; numbers in the cells where there is room, the month's sum at the right."""
    if not any(one.inspections for one in shown.months):
        return drawing.nothing(message(shown))
    rows = shown.months
    longest = max(31, *(len(_all_days(one)) for one in rows))
    cells = [_cells(one, longest) for one in rows]
    return drawing.figure(
        [_heat(shown, cells), _numbers(cells)],
        height=ABOVE + BELOW + ROW * len(rows),
        margin={
            "l": LEFT,
            "r": max(RIGHT, *(int(text_width(_sum_said(one))) + 14 for one in rows)),
            "t": ABOVE,
            "b": BELOW,
        },
        annotations=[note for row, one in enumerate(rows) for note in (_sum(row, one), *_remarks(row, one))],
        xaxis=axis(range=[0.5, longest + 0.5], tickvals=[1, 5, 10, 15, 20, 25, 31], showgrid=False),
        yaxis=axis(
            range=[len(rows) - 0.5, -0.5],
            tickvals=list(range(len(rows))),
            ticktext=[numbers.month(one.month.month) for one in rows],
            showgrid=False,
        ),
    )


def _all_days(one: MonthDays) -> list[date]:
    """Every day of the month that is over, and any later one with an inspection."""
    end = max([one.last_day, *one.days])
    return [one.first_day + timedelta(days=after) for after in range((end - one.first_day).days + 1)]


def _cells(one: MonthDays, longest: int) -> list[tuple[date, DayCount] | None]:
    """The month's days with what was inspected; None for days that are not there, or of which no ledger tells."""
    days = [(day, one.days.get(day, NOTHING)) for day in _all_days(one)] if one.filed else []
    return [*days, *[None] * (longest - len(days))]


def _heat(shown: InspectionDays, cells: list[list[tuple[date, DayCount] | None]]) -> Trace:
    return {
        "type": "heatmap",
        "x": list(range(1, len(cells[0]) + 1)),
        "y": list(range(len(cells))),
        "z": [[None if cell is None else cell[1].inspections for cell in row] for row in cells],
        "zmin": 0,
        "zmax": max(cell[1].inspections for row in cells for cell in row if cell is not None),
        "colorscale": scale("accent"),
        "showscale": False,
        "xgap": 2,
        "ygap": 3,
        "hoverongaps": False,
        "hovertext": [["" if cell is None else plain(said(shown, *cell)) for cell in row] for row in cells],
        "customdata": [
            [_mark(shown, month, cell) for cell in row] for month, row in zip(shown.months, cells, strict=True)
        ],
        **SAID,
    }


def _mark(shown: InspectionDays, month: MonthDays, cell: tuple[date, DayCount] | None) -> dict[str, str] | None:
    """What a day stands for; a day without inspections leads to none."""
    if cell is None or not cell[1].inspections:
        return None
    return mark(unit=shown.unit.code, period=month.month, measure=INSPECTIONS.key, day=cell[0])


def _numbers(cells: list[list[tuple[date, DayCount] | None]]) -> Trace:
    """The numbers in the cells, of days with inspections; a phone has no room for them and leaves them out (28_pictures.css)."""
    told = [
        (at + 1, row, cell[1].inspections)
        for row, of_month in enumerate(cells)
        for at, cell in enumerate(of_month)
        if cell is not None and cell[1].inspections
    ]
    return {
        "type": "scatter",
        "x": [at for at, _row, _n in told],
        "y": [row for _at, row, _n in told],
        "text": [str(n) for _at, _row, n in told],
        "mode": "text",
        "textfont": {"size": 12},
        "hoverinfo": "skip",
    }


def said(shown: InspectionDays, day: date, count: DayCount) -> str:
    """One day as a sentence."""
    told = {"day": numbers.spoken_day(day), "weekday": weekday(day), "unit": shown.unit.short_name}
    if not count.inspections:
        return _("%(day)s (%(weekday)s), %(unit)s: no inspection.", **told)
    return _("%(day)s (%(weekday)s), %(unit)s: %(n)s inspections, %(problems)s of them found problems.", **told,
             n=numbers.count(count.inspections), problems=numbers.count(count.problem_inspections))  # fmt: skip


def weekday(day: date) -> str:
    """What the day of the week is called."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]


def _sum_said(one: MonthDays) -> str:
    return _("%(n)s inspections", n=numbers.count(one.inspections)) if one.filed else numbers.NONE


def _sum(row: int, one: MonthDays) -> dict[str, Any]:
    return {"text": plain(_sum_said(one)), "x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": row, "showarrow": False,
            "font": {"size": 12}}  # fmt: skip


def _remarks(row: int, one: MonthDays) -> list[dict[str, Any]]:
    """Words in a row without cells, and over a long gap."""
    if not one.filed:
        return [_words(row, 1, _("no ledger accepted"), anchor="left")]
    if not one.inspections:
        return [_words(row, 1, _("ledger without inspections"), anchor="left")]
    gap = one.longest_gap
    if gap is None or days_in(gap) < LONG_GAP:
        return []
    first = (gap[0] - one.first_day).days + 1
    return [_words(row, first + (days_in(gap) - 1) / 2, _("%(n)s days without", n=days_in(gap)), anchor="center")]


def _words(row: int, x: float, text: str, *, anchor: str) -> dict[str, Any]:
    return {"text": plain(text), "x": x, "y": row, "xanchor": anchor, "showarrow": False, "font": {"size": 12}}


def days_in(gap: tuple[date, date]) -> int:
    """Days from the first to the last."""
    return (gap[1] - gap[0]).days + 1


def message(shown: InspectionDays) -> str:
    """How the month's inspections lie in it, and how much of the year's came in the last days of its months."""
    present, unit = shown.months[-1], shown.unit.short_name
    if not shown.filed:
        return _("%(unit)s: no ledger of this year up to %(month)s has been accepted, so no day is known; send it.", unit=unit,
                 month=numbers.period(present.month))  # fmt: skip
    return " ".join([_of_month(present, unit), *_at_the_ends(shown)])


def _of_month(one: MonthDays, unit: str) -> str:
    told = {"unit": unit, "month": numbers.period(one.month)}
    if not one.filed:
        return _("%(unit)s, %(month)s: no ledger has been accepted.", **told)
    if not one.inspections:
        return _("%(unit)s, %(month)s: the ledger tells of no inspection.", **told)
    most = max(count.inspections for count in one.days.values())
    busiest = [day for day, count in one.days.items() if count.inspections == most]
    said_of_days = _("%(unit)s, %(month)s: %(n)s inspections on %(days)s days, %(most)s on the busiest (%(busiest)s).", **told,
                     n=numbers.count(one.inspections), days=len(one.days), most=numbers.count(most),
                     busiest=_day_or_more(busiest))  # fmt: skip
    gap = one.longest_gap
    if gap is None:
        return said_of_days
    longest = _("Longest time without one: %(n)s days (%(first)s to %(last)s).", n=days_in(gap), first=_short(gap[0]),
                last=_short(gap[1]))  # fmt: skip
    return f"{said_of_days} {longest}"


def _day_or_more(days: list[date]) -> str:
    first = _short(days[0])
    return first if len(days) == 1 else _("%(day)s, one of %(n)s such days", day=first, n=len(days))


def _short(day: date) -> str:
    return _("%(month)s/%(day)s", month=day.month, day=day.day)


def _at_the_ends(shown: InspectionDays) -> list[str]:
    """How many of all inspections lie in the last days of months that are over."""
    over = [one for one in shown.filed if one.complete and one.inspections]
    every = sum(one.inspections for one in over)
    if len(over) < 2:
        return []
    late = sum(one.at_the_end for one in over)
    return [_("In the last %(days)s days of a month: %(late)s of %(n)s inspections of %(months)s months (%(share)s).",
              days=LAST_DAYS, late=numbers.count(late), n=numbers.count(every), months=len(over),
              share=numbers.percent(Fraction(late, every)))]  # fmt: skip


def facts(shown: InspectionDays) -> list[str]:
    """Every month in a sentence."""
    return [_of_month(one, shown.unit.short_name) for one in shown.months[:-1]]


def notes(shown: InspectionDays) -> list[str]:
    """How the chart is to be read."""
    if not any(one.inspections for one in shown.months):
        return []
    return [
        _(
            "A row is a month, a cell one of its days, counted from its first: the stronger its colour, the more inspections."
        )
    ]
