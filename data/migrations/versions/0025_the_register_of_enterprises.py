"""The register of enterprises, and what units tell of front-line duty."""

import sqlalchemy as sa

from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enterprise',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='The unit that lists it'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Year of the workbook'),
    sa.Column('name', sa.Text(), nullable=False, comment='企业名称'),
    sa.Column('credit_code', sa.String(length=18), nullable=False, comment='统一社会信用代码; names one enterprise'),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('territory', sa.String(length=40), nullable=False, comment='属地'),
    sa.Column('department', sa.String(length=40), nullable=True, comment='行业主管部门'),
    sa.Column('size', sa.String(length=20), nullable=False, comment='规模'),
    sa.Column('key_industry', sa.Boolean(), nullable=False, comment='重点行业'),
    sa.Column('high_risk', sa.Boolean(), nullable=False, comment='高危'),
    sa.Column('pilot', sa.Boolean(), nullable=False, comment='试点'),
    sa.Column('grade', sa.Text(), nullable=True, comment='标准化等级'),
    sa.Column('head', sa.Text(), nullable=True, comment='主要负责人'),
    sa.Column('chief_engineer', sa.Boolean(), nullable=False, comment='总工程师'),
    sa.Column('starts_on', sa.Date(), nullable=True, comment='起始日期; none: from ever'),
    sa.Column('ends_on', sa.Date(), nullable=True, comment='终止日期, the last day on which it is one; none: for ever'),
    sa.ForeignKeyConstraint(['zone', 'department'], ['unit.zone', 'unit.unit'], name=op.f('fk_enterprise_zone_department')),
    sa.ForeignKeyConstraint(['zone', 'sector'], ['sector.zone', 'sector.sector'], name=op.f('fk_enterprise_zone_sector')),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_enterprise_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'territory'], ['unit.zone', 'unit.unit'], name=op.f('fk_enterprise_zone_territory')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_enterprise_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_enterprise')),
    comment='One row is one row of 企业名录 in one accepted workbook: an enterprise, for as long as it was as the row says.'
    )
    op.create_index('ix_enterprise_credit_code', 'enterprise', ['zone', 'credit_code'])
    op.create_table('frontline_duty',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='The unit that tells of it'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Month of the ledger'),
    sa.Column('enterprise', sa.Text(), nullable=False, comment='企业名称'),
    sa.Column('credit_code', sa.String(length=18), nullable=False, comment='统一社会信用代码'),
    sa.Column('posts', sa.Integer(), nullable=True, comment='岗位数'),
    sa.Column('risk_list', sa.Boolean(), nullable=False, comment='岗位风险清单'),
    sa.Column('duty_list', sa.Boolean(), nullable=False, comment='岗位职责清单'),
    sa.Column('operation_card', sa.Boolean(), nullable=False, comment='岗位操作卡'),
    sa.Column('response_card', sa.Boolean(), nullable=False, comment='岗位应急处置卡'),
    sa.Column('completed_on', sa.Date(), nullable=True, comment='完成日期'),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_frontline_duty_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_frontline_duty_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_frontline_duty')),
    comment="One row is one row of 一线责任制台账 in one accepted workbook: an enterprise's documents as a unit told of them."
    )
    op.create_index('ix_frontline_duty_credit_code', 'frontline_duty', ['zone', 'credit_code'])


def downgrade() -> None:
    op.drop_index('ix_frontline_duty_credit_code', 'frontline_duty')
    op.drop_table('frontline_duty')
    op.drop_index('ix_enterprise_credit_code', 'enterprise')
    op.drop_table('enterprise')
