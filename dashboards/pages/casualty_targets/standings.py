"""The same figures by unit and by sector: who has used up what, worst first; who has neither cap nor deaths in a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import lights, numbers, parts, standings
from dashboards.method.casualties import LIGHTS, Accident, Standing
from dashboards.pages.casualty_targets import phrases
from dashboards.pages.casualty_targets.scope_view import larger_accidents, same_day_known
from dashboards.results.casualties import Casualties
from data.language import gettext as _
from data.zone.schemes import CasualtyScheme

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One unit or sector of the table; ``place`` is that in the zone's own order."""

    code: str
    name: str
    standing: Standing
    cap_unclear: bool
    confirmed: bool = True
    larger: tuple[Accident, ...] = ()
    place: int = 0

    @property
    def quiet(self) -> bool:
        """Neither cap nor deaths, this year or last: a row of nothing but dashes would only hide the others."""
        one = self.standing
        return one.cap is None and not (one.deaths or one.fatal_accidents or one.last_year_deaths or self.cap_unclear)


def by_unit(result: Casualties) -> list[StandingLine]:
    """The units, worst first."""
    lines = [
        StandingLine(
            one.unit.code,
            one.unit.short_name,
            one.standing,
            one.cap_unclear,
            one.unit.confirmed,
            tuple(each for each in larger_accidents(result) if each.concerns(one.unit.code)),
            place,
        )
        for place, one in enumerate(result.units)
    ]
    return worst_first(lines)


def by_sector(result: Casualties) -> list[StandingLine]:
    """The sectors, worst first."""
    return worst_first([
        StandingLine(one.sector, one.name, one.standing, one.cap_unclear,
             larger=tuple(each for each in larger_accidents(result) if each.sector == one.sector), place=place)
        for place, one in enumerate(result.sectors)
    ])  # fmt: skip


def worst_first(lines: Sequence[StandingLine]) -> list[StandingLine]:
    """Reddest light first, without a light last; then by deaths; else in the zone's order."""
    return sorted(lines, key=lambda line: (-_gravity(line.standing), -line.standing.deaths))


def _gravity(one: Standing) -> int:
    return -1 if one.light is None else LIGHTS.index(one.light)


def standings_table(
    lines: Sequence[StandingLine],
    result: Casualties,
    *,
    head: str,
    kind: str,
    link: Link,
    chosen: str | None,
    identity: str,
) -> Component:
    """The table, and beneath it in one line those without cap and deaths; ``kind`` is the address's key of a line's code."""
    comparable = same_day_known(result)
    by = orders(comparable=comparable)
    heads = [
        standings.head("name", head, up=True, named=True),
        *(standings.head(key, word, note, name="num", up=key == "left") for key, word, note in _heads()),
        standings.head("light", _("Light of the targets")),
    ]
    body = [
        html.Tr(_cells(line, result.scheme, head, link, comparable=comparable,
                       by={key: standings.by(order(line)) for key, order in by.items()}),
                className="chosen" if line.code == chosen else None, **parts.attributes(**{f"data_{kind}": line.code}))
        for line in lines if not line.quiet
    ]  # fmt: skip
    table = standings.table(heads, body, name="standings", identity=identity, usual=_("Back to worst first"))
    return html.Div(
        [html.Div(table, className="table-frame") if body else None, _quiet(lines, link, comparable=comparable)]
    )


def orders(*, comparable: bool) -> dict[str, standings.Order[StandingLine]]:
    """What the table is sorted by, column by column; names in the zone's own order."""
    return {
        "name": lambda line: line.place,
        "deaths": lambda line: line.standing.deaths,
        "cap": lambda line: line.standing.cap,
        "left": lambda line: line.standing.remaining,
        "pace": lambda line: line.standing.pace,
        "last_year": lambda line: line.standing.last_year_deaths if comparable else None,
        "since": lambda line: line.standing.days_since_fatal,
        "year_end": lambda line: None if line.standing.elapsed == 1 else line.standing.year_end.median,
        "breach": lambda line: _chance_of_breach(line.standing),
        "light": lambda line: None if line.standing.light is None else LIGHTS.index(line.standing.light),
    }


