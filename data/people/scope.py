"""What an account may see and do: the one way to a figure leads through a scope."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What an account is for."""

    VIEWER = "viewer"
    UNIT = "unit"
    OFFICE = "office"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Scope:
    """A zone, and who asks: an account by name, its role, and the unit of a ``unit`` account.

    A unit's account sees of an unpublished period its own figures, and nothing from which those of others could be
    worked out: no rank, no totals. What is published everybody sees, as it was published; live places never become a
    unit's to see. Names of people are the office's and the handling unit's.
    """

    zone: str
    role: Role
    account: str
    unit: str | None = None

    @property
    def alike(self) -> Scope:
        """The same for every account that sees the same figures: without the account's name."""
        return replace(self, account="")

    @property
    def sees_all(self) -> bool:
        """Whether all units' unpublished figures may be seen, ranks and totals too."""
        return self.role is not Role.UNIT

    def sees(self, unit: str) -> bool:
        """Whether this unit's figures may be seen before they are published."""
        return self.sees_all or unit == self.unit

    def sees_names(self, unit: str | None) -> bool:
        """Whether names of people, and original workbooks in which they stand, may be seen of what this unit filed."""
        return self.role is Role.OFFICE or (self.role is Role.UNIT and unit is not None and unit == self.unit)

    def is_told(self, code: str) -> bool:
        """Whether a problem of this code may be told at all: what speaks of another unit's ledger is the office's."""
        return self.decides or code not in TOLD_TO_THE_OFFICE

    @property
    def files(self) -> bool:
        """Whether workbooks may be sent."""
        return self.role in {Role.OFFICE, Role.UNIT}

    def files_for(self, unit: str) -> bool:
        """Whether workbooks of this unit may be sent."""
        return self.role is Role.OFFICE or (self.role is Role.UNIT and unit == self.unit)

    @property
    def files_for_all(self) -> bool:
        """Whether the tables may be sent that the office alone files, for they set the marks and caps of everybody.

        The office is a unit too: an account of role ``unit`` that is of this very unit is still no office account.
        """
        return self.role is Role.OFFICE

    def answers_for(self, unit: str) -> bool:
        """Whether the marks of this unit may be answered: by its own account, and by nobody in its place."""
        return self.role is Role.UNIT and unit == self.unit

    @property
    def decides(self) -> bool:
        """Whether decisions of the committee's office may be taken: vetoes, returns, publications."""
        return self.role is Role.OFFICE

    @property
    def calls_in(self) -> bool:
        """Whether the committee's papers to one unit may be made: a notice to speak last, an interview sheet.

        The office makes them, and who reads for the committee; no unit, its own neither, and nobody for his accounts' sake.
        """
        return self.role in {Role.OFFICE, Role.VIEWER}

    @property
    def administers(self) -> bool:
        """Whether accounts, units and schemes may be changed, and the audit log be read."""
        return self.role is Role.ADMIN

    @property
    def prepares_schemes(self) -> bool:
        """Whether drafts of schemes may be kept and tried on past periods: the office prepares, the administrator adopts."""
        return self.role in {Role.OFFICE, Role.ADMIN}

    def resets(self, role: Role) -> bool:
        """Whether the password of an account of this role may be reset: the office helps units, the admin everybody."""
        return self.role is Role.ADMIN or (self.role is Role.OFFICE and role is Role.UNIT)


TOLD_TO_THE_OFFICE = frozenset({"number_of_another_unit", "probable_copy"})
"""Warnings that rest on other units' ledgers: on no page and in no file that a unit gets (CONTRACT section 1)."""
OFFICE_ACCOUNT = "office"
"""Who acts on the command line (CONTRACT section 2); no account may have this name (``data.people.accounts``)."""


def nobody(zone: str) -> Scope:
    """Who sees nothing: in whose name is read what belongs to no scope."""
    return Scope(zone, Role.UNIT, "")


def office(zone: str) -> Scope:
    """The committee's office: what the command line acts as."""
    return Scope(zone, Role.OFFICE, OFFICE_ACCOUNT)
