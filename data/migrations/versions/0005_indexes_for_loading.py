"""Indexes on what a load asks of a unit's whole record; the sample of ledgers lies in the order in which it is asked for."""

import sqlalchemy as sa

from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_PARTIAL = (
    ('ix_inspection_decision', 'inspection', ['zone', 'submission'], 'decision_key IS NOT NULL'),
    ('ix_inspection_due', 'inspection', ['zone', 'submission', 'due_month'], 'due_month IS NOT NULL'),
    ('ix_inspection_major_case', 'inspection', ['zone', 'submission'], 'major_hazards > 0'),
    ('ix_submission_confirmed', 'submission', ['zone'], "status = 'confirmed'"),
)


def upgrade() -> None:
    for name, table, columns, where in _PARTIAL:
        op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    if op.get_bind().dialect.name == 'sqlite':
        _order_sample(sqlite_with_rowid=False)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        _order_sample(sqlite_with_rowid=True)
    for name, table, _, _ in reversed(_PARTIAL):
        op.drop_index(name, table_name=table)


def _order_sample(*, sqlite_with_rowid: bool) -> None:
    """SQLite keeps a table in the order of its key only where it has no row numbers; that is said when it is made."""
    op.rename_table('ledger_sample', 'ledger_sample_before')
    op.create_table('ledger_sample',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('enterprise_key', sa.Text(), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False, comment='How many enterprises stand for that ledger'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_ledger_sample_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'enterprise_key', 'submission', name=op.f('pk_ledger_sample')),
    comment='One row is one of the enterprises (256 at most) by which an accepted ledger is found again where another may be its copy.',
    sqlite_with_rowid=sqlite_with_rowid,
    )
    op.execute('INSERT INTO ledger_sample SELECT zone, enterprise_key, submission, size FROM ledger_sample_before')
    op.drop_table('ledger_sample_before')
