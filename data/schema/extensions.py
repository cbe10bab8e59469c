"""Deadlines that the office extended, a row a decision. Nothing ever changes one: a further extension is another row."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import Instant, metadata

extension = Table(
    "extension",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The decision's line in the journal."),
    Column("kind", String(40), nullable=False),
    Column("period", String(10), nullable=False),
    Column("unit", String(40), comment="Null: all units that file it"),
    Column("until", String(10), nullable=False, comment="The last day on which it is filed in time, from then on"),
    Column("reason", Text, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    Index("ix_extension_period", "zone", "period", "kind"),
    comment="One row is one decision of the office to extend a deadline, of one unit or of all.",
)
