"""What units answer to the marks of a review, with evidence, and what the office decides."""

import sqlalchemy as sa

from alembic import op

from data.schema import base


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mark_reply',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The reply's line in the journal."),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('measure', sa.Integer(), nullable=False, comment='Number of the measure in the scheme'),
    sa.Column('review', sa.Integer(), nullable=False, comment='The submission whose mark it answers'),
    sa.Column('mark', base.Mark(), nullable=False, comment='The reviewed mark that it answers'),
    sa.Column('agrees', sa.Boolean(), nullable=False, comment='False: the unit contests the mark'),
    sa.Column('reason', sa.Text(), nullable=False, comment='Why it is contested; empty where the unit agrees'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'review'], ['submission.zone', 'submission.submission'], name=op.f('fk_mark_reply_zone_review')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_mark_reply_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_mark_reply')),
    comment='One row is one answer of a unit to one mark; the last one of a measure holds, the earlier ones stay.'
    )
    op.create_index('ix_mark_reply_period', 'mark_reply', ['zone', 'period', 'unit'], unique=False)
    op.create_table('reply_evidence',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The evidence's line in the journal."),
    sa.Column('reply', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('media_type', sa.String(length=60), nullable=False, comment='By its content: PDF, JPEG or PNG'),
    sa.Column('size', sa.Integer(), nullable=False, comment='Bytes'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'reply'], ['mark_reply.zone', 'mark_reply.entry'], name=op.f('fk_reply_evidence_zone_reply')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_reply_evidence')),
    comment='One row is one piece of evidence for why a mark is contested; its bytes are in the archive.'
    )
    op.create_index('ix_reply_evidence_reply', 'reply_evidence', ['zone', 'reply'], unique=False)
    op.create_table('mark_decision',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The decision's line in the journal."),
    sa.Column('reply', sa.Integer(), nullable=False, comment='The reply that it decides on'),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('measure', sa.Integer(), nullable=False, comment='Number of the measure in the scheme'),
    sa.Column('before', base.Mark(), nullable=False, comment='The reviewed mark that it was decided on'),
    sa.Column('mark', base.Mark(), nullable=False, comment='What counts in its place; the same where it is upheld'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'reply'], ['mark_reply.zone', 'mark_reply.entry'], name=op.f('fk_mark_decision_zone_reply')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_mark_decision_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_mark_decision')),
    comment='One row is one decision of the office on a contested mark; the last one of a measure holds.'
    )
    op.create_index('ix_mark_decision_period', 'mark_decision', ['zone', 'period', 'unit'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_mark_decision_period', table_name='mark_decision')
    op.drop_table('mark_decision')
    op.drop_index('ix_reply_evidence_reply', table_name='reply_evidence')
    op.drop_table('reply_evidence')
    op.drop_index('ix_mark_reply_period', table_name='mark_reply')
    op.drop_table('mark_reply')
