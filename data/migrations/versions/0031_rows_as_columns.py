"""The rows that reports of a day count, once more as columns (initialisation fills them), and an index that counts major hazards."""

import sqlalchemy as sa

from alembic import op


revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None
_MAJOR = sa.text('major_hazards > 0')


def _index_major(*columns: str) -> None:
    op.drop_index('ix_inspection_major', table_name='inspection')
    op.create_index('ix_inspection_major', 'inspection', ['zone', 'inspected_on', *columns], unique=False, sqlite_where=_MAJOR, postgresql_where=_MAJOR)


def upgrade() -> None:
    _index_major('submission', 'unit', 'period', 'major_hazards')
    op.create_table('told_column',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False, comment='A column of texts by its name; rows: all days, numbers and choices, words: what those choices are'),
    sa.Column('content', sa.LargeBinary(), nullable=False, comment='The values in the order of the rows, as data/rollup/told_columns.py writes them'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_told_column_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'name', name=op.f('pk_told_column')),
    comment='One row is one column, or all those of few bytes a row, of an accepted workbook whose rows are counted as of any day.'
    )


def downgrade() -> None:
    op.drop_table('told_column')
    _index_major()
