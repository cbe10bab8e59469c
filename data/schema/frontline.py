"""Front-line duty (kind ``frontline``): which enterprise has its two lists and two cards, month by month."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import metadata

KINDS = ("frontline",)

frontline_duty = Table(
    "frontline_duty",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False, comment="The unit that tells of it"),
    Column("period", String(7), nullable=False, comment="Month of the ledger"),
    Column("enterprise", Text, nullable=False, comment="企业名称"),
    Column("credit_code", String(18), nullable=False, comment="统一社会信用代码"),
    Column("posts", Integer, comment="岗位数"),
    Column("risk_list", Boolean, nullable=False, comment="岗位风险清单"),
    Column("duty_list", Boolean, nullable=False, comment="岗位职责清单"),
    Column("operation_card", Boolean, nullable=False, comment="岗位操作卡"),
    Column("response_card", Boolean, nullable=False, comment="岗位应急处置卡"),
    Column("completed_on", Date, comment="完成日期"),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    Index("ix_frontline_duty_credit_code", "zone", "credit_code"),
    comment="One row is one row of 一线责任制台账 in one accepted workbook: an enterprise's documents as a unit told of them.",
)
