"""Sums of money exact beyond 64 bits on SQLite too; locks by name and place; one-time passwords that end; decisions that wait for a second account."""

import sqlalchemy as sa

from data.schema import base

from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('enforcement_month') as table:
            table.alter_column('fines_yuan', type_=sa.String(26), existing_type=sa.BigInteger(), existing_nullable=False)
    op.drop_table('sign_in_failure')
    op.create_table('sign_in_failure',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False, comment='SHA-256 of the name that was tried and of the place'),
    sa.Column('name', sa.String(length=64), nullable=False, comment='SHA-256 of the name that was tried, account or not'),
    sa.Column('whole', sa.Boolean(), nullable=False, comment='Stands for all unknown places together'),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_at', base.Instant(), nullable=False),
    sa.Column('locked_until', base.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_sign_in_failure_zone')),
    sa.PrimaryKeyConstraint('zone', 'key', name=op.f('pk_sign_in_failure')),
    comment='One row is a name and a place from which signing in failed lately; a lock does not tell which accounts exist.'
    )
    op.create_index('ix_sign_in_failure_last_at', 'sign_in_failure', ['zone', 'last_at'])
    op.create_index('ix_sign_in_failure_name', 'sign_in_failure', ['zone', 'name'])
    one_time_at = sa.Column('one_time_at', base.Instant(), nullable=True, comment='When the one-time password was handed out; null: none, or it was used')
    op.add_column('account', one_time_at)
    op.execute('UPDATE account SET one_time_at = changed_at WHERE must_change AND password_hash IS NOT NULL')
    op.create_table('proposal',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The proposal's line in the journal."),
    sa.Column('act', sa.String(length=20), nullable=False, comment='What would be decided'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment="The office's own unit"),
    sa.Column('told', sa.JSON(), nullable=False, comment="The decision's particulars, as its line would have them"),
    sa.Column('actor', sa.String(length=60), nullable=False, comment='Who proposes it'),
    sa.Column('at', base.Instant(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=True, comment='What another account said; null: it waits'),
    sa.Column('answer', sa.Integer(), nullable=True, comment="The journal's line of the answer: of the decision, if it was confirmed"),
    sa.Column('answered_by', sa.String(length=60), nullable=True),
    sa.Column('answered_at', base.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_proposal_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_proposal')),
    comment='One row is one decision of the office on its own unit, which takes effect when a second account confirms it.'
    )
    op.create_index('ix_proposal_confirmed', 'proposal', ['zone', 'confirmed'])


def downgrade() -> None:
    op.drop_table('proposal')
    op.drop_column('account', 'one_time_at')
    op.drop_table('sign_in_failure')
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
    op.create_index('ix_sign_in_failure_last_at', 'sign_in_failure', ['zone', 'last_at'])
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('enforcement_month') as table:
            table.alter_column('fines_yuan', type_=sa.BigInteger(), existing_type=sa.String(26), existing_nullable=False)
