"""What the zone itself is: its calendar, units, sectors, deadlines and schemes."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Integer, String, Table, Text, text

from data.schema.base import metadata

zone = Table(
    "zone",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("timezone", String(40), nullable=False),
    Column("month_starts_on", Integer, nullable=False),
    Column("grace_days", Integer, nullable=False),
    comment="One row is one development zone and its calendar.",
)

installation = Table(
    "installation",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("database", String(32), nullable=False),
    Column(
        "settled",
        Integer,
        nullable=False,
        default=0,
        server_default=text("0"),
        comment="The journal's line up to which every receipt has its outcome and every decision its row",
    ),
    Column(
        "data_version",
        String(32),
        nullable=False,
        default="",
        server_default="",
        comment="Another after every transaction that changes what pages show; the same says that nothing changed",
    ),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row says under which name the journal knows this database, up to which line all of it is done, and which "
    "version of the data this is.",
)

unit = Table(
    "unit",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("unit", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("short_name", String(100), nullable=False),
    Column("group", String(20), nullable=False),
    Column("position", Integer, nullable=False),
    Column("may_penalise", Boolean, nullable=False),
    Column("office", Boolean, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one unit that submits: a town, department or centre.",
)

unit_alias = Table(
    "unit_alias",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("alias", String(100), primary_key=True),
    Column("unit", String(40), nullable=False),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is one other name by which offices call a unit.",
)

sector = Table(
    "sector",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("sector", String(40), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("position", Integer, nullable=False),
    Column("pilot", Boolean, nullable=False),
    Column("settles_after_days", Integer, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one sector (行业领域).",
)

sector_alias = Table(
    "sector_alias",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("alias", String(60), primary_key=True),
    Column("sector", String(40), nullable=False),
    ForeignKeyConstraint(["zone", "sector"], ["sector.zone", "sector.sector"]),
    comment="One row is one other name of a sector.",
)

accident_type = Table(
    "accident_type",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("position", Integer, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one type of accident (事故类型, GB 6441 and the usual others).",
)

accident_type_alias = Table(
    "accident_type_alias",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("alias", String(40), primary_key=True),
    Column("name", String(40), nullable=False),
    ForeignKeyConstraint(["zone", "name"], ["accident_type.zone", "accident_type.name"]),
    comment="One row is one other name of a type of accident.",
)

deadline = Table(
    "deadline",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("filer", String(40), primary_key=True),
    Column("every", String(10), nullable=False),
    Column(
        "condition",
        String(10),
        nullable=False,
        server_default="always",
        comment="always, changed (due only where something changed) or optional (never due)",
    ),
    Column("due_month", Integer),
    Column("due_day", Integer, comment="Null where there is no deadline"),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row says that a filer (all, office, a group or a unit) files a kind, how often and by which day.",
)

rule_start = Table(
    "rule_start",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("rule", String(60), primary_key=True, comment="Name of the rule, or the problem's code"),
    Column("warns_in", String(10), nullable=False, comment="The period in which it warns; later ones it refuses"),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one rule that is new: silent before a period, a warning in it, a refusal afterwards.",
)

scheme = Table(
    "scheme",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("valid_from", Date, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    comment="One row is one version of a scheme (weights, targets, thresholds): its YAML text as an official reads it.",
)
