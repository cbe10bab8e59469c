"""How much an account sent on a day, what of it waits, and when the bytes of a refused workbook were let go."""

import sqlalchemy as sa

from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

_PARTIAL = (
    ('ix_submission_waiting', ['zone', 'sender'], "status IN ('received', 'confirmed')"),
    ('ix_submission_refused', ['zone', 'checked_at'], "status = 'rejected' AND forgotten_at IS NULL"),
)


def upgrade() -> None:
    op.create_table('sent_today',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('account', sa.String(length=60), nullable=False),
    sa.Column('day', sa.Date(), nullable=False, comment="The zone's day"),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_sent_today_zone')),
    sa.PrimaryKeyConstraint('zone', 'account', 'day', name=op.f('pk_sent_today')),
    comment='One row is how much an account sent on a day, workbooks and attachments; it bounds the day, and no figure needs it.'
    )
    op.add_column('submission', sa.Column('forgotten_at', sa.DateTime(), nullable=True, comment='When the bytes of a refused workbook were let go; its row stays'))
    for name, columns, where in _PARTIAL:
        op.create_index(name, 'submission', columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, _, _ in reversed(_PARTIAL):
        op.drop_index(name, table_name='submission')
    op.drop_column('submission', 'forgotten_at')
    op.drop_table('sent_today')
