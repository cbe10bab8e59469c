"""Uploads with problems that have no annotated workbook yet: the worker makes them when nothing waits to be checked."""

from __future__ import annotations

import io
import logging
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from data.intake.anchors import at_present
from data.intake.annotations import keep_annotated
from data.intake.archive import Archive, ArchiveError
from data.people.scope import OFFICE_ACCOUNT, TOLD_TO_THE_OFFICE
from data.schema.intake import submission, submission_problem
from data.settings import Settings
from data.store import StoreError, database_errors, reader, write_transaction
from data.zone.clock import Clock
from data.zone.zone import read_zone
from etl.annotate import NotAnnotated, annotated
from etl.table.left_out import LeftOut
from etl.table.problem_groups import MOST_CELLS, MOST_ENTRIES
from etl.table.problems import Problem

log = logging.getLogger("etl.annotate")
CANNOT_BE = ""
"""Kept in place of the hash where no annotated workbook can be made, so that it is not tried again."""


def annotate_next(settings: Settings, archive: Archive) -> bool:
    """Make the annotated workbook of the upload that came last and lacks it; whether there was one."""
    with database_errors(), reader(settings.database_url).connect() as connection:
        row = _next(connection, settings.zone)
        problems = [] if row is None else _problems(connection, settings.zone, row.submission)
        anchor = None if row is None else at_present(connection, archive, settings.zone)
    if row is None:
        return False
    kept = CANNOT_BE
    try:
        left_out = [LeftOut.of(one) for one in row.left_out or ()]
        marked = annotated(
            archive.read(row.sha256), problems, settings.reader_memory_mib, settings.reader_seconds,
            left_out=left_out, layout=row.layout or {}, anchor=anchor,
        )  # fmt: skip
        kept = archive.keep(io.BytesIO(marked))
    except NotAnnotated as error:
        log.info("submission %s gets no annotated workbook: %s", row.submission, error)
    except (ArchiveError, StoreError):
        raise
    except Exception as error:  # noqa: BLE001  # what the program fails on is not tried again: others wait behind it
        log.error("the program failed on marking submission %s: %s", row.submission, type(error).__name__)  # noqa: TRY400  # its text may hold what stands in the workbook
    with write_transaction(settings.database_url) as connection:
        at = Clock(read_zone(connection, settings.zone).calendar, settings.today).now()
        keep_annotated(connection, archive, settings.zone, row.submission, kept, at)
    return True


def _next(connection: Connection, zone: str) -> Row[Any, Any, Any, Any] | None:
    told, found = submission.c, submission_problem.c
    has_problems = exists().where(
        found.zone == told.zone, found.submission == told.submission, found.code.not_in(TOLD_TO_THE_OFFICE)
    )
    return connection.execute(
        select(told.submission, told.sha256, told.left_out, told.layout)
        .where(told.zone == zone, told.sender != OFFICE_ACCOUNT, told.annotated.is_(None))
        .where(told.status.in_(("rejected", "checked")), has_problems)
        .order_by(told.submission.desc())
        .limit(1)
    ).first()


def _problems(connection: Connection, zone: str, number: int) -> list[Problem]:
    found = submission_problem.c
    rows = connection.execute(
        select(submission_problem)
        .where(found.zone == zone, found.submission == number)
        .order_by(found.position)
        .limit(MOST_ENTRIES)
    )
    return [
        Problem(
            row.code,
            row.sheet,
            row.cell,
            row.column,
            row.value,
            row.parameters,
            tuple(row.cells[:MOST_CELLS]),
            row.places,
        )
        for row in rows
    ]
