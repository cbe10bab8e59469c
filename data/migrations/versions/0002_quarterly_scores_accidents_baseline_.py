"""Quarterly scores, accidents, baseline, types of accident."""

import sqlalchemy as sa

from data.schema import base

from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_inspection_major', 'inspection', ['zone', 'inspected_on'], unique=False,
                    sqlite_where=sa.text('major_hazards > 0'), postgresql_where=sa.text('major_hazards > 0'))
    op.create_table('accident_type',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_accident_type_zone')),
    sa.PrimaryKeyConstraint('zone', 'name', name=op.f('pk_accident_type')),
    comment='One row is one type of accident (事故类型, GB 6441 and the usual others).'
    )
    op.create_table('accident_type_alias',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('alias', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'name'], ['accident_type.zone', 'accident_type.name'], name=op.f('fk_accident_type_alias_zone_name')),
    sa.PrimaryKeyConstraint('zone', 'alias', name=op.f('pk_accident_type_alias')),
    comment='One row is one other name of a type of accident.'
    )
    op.create_table('veto_decision',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The decision's line in the journal."),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False, comment='False: the proposal was dismissed'),
    sa.Column('grounds', sa.JSON(), nullable=False, comment='The grounds decided on, as the proposal named them'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_veto_decision_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_veto_decision')),
    comment='One row is one decision of the office on a proposed veto; grounds that come later are proposed anew.'
    )
    with op.batch_alter_table('veto_decision', schema=None) as batch_op:
        batch_op.create_index('ix_veto_decision_period', ['zone', 'period', 'unit'], unique=False)

    op.create_table('accident',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Month of the ledger'),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False, comment='事故编号 as written'),
    sa.Column('number_key', sa.Text(), nullable=False, comment='事故编号 as compared; names one accident of the year'),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('enterprise', sa.Text(), nullable=False),
    sa.Column('territory', sa.String(length=40), nullable=False, comment='属地'),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('department', sa.String(length=40), nullable=True, comment='行业主管部门'),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('dead', sa.Integer(), nullable=False, comment='死亡人数, without the missing'),
    sa.Column('missing', sa.Integer(), nullable=False),
    sa.Column('serious_injuries', sa.Integer(), nullable=False),
    sa.Column('minor_injuries', sa.Integer(), nullable=False),
    sa.Column('loss_yuan', base.Money(16), nullable=True),
    sa.Column('accident_class', sa.String(length=10), nullable=False, comment='Computed, or the higher one submitted'),
    sa.Column('counted', sa.Boolean(), nullable=False, comment='计入指标'),
    sa.Column('status', sa.String(length=10), nullable=False, comment='快报, 认定 or 核销'),
    sa.Column('stability', sa.Boolean(), nullable=False, comment='引发稳定问题'),
    sa.Column('both_examined', sa.Boolean(), nullable=False, comment='一案双查'),
    sa.Column('supervised_on', sa.Date(), nullable=True, comment='挂牌督办日期'),
    sa.Column('reported_on', sa.Date(), nullable=True, comment='调查报告日期'),
    sa.Column('extended_to', sa.Date(), nullable=True, comment='批准延期至'),
    sa.Column('held_responsible', sa.Integer(), nullable=True, comment='追责人数'),
    sa.Column('transferred_on', sa.Date(), nullable=True, comment='移送司法日期'),
    sa.Column('closed_on', sa.Date(), nullable=True, comment='结案日期'),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'department'], ['unit.zone', 'unit.unit'], name=op.f('fk_accident_zone_department')),
    sa.ForeignKeyConstraint(['zone', 'sector'], ['sector.zone', 'sector.sector'], name=op.f('fk_accident_zone_sector')),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_accident_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'territory'], ['unit.zone', 'unit.unit'], name=op.f('fk_accident_zone_territory')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_accident')),
    comment='One row is one row of 生产安全事故台账 in one accepted workbook: an accident as it was known that month.'
    )
    with op.batch_alter_table('accident', schema=None) as batch_op:
        batch_op.create_index('ix_accident_number', ['zone', 'year', 'number_key'], unique=False)

    op.create_table('baseline_month',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('inspections', sa.BigInteger(), nullable=True),
    sa.Column('problem_inspections', sa.BigInteger(), nullable=True),
    sa.Column('hazards', sa.BigInteger(), nullable=True),
    sa.Column('major_hazards', sa.BigInteger(), nullable=True),
    sa.Column('penalties', sa.BigInteger(), nullable=True),
    sa.Column('fines_yuan', base.Money(16), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_baseline_month_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_baseline_month_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_baseline_month')),
    comment="One row is one unit's sums of one month of a past year, as the office filed them; null: not told."
    )
    with op.batch_alter_table('baseline_month', schema=None) as batch_op:
        batch_op.create_index('ix_baseline_month_month', ['zone', 'month'], unique=False)

    op.create_table('review_extra',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('bonus', base.Mark(), nullable=False),
    sa.Column('deduction', base.Mark(), nullable=False),
    sa.Column('veto', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True, comment='事由'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_review_extra_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_review_extra_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_review_extra')),
    comment='One row is one row of 加减分与否决: points added or taken off, or a veto. Several of a unit add up.'
    )
    op.create_table('review_mark',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('measure', sa.Integer(), nullable=False, comment='Number of the measure in the scheme'),
    sa.Column('mark', base.Mark(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True, comment='扣分原因'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_review_mark_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_review_mark_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_review_mark')),
    comment="One row is one unit's mark for one measure in 十条措施评审 of one accepted workbook."
    )
    op.create_table('self_mark',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('measure', sa.Integer(), nullable=False, comment='Number of the measure in the scheme'),
    sa.Column('mark', base.Mark(), nullable=False),
    sa.Column('done', sa.Text(), nullable=True, comment='完成情况'),
    sa.Column('evidence', sa.Text(), nullable=True, comment='佐证材料'),
    sa.Column('reason', sa.Text(), nullable=True, comment='扣分原因'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_self_mark_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_self_mark_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_self_mark')),
    comment='One row is one measure of 十条措施自评 in one accepted workbook.'
    )


def downgrade() -> None:
    op.drop_index('ix_inspection_major', table_name='inspection')
    op.drop_table('self_mark')
    op.drop_table('review_mark')
    op.drop_table('review_extra')
    with op.batch_alter_table('baseline_month', schema=None) as batch_op:
        batch_op.drop_index('ix_baseline_month_month')

    op.drop_table('baseline_month')
    with op.batch_alter_table('accident', schema=None) as batch_op:
        batch_op.drop_index('ix_accident_number')

    op.drop_table('accident')
    with op.batch_alter_table('veto_decision', schema=None) as batch_op:
        batch_op.drop_index('ix_veto_decision_period')

    op.drop_table('veto_decision')
    op.drop_table('accident_type_alias')
    op.drop_table('accident_type')
