"""The ways from a unit's month to the page of differences: beside last month, beside another unit, beside the year compared with."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers
from dashboards.components.page_list import SIDE_BY_SIDE
from dashboards.pages.monthly_ranking.breakdown import gap
from dashboards.results.ranking import RankedGroup, RankedRow, Ranking
from data.language import gettext as _
from data.zone.periods import Month


def ways(month: Ranking, group: RankedGroup, row: RankedRow) -> Component:
    """The links; another unit is the next one ahead, of the first the next one behind, and none where nobody else is seen."""
    other = _neighbour(group, row)
    links = [
        beside_month(row, month.month, month.month.plus(-1), _("Beside last month")),
        None
        if other is None
        else dcc.Link(
            _("Beside another unit (%(unit)s)", unit=other.unit.short_name),
            href=_address(row, month.month, with_unit=other.unit.code),
        ),
    ]
    return html.P(links, className="ways-beside")


def beside_month(row: RankedRow, month: Month, other: Month, said: str = "") -> Component:
    """The link to a unit's two months side by side."""
    words = said or _("Side by side with %(month)s", month=numbers.period(other))
    return dcc.Link(words, href=_address(row, month, with_month=other))


def _address(row: RankedRow, month: Month, **other: object) -> str:
    return SIDE_BY_SIDE.path + address.query(period=month, unit=row.unit.code, **other)


def _neighbour(group: RankedGroup, row: RankedRow) -> RankedRow | None:
    ahead = gap(group, row)
    if ahead is not None:
        return ahead.ahead
    return next((other for other in group.rows if other.unit.code != row.unit.code), None)
