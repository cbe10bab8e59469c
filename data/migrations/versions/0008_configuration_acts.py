"""What people configure is journalled from now on: which lines of the journal were carried out.

``data init`` writes the first line, with what is configured at present (``data.intake.configuration``)."""

import sqlalchemy as sa

from alembic import op
from data.schema import base


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('configuration',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The act's line in the journal."),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_configuration_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_configuration')),
    comment='One row is one journalled act on accounts or on what is configured; what it did stands in its own table.',
    )


def downgrade() -> None:
    op.drop_table('configuration')
