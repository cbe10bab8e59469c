"""Front-line duty, the drawing: each batch's coverage at the end of each month, against the day on which it is due."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.components import month_lines, numbers, parts
from dashboards.components.month_lines import ShareLine, SharePoint
from dashboards.method.frontline import Batch, BatchStanding
from dashboards.pages.frontline_duty import phrases
from dashboards.results.frontline import FrontlineReport
from dashboards.results.frontline_months import FrontlineMonths
from dashboards.results.names import batch as batch_name
from data.language import gettext as _


def coverage_of_the_year(report: FrontlineReport, months: FrontlineMonths, chosen: Batch) -> go.Figure:
    """A line a batch, the chosen one in front with the way that it has to go."""
    return month_lines.figure(lines(report, months, chosen), months.days[-1].year, without=without())


def lines(report: FrontlineReport, months: FrontlineMonths, chosen: Batch) -> list[ShareLine]:
    """The batches in their order, each with all its days; of a day on which it had no enterprise there is no share."""
    return [
        ShareLine(
            batch_name(one.batch),
            [
                SharePoint(day, coverage[one.batch].share, _said(one, months, at))
                for at, (day, coverage) in enumerate(zip(months.days, months.coverages, strict=True))
            ],
            one.due,
            one.batch == chosen,
        )
        for one in report.batches
    ]


def _said(one: BatchStanding, months: FrontlineMonths, at: int) -> str:
    told = {"day": numbers.spoken_day(months.days[at]), "batch": batch_name(one.batch)}
    return _("%(day)s, %(batch)s: %(complete)s.", **told, complete=phrases.complete_of(months.coverages[at][one.batch]))


def without() -> str:
    """Why there is no line."""
    return _("No enterprise of the register belongs to these batches in the year so far, so there is no line.")


def facts(report: FrontlineReport, months: FrontlineMonths, chosen: Batch) -> list[str]:
    """Every point of the line in front, in words."""
    return [point.said for one in lines(report, months, chosen) if one.front for point in one.known]


def answer(one: BatchStanding, months: FrontlineMonths) -> str:
    """What the line in front says: where it stands against the pace that it needs, or how it stood on its due day."""
    name = batch_name(one.batch)
    if not one.coverage.enterprises:
        return _("%(batch)s: none in the register.", batch=name)
    if one.state == "done":
        return _("%(batch)s: all %(n)s complete.", batch=name, n=phrases.enterprises(one.coverage.enterprises))
    if one.on_due_day is not None:
        return _("%(batch)s: %(share)s on the due day, %(now)s now.", batch=name, share=numbers.percent(one.on_due_day),
                 now=numbers.percent(one.coverage.share))  # fmt: skip
    pace, needed = months.pace[one.batch], one.needed_per_week
    if pace is None or needed is None:
        return _("%(batch)s: %(complete)s.", batch=name, complete=phrases.complete_of(one.coverage))
    told = {"batch": name, "pace": phrases.a_week(pace), "needed": phrases.a_week(needed)}
    if pace >= needed:
        return _("%(batch)s: %(pace)s of late, %(needed)s needed: at this pace it is done in time.", **told)
    return _("%(batch)s: %(pace)s of late, %(needed)s needed: at this pace it is not done in time.", **told)


def notes(one: BatchStanding) -> list[str]:
    """How the lines are to be read."""
    dashed = _("Dashed: the way from the coverage of the day to all on the due day.")
    ends = _(
        "A point a month's end, the last one the day looked at, all as known by the same day; dotted: the due days. A click on a point shows the page as of its day."
    )
    return [parts.sentences(ends, dashed) if one.needed_per_week and one.coverage.share != 1 else ends]
