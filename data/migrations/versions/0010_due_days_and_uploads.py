"""A far deadline hides no case: due at the latest 100 days after the inspection. When a confirmed workbook had come in.

The sums that rest on due days are made anew by ``data init`` once all migrations are done.
"""

from calendar import monthrange
from datetime import date, timedelta

import sqlalchemy as sa

from data.schema import base

from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_FARTHEST = timedelta(days=100)
_OF_DUE_ON = 'rectify_by + days of grace; null without hazards'
_INSPECTION = sa.table(
    'inspection',
    *(sa.column(name) for name in ('zone', 'submission', 'row', 'due_month')),
    *(sa.column(name, sa.Date()) for name in ('inspected_on', 'rectify_by', 'due_on')),
)


def upgrade() -> None:
    op.add_column('submission', sa.Column('uploaded_at', base.Instant(), nullable=True, comment='When a confirmed one had come in; null where it was loaded at once'))
    _say("From when it is known; of a confirmed one its sender's word", 'rectify_by + days of grace, at most inspected_on + 100 days; null without hazards')
    _set_due_days(farthest=_FARTHEST)


def downgrade() -> None:
    _set_due_days(farthest=timedelta.max)
    _say(None, _OF_DUE_ON)
    op.drop_column('submission', 'uploaded_at')


def _say(of_received_at: str | None, of_due_on: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('submission', 'received_at', existing_type=base.Instant(), existing_nullable=False, comment=of_received_at)
        op.alter_column('inspection', 'due_on', existing_type=sa.Date(), existing_nullable=True, comment=of_due_on)


def _set_due_days(farthest: timedelta) -> None:
    """Deadline and days of grace, at most so long after the inspection; only rows of which the day changes are written."""
    connection, table = op.get_bind(), _INSPECTION.c
    for zone, starts_on, grace in connection.execute(sa.text('SELECT zone, month_starts_on, grace_days FROM zone')).all():
        rows = connection.execute(
            sa.select(table.submission, table.row, table.inspected_on, table.rectify_by, table.due_on)
            .where(table.zone == zone, table.due_on.is_not(None))
        )
        changed = []
        for row in rows:
            due = row.rectify_by + timedelta(days=grace)
            if due - row.inspected_on > farthest:
                due = row.inspected_on + farthest
            if due != row.due_on:
                changed.append({'of_submission': row.submission, 'of_row': row.row, 'day': due, 'month': _month(due, starts_on)})
        if changed:
            this = (table.zone == zone, table.submission == sa.bindparam('of_submission'), table.row == sa.bindparam('of_row'))
            new = {'due_on': sa.bindparam('day', type_=sa.Date()), 'due_month': sa.bindparam('month')}
            connection.execute(sa.update(_INSPECTION).where(*this).values(new), changed)


def _month(day: date, starts_on: int) -> str:
    """The statistical month of a day, in a zone whose month starts on some day of the calendar month before."""
    of_next = starts_on > 1 and day.day >= min(starts_on, monthrange(day.year, day.month)[1])
    return f'{day.year + day.month // 12:04d}-{day.month % 12 + 1:02d}' if of_next else f'{day.year:04d}-{day.month:02d}'
