"""What people configure, as acts: the accounts, units, deadlines and schemes themselves stand in their own tables."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table

from data.schema.base import Instant, metadata

configuration = Table(
    "configuration",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The act's line in the journal."),
    Column("act", String(20), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one journalled act on accounts or on what is configured; what it did stands in its own table.",
)
