"""What was published, frozen as it was."""

import sqlalchemy as sa

from alembic import op

from data.schema import base


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('publication',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The publication's line in the journal."),
    sa.Column('report', sa.String(length=20), nullable=False, comment='ranking, scores or casualties'),
    sa.Column('period', sa.String(length=10), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False, comment='Of casualties the day as of which they are; else empty'),
    sa.Column('revision', sa.Integer(), nullable=False, comment='Counts the publications of one report, period and day from 1.'),
    sa.Column('sha256', sa.String(length=64), nullable=False, comment='Over the content in canonical JSON'),
    sa.Column('content', sa.JSON(), nullable=False, comment='The report as it was printed, and what it rests on'),
    sa.Column('mistake', sa.Boolean(), nullable=False, comment='Whether it puts a mistake right (更正); else data got better (修订)'),
    sa.Column('reason', sa.Text(), nullable=False, comment='Why it was revised, or published early; empty where neither'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_publication_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_publication')),
    sa.UniqueConstraint('zone', 'report', 'period', 'day', 'revision', name=op.f('uq_publication_zone_report_period_day_revision')),
    comment="One row is one publication of a month, a quarter or a day's casualties; a revision is another row."
    )
    op.create_index('ix_publication_sha256', 'publication', ['zone', 'sha256'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_publication_sha256', table_name='publication')
    op.drop_table('publication')
