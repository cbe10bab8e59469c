"""The 发布日历 of a year: from which day on each report can be published and is final, what is awaited, what is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.components.frozen_words import short_names
from dashboards.components.published_words import title
from dashboards.pages.publications.query import link, publishing
from dashboards.results.publication_calendar import CalendarLine, published_of
from dashboards.results.publication_list import PublishedReport
from dashboards.results.reading import Reading
from data.language import gettext as _

PAST, TO_COME = timedelta(days=45), timedelta(days=65)
"""What is shown at once of a year's calendar: what could be published lately and what can be soon; the rest is a click away."""


def calendar_of(
    lines: Sequence[CalendarLine], published: Sequence[PublishedReport], reading: Reading, *, identity: str
) -> list[Component]:
    """The lines near today, and the whole year behind a line."""
    near = [one for one in lines if _is_near(one, reading.today)]
    rest = [one for one in lines if one not in near]
    note = html.P(
        _(
            "Until its day figures are preliminary; from it on a report can be published and is final. Sooner only with a reason."
        ),
        className="note",
    )
    shown = [_table(near, published, reading, identity)] if near else []
    if not rest:
        return [*shown, note]
    summary = html.Summary(_("The other dates of the year (%(n)s)", n=len(rest)))
    whole = _table(rest, published, reading, f"{identity}-rest")
    return [*shown, html.Details([summary, whole], open=not near), note]


def _is_near(one: CalendarLine, today: date) -> bool:
    return today - PAST <= one.usual <= today + TO_COME


def _table(
    lines: Sequence[CalendarLine], published: Sequence[PublishedReport], reading: Reading, identity: str
) -> Component:
    heads = [_("Report"), _("Final from"), _("State"), _("Still awaited")]
    rows = [html.Tr(_row(one, published_of(one, published), reading)) for one in lines]
    table = [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(rows)]
    return html.Table(table, className="data-table small-table publication-calendar", id=identity)


def _row(one: CalendarLine, published: PublishedReport | None, reading: Reading) -> list[Component]:
    opens = _("at once: the review is in") if one.opens_on is None else numbers.day(one.opens_on)
    return [
        parts.cell(_("Report"), title(one.report, one.period), name="what"),
        parts.cell(_("Final from"), opens, name="day"),
        parts.cell(_("State"), *_state(one, published), *_button(one, published, reading)),
        _awaited(one, published, reading),
    ]


def _state(one: CalendarLine, published: PublishedReport | None) -> list[Component | str]:
    if published is not None:
        issue = published.latest
        said = _("published, revision no. %(n)s", n=issue.revision)
        return [dcc.Link(parts.tag(said, "good", symbol="✓"), href=link(issue.period, issue.entry))]
    if one.ready:
        return [parts.tag(_("can be published"), "warn", symbol="!")]
    return [parts.tag(_("preliminary"), symbol="…")] if one.begun else [parts.tag(_("to come"), symbol="…")]


def _button(one: CalendarLine, published: PublishedReport | None, reading: Reading) -> list[Component | str]:
    """To the office: the way to look at what would be frozen, and to publish it."""
    if not reading.scope.decides or not one.begun or published is not None:
        return []
    words_of = _("Publish …") if one.ready else _("Publish early …")
    tone = "btn-primary" if one.ready else "btn-outline-primary"
    return [" ", dcc.Link(words_of, href=publishing(one.period), className=f"btn btn-sm {tone}")]


def _awaited(one: CalendarLine, published: PublishedReport | None, reading: Reading) -> Component:
    """Who has not filed; once a report is published that stands in it."""
    label, to_be_told = _("Still awaited"), published is None and one.begun
    said = [
        _(
            "%(kind)s: %(units)s",
            kind=words.kind(each.kind),
            units=short_names([unit.code for unit in each.units], reading.zone),
        )
        for each in one.awaited
    ]
    if to_be_told and said:
        return parts.cell(label, _("; ").join(said), name="awaited")
    return parts.cell(label, _("nothing") if to_be_told else numbers.NONE, name="awaited blank")
