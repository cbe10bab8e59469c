"""Who may come in: accounts, their sessions, and the wrong passwords that close the door for a while."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table

from data.schema.base import Instant, metadata

account = Table(
    "account",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("account", String(60), primary_key=True, comment="The name to sign in with, in lower case"),
    Column("display_name", String(60), nullable=False),
    Column("role", String(10), nullable=False, comment="viewer, unit, office or admin"),
    Column("unit", String(40), comment="The unit of an account with the role unit; null for all others"),
    Column("password_hash", String(200), comment="Argon2id; null: comes in through the unified sign-in alone"),
    Column("must_change", Boolean, nullable=False, comment="The password is to be changed at the next sign-in"),
    Column("one_time_at", Instant, comment="When the one-time password was handed out; null: none, or it was used"),
    Column("active", Boolean, nullable=False),
    Column("generation", Integer, nullable=False, comment="Goes up with whatever ends the sessions there are"),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    ForeignKeyConstraint(["zone", "unit"], ["unit.zone", "unit.unit"]),
    comment="One row is one account of a person; none is ever removed, for the audit log names it.",
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("key", String(64), primary_key=True, comment="SHA-256 of the session's token, which is kept nowhere"),
    Column("account", String(60), nullable=False),
    Column("generation", Integer, nullable=False, comment="Of the account when it signed in; an older one has ended"),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False, comment="To the minute"),
    Column("ended_at", Instant, comment="When it was signed out"),
    ForeignKeyConstraint(["zone", "account"], ["account.zone", "account.account"]),
    Index("ix_sign_in_started_at", "zone", "started_at"),
    comment="One row is one session of an account, until it is too old to be one.",
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("key", String(64), primary_key=True, comment="SHA-256 of the name that was tried and of the place"),
    Column("name", String(64), nullable=False, comment="SHA-256 of the name that was tried, account or not"),
    Column("whole", Boolean, nullable=False, comment="Stands for all unknown places together"),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("locked_until", Instant),
    ForeignKeyConstraint(["zone"], ["zone.zone"]),
    Index("ix_sign_in_failure_last_at", "zone", "last_at"),
    Index("ix_sign_in_failure_name", "zone", "name"),
    comment="One row is a name and a place from which signing in failed lately; a lock does not tell which accounts exist.",
)
