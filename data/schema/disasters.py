"""Warnings and disasters (kind ``disasters``): what towns and the office tell of them, month by month."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import Instant, metadata

KINDS = ("disasters",)
MEASURES = ("禁", "停", "撤", "疏")
"""What is forbidden, stopped, moved out of and led away at a warning (熔断)."""

disaster = Table(
    "disaster",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False, comment="The unit that tells of it"),
    Column("period", String(7), nullable=False, comment="Month of the ledger"),
    Column("number", Text, nullable=False, comment="编号 as written"),
    Column("number_key", Text, nullable=False, comment="编号 as compared; with the unit it names one thing"),
    Column("happened_at", Instant, comment="发生时间; none: a warning that nothing followed"),
    Column("type", Text, nullable=False, comment="类型"),
    Column("territory", String(40), nullable=False, comment="属地"),
    Column("warned_at", Instant, comment="预警时间; none: it came without a warning"),
    Column("called_at", Instant, comment="叫应时间"),
    Column("answered_at", Instant, comment="应答时间"),
    Column("fed_back_at", Instant, comment="反馈时间"),
    Column("measures", String(10), comment="熔断措施: of 禁, 停, 撤, 疏, joined by 、"),
    Column("moved", Integer, nullable=False, comment="转移人数"),
    Column("dead", Integer, nullable=False, comment="死亡人数"),
    Column("missing", Integer, nullable=False, comment="失踪人数"),
    Column("responsible", Boolean, nullable=False, comment="责任事件"),
    Column("in_need", Integer, nullable=False, comment="需救助人数"),
    Column("helped", Integer, nullable=False, comment="已保障人数"),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "territory"], ["unit.zone", "unit.unit"]),
    Index("ix_disaster_number", "zone", "unit", "number_key"),
    comment="One row is one row of 灾害与预警台账 in one accepted workbook: a warning, a disaster, or both, as it was told that month.",
)
