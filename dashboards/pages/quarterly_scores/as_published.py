"""The quarter as it was published: the frozen rows in the page's table, and who speaks last by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, frozen_table, numbers, parts, published, words
from dashboards.components.exports import Exported, Written
from dashboards.components.frozen_table import FrozenColumn, FrozenRow
from dashboards.components.frozen_words import points_said, unit_name
from dashboards.components.page_list import SCORES
from dashboards.components.standings import with_exports
from dashboards.method.scores import COMPONENTS
from dashboards.pages.quarterly_scores.query import ScoresSeen
from dashboards.pages.quarterly_scores.table import GRADES
from dashboards.results.names import flags_shown
from dashboards.results.published import PublishedPeriod
from dashboards.results.reading import Reading
from dashboards.results.scores import reason_words
from data.intake.publications import Publication
from data.language import gettext as _
from data.zone.zone import Zone

STATE, FROZEN, MOVED = (f"quarterly-scores-{part}" for part in ("state", "published", "moved"))


def state(seen: ScoresSeen, reading: Reading) -> list[Component]:
    """Whether the quarter is published, and which of the two the page shows; or that there is no such publication."""
    asked, frozen = seen.asked.published, seen.frozen
    missing = [] if asked is None or frozen is not None else [published.no_such(asked, seen.state)]
    line = published.state_line(
        seen.state,
        reading.zone,
        link=lambda revision: seen.asked.link(published=revision),
        shown=None if frozen is None else frozen.revision,
        identity=STATE,
    )
    return [*missing, line]


def moved(seen: ScoresSeen, reading: Reading) -> list[Component]:
    """Published and live beside each other, where they differ."""
    found = published.beside(seen.state, reading.zone, identity=MOVED)
    return [] if found is None else [found]


def card(one: Publication, group: str, zone: Zone, *, chosen: str = "") -> list[Component]:
    """The ranked table of a group as it was published, and who speaks last."""
    made = frozen_table.frozen_table(
        columns(zone), _group(one, group), identity=FROZEN, name="ranked scored frozen", chosen=chosen
    )
    query = address.query(period=one.period, group=group, published=one.revision)
    table = with_exports(made, export="scores", query=query, identity=FROZEN)
    return [
        parts.card(_("Ranked table, publication %(n)s", n=one.revision), table),
        parts.card(_("Speaking last at the next safety meeting (all groups)"), _speakers(one, zone)),
    ]


def export(
    asked: Mapping[str, str], group: str, one: Publication, found: PublishedPeriod, reading: Reading
) -> Exported:
    """The ranked table as it was published, as a file."""
    title = f"{SCORES.title} {numbers.period(found.period)} {words.group(group)}"
    return frozen_table.exported(columns(reading.zone), _group(one, group), asked, title, one, found, reading)


def _group(one: Publication, name: str) -> Sequence[FrozenRow]:
    return next((group["rows"] for group in one.content["groups"] if group["group"] == name), ())


def columns(zone: Zone) -> list[FrozenColumn]:
    """What of a printed row the table shows."""
    usual = {unit.code: place for place, unit in enumerate(zone.units)}
    grades = {grade: place for place, grade in enumerate(GRADES)}
    return [
        FrozenColumn("place", _("Place"), lambda row: row["rank"], up=True, name="num place"),
        FrozenColumn("unit", _("Unit"), lambda row: row["name"], Written.TEXT, shown=_unit, name="unit-cell",
                     order=lambda row: usual.get(row["unit"])),
        FrozenColumn("score", _("Score"), lambda row: row["score"], Written.AMOUNT,
                     shown=lambda row: [html.Strong(points_said(row["score"]))], name="num score"),
        FrozenColumn("grade", _("Grade"), lambda row: row["grade"], Written.TEXT, shown=lambda row: [words.grade(row["grade"])],
                     name="change", order=lambda row: grades.get(row["grade"])),
        *(FrozenColumn(key, words.component(key), _component(key), Written.AMOUNT, name="num rate") for key in COMPONENTS),
        FrozenColumn("bonus", _("Bonus"), lambda row: row["bonus"], Written.AMOUNT, name="num beside"),
        FrozenColumn("deducted", _("Deducted"), lambda row: row["deduction"], Written.AMOUNT, name="num beside"),
        FrozenColumn("veto", _("Veto"), lambda row: row["veto"], Written.TEXT, name="veto-cell beside"),
    ]  # fmt: skip


def _component(key: str) -> Any:
    return lambda row: row["components"][key]


def _unit(row: FrozenRow) -> list[Component | str]:
    flags = [
        parts.tag(words.flag(flag), "warn", title=words.score_flag_meaning(flag)) for flag in flags_shown(row["flags"])
    ]
    return [html.Div(row["name"]), *([html.Div(flags, className="flags")] if flags else [])]


def _speakers(one: Publication, zone: Zone) -> Component:
    said = [
        html.Li(parts.behind(_who(who, zone), _("; ").join(reason_words(key) for key in who["reasons"])))
        for who in one.content["last_speakers"]
    ]
    return html.Ul(said) if said else html.P(_("nobody"))


def _who(who: FrozenRow, zone: Zone) -> str:
    return unit_name(who["unit"], zone) if "unit" in who else str(who["enterprise"])