def _chance_of_breach(one: Standing) -> float | None:
    return 1 if phrases.exceeded(one) else 0 if one.elapsed == 1 and one.cap is not None else one.breach_probability


def _heads() -> list[tuple[str, str, str]]:
    return [
        ("deaths", _("Deaths"), _("fatal accidents")),
        ("cap", _("Cap"), ""),
        ("left", _("Left of the cap"), _("share used")),
        ("pace", _("Pace"), ""),
        ("last_year", _("Deaths last year"), _("to the same day")),
        ("since", _("Since the last"), _("fatal accident")),
        ("year_end", _("Year's end"), _("median, %(share)s interval", share="80%")),
        ("breach", _("Breach"), _("probability of breach")),
    ]


def _cells(
    line: StandingLine,
    scheme: CasualtyScheme,
    head: str,
    link: Link,
    *,
    comparable: bool,
    by: Mapping[str, dict[str, Any]],
) -> list[Component]:
    one = line.standing
    name = dcc.Link(line.name, href=link(line.code) + "#curve", className="unit-link", title=_("show its curve"))
    mark = None if line.confirmed else parts.illustrative()
    left = html.Div(phrases.remaining(one), className="tone-bad" if phrases.exceeded(one) else None)
    return [
        parts.cell(head, name, mark, name="standing-name", **by["name"]),
        parts.cell(_("Deaths"), html.Strong(phrases.persons(one.deaths)), _small(_toll(one)), name="num toll", **by["deaths"]),
        parts.cell(_("Cap"), _cap(line), name="num", **by["cap"]),
        parts.cell(_("Left of the cap"), left, _small(numbers.percent(one.progress)) if one.progress is not None else None,
                   name="num", **by["left"]),
        parts.cell(_("Pace"), phrases.persons(one.pace), name="num beside", **by["pace"]),
        parts.cell(_("Deaths last year"), phrases.persons(one.last_year_deaths) if comparable else numbers.NONE,
                   name="num beside", **by["last_year"]),
        parts.cell(_("Since the last fatal accident"), phrases.days(one.days_since_fatal), name="num beside", **by["since"]),
        parts.cell(_("Year's end"), *_forecast(one), name="num beside", **by["year_end"]),
        parts.cell(_("Breach"), phrases.breach(one), name="num", **by["breach"]),
        parts.cell(_("Light of the targets"), lights.light(one.light), _small(_("; ").join(lights.reasons(one, scheme, line.larger))),
                   name="standing-light", **by["light"]),
    ]  # fmt: skip


def _toll(one: Standing) -> str:
    return phrases.accidents(one.fatal_accidents) if one.fatal_accidents else ""


def _forecast(one: Standing) -> list[Component | str | None]:
    """Median and interval; nothing once the year is over."""
    if one.elapsed == 1:
        return [numbers.NONE]
    return [html.Div(phrases.persons(one.year_end.median)), _small(f"{one.year_end.low}–{one.year_end.high}")]


def _small(text: str) -> Component | None:
    return html.Small(text, className="beneath") if text else None


def _cap(line: StandingLine) -> Component | str:
    if line.standing.cap is not None:
        return phrases.persons(line.standing.cap)
    if line.cap_unclear:
        why = _("Given as a change on last year, whose ledgers are incomplete: it cannot be worked out.")
        return html.Span(_("cannot be worked out"), title=why, className="muted")
    return html.Span(_("no cap set"), className="muted")


def _quiet(lines: Sequence[StandingLine], link: Link, *, comparable: bool) -> Component | None:
    quiet = [line for line in lines if line.quiet]
    if not quiet:
        return None
    names: list[Component | str] = []
    for line in quiet:
        names += [_(", "), dcc.Link(line.name, href=link(line.code) + "#curve")]
    both = _("No cap set, 0 deaths this year and last: ")
    return html.P([both if comparable else _("No cap set, 0 deaths this year: "), *names[1:]], className="note")
