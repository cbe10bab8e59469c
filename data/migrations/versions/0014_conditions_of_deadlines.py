"""What is due only where something changed, and what is never due."""

import sqlalchemy as sa

from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

_CONDITION = 'always, changed (due only where something changed) or optional (never due)'


def upgrade() -> None:
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.add_column(sa.Column('condition', sa.String(length=10), nullable=False, server_default='always', comment=_CONDITION))
        batch_op.alter_column('due_day', existing_type=sa.Integer(), nullable=True, comment='Null where there is no deadline')
    op.execute("UPDATE deadline SET condition = 'changed' WHERE kind IN ('frontline', 'hazards', 'tipoffs')")
    op.execute("UPDATE deadline SET condition = 'optional', due_month = NULL, due_day = NULL WHERE kind = 'baseline'")


def downgrade() -> None:
    op.execute("UPDATE deadline SET due_month = 1, due_day = 31 WHERE due_day IS NULL")
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.alter_column('due_day', existing_type=sa.Integer(), nullable=False, comment=None)
        batch_op.drop_column('condition')
