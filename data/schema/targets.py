"""The year's targets (kind ``targets``): casualty caps and inspection plans."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, Numeric, String, Table

from data.schema.base import metadata

KINDS = ("targets",)

casualty_cap = Table(
    "casualty_cap",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), comment="null: the whole zone"),
    Column("sector", String(40), comment="null: all sectors"),
    Column("cap", Integer, comment="Deaths not to be exceeded; null where given as a change on last year"),
    Column("change_percent", Numeric(7, 2), comment="Change on last year's deaths, e.g. -5.00"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "sector"], ["sector.zone", "sector.sector"]),
    comment="One row is one cap of 亡人指标 in one accepted workbook.",
)

inspection_plan = Table(
    "inspection_plan",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("month", String(7), primary_key=True),
    Column("unit", String(40), nullable=False),
    Column("inspections", Integer, nullable=False),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is the inspections that one unit plans for one month.",
)
