"""What a checked correction would make of its unit's sums."""

import sqlalchemy as sa

from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('submission', sa.Column('foreseen', sa.JSON(none_as_null=True), nullable=True, comment='{month: sums} of a checked correction, as they would be; see the rollup'))


def downgrade() -> None:
    op.drop_column('submission', 'foreseen')
