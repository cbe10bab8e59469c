"""The month by sector, over all units' cases: shown and never scored, with the plan's key sectors that nobody inspected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, standings, words
from dashboards.results.sectors import SectorMonth, Sectors
from data.language import gettext as _
from data.zone.zone import Zone

COUNTS = ("inspections", "problem_inspections", "hazards", "major_hazards", "penalties")


def message(found: Sectors, zone: Zone) -> str:
    """Which key sectors nobody inspected, and which sector closed the smallest share of its cases."""
    idle = [zone.sectors[code] for code in found.without_inspection]
    due = [one for one in found.rows if one.closed_loop_rate is not None]
    last = [] if not due else [one for one in due if one.closed_loop_rate == due[-1].closed_loop_rate]
    worst = _("lowest closed-loop rate: %(sectors)s", sectors=_(", ").join(_lowest(one) for one in last))
    return _("%(said)s.", said=_("; ").join(
        [
            _("key sectors of the plan that nobody inspected: %(sectors)s", sectors=_(", ").join(idle)) if idle
            else _("every key sector of the plan was inspected"),
            *([worst] if last and due[-1].closed_loop_rate != 1 else []),
        ]
    ))  # fmt: skip


def _lowest(one: SectorMonth) -> str:
    return _("%(sector)s (%(closed)s of %(due)s closed)", sector=one.name, closed=one.sums.closed_cases, due=one.sums.due_cases)  # fmt: skip


def method_table(found: Sectors, *, identity: str) -> Component:
    """One row a way of inspecting, most inspections first."""
    by, head = orders(found.methods), _("Way of inspecting")
    rows = [
        _row(one, {key: standings.by(order(one)) for key, order in by.items()}, head, "method") for one in found.methods
    ]
    usual = _("Back to the order of inspections")
    table = standings.table(_heads(head), rows, name="standings by-sector", identity=identity, usual=usual)
    return html.Div(table, className="table-frame")


def way(name: str) -> str:
    """A way of inspecting; of what no ledger tells it that it does not."""
    return name or _("not told")


def sector_table(found: Sectors, *, identity: str) -> Component:
    """One row a sector that has any case, by closed-loop rate; those without any stand in a line beneath."""
    by, head = orders(found.rows), _("Sector")
    body = [
        _row(one, {key: standings.by(order(one)) for key, order in by.items()}, head, "sector")
        for one in found.rows
        if not quiet(one)
    ]
    still = [one.name for one in found.rows if quiet(one)]
    rest = html.P(_("Without any case: %(sectors)s.", sectors=_(", ").join(still)), className="note") if still else None
    table = standings.table(
        _heads(head),
        body,
        name="standings by-sector",
        identity=identity,
        usual=_("Back to the order of closed-loop rates"),
    )
    return html.Div([html.Div(table, className="table-frame") if body else None, rest])  # fmt: skip


def quiet(one: SectorMonth) -> bool:
    """Whether nothing at all is told of a sector."""
    sums = one.sums
    return not (sums.inspections or sums.due_cases or sums.penalties)


def orders(rows: Sequence[SectorMonth]) -> Mapping[str, standings.Order[SectorMonth]]:
    """What the table is sorted by, column by column; names in the table's own order."""
    usual = {one.code: place for place, one in enumerate(rows)}
    return {
        "sector": lambda one: usual[one.code],
        **{key: _count(key) for key in COUNTS},
        "problem_rate": lambda one: one.problem_rate,
        "closed_loop_rate": lambda one: one.closed_loop_rate,
    }


def _count(key: str) -> standings.Order[SectorMonth]:
    return lambda one: getattr(one.sums, key)


def headings(first: str) -> dict[str, str]:
    """The words of each column that sorts; ``first`` is what heads the names."""
    keys = (*COUNTS, "problem_rate", "closed_loop_rate")
    return {"sector": first, **{key: words.indicator(key) for key in keys}}


def _heads(named: str) -> list[Component]:
    said = headings(named)
    first = standings.head("sector", said.pop("sector"), up=True, named=True)
    return [first, *(standings.head(key, word, name="num") for key, word in said.items())]


def _row(one: SectorMonth, values: Mapping[str, dict[str, Any]], head: str, kind: str) -> Component:
    sums, said = one.sums, headings(head)
    rates = (
        ("problem_rate", sums.problem_inspections, sums.inspections, one.problem_rate),
        ("closed_loop_rate", sums.closed_cases, sums.due_cases, one.closed_loop_rate),
    )
    return html.Tr(
        [
            parts.cell(said["sector"], way(one.name), name="standing-name", **values["sector"]),
            *(
                parts.cell(said[key], numbers.count(getattr(sums, key)), name=_look(key), **values[key])
                for key in COUNTS
            ),
            *(
                parts.cell(said[key], *_share(upper, lower, rate), name="num", **values[key])
                for key, upper, lower, rate in rates
            ),
        ],
        **parts.attributes(**{f"data_{kind}": one.code}),
    )


def _look(key: str) -> str:
    """On a phone the inspections stand with the rates; the other counts are what these are made of."""
    return "num" if key == "inspections" else "num beside"


def _share(upper: int, lower: int, rate: Fraction | None) -> list[Component | str]:
    if rate is None:
        return [numbers.NONE]
    return [
        html.Span(f"{upper}/{lower}", className="made-of"),
        " ",
        html.Span(numbers.percent(rate), className="share"),
    ]
