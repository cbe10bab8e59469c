"""Every accident of the year: what happened, whether it counts and what the ledgers said of it, what followed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, original, parts, words
from dashboards.components.asked import choosing
from dashboards.method.casualties import STRUCK_OFF, Accident
from dashboards.pages.casualty_targets.follow_up import follow_up
from dashboards.results.accident_record import AccidentReport
from dashboards.results.casualties import AccidentRow, Casualties
from data.language import gettext as _
from data.zone.accident_class import LARGER, at_least, spoken
from data.zone.periods import parse_period
from data.zone.zone import Zone

Link = Callable[[str], str]
"""Number of an accident → the address that shows it alone."""


def accident_table(result: Casualties, *, link: Link, identity: str) -> Component:
    """The accidents, the latest first; without any, a sentence that says so."""
    if not result.accidents:
        return parts.empty(_("The ledgers of the year tell of no accident up to this day."))
    heads = [parts.head(word, note) for word, note in (
        (_("Accident"), ""), (_("Where it happened"), _("territory, supervising department, sector")), (_("Type and class"), ""),
        (_("Dead and injured"), ""), (_("Counts against the cap"), _("what the ledgers said, month by month")),
        (_("Follow-up"), ""),
    )]  # fmt: skip
    body = [_row(row, result, link) for row in reversed(result.accidents)]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases accidents",
                      id=identity)  # fmt: skip


def _row(row: AccidentRow, result: Casualties, link: Link) -> Component:
    one = row.accident
    number = leading(one.number, one, link, via="list", className="number")
    return html.Tr(
        [
            parts.cell(_("Accident"), *what(one), number, name="wide"),
            parts.cell(_("Where it happened"), *where(one, result.zone), name="where"),
            parts.cell(_("Type and class"), *kind(one)),
            parts.cell(_("Dead and injured"), *victims(one, result.zone), name="victims"),
            parts.cell(
                _("Counts against the cap"), counts(one), *history(row, opens=result.opens), name="wide history"
            ),
            parts.cell(_("Follow-up"), *follow_up(row, result.as_of), name="wide follow-up"),
        ],
        className=None if one.counted else "not-counted",
        **parts.attributes(data_accident=one.number),
    )


def leading(words: str, one: Accident, link: Link, *, via: str, **options: Any) -> Component:
    """A link that opens an accident's record in place."""
    title = _("open the record of this accident")
    href = link(one.number) + "#accident"
    return choosing(words, href, {"accident": one.number}, title=title, **parts.attributes(data_via=via), **options)


def what(one: Accident) -> list[Component]:
    """When, and at whose."""
    return [
        html.Div(numbers.day(one.happened_on), className="day"),
        html.Div(one.enterprise, className="enterprise"),
    ]


def where(one: Accident, zone: Zone) -> list[Component]:
    """Territory, supervising department, sector."""
    department = _("no department named") if one.department is None else zone.unit_by_code[one.department].short_name
    place = html.Div(zone.unit_by_code[one.territory].short_name)
    return [place, html.Div(department), html.Small(zone.sectors[one.sector])]


def kind(one: Accident) -> list[Component]:
    """Type, class, and whether it caused a stability incident."""
    grave = at_least(one.accident_class, LARGER)
    named = _("class %(class)s", **{"class": spoken(one.accident_class)})
    mark = parts.tag(named, "bad" if grave and one.counted else "calm", symbol="!" if grave else "")
    stability = [html.Div(parts.tag(_("caused a stability incident"), "bad", symbol="!"))] if one.stability else []
    return [html.Div(one.type), mark, *stability]


def victims(one: Accident, zone: Zone) -> list[Component]:
    """Dead, missing, injured, and the loss."""
    return [
        html.Div(html.Strong(_("%(n)s dead", n=one.deaths))),
        *_lost(one, zone),
        html.Div(_("%(n)s seriously injured", n=one.serious_injuries)),
        html.Small(_loss(one.loss_yuan)),
    ]


def _loss(yuan: Decimal | None) -> str:
    """Direct loss as ledgers give it, in units of 10,000 yuan."""
    if yuan is None:
        return _("loss not yet told")
    return _("loss %(n)s × 10,000 yuan", n=numbers.decimal(yuan / 10_000))


def _lost(one: Accident, zone: Zone) -> list[Component]:
    """The missing among the dead, and until when that is provisional."""
    if not one.missing:
        return []
    told: list[Component] = [html.Div(html.Small(_("%(n)s of them missing", n=one.missing)))]
    if not one.provisional:
        return told
    days = zone.settling_days[one.sector]
    why = _("The missing count as dead from the first day; final %(days)s days after the accident.", days=days)
    until = _("provisional until %(day)s", day=numbers.day_of_year(one.happened_on + timedelta(days=days)))
    return [*told, parts.tag(until, "warn", symbol="◷", title=why)]


def counts(one: Accident) -> Component:
    """Whether it counts against the cap, and how far it is established."""
    if one.status == STRUCK_OFF:
        return parts.tag(_("struck off, does not count"), "calm", symbol="✗")
    if not one.marked:
        return parts.tag(_("does not count"), "calm", symbol="✗")
    state = _("accident confirmed") if one.status == "认定" else _("first report, not confirmed yet")
    return html.Span([parts.tag(_("counts"), "good", symbol="✓"), html.Small(f" {state}")])


def history(row: AccidentRow, *, opens: bool) -> list[Component]:
    """What each month's ledger said where it said something new, with the way to the original workbook."""
    return [html.Div([_ledger(told, opens=opens), html.Span(_("said: %(what)s", what=_told(told)))], className="told")
            for told in row.told]  # fmt: skip


def _ledger(told: AccidentReport, *, opens: bool) -> Component:
    period = numbers.period(parse_period(told.period))
    title = _("%(file)s, row %(row)s: download the original workbook", file=told.file_name, row=told.row)
    return original.link(_("ledger of %(period)s", period=period), told.submission, opens=opens, title=title)


def _told(told: AccidentReport) -> str:
    lost = [_("%(n)s missing", n=told.missing)] if told.missing else []
    hurt = [_("%(n)s seriously injured", n=told.serious_injuries)] if told.serious_injuries else []
    counted = [] if told.marked else [_("does not count")]
    return _(", ").join(
        [
            _("%(n)s dead", n=told.dead),
            *lost,
            *hurt,
            spoken(told.accident_class),
            words.accident_state(told.status),
            *counted,
        ]
    )


def overdue_reports(result: Casualties) -> str:
    """Which investigation reports should have come, in one sentence."""
    late = [row.accident for row in result.accidents if row.report_state == "overdue"]
    if not late:
        return _("No investigation report is overdue.")
    named = _(", ").join(f"{one.enterprise} ({numbers.day(one.happened_on)})" for one in late)
    return _("%(n)s investigation reports are overdue: %(named)s.", n=len(late), named=named)


def summary(result: Casualties) -> str:
    """How many accidents stand in the list, and how many of them count."""
    counted = sum(row.accident.counted for row in result.accidents)
    return _("%(every)s accidents in the ledgers, %(counted)s of them count; %(closed)s closed.",
             every=len(result.accidents), counted=counted, closed=sum(row.closed for row in result.accidents))  # fmt: skip
