"""What an account may see: the one way to a figure leads through a scope."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A zone, and which of its units' unpublished figures may be seen; ``units`` None is all of them."""

    zone: str
    units: frozenset[str] | None = None

    def sees(self, unit: str) -> bool:
        """Whether the unit's own figures may be seen before they are published."""
        return self.units is None or unit in self.units


def office(zone: str) -> Scope:
    """The committee's office sees all; until accounts exist it is who sits at this machine."""
    return Scope(zone)
