"""Which deadlines of the period the office extended, and the form with which it extends one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.results import extended_deadlines
from dashboards.results.extended_deadlines import ExtendedDeadline
from dashboards.results.reading import Reading
from dashboards.web.extension_routes import ALL_UNITS
from dashboards.web.token import token_field
from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _
from data.zone.periods import Period
from data.zone.zone import Zone

ACTION = "/decide/extension"
LIST, FORM = "submissions-extended", "submissions-extend"


def extended_card(period: Period, reading: Reading) -> Component | None:
    """The extensions of a period, and to the office the form; nothing for others where there are none."""
    found = extended_deadlines.fetch(reading, period)
    kinds = extended_deadlines.extensible(reading, period) if reading.scope.decides else []
    if not found and not kinds:
        return None
    form = [_form(kinds, period, reading)] if kinds else []
    return parts.card(
        _("Extended deadlines"), html.Div([*_list(found, reading.zone), *form]), name="" if found else "by-hand"
    )


def _list(found: Sequence[ExtendedDeadline], zone: Zone) -> list[Component]:
    if not found:
        return [parts.empty(_("No deadline of this period was extended."))]
    return [html.Ul([html.Li(_line(one, zone)) for one in found], className="decided", id=LIST)]


def _line(one: ExtendedDeadline, zone: Zone) -> list[Component | str]:
    who = _("all units") if one.unit is None else one.unit.short_name
    said = _("“%(kind)s” of %(unit)s: extended to %(day)s", kind=words.kind(one.kind), unit=who,
             day=numbers.spoken_day(one.until))  # fmt: skip
    why = _("%(moment)s: %(reason)s", moment=numbers.instant(one.at, zone), reason=one.reason)
    return [html.B(said), " ", html.Small(why)]


def _form(kinds: Sequence[str], period: Period, reading: Reading) -> Component:
    zone = reading.zone
    units = [(ALL_UNITS, _("all units")), *((unit.code, unit.short_name) for unit in zone.units_of(period))]
    earliest = min(zone.due_day(kind, period) for kind in kinds) + timedelta(days=1)
    form = html.Form(
        [
            token_field(),
            dcc.Input(type="hidden", name="period", value=str(period)),
            html.Div(
                [
                    _select("kind", _("Kind"), [(kind, words.kind(kind)) for kind in kinds]),
                    _select("unit", _("Unit"), units),
                    _day(earliest),
                ],
                className="choice-grid",
            ),
            html.Label(
                [
                    html.Span(_("Why (the units read this)")),
                    html.Textarea(name="reason", required="required", maxLength=LONGEST_REASON, rows=2, className="form-control"),
                ],
                className="note-field",
            ),
            html.Button(_("Extend it"), type="submit", className="btn btn-outline-primary"),
            html.P(parts.sentences(
                _("In time is from then on who files by that day, also of a deadline that has passed; who comes later has half "
                  "for five days more. It cannot be taken back, and is written to the journal."),
                _("Where it is the office's own deadline too, it waits for a second account."),
            ), className="note"),
        ],
        method="post", action=ACTION, className="return-form", id=FORM,
    )  # fmt: skip
    return html.Details([html.Summary(_("Extend a deadline")), form], className="by-hand")


def _select(name: str, label: str, options: Sequence[tuple[str, str]]) -> Component:
    choices = [{"label": said, "value": value} for value, said in options]
    return html.Label(
        [html.Span(label), dbc.Select(name=name, options=choices, value=options[0][0])], className="chooser"
    )


def _day(earliest: date) -> Component:
    field = dbc.Input(type="date", name="until", required=True, min=earliest.isoformat())
    return html.Label([html.Span(_("To which day")), field], className="chooser")
