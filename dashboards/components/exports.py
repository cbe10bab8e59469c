"""What can be taken along as a file: each page offers its lists and standings here, by name; the route asks the offer.

An offer reads for whoever asks, so a file shows no more than the page; what it leaves out and how it is sorted stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dashboards.components import numbers
from dashboards.components.grid_request import Told
from dashboards.results.exported import Exported, Field, Written
from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_EXPORTED, Holds
from data.language import gettext as _

__all__ = ["Exported", "Field", "Written"]


class NothingToExport(Exception):
    """There is nothing of that kind for whoever asks."""


class ExportNotAllowed(Exception):
    """The role of whoever asks does not allow it; the text says so."""


class TooManyRows(Exception):
    """More rows than a file takes; the text says so and what to do."""


Offer = Callable[[Mapping[str, str], Told, Reading], Exported]
"""Makes what an address asks for, for whoever asks. NothingToExport, ExportNotAllowed, TooManyRows, Unasked."""
OFFERS: dict[str, Offer] = {}


def offer(name: str, make: Offer) -> None:
    """Let something be taken along as ``/export/NAME.xlsx`` and ``.csv``; a page says it where its callbacks are."""
    OFFERS[name] = make


def refuse_too_many(total: int) -> None:
    """TooManyRows where a file would have more rows than it takes."""
    if total > MOST_EXPORTED:
        raise TooManyRows(_("%(n)s rows are more than one file takes (%(most)s). Filter the list, then export again.",
                        n=numbers.count(total), most=numbers.count(MOST_EXPORTED)))  # fmt: skip


def scope_said(reading: Reading) -> str:
    """Whose figures whoever asks may see, and by which day they were known."""
    unit = reading.scope.unit
    seen = _("all units") if reading.scope.sees_all else reading.zone.unit_by_code[unit or ""].short_name
    return _("Seen by %(account)s (%(seen)s), as known on %(day)s", account=reading.scope.account, seen=seen,
             day=numbers.day(reading.today))  # fmt: skip


def as_it_stands(reading: Reading, as_of: date | None = None) -> list[str]:
    """What lists say first that are never published: as of which day (today if none is said), and what was known by then."""
    today = reading.today
    day = _("as of %(day)s", day=numbers.day(as_of or today))
    return [_("As it stands; never published"), day, _("known by %(day)s", day=numbers.day(today))]


def sorted_said(heading: str, *, down: bool, named: bool = False, holds: Holds = Holds.NUMBER) -> str:
    """In which order the rows stand."""
    way = order_said(down=down, named=named, holds=holds)
    return _("Sorted by “{heading}”, {order}").format(heading=heading, order=way)


def order_said(*, down: bool, named: bool = False, holds: Holds = Holds.NUMBER) -> str:
    """An order by figures, days or texts in words; ``named``: of names that the zone has an order of its own for."""
    if named:
        return _("in the zone's order, from its end") if down else _("in the zone's order")
    if holds is Holds.NUMBER:
        return _("highest first") if down else _("lowest first")
    if holds is Holds.DAY:
        return _("latest first") if down else _("earliest first")
    return _("in descending order") if down else _("in ascending order")
