"""Deadlines that the office extended."""

import sqlalchemy as sa

from alembic import op

from data.schema import base


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('extension',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The decision's line in the journal."),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=10), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=True, comment='Null: all units that file it'),
    sa.Column('until', sa.String(length=10), nullable=False, comment='The last day on which it is filed in time, from then on'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_extension_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_extension')),
    comment='One row is one decision of the office to extend a deadline, of one unit or of all.'
    )
    op.create_index('ix_extension_period', 'extension', ['zone', 'period', 'kind'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_extension_period', table_name='extension')
    op.drop_table('extension')
