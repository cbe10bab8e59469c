"""In how many places a problem stands, for its entry names the first cells only."""

import sqlalchemy as sa

from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('submission_problem', sa.Column('places', sa.Integer(), nullable=False, server_default='1', comment='In how many places it stands; cells are the first of them'))
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('submission_problem', 'cells', existing_type=sa.JSON(), existing_nullable=False, comment='The first cells, by place')
    op.execute("UPDATE submission_problem SET places = json_array_length(cells) WHERE json_array_length(cells) > 1")


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('submission_problem', 'cells', existing_type=sa.JSON(), existing_nullable=False, comment=None)
    op.drop_column('submission_problem', 'places')
