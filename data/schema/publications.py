"""What was published: frozen as it was, a row a revision. Nothing ever changes one."""

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

publication = Table(
    "publication",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The publication's line in the journal."),
    Column("report", String(20), nullable=False, comment="ranking, scores or casualties"),
    Column("period", String(10), nullable=False),
    Column("day", String(10), nullable=False, comment="Of casualties the day as of which they are; else empty"),
    Column(
        "revision", Integer, nullable=False, comment="Counts the publications of one report, period and day from 1."
    ),
    Column("sha256", String(64), nullable=False, comment="Over the content in canonical JSON"),
    Column("content", JSON, nullable=False, comment="The report as it was printed, and what it rests on"),
    Column(
        "mistake",
        Boolean,
        nullable=False,
        comment="Whether it puts a mistake right (更正); else data got better (修订)",
    ),
    Column("reason", Text, nullable=False, comment="Why it was revised, or published early; empty where neither"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    UniqueConstraint("zone", "report", "period", "day", "revision"),
    Index("ix_publication_sha256", "zone", "sha256"),
    comment="One row is one publication of a month, a quarter or a day's casualties; a revision is another row.",
)
