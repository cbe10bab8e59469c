"""Confirmation, return, differences, matched headers, attachments, new rules."""

from hashlib import blake2b

import sqlalchemy as sa

from data.schema import base

from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns are added in place: SQLite would otherwise rebuild the table, and rows of others refer to it.
    op.add_column('submission', sa.Column('choice', sa.JSON(), nullable=True, comment='What the sender chose, as the journal has it; null where it was loaded at once'))
    op.add_column('submission', sa.Column('only_unit', sa.String(length=40), nullable=True, comment='The one unit that the sender may send for; null for the office'))
    op.add_column('submission', sa.Column('asks', sa.Boolean(), nullable=False, server_default=sa.false(), comment='Shown to its sender before it counts'))
    op.add_column('submission', sa.Column('checked_against', sa.Integer(), nullable=True, comment='The version in force when it was checked; null: none'))
    op.add_column('submission', sa.Column('confirmation', sa.Integer(), nullable=True, comment="The journal's line with its sender's word to load it"))
    op.add_column('submission', sa.Column('returned_at', base.Instant(), nullable=True, comment='When the office returned it; from then on it does not count'))
    op.add_column('submission', sa.Column('returned_by', sa.String(length=60), nullable=True))
    op.add_column('submission', sa.Column('return_reason', sa.Text(), nullable=True))
    op.add_column('submission', sa.Column('annotated', sa.String(length=64), nullable=True, comment='SHA-256 of the workbook with its problems marked in it'))
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('submission', 'status', existing_type=sa.String(length=12), existing_nullable=False, comment="received, checked (waits for its sender's word), confirmed, accepted, rejected, duplicate or withdrawn")

    op.create_table('row_difference',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('change', sa.String(length=8), nullable=False, comment='new, changed, gone or same'),
    sa.Column('sheet', sa.Text(), nullable=False, comment="The table's title in our template"),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet; of what is gone: on that of the version before'),
    sa.Column('identity', sa.Text(), nullable=False, comment='By what the row is known again, as people read it'),
    sa.Column('before', sa.JSON(), nullable=True, comment='{column: text}; of what changed only that; null of new rows'),
    sa.Column('after', sa.JSON(), nullable=True, comment='{column: text}; of what changed only that; null of rows that are gone'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_row_difference_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'position', name=op.f('pk_row_difference')),
    comment='One row is one row of a workbook against the version before; of a checked one also rows that stay the same.'
    )
    with op.batch_alter_table('row_difference', schema=None) as batch_op:
        batch_op.create_index('ix_row_difference_change', ['zone', 'submission', 'change', 'position'], unique=False)

    op.create_table('decision',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The decision's line in the journal."),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_decision_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_decision')),
    comment='One row is one journalled decision of a person that was carried out; what it did stands in its own table.'
    )
    op.execute(
        "INSERT INTO decision (zone, entry, act, actor, at) "
        "SELECT zone, entry, 'decide_veto', actor, at FROM veto_decision"
    )
    op.create_table('header_match',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('table', sa.String(length=40), nullable=False, comment="Key of the kind's table"),
    sa.Column('header', sa.String(length=200), nullable=False, comment='The header as compared'),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The journal's line; the last one holds."),
    sa.Column('column', sa.String(length=40), nullable=True, comment='Key of the column that it names; null: the match was taken back'),
    sa.Column('written', sa.Text(), nullable=False, comment='The header as the office writes it'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_header_match_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'unit', 'kind', 'table', 'header', 'entry', name=op.f('pk_header_match')),
    comment="One row is one header of a unit's own form that a person matched by hand with a column of ours."
    )
    op.create_table('attachment',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False, comment="The attachment's line in the journal."),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('media_type', sa.String(length=60), nullable=False, comment='By its content: PDF, JPEG or PNG'),
    sa.Column('size', sa.Integer(), nullable=False, comment='Bytes'),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_attachment_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_attachment')),
    comment='One row is one stamped scan or piece of evidence sent with a workbook; its bytes are in the archive.'
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_submission', ['zone', 'submission'], unique=False)

    op.create_table('rule_start',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.String(length=60), nullable=False, comment="Name of the rule, or the problem's code"),
    sa.Column('warns_in', sa.String(length=10), nullable=False, comment='The period in which it warns; later ones it refuses'),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_rule_start_zone')),
    sa.PrimaryKeyConstraint('zone', 'rule', name=op.f('pk_rule_start')),
    comment='One row is one rule that is new: silent before a period, a warning in it, a refusal afterwards.'
    )

    op.create_table('ledger_sample',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('enterprise_key', sa.Text(), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False, comment='How many enterprises stand for that ledger'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_ledger_sample_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'enterprise_key', 'submission', name=op.f('pk_ledger_sample')),
    comment='One row is one of the enterprises (256 at most) by which an accepted ledger is found again where another may be its copy.'
    )
    _sample_ledgers()


def _sample_ledgers() -> None:
    """Each ledger's sample, as loading it makes it: all its enterprises, or the 256 with the smallest hash."""
    connection = op.get_bind()
    sample = sa.table('ledger_sample', *(sa.column(name) for name in ('zone', 'enterprise_key', 'submission', 'size')))
    ledgers = connection.execute(sa.text('SELECT DISTINCT zone, submission FROM inspection')).all()
    for zone, submission in ledgers:
        asked = sa.text('SELECT DISTINCT enterprise_key FROM inspection WHERE zone = :zone AND submission = :submission')
        keys = list(connection.execute(asked, {'zone': zone, 'submission': submission}).scalars())
        chosen = sorted(keys, key=lambda key: blake2b(key.encode(), digest_size=8).digest())[:256]
        rows = [{'zone': zone, 'enterprise_key': key, 'submission': submission, 'size': len(chosen)} for key in chosen]
        connection.execute(sa.insert(sample), rows)


def downgrade() -> None:
    for table in ('ledger_sample', 'rule_start', 'attachment', 'header_match', 'decision', 'row_difference'):
        op.drop_table(table)
    for column in ('annotated', 'return_reason', 'returned_by', 'returned_at', 'confirmation', 'checked_against', 'asks', 'only_unit', 'choice'):
        op.drop_column('submission', column)
