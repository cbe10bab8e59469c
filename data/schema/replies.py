"""The right of reply: what a unit answers to the marks of a review, the evidence for it, and what the office decides."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import Instant, Mark, metadata

mark_reply = Table(
    "mark_reply",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The reply's line in the journal."),
    Column("period", String(7), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("measure", Integer, nullable=False, comment="Number of the measure in the scheme"),
    Column("review", Integer, nullable=False, comment="The submission whose mark it answers"),
    Column("mark", Mark, nullable=False, comment="The reviewed mark that it answers"),
    Column("agrees", Boolean, nullable=False, comment="False: the unit contests the mark"),
    Column("reason", Text, nullable=False, comment="Why it is contested; empty where the unit agrees"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "review"], ["submission.zone", "submission.submission"]),
    Index("ix_mark_reply_period", "zone", "period", "unit"),
    comment="One row is one answer of a unit to one mark; the last one of a measure holds, the earlier ones stay.",
)

reply_evidence = Table(
    "reply_evidence",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The evidence's line in the journal."),
    Column("reply", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("media_type", String(60), nullable=False, comment="By its content: PDF, JPEG or PNG"),
    Column("size", Integer, nullable=False, comment="Bytes"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "reply"], ["mark_reply.zone", "mark_reply.entry"]),
    Index("ix_reply_evidence_reply", "zone", "reply"),
    comment="One row is one piece of evidence for why a mark is contested; its bytes are in the archive.",
)

mark_decision = Table(
    "mark_decision",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The decision's line in the journal."),
    Column("reply", Integer, nullable=False, comment="The reply that it decides on"),
    Column("period", String(7), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("measure", Integer, nullable=False, comment="Number of the measure in the scheme"),
    Column("before", Mark, nullable=False, comment="The reviewed mark that it was decided on"),
    Column("mark", Mark, nullable=False, comment="What counts in its place; the same where it is upheld"),
    Column("reason", Text, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "reply"], ["mark_reply.zone", "mark_reply.entry"]),
    Index("ix_mark_decision_period", "zone", "period", "unit"),
    comment="One row is one decision of the office on a contested mark; the last one of a measure holds.",
)
