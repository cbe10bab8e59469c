"""Monthly ranking, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_period, chart, grid, numbers, parts, published, words
from dashboards.components.asked import left_out, levels, part, part_further_down, stands
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.horizontal_bars import sum_said
from dashboards.components.page_list import RANKING, SUBMISSIONS, register_page
from dashboards.components.standings import with_exports
from dashboards.method.rates import RATES
from dashboards.method.steps import steps
from dashboards.pages.monthly_ranking import (
    account,
    as_published,
    beside,
    by_sector,
    case_grid,
    case_list,
    export,
    figures,
    interview,
    notes,
    pictures,
    still_open,
    sureness,
    unit,
)
from dashboards.pages.monthly_ranking.case_grid import CasesShown
from dashboards.pages.monthly_ranking.chosen import chips
from dashboards.pages.monthly_ranking.comparison import comparison
from dashboards.pages.monthly_ranking.message import main_message
from dashboards.pages.monthly_ranking.query import RankingSeen, look
from dashboards.pages.monthly_ranking.table import ranked_table
from dashboards.results import cases, group_funnel, issued_lists, open_cases, report_account, sectors
from dashboards.results.reading import Reading
from dashboards.results.sectors import Sectors
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.intake.publications import Publication
from data.language import gettext as _
from data.zone.zone import GROUPS

PERIOD, GROUP, MESSAGE, TABLE, BARS = (
    f"monthly-ranking-{part}" for part in ("period", "group", "message", "table", "bars")
)
WATERFALL, COMPARED, MEASURE, CASES, PAGER, RULES, RULE, CHIPS, GRID = (
    f"monthly-ranking-{part}"
    for part in ("waterfall", "compared", "measure", "cases", "pager", "rules", "rule", "chips", "grid")
)
TOP, CHOSEN, OF_GROUP, OF_UNIT, OF_CASES, PICTURES, LAST = (
    f"monthly-ranking-{part}-part" for part in ("top", "chosen", "group", "unit", "cases", "pictures", "last")
)
RELIABLE, SECTORS, METHODS, RATE, FUNNEL = (
    f"monthly-ranking-{part}" for part in ("reliable", "sectors", "methods", "rate", "funnel")
)
OF_FUNNEL = "monthly-ranking-funnel-part"
STATE, FROZEN, MOVED, ACCOUNT = (f"monthly-ranking-{part}" for part in ("state", "published", "moved", "account"))
LEVELS = (("period", "group", "published"), ("unit", "compare"), ("measure", "page", "rate"))


register_page(RANKING, __name__)


@page_of(RANKING, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the month once, then draw everything from it that stands above; the parts further down are asked for by themselves."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(RANKING, *LEVELS),
            part(TOP, _top(seen, reading)),
            html.Div(part(CHOSEN, _chosen(seen, reading)), className="pinned sticky-top"),
            part(OF_GROUP, *_of_group(seen, reading)),
            part(OF_UNIT, *_of_unit(seen, reading)),
            _cases(seen, reading),
            part_further_down(RANKING, 2, OF_FUNNEL),
            part_further_down(RANKING, 1, PICTURES),
            part_further_down(RANKING, 0, LAST),
        ],
        className="page",
    )


def _cases(seen: RankingSeen, reading: Reading) -> Component:
    """The cases: the grid that stands in it outlives the choice of another unit or figure."""
    shown = _cases_of(seen, reading)
    listed = case_grid.record_list_of(shown, identity=GRID)
    return html.Section([part(OF_CASES, *shown.head), listed], className="panel", id="cases")


@follows(RANKING, 0, TOP, OF_GROUP)
def of_another_month_or_group(query: Query, reading: Reading) -> Sequence[Any]:
    """Everything that one unit has no part in, and that is not further down."""
    seen = look(query, reading)
    return _top(seen, reading), _of_group(seen, reading)


@follows(RANKING, 1, OF_UNIT)
def of_another_unit_or_year(query: Query, reading: Reading) -> Sequence[Any]:
    """The unit's score taken apart, and the year that it is compared with."""
    return (_of_unit(look(query, reading), reading),)


@follows(RANKING, 1, PICTURES, later=True)
def of_another_unit_in_pictures(query: Query, reading: Reading) -> Sequence[Any]:
    """The year and the work in pictures; they come after the score."""
    return (_pictures(look(query, reading), reading),)


