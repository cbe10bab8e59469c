"""Warnings and disasters told of more than once: what stands, and every row that told of each, with the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.pager import pager
from dashboards.components.step_line import step_line
from dashboards.method.disaster_history import DisasterChange, DisasterStep, Told
from dashboards.pages.disasters import phrases
from dashboards.pages.disasters.warning_list import TONES
from dashboards.results.disaster_history import ToldAgain
from dashboards.results.disaster_list import number_of, place_of
from dashboards.results.disasters import DisastersReport
from dashboards.results.names import disaster_field, warning_state
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.people.scope import Scope
from data.zone.periods import parse_period
from data.zone.zone import Zone

PAGE_SIZE = 5


def one_by_one(shown: list[ToldAgain], report: DisastersReport, scope: Scope) -> Component:
    """Each as a card of its own."""
    return html.Ol([_one(each, report, scope) for each in shown], className="hazard-histories")


def _one(each: ToldAgain, report: DisastersReport, scope: Scope) -> Component:
    zone, own = report.zone, each.told
    head = html.Div(
        [html.B(number_of(own, scope)), html.Span(own.type), _stands(each)],
        className="hazard-head",
    )
    told = [zone.unit_by_code[own.territory].short_name]
    if own.unit != own.territory:
        told.append(_("told by %(unit)s", unit=zone.unit_by_code[own.unit].short_name))
    if own.happened_at is not None:
        told.append(_("happened at %(moment)s", moment=numbers.instant(own.happened_at, zone)))
    facts = html.P([html.Span(one) for one in told], className="hazard-facts")
    way = [] if each.way is None else [step_line(phrases.shown_steps(each.way, zone, report.scheme))]
    rows = [_step(step, each.sources[place_of(step.told)], zone) for step in each.steps]
    steps = html.Details([html.Summary(_("History: %(n)s rows of ledgers", n=len(rows))), html.Ol(rows)], open=True)
    return html.Li([head, facts, *way, steps], className="hazard-history")


def _stands(each: ToldAgain) -> Component:
    if each.way is None:
        return parts.tag(_("not warned of"), "calm")
    tone, symbol = TONES[each.way.state]
    return parts.tag(warning_state(each.way.state), tone, symbol=symbol)


def _step(step: DisasterStep, source: ToldRow, zone: Zone) -> Component:
    period = numbers.period(parse_period(step.told.period))
    said = [html.Li(one) for one in _said(step, source, zone)]
    return html.Li([html.Div([html.B(period), " ", told_source.in_list(source, source.cell("number"))]), html.Ul(said)])


def _said(step: DisasterStep, source: ToldRow, zone: Zone) -> Iterator[str]:
    """What the row tells first, or changes; each change with its cell."""
    if step.first:
        yield _first(step, zone)
        return
    for change in step.changes:
        yield _changed(change, source, zone)
    if not step.changes:
        yield _("Told again, unchanged.")


def _first(step: DisasterStep, zone: Zone) -> str:
    """The moments of the first row, in the order of the steps."""
    fields = ("warned_at", "called_at", "answered_at", "fed_back_at", "happened_at")
    told = [(field, moment) for field in fields if (moment := getattr(step.told, field)) is not None]
    said = [_("%(field)s %(value)s", field=disaster_field(field), value=_value(field, moment, zone)) for field, moment in told]  # fmt: skip
    return _("Told first: %(said)s.", said=_("; ").join(said))


def _changed(change: DisasterChange, source: ToldRow, zone: Zone) -> str:
    cell = source.cell(change.field)
    field, after = disaster_field(change.field), _value(change.field, change.after, zone)
    if change.before is None:
        return _("%(field)s filled in: %(after)s (%(cell)s).", field=field, after=after, cell=cell)
    before = _value(change.field, change.before, zone)
    return _(
        "%(field)s changed from %(before)s to %(after)s (%(cell)s).", field=field, before=before, after=after, cell=cell
    )


def _value(field: str, value: Told, zone: Zone) -> str:
    match value:
        case None:
            return _("(empty)")
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return numbers.instant(value, zone)
        case int():
            return numbers.count(value)
        case _:
            return zone.unit_by_code[value].short_name if field == "territory" else value


def pages(page: int, total: int, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which of them are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _("%(first)s–%(last)s of %(total)s told of more than once", first=first, last=last, total=numbers.count(total))  # fmt: skip

    return pager(page, PAGE_SIZE, total, said=said, link=link, label=_("Pages of what was told of more than once"), identity=identity)  # fmt: skip
