"""Hazards, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_day, grid, parts
from dashboards.components.asked import choosing, left_out, levels, part, stands
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.grid import export_links
from dashboards.components.page_list import HAZARDS, SUBMISSIONS, register_page
from dashboards.components.pager import in_pages, page_shown
from dashboards.components.picture import picture
from dashboards.pages.hazards import (
    export,
    figures,
    hazard_grid,
    hazard_list,
    history,
    key_figures,
    ledgers,
    lowered,
    message,
    notes,
    standings,
)
from dashboards.pages.hazards.chosen import chips, grade_said, narrowed
from dashboards.pages.hazards.hazard_grid import HazardsShown
from dashboards.pages.hazards.query import GRADES_ASKED, HazardsSeen, look
from dashboards.pages.hazards.standings import PartOfHazards
from dashboards.results import hazard_history, hazard_texts, hazards_lowered
from dashboards.results.hazards import FoundHazards
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

DAY, GRADE, MESSAGE, FIGURES, AGES, CURVE, LEDGERS, LIST, PAGER, MAJORS_PAGER, LOWERED, LOWERED_PAGER, RULES, CHIPS = (
    f"hazards-{one}"
    for one in (
        "day", "grade", "message", "figures", "ages", "curve", "ledgers", "list", "pager", "majors-pager", "lowered-list", "lowered-pager", "rules", "chips",
    )
)  # fmt: skip
TABLES: dict[PartOfHazards, str] = {"unit": "hazards-units", "sector": "hazards-sectors", "level": "hazards-levels"}
TOP, CHOSEN, OF_DAY, STANDINGS, BESIDE, MAJORS, OF_LIST, BASIS = (
    f"hazards-{one}-part"
    for one in ("top", "chosen", "of-day", "standings", "beside", "majors", "list", "basis")
)  # fmt: skip
GRID = "hazards-grid"
LEVELS = (("period", "day", "grade"), ("unit", "sector", "level"), ("state", "age", "page", "majors", "lowered"))


register_page(HAZARDS, __name__)


@page_of(HAZARDS, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the day once, then draw everything from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(HAZARDS, *LEVELS),
            part(TOP, _top(seen)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(OF_DAY, *_of_day(seen)),
            part(STANDINGS, *_standings(seen)),
            part(BESIDE, *_beside(seen)),
            part(MAJORS, *_majors(seen, reading)),
            _hazards(seen, reading),
            part(BASIS, *_basis(seen)),
        ],
        className="page",
    )


@follows(HAZARDS, 0, TOP, OF_DAY, STANDINGS, BASIS)
def of_another_day_or_grade(query: Query, reading: Reading) -> Sequence[Any]:
    """The day, the main message, the figures, who stands how, and what all rests on."""
    seen = look(query, reading)
    return _top(seen), _of_day(seen), _standings(seen), _basis(seen)


@follows(HAZARDS, 1, BESIDE)
def of_another_part(query: Query, reading: Reading) -> Sequence[Any]:
    """The two ledgers of a unit beside each other."""
    return [_beside(look(query, reading))]


@follows(HAZARDS, 2, CHOSEN, MAJORS, OF_LIST, grid.list_place(GRID), grid.question_place(GRID))
def of_other_hazards(query: Query, reading: Reading) -> Sequence[Any]:
    """The major ones with their histories, the list, and the line of what is chosen."""
    seen = look(query, reading)
    shown = _list_of(seen, reading, with_grid=stands(query, GRID))
    return _chosen(seen), _majors(seen, reading), shown.head, shown.listed, shown.question


def _top(seen: HazardsSeen) -> Component:
    return asked_day.top(HAZARDS.title, DAY, seen.asked.day, seen.today, _grades(seen))


def _grades(seen: HazardsSeen) -> Component:
    """The switch between all grades and the major hazards alone; whatever else is chosen stays."""
    links = []
    for grade in GRADES_ASKED:
        here = grade == seen.asked.grade
        key = None if grade == "all" else grade
        present = parts.attributes(aria_current="true") if here else {}
        links.append(
            choosing(
                grade_said(grade),
                seen.asked.link(grade=key),
                {"grade": key},
                className="tab-link active" if here else "tab-link",
                **present,
            )
        )
    return html.Nav(links, className="tab-row", id=GRADE, **parts.attributes(aria_label=_("Grade of the hazard")))


def _chosen(seen: HazardsSeen) -> Component:
    of = f"{asked_day.as_of(seen.asked.day)} · {grade_said(seen.asked.grade)}"
    return chip_line(of, chips(seen), identity=CHIPS)


def _of_day(seen: HazardsSeen) -> list[Component]:
    report = seen.report
    amiss = asked_day.notice(seen.asked.asked_day)
    if not seen.known:
        return [*amiss, parts.key_message(message.nothing_known(report), tone="first", id=MESSAGE), *_send(seen)]
    old = message.ledgers_said(report)
    return [
        *amiss,
        parts.key_message(message.main_message(seen), tone="first", id=MESSAGE),
        *([parts.key_message(old, tone="warn")] if old else []),
        _figures(seen),
        _burn_down(seen),
    ]


def _figures(seen: HazardsSeen) -> Component:
    ages = html.H3(_("How long have the open ones been open?"), className="card-heading")
    return parts.card(
        _("Key figures: %(of)s", of=grade_said(seen.asked.grade)),
        key_figures.tiles(seen, identity=FIGURES), ages, key_figures.ages(seen, identity=AGES),
    )  # fmt: skip


def _burn_down(seen: HazardsSeen) -> Component:
    return picture(
        _("When will none be open?"),
        figures.burn_down(seen),
        identity=CURVE,
        said=figures.answer(seen),
        facts=figures.facts(seen),
        notes=figures.notes(),
        via="curve",
    )


def _send(seen: HazardsSeen) -> list[Component]:
    """What to do where nothing is known."""
    if seen.report.latest is not None:
        return []
    there = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=seen.asked.day.year))
    why = _("Units send their ledgers of hazards whenever they found some or have news of one.")
    return [parts.empty(why, " ", there)]


def _standings(seen: HazardsSeen) -> list[Component]:
    """By unit, sector and level; to a unit's account that it sees its own hazards alone."""
    if not seen.known:
        return []
    own = seen.report.own_unit
    none = standings.without_any(seen)
    units = (
        _standing(seen, "unit", _("By unit that told of them"), html.P(none, className="note") if none else None)
        if own is None
        else parts.empty(_("You see the hazards that %(unit)s told of, and no others.", unit=own.name))
    )
    return [
        units,
        html.Div(
            [_standing(seen, "sector", _("By sector")), _standing(seen, "level", _("By responsible level"))],
            className="two-columns",
        ),
    ]


