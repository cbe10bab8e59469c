"""For whom a template is made, and what one of its rows holds beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from data.zone.periods import Period
from data.zone.zone import Unit, Zone


@dataclass(frozen=True, slots=True)
class Addressee:
    """For whom and when a template is made."""

    connection: Connection
    zone: Zone
    unit: Unit
    period: Period


@dataclass(frozen=True, slots=True)
class PrefilledRow:
    """One row to fill in beforehand: values by column, and what a comment on a column's cell says."""

    cells: Mapping[str, Any]
    notes: Mapping[str, str] = field(default_factory=dict)
