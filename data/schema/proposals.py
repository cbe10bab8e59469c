"""What the office would decide on its own unit, and what a second account says to it (METHOD section 1)."""

from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table

from data.schema.base import Instant, metadata

proposal = Table(
    "proposal",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The proposal's line in the journal."),
    Column("act", String(20), nullable=False, comment="What would be decided"),
    Column("unit", String(40), nullable=False, comment="The office's own unit"),
    Column("told", JSON, nullable=False, comment="The decision's particulars, as its line would have them"),
    Column("actor", String(60), nullable=False, comment="Who proposes it"),
    Column("at", Instant, nullable=False),
    Column("confirmed", Boolean, comment="What another account said; null: it waits"),
    Column("answer", Integer, comment="The journal's line of the answer: of the decision, if it was confirmed"),
    Column("answered_by", String(60)),
    Column("answered_at", Instant),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    Index("ix_proposal_confirmed", "zone", "confirmed"),
    comment="One row is one decision of the office on its own unit, which takes effect when a second account confirms it.",
)
