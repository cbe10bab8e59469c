"""The year's work plan in versions, and what units tell of its items."""

import sqlalchemy as sa

from alembic import op

from data.schema import base


revision = '0033'
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('work_plan',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False, comment='1, 2, 3 …: the last one holds'),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False, comment='Its YAML, whole and valid'),
    sa.Column('entry', sa.Integer(), nullable=True, comment="The decision's line in the journal; none: it came with the program"),
    sa.Column('actor', sa.String(length=60), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=True, comment='When it was decided; none: it counts from ever'),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_work_plan_zone')),
    sa.PrimaryKeyConstraint('zone', 'year', 'version', name=op.f('pk_work_plan')),
    comment="One row is one version of a year's work plan. Nothing ever changes a row."
    )
    op.create_table('task_progress',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='The unit that tells of it'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Quarter of the workbook, e.g. 2022Q2'),
    sa.Column('item', sa.String(length=20), nullable=False, comment="任务编号: an item of the year's plan"),
    sa.Column('object', sa.Text(), nullable=True, comment='对象 as written; none: the unit itself'),
    sa.Column('object_key', sa.Text(), nullable=False, comment='对象 as compared: a unit by its code (none given: the unit that tells of it)'),
    sa.Column('expected', base.Mark(), nullable=False, comment='应完成数'),
    sa.Column('done', base.Mark(), nullable=False, comment='已完成数: the total since 1 January'),
    sa.Column('happened_on', sa.Date(), nullable=True, comment='发生日期'),
    sa.Column('completed_on', sa.Date(), nullable=True, comment="完成日期: the day of evidence; none: the period's last day"),
    sa.Column('progress', sa.Text(), nullable=False, comment='进展情况'),
    sa.Column('evidence', sa.Text(), nullable=True, comment='佐证材料'),
    sa.Column('trouble', sa.Text(), nullable=True, comment='存在问题'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_task_progress_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_task_progress_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_task_progress')),
    comment='One row is one row of 重点任务进展 in one accepted workbook: how far an item of the plan has come, as that quarter told.'
    )
    op.create_index('ix_task_progress_item', 'task_progress', ['zone', 'unit', 'item'])


def downgrade() -> None:
    op.drop_index('ix_task_progress_item', 'task_progress')
    op.drop_table('task_progress')
    op.drop_table('work_plan')
