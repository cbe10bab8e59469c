"""What kind of accidents the year had (GB 6441), and which enterprises are near closure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.asked import choosing
from dashboards.components.enterprise_link import found_by
from dashboards.method.casualties import Accident
from dashboards.pages.casualty_targets import phrases
from dashboards.results.casualties import Casualties
from data.language import gettext as _

Link = Callable[[str], str]
"""Type of accident → the address that shows its accidents."""
TypeRow = tuple[str, int, int, int]


def by_type(accidents: Iterable[Accident]) -> list[TypeRow]:
    """(type, accidents, fatal ones, deaths) of those that count, most deaths first."""
    counted = [one for one in accidents if one.counted]
    every = Counter(one.type for one in counted)
    fatal = Counter(one.type for one in counted if one.fatal)
    deaths: Counter[str] = Counter()
    for one in counted:
        deaths[one.type] += one.deaths
    rows = [(name, every[name], fatal[name], deaths[name]) for name in every]
    return sorted(rows, key=lambda row: (-row[3], -row[1], row[0]))


def type_table(result: Casualties, *, link: Link, identity: str) -> Component:
    """Accidents and deaths by type, each leading to its accidents; those that do not count are left out, and the page says so."""
    rows = by_type(row.accident for row in result.accidents)
    if not rows:
        return parts.empty(_("No accident of the year counts against the cap."))
    heads = [parts.head(_("Accident type")), *(parts.head(word, name="num") for word in (
        _("Accidents"), _("of these fatal"), _("Deaths")))]  # fmt: skip
    body = [
        html.Tr([html.Th(_leading(name, link), scope="row"), *(_number(one) for one in counts)])
        for name, *counts in rows
    ]
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    foot = html.Tr([html.Th(_("Total"), scope="row"), *(_number(one) for one in sums)])
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body), html.Tfoot(foot)],
                      className="data-table small-table", id=identity)  # fmt: skip


def _leading(name: str, link: Link) -> Component:
    """A type's name, which shows its accidents in the list."""
    title = _("show the accidents of this type")
    return choosing(name, link(name) + "#accidents", {"type": name}, title=title, **parts.attributes(data_via="types"))


def _number(value: int) -> Component:
    return html.Td(numbers.count(value), className="num")


def near_closure(result: Casualties, *, identity: str) -> Component:
    """Enterprises that the law would have closed, or that are one penalty short of it; or that there is none."""
    rules = result.scheme.near_closure
    if not result.near_closure:
        none = _("No enterprise was penalised with a major hazard %(half)s times in %(days)s days or %(year)s times "
                 "in a year, nor is any one short of it.", half=rules.within_half_year, days=rules.half_year_days,
                 year=rules.within_year)  # fmt: skip
        return html.Div(parts.empty(none), id=identity)
    half, year = _("in %(days)s days", days=rules.half_year_days), _("in a year")
    heads = [
        parts.head(_("Enterprise")), parts.head(half, name="num"), parts.head(year, name="num"),
        parts.head(_("Last inspected on")), parts.head(_("State")),
    ]  # fmt: skip
    body = [
        html.Tr([
            parts.cell(_("Enterprise"), dcc.Link(one.enterprise, href=found_by(one.enterprise)), name="wide"),
            parts.cell(half, numbers.count(one.within_half_year), name="num"),
            parts.cell(year, numbers.count(one.within_year), name="num"),
            parts.cell(_("Last inspected on"), numbers.day(one.last_on), name="day"),
            parts.cell(_("State"), _reached(reached=one.reached), name="wide"),
        ]) for one in result.near_closure
    ]  # fmt: skip
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table near-closure",
                       id=identity)  # fmt: skip
    return html.Div(table, className="table-frame")


def _reached(*, reached: bool) -> Component:
    if reached:
        return parts.tag(_("number reached"), "bad", symbol="■", title=_("Closure is to be asked for."))
    return parts.tag(_("one short of it"), "warn", symbol="◆")


def near_closure_note(result: Casualties) -> Component:
    """The rule, and what the ledgers cannot tell."""
    rules = result.scheme.near_closure
    reached = phrases.counted_enterprises(sum(one.reached for one in result.near_closure))
    rule = _("Penalised with a major hazard %(half)s times in %(days)s days or %(year)s times in a year: closure is to "
             "be asked for (Work Safety Law, article 113). Number reached: %(reached)s. Days are those of inspection, "
             "for ledgers give no other.", half=rules.within_half_year, days=rules.half_year_days,
             year=rules.within_year, reached=reached)  # fmt: skip
    return html.P(rule, className="note")
