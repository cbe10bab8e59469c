"""The sums by sector are kept by way of inspecting besides; initialisation fills them."""

import sqlalchemy as sa

from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None
SUMS = ('inspections', 'problem_inspections', 'hazards', 'major_hazards', 'penalties', 'due_cases', 'closed_cases')
BY_SECTOR = "One row is what one unit's cases of one sector add up to in one month, recomputed with every load that touches them."
BY_METHOD = ("One row is what one unit's cases of one sector, inspected in one way, add up to in one month, "
             "recomputed with every load that touches them.")


def upgrade() -> None:
    method = sa.Column('method', sa.String(length=20), nullable=False, comment="检查方式; empty where the ledger leaves it open")
    _made_anew([method], BY_METHOD)


def downgrade() -> None:
    _made_anew([], BY_SECTOR)


def _made_anew(besides, comment) -> None:
    """What it holds is computed from rows, so that nothing is lost with it."""
    op.drop_table('enforcement_sector')
    op.create_table('enforcement_sector',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('sector', sa.String(length=40), nullable=False),
    *besides,
    *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_enforcement_sector_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'month', 'unit', 'sector', *(column.name for column in besides), name=op.f('pk_enforcement_sector')),
    comment=comment
    )
