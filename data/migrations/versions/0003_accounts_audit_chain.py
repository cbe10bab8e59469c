"""Accounts and their sessions; the audit log becomes a chain that nobody can change."""

import hashlib
import json
from datetime import timezone

import sqlalchemy as sa

from data.schema import base

from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

NOTHING_BEFORE = '0' * 64
CHAIN = {
    'journal': "Hash of the journal's last line when this was written",
    'before': 'Hash of the entry before',
    'hash': 'SHA-256 over all of the entry, the two above included',
}
SQLITE_GUARDS = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END",
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE zone = NEW.zone AND entry = NEW.entry) "
    "BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END",
)
POSTGRESQL_GUARDS = (
    "CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log cannot be changed'; END $$",
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()",
)


def upgrade() -> None:
    op.create_table('account',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('account', sa.String(length=60), nullable=False, comment='The name to sign in with, in lower case'),
    sa.Column('display_name', sa.String(length=60), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False, comment='viewer, unit, office or admin'),
    sa.Column('unit', sa.String(length=40), nullable=True, comment='The unit of an account with the role unit; null for all others'),
    sa.Column('password_hash', sa.String(length=200), nullable=True, comment='Argon2id; null: comes in through the unified sign-in alone'),
    sa.Column('must_change', sa.Boolean(), nullable=False, comment='The password is to be changed at the next sign-in'),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False, comment='Goes up with whatever ends the sessions there are'),
    sa.Column('created_at', base.Instant(), nullable=False),
    sa.Column('changed_at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_account_zone')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_account_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'account', name=op.f('pk_account')),
    comment='One row is one account of a person; none is ever removed, for the audit log names it.'
    )
    op.create_table('sign_in',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False, comment="SHA-256 of the session's token, which is kept nowhere"),
    sa.Column('account', sa.String(length=60), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False, comment='Of the account when it signed in; an older one has ended'),
    sa.Column('started_at', base.Instant(), nullable=False),
    sa.Column('seen_at', base.Instant(), nullable=False, comment='To the minute'),
    sa.Column('ended_at', base.Instant(), nullable=True, comment='When it was signed out'),
    sa.ForeignKeyConstraint(['zone', 'account'], ['account.zone', 'account.account'], name=op.f('fk_sign_in_zone_account')),
    sa.PrimaryKeyConstraint('zone', 'key', name=op.f('pk_sign_in')),
    comment='One row is one session of an account, until it is too old to be one.'
    )
    op.create_index('ix_sign_in_started_at', 'sign_in', ['zone', 'started_at'], unique=False)
    op.create_table('sign_in_failure',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False, comment='SHA-256 of the name that was tried, account or not'),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_at', base.Instant(), nullable=False),
    sa.Column('locked_until', base.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_sign_in_failure_zone')),
    sa.PrimaryKeyConstraint('zone', 'key', name=op.f('pk_sign_in_failure')),
    comment='One row is a name with which signing in failed lately, so that a lock does not tell which accounts exist.'
    )
    op.create_index('ix_sign_in_failure_last_at', 'sign_in_failure', ['zone', 'last_at'], unique=False)
    _chain_audit()
    for statement in SQLITE_GUARDS if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL_GUARDS:
        op.execute(statement)


def _chain_audit() -> None:
    """Give each entry that is there its place in the chain; of the journal nothing was noted then."""
    with op.batch_alter_table('audit') as batch_op:
        for name, comment in CHAIN.items():
            batch_op.add_column(sa.Column(name, sa.String(length=64), nullable=True, comment=comment))
    audit = sa.table('audit', sa.column('zone'), sa.column('entry'), sa.column('at', base.Instant()), sa.column('actor'),
                     sa.column('action'), sa.column('subject'), sa.column('detail', sa.JSON()),
                     *(sa.column(name) for name in CHAIN))
    connection, last = op.get_bind(), {}
    for row in connection.execute(sa.select(audit).order_by(audit.c.zone, audit.c.entry)).all():
        linked = {'journal': NOTHING_BEFORE, 'before': last.get(row.zone, NOTHING_BEFORE)}
        linked['hash'] = last[row.zone] = _hash(row, linked)
        this = sa.and_(audit.c.zone == row.zone, audit.c.entry == row.entry)
        connection.execute(sa.update(audit).where(this).values(**linked))
    with op.batch_alter_table('audit') as batch_op:
        for name, comment in CHAIN.items():
            batch_op.alter_column(name, existing_type=sa.String(length=64), existing_comment=comment, nullable=False)


def _hash(row, linked) -> str:
    content = {
        'zone': row.zone, 'entry': row.entry, 'at': row.at.astimezone(timezone.utc).isoformat(), 'actor': row.actor,
        'action': row.action, 'subject': row.subject, 'detail': row.detail, **linked,
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(',', ':'))
    return hashlib.sha256(canonical.encode()).hexdigest()


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == 'postgresql'
    names = ('audit_no_update', 'audit_no_delete', 'audit_no_truncate' if postgresql else 'audit_no_replace')
    for name in names:
        op.execute(f'DROP TRIGGER {name} ON audit' if postgresql else f'DROP TRIGGER {name}')
    if postgresql:
        op.execute('DROP FUNCTION audit_refuse_change()')
    with op.batch_alter_table('audit') as batch_op:
        for name in reversed(CHAIN):
            batch_op.drop_column(name)
    op.drop_index('ix_sign_in_failure_last_at', table_name='sign_in_failure')
    op.drop_table('sign_in_failure')
    op.drop_index('ix_sign_in_started_at', table_name='sign_in')
    op.drop_table('sign_in')
    op.drop_table('account')
