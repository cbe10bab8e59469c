"""Lists of whom to inspect as they were issued, the draw of each, and what re-checks found."""

import sqlalchemy as sa

from alembic import op
from data.schema.base import Instant


revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('issued_list',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment='The line in the journal.'),
    sa.Column('month', sa.String(length=7), nullable=False, comment='The month for which they are'),
    sa.Column('sha256', sa.String(length=64), nullable=False, comment='The fingerprint of their lines, by which is drawn'),
    sa.Column('content', sa.JSON(), nullable=False, comment='Of each unit its list and the cases that may be drawn'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_issued_list_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_issued_list')),
    sa.UniqueConstraint('zone', 'month', name=op.f('uq_issued_list_zone_month')),
    comment='One row is the lists of all units for one month, as they were issued.'
    )
    op.create_table('list_draw',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment='The line in the journal.'),
    sa.Column('list', sa.Integer(), nullable=False, comment='The issued lists, by their line'),
    sa.Column('number', sa.String(length=100), nullable=False, comment='The number by which is drawn; nobody here controls it'),
    sa.Column('source', sa.Text(), nullable=False, comment='Where the number is from'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_list_draw_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_list_draw')),
    sa.UniqueConstraint('zone', 'list', name=op.f('uq_list_draw_zone_list')),
    comment="One row is the one draw of a month's lists."
    )
    op.create_table('recheck',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment='The line in the journal.'),
    sa.Column('list', sa.Integer(), nullable=False, comment='The issued lists, by their line'),
    sa.Column('line', sa.String(length=200), nullable=False, comment='The line of the lists that was drawn'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='Whose line it is'),
    sa.Column('accurate', sa.Boolean(), nullable=False, comment='Whether the re-check found it as the unit had told'),
    sa.Column('note', sa.Text(), nullable=False, comment='What was found; empty where nothing was written'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_recheck_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_recheck')),
    comment='One row is the outcome of the re-check of one line that was drawn; the last one of a line holds.'
    )
    op.create_index('ix_recheck_list', 'recheck', ['zone', 'list'])


def downgrade() -> None:
    op.drop_index('ix_recheck_list', 'recheck')
    for table in ('recheck', 'list_draw', 'issued_list'):
        op.drop_table(table)