def _standing(seen: HazardsSeen, of: PartOfHazards, heading: str, note: Component | None = None) -> Component:
    table = html.Div(standings.standing(seen, of, identity=TABLES[of]), className="table-frame wide-standings")
    return parts.card(heading, table, note)


def _beside(seen: HazardsSeen) -> list[Component]:
    """The two ledgers; what differs is a finding, and no penalty."""
    if not seen.known:
        return []
    found = ledgers.differing(seen)
    query = address.query(day=seen.asked.day, unit=seen.asked.unit)
    note = html.P(
        _("A month is listed where a unit's inspections count other major hazards than its ledger of hazards: a finding to be cleared up, no penalty. A ledger that was not sent counts 0."),
        className="note",
    )  # fmt: skip
    links = html.Div(export_links(ledgers.EXPORT, query), className="export-line") if found else None
    unit = "" if seen.asked.unit is None else seen.zone.unit_by_code[seen.asked.unit].short_name
    heading = _("Two ledgers beside each other")
    return [
        parts.card(
            _("%(heading)s: %(of)s", heading=heading, of=unit) if unit else heading,
            note, html.Div(ledgers.table(seen, identity=LEDGERS), className="table-frame"), links, id="beside",
        )
    ]  # fmt: skip


def _majors(seen: HazardsSeen, reading: Reading) -> list[Component]:
    """The major hazards that fit what is chosen, some on a page."""
    if not seen.known:
        return []
    found = replace(seen.chosen, major=True).of(seen.report)
    size = history.PAGE_SIZE
    page = page_shown(seen.asked.majors, size, len(found))
    heading = _("Major hazards one by one: %(of)s", of=_(", ").join([_("the longest overdue first"), *narrowed(seen)]))
    if not len(found):
        none = parts.card(heading, parts.empty(_("No major hazard fits what is chosen.")), id="majors")
        return [none, *_lowered(seen, reading)]
    told = hazard_history.fetch(reading, seen.report, found.part(page, size).rows)
    pages = hazard_list.pages(
        page, size, len(found), link=lambda n: seen.asked.link(majors=n, page=seen.asked.page or None, lowered=seen.asked.lowered or None) + "#majors", label=_("Pages of major hazards"), identity=MAJORS_PAGER
    )  # fmt: skip
    cards = parts.card(heading, history.one_by_one(told, seen.report.asked.as_of, seen.zone), pages, id="majors")
    return [cards, *_lowered(seen, reading)]


