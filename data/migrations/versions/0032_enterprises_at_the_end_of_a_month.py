"""How enterprises stand at the end of a month, of which lists of whom to inspect next are made; initialisation fills it."""

import sqlalchemy as sa

from alembic import op


revision = '0032'
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enterprise_month_end',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=False),
    sa.Column('territory', sa.String(length=40), nullable=False),
    sa.Column('department', sa.String(length=40), nullable=True),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('high_risk', sa.Boolean(), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False, comment='The list whose row counts on the last day of the month'),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('inspections', sa.Integer(), nullable=False, comment='In the 24 months up to that day'),
    sa.Column('found', sa.Integer(), nullable=False, comment='Those with a finding'),
    sa.Column('last_on', sa.Date(), nullable=True, comment='The day of the last one ever'),
    sa.Column('due_on', sa.Date(), nullable=True, comment='The earliest due day of the cases that are open'),
    sa.Column('major_by', sa.Date(), nullable=True, comment='The earliest deadline of the major hazards that are open'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_enterprise_month_end_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'month', 'credit_code', name=op.f('pk_enterprise_month_end')),
    comment='One row is how an enterprise of the register stands at the end of a month for which lists of whom to inspect next are made.'
    )


def downgrade() -> None:
    op.drop_table('enterprise_month_end')
