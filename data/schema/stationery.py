"""The office's own of its documents: wordings and masters as versions, document numbers; and what units and enterprises promised. Nothing ever changes a row."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import Instant, metadata

document_draft = Table(
    "document_draft",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The draft's line in the journal."),
    Column("document", String(20), nullable=False, comment="Which document, or what all of them share"),
    Column("text", Text, nullable=False, comment="The wording; empty where it is a file"),
    Column("file", Text, nullable=False, comment="A .docx or .pptx in base64; empty where it is a text"),
    Column("file_name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False, comment="Of the text in UTF-8, or of the file"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    Index("ix_document_draft_document", "zone", "document"),
    comment="One row is one draft of a document's wording or master that was kept to be looked at and adopted.",
)

document_version = Table(
    "document_version",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The decision's line in the journal."),
    Column("document", String(20), nullable=False),
    Column("draft", Integer, nullable=False, comment="The draft that was adopted; 0: what the product comes with"),
    Column("reason", Text, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    Index("ix_document_version_document", "zone", "document"),
    comment="One row is one version of a document's wording or master: it holds for whatever is published after it.",
)

document_number = Table(
    "document_number",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The decision's line in the journal."),
    Column("publication", Integer, nullable=False, comment="The publication that was issued under it, by its line"),
    Column("number", String(60), nullable=False, comment="发文字号; empty where it was taken back"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    Index("ix_document_number_publication", "zone", "publication"),
    comment="One row is one document number that the office gave to the bulletin of a publication; the last one holds.",
)

unit_promise = Table(
    "unit_promise",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The record's line in the journal."),
    Column("unit", String(40), nullable=False),
    Column("period", String(10), nullable=False, comment="The month or quarter of which it was interviewed"),
    Column("text", Text, nullable=False, comment="What it promised"),
    Column("due", String(10), nullable=False, comment="By which day; empty where none was said"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    Index("ix_unit_promise_unit", "zone", "unit"),
    comment="One row is one promise that a unit gave when it was interviewed, as the office wrote it down.",
)

enterprise_promise = Table(
    "enterprise_promise",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The record's line in the journal."),
    Column("enterprise", Text, nullable=False, comment="Its credit code, or its name as compared where none was told"),
    Column("name", Text, nullable=False, comment="What it was called then"),
    Column("period", String(10), nullable=False, comment="The month or quarter of which it was interviewed"),
    Column("text", Text, nullable=False, comment="What it promised"),
    Column("due", String(10), nullable=False, comment="By which day; empty where none was said"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    Index("ix_enterprise_promise_enterprise", "zone", "enterprise"),
    comment="One row is one promise that an enterprise gave when it was interviewed, as the office wrote it down.",
)