def _lowered(seen: HazardsSeen, reading: Reading) -> list[Component]:
    """The hazards that a later ledger told of as ordinary: they left the list above, and all figures of the major ones."""
    found = hazards_lowered.of(seen.report, seen.chosen)
    if not found:
        return []
    size = lowered.PAGE_SIZE
    page = page_shown(seen.asked.lowered, size, len(found))
    told = hazards_lowered.fetch(reading, seen.report, found[page * size : (page + 1) * size])
    heading = _(
        "Lowered from major to ordinary: %(of)s", of=_(", ").join([_("the longest overdue first"), *narrowed(seen)])
    )
    note = _("A later ledger told of these as ordinary: no figure of the major hazards counts them any more. The office sees whether that is so.")  # fmt: skip
    table = lowered.table(told, seen.report.asked.as_of, seen.zone, identity=LOWERED)
    pages = hazard_list.pages(
        page, size, len(found), link=lambda n: seen.asked.link(lowered=n, majors=seen.asked.majors or None, page=seen.asked.page or None) + "#lowered", label=_("Pages of lowered hazards"), identity=LOWERED_PAGER
    )  # fmt: skip
    query = address.query(**hazard_grid.about(seen))
    listed = in_pages(table, pages, export=lowered.EXPORT, query=query)
    return [parts.card(heading, html.P(note, className="note before-table"), *listed, id="lowered")]


def _hazards(seen: HazardsSeen, reading: Reading) -> Component:
    """The hazards: the grid that stands in it outlives the choice of others."""
    shown = _list_of(seen, reading)
    listed = hazard_grid.record_list_of(shown, identity=GRID)
    return html.Section([part(OF_LIST, *shown.head), listed], className="panel", id="hazards")


def _list_of(seen: HazardsSeen, reading: Reading, *, with_grid: bool = False) -> HazardsShown:
    """The hazards that are wanted; ``with_grid``: the grid stands in the list's place, and asks for its rows."""
    found = seen.chosen.of(seen.report)
    heading = _("List of hazards: %(of)s", of=_(", ").join([grade_said(seen.asked.grade), *narrowed(seen)]))
    return HazardsShown(
        head=[html.H2(heading, className="card-heading")],
        listed=[left_out()] if with_grid and len(found) else _listed(seen, reading, found),
        question=hazard_grid.question_of(seen, len(found), identity=GRID),
    )


def _listed(seen: HazardsSeen, reading: Reading, found: FoundHazards) -> list[Component | None]:
    """The form for phones, paper and browsers without a grid."""
    if not seen.known:
        return [parts.empty(_("There is no list as long as no hazard is on record."))]
    if not len(found):
        return [parts.empty(_("No hazard fits what is chosen. Let a choice go above."))]
    size = hazard_list.PAGE_SIZE
    page = page_shown(seen.asked.page, size, len(found))
    shown = found.part(page, size).rows
    texts, sources = hazard_texts.of(reading, shown), hazard_grid.sources_of(reading, shown)
    table = hazard_list.table(shown, texts, sources, seen.report.asked.as_of, seen.zone, identity=LIST)
    pages = hazard_list.pages(
        page, size, len(found), link=lambda n: seen.asked.link(page=n, majors=seen.asked.majors or None, lowered=seen.asked.lowered or None) + "#hazards", label=_("Pages of hazards"), identity=PAGER
    )  # fmt: skip
    query = address.query(**hazard_grid.about(seen))
    return in_pages(table, pages, export=hazard_grid.EXPORT, query=query)


def _basis(seen: HazardsSeen) -> list[Component]:
    rules = notes.explanation(identity=RULES) if seen.known else None
    return [parts.card(None, notes.basis_line(seen.report), rules)]


grid.comes_to_its_place(GRID)
for _part, _name in standings.EXPORTS.items():
    offer(_name, export.standing_of(_part))
offer(ledgers.EXPORT, export.two_ledgers)
offer(lowered.EXPORT, export.lowered_hazards)
offer(hazard_grid.EXPORT, hazard_grid.export)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_hazards(request: Any) -> dict[str, Any]:
    """The rows that the grid of hazards asks for."""
    with current().reading() as reading:
        return hazard_grid.rows(request, reading)
