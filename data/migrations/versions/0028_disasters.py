"""What units tell of warnings and disasters."""

import sqlalchemy as sa

from alembic import op


revision = '0028'
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('disaster',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False, comment='The unit that tells of it'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='Month of the ledger'),
    sa.Column('number', sa.Text(), nullable=False, comment='编号 as written'),
    sa.Column('number_key', sa.Text(), nullable=False, comment='编号 as compared; with the unit it names one thing'),
    sa.Column('happened_at', sa.DateTime(), nullable=True, comment='发生时间; none: a warning that nothing followed'),
    sa.Column('type', sa.Text(), nullable=False, comment='类型'),
    sa.Column('territory', sa.String(length=40), nullable=False, comment='属地'),
    sa.Column('warned_at', sa.DateTime(), nullable=True, comment='预警时间; none: it came without a warning'),
    sa.Column('called_at', sa.DateTime(), nullable=True, comment='叫应时间'),
    sa.Column('answered_at', sa.DateTime(), nullable=True, comment='应答时间'),
    sa.Column('fed_back_at', sa.DateTime(), nullable=True, comment='反馈时间'),
    sa.Column('measures', sa.String(length=10), nullable=True, comment='熔断措施: of 禁, 停, 撤, 疏, joined by 、'),
    sa.Column('moved', sa.Integer(), nullable=False, comment='转移人数'),
    sa.Column('dead', sa.Integer(), nullable=False, comment='死亡人数'),
    sa.Column('missing', sa.Integer(), nullable=False, comment='失踪人数'),
    sa.Column('responsible', sa.Boolean(), nullable=False, comment='责任事件'),
    sa.Column('in_need', sa.Integer(), nullable=False, comment='需救助人数'),
    sa.Column('helped', sa.Integer(), nullable=False, comment='已保障人数'),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_disaster_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'territory'], ['unit.zone', 'unit.unit'], name=op.f('fk_disaster_zone_territory')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_disaster_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_disaster')),
    comment='One row is one row of 灾害与预警台账 in one accepted workbook: a warning, a disaster, or both, as it was told that month.'
    )
    op.create_index('ix_disaster_number', 'disaster', ['zone', 'unit', 'number_key'])


def downgrade() -> None:
    op.drop_index('ix_disaster_number', 'disaster')
    op.drop_table('disaster')
