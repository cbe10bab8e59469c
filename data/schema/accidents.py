"""Accidents (kind ``accidents``): the office's ledger of the year to date, month by month."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import Money, metadata

KINDS = ("accidents",)

accident = Table(
    "accident",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("period", String(7), nullable=False, comment="Month of the ledger"),
    Column("year", Integer, nullable=False),
    Column("number", Text, nullable=False, comment="事故编号 as written"),
    Column("number_key", Text, nullable=False, comment="事故编号 as compared; names one accident of the year"),
    Column("happened_on", Date, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("territory", String(40), nullable=False, comment="属地"),
    Column("sector", String(40), nullable=False),
    Column("department", String(40), comment="行业主管部门"),
    Column("type", String(40), nullable=False),
    Column("dead", Integer, nullable=False, comment="死亡人数, without the missing"),
    Column("missing", Integer, nullable=False),
    Column("serious_injuries", Integer, nullable=False),
    Column("minor_injuries", Integer, nullable=False),
    Column("loss_yuan", Money),
    Column("accident_class", String(10), nullable=False, comment="Computed, or the higher one submitted"),
    Column("counted", Boolean, nullable=False, comment="计入指标"),
    Column("status", String(10), nullable=False, comment="快报, 认定 or 核销"),
    Column("stability", Boolean, nullable=False, comment="引发稳定问题"),
    Column("both_examined", Boolean, nullable=False, comment="一案双查"),
    Column("supervised_on", Date, comment="挂牌督办日期"),
    Column("reported_on", Date, comment="调查报告日期"),
    Column("extended_to", Date, comment="批准延期至"),
    Column("held_responsible", Integer, comment="追责人数"),
    Column("transferred_on", Date, comment="移送司法日期"),
    Column("closed_on", Date, comment="结案日期"),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "territory"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "department"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "sector"], ["sector.zone", "sector.sector"]),
    Index("ix_accident_number", "zone", "year", "number_key"),
    comment="One row is one row of 生产安全事故台账 in one accepted workbook: an accident as it was known that month.",
)
