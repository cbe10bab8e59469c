"""Lists of whom to inspect as they were issued, what was drawn of them, and what re-checks found. Nothing ever changes a row."""

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
)

from data.schema.base import Instant, metadata

issued_list = Table(
    "issued_list",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The line in the journal."),
    Column("month", String(7), nullable=False, comment="The month for which they are"),
    Column("sha256", String(64), nullable=False, comment="The fingerprint of their lines, by which is drawn"),
    Column("content", JSON, nullable=False, comment="Of each unit its list and the cases that may be drawn"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    UniqueConstraint("zone", "month"),
    comment="One row is the lists of all units for one month, as they were issued.",
)

list_draw = Table(
    "list_draw",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The line in the journal."),
    Column("list", Integer, nullable=False, comment="The issued lists, by their line"),
    Column("number", String(100), nullable=False, comment="The number by which is drawn; nobody here controls it"),
    Column("source", Text, nullable=False, comment="Where the number is from"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    UniqueConstraint("zone", "list"),
    comment="One row is the one draw of a month's lists.",
)

recheck = Table(
    "recheck",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The line in the journal."),
    Column("list", Integer, nullable=False, comment="The issued lists, by their line"),
    Column("line", String(200), nullable=False, comment="The line of the lists that was drawn"),
    Column("unit", String(40), nullable=False, comment="Whose line it is"),
    Column("accurate", Boolean, nullable=False, comment="Whether the re-check found it as the unit had told"),
    Column("note", Text, nullable=False, comment="What was found; empty where nothing was written"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    Index("ix_recheck_list", "zone", "list"),
    comment="One row is the outcome of the re-check of one line that was drawn; the last one of a line holds.",
)
