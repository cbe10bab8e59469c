"""What the monthly ranking lets its readers take along: the standing of a group, and the cases behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from dashboards.components import grid, numbers, standings, words
from dashboards.components.exports import (
    Exported,
    Field,
    NothingToExport,
    Written,
    refuse_too_many,
    scope_said,
    sorted_said,
)
from dashboards.components.grid_request import Told
from dashboards.components.page_list import RANKING
from dashboards.components.published import printed_mark
from dashboards.pages.monthly_ranking import as_published, by_sector, case_grid
from dashboards.pages.monthly_ranking.case_list import shown_cell
from dashboards.pages.monthly_ranking.query import read
from dashboards.pages.monthly_ranking.sureness import SHARE, interval
from dashboards.pages.monthly_ranking.table import RATES, orders, per_thousand
from dashboards.results import cases, published
from dashboards.results import ranking as ranking_result
from dashboards.results import sectors as sectors_result
from dashboards.results.ranking import RankedRow, shown_flags
from dashboards.results.reading import Reading
from dashboards.results.sectors import SectorMonth, Sectors
from dashboards.results.told_cases import Case, states
from data.indicators.declaration import Indicator, Ratio
from data.indicators.enforcement import FINES, INSPECTIONS, PENALTIES
from data.language import gettext as _
from data.people.draft_openings import DraftReport
from data.zone.periods import parse_period
from data.zone.zone import Zone


class _Part(NamedTuple):
    """One column of the standing's file."""

    words: str
    written: Written
    value: Any


