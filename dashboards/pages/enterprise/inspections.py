"""The inspections of an enterprise by every unit, what became of what they found, and the penalties."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, original, parts
from dashboards.results.enterprise_inspections import EnterpriseDecision, InspectedEnterprise, Outcome
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.told_cases import Case, CaseRow
from data.language import gettext as _
from data.zone.periods import parse_period

MOST_SHOWN = 20
"""Of many inspections the latest; the export has all."""
TONES: dict[Outcome, tuple[str, str]] = {
    "overdue": ("bad", "!"),
    "open": ("warn", "…"),
    "passed": ("good", "✓"),
    "no_hazards": ("calm", "–"),
}


def outcome_said(outcome: Outcome) -> str:
    """How what an inspection found stands, in words."""
    names = {
        "overdue": _("past its due day, not passed"),
        "open": _("open, not due yet"),
        "passed": _("re-inspected, passed"),
        "no_hazards": _("nothing was found"),
    }
    return names[outcome]


def by_unit(profile: EnterpriseProfile, *, identity: str) -> Component:
    """Each unit's inspections added up."""
    heads = [
        parts.head(_("Unit")),
        parts.head(_("Inspections on record"), name="num"),
        parts.head(_("with findings"), name="num"),
        parts.head(_("Hazards"), _("of these major"), name="num"),
        parts.head(_("Last one")),
    ]
    body = [
        html.Tr(
            [
                html.Th(one.unit.short_name, scope="row"),
                html.Td(numbers.count(one.inspections), className="num"),
                html.Td(numbers.count(one.with_hazards), className="num"),
                html.Td([numbers.count(one.hazards), html.Small(f" / {one.major_hazards}")], className="num"),
                html.Td(numbers.day(one.last_on), className="day"),
            ]
        )
        for one in profile.by_unit
    ]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table", id=identity)


def table(profile: EnterpriseProfile, *, identity: str) -> Component:
    """The latest inspections, each with what became of it and where it stands."""
    heads = [
        parts.head(_("Inspected on"), _("Unit")),
        parts.head(_("Document number")),
        parts.head(_("Hazards"), _("of these major"), name="num"),
        parts.head(_("Due day"), _("Last re-inspection")),
        parts.head(_("State")),
        parts.head(_("Penalty decisions")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one) for one in profile.inspections[:MOST_SHOWN]]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: InspectedEnterprise) -> Component:
    case = one.case
    major = html.Small(_("major %(n)s", n=case.major_hazards)) if case.major_hazards else None
    again = (
        numbers.NONE
        if case.last_reinspected_on is None
        else f"{numbers.day(case.last_reinspected_on)} {case.conclusion}"
    )
    tone, symbol = TONES[one.outcome]
    return html.Tr(
        [
            parts.cell(_("Inspected on"), html.Div(numbers.day(case.inspected_on)), html.Small(one.unit.short_name), name="day"),
            parts.cell(_("Document number"), html.Span(case.number, className="number"), _by_name(one), name="wide"),
            parts.cell(_("Hazards"), html.Div(numbers.count(case.hazards)), major, name="num"),
            parts.cell(_("Due day"), html.Div(numbers.day(case.due_on)), html.Small(again), name="day"),
            parts.cell(_("State"), parts.tag(outcome_said(one.outcome), tone, symbol=symbol)),
            parts.cell(_("Penalty decisions"), *_decided(case)),
            parts.cell(_("Where it stands"), html.Div([_source(told, opens=one.opens) for told in case.told]), name="sources"),
        ]
    )  # fmt: skip


def _by_name(one: InspectedEnterprise) -> Component | None:
    why = _("The row has no credit code; the name alone is the enterprise's.")
    return html.Div(parts.tag(_("by name"), "warn", title=why)) if one.by_name else None


def _decided(case: Case) -> list[Component | str]:
    if not case.decisions:
        return [numbers.NONE]
    fine = [] if case.fine_yuan is None else [html.Small(_("fine %(yuan)s yuan", yuan=numbers.yuan(case.fine_yuan)))]
    return [*(html.Div(decision, className="number") for decision in case.decisions), *fine]


def _source(told: CaseRow, *, opens: bool) -> Component:
    """Workbook → sheet → cell, a link to the original workbook where it may be opened."""
    why = _("%(period)s, row %(row)s: download the original workbook", row=told.row,
            period=numbers.period(parse_period(told.period)))  # fmt: skip
    name = original.name(told.file_name, opens=opens)
    words = [html.Span(name, className="file"), html.Span(f" · {told.sheet} · "), html.B(cell_of(told))]
    return original.link(words, told.submission, opens=opens, title=why, className="source")


def cell_of(told: CaseRow) -> str:
    """The cell that names the enterprise, or of a later row the case."""
    return next((told.cells[key] for key in ("enterprise", "number") if key in told.cells), str(told.row))


def decisions(profile: EnterpriseProfile, *, identity: str) -> Component:
    """The penalty decisions, each once; or that there is none."""
    if not profile.decisions:
        own = profile.own_unit
        if own is not None:
            return parts.empty(_("%(unit)s took no penalty decision against it.", unit=own.short_name))
        return parts.empty(_("No penalty decision against it is on record."))
    heads = [
        parts.head(_("Penalty decision")),
        parts.head(_("Unit")),
        parts.head(_("Inspected on")),
        parts.head(_("Fine (yuan)"), name="num"),
    ]
    body = [_decision(one) for one in profile.decisions]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table", id=identity)


def _decision(one: EnterpriseDecision) -> Component:
    major = parts.tag(_("major hazard"), "warn") if one.major else None
    return html.Tr(
        [
            html.Th([html.Span(one.number, className="number"), " ", major], scope="row"),
            html.Td(one.unit.short_name),
            html.Td([html.Div(numbers.day(day)) for day in one.inspected_on], className="day"),
            html.Td(numbers.yuan(one.fine_yuan), className="num"),
        ]
    )
