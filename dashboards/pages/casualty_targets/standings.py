"""The same figures by unit and by sector: who has used up what, worst first; who has neither cap nor deaths in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import lights, numbers, parts
from dashboards.method.casualties import LIGHTS, Accident, Standing
from dashboards.pages.casualty_targets import phrases
from dashboards.pages.casualty_targets.scope_view import larger_accidents, same_day_known
from dashboards.results.casualties import Casualties
from data.language import gettext as _
from data.zone.schemes import CasualtyScheme

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One unit or sector of the table."""

    code: str
    name: str
    standing: Standing
    cap_unclear: bool
    confirmed: bool = True
    larger: tuple[Accident, ...] = ()

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
        )
        for one in result.units
    ]
    return worst_first(lines)


def by_sector(result: Casualties) -> list[StandingLine]:
    """The sectors, worst first."""
    return worst_first([
        StandingLine(one.sector, one.name, one.standing, one.cap_unclear,
             larger=tuple(each for each in larger_accidents(result) if each.sector == one.sector))
        for one in result.sectors
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
    heads = [parts.head(head), *(parts.head(word, note, name="num") for word, note in _heads())]
    comparable = same_day_known(result)
    body = [
        html.Tr(_cells(line, result.scheme, head, link, comparable=comparable),
                className="chosen" if line.code == chosen else None, **parts.attributes(**{f"data_{kind}": line.code}))
        for line in lines if not line.quiet
    ]  # fmt: skip
    table = html.Table([html.Thead(html.Tr([*heads, parts.head(_("Light of the targets"))])), html.Tbody(body)],
                       className="data-table standings", id=identity)  # fmt: skip
    return html.Div(
        [html.Div(table, className="table-frame") if body else None, _quiet(lines, link, comparable=comparable)]
    )


def _heads() -> list[tuple[str, str]]:
    return [
        (_("Deaths"), _("fatal accidents")),
        (_("Cap"), ""),
        (_("Left of the cap"), _("share used")),
        (_("Pace"), ""),
        (_("Deaths last year"), _("to the same day")),
        (_("Since the last"), _("fatal accident")),
        (_("Year's end"), _("median, %(share)s interval", share="80%")),
        (_("Breach"), _("probability of breach")),
    ]


def _cells(line: StandingLine, scheme: CasualtyScheme, head: str, link: Link, *, comparable: bool) -> list[Component]:
    one = line.standing
    name = dcc.Link(line.name, href=link(line.code) + "#curve", className="unit-link", title=_("show its curve"))
    mark = None if line.confirmed else parts.illustrative()
    left = html.Div(phrases.remaining(one), className="tone-bad" if phrases.exceeded(one) else None)
    return [
        parts.cell(head, name, mark, name="standing-name"),
        parts.cell(_("Deaths"), html.Strong(phrases.persons(one.deaths)), _small(_toll(one)), name="num toll"),
        parts.cell(_("Cap"), _cap(line), name="num"),
        parts.cell(_("Left of the cap"), left, _small(numbers.percent(one.progress)) if one.progress is not None else None,
                   name="num"),
        parts.cell(_("Pace"), phrases.persons(one.pace), name="num beside"),
        parts.cell(_("Deaths last year"), phrases.persons(one.last_year_deaths) if comparable else numbers.NONE,
                   name="num beside"),
        parts.cell(_("Since the last fatal accident"), phrases.days(one.days_since_fatal), name="num beside"),
        parts.cell(_("Year's end"), *_forecast(one), name="num beside"),
        parts.cell(_("Breach"), phrases.breach(one), name="num"),
        parts.cell(_("Light of the targets"), lights.light(one.light), _small(_("; ").join(lights.reasons(one, scheme, line.larger))),
                   name="standing-light"),
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
