"""The cases behind one indicator of one unit, down to the cell of the workbook that told of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, original, parts, words
from dashboards.components.enterprise_link import found_by
from dashboards.components.pager import pager
from dashboards.results.cases import BEHIND, MEASURES, CasePage
from dashboards.results.told_cases import Case, CaseRow, states
from data.language import gettext as _
from data.zone.normal import document_key
from data.zone.periods import parse_period

PAGE_SIZE = 10


def measure_of(text: str | None) -> str:
    """An indicator that has cases; the inspections for anything else."""
    return text if text in MEASURES else MEASURES[0]


def measure_tabs(chosen: str, *, link: Callable[[str], str], identity: str) -> Component:
    """The indicators, each a link to its cases."""
    items = [(words.indicator(measure), link(measure), measure == chosen) for measure in MEASURES]
    return parts.tabs(items, label=_("Indicator"), identity=identity)


def case_table(page: CasePage, *, month_ends: date, identity: str) -> Component:
    """One page of cases; without any, a sentence that says so."""
    if not page.total:
        return parts.empty(_("No case counts towards “%(measure)s” this month.", measure=words.indicator(page.measure)))
    heads = [
        parts.head(_("Document number")),
        parts.head(_("Enterprise")),
        parts.head(_("Inspected on")),
        parts.head(_("Hazards"), _("of these major"), name="num"),
        parts.head(_("To rectify by"), _("due day with grace")),
        parts.head(_("Last re-inspection")),
        parts.head(_("State")),
        parts.head(_("Penalty decisions")),
        parts.head(_("Where it stands"), _("click to download the original") if page.opens else ""),
    ]
    body = [_row(case, page, month_ends) for case in page.cases]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(case: Case, page: CasePage, month_ends: date) -> Component:
    hazards = numbers.count(case.hazards)
    major = html.Small(_("major %(n)s", n=case.major_hazards)) if case.major_hazards else None
    return html.Tr(
        [
            parts.cell(_("Document number"), html.Span(case.number, className="number"), name="wide"),
            parts.cell(
                _("Enterprise"),
                dcc.Link(case.enterprise, href=found_by(case.enterprise), className="profile-link"),
                html.Small(case.sector),
                name="wide",
            ),
            parts.cell(_("Inspected on"), numbers.day(case.inspected_on), name="day"),
            parts.cell(_("Hazards"), html.Div(hazards), major, name="num"),
            parts.cell(_("To rectify by"), *_deadlines(case), name="day"),
            parts.cell(_("Last re-inspection"), *_reinspection(case), name="day"),
            parts.cell(_("State"), _state(case, month_ends)),
            parts.cell(_("Penalty decisions"), *_decisions(case)),
            parts.cell(_("Where it stands"), html.Div([_source(told, page) for told in case.told]), name="sources"),
        ]
    )


def _deadlines(case: Case) -> list[Component | str]:
    if case.rectify_by is None:
        return [numbers.NONE]
    return [html.Div(numbers.day(case.rectify_by)), html.Small(_("due %(day)s", day=numbers.day(case.due_on)))]


def _reinspection(case: Case) -> list[Component | str]:
    if case.last_reinspected_on is None:
        return [numbers.NONE]
    return [html.Div(numbers.day(case.last_reinspected_on)), html.Small(case.conclusion or numbers.NONE)]


SYMBOLS = {"overdue": "!", "closed": "✓", "not_due": "…", "not_closed": "✗"}
TONES = {"overdue": "bad", "closed": "good", "no_hazards": "calm", "not_due": "calm", "not_closed": "warn"}


def _state(case: Case, month_ends: date) -> Component:
    """How the case stands at the month's end."""
    state = case.state(month_ends)
    return parts.tag(states()[state], TONES[state], symbol=SYMBOLS.get(state, ""))


def _decisions(case: Case) -> list[Component | str]:
    """All decisions of the case; those that count as this month's penalties carry a mark."""
    if not case.decisions:
        return [numbers.NONE]
    fine = [] if case.fine_yuan is None else [html.Small(_("fine %(yuan)s yuan", yuan=numbers.yuan(case.fine_yuan)))]
    return [*(html.Div(_decision(decision, case), className="number") for decision in case.decisions), *fine]


def _decision(decision: str, case: Case) -> list[Component | str]:
    if document_key(decision) not in case.new_decisions:
        return [decision]
    counted = _("Reported for the first time this month: counts as a penalty of the month.")
    return [decision, " ", parts.tag(_("of this month"), title=counted)]


def _source(told: CaseRow, page: CasePage) -> Component:
    """Workbook → sheet → cell, a link to the original workbook."""
    cell = shown_cell(told, page.measure)
    why = _("%(period)s, row %(row)s: download the original workbook", row=told.row,
            period=numbers.period(parse_period(told.period)))  # fmt: skip
    name = original.name(told.file_name, opens=page.opens)
    words_shown = [html.Span(name, className="file"), html.Span(f" · {told.sheet} · "), html.B(cell)]
    return original.link(words_shown, told.submission, opens=page.opens, title=why, className="source")


def shown_cell(told: CaseRow, measure: str) -> str:
    """The cell to look at for an indicator, or the row."""
    return next((told.cells[key] for key in BEHIND[measure].shows if key in told.cells), str(told.row))


def case_pager(page: CasePage, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which cases are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _("cases %(first)s–%(last)s of %(total)s", first=first, last=last, total=page.total)

    return pager(page.page, page.size, page.total, said=said, link=link, label=_("Pages of cases"), identity=identity)
