"""Of each ledger one row of bits instead of a row for every enterprise: a load wrote into a hundred pages for these alone."""

from collections.abc import Iterable
from hashlib import blake2b
from zlib import crc32

import sqlalchemy as sa

from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_BITS = 4096


def upgrade() -> None:
    op.create_table('ledger_fingerprint',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('bits', sa.LargeBinary(), nullable=False, comment='4096 bits, of which each enterprise (256 at most) sets one'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_ledger_fingerprint_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'submission', name=op.f('pk_ledger_fingerprint')),
    comment='One row is the enterprises of one accepted ledger, as far as is needed to see which ledgers share many of them.'
    )
    connection = op.get_bind()
    table = sa.table('ledger_fingerprint', *(sa.column(name) for name in ('zone', 'submission', 'bits')))
    for zone, submission, keys in _ledgers():
        bits = 0
        for one in sorted({crc32(key.encode()) for key in keys})[:256]:
            bits |= 1 << one % _BITS
        row = {'zone': zone, 'submission': submission, 'bits': bits.to_bytes(_BITS // 8)}
        connection.execute(sa.insert(table), row)
    op.drop_table('ledger_sample')


def downgrade() -> None:
    op.create_table('ledger_sample',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('enterprise_key', sa.Text(), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False, comment='How many enterprises stand for that ledger'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_ledger_sample_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'enterprise_key', 'submission', name=op.f('pk_ledger_sample')),
    comment='One row is one of the enterprises (256 at most) by which an accepted ledger is found again where another may be its copy.',
    sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    table = sa.table('ledger_sample', *(sa.column(name) for name in ('zone', 'enterprise_key', 'submission', 'size')))
    for zone, submission, keys in _ledgers():
        chosen = sorted(keys, key=lambda key: blake2b(key.encode(), digest_size=8).digest())[:256]
        rows = [{'zone': zone, 'enterprise_key': key, 'submission': submission, 'size': len(chosen)} for key in chosen]
        connection.execute(sa.insert(table), rows)
    op.drop_table('ledger_fingerprint')


def _ledgers() -> Iterable[tuple[str, int, set[str]]]:
    """(zone, submission, its enterprises) of every ledger with rows."""
    connection = op.get_bind()
    asked = sa.text('SELECT DISTINCT enterprise_key FROM inspection WHERE zone = :zone AND submission = :submission')
    for zone, submission in connection.execute(sa.text('SELECT DISTINCT zone, submission FROM inspection')).all():
        yield zone, submission, set(connection.execute(asked, {'zone': zone, 'submission': submission}).scalars())