@follows(RANKING, 0, LAST, later=True)
def of_another_month_at_the_end(query: Query, reading: Reading) -> Sequence[Any]:
    """The month by sector, what stands behind it, and its rules; they come last."""
    seen = look(query, reading)
    return ([*_by_sector(seen, reading), *_foot(seen, reading)],)


@follows(RANKING, 2, OF_FUNNEL, later=True)
def of_another_rate(query: Query, reading: Reading) -> Sequence[Any]:
    """One rate of the group beside what chance allows."""
    return (_funnel(look(query, reading)),)


@follows(RANKING, 2, CHOSEN, OF_CASES, grid.list_place(GRID), grid.question_place(GRID))
def of_another_figure(query: Query, reading: Reading) -> Sequence[Any]:
    """The cases behind one figure of the unit, and the line of what is chosen."""
    seen = look(query, reading)
    shown = _cases_of(seen, reading, with_grid=stands(query, GRID))
    return _chosen(seen, reading), shown.head, shown.listed, shown.question


def _top(seen: RankingSeen, reading: Reading) -> Component:
    asked = seen.asked
    months = sorted({*reading.months, asked.month}, reverse=True)
    options = [(str(month), numbers.period(month)) for month in months]
    picker = parts.chooser(PERIOD, _("Month"), options, str(asked.month), chooses="period", drops="published")
    items = [(words.group(name), asked.link(group=name, unit=None), name == asked.group) for name in GROUPS]
    groups = parts.tabs(items, label=_("Group"), identity=GROUP) if reading.scope.sees_all else None
    return html.Div([html.H1(RANKING.title), picker, groups], className="page-top")


def _chosen(seen: RankingSeen, reading: Reading) -> Component:
    of = f"{numbers.period(seen.asked.month)} · {words.group(seen.asked.group)}"
    return chip_line(of, chips(seen.asked, reading), identity=CHIPS)


def _of_group(seen: RankingSeen, reading: Reading) -> list[Component]:
    month, own = seen.month, reading.scope.unit
    written = seen.asked.written
    if seen.frozen is not None:
        return [_state(seen, reading), *_frozen(seen, seen.frozen, reading), *_moved(seen, reading)]
    reliable = sureness.reliability_line(seen.group, identity=RELIABLE)
    return [
        *([] if written is None else asked_period.notice(written, RANKING)),
        *_unpublished(seen),
        parts.key_message(_message(seen, reading), tone="first", id=MESSAGE),
        _state(seen, reading),
        notes.rule_line(month, identity=RULE),
        *([] if reliable is None else [reliable]),
        *([parts.own_only(reading.zone.unit_by_code[own].name)] if own and seen.state.latest is None else []),
        *(_frozen(seen, seen.state.latest, reading) if own and seen.state.latest is not None else []),
        *_ranked(seen, reading),
        *_moved(seen, reading),
    ]


def _state(seen: RankingSeen, reading: Reading) -> Component:
    """Whether the month is published, and which of the two the page shows."""
    return published.state_line(
        seen.state,
        reading.zone,
        link=lambda revision: seen.asked.link(published=revision),
        shown=None if seen.frozen is None else seen.frozen.revision,
        identity=STATE,
    )


def _unpublished(seen: RankingSeen) -> list[Component]:
    """That the address asks for a revision that there is not."""
    asked = seen.asked.published
    return [] if asked is None else [published.no_such(asked, seen.state)]


def _frozen(seen: RankingSeen, one: Publication, reading: Reading) -> list[Component]:
    """The month as it was published; to a unit's account also what would have lifted it."""
    own = reading.scope.unit or ""
    table = as_published.card(one, seen.group.group, reading.zone, chosen=own or seen.asked.unit or "", identity=FROZEN)
    lifted = as_published.lifted(one, own)
    return [table, *([] if lifted is None else [lifted])]


def _message(seen: RankingSeen, reading: Reading) -> str:
    """What is to be said first; to a unit's account its published place, once there is one."""
    own, latest = reading.scope.unit, seen.state.latest
    placed = as_published.own_message(latest, own, seen.asked.month) if own and latest is not None else None
    return placed or main_message(seen.month, seen.group, reading.zone)


def _moved(seen: RankingSeen, reading: Reading) -> list[Component]:
    found = published.beside(seen.state, reading.zone, identity=MOVED)
    return [] if found is None else [found]


