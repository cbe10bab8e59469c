"""Tip-offs, sanctions for dishonesty and crackdowns (kind ``tipoffs``), as units told of them month by month."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Integer, String, Table, Text

from data.schema.base import Money, metadata

KINDS = ("tipoffs",)
TYPES = ("举报", "失信惩戒", "打非")
"""类型, in the order in which reports list them."""
TIP_OFF = TYPES[0]
"""What somebody told of somebody; the others are what offices did."""

tipoff = Table(
    "tipoff",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False, comment="The unit that handles it"),
    Column("period", String(7), nullable=False, comment="Month of the ledger"),
    Column("number", Text, nullable=False, comment="编号 as written"),
    Column("number_key", Text, nullable=False, comment="编号 as compared; names one case of the unit"),
    Column("received_on", Date, nullable=False, comment="日期"),
    Column("type", String(20), nullable=False, comment="类型"),
    Column("object", Text, nullable=False, comment="对象; for the office and the unit alone, as all of the row"),
    Column("sector", String(40)),
    Column("substantiated", Boolean, nullable=False, comment="是否查实"),
    Column("reward_yuan", Money, comment="奖励金额"),
    Column("paid_on", Date, comment="发放日期"),
    Column("closed_on", Date, comment="办结日期"),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "sector"], ["sector.zone", "sector.sector"]),
    comment="One row is one row of 举报与失信惩戒 in one accepted workbook: a case as its unit told of it that month.",
)
