"""What of a workbook was not taken as data, and the sums that show nothing was lost."""

import sqlalchemy as sa

from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('submission', sa.Column('left_out', sa.JSON(none_as_null=True), nullable=True, comment='What was not taken as data: [{sheet, rows, column, why}]'))
    op.add_column('submission', sa.Column('account', sa.JSON(none_as_null=True), nullable=True, comment='Sums of rows and cells by what they were taken for'))


def downgrade() -> None:
    op.drop_column('submission', 'account')
    op.drop_column('submission', 'left_out')
