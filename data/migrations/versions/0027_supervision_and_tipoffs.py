"""What supervision found, and tip-offs with sanctions and crackdowns."""

import sqlalchemy as sa

from data.schema import base

from alembic import op


revision = '0027'
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('supervision_finding',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Month of the ledger'),
    sa.Column('number', sa.Text(), nullable=False, comment='编号 as written'),
    sa.Column('number_key', sa.Text(), nullable=False, comment='编号 as compared; names one finding of the zone'),
    sa.Column('ordered_on', sa.Date(), nullable=False, comment='日期'),
    sa.Column('method', sa.String(length=20), nullable=False, comment='方式'),
    sa.Column('supervised', sa.String(length=40), nullable=False, comment='被督查单位'),
    sa.Column('finding', sa.Text(), nullable=False, comment='发现问题'),
    sa.Column('due_on', sa.Date(), nullable=True, comment='整改期限'),
    sa.Column('answered_on', sa.Date(), nullable=True, comment='回复日期'),
    sa.Column('exposed', sa.Boolean(), nullable=False, comment='曝光'),
    sa.Column('closed_on', sa.Date(), nullable=True, comment='销号日期'),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_supervision_finding_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'supervised'], ['unit.zone', 'unit.unit'], name=op.f('fk_supervision_finding_zone_supervised')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_supervision_finding')),
    comment="One row is one row of 督查台账 in one accepted workbook: a finding as that month's ledger told of it."
    )
    op.create_table('tipoff',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='The unit that handles it'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Month of the ledger'),
    sa.Column('number', sa.Text(), nullable=False, comment='编号 as written'),
    sa.Column('number_key', sa.Text(), nullable=False, comment='编号 as compared; names one case of the unit'),
    sa.Column('received_on', sa.Date(), nullable=False, comment='日期'),
    sa.Column('type', sa.String(length=20), nullable=False, comment='类型'),
    sa.Column('object', sa.Text(), nullable=False, comment='对象; for the office and the unit alone, as all of the row'),
    sa.Column('sector', sa.String(length=40), nullable=True),
    sa.Column('substantiated', sa.Boolean(), nullable=False, comment='是否查实'),
    sa.Column('reward_yuan', base.Money(16), nullable=True, comment='奖励金额'),
    sa.Column('paid_on', sa.Date(), nullable=True, comment='发放日期'),
    sa.Column('closed_on', sa.Date(), nullable=True, comment='办结日期'),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'sector'], ['sector.zone', 'sector.sector'], name=op.f('fk_tipoff_zone_sector')),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_tipoff_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_tipoff_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_tipoff')),
    comment='One row is one row of 举报与失信惩戒 in one accepted workbook: a case as its unit told of it that month.'
    )


def downgrade() -> None:
    op.drop_table('tipoff')
    op.drop_table('supervision_finding')
