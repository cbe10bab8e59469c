"""Units × kinds due in a period: how each report stands."""

from __future__ import annotations

from collections.abc import Callable

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.results.submissions import Submissions
from data.filing import DueReport
from data.language import gettext as _
from data.zone import GROUPS, Unit


def matrix(result: Submissions, *, link: Callable[[int], str], identity: str) -> Component:
    """One row a unit, grouped; one column a kind. A link leads to the workbook that counts."""
    kinds = list(dict.fromkeys(report.kind for report in result.reports))
    at = {(report.unit.code, report.kind): report for report in result.reports}
    units = list(dict.fromkeys(report.unit for report in result.reports))
    heads = html.Tr([parts.head(_("Unit")), *(parts.head(words.kind(kind)) for kind in kinds)])
    body: list[Component] = []
    for group in GROUPS:
        members = [unit for unit in units if unit.group == group]
        if members:
            body.append(
                html.Tr(html.Th(words.group(group), colSpan=len(kinds) + 1, scope="rowgroup"), className="group")
            )
        for unit in members:
            cells = [_cell(at.get((unit.code, kind)), result, link, kind) for kind in kinds]
            body.append(html.Tr([html.Th(_named(unit), scope="row"), *cells]))
    return html.Table([html.Thead(heads), html.Tbody(body)], className="data-table matrix", id=identity)


def _named(unit: Unit) -> list[Component]:
    name = html.Span(unit.short_name, title=unit.name)
    return [name] if unit.confirmed else [name, parts.illustrative()]


def _cell(report: DueReport | None, result: Submissions, link: Callable[[int], str], kind: str) -> Component:
    if report is None:
        return html.Td("", title=_("This unit does not file it."))
    symbol, word, tone = words.filing(report.status)
    pill = parts.tag(word, tone, symbol=symbol)
    return html.Td([pill, *_detail(report, result, link)], **parts.attributes(data_label=words.kind(kind)))


def _detail(report: DueReport, result: Submissions, link: Callable[[int], str]) -> list[Component]:
    filing = report.filing
    if filing is not None:
        rows = _("%(n)s rows", n=numbers.count(filing.rows)) if filing.rows else _("declared zero")
        came = numbers.moment(filing.received_at, result.zone)
        said = _("version %(n)s, %(day)s, %(rows)s", n=filing.version, day=came, rows=rows)
        return [dcc.Link(said, href=link(filing.submission), className="detail")]
    if report.rejected is not None:
        return [dcc.Link(_("see what is wrong"), href=link(report.rejected), className="detail")]
    return [html.Span(_("by %(day)s", day=numbers.spoken_day(report.deadline)), className="detail")]
