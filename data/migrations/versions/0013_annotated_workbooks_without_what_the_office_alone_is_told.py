"""Annotated workbooks in which warnings about other units were marked are made again without these; else they are gone."""

import sqlalchemy as sa

from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

_OFFICE_ALONE = ('number_of_another_unit', 'probable_copy')


def upgrade() -> None:
    submission = sa.table('submission', *(sa.column(name) for name in ('zone', 'submission', 'annotated')))
    found = sa.table('submission_problem', *(sa.column(name) for name in ('zone', 'submission', 'code')))
    told = sa.exists().where(
        found.c.zone == submission.c.zone, found.c.submission == submission.c.submission, found.c.code.in_(_OFFICE_ALONE)
    )
    op.execute(sa.update(submission).where(submission.c.annotated.is_not(None), told).values(annotated=None))


def downgrade() -> None:
    """The worker makes what is missing."""
