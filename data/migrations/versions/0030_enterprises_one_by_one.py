"""What pages read of one enterprise: its names, how it stands in the register, what its inspections come to; initialisation fills them."""

import sqlalchemy as sa

from alembic import op


revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None
_OF_ENTERPRISES = (
    ('ix_inspection_credit_code', ['zone', 'credit_code', 'inspected_on', 'unit', 'submission', 'hazards'], 'credit_code IS NOT NULL'),
    ('ix_inspection_without_code', ['zone', 'enterprise_key'], 'credit_code IS NULL AND length(enterprise_key) <= 300'),
)


def upgrade() -> None:
    for name, columns, where in _OF_ENTERPRISES:
        op.create_index(name, 'inspection', columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_table('register_entry',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False, comment='The first of all days where it is in the register from ever'),
    sa.Column('to_day', sa.Date(), nullable=False, comment='The last of all days where it is in it for ever'),
    sa.Column('submission', sa.Integer(), nullable=False, comment='The workbook whose row counts'),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='The unit whose row counts'),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('territory', sa.String(length=40), nullable=False),
    sa.Column('department', sa.String(length=40), nullable=True),
    sa.Column('high_risk', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_register_entry_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'credit_code', 'from_day', name=op.f('pk_register_entry')),
    comment='One row is how an enterprise stands in the register from a day to a day, by the lists that count now: the row that counts.'
    )
    op.create_table('enterprise_inspected',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=False),
    sa.Column('inspections', sa.Integer(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False, comment='The day of the last one'),
    sa.Column('units_2', sa.Integer(), nullable=True, comment='Days between the two of different units that lie nearest together'),
    sa.Column('times_2', sa.Integer(), nullable=True, comment='Days from the first to the last of the two that lie nearest together'),
    sa.Column('times_3', sa.Integer(), nullable=True, comment='The same of three'),
    sa.Column('times_4', sa.Integer(), nullable=True, comment='The same of four'),
    sa.Column('times_5', sa.Integer(), nullable=True, comment='The same of five'),
    sa.Column('times_6', sa.Integer(), nullable=True, comment='The same of six'),
    sa.PrimaryKeyConstraint('zone', 'credit_code', name=op.f('pk_enterprise_inspected')),
    comment='One row is what the inspections that name one credit code come to, whoever inspected, recomputed with every load that touches them.'
    )
    op.create_table('enterprise_name',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False, comment='The name as compared, its beginning where it is very long'),
    sa.Column('credit_code', sa.String(length=18), nullable=False, comment='Empty where it was told without one'),
    sa.Column('name', sa.Text(), nullable=False, comment='As it was written first'),
    sa.PrimaryKeyConstraint('zone', 'name_key', 'credit_code', name=op.f('pk_enterprise_name')),
    comment='One row is a name under which a workbook told of an enterprise: where a search looks, not what it shows.'
    )
    op.create_index('ix_enterprise_name_credit_code', 'enterprise_name', ['zone', 'credit_code'])


def downgrade() -> None:
    op.drop_index('ix_enterprise_name_credit_code', 'enterprise_name')
    for table in ('enterprise_name', 'enterprise_inspected', 'register_entry'):
        op.drop_table(table)
    for name, _columns, _where in reversed(_OF_ENTERPRISES):
        op.drop_index(name, table_name='inspection')
