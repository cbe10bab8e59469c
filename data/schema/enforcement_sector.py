"""The rollup of enforcement ledgers by sector (行业领域) and way of inspecting (检查方式), which pages read beside that by unit."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, String, Table

from data.schema.base import metadata


@dataclass(frozen=True, slots=True)
class SectorSums:
    """The sums of one sector, or one way of inspecting, and month: cases, hazards, decisions."""

    inspections: int = 0
    problem_inspections: int = 0
    hazards: int = 0
    major_hazards: int = 0
    penalties: int = 0
    due_cases: int = 0
    closed_cases: int = 0


SECTOR_FIELDS = tuple(field.name for field in fields(SectorSums))
"""The columns of ``enforcement_sector`` that are sums."""

enforcement_sector = Table(
    "enforcement_sector",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("unit", String(40), primary_key=True),
    Column("sector", String(40), primary_key=True),
    Column("method", String(20), primary_key=True, comment="检查方式; empty where the ledger leaves it open"),
    *(Column(name, BigInteger, nullable=False) for name in SECTOR_FIELDS),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is what one unit's cases of one sector, inspected in one way, add up to in one month, recomputed with every load that touches them.",
)
