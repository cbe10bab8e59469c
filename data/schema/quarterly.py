"""The quarter's ten measures: what a unit says of itself, what the committee says, and what the office decides on vetoes."""

from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import Instant, Mark, metadata

KINDS = ("self_assessment", "review")

self_mark = Table(
    "self_mark",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False),
    Column("period", String(7), nullable=False),
    Column("measure", Integer, nullable=False, comment="Number of the measure in the scheme"),
    Column("mark", Mark, nullable=False),
    Column("done", Text, comment="完成情况"),
    Column("evidence", Text, comment="佐证材料"),
    Column("reason", Text, comment="扣分原因"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is one measure of 十条措施自评 in one accepted workbook.",
)

review_mark = Table(
    "review_mark",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False),
    Column("period", String(7), nullable=False),
    Column("measure", Integer, nullable=False, comment="Number of the measure in the scheme"),
    Column("mark", Mark, nullable=False),
    Column("reason", Text, comment="扣分原因"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is one unit's mark for one measure in 十条措施评审 of one accepted workbook.",
)

review_extra = Table(
    "review_extra",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False),
    Column("period", String(7), nullable=False),
    Column("bonus", Mark, nullable=False),
    Column("deduction", Mark, nullable=False),
    Column("veto", Boolean, nullable=False),
    Column("reason", Text, comment="事由"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is one row of 加减分与否决: points added or taken off, or a veto. Several of a unit add up.",
)

veto_decision = Table(
    "veto_decision",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="The decision's line in the journal."),
    Column("period", String(7), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("confirmed", Boolean, nullable=False, comment="False: the proposal was dismissed"),
    Column("grounds", JSON, nullable=False, comment="The grounds decided on, as the proposal named them"),
    Column("reason", Text, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    Index("ix_veto_decision_period", "zone", "period", "unit"),
    comment="One row is one decision of the office on a proposed veto; grounds that come later are proposed anew.",
)
