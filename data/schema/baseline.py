"""Sums of a past year (kind ``baseline``), where its ledgers are not to be had."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, String, Table

from data.schema.base import Money, metadata

KINDS = ("baseline",)

baseline_month = Table(
    "baseline_month",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False),
    Column("month", String(7), nullable=False),
    Column("inspections", BigInteger),
    Column("problem_inspections", BigInteger),
    Column("hazards", BigInteger),
    Column("major_hazards", BigInteger),
    Column("penalties", BigInteger),
    Column("fines_yuan", Money),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    Index("ix_baseline_month_month", "zone", "month"),
    comment="One row is one unit's sums of one month of a past year, as the office filed them; null: not told.",
)
