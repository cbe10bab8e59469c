"""Enforcement ledgers (kind ``enforcement``): inspections, re-inspections, and the monthly rollup that pages read."""

from dataclasses import dataclass, fields
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from data.schema.base import Money, MoneySum, metadata

KINDS = ("enforcement",)
LONGEST_IN_AN_INDEX = 300
"""Characters of an enterprise's name: PostgreSQL keeps nothing in an index that is longer than 2,700 bytes."""
_WITHOUT_CODE = f"credit_code IS NULL AND length(enterprise_key) <= {LONGEST_IN_AN_INDEX}"


def _asked_of_a_record(name: str, where: str, *more: str) -> Index:
    """An index of the few rows that a month's sums take from all ledgers of a unit."""
    condition = text(where)
    columns = ("zone", "submission", *more)
    return Index(f"ix_inspection_{name}", *columns, sqlite_where=condition, postgresql_where=condition)


inspection = Table(
    "inspection",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False),
    Column("period", String(7), nullable=False),
    Column("number", Text, nullable=False, comment="检查文书号 as written"),
    Column("number_key", Text, nullable=False, comment="检查文书号 as compared"),
    Column("inspected_on", Date, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("enterprise_key", Text, nullable=False, comment="What makes two enterprises the same (METHOD 2)"),
    Column("credit_code", String(18)),
    Column("sector", String(40), nullable=False),
    Column("territory", Text),
    Column("method", String(20)),
    Column("inspectors", Text),
    Column("hazards", Integer, nullable=False),
    Column("major_hazards", Integer, nullable=False),
    Column("rectify_by", Date),
    Column("due_on", Date, comment="rectify_by + days of grace, at most inspected_on + 100 days; null without hazards"),
    Column("due_month", String(7), comment="Statistical month of due_on"),
    Column("rectified", Integer),
    Column("penalised", Boolean, nullable=False),
    Column("decision", Text),
    Column("decision_key", Text, comment="处罚决定书号 as compared; null where it does not count as a penalty"),
    Column("penalty_kind", Text),
    Column("fine_yuan", Money),
    Column("reinspected_on", Date),
    Column("conclusion", String(10)),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    Index("ix_inspection_number", "zone", "number_key"),
    Index(
        "ix_inspection_major",
        *("zone", "inspected_on", "submission", "unit", "period", "major_hazards"),
        sqlite_where=text("major_hazards > 0"),
        postgresql_where=text("major_hazards > 0"),
    ),
    Index(
        "ix_inspection_major_decided",
        *("zone", "inspected_on"),
        sqlite_where=text("major_hazards > 0 AND decision_key IS NOT NULL"),
        postgresql_where=text("major_hazards > 0 AND decision_key IS NOT NULL"),
    ),
    Index(
        "ix_inspection_credit_code",
        *("zone", "credit_code", "inspected_on", "unit", "submission", "hazards"),
        sqlite_where=text("credit_code IS NOT NULL"),
        postgresql_where=text("credit_code IS NOT NULL"),
    ),
    Index(
        "ix_inspection_without_code",
        *("zone", "enterprise_key"),
        sqlite_where=text(_WITHOUT_CODE),
        postgresql_where=text(_WITHOUT_CODE),
    ),
    _asked_of_a_record("decision", "decision_key IS NOT NULL"),
    _asked_of_a_record("due", "due_month IS NOT NULL", "due_month"),
    _asked_of_a_record("major_case", "major_hazards > 0"),
    comment="One row is one row of 执法检查台账 in one accepted workbook: one case.",
)

ledger_fingerprint = Table(
    "ledger_fingerprint",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("bits", LargeBinary, nullable=False, comment="4096 bits, of which each enterprise (256 at most) sets one"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    comment="One row is the enterprises of one accepted ledger, as far as is needed to see which ledgers share many of them.",
)

reinspection = Table(
    "reinspection",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("row", Integer, primary_key=True, comment="Row on the sheet as the clerk sees it."),
    Column("unit", String(40), nullable=False),
    Column("period", String(7), nullable=False),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("reinspected_on", Date),
    Column("conclusion", String(10)),
    Column("rectified", Integer),
    Column("penalised", Boolean),
    Column("decision", Text),
    # As it was when the row came in; by the ledgers that count now, decisions_told says it.
    Column("decision_key", Text, comment="The decision that this row tells of; null where none counts"),
    Column("penalty_kind", Text),
    Column("fine_yuan", Money),
    Column("remark", Text),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    Index("ix_reinspection_number", "zone", "unit", "number_key"),
    comment="One row is one row of 整改复查 in one accepted workbook: news of a case.",
)

enforcement_month = Table(
    "enforcement_month",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("unit", String(40), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("inspections", BigInteger, nullable=False),
    Column("enterprises", BigInteger, nullable=False),
    Column("problem_inspections", BigInteger, nullable=False),
    Column("hazards", BigInteger, nullable=False),
    Column("major_hazards", BigInteger, nullable=False),
    Column("penalties", BigInteger, nullable=False),
    Column("fines_yuan", MoneySum, nullable=False),
    Column("due_cases", BigInteger, nullable=False),
    Column("closed_cases", BigInteger, nullable=False),
    Column("due_hazards", BigInteger, nullable=False),
    Column("rectified_hazards", BigInteger, nullable=False),
    Column("overdue_major_change", BigInteger, nullable=False, comment="Add up to a month: cases overdue at its end"),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is the sums of METHOD section 2 for one unit and month, recomputed with every load that touches them.",
)


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of one row of ``enforcement_month``; ``overdue_major_change`` adds up over months to the cases overdue."""

    inspections: int = 0
    enterprises: int = 0
    problem_inspections: int = 0
    hazards: int = 0
    major_hazards: int = 0
    penalties: int = 0
    fines_yuan: Decimal = Decimal(0)
    due_cases: int = 0
    closed_cases: int = 0
    due_hazards: int = 0
    rectified_hazards: int = 0
    overdue_major_change: int = 0


FIELDS = tuple(field.name for field in fields(Sums))
"""The columns of ``enforcement_month`` that are sums."""
