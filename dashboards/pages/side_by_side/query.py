"""What the address of the page asks to be set side by side, and how its links are made.

``unit`` and ``period`` are the left side; ``with_unit`` is another unit of the same month, ``with_month`` another month
of the same unit. Without either, or with one that is none, it is the month before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address, asked_period
from dashboards.components.asked_period import AskedPeriod
from dashboards.components.page_list import SIDE_BY_SIDE
from dashboards.results import side_by_side
from dashboards.results.cases import MEASURES
from dashboards.results.reading import Reading
from dashboards.results.side_by_side import SideBySide
from data.zone.periods import Month


@dataclass(frozen=True, slots=True)
class SidesQuery:
    """What the address asks for: exactly one of another month and another unit; ``measure`` is a figure
    whose cases are asked for.
    """

    unit: str
    month: Month
    with_month: Month | None
    with_unit: str | None
    measure: str | None = None
    via: str | None = None

    @property
    def left(self) -> tuple[str, Month]:
        """Unit and month of the left side."""
        return self.unit, self.month

    @property
    def right(self) -> tuple[str, Month]:
        """Unit and month of the right side."""
        return self.with_unit or self.unit, self.with_month or self.month

    @property
    def choices(self) -> dict[str, object]:
        """The keys of the address that say what is compared."""
        return {
            "period": self.month,
            "unit": self.unit,
            "with_month": self.with_month,
            "with_unit": self.with_unit,
        }

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        return SIDE_BY_SIDE.path + address.query(**{**self.choices, "measure": self.measure, **changes})

    def swapped(self) -> str:
        """The address with left and right exchanged."""
        unit, month = self.right
        return self.link(
            unit=unit,
            period=month,
            with_unit=self.unit if self.with_unit else None,
            with_month=self.month if self.with_month else None,
        )


def read(query: Mapping[str, Any], reading: Reading, month: Month) -> SidesQuery:
    """What a query asks for beside a month; what it leaves open or writes wrongly is the first unit, the month before.

    Who sees one unit alone asks for nothing else.
    """
    unit = reading.scope.unit or _unit(query.get("unit"), reading) or reading.zone.units[0].code
    other = _unit(query.get("with_unit"), reading) if reading.scope.sees_all else None
    with_unit = other if other != unit else None
    return SidesQuery(
        unit=unit,
        month=month,
        with_month=None if with_unit else _another_month(query.get("with_month"), month),
        with_unit=with_unit,
        measure=_measure(query.get("measure")),
        via=address.text(query.get("via")),
    )


def _another_month(asked: object, month: Month) -> Month:
    found = asked_period.read(address.text(asked))
    return found if isinstance(found, Month) and found != month else month.plus(-1)


def _unit(asked: object, reading: Reading) -> str | None:
    code = address.text(asked)
    return code if code in reading.zone.unit_by_code else None


def _measure(asked: object) -> str | None:
    key = address.text(asked)
    return key if key in MEASURES else None


@dataclass(frozen=True, slots=True)
class SidesSeen:
    """What an address shows, and the month as the address writes it."""

    asked: SidesQuery
    both: SideBySide
    written: AskedPeriod[Month]


def look(query: Mapping[str, Any], reading: Reading) -> SidesSeen:
    """Fetch what an address asks for."""
    written = asked_period.month(address.text(query.get("period")), reading)
    asked = read(query, reading, written.period)
    return SidesSeen(asked, side_by_side.fetch(reading, asked.left, asked.right), written)
