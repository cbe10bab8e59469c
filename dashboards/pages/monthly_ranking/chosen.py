"""What is chosen on the monthly ranking, as chips: a unit, a figure whose cases are shown, a year of comparison."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components import numbers, words
from dashboards.components.chips import Chip
from dashboards.pages.monthly_ranking.query import RankingQuery
from dashboards.results.reading import Reading
from data.language import gettext as _
from data.zone.periods import Year


def chips(asked: RankingQuery, reading: Reading) -> list[Chip]:
    """The choices of an address beyond its month and group; what nobody chose is no choice."""
    return [*_unit(asked, reading), *_figure(asked), *_rate(asked, reading), *_year(asked), *_published(asked)]


def _unit(asked: RankingQuery, reading: Reading) -> Iterator[Chip]:
    found = reading.zone.unit_by_code.get(asked.unit or "") if "unit" in asked.chosen else None
    if found is not None and reading.scope.sees_all:
        yield Chip(
            found.short_name,
            _via(asked, "bars", "table", "places", "moves", "funnel"),
            asked.link(unit=None, group=asked.group),
        )


def _figure(asked: RankingQuery) -> Iterator[Chip]:
    if "measure" in asked.chosen:
        said = _("cases: %(figure)s", figure=words.indicator(asked.measure))
        yield Chip(said, _via(asked, "waterfall", "found", "chain", "days"), asked.link(measure=None))


def _rate(asked: RankingQuery, reading: Reading) -> Iterator[Chip]:
    if "rate" in asked.chosen and reading.scope.sees_all:
        said = _("beside chance: %(rate)s", rate=words.indicator(asked.rate))
        yield Chip(said, "", asked.link(rate=None))


def _year(asked: RankingQuery) -> Iterator[Chip]:
    if asked.compare is not None:
        said = _("compared with %(year)s", year=numbers.period(Year(asked.compare)))
        yield Chip(said, "", asked.link(compare=None))


def _published(asked: RankingQuery) -> Iterator[Chip]:
    if asked.published is not None:
        yield Chip(_("publication %(n)s", n=asked.published), "", asked.link(published=None))


def _via(asked: RankingQuery, *places: str) -> str:
    """Where the last choice was made, if it was made in one of these places."""
    names = {
        "bars": _("Scores"),
        "table": _("Ranked table"),
        "waterfall": _("the score taken apart"),
        "places": _("places over the year"),
        "moves": _("moves since last month"),
        "found": _("much and little"),
        "funnel": _("beyond chance"),
        "chain": _("the chain of cases"),
        "days": _("days of inspections"),
    }
    return names[asked.via] if asked.via in places else ""