def ranking(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The standing of a group in the order in which it is seen."""
    query = read(asked, reading)
    state = published.fetch(reading, "ranking", query.month)
    frozen = state.revision(query.published)
    if frozen is not None:
        return as_published.export(asked, query.group, frozen, state, reading)
    result, zone = ranking_result.fetch(reading, query.month), reading.zone
    group = result.group(query.group)
    key, order, down = standings.order_asked(asked, orders(zone))
    parts = _parts(sure_places=group.chance is not None)
    whose = (
        words.group(group.group) if reading.scope.sees_all else zone.unit_by_code[reading.scope.unit or ""].short_name
    )
    title = f"{RANKING.title} {numbers.period(query.month)} {whose}"
    usual = _("In the order of places")
    heading = _headings(zone).get(key or "", "")
    return Exported(
        name=title.replace(" ", "-"),
        title=title,
        said=[
            printed_mark(state),
            scope_said(reading),
            sorted_said(heading, down=down, named=key == "unit") if key else usual,
        ],
        fields=[Field(one.words, one.written) for one in parts],
        rows=[[one.value(row) for one in parts] for row in standings.in_order(group.rows, order, down=down)],
        drafts=(DraftReport("ranking", str(query.month)),),
    )


def _headings(zone: Zone) -> dict[str, str]:
    """The words of each column that sorts."""
    own = {"place": _("Place"), "unit": _("Unit"), "score": _("Score"), "below": _("To the next"), "change": _("Change"), "trend": _("Trend"),
           "per_thousand": _("Hazards per 1,000")}  # fmt: skip
    return {key: own.get(key) or words.indicator(key) for key in orders(zone)}


def _parts(*, sure_places: bool) -> list[_Part]:
    figures = [part for rate in RATES for part in _rate(rate)]
    sure = [
        _Part(_("%(share)s interval of places", share=SHARE), Written.TEXT, interval),
        _Part(_("Told apart from the next below"), Written.TEXT, _told_apart),
        _Part(_("Due cases between it and the next below"), Written.COUNT, lambda row: row.chance.margin),
    ]
    counts = [
        _Part(words.indicator(one.key), written, _figure(one))
        for one, written in ((INSPECTIONS, Written.COUNT), (PENALTIES, Written.COUNT), (FINES, Written.AMOUNT))
    ]
    return [
        _Part(_("Place"), Written.COUNT, lambda row: row.figures.rank),
        _Part(_("Unit"), Written.TEXT, lambda row: row.unit.short_name),
        _Part(_("Score"), Written.AMOUNT, lambda row: row.figures.score),
        *(sure if sure_places else []),
        _Part(_("Places gained"), Written.COUNT, lambda row: row.rank_change),
        _Part(_("Points gained"), Written.AMOUNT, lambda row: row.score_change),
        *figures,
        *counts,
        _Part(_("Hazards per 1,000"), Written.AMOUNT, per_thousand),
        _Part(_("Remarks"), Written.TEXT, _remarks),
    ]


def _told_apart(row: RankedRow) -> str | None:
    told = row.chance.told_apart
    return None if told is None else _("yes") if told else _("no")


def _rate(rate: Indicator) -> list[_Part]:
    """A share with what it is made of."""
    name = words.indicator(rate.key)
    share = _Part(name, Written.SHARE, lambda row: _as_share(_figure(rate)(row)))
    made_of = rate.made_of
    if not isinstance(made_of, Ratio):
        return [share]
    return [
        share,
        _Part(_("%(rate)s: of these", rate=name), Written.COUNT,
              lambda row: None if row.figures.indicators is None else made_of.upper(row.counts)),
        _Part(_("%(rate)s: of all", rate=name), Written.COUNT,
              lambda row: None if row.figures.indicators is None else made_of.lower(row.counts)),
    ]  # fmt: skip


def _as_share(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def _figure(one: Indicator) -> Any:
    return lambda row: None if row.figures.indicators is None else row.figures.indicators[one.key]


def _remarks(row: RankedRow) -> str:
    return _("; ").join(words.flag(flag) for flag in shown_flags(row.figures.flags, row.undone))


def sectors(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The month by sector, in the order in which it is seen; totals of all units are not for an account of one."""
    usual = _("In the order of closed-loop rates")
    return _totals(asked, reading, _("By sector"), _("Sector"), lambda found: found.rows, usual)


def methods(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The same by way of inspecting."""
    usual = _("In the order of inspections")
    return _totals(
        asked, reading, _("By way of inspecting"), _("Way of inspecting"), lambda found: found.methods, usual
    )


def _totals(
    asked: Mapping[str, str],
    reading: Reading,
    by: str,
    head: str,
    rows_of: Callable[[Sectors], Sequence[SectorMonth]],
    usual: str,
) -> Exported:
    month = read(asked, reading).month
    state = published.fetch(reading, "ranking", month)
    found = sectors_result.fetch(reading, month)
    if found is None:
        raise NothingToExport
    rows = rows_of(found)
    key, order, down = standings.order_asked(asked, by_sector.orders(rows))
    named = by_sector.headings(head)
    title = " ".join([RANKING.title, numbers.period(month), by])
    written = {key: Written.SHARE if key.endswith("_rate") else Written.COUNT for key in named} | {
        "sector": Written.TEXT
    }
    return Exported(
        name=title.replace(" ", "-"),
        title=title,
        said=[
            printed_mark(state),
            scope_said(reading),
            sorted_said(named[key], down=down, named=key == "sector") if key else usual,
        ],
        fields=[Field(words, written[key]) for key, words in named.items()],
        rows=[
            [
                by_sector.way(one.name),
                *(getattr(one.sums, count) for count in by_sector.COUNTS),
                one.problem_rate,
                one.closed_loop_rate,
            ]
            for one in standings.in_order(rows, order, down=down)
        ],
        drafts=(DraftReport("ranking", str(month)),),
    )


WRITTEN = {
    "inspected_on": Written.DAY, "hazards": Written.COUNT, "major_hazards": Written.COUNT, "rectify_by": Written.DAY,
    "due_on": Written.DAY, "last_reinspected_on": Written.DAY, "fine_yuan": Written.AMOUNT,
}  # fmt: skip
"""Columns of a list of cases that are no texts."""
WIDTHS = {"number": 26.0, "enterprise": 30.0, "sources": 44.0}
"""Characters of those whose texts are mostly long."""


def behind(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """The cases behind a figure: those that the grid shows, in its columns and order; those chosen, where some are."""
    headings = case_grid.headings()
    columns = grid.columns_asked(headings, told.columns)
    month, unit, measure = case_grid.about(asked, reading)
    if not reading.scope.sees(unit):
        raise NothingToExport
    total, opens, found = cases.fetch_all(reading, unit, month, measure, told.wanted)
    refuse_too_many(total)
    ends = reading.zone.calendar.last_day(month)
    chosen = frozenset(told.chosen)
    name = reading.zone.unit_by_code[unit].short_name
    title = " ".join([numbers.period(month), name, words.indicator(measure), _("case list")])
    return Exported(
        name=title.replace(" ", "-"),
        title=title,
        said=[
            printed_mark(published.fetch(reading, "ranking", month)),
            scope_said(reading),
            *([] if opens else [_("names of people and of files are hidden")]),
            *grid.said(headings, told),
            _("%(n)s cases", n=numbers.count(total)),
        ],
        fields=[Field(one.words, WRITTEN.get(one.key, Written.TEXT), WIDTHS.get(one.key)) for one in columns],
        rows=(
            [_value(case, one.key, ends, measure) for one in columns]
            for case in found
            if not chosen or case_grid.identity(case) in chosen
        ),
        drafts=(DraftReport("ranking", str(month)),),
    )


def _value(case: Case, key: str, ends: Any, measure: str) -> Any:
    match key:
        case "state":
            return states()[case.state(ends)]
        case "decisions":
            return _(", ").join(case.decisions)
        case "sources":
            return _("; ").join(
                f"{numbers.period(parse_period(one.period))} {one.file_name} {one.sheet} {shown_cell(one, measure)}"
                for one in case.told
            )
        case _:
            return getattr(case, key)
