"""The register of enterprises (kind ``enterprises``): whom the zone knows of, as each unit lists them for a year, and what pages read of it."""

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

register_entry = Table(
    "register_entry",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("credit_code", String(18), primary_key=True),
    Column("from_day", Date, primary_key=True, comment="The first of all days where it is in the register from ever"),
    Column("to_day", Date, nullable=False, comment="The last of all days where it is in it for ever"),
    Column("submission", Integer, nullable=False, comment="The workbook whose row counts"),
    Column("row", Integer, nullable=False),
    Column("unit", String(40), nullable=False, comment="The unit whose row counts"),
    Column("name", Text, nullable=False),
    Column("sector", String(40), nullable=False),
    Column("territory", String(40), nullable=False),
    Column("department", String(40)),
    Column("high_risk", Boolean, nullable=False),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    comment="One row is how an enterprise stands in the register from a day to a day, by the lists that count now: the row that counts.",
)

enterprise_inspected = Table(
    "enterprise_inspected",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("unit", String(40), primary_key=True, comment="Who inspected; empty: whoever did"),
    Column("credit_code", String(18), primary_key=True),
    Column("inspections", Integer, nullable=False),
    Column("last_on", Date, nullable=False, comment="The day of the last one"),
    Column("units_2", Integer, comment="Days between the two of different units that lie nearest together"),
    Column("times_2", Integer, comment="Days from the first to the last of the two that lie nearest together"),
    Column("times_3", Integer, comment="The same of three"),
    Column("times_4", Integer, comment="The same of four"),
    Column("times_5", Integer, comment="The same of five"),
    Column("times_6", Integer, comment="The same of six"),
    comment="One row is what the inspections that name one credit code come to, all of them or those of one unit, recomputed with every load that touches them.",
)

enterprise_month_end = Table(
    "enterprise_month_end",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("credit_code", String(18), primary_key=True),
    Column("territory", String(40), nullable=False),
    Column("department", String(40)),
    Column("sector", String(40), nullable=False),
    Column("high_risk", Boolean, nullable=False),
    Column("submission", Integer, nullable=False, comment="The list whose row counts on the last day of the month"),
    Column("row", Integer, nullable=False),
    Column("inspections", Integer, nullable=False, comment="In the 24 months up to that day"),
    Column("found", Integer, nullable=False, comment="Those with a finding"),
    Column("last_on", Date, comment="The day of the last one ever"),
    Column("due_on", Date, comment="The earliest due day of the cases that are open"),
    Column("major_by", Date, comment="The earliest deadline of the major hazards that are open"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    comment="One row is how an enterprise of the register stands at the end of a month for which lists of whom to inspect next are made.",
)

enterprise_name = Table(
    "enterprise_name",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("name_key", Text, primary_key=True, comment="The name as compared, its beginning where it is very long"),
    Column("credit_code", String(18), primary_key=True, comment="Empty where it was told without one"),
    Column(
        "bare_key",
        Text,
        nullable=False,
        comment="The name as compared, in small letters and without brackets: what a search looks through",
    ),
    Column("name", Text, nullable=False, comment="As it was written first"),
    Index("ix_enterprise_name_credit_code", "zone", "credit_code"),
    comment="One row is a name under which a workbook told of an enterprise: where a search looks, not what it shows.",
)
