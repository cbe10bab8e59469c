"""Up to which line of the journal everything is done, and what became of each decision: one that fails holds nothing up."""

import sqlalchemy as sa

from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_STATUS = "received, checked (waits for its sender's word), confirmed, accepted, rejected, duplicate, withdrawn, set_aside (the program failed on it) or discarded"
_STATUS_BEFORE = "received, checked (waits for its sender's word), confirmed, accepted, rejected, duplicate or withdrawn"
_RETURNED = 'When the office returned or discarded it; from then on it does not count'
_RETURNED_BEFORE = 'When the office returned it; from then on it does not count'
_DECISION = 'One row is one journalled decision of a person whose turn has come; what it did stands in its own table.'
_DECISION_BEFORE = 'One row is one journalled decision of a person that was carried out; what it did stands in its own table.'
_INSTALLATION = 'One row says under which name the journal knows this database, and up to which line all of it is done.'
_INSTALLATION_BEFORE = 'One row says under which name the journal knows this database.'


def upgrade() -> None:
    op.add_column('installation', sa.Column('settled', sa.Integer(), server_default=sa.text('0'), nullable=False, comment="The journal's line up to which every receipt has its outcome and every decision its row"))
    op.add_column('decision', sa.Column('outcome', sa.String(length=12), server_default='done', nullable=False, comment='done; refused (no longer possible when its turn came) or set_aside (the program failed on it)'))
    op.add_column('decision', sa.Column('reason', sa.Text(), nullable=True, comment='Why it was not carried out, as its actor is told'))
    # Until now receipts were finished in the order of their lines: nothing before the last finished one waits.
    op.execute(sa.text("UPDATE installation SET settled = (SELECT coalesce(max(submission), 0) FROM submission WHERE submission.zone = installation.zone AND status <> 'received')"))
    _comment(_INSTALLATION, _INSTALLATION_BEFORE, _DECISION, _DECISION_BEFORE, _STATUS, _STATUS_BEFORE, _RETURNED, _RETURNED_BEFORE)


def downgrade() -> None:
    _comment(_INSTALLATION_BEFORE, _INSTALLATION, _DECISION_BEFORE, _DECISION, _STATUS_BEFORE, _STATUS, _RETURNED_BEFORE, _RETURNED)
    for table, columns in (('decision', ('reason', 'outcome')), ('installation', ('settled',))):
        for column in columns:
            op.drop_column(table, column)


def _comment(installation: str, installation_before: str, decision: str, decision_before: str, status: str, status_before: str, returned: str, returned_before: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == 'sqlite':
        return
    op.create_table_comment('installation', installation, existing_comment=installation_before)
    op.create_table_comment('decision', decision, existing_comment=decision_before)
    op.alter_column('submission', 'status', existing_type=sa.String(length=12), existing_nullable=False, comment=status, existing_comment=status_before)
    op.alter_column('submission', 'returned_at', existing_type=sa.DateTime(), existing_nullable=True, comment=returned, existing_comment=returned_before)
