"""One accident, chosen on the page: its whole record, in place."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.pages.casualty_targets.accident_list import counts, history, kind, victims
from dashboards.pages.casualty_targets.follow_up import follow_up
from dashboards.pages.casualty_targets.query import CasualtiesQuery
from dashboards.results import accident_list
from dashboards.results.casualties import AccidentRow, Casualties
from data.language import gettext as _


def record(result: Casualties, asked: CasualtiesQuery, *, identity: str) -> list[Component]:
    """The accident that the address names; a sentence where there is none that whoever asks may see; nothing unasked."""
    if asked.accident is None:
        return []
    row = accident_list.one(result, asked.accident)
    if row is None:
        said = _("The accident that the address names is not among those of the year up to %(day)s.",
                 day=numbers.spoken_day(result.as_of))  # fmt: skip
        return [parts.key_message(said, tone="warn", id=identity)]
    heading = _("Accident of %(day)s: %(enterprise)s", day=numbers.spoken_day(row.accident.happened_on),
                enterprise=row.accident.enterprise)  # fmt: skip
    facts = [
        html.Div([html.Dt(name), html.Dd(told)], className=wide) for name, wide, told in _facts(row, result, asked)
    ]
    return [parts.card(heading, html.Dl(facts, className="one-accident"), id=identity)]


def _facts(
    row: AccidentRow, result: Casualties, asked: CasualtiesQuery
) -> list[tuple[str, str, list[Component | str]]]:
    """What is told of it, where it leads: name, whether it takes the whole line, content."""
    one = row.accident
    return [
        (_("Accident number"), "", [one.number]),
        (_("Where it happened"), "", [*_where(row, result, asked)]),
        (_("Type and class"), "", [*kind(one)]),
        (_("Dead and injured"), "", [*victims(one, result.zone)]),
        (_("Counts against the cap"), "wide", [counts(one), *history(row, opens=result.opens)]),
        (_("Follow-up"), "wide", [*follow_up(row, result.as_of)]),
    ]


def _where(row: AccidentRow, result: Casualties, asked: CasualtiesQuery) -> list[Component]:
    """Units and sector, each the way to its curve; for an account that sees one unit alone only their names."""
    one, zone = row.accident, result.zone
    department = (
        [] if one.department is None else [("unit", one.department, zone.unit_by_code[one.department].short_name)]
    )
    of = [
        ("unit", one.territory, zone.unit_by_code[one.territory].short_name),
        *department,
        ("sector", one.sector, zone.sectors[one.sector]),
    ]
    if result.own_unit is not None:
        return [html.Div(name) for _key, _code, name in of]
    return [
        html.Div(
            html.A(
                name, href=asked.link(**{"unit": None, "sector": None, key: code}) + "#curve", title=_("show its curve")
            ),
            **parts.attributes(**{f"data_{key}": code}),
        )
        for key, code, name in of
    ]
