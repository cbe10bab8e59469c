"""Everything published of a year, a line each: what, which revision, when, whether it stands; and each revision's files."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts
from dashboards.components.published_words import revision, status_tag, title_of
from dashboards.pages.publications.query import link
from dashboards.results.publication_list import Issue, PublishedReport
from data.language import gettext as _
from data.zone.zone import Zone

FORMS = ("docx", "pdf", "pptx", "pptx-pdf", "xlsx", "xlsx-pdf", "csv", "json")
"""Each PDF beside what it is made of."""
PICTURES = ("png", "svg")
"""Of its main chart, where it has one."""
SHOWN_OF_HASH = 12


def list_of(
    published: Sequence[PublishedReport], year: int, chosen: int | None, zone: Zone, *, identity: str
) -> Component:
    """The reports, the last published first; without any a sentence."""
    if not published:
        return parts.empty(
            _("Nothing of %(year)s is published yet. The calendar below says from which day on what can be.", year=year)
        )
    heads = [_("What was published"), _("Revision"), _("On"), _("State"), _("Fingerprint"), _("Files")]
    rows = [html.Tr(_row(one, zone), className="chosen" if _has(one, chosen) else None) for one in published]
    table = [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(rows)]
    return html.Table(table, className="data-table publication-list", id=identity)


def _has(report: PublishedReport, entry: int | None) -> bool:
    return any(one.entry == entry for one in report.issues)


def _row(report: PublishedReport, zone: Zone) -> list[Component]:
    issue = report.latest
    return [
        parts.cell(_("What was published"), dcc.Link(title_of(issue), href=link(issue.period, issue.entry), className="unit-link"), name="what"),
        parts.cell(_("Revision"), revision(issue)),
        parts.cell(_("On"), numbers.instant(issue.at, zone), name="day"),
        parts.cell(_("State"), status_tag(report.status(issue))),
        parts.cell(_("Fingerprint"), fingerprint(issue.sha256, short=True)),
        parts.cell(_("Files"), *files(issue), name="files"),
    ]  # fmt: skip


def fingerprint(sha256: str, *, short: bool = False) -> Component:
    """The hash, which leads to what anybody is told of it without an account."""
    shown = sha256[:SHOWN_OF_HASH] + "…" if short else sha256
    return html.A(html.Code(shown), href="/verify" + address.query(sha=sha256), title=sha256, className="fingerprint")


def files(issue: Issue) -> list[Component]:
    """The frozen content as files."""
    return [
        html.A(form.upper(), href=f"/published/{issue.entry}.{form}", className="detail published-file")
        for form in (*FORMS, *(PICTURES if issue.charted else ()))
    ]
