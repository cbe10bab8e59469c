"""What is chosen on the page as chips: the unit or the month compared with, and a figure whose cases are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components import words
from dashboards.components.chips import Chip
from dashboards.pages.side_by_side.query import SidesQuery
from dashboards.pages.side_by_side.words import called
from dashboards.results.side_by_side import SideBySide
from data.language import gettext as _


def chips(asked: SidesQuery, both: SideBySide) -> list[Chip]:
    """The choices of an address beyond unit and month; the month before is compared with unasked."""
    return [*_other(asked, both), *_figure(asked)]


def _other(asked: SidesQuery, both: SideBySide) -> Iterator[Chip]:
    if asked.with_unit is not None or asked.with_month != asked.month.plus(-1):
        said = _("beside %(other)s", other=called(both.right, both))
        yield Chip(said, "", asked.link(with_unit=None, with_month=None))


def _figure(asked: SidesQuery) -> Iterator[Chip]:
    if asked.measure is not None:
        said = _("cases: %(figure)s", figure=words.indicator(asked.measure))
        via = _("Where does the difference come from?") if asked.via == "difference" else ""
        yield Chip(said, via, asked.link(measure=None))
