"""What is chosen on the quarterly scores, as chips: the unit whose score is taken apart."""

from __future__ import annotations

from dashboards.components.chips import Chip
from dashboards.pages.quarterly_scores.query import ScoresQuery
from dashboards.results.reading import Reading
from data.language import gettext as _


def chips(asked: ScoresQuery, reading: Reading) -> list[Chip]:
    """The choices beyond quarter and group; what nobody chose is no choice."""
    return [*_unit(asked, reading), *_published(asked)]


def _published(asked: ScoresQuery) -> list[Chip]:
    if asked.published is None:
        return []
    return [Chip(_("publication %(n)s", n=asked.published), "", asked.link(published=None))]


def _unit(asked: ScoresQuery, reading: Reading) -> list[Chip]:
    found = reading.zone.unit_by_code.get(asked.unit or "") if "unit" in asked.chosen else None
    if found is None or not reading.scope.sees_all:
        return []
    names = {"differences": _("Self against review"), "table": _("Ranked table"), "weakest": _("weakest measures")}
    return [Chip(found.short_name, names.get(asked.via or "", ""), asked.link(unit=None))]
