"""What each unit's cases of a sector add up to in a month; initialisation fills it."""

import sqlalchemy as sa

from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enforcement_sector',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('inspections', sa.BigInteger(), nullable=False),
    sa.Column('problem_inspections', sa.BigInteger(), nullable=False),
    sa.Column('hazards', sa.BigInteger(), nullable=False),
    sa.Column('major_hazards', sa.BigInteger(), nullable=False),
    sa.Column('penalties', sa.BigInteger(), nullable=False),
    sa.Column('due_cases', sa.BigInteger(), nullable=False),
    sa.Column('closed_cases', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_enforcement_sector_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'month', 'unit', 'sector', name=op.f('pk_enforcement_sector')),
    comment="One row is what one unit's cases of one sector add up to in one month, recomputed with every load that touches them."
    )


def downgrade() -> None:
    op.drop_table('enforcement_sector')