def _ranked(seen: RankingSeen, reading: Reading) -> list[Component]:
    asked, group = seen.asked, seen.group
    table = ranked_table(
        group,
        zone=reading.zone,
        chosen=seen.code,
        accuracies=issued_lists.accuracies(reading, seen.month.month),
        link=lambda code: asked.link(unit=code, via="table") + "#unit",
        name=TABLE,
    )
    query = address.query(period=asked.month, group=asked.group)
    table = with_exports(table, export="ranking", query=query, identity=TABLE)
    send = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=asked.month))
    unsent = all(one.filing is None for one in group.rows)
    hint = parts.empty(_("No ledger of this month has been accepted from this group."), " ", send) if unsent else None
    if seen.month.own_only:
        return [parts.card(_("The unit's figures"), hint, html.Div(table, className="table-frame"))]
    bars = chart.graph(
        BARS,
        figures.ranking_bars(group=group, chosen=seen.code),
        says=_("Scores of the group, best on top"),
        message=main_message(seen.month, group, reading.zone),
        via="bars",
    )
    return [
        parts.card(_("Ranked table"), hint, html.Div(table, className="table-frame")),
        parts.card(_("Scores"), bars),
    ]


def _of_unit(seen: RankingSeen, reading: Reading) -> list[Component]:
    month, row = seen.month, seen.row
    if row is None:
        return []
    taken = steps(row.figures, month.scheme)
    drawn = figures.score_waterfall(steps=taken, score=row.figures.score)
    score = row.figures.score
    scored = score is not None
    waterfall = chart.graph(
        WATERFALL,
        drawn,
        says=_("How the score comes about, from 0 to the score"),
        message="" if score is None else sum_said(score),
        via="waterfall",
    )
    details = [unit.points_table(row, month.scheme, link=_measure_link(seen))] if scored else []
    heading = _("%(unit)s: the score taken apart", unit=row.unit.short_name)
    left = html.Div([waterfall, unit.sum_sentence(row, taken) if scored else None])
    not_earlier = _("The address asks for no earlier year: compared is last year.")
    refused = parts.empty(not_earlier) if seen.asked.no_earlier_year else None
    right = html.Div([*details, refused, comparison(month, row, link=_year_link(seen), identity=COMPARED)])
    columns = html.Div([left, right], className="two-columns")
    below = html.Div([sureness.of_unit(seen.group, row), _still_open(seen, reading)], className="two-columns")
    return [
        parts.card(
            heading,
            unit.standing(month, seen.group, row, reading.zone),
            unit.accuracy_of_lists(issued_lists.accuracies(reading, month.month).get(row.unit.code)),
            beside.ways(month, seen.group, row),
            columns,
            below,
            interview.offered(row.unit.code, month.month) if reading.scope.calls_in else None,
            id="unit",
            **parts.attributes(data_chosen_unit=row.unit.code),
        )
    ]


def _still_open(seen: RankingSeen, reading: Reading) -> Component | None:
    """What the unit can still do in the running month; a month that is past by a month or more tells of itself alone."""
    if seen.code is None or seen.asked.month < reading.latest_due_month:
        return None
    return still_open.list_of(open_cases.fetch(reading, seen.code))


def _year_link(seen: RankingSeen) -> Callable[[int], str]:
    """The address that compares the unit with another year; last year needs no saying."""
    last_year = seen.asked.month.year - 1
    return lambda year: seen.asked.link(unit=seen.code, compare=None if year == last_year else year) + "#unit"


def _measure_link(seen: RankingSeen, *, via: str | None = None) -> Callable[[str], str]:
    """The address that shows the cases behind a figure of the unit."""
    return lambda measure: seen.asked.link(unit=seen.code, measure=measure, via=via) + "#cases"


