"""The register of enterprises (kind ``enterprises``): whom the zone knows of, as each unit lists them for a year."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from data.schema.base import metadata

KINDS = ("enterprises",)

enterprise = Table(
    "enterprise",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False, comment="The unit that lists it"),
    Column("period", String(7), nullable=False, comment="Year of the workbook"),
    Column("name", Text, nullable=False, comment="企业名称"),
    Column("credit_code", String(18), nullable=False, comment="统一社会信用代码; names one enterprise"),
    Column("sector", String(40), nullable=False),
    Column("territory", String(40), nullable=False, comment="属地"),
    Column("department", String(40), comment="行业主管部门"),
    Column("size", String(20), nullable=False, comment="规模"),
    Column("key_industry", Boolean, nullable=False, comment="重点行业"),
    Column("high_risk", Boolean, nullable=False, comment="高危"),
    Column("pilot", Boolean, nullable=False, comment="试点"),
    Column("grade", Text, comment="标准化等级"),
    Column("head", Text, comment="主要负责人"),
    Column("chief_engineer", Boolean, nullable=False, comment="总工程师"),
    Column("starts_on", Date, comment="起始日期; none: from ever"),
    Column("ends_on", Date, comment="终止日期, the last day on which it is one; none: for ever"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "territory"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "department"], ["unit.zone", "unit.unit"]),
    ForeignKeyConstraint(["zone", "sector"], ["sector.zone", "sector.sector"]),
    Index("ix_enterprise_credit_code", "zone", "credit_code"),
    comment="One row is one row of 企业名录 in one accepted workbook: an enterprise, for as long as it was as the row says.",
)
