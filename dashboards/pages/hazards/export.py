"""What the page of hazards lets its readers take along besides the list: the standings as they are sorted, and the two ledgers beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboards.components import part_standings
from dashboards.components.exports import (
    Exported,
    Field,
    NothingToExport,
    Offer,
    Written,
    as_it_stands,
    refuse_too_many,
    scope_said,
)
from dashboards.components.grid_request import Told
from dashboards.components.page_list import HAZARDS
from dashboards.pages.hazards import ledgers, lowered, standings
from dashboards.pages.hazards.chosen import grade_said
from dashboards.pages.hazards.query import HazardsSeen, look
from dashboards.pages.hazards.standings import PartOfHazards
from dashboards.results import hazards_lowered
from dashboards.results.reading import Reading
from data.language import gettext as _

TITLES: dict[PartOfHazards, Callable[[], str]] = {
    "unit": lambda: _("By unit"), "sector": lambda: _("By sector"), "level": lambda: _("By responsible level"),
}  # fmt: skip


def standing_of(part: PartOfHazards) -> Offer:
    """The offer of a standing; units are not for an account of one of them."""

    def made(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
        seen = look(asked, reading)
        if part == "unit" and seen.report.own_unit is not None:
            raise NothingToExport
        title = _title(grade_said(seen.asked.grade), TITLES[part]())
        return part_standings.exported(
            asked,
            standings.lines(seen, part),
            standings.words(part),
            standings.columns(),
            name=_name(title, seen),
            title=title,
            said=_said(reading, seen),
        )

    return made


def two_ledgers(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """Where the ledgers of inspections and of hazards differ; of a unit its own."""
    seen = look(asked, reading)
    title = _title(_("Two ledgers beside each other"))
    return Exported(
        name=_name(title, seen),
        title=title,
        said=_said(reading, seen),
        fields=[Field(one, Written.COUNT if at > 1 else Written.TEXT) for at, one in enumerate(ledgers.heads())],
        rows=[ledgers.cells(seen, one) for one in ledgers.differing(seen)],
    )


def lowered_hazards(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """Major hazards that a later ledger told of as ordinary, with both cells, of what is chosen besides the grade."""
    seen = look(asked, reading)
    title = _title(_("Lowered from major to ordinary"))
    found = hazards_lowered.of(seen.report, seen.chosen)
    refuse_too_many(len(found))
    told = hazards_lowered.fetch(reading, seen.report, found)
    return Exported(
        name=_name(title, seen),
        title=title,
        said=_said(reading, seen),
        fields=[Field(one, Written.TEXT) for one in lowered.heads()],
        rows=[list(lowered.cells(one, seen.report.asked.as_of, seen.zone)) for one in told],
    )


def _title(*words: str) -> str:
    return " ".join([HAZARDS.title, *words])


def _name(title: str, seen: HazardsSeen) -> str:
    return f"{title} {seen.asked.day.isoformat()}".replace(" ", "-")


def _said(reading: Reading, seen: HazardsSeen) -> list[str]:
    return [*as_it_stands(reading, seen.asked.day), scope_said(reading)]
