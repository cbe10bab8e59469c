"""Casualties as they were published: the frozen figures of zone, units and sectors, and the goals' lights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, frozen_table, lights, numbers, parts, published, words
from dashboards.components.exports import Exported, Written
from dashboards.components.frozen_table import FrozenColumn, FrozenRow
from dashboards.components.page_list import CASUALTIES
from dashboards.components.standings import with_exports
from dashboards.method.casualties import LIGHTS
from dashboards.pages.casualty_targets.query import CasualtiesSeen
from dashboards.results.published import PublishedPeriod
from dashboards.results.reading import Reading
from data.intake.publications import Publication
from data.language import gettext as _
from data.zone.zone import Zone

STATE, MOVED, UNITS, SECTORS = (
    f"casualty-targets-{part}" for part in ("state", "moved", "frozen-units", "frozen-sectors")
)


def state(seen: CasualtiesSeen, zone: Zone) -> list[Component]:
    """Whether the day is published, and which of the two the page shows; or that there is no such publication."""
    asked, frozen = seen.asked.published, seen.frozen
    missing = [] if asked is None or frozen is not None else [published.no_such(asked, seen.state)]
    day = None if seen.state.latest is None else seen.state.latest.day
    line = published.state_line(
        seen.state,
        zone,
        link=lambda revision: seen.asked.link(
            published=revision, as_of=day if revision is not None else seen.asked.day
        ),
        shown=None if frozen is None else frozen.revision,
        identity=STATE,
    )
    return [*missing, line]


def moved(seen: CasualtiesSeen, zone: Zone) -> list[Component]:
    """Published and live beside each other, where they differ."""
    found = published.beside(seen.state, zone, identity=MOVED)
    return [] if found is None else [found]


def cards(one: Publication, zone: Zone, *, chosen: str = "") -> list[Component]:
    """Goals, and the tables of the zone with its units and of the sectors."""
    query = address.query(period=one.period, as_of=one.day, published=one.revision)
    units = frozen_table.frozen_table(
        columns(_("Unit"), zone), _units(one, zone), identity=UNITS, name="standings", chosen=chosen
    )
    sectors = frozen_table.frozen_table(
        columns(_("Sector"), zone, "sector"), _sectors(one), identity=SECTORS, name="standings", key="sector"
    )
    goals = [
        html.Li([html.Div(name, className="goal-name"), lights.goal(one.content["goal_lights"][key])], className="goal")
        for key, name in words.goals().items()
    ]
    said = _("publication %(n)s", n=one.revision)
    return [
        parts.card(parts.behind(_("Goals of the plan"), said), html.Ul(goals, className="goals"), name="goals-card"),
        parts.card(parts.behind(_("By unit"), said), with_exports(units, export="casualties-by-unit", query=query, identity=UNITS)),
        parts.card(
            parts.behind(_("By sector"), said), with_exports(sectors, export="casualties-by-sector", query=query, identity=SECTORS)
        ),
    ]  # fmt: skip


def export_units(asked: Mapping[str, str], one: Publication, found: PublishedPeriod, reading: Reading) -> Exported:
    """The zone and its units as they were published, as a file."""
    title = f"{CASUALTIES.title} {numbers.period(found.period)} {_('By unit')} {one.day}"
    zone = reading.zone
    return frozen_table.exported(columns(_("Unit"), zone), _units(one, zone), asked, title, one, found, reading)


def export_sectors(asked: Mapping[str, str], one: Publication, found: PublishedPeriod, reading: Reading) -> Exported:
    """The sectors as they were published, as a file."""
    title = f"{CASUALTIES.title} {numbers.period(found.period)} {_('By sector')} {one.day}"
    made = columns(_("Sector"), reading.zone, "sector")
    return frozen_table.exported(made, _sectors(one), asked, title, one, found, reading)


def _units(one: Publication, zone: Zone) -> list[FrozenRow]:
    whole = {"unit": "", "name": zone.name, **one.content["zone"]}
    return [whole, *(row for row in one.content["units"] if _told(row))]


def _sectors(one: Publication) -> list[FrozenRow]:
    return [row for row in one.content["sectors"] if _told(row)]


def _told(row: FrozenRow) -> bool:
    """Whether there is a cap, or anybody died this year or last."""
    return row["cap"] is not None or bool(row["deaths"] or row["fatal_accidents"] or row["last_year_deaths"])


def columns(head: str, zone: Zone, key: str = "unit") -> list[FrozenColumn]:
    """What of a printed scope the tables show."""
    codes = zone.sectors if key == "sector" else zone.unit_by_code
    usual = {code: place for place, code in enumerate(codes)}
    count = [
        ("deaths", _("Deaths")), ("fatal_accidents", _("Fatal accidents")), ("cap", _("Cap")), ("remaining", _("Left of the cap")),
    ]  # fmt: skip
    return [
        FrozenColumn("name", head, lambda row: row["name"], Written.TEXT, name="standing-name",
                     order=lambda row: usual.get(row[key], -1)),
        *(FrozenColumn(one, said, _of(one)) for one, said in count),
        FrozenColumn("progress", _("Share of the cap used"), _of("progress"), Written.SHARE),
        FrozenColumn("pace", _("Pace"), _of("pace"), Written.AMOUNT, name="num beside"),
        FrozenColumn("last_year_deaths", _("Deaths last year"), _of("last_year_deaths"), name="num beside"),
        FrozenColumn("breach_probability", _("probability of breach"), _of("breach_probability"), Written.SHARE,
                     shown=lambda row: [numbers.chance(row["breach_probability"])]),
        FrozenColumn("light", _("Light of the targets"), lambda row: None if row["light"] is None else lights.word(row["light"]),
                     Written.TEXT, shown=lambda row: [lights.light(row["light"])], name="standing-light",
                     order=lambda row: None if row["light"] is None else LIGHTS.index(row["light"])),
    ]  # fmt: skip


def _of(key: str) -> Any:
    return lambda row: row[key]
