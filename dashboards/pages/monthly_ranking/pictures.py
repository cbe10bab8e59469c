"""The pictures below the cases: how the group's year went, and how it works from inspection to re-inspection."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.components.picture import picture, pictures
from dashboards.pages.monthly_ranking import (
    beyond_chance,
    chain_of_cases,
    days_of_inspections,
    moves_of_month,
    much_and_little,
    places_over_year,
)
from dashboards.results import case_chain, found_rates, inspection_days, places
from dashboards.results.case_chain import CaseChain
from dashboards.results.group_funnel import GroupFunnel
from dashboards.results.inspection_days import InspectionDays
from dashboards.results.places import PlacesOfYear
from dashboards.results.ranking import RankedGroup, RankedRow, Ranking
from dashboards.results.reading import Reading
from data.language import gettext as _

YEAR, WORK, PLACES, MOVES, FOUND, CHAIN, DAYS = (
    f"monthly-ranking-{part}" for part in ("year", "work", "places", "moves", "found", "chain", "days")
)


def sections(reading: Reading, month: Ranking, group: RankedGroup, row: RankedRow) -> list[Component]:
    """The year, and the work; of a group's places and others' figures a unit's account sees nothing."""
    chosen = row.unit.code
    chain = case_chain.fetch(reading, chosen, month.month)
    days = inspection_days.fetch(reading, chosen, month.month)
    work = [
        *([] if month.own_only else [much_and_little_of(month, group, chosen)]),
        *([] if chain is None else [chain_of(chain)]),
        *([] if days is None else [days_of(days)]),
    ]
    year = places.of_year(month, group)
    return [
        *([] if month.own_only else [pictures(_("The year in pictures"), places_of(year, chosen), moves_of(year, chosen),
                                              identity=YEAR)]),
        pictures(_("The work in pictures"), *work, identity=WORK),
    ]  # fmt: skip


def places_of(year: PlacesOfYear, chosen: str) -> Component:
    """How did places change over the year?"""
    shown = year.until_ranked if year.ranks_anybody else year
    return picture(
        _("How did places change over the year?"),
        places_over_year.figure(year=shown, chosen=chosen),
        identity=PLACES,
        via="places",
        said=places_over_year.message(year=shown, chosen=chosen),
        facts=places_over_year.facts(shown),
        notes=places_over_year.notes(shown),
        grouped=True,
    )


def moves_of(year: PlacesOfYear, chosen: str) -> Component:
    """What moved since last month?"""
    return picture(
        _("What moved since last month?"),
        moves_of_month.figure(year=year, chosen=chosen),
        identity=MOVES,
        via="moves",
        said=moves_of_month.message(year),
        facts=[moves_of_month.said(one) for one in places.moves(year)],
        notes=moves_of_month.left_out(year),
        grouped=True,
    )


def much_and_little_of(month: Ranking, group: RankedGroup, chosen: str) -> Component:
    """Who inspects much and finds little?"""
    found = found_rates.of_month(month, group)
    return picture(
        _("Who inspects much and finds little?"),
        much_and_little.figure(found=found, chosen=chosen),
        identity=FOUND,
        via="found",
        said=much_and_little.message(found),
        facts=[much_and_little.said(one, found) for one in found.units],
        notes=much_and_little.notes(found),
        name="words-on-lines",
        grouped=True,
    )


def beyond_chance_of(
    found: GroupFunnel, others: Sequence[GroupFunnel], chosen: str | None, *, identity: str
) -> Component:
    """Whose rate differs by more than chance?"""
    return picture(
        _("Whose rate differs by more than chance?"),
        beyond_chance.figure(found=found, chosen=chosen),
        identity=identity,
        via="funnel",
        said=beyond_chance.message(found, others),
        facts=[beyond_chance.said(one, found) for one in found.units],
        notes=beyond_chance.notes(found),
        name="words-on-lines",
    )


def chain_of(chain: CaseChain) -> Component:
    """Where does the chain break?"""
    return picture(
        _("%(unit)s: where does the chain break?", unit=chain.unit.short_name),
        chain_of_cases.figure(chain),
        identity=CHAIN,
        via="chain",
        said=chain_of_cases.message(chain),
        facts=chain_of_cases.facts(chain),
        notes=chain_of_cases.notes(chain),
        grouped=True,
    )


def days_of(days: InspectionDays) -> Component:
    """When do they inspect?"""
    return picture(
        _("%(unit)s: when does it inspect?", unit=days.unit.short_name),
        days_of_inspections.figure(days),
        identity=DAYS,
        via="days",
        said=days_of_inspections.message(days),
        facts=days_of_inspections.facts(days),
        notes=days_of_inspections.notes(days),
        name="days-picture",
        grouped=True,
    )
