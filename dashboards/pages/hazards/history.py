"""Major hazards one by one, the longest overdue first: what stands, and every row that told of it, with the cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.lights import HAZARD_TONES
from dashboards.method.hazard_history import HazardChange, HazardStep, deadline_moved
from dashboards.method.hazards import Hazard, state
from dashboards.pages.hazards import phrases
from dashboards.results.hazard_history import HazardTold
from dashboards.results.hazard_list import days_overdue
from dashboards.results.names import hazard_field, hazard_state
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone

PAGE_SIZE = 5


def one_by_one(shown: list[HazardTold], day: date, zone: Zone) -> Component:
    """Each as a card of its own."""
    return html.Ol([_one(each, day, zone) for each in shown], className="hazard-histories")


def _one(each: HazardTold, day: date, zone: Zone) -> Component:
    own, texts = each.hazard, each.texts
    head = html.Div([html.B(texts.number), html.Span(texts.enterprise), _stands(own, day)], className="hazard-head")
    told = [
        zone.unit_by_code[own.unit].short_name,
        zone.sectors[own.sector],
        phrases.level(own.level),
        _("found on %(day)s", day=numbers.day(own.found_on)),
        _("due on %(day)s", day=numbers.day(own.rectify_by)),
    ]
    moved = deadline_moved(each.steps)
    told += [_("deadline moved %(n)s times", n=moved)] if moved else []
    rows = [_step(step, each.sources[step.telling.submission, step.telling.row]) for step in each.steps]
    steps = html.Details(
        [html.Summary(_("History: %(n)s rows of ledgers", n=len(rows))), html.Ol(rows)],
        open=state(own, day) == "overdue",
    )
    return html.Li(
        [head, html.P(texts.description, className="hazard-words"), html.P([html.Span(one) for one in told], className="hazard-facts"), steps],
        className="hazard-history",
    )  # fmt: skip


def _stands(own: Hazard, day: date) -> Component:
    stands = state(own, day)
    tone, symbol = HAZARD_TONES[stands]
    if stands == "overdue":
        return parts.tag(_("overdue for %(days)s", days=phrases.days(days_overdue(own, day))), tone, symbol=symbol)
    return parts.tag(hazard_state(stands), tone, symbol=symbol)


def _step(step: HazardStep, source: ToldRow) -> Component:
    cell = source.cells.get("number", str(source.row))
    period = numbers.period(parse_period(step.telling.period))
    said = [html.Li(one) for one in _said(step, source)]
    return html.Li([html.Div([html.B(period), " ", told_source.in_list(source, cell)]), html.Ul(said)])


def _said(step: HazardStep, source: ToldRow) -> Iterator[str]:
    """What the row tells first, or changes; each change with its cell."""
    told = step.telling
    if step.first:
        yield _("Told first: found on %(found)s, due on %(due)s, %(grade)s, %(level)s.", found=numbers.day(told.found_on),
                due=numbers.day(told.rectify_by), grade=told.grade, level=phrases.level(told.level))  # fmt: skip
        if told.crossed_off_on is not None:
            yield _(
                "Crossed off on %(day)s (%(cell)s).",
                day=numbers.day(told.crossed_off_on),
                cell=source.cells.get("crossed_off_on", ""),
            )
        return
    for change in step.changes:
        yield _changed(change, source)
    if not step.changes:
        yield _("Told again, unchanged.")


def _changed(change: HazardChange, source: ToldRow) -> str:
    cell = source.cells.get(change.field, str(source.row))
    told = {
        "field": hazard_field(change.field),
        "before": _value(change.before),
        "after": _value(change.after),
        "cell": cell,
    }
    if change.field == "crossed_off_on" and change.before is None:
        return _("Crossed off on %(day)s (%(cell)s).", day=told["after"], cell=cell)
    if change.field == "rectify_by" and change.days is not None:
        days = phrases.days(abs(change.days))
        if change.days > 0:
            return _("%(field)s moved from %(before)s to %(after)s (%(cell)s): %(days)s later.", **told, days=days)
        return _("%(field)s moved from %(before)s to %(after)s (%(cell)s): %(days)s earlier.", **told, days=days)
    return _("%(field)s changed from %(before)s to %(after)s (%(cell)s).", **told)


def _value(value: date | str | None) -> str:
    if value is None:
        return _("(empty)")
    return numbers.day(value) if isinstance(value, date) else value
