"""What was sent, what was found in it, and who did what: the log that never loses a row."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from data.schema.base import Instant, metadata

submission = Table(
    "submission",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column(
        "submission", Integer, primary_key=True, autoincrement=False, comment="The receipt's number in the journal."
    ),
    Column(
        "status",
        String(12),
        nullable=False,
        comment="received, checked (waits for its sender's word), confirmed, accepted, rejected, duplicate or withdrawn",
    ),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("sender", String(60), nullable=False),
    Column(
        "received_at", Instant, nullable=False, comment="From when it is known; of a confirmed one its sender's word"
    ),
    Column("uploaded_at", Instant, comment="When a confirmed one had come in; null where it was loaded at once"),
    Column("note", Text, nullable=False, default=""),
    Column("checked_at", Instant),
    Column("kind", String(40)),
    Column("unit", String(40)),
    Column("period", String(10)),
    Column("version", Integer, comment="Counts the accepted workbooks of one kind, unit and period."),
    Column("rows", Integer),
    Column("layout", JSON, comment="Where the tables stood: {table: {sheet, header_row, columns: {key: letter}}}"),
    Column("choice", JSON, comment="What the sender chose, as the journal has it; null where it was loaded at once"),
    Column("only_unit", String(40), comment="The one unit that the sender may send for; null for the office"),
    Column(
        "asks",
        Boolean,
        nullable=False,
        default=False,
        server_default=false(),
        comment="Shown to its sender before it counts",
    ),
    Column("checked_against", Integer, comment="The version in force when it was checked; null: none"),
    Column("confirmation", Integer, comment="The journal's line with its sender's word to load it"),
    Column("returned_at", Instant, comment="When the office returned it; from then on it does not count"),
    Column("returned_by", String(60)),
    Column("return_reason", Text),
    Column("annotated", String(64), comment="SHA-256 of the workbook with its problems marked in it"),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    UniqueConstraint("zone", "kind", "unit", "period", "version"),
    Index("ix_submission_due", "zone", "kind", "period", "unit", "status"),
    Index(
        "ix_submission_confirmed",
        "zone",
        sqlite_where=text("status = 'confirmed'"),
        postgresql_where=text("status = 'confirmed'"),
    ),
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

row_difference = Table(
    "row_difference",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("change", String(8), nullable=False, comment="new, changed, gone or same"),
    Column("sheet", Text, nullable=False, comment="The table's title in our template"),
    Column("row", Integer, nullable=False, comment="Row on the sheet; of what is gone: on that of the version before"),
    Column("identity", Text, nullable=False, comment="By what the row is known again, as people read it"),
    Column("before", JSON(none_as_null=True), comment="{column: text}; of what changed only that; null of new rows"),
    Column(
        "after",
        JSON(none_as_null=True),
        comment="{column: text}; of what changed only that; null of rows that are gone",
    ),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    Index("ix_row_difference_change", "zone", "submission", "change", "position"),
    comment="One row is one row of a workbook against the version before; of a checked one also rows that stay the same.",
)

decision = Table(
    "decision",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The decision's line in the journal."),
    Column("act", String(20), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one journalled decision of a person that was carried out; what it did stands in its own table.",
)

header_match = Table(
    "header_match",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("unit", String(40), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("table", String(40), primary_key=True, comment="Key of the kind's table"),
    Column("header", String(200), primary_key=True, comment="The header as compared"),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The journal's line; the last one holds."),
    Column("column", String(40), comment="Key of the column that it names; null: the match was taken back"),
    Column("written", Text, nullable=False, comment="The header as the office writes it"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is one header of a unit's own form that a person matched by hand with a column of ours.",
)

attachment = Table(
    "attachment",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The attachment's line in the journal."),
    Column("submission", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("media_type", String(60), nullable=False, comment="By its content: PDF, JPEG or PNG"),
    Column("size", Integer, nullable=False, comment="Bytes"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    Index("ix_attachment_submission", "zone", "submission"),
    comment="One row is one stamped scan or piece of evidence sent with a workbook; its bytes are in the archive.",
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
