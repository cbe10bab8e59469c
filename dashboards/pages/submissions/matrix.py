"""Units × kinds due in a period: how each report stands; what one unit alone files stands apart, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.pages.submissions.message import deadlines_of_all
from dashboards.results.submissions import Submissions
from data.intake.filing import DueReport
from data.language import gettext as _
from data.schema import STORED_KINDS
from data.zone.zone import GROUPS, Unit

Link = Callable[[int], str]


def due_reports(result: Submissions, *, link: Link, identity: str) -> list[Component]:
    """What one unit alone files as a short list, all else as the matrix. A link leads to the workbook that counts."""
    filers = Counter(report.kind for report in result.reports)
    kinds = [kind for kind in STORED_KINDS if kind in filers]
    common = [kind for kind in kinds if filers[kind] > 1]
    alone = [report for kind in kinds for report in result.reports if report.kind == kind and filers[kind] == 1]
    shown = [_alone(alone, result, link, f"{identity}-alone")] if alone else []
    return [*shown, *([_matrix(common, result, link, identity)] if common else [])]


def _alone(reports: Sequence[DueReport], result: Submissions, link: Link, identity: str) -> Component:
    rows = [
        html.Tr(
            [
                html.Th([words.kind(report.kind), html.Small(_filer(report))], scope="row"),
                _cell(report, result, link, report.kind, report.deadline),
            ]
        )
        for report in reports
    ]
    return html.Table(html.Tbody(rows), className="data-table matrix", id=identity)


def _filer(report: DueReport) -> str:
    if report.deadline is None:
        return report.unit.short_name
    return _("%(unit)s, by %(day)s", unit=report.unit.short_name, day=numbers.spoken_day(report.deadline))


def _matrix(kinds: Sequence[str], result: Submissions, link: Link, identity: str) -> Component:
    at = {(report.unit.code, report.kind): report for report in result.reports}
    days = deadlines_of_all(result.reports)
    units = list(dict.fromkeys(report.unit for report in result.reports if report.kind in kinds))
    heads = html.Tr([parts.head(_("Unit")), *(_head(kind, days.get(kind)) for kind in kinds)])
    body: list[Component] = []
    for group in GROUPS:
        members = [unit for unit in units if unit.group == group]
        if members:
            body.append(
                html.Tr(html.Th(words.group(group), colSpan=len(kinds) + 1, scope="rowgroup"), className="group")
            )
        for unit in members:
            cells = [_cell(at.get((unit.code, kind)), result, link, kind, days.get(kind)) for kind in kinds]
            body.append(html.Tr([html.Th(_named(unit), scope="row"), *cells]))
    table = html.Table([html.Thead(heads), html.Tbody(body)], className="data-table matrix", id=identity)
    return html.Div(table, className="table-frame", **parts.attributes(data_scrolls=""))


def _head(kind: str, day: date | None) -> Component:
    return parts.head(words.kind(kind), "" if day is None else _("by %(day)s", day=numbers.spoken_day(day)))


def _named(unit: Unit) -> list[Component]:
    name = html.Span(unit.short_name, title=unit.name)
    return [name] if unit.confirmed else [name, parts.illustrative()]


def _cell(report: DueReport | None, result: Submissions, link: Link, kind: str, of_all: date | None) -> Component:
    if report is None:
        return html.Td("", title=_("This unit does not file it."))
    symbol, word, tone = words.filing(report.status)
    pill = parts.tag(word, tone, symbol=symbol)
    told = [*_detail(report, result, link), *_own_deadline(report, of_all)]
    return html.Td([pill, *told], **parts.attributes(data_label=words.kind(kind)))


def _detail(report: DueReport, result: Submissions, link: Link) -> list[Component]:
    filing = report.filing
    if filing is not None:
        rows = _("%(n)s rows", n=numbers.count(filing.rows)) if filing.rows else _("declared zero")
        came = numbers.moment(filing.received_at, result.zone)
        if filing.confirmed_at is not None:
            came = _("%(uploaded)s, confirmed %(moment)s", uploaded=came,
                     moment=numbers.moment(filing.confirmed_at, result.zone))  # fmt: skip
        said = _("version %(n)s, %(day)s, %(rows)s", n=filing.version, day=came, rows=rows)
        return [
            dcc.Link(said, href=link(filing.submission), className="detail"),
            *_later(report, filing.submission, link),
        ]
    if report.undone is not None:
        said = _("see why, and correct it") if report.returned else _("see what is wrong")
        if report.status == "set_aside":
            said = _("kept; the office deals with it")
        elif report.undone_came is not None and not report.returned:
            said = _("came %(moment)s, %(look)s", moment=numbers.moment(report.undone_came, result.zone), look=said)
        return [dcc.Link(said, href=link(report.undone), className="detail")]
    day = numbers.spoken_day(report.deadline)
    said = _("extended to %(day)s", day=day) if report.extended else _("by %(day)s", day=day)
    return [html.Span(said, className="detail")]


def _own_deadline(report: DueReport, of_all: date | None) -> list[Component]:
    """That the unit has longer than all others."""
    untold = report.filing is None and report.undone is None  # then its deadline stands there by itself
    if not report.extended or report.deadline == of_all or untold:
        return []
    return [html.Span(_("extended to %(day)s", day=numbers.spoken_day(report.deadline)), className="detail")]


def _later(report: DueReport, counts: int, link: Link) -> list[Component]:
    """That a later workbook than the one that counts was returned or refused."""
    if report.undone is None or report.undone < counts:
        return []
    said = _("a later one was returned") if report.returned else _("a later one was refused")
    return [dcc.Link(said, href=link(report.undone), className="detail later")]
