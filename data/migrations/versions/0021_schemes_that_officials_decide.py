"""Drafts of schemes, and who adopted which, when and why."""

import sqlalchemy as sa

from alembic import op

from data.schema import base


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('scheme_draft',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The draft's line in the journal."),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False, comment='Its YAML, whole and valid'),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('instead_of', sa.Integer(), nullable=True, comment='The draft that it was made of, which is looked at no more'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_scheme_draft_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_scheme_draft')),
    comment='One row is one draft of a scheme that was kept to be looked at and adopted.'
    )
    op.create_table('scheme_decision',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The decision's line in the journal."),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('adopted', sa.Boolean(), nullable=False, comment='False: it was withdrawn before it held'),
    sa.Column('draft', sa.Integer(), nullable=False, comment='The draft that was adopted, by its line'),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('known', sa.JSON(), nullable=False, comment='What was published already and moves with it, as the decider knew'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_scheme_decision_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_scheme_decision')),
    comment='One row is one decision on a version of a scheme: adopted, or withdrawn before it held.'
    )


def downgrade() -> None:
    op.drop_table('scheme_decision')
    op.drop_table('scheme_draft')
