"""What the committee's office found on its rounds and handed out to be put right (kind ``supervision``), month by month."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Integer, String, Table, Text

from data.schema.base import metadata

KINDS = ("supervision",)
METHODS = ("明查暗访", "交叉督查", "督办交办")
"""方式, in the order in which reports list them."""

supervision_finding = Table(
    "supervision_finding",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("period", String(7), nullable=False, comment="Month of the ledger"),
    Column("number", Text, nullable=False, comment="编号 as written"),
    Column("number_key", Text, nullable=False, comment="编号 as compared; names one finding of the zone"),
    Column("ordered_on", Date, nullable=False, comment="日期"),
    Column("method", String(20), nullable=False, comment="方式"),
    Column("supervised", String(40), nullable=False, comment="被督查单位"),
    Column("finding", Text, nullable=False, comment="发现问题"),
    Column("due_on", Date, comment="整改期限"),
    Column("answered_on", Date, comment="回复日期"),
    Column("exposed", Boolean, nullable=False, comment="曝光"),
    Column("closed_on", Date, comment="销号日期"),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "supervised"], ["unit.zone", "unit.unit"]),
    comment="One row is one row of 督查台账 in one accepted workbook: a finding as that month's ledger told of it.",
)
