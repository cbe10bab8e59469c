"""What units tell of the plan's items (kind ``tasks``), quarter by quarter."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import Mark, metadata

KINDS = ("tasks",)

task_progress = Table(
    "task_progress",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False, comment="The unit that tells of it"),
    Column("period", String(7), nullable=False, comment="Quarter of the workbook, e.g. 2022Q2"),
    Column("item", String(20), nullable=False, comment="任务编号: an item of the year's plan"),
    Column("object", Text, comment="对象 as written; none: the unit itself"),
    Column(
        "object_key",
        Text,
        nullable=False,
        comment="对象 as compared: a unit by its code (none given: the unit that tells of it)",
    ),
    Column("expected", Mark, nullable=False, comment="应完成数"),
    Column("done", Mark, nullable=False, comment="已完成数: the total since 1 January"),
    Column("happened_on", Date, comment="发生日期"),
    Column("completed_on", Date, comment="完成日期: the day of evidence; none: the period's last day"),
    Column("progress", Text, nullable=False, comment="进展情况"),
    Column("evidence", Text, comment="佐证材料"),
    Column("trouble", Text, comment="存在问题"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    Index("ix_task_progress_item", "zone", "unit", "item"),
    comment="One row is one row of 重点任务进展 in one accepted workbook: how far an item of the plan has come, as that quarter told.",
)
