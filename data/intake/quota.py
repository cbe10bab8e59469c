"""What one account may send: so many workbooks that wait at once, and so many bytes a day.

Both are counted in the database, so that they hold for all processes of the server together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from data.disk import MIB, refuse_without_room
from data.language import gettext as _
from data.schema.intake import sent_today, submission
from data.settings import Settings
from data.store import write_transaction

WAITING = ("received", "confirmed")
"""Of what the loader has still to finish; what waits for its sender's word waits for nobody else."""


class OverQuota(Exception):
    """An account sends more than it may; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Quota:
    """The bounds of one account on one day."""

    settings: Settings
    account: str
    day: date

    @contextmanager
    def claimed(self, size: int, *, waits: bool) -> Iterator[None]:
        """Count bytes before they are kept, and count them back where they are not kept after all.

        OverQuota or DiskFull where they may not be. ``waits``: whether it is a workbook, which the loader has to finish.
        Requests that come together can exceed the number that waits by as many as they are, never the bytes.
        """
        refuse_without_room(self.settings, size)
        with write_transaction(self.settings.database_url) as connection:
            if waits:
                self.refuse_when_waiting(connection)
            self._count(connection, size)
        try:
            yield
        except BaseException:
            with write_transaction(self.settings.database_url) as connection:
                connection.execute(update(sent_today).where(*self._mine()).values(bytes=sent_today.c.bytes - size))
            raise

    def refuse_when_waiting(self, connection: Connection) -> None:
        """OverQuota where as many workbooks of the account wait as may."""
        table = submission.c
        mine = table.zone == self.settings.zone, table.sender == self.account, table.status.in_(WAITING)
        waiting = connection.execute(select(func.count()).where(*mine)).scalar_one()
        if waiting >= self.settings.upload_waiting:
            raise OverQuota(
                _("%(n)s workbooks of this account still wait to be checked or filed. Wait until some of them are done, then "
                  "send the next.", n=waiting)
            )  # fmt: skip

    def _count(self, connection: Connection, size: int) -> None:
        most = self.settings.upload_mib_a_day * MIB
        sent: int | None = connection.execute(select(sent_today.c.bytes).where(*self._mine())).scalar()
        if (sent or 0) + size > most:
            raise OverQuota(
                _("An account may send %(most)s MiB a day; this one has sent %(sent)s MiB today. Send the rest tomorrow; if it "
                  "cannot wait, ask the administrator.", most=self.settings.upload_mib_a_day, sent=(sent or 0) // MIB)
            )  # fmt: skip
        if sent is None:
            connection.execute(delete(sent_today).where(*self._earlier()))
            mine = {"zone": self.settings.zone, "account": self.account, "day": self.day}
            connection.execute(insert(sent_today).values(bytes=size, **mine))
        else:
            connection.execute(update(sent_today).where(*self._mine()).values(bytes=sent + size))

    def _mine(self) -> tuple[ColumnElement[bool], ...]:
        table: Any = sent_today.c
        return table.zone == self.settings.zone, table.account == self.account, table.day == self.day

    def _earlier(self) -> tuple[ColumnElement[bool], ...]:
        table: Any = sent_today.c
        return table.zone == self.settings.zone, table.account == self.account, table.day < self.day
