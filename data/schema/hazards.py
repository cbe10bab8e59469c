"""Hazards on record (kind ``hazards``): what was found where, by when it is to be put right, and when it was crossed off."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import metadata

KINDS = ("hazards",)
GRADES = ("一般", "重大")
GENERAL, MAJOR = GRADES

hazard = Table(
    "hazard",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False, comment="The unit that tells of it"),
    Column("period", String(7), nullable=False, comment="Month of the ledger"),
    Column("number", Text, nullable=False, comment="隐患编号 as written"),
    Column("number_key", Text, nullable=False, comment="隐患编号 as compared; with the unit it names one hazard"),
    Column("found_on", Date, nullable=False, comment="发现日期"),
    Column("enterprise", Text, nullable=False, comment="企业名称"),
    Column("credit_code", String(18), comment="统一社会信用代码"),
    Column("sector", String(40), nullable=False),
    Column("territory", String(40), comment="属地"),
    Column("description", Text, nullable=False, comment="隐患描述"),
    Column("grade", String(4), nullable=False, comment="隐患等级"),
    Column("level", Text, comment="责任层级, in the office's own words"),
    Column("rectify_by", Date, nullable=False, comment="整改期限"),
    Column("measures", Text, comment="整改措施"),
    Column("crossed_off_on", Date, comment="销号日期; none: still open"),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "territory"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "sector"], ["sector.zone", "sector.sector"]),
    Index("ix_hazard_credit_code", "zone", "credit_code"),
    Index("ix_hazard_number_key", "zone", "unit", "number_key"),
    comment="One row is one row of 重大隐患台账 in one accepted workbook: a hazard as a unit told of it in a month.",
)
