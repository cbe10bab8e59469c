"""Who speaks last at the next safety meeting: units and enterprises, with the reasons."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, paper_links, parts
from dashboards.meeting.unit_fields import LAST_SPEAKER
from dashboards.pages.quarterly_scores.state import Link
from dashboards.results.scores import Scores, Speaker, reason_words
from data.language import gettext as _


def speakers(result: Scores, *, link: Link, identity: str, papers: bool = False) -> list[Component]:
    """The list, of all groups; before the deadline only those whom a fact obliges, and a sentence that says so.

    ``papers``: whether the notice to each is offered.
    """
    found = result.named_speakers
    day = numbers.spoken_day(result.self_deadline)
    open_still = _(
        "The deadline (%(day)s) has not passed: lowest scores and missing reports are named only after it.", day=day
    )
    note = [] if result.settled else [html.P(open_still, className="note")]
    if result.settled and _unreviewed(result):
        note = [html.P(_("The review is not complete: the list may still change."), className="note")]
    if not found:
        return [parts.empty(_("Nobody has to speak last for this quarter so far.")), *note]
    heads = [parts.head(_("Who")), parts.head(_("Why")), *([parts.head(_("Notice"))] if papers else [])]
    body = [
        html.Tr([html.Th(_who(one, link), scope="row"), html.Td(_reasons(one)), *_notice(one, result, papers=papers)])
        for one in found
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table", id=identity)
    return [table, *note]


def _notice(one: Speaker, result: Scores, *, papers: bool) -> list[Component]:
    """The notice to speak last as the files that there are, and of an enterprise its interview sheet: that of a unit is on its card."""
    if not papers:
        return []
    notice = paper_links.files(LAST_SPEAKER, one.unit or one.name, result.quarter)
    if one.unit is not None:
        return [html.Td(notice)]
    sheet = [_("Interview sheet: "), *paper_links.interview(one.name, result.quarter, of_enterprise=True)]
    return [html.Td([html.Div(notice), html.Div(sheet)])]


def _unreviewed(result: Scores) -> bool:
    """Whether somebody's review is missing while there is still time for it."""
    rows = [row for group in result.groups for row in group.rows]
    return result.as_of <= result.review_deadline and any("unreviewed" in row.figures.flags for row in rows)


def _who(one: Speaker, link: Link) -> Component | list[Component | str]:
    if one.unit is not None:
        return dcc.Link(one.name, href=link(one.unit))
    return [one.name, " ", parts.tag(_("enterprise"))]


def _reasons(one: Speaker) -> str:
    return _("; ").join(reason_words(key) for key in one.reasons)