def _cases_of(seen: RankingSeen, reading: Reading, *, with_grid: bool = False) -> CasesShown:
    """The cases behind one figure of the unit; ``with_grid``: the grid stands in the list's place, and asks for its rows."""
    asked, row = seen.asked, seen.row
    if seen.frozen is not None:
        return case_grid.as_published(identity=GRID)
    if row is None:
        return case_grid.nobody(identity=GRID)
    found = _found(seen, asked.page, reading)
    if found.total and not found.cases:
        found = _found(seen, (found.total - 1) // found.size, reading)
    return CasesShown(
        head=[
            html.H2(_("%(unit)s: the cases behind a figure", unit=row.unit.short_name), className="card-heading"),
            case_list.measure_tabs(asked.measure, link=_measure_link(seen), identity=MEASURE),
        ],
        listed=[left_out()] if with_grid and found.total else _case_list(seen, found, reading),
        question=case_grid.question_of(asked, row.unit, found.total, identity=GRID),
    )


def _case_list(seen: RankingSeen, found: cases.CasePage, reading: Reading) -> list[Component | None]:
    """The form for phones, paper and browsers without a grid."""
    asked = seen.asked
    month_ends = reading.zone.calendar.last_day(asked.month)
    table = html.Div(case_list.case_table(found, month_ends=month_ends, identity=CASES), className="table-frame")
    return [
        table,
        case_list.case_pager(found, link=lambda n: asked.link(unit=seen.code, page=n) + "#cases", identity=PAGER),
    ]


def _found(seen: RankingSeen, page: int, reading: Reading) -> cases.CasePage:
    code = seen.code or ""
    return cases.fetch(reading, code, seen.asked.month, seen.asked.measure, page=page, size=case_list.PAGE_SIZE)


def _funnel(seen: RankingSeen) -> list[Component]:
    month, group, asked = seen.month, seen.group, seen.asked
    if seen.frozen is not None or month.own_only or group.chance is None:
        return []
    found = group_funnel.of_rate(month, group, asked.rate)
    items = [(words.indicator(rate), asked.link(rate=rate) + "#funnel", rate == asked.rate) for rate in RATES]
    tabs = parts.tabs(items, label=_("Rate"), identity=RATE)
    others = group_funnel.others_outside(month, group, asked.rate)
    shown = pictures.beyond_chance_of(found, others, seen.code, identity=FUNNEL)
    return [html.Section([tabs, shown], id="funnel")]


def _by_sector(seen: RankingSeen, reading: Reading) -> list[Component]:
    if seen.frozen is not None:
        return [as_published.sectors(seen.frozen, identity=SECTORS)]
    found = sectors.fetch(reading, seen.asked.month)
    if found is None:
        return []
    table = with_exports(
        by_sector.sector_table(found, identity=SECTORS),
        export="ranking-sectors",
        query=address.query(period=seen.asked.month),
        identity=SECTORS,
    )
    said = html.P(by_sector.message(found, reading.zone), className="picture-answer")
    note = html.P(_("All units' cases, shown and never scored."), className="note")
    period = numbers.period(seen.asked.month)
    by_sectors = parts.card(_("By sector, %(period)s", period=period), said, table, note, id="sectors")
    return [by_sectors, _by_method(seen, found)] if found.methods else [by_sectors]


def _by_method(seen: RankingSeen, found: Sectors) -> Component:
    table = with_exports(
        by_sector.method_table(found, identity=METHODS),
        export="ranking-methods",
        query=address.query(period=seen.asked.month),
        identity=METHODS,
    )
    note = html.P(_("All units' cases, shown and never scored."), className="note")
    heading = _("By way of inspecting, %(period)s", period=numbers.period(seen.asked.month))
    return parts.card(heading, table, note, id="methods")


def _pictures(seen: RankingSeen, reading: Reading) -> list[Component]:
    return [] if seen.row is None else pictures.sections(reading, seen.month, seen.group, seen.row)


def _foot(seen: RankingSeen, reading: Reading) -> list[Component]:
    month, frozen = seen.month, seen.frozen
    if frozen is not None:
        accounted = report_account.frozen(reading, frozen, seen.asked.month)
        return [account.card(accounted, reading.zone, identity=ACCOUNT), parts.card(None, published.basis(frozen))]
    found = report_account.live(reading, seen.asked.month)
    rules = parts.card(None, notes.basis_line(month), notes.explanation(month.scheme, identity=RULES))
    return [*([] if found is None else [account.card(found, reading.zone, identity=ACCOUNT)]), rules]


grid.comes_to_its_place(GRID)
offer("ranking", export.ranking)
offer("ranking-sectors", export.sectors)
offer("ranking-methods", export.methods)
offer(case_grid.EXPORT, export.behind)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_cases(request: Any) -> dict[str, Any]:
    """The rows that the grid of cases asks for."""
    with current().reading() as reading:
        return case_grid.rows(request, reading)
