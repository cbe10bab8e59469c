"""Towns and sectors: how many of their enterprises were inspected this year, and how many repeatedly; and the same as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, standings
from dashboards.components.asked import choosing
from dashboards.components.exports import Exported, Field, Written, as_it_stands, scope_said, sorted_said
from dashboards.components.page_list import COVERAGE
from dashboards.pages.inspection_coverage.query import CoverageSeen, look
from dashboards.pages.inspection_coverage.words import rule
from dashboards.results.inspection_coverage import InspectionCoverage, PartCoverage
from dashboards.results.reading import Reading
from data.language import gettext as _

TOWNS, SECTORS = "coverage-towns", "coverage-sectors"


@dataclass(frozen=True, slots=True)
class PartOfRegister:
    """A town or sector by its code; ``place`` is that in the zone's own order."""

    code: str
    name: str
    told: PartCoverage
    place: int
    confirmed: bool = True

    @property
    def left(self) -> int:
        """How many nobody inspected this year."""
        return self.told.whole.enterprises - self.told.whole.inspected

    @property
    def risky_left(self) -> int:
        """The same of high risk."""
        return self.told.high_risk.enterprises - self.told.high_risk.inspected


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of table and file."""

    key: str
    words: str
    written: Written
    value: Callable[[PartOfRegister], Any]


def columns(head: str) -> list[_Column]:
    """``head`` says what a line is."""
    count = Written.COUNT
    return [
        _Column("name", head, Written.TEXT, lambda one: one.name),
        _Column("enterprises", _("Enterprises"), count, lambda one: one.told.whole.enterprises),
        _Column("inspected", _("inspected"), count, lambda one: one.told.whole.inspected),
        _Column("rate", _("Share inspected"), Written.SHARE, lambda one: one.told.whole.rate),
        _Column("left", _("not inspected"), count, lambda one: one.left),
        _Column("risky", _("of these of high risk"), count, lambda one: one.risky_left),
        _Column("repeated", _("repeatedly"), count, lambda one: one.told.repeated),
    ]


def towns(result: InspectionCoverage) -> list[PartOfRegister]:
    """By territory, the least inspected first."""
    units = {unit.code: (at, unit) for at, unit in enumerate(result.zone.units)}
    found = [
        PartOfRegister(code, units[code][1].short_name, told, units[code][0], units[code][1].confirmed)
        for code, told in result.towns.items()
    ]
    return sorted(found, key=_least_inspected)


def sectors(result: InspectionCoverage) -> list[PartOfRegister]:
    """By sector, the least inspected first."""
    places = {code: at for at, code in enumerate(result.zone.sectors)}
    found = [
        PartOfRegister(code, result.zone.sectors[code], told, places[code]) for code, told in result.sectors.items()
    ]
    return sorted(found, key=_least_inspected)


def _least_inspected(one: PartOfRegister) -> tuple[float, int, int]:
    return (float(one.told.whole.rate or 0), -one.left, one.place)


def table(lines: Sequence[PartOfRegister], head: str, seen: CoverageSeen, *, kind: str, identity: str) -> Component:
    """The lines as a standing; ``kind`` is the key of the address that a line chooses."""
    told = columns(head)
    heads = [
        standings.head("name", head, up=True, named=True),
        *(standings.head(one.key, one.words, name="num", up=one.key == "rate") for one in told[1:]),
    ]
    rows = [_row(line, told, seen, kind) for line in lines]
    return standings.table(
        heads, rows, name="small-table inspected-parts", identity=identity, usual=_("Back to least inspected first")
    )


def _row(line: PartOfRegister, told: Sequence[_Column], seen: CoverageSeen, kind: str) -> Component:
    other = "sector" if kind == "unit" else "unit"
    chosen = line.code in {seen.asked.unit, seen.asked.sector}
    name = choosing(line.name, seen.asked.link(**{kind: line.code, other: None}) + "#enterprises",
                    {kind: line.code, other: None, "via": kind}, className="unit-link")  # fmt: skip
    cells = [parts.cell(one.words, *_shown(one, line), name="num", **standings.by(one.value(line))) for one in told[1:]]
    mark = None if line.confirmed else parts.illustrative()
    return html.Tr(
        [html.Td([name, mark], **standings.by(line.place)), *cells],
        className="chosen" if chosen else None,
        **parts.attributes(**{f"data_{kind}": line.code}),
    )


def _shown(column: _Column, line: PartOfRegister) -> list[Component | str]:
    value = column.value(line)
    if column.key == "rate":
        filled = html.Span(style={"width": f"{float(value or 0) * 100:.0f}%"})
        return [
            numbers.percent(value),
            html.Span(filled, className="share-line", **parts.attributes(aria_hidden="true")),
        ]
    return [html.Strong(numbers.count(value)) if column.key in {"risky", "left"} and value else numbers.count(value)]


def export_towns(asked: Mapping[str, str], _told: Any, reading: Reading) -> Exported:
    """The towns, in the order in which they are seen."""
    result = look(asked, reading).result
    return _exported(asked, towns(result), _("Town"), _("By territory"), result, reading)


def export_sectors(asked: Mapping[str, str], _told: Any, reading: Reading) -> Exported:
    """The sectors, in the order in which they are seen."""
    result = look(asked, reading).result
    return _exported(asked, sectors(result), _("Sector"), _("By sector"), result, reading)


def _exported(
    asked: Mapping[str, str],
    lines: Sequence[PartOfRegister],
    head: str,
    by: str,
    result: InspectionCoverage,
    reading: Reading,
) -> Exported:
    told = columns(head)
    orders: dict[str, standings.Order[PartOfRegister]] = {one.key: one.value for one in told[1:]} | {
        "name": lambda one: one.place
    }
    key, order, down = standings.order_asked(asked, orders)
    words = {one.key: one.words for one in told}
    title = f"{COVERAGE.title} {by}"
    return Exported(
        name=f"{title} {result.as_of.isoformat()}".replace(" ", "-"),
        title=title,
        said=[
            *as_it_stands(reading),
            scope_said(reading),
            rule(result),
            sorted_said(words[key], down=down, named=key == "name") if key else _("Least inspected first"),
        ],
        fields=[Field(one.words, one.written) for one in told],
        rows=[[one.value(line) for one in told] for line in standings.in_order(lines, order, down=down)],
    )
