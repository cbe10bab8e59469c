"""What became of a workbook: taken in, or every problem with its sheet, cell and what to do; errors first, warnings few."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, original, parts, words
from dashboards.results.submissions import FoundProblem, Sent
from data.language import gettext as _
from data.periods import parse_period
from data.zone import Zone

CELLS_SHOWN = 6
WARNINGS_SHOWN = 5


def receipt_card(sent: Sent, zone: Zone, *, waited_too_long: bool = False) -> Component:
    """One workbook by name, with its outcome and everything found in it."""
    symbol, word, tone = words.receipt(sent.status)
    head = html.H3([parts.tag(word, tone, symbol=symbol), html.Span(sent.file_name, className="file")])
    download = (
        original.link(_("original workbook"), sent.number, opens=True, className="detail") if sent.opens else None
    )
    line = html.P([_said(sent, zone), " ", download], className="receipt-line")
    worker = parts.empty(_(
        "Nobody has taken it up for 20 seconds: the loader is not running. The file is safe; ask the administrator to "
        "start it (python -m etl.worker)."
    )) if waited_too_long and sent.status == "received" else None  # fmt: skip
    return html.Article([head, line, worker, *problem_lists(sent.problems)], className=f"receipt receipt-{tone}")


def refused_card(name: str, sentence: str) -> Component:
    """A file that was refused by name before anything was read."""
    head = html.H3([parts.tag(_("not received"), "bad", symbol="!"), html.Span(name, className="file")])
    return html.Article([head, html.P(sentence)], className="receipt receipt-bad")


def _said(sent: Sent, zone: Zone) -> str:
    came = numbers.moment(sent.received_at, zone)
    if sent.status == "received":
        return _("Received %(moment)s, kept safe, being checked …", moment=came)
    if sent.status == "duplicate":
        return _("Received %(moment)s: the same file was accepted before; nothing changed.", moment=came)
    about = _(", ").join(_understood(sent, zone))
    if sent.status == "accepted":
        rows = _("%(n)s rows", n=numbers.count(sent.rows)) if sent.rows else _("declared zero")
        return _("%(about)s: version %(n)s, %(rows)s, received %(moment)s.", about=about, n=sent.version, rows=rows,
                 moment=came)  # fmt: skip
    errors = sum(problem.severity == "error" for problem in sent.problems)
    return _("%(about)s: %(n)s to correct, received %(moment)s. Nothing of it was loaded: correct it and send it again.",
             about=about or _("kind unknown"), n=errors, moment=came)  # fmt: skip


def _understood(sent: Sent, zone: Zone) -> list[str]:
    unit = zone.unit_by_code.get(sent.unit or "")
    return [
        *([unit.short_name] if unit else []),
        *([numbers.period(parse_period(sent.period))] if sent.period else []),
        *([words.kind(sent.kind)] if sent.kind else []),
    ]


def problem_lists(problems: Sequence[FoundProblem]) -> list[Component]:
    """Errors as a table; warnings apart, folded where they are many."""
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity != "error"]
    shown: list[Component] = [_table(errors)] if errors else []
    if warnings:
        summary = html.Summary(_("%(n)s notes (they change nothing)", n=len(warnings)))
        shown.append(html.Details([summary, _table(warnings)], open=not errors and len(warnings) <= WARNINGS_SHOWN))
    return shown


def _table(problems: Sequence[FoundProblem]) -> Component:
    heads = [
        parts.head(word) for word in (_("Sheet and cell"), _("Column"), _("It says"), _("What is wrong, what to do"))
    ]
    rows = [
        html.Tr(
            [
                parts.cell(_("Sheet and cell"), _where(problem), name="where"),
                parts.cell(_("Column"), problem.column or numbers.NONE),
                parts.cell(_("It says"), html.Span(problem.value or numbers.NONE, className="value")),
                parts.cell(_("What is wrong"), problem.sentence, name="sentence"),
            ]
        )
        for problem in problems
    ]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table problems")


def _where(problem: FoundProblem) -> Component:
    if problem.sheet is None:
        return html.Span(_("the whole file"))
    cells = _(", ").join(problem.cells[:CELLS_SHOWN])
    more = _(" and %(n)s more", n=len(problem.cells) - CELLS_SHOWN) if len(problem.cells) > CELLS_SHOWN else ""
    every = _(", ").join(problem.cells)
    return html.Span([f"{problem.sheet} · " if cells else problem.sheet, html.B(cells), more], title=every or None)


def latest_table(sent: Sequence[Sent], zone: Zone, *, link: Callable[[int], str], identity: str) -> Component:
    """The workbooks received last, newest first."""
    if not sent:
        return parts.empty(_("No workbook has been received yet. Send the first one above."))
    heads = [parts.head(word) for word in (_("Received"), _("Workbook"), _("Outcome"))]
    rows = [html.Tr(_latest_row(one, zone, link)) for one in sent]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table latest", id=identity)


def _latest_row(one: Sent, zone: Zone, link: Callable[[int], str]) -> list[Component]:
    symbol, word, tone = words.receipt(one.status)
    version = [_("version %(n)s", n=one.version)] if one.version else []
    understood = html.Small(" ".join([*_understood(one, zone), *version]))
    name = dcc.Link(one.file_name, href=link(one.number), className="file")
    return [
        parts.cell(_("Received"), numbers.moment(one.received_at, zone), name="day"),
        parts.cell(_("Workbook"), html.Div([name, html.Br(), understood])),
        parts.cell(_("Outcome"), parts.tag(word, tone, symbol=symbol)),
    ]
