"""Whose row of the register counts where several units list an enterprise (METHOD section 5.1)."""

from __future__ import annotations


def precedence(unit: str, territory: str, department: str | None) -> tuple[int, str]:
    """The least counts: the territory's own row, then that of the department in charge, then by the unit's code."""
    return (0 if territory == unit else 1 if department == unit else 2, unit)
