"""The dated events of the committee's year, a row a version, and whom a post of the plan is held by. Nothing ever changes a row."""

from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Integer, String, Table, Text

from data.schema.base import Instant, metadata

KINDS = ("meeting", "hearing", "speech", "supervision", "interview", "campaign", "other")
"""会议, 履职报告听取, 末位发言, 督查, 约谈, 活动, 其他."""

calendar_event = Table(
    "calendar_event",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The version's line in the journal."),
    Column("event", Integer, nullable=False, comment="The event, by the line that added it; 0: this one adds it"),
    Column("replaces", Integer, nullable=False, comment="The version before it, by its line; 0: none"),
    Column("kind", String(20), nullable=False),
    Column("day", String(10), nullable=False, comment="The day, or the first of several"),
    Column("last_day", String(10), nullable=False, comment="The last of several days; empty: it is one day"),
    Column("starts_at", String(5), nullable=False, comment="The time of the day, 09:30; empty: none was said"),
    Column("title", Text, nullable=False, comment="What everybody reads whom it concerns: no name of a person"),
    Column("place", Text, nullable=False),
    Column("units", JSON, nullable=False, comment="The units that it concerns, by their codes; none: everybody"),
    Column("period", String(7), nullable=False, comment="The quarter of which is spoken last; empty: it is no speech"),
    Column("enterprise", Text, nullable=False, comment="The enterprise that speaks last; empty: a unit does, or none"),
    Column("note", Text, nullable=False, comment="For the office and the one unit that it concerns"),
    Column("held_on", String(10), nullable=False, comment="The day on which it took place; empty: it did not yet"),
    Column("cancelled", Boolean, nullable=False),
    Column("reason", Text, nullable=False, comment="Why it is cancelled; empty where it is not"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one version of one dated event of the committee; the last one holds.",
)

leader_name = Table(
    "leader_name",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The line in the journal."),
    Column("year", Integer, nullable=False, comment="The year of the plan that names the post"),
    Column("post", String(200), nullable=False, comment="The post, as the plan writes it"),
    Column("person", String(60), nullable=False, comment="Who holds it; empty: nobody is named any more"),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is who holds one post that a year's plan lays duties on; the last one of a post holds.",
)
