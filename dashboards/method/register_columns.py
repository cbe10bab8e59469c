"""The register of enterprises as columns: who is in it on a day, and by which row of which list (METHOD section 5.1).

It says the same as ``register.register_on`` of rows; a law holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboards.method.columns import NEVER, Coded, Flags, Numbers, Places, SameByValue

NOBODY = -1
"""Stands for no enterprise, no unit, no row."""


@dataclass(frozen=True, slots=True, eq=False)
class RegisterColumns(SameByValue):
    """The rows of the lists that make a register.

    ``enterprise``: of which of so many ``enterprises`` each row speaks, by its number. ``unit``, ``territory`` and ``department``
    are units by their places in the order of their codes; NOBODY is no department.
    """

    enterprises: int
    enterprise: Numbers
    unit: Numbers
    territory: Numbers
    department: Numbers
    sector: Coded[str]
    size: Coded[str]
    key_industry: Flags
    pilot: Flags
    starts_on: Numbers
    ends_on: Numbers

    def at(self, places: Places | Flags) -> RegisterColumns:
        """The same of some of the rows; enterprises keep their numbers."""
        return RegisterColumns(
            self.enterprises,
            self.enterprise[places],
            self.unit[places],
            self.territory[places],
            self.department[places],
            self.sector.at(places),
            self.size.at(places),
            self.key_industry[places],
            self.pilot[places],
            self.starts_on[places],
            self.ends_on[places],
        )

    def moves_within(self, first: date, last: date) -> Flags:
        """Which rows speak of some of the days from a first to a last one and not of all of them."""
        begin, end = first.toordinal(), last.toordinal()
        begins = (self.starts_on > begin) & (self.starts_on <= end)
        ends: Flags = (self.ends_on >= begin) & (self.ends_on < end)
        return begins | ends


def entries_on(lists: RegisterColumns, day: date) -> Places:
    """Of each enterprise the place of the row that counts on a day; NOBODY where it is not in the register."""
    now = day.toordinal()
    begun = (lists.starts_on == NEVER) | (lists.starts_on <= now)
    speaking = np.flatnonzero(begun & (lists.ends_on >= now))
    unit, enterprise = lists.unit[speaking], lists.enterprise[speaking]
    in_charge = np.where(lists.department[speaking] == unit, 1, 2)
    precedence = np.where(lists.territory[speaking] == unit, 0, in_charge)
    units = int(unit.max(initial=0)) + 1
    order = np.argsort((enterprise.astype(np.int64) * 3 + precedence) * units + unit, kind="stable")
    first_of_each = order[np.flatnonzero(np.diff(enterprise[order], prepend=NOBODY))]
    entries = np.full(lists.enterprises, NOBODY, dtype=np.intp)
    entries[enterprise[first_of_each]] = speaking[first_of_each]
    return entries
