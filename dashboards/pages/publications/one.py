"""One publication, whole: what it says, how it came to be, what has moved since, its other revisions, and the frozen table."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, published_words
from dashboards.components.frozen_words import conclusion_said
from dashboards.components.page_list import RANKING
from dashboards.components.published_words import revision, status_tag, title_of
from dashboards.pages.publications import document_look, frozen_table, listed
from dashboards.pages.publications.query import link, publishing
from dashboards.results import witness
from dashboards.results.publication_list import Issue, PublishedReport
from dashboards.results.published import workbooks_behind
from dashboards.results.reading import Reading
from dashboards.results.verification import OVERTAKEN
from data.intake.publications import Publication
from data.language import gettext as _

SHOWN = 8
MOST_SHOWN = 300


def card(
    report: PublishedReport,
    issue: Issue,
    content: Publication,
    opened: tuple[str, ...] | None,
    reading: Reading,
) -> Component:
    """The card; ``opened``: which accounts opened the draft before, None for who is not told."""
    zone = reading.zone
    said = [html.Li(line) for line in published_words.lines(issue.headline, zone)]
    return parts.card(
        [title_of(issue), " ", status_tag(report.status(issue))],
        html.Ul(said, className="headline"),
        *_moved(report, issue, reading),
        *_against_the_former(issue, reading),
        _facts(issue, content, opened, reading),
        html.Div(
            [
                "" if len(report.issues) == 1 else _revisions(report, issue),
                html.Div([_taken(issue), document_look.links(issue), *document_look.number(issue, content, reading)]),
            ],
            className="publication-foot",
        ),
        frozen_table.of(content.content),
        id="one",
        name="publication",
    )


def _moved(report: PublishedReport, issue: Issue, reading: Reading) -> list[Component]:
    """To whoever reads the latest revision: that live figures are others now, which, and what moved them."""
    if report.status(issue) != OVERTAKEN:
        return []
    causes = published_words.causes(report.moved_by, reading.zone, workbooks_behind(reading, report.moved_by))
    by = [html.P([html.B(_("What moved it: ")), _("; ").join(causes)])] if causes else []
    figures = _figures(published_words.moved_lines(report.moved, reading.zone))
    revise = []
    if reading.scope.decides:
        words = _("Publish a revision …")
        revise = [dcc.Link(words, href=publishing(issue.period, issue.day), className="btn btn-sm btn-outline-primary")]
    head = html.P(html.B(_("Figures have moved since it was published; what is published stays as it was.")))
    return [
        html.Div([head, *by, *figures, *revise], className="key-message key-warn moved-since", id="publications-moved")
    ]


def _figures(said: Sequence[str]) -> list[Component]:
    """Those that weigh most, the rest behind a line."""
    first, rest = said[:SHOWN], said[SHOWN:MOST_SHOWN]
    shown: list[Component] = [html.Ul([html.Li(one) for one in first], className="moved-figures")] if first else []
    if not rest:
        return shown
    summary = html.Summary(_("%(n)s more figures that follow", n=len(said) - len(first)))
    return [*shown, html.Details([summary, html.Ul([html.Li(one) for one in rest])])]


def _against_the_former(issue: Issue, reading: Reading) -> list[Component]:
    """Of a revision: which conclusions are others than in the one before, and what moved them."""
    if issue.revision == 1:
        return []
    zone = reading.zone
    conclusions = [conclusion_said(one, zone) for one in issue.conclusions]
    causes = published_words.causes(issue.moved_by, zone, workbooks_behind(reading, issue.moved_by))
    said = _("No conclusion changed against the revision before.")
    changed = html.Ul([html.Li(one) for one in conclusions]) if conclusions else html.P(said)
    by = html.P([html.B(_("What moved it: ")), _("; ").join(causes)]) if causes else None
    return [html.Div([html.H3(_("Changed against the revision before")), changed, by], id="publications-changed")]


def _facts(issue: Issue, content: Publication, opened: tuple[str, ...] | None, reading: Reading) -> Component:
    held = content.content["publication"]
    told: list[tuple[str, str | Component]] = [
        (_("Revision"), revision(issue)),
        (_("Published on"), numbers.instant(issue.at, reading.zone)),
        (_("By"), _("the office") if issue.actor == "office" else issue.actor),
        (_("Reason"), issue.reason or numbers.NONE),
        (_("Rests on"), _basis(content)),
        *([] if opened is None else [(_("Who opened the draft before"), _opened(opened))]),
        *([(_("Decided with a second account"), numbers.count(len(held["second_account"])))] if held["second_account"] else []),
        (_("Journal, line and hash"), _code(witness.journal_before(content))),
        (_("Publication before it"), _code(witness.publication_before(content))),
        (_("Fingerprint (SHA-256)"), listed.fingerprint(issue.sha256)),
    ]  # fmt: skip
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in told], className="facts")


def _code(said: str) -> Component:
    return html.Span(html.Code(said), className="fingerprint")


def _basis(content: Publication) -> str | Component:
    """How many workbooks and rows stand behind it; of a ranking the way to its account."""
    account = content.content["publication"]["account"]
    workbooks = sum(sum(one["workbooks"].values()) for one in account)
    rows = sum(one["rows"].get("read", 0) for one in account)
    said = _(
        "%(workbooks)s workbooks, %(rows)s rows read", workbooks=numbers.count(workbooks), rows=numbers.count(rows)
    )
    if content.report != "ranking":
        return said
    there = RANKING.path + address.query(period=content.period, published=content.revision)
    return dcc.Link(said, href=f"{there}#monthly-ranking-account")


def _opened(names: tuple[str, ...]) -> str:
    if not names:
        return _("nobody")
    return _("%(n)s accounts: %(names)s", n=len(names), names=_(", ").join(names))


def _revisions(report: PublishedReport, issue: Issue) -> Component:
    """All revisions stay to be read."""
    items = [html.Li(_revision(report, one, shown=one is issue)) for one in reversed(report.issues)]
    return html.Div([html.H3(_("All revisions")), html.Ul(items, className="revisions", id="publications-revisions")])


def _revision(report: PublishedReport, one: Issue, *, shown: bool) -> list[Component | str]:
    named = html.B(revision(one)) if shown else dcc.Link(revision(one), href=link(one.period, one.entry))
    reason = html.Small(one.reason) if one.reason else ""
    return [named, " ", status_tag(report.status(one)), " ", reason]


def _taken(issue: Issue) -> Component:
    return html.P([html.Span(_("Take it along: ")), *listed.files(issue)])
