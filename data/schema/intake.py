"""What was sent, what was found in it, and who did what: the log that never loses a row."""

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text, UniqueConstraint

from data.schema.base import Instant, metadata

submission = Table(
    "submission",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column(
        "submission", Integer, primary_key=True, autoincrement=False, comment="The receipt's number in the journal."
    ),
    Column("status", String(12), nullable=False, comment="received, accepted, rejected or duplicate"),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("sender", String(60), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("checked_at", Instant),
    Column("kind", String(40)),
    Column("unit", String(40)),
    Column("period", String(10)),
    Column("version", Integer, comment="Counts the accepted workbooks of one kind, unit and period."),
    Column("rows", Integer),
    Column("layout", JSON, comment="Where the tables stood: {table: {sheet, header_row, columns: {key: letter}}}"),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    UniqueConstraint("zone", "kind", "unit", "period", "version"),
    Index("ix_submission_due", "zone", "kind", "period", "unit", "status"),
    comment="One row is one workbook received: what became of it, and which kind, unit, period and version it is.",
)

submission_problem = Table(
    "submission_problem",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("severity", String(8), nullable=False),
    Column("code", String(40), nullable=False),
    Column("sheet", Text),
    Column("cell", String(12)),
    Column("column", Text),
    Column("value", Text),
    Column("cells", JSON, nullable=False),
    Column("message", Text, nullable=False, comment="Message id of the sentence about it"),
    Column("parameters", JSON, nullable=False, comment="What the sentence is filled with"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    comment="One row is one problem found in a workbook, at one cell or at several alike.",
)

audit = Table(
    "audit",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("journal", String(64), nullable=False, comment="Hash of the journal's last line when this was written"),
    Column("before", String(64), nullable=False, comment="Hash of the entry before"),
    Column("hash", String(64), nullable=False, comment="SHA-256 over all of the entry, the two above included"),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one act of a person or of the loader, written in the act's own transaction.",
)
