"""A proposed veto: the facts, the form that decides it, and the decisions taken before."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.results.scores import DecidedVeto, ScoredRow, Scores
from dashboards.web.token import token_field_of_a_kept_part
from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _
from data.zone.zone import Zone

ACTION = "/decide/veto"


def veto_part(result: Scores, row: ScoredRow, *, form_id: str, decided_id: str) -> Component | None:
    """Grounds with the form where a veto is proposed, and what was decided; nothing where neither is."""
    if not row.grounds and not row.decided:
        return None
    proposed = _proposed(result, row, form_id) if row.grounds else []
    return html.Div([*proposed, *(_decisions(row, result.zone, decided_id) if row.decided else [])], className="veto")


def _proposed(result: Scores, row: ScoredRow, identity: str) -> list[Component]:
    grounds = html.Ul([html.Li(ground.sentence) for ground in row.grounds])
    said = _(
        "The facts below propose a veto. The office confirms or dismisses it, with a reason; until then it is open."
    )
    form = [_form(result, row, identity)] if result.decides else []
    return [html.H3(_("Veto proposed")), html.P(said, className="note"), grounds, *form]


def _form(result: Scores, row: ScoredRow, identity: str) -> Component:
    hidden = [("period", str(result.quarter)), ("unit", row.unit.code)]
    hidden += [("ground", ground.key) for ground in row.grounds]
    reason = html.Textarea(name="reason", required="required", maxLength=LONGEST_REASON, rows=3, className="form-control",
                           id=f"{identity}-reason")  # fmt: skip
    confirm = html.Button(
        _("Confirm the veto"), type="submit", name="confirmed", value="yes", className="btn btn-danger"
    )
    dismiss = html.Button(
        _("Dismiss the veto"), type="submit", name="confirmed", value="no", className="btn btn-outline-primary"
    )
    return html.Form(
        [
            token_field_of_a_kept_part(),
            *(dcc.Input(type="hidden", name=name, value=value) for name, value in hidden),
            html.Label(_("Reason for the decision (required)"), htmlFor=f"{identity}-reason"),
            reason,
            html.Div([dismiss, confirm], className="veto-buttons"),
            html.P(_("The decision is written to the journal with its reason and time and cannot be erased."),
                   className="note"),
        ],
        method="post", action=ACTION, className="veto-form", id=identity,
    )  # fmt: skip


def _decisions(row: ScoredRow, zone: Zone, identity: str) -> list[Component]:
    items = [html.Li([_outcome(one), " ", _decided(one, zone)]) for one in row.decided]
    return [html.H3(_("Decisions on vetoes")), html.Ul(items, className="decided", id=identity)]


def _outcome(one: DecidedVeto) -> Component:
    return parts.tag(_("veto confirmed"), "bad") if one.confirmed else parts.tag(_("veto dismissed"), "good")


def _decided(one: DecidedVeto, zone: Zone) -> str:
    who = _("the office") if one.actor == "office" else one.actor
    day = numbers.spoken_day(zone.calendar.day_of(one.at))
    return _("%(reason)s (%(who)s, %(day)s)", reason=one.reason, who=who, day=f"{day} {_clock(one, zone)}")


def _clock(one: DecidedVeto, zone: Zone) -> str:
    return f"{one.at.astimezone(zone.calendar.timezone):%H:%M}"
