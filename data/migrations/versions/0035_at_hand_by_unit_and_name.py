"""What the inspections of an enterprise come to by each unit beside what they come to by all, names of enterprises as a search looks
through them (both are filled by the start that migrates), and penalised major hazards at hand.
"""

import sqlalchemy as sa

from alembic import op


revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table('enterprise_inspected')
    op.create_table('enterprise_inspected',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='Who inspected; empty: whoever did'),
    *_figures(),
    sa.PrimaryKeyConstraint('zone', 'unit', 'credit_code', name=op.f('pk_enterprise_inspected')),
    comment='One row is what the inspections that name one credit code come to, all of them or those of one unit, recomputed with every load that touches them.'
    )
    _directory(sa.Column('bare_key', sa.Text(), nullable=False, comment='The name as compared, in small letters and without brackets: what a search looks through'))
    decided = sa.text('major_hazards > 0 AND decision_key IS NOT NULL')
    op.create_index('ix_inspection_major_decided', 'inspection', ['zone', 'inspected_on'], sqlite_where=decided, postgresql_where=decided)


def downgrade() -> None:
    op.drop_index('ix_inspection_major_decided', table_name='inspection')
    _directory()
    op.drop_table('enterprise_inspected')
    op.create_table('enterprise_inspected',
    sa.Column('zone', sa.String(length=40), nullable=False),
    *_figures(),
    sa.PrimaryKeyConstraint('zone', 'credit_code', name=op.f('pk_enterprise_inspected')),
    comment='One row is what the inspections that name one credit code come to, whoever inspected, recomputed with every load that touches them.'
    )


def _directory(*searched: sa.Column) -> None:
    op.drop_index('ix_enterprise_name_credit_code', 'enterprise_name')
    op.drop_table('enterprise_name')
    op.create_table('enterprise_name',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False, comment='The name as compared, its beginning where it is very long'),
    sa.Column('credit_code', sa.String(length=18), nullable=False, comment='Empty where it was told without one'),
    *searched,
    sa.Column('name', sa.Text(), nullable=False, comment='As it was written first'),
    sa.PrimaryKeyConstraint('zone', 'name_key', 'credit_code', name=op.f('pk_enterprise_name')),
    comment='One row is a name under which a workbook told of an enterprise: where a search looks, not what it shows.'
    )
    op.create_index('ix_enterprise_name_credit_code', 'enterprise_name', ['zone', 'credit_code'])


def _figures() -> list[sa.Column]:
    return [
        sa.Column('credit_code', sa.String(length=18), nullable=False),
        sa.Column('inspections', sa.Integer(), nullable=False),
        sa.Column('last_on', sa.Date(), nullable=False, comment='The day of the last one'),
        sa.Column('units_2', sa.Integer(), nullable=True, comment='Days between the two of different units that lie nearest together'),
        sa.Column('times_2', sa.Integer(), nullable=True, comment='Days from the first to the last of the two that lie nearest together'),
        sa.Column('times_3', sa.Integer(), nullable=True, comment='The same of three'),
        sa.Column('times_4', sa.Integer(), nullable=True, comment='The same of four'),
        sa.Column('times_5', sa.Integer(), nullable=True, comment='The same of five'),
        sa.Column('times_6', sa.Integer(), nullable=True, comment='The same of six'),
    ]
