"""Wordings and masters of documents as versions, document numbers, and what units promised."""

import sqlalchemy as sa

from alembic import op

from data.schema import base


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('document_draft',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The draft's line in the journal."),
    sa.Column('document', sa.String(length=20), nullable=False, comment='Which document, or what all of them share'),
    sa.Column('text', sa.Text(), nullable=False, comment='The wording; empty where it is a file'),
    sa.Column('file', sa.Text(), nullable=False, comment='A .docx or .pptx in base64; empty where it is a text'),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False, comment='Of the text in UTF-8, or of the file'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_document_draft_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_document_draft')),
    comment="One row is one draft of a document's wording or master that was kept to be looked at and adopted."
    )
    op.create_index('ix_document_draft_document', 'document_draft', ['zone', 'document'])
    op.create_table('document_version',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The decision's line in the journal."),
    sa.Column('document', sa.String(length=20), nullable=False),
    sa.Column('draft', sa.Integer(), nullable=False, comment='The draft that was adopted; 0: what the product comes with'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_document_version_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_document_version')),
    comment="One row is one version of a document's wording or master: it holds for whatever is published after it."
    )
    op.create_index('ix_document_version_document', 'document_version', ['zone', 'document'])
    op.create_table('document_number',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The decision's line in the journal."),
    sa.Column('publication', sa.Integer(), nullable=False, comment='The publication that was issued under it, by its line'),
    sa.Column('number', sa.String(length=60), nullable=False, comment='发文字号; empty where it was taken back'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_document_number_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_document_number')),
    comment='One row is one document number that the office gave to the bulletin of a publication; the last one holds.'
    )
    op.create_index('ix_document_number_publication', 'document_number', ['zone', 'publication'])
    op.create_table('unit_promise',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The record's line in the journal."),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=10), nullable=False, comment='The month or quarter of which it was interviewed'),
    sa.Column('text', sa.Text(), nullable=False, comment='What it promised'),
    sa.Column('due', sa.String(length=10), nullable=False, comment='By which day; empty where none was said'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_unit_promise_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_unit_promise')),
    comment='One row is one promise that a unit gave when it was interviewed, as the office wrote it down.'
    )
    op.create_index('ix_unit_promise_unit', 'unit_promise', ['zone', 'unit'])


def downgrade() -> None:
    for table, index in (
        ('unit_promise', 'ix_unit_promise_unit'), ('document_number', 'ix_document_number_publication'),
        ('document_version', 'ix_document_version_document'), ('document_draft', 'ix_document_draft_document'),
    ):
        op.drop_index(index, table)
        op.drop_table(table)
