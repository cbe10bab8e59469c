"""What enterprises promised when they were interviewed, beside what units did."""

import sqlalchemy as sa

from alembic import op

from data.schema import base


revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enterprise_promise',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The record's line in the journal."),
    sa.Column('enterprise', sa.Text(), nullable=False, comment='Its credit code, or its name as compared where none was told'),
    sa.Column('name', sa.Text(), nullable=False, comment='What it was called then'),
    sa.Column('period', sa.String(length=10), nullable=False, comment='The month or quarter of which it was interviewed'),
    sa.Column('text', sa.Text(), nullable=False, comment='What it promised'),
    sa.Column('due', sa.String(length=10), nullable=False, comment='By which day; empty where none was said'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_enterprise_promise_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_enterprise_promise')),
    comment='One row is one promise that an enterprise gave when it was interviewed, as the office wrote it down.'
    )
    op.create_index('ix_enterprise_promise_enterprise', 'enterprise_promise', ['zone', 'enterprise'])


def downgrade() -> None:
    op.drop_index('ix_enterprise_promise_enterprise', 'enterprise_promise')
    op.drop_table('enterprise_promise')
