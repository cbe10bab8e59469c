"""Schemes as officials change them: drafts, and decisions to adopt one or to withdraw it before it holds.

What holds stands in the table ``scheme``; here is who decided it, when and why. Nothing ever changes a row.
"""

from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Integer, String, Table, Text

from data.schema.base import Instant, metadata

scheme_draft = Table(
    "scheme_draft",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The draft's line in the journal."),
    Column("name", String(60), nullable=False),
    Column("text", Text, nullable=False, comment="Its YAML, whole and valid"),
    Column("sha256", String(64), nullable=False),
    Column("instead_of", Integer, comment="The draft that it was made of, which is looked at no more"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one draft of a scheme that was kept to be looked at and adopted.",
)

scheme_decision = Table(
    "scheme_decision",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The decision's line in the journal."),
    Column("name", String(60), nullable=False),
    Column("version", String(20), nullable=False),
    Column("adopted", Boolean, nullable=False, comment="False: it was withdrawn before it held"),
    Column("draft", Integer, nullable=False, comment="The draft that was adopted, by its line"),
    Column("text", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("known", JSON, nullable=False, comment="What was published already and moves with it, as the decider knew"),
    Column("reason", Text, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one decision on a version of a scheme: adopted, or withdrawn before it held.",
)
