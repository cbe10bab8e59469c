"""Which version of the data a database holds, so that a result that was computed of it can be kept."""

import sqlalchemy as sa

from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

installation = 'One row says under which name the journal knows this database, up to which line all of it is done, and which version of the data this is.'
installation_before = 'One row says under which name the journal knows this database, and up to which line all of it is done.'


def upgrade() -> None:
    op.add_column('installation', sa.Column('data_version', sa.String(length=32), server_default='', nullable=False, comment='Another after every transaction that changes what pages show; the same says that nothing changed'))
    _comment(installation, installation_before)


def downgrade() -> None:
    _comment(installation_before, installation)
    op.drop_column('installation', 'data_version')


def _comment(now: str, before: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name != 'sqlite':
        op.create_table_comment('installation', now, existing_comment=before)
