"""The year's work plan, cut into items, as versions that the office decides on (METHOD section 5.8)."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table, Text

from data.schema.base import Instant, metadata

work_plan = Table(
    "work_plan",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 …: the last one holds"),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False, comment="Its YAML, whole and valid"),
    Column("entry", Integer, comment="The decision's line in the journal; none: it came with the program"),
    Column("actor", String(60)),
    Column("reason", Text),
    Column("at", Instant, comment="When it was decided; none: it counts from ever"),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one version of a year's work plan. Nothing ever changes a row.",
)
