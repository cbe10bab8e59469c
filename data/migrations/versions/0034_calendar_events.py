"""The dated events of the committee's year, and who holds the posts of the plan."""

import sqlalchemy as sa

from alembic import op
from data.schema.base import Instant


revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_event',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The version's line in the journal."),
    sa.Column('event', sa.Integer(), nullable=False, comment='The event, by the line that added it; 0: this one adds it'),
    sa.Column('replaces', sa.Integer(), nullable=False, comment='The version before it, by its line; 0: none'),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False, comment='The day, or the first of several'),
    sa.Column('last_day', sa.String(length=10), nullable=False, comment='The last of several days; empty: it is one day'),
    sa.Column('starts_at', sa.String(length=5), nullable=False, comment='The time of the day, 09:30; empty: none was said'),
    sa.Column('title', sa.Text(), nullable=False, comment='What everybody reads whom it concerns: no name of a person'),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('units', sa.JSON(), nullable=False, comment='The units that it concerns, by their codes; none: everybody'),
    sa.Column('period', sa.String(length=7), nullable=False, comment='The quarter of which is spoken last; empty: it is no speech'),
    sa.Column('enterprise', sa.Text(), nullable=False, comment='The enterprise that speaks last; empty: a unit does, or none'),
    sa.Column('note', sa.Text(), nullable=False, comment='For the office and the one unit that it concerns'),
    sa.Column('held_on', sa.String(length=10), nullable=False, comment='The day on which it took place; empty: it did not yet'),
    sa.Column('cancelled', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False, comment='Why it is cancelled; empty where it is not'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_calendar_event_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_calendar_event')),
    comment='One row is one version of one dated event of the committee; the last one holds.'
    )
    op.create_table('leader_name',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment='The line in the journal.'),
    sa.Column('year', sa.Integer(), nullable=False, comment='The year of the plan that names the post'),
    sa.Column('post', sa.String(length=200), nullable=False, comment='The post, as the plan writes it'),
    sa.Column('person', sa.String(length=60), nullable=False, comment='Who holds it; empty: nobody is named any more'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_leader_name_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_leader_name')),
    comment="One row is who holds one post that a year's plan lays duties on; the last one of a post holds."
    )


def downgrade() -> None:
    op.drop_table('leader_name')
    op.drop_table('calendar_event')
