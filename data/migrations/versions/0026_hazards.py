"""The hazards that units keep on record."""

import sqlalchemy as sa

from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hazard',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='The unit that tells of it'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Month of the ledger'),
    sa.Column('number', sa.Text(), nullable=False, comment='隐患编号 as written'),
    sa.Column('number_key', sa.Text(), nullable=False, comment='隐患编号 as compared; with the unit it names one hazard'),
    sa.Column('found_on', sa.Date(), nullable=False, comment='发现日期'),
    sa.Column('enterprise', sa.Text(), nullable=False, comment='企业名称'),
    sa.Column('credit_code', sa.String(length=18), nullable=True, comment='统一社会信用代码'),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('territory', sa.String(length=40), nullable=True, comment='属地'),
    sa.Column('description', sa.Text(), nullable=False, comment='隐患描述'),
    sa.Column('grade', sa.String(length=4), nullable=False, comment='隐患等级'),
    sa.Column('level', sa.Text(), nullable=True, comment="责任层级, in the office's own words"),
    sa.Column('rectify_by', sa.Date(), nullable=False, comment='整改期限'),
    sa.Column('measures', sa.Text(), nullable=True, comment='整改措施'),
    sa.Column('crossed_off_on', sa.Date(), nullable=True, comment='销号日期; none: still open'),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'sector'], ['sector.zone', 'sector.sector'], name=op.f('fk_hazard_zone_sector')),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_hazard_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'territory'], ['unit.zone', 'unit.unit'], name=op.f('fk_hazard_zone_territory')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_hazard_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_hazard')),
    comment='One row is one row of 重大隐患台账 in one accepted workbook: a hazard as a unit told of it in a month.'
    )
    op.create_index('ix_hazard_credit_code', 'hazard', ['zone', 'credit_code'])
    op.create_index('ix_hazard_number_key', 'hazard', ['zone', 'unit', 'number_key'])


def downgrade() -> None:
    op.drop_index('ix_hazard_number_key', 'hazard')
    op.drop_index('ix_hazard_credit_code', 'hazard')
    op.drop_table('hazard')
