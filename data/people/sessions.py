"""Signing in and out, and the sessions in between: they idle out, end after a working day, and end with what they rest on.

Who is refused is told the same, whether the account does not exist, is disabled, or the password is wrong, after the
same work. A session is known by a random token; only the token's SHA-256 is stored.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from data.language import gettext as _
from data.people import lockout
from data.people.accounts import Account, Accounts, account_of_row, change, find_row, normal_name
from data.people.lockout import Lock, Origin
from data.people.passwords import WeakPassword, check_strength, hashed, is_outdated, matches
from data.schema.accounts import account as account_table
from data.schema.accounts import sign_in as table
from data.settings import Settings
from data.store import database_errors, reader, session_transaction

NOBODY = "—"
"""Who acted, in the audit log, before anybody was known; no account can have this name."""
SEEN_EVERY = timedelta(minutes=1)
ANYWHERE = Origin()
Way = Literal["password", "unified sign-in", "demo"]


class SignInRefused(ValueError):
    """Nobody was let in; the text says so without telling why. ``until`` is the end of a lock."""

    def __init__(self, sentence: str, until: datetime | None = None) -> None:
        super().__init__(sentence)
        self.until = until


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has begun; the token is for the browser and is kept nowhere else."""

    token: str
    account: Account


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions of the accounts of one zone, and how long they last. ``at`` is always now."""

    accounts: Accounts
    lock: Lock
    idle: timedelta
    longest: timedelta
    one_time: timedelta

    @classmethod
    def of(cls, settings: Settings) -> Sessions:
        """Those of an installation."""
        return cls(
            Accounts.of(settings),
            Lock(
                settings.sign_in_attempts,
                timedelta(minutes=settings.sign_in_lock_minutes),
                settings.sign_in_name_attempts,
            ),
            timedelta(minutes=settings.session_idle_minutes),
            timedelta(hours=settings.session_hours),
            timedelta(hours=settings.one_time_password_hours),
        )

    def sign_in(self, name: str, password: str, *, at: datetime, origin: Origin = ANYWHERE) -> SignedIn:
        """Begin a session with name and password; SignInRefused if that cannot be.

        A one-time password is used up by it, whether or not it is changed then.
        """
        normal = normal_name(name)
        tried = self._tried(normal, password)
        with session_transaction(self.accounts.url) as connection:
            row, until = self._judge(connection, normal, tried, at, "sign-in refused", origin)
            ended = row is not None and self._one_time_ended(row, at)
            if row is not None and ended:
                self._note_refusal(
                    connection, at, row.account, "sign-in refused", {"reason": "one-time password ended"}
                )
            elif row is not None:
                if is_outdated(row.password_hash):
                    change(connection, row, at, password_hash=hashed(password))
                if row.one_time_at is not None:
                    change(connection, row, at, one_time_at=None)
                return self._begin(connection, row, "password", at)
        raise _one_time_refusal(self.one_time) if ended else _refusal(until, at)

    def _one_time_ended(self, row: Row[Any], at: datetime) -> bool:
        """Whether the password is one for a single use that was used, or handed out too long ago."""
        return row.must_change and (row.one_time_at is None or at >= row.one_time_at + self.one_time)

    def open(self, name: str, way: Way, *, at: datetime) -> SignedIn:
        """Begin a session for whom somebody else vouches: the unified sign-in, or the demo. A disabled account is refused."""
        normal = normal_name(name)
        with session_transaction(self.accounts.url) as connection:
            row = find_row(connection, self.accounts.zone, normal)
            if row is not None and row.active:
                return self._begin(connection, row, way, at)
            known = normal if row is not None else None
            self._note_refusal(connection, at, known, "sign-in refused", {"way": way})
        raise _refusal(None, at)

    def account_of(self, token: str, *, at: datetime) -> Account | None:
        """Whose session this is, and that it is being used; None if it is none or has ended."""
        with database_errors(), reader(self.accounts.url).connect() as connection:
            row = self._session(connection, token, at)
        if row is None:
            return None
        if at - row.seen_at >= SEEN_EVERY:
            with session_transaction(self.accounts.url) as connection:
                connection.execute(update(table).where(*self._live(token)).values(seen_at=at))
        return account_of_row(row)

    def sign_out(self, token: str, *, at: datetime) -> None:
        """End a session; one that has ended already stays as it is."""
        with session_transaction(self.accounts.url) as connection:
            row = self._session(connection, token, at)
            if row is None:
                return
            connection.execute(update(table).where(*self._live(token)).values(ended_at=at))
            self.accounts.note(connection, at, row.account, "signed out", row.account, {})

    def change_password(self, token: str, old: str, new: str, *, at: datetime, origin: Origin = ANYWHERE) -> None:
        """Change the password of a session's account; all its other sessions end.

        WeakPassword where the new one will not do; SignInRefused where the old one is wrong (which counts as a failed
        sign-in, and may lock) or the session has ended.
        """
        mine = self.account_of(token, at=at)
        if mine is None:
            raise SignInRefused(_("The session has ended. Sign in again."))
        check_strength(new, mine.name, [mine.display_name, mine.unit or "", self.accounts.zone])
        tried = self._tried(mine.name, old)
        if tried is not None and matches(tried, new):
            raise WeakPassword(_("The new password is the old one. Take another."))
        password_hash = hashed(new)
        with session_transaction(self.accounts.url) as connection:
            row, until = self._judge(connection, mine.name, tried, at, "password change refused", origin)
            if row is not None:
                self._set_password(connection, row, token, password_hash, at)
                return
        raise _refusal(until, at) if until else SignInRefused(_("The old password is not right."))

    def _set_password(
        self, connection: Connection, row: Row[Any], token: str, password_hash: str, at: datetime
    ) -> None:
        generation = row.generation + 1
        change(
            connection, row, at, password_hash=password_hash, must_change=False, one_time_at=None, generation=generation
        )
        mine = (*self._live(token), table.c.generation == row.generation)
        connection.execute(update(table).where(*mine).values(generation=generation))
        self.accounts.note(connection, at, row.account, "password changed", row.account, {})

    def _tried(self, name: str, password: str) -> str | None:
        """The hash that the password was found right for; None if it is wrong. Slow, so before any transaction."""
        with database_errors(), reader(self.accounts.url).connect() as connection:
            row = find_row(connection, self.accounts.zone, name)
        password_hash = row.password_hash if row is not None else None
        return password_hash if matches(password_hash, password) else None

    def _judge(
        self, connection: Connection, name: str, tried: str | None, at: datetime, refused: str, origin: Origin
    ) -> tuple[Row[Any] | None, datetime | None]:
        """The account's row if it may pass, else the end of its lock; a refusal is counted and noted.

        Here, where only one transaction writes at a time, many guesses at once count one after the other.
        """
        zone = self.accounts.zone
        row = find_row(connection, zone, name)
        origin = origin.holds_for(row.generation if row is not None else None)
        until = lockout.locked_until(connection, zone, name, origin, at)
        known = row.account if row is not None else None
        if until is not None:
            self._note_refusal(connection, at, known, refused, {"reason": "locked"})
            return None, until
        if row is not None and row.active and tried is not None and row.password_hash == tried:
            lockout.forget(connection, zone, name, origin)
            return row, None
        until = lockout.count_failure(connection, zone, name, origin, at, self.lock)
        self._note_refusal(connection, at, known, refused, {"reason": "wrong"})
        if until is not None:
            self._note_refusal(connection, at, known, "sign-in locked", {"until": until.isoformat()})
        return None, until

    def _note_refusal(
        self, connection: Connection, at: datetime, known: str | None, action: str, detail: dict[str, Any]
    ) -> None:
        """A name that is no account's is not noted: it may be a password in the wrong box."""
        self.accounts.note(connection, at, NOBODY, action, known or NOBODY, detail)

    def _begin(self, connection: Connection, row: Row[Any], way: Way, at: datetime) -> SignedIn:
        zone, token = self.accounts.zone, secrets.token_urlsafe(32)
        connection.execute(delete(table).where(table.c.zone == zone, table.c.started_at <= at - self.longest))
        connection.execute(
            insert(table).values(
                zone=zone, key=_key(token), account=row.account, generation=row.generation, started_at=at, seen_at=at
            )
        )
        self.accounts.note(connection, at, row.account, "signed in", row.account, {"way": way})
        return SignedIn(token, account_of_row(row))

    def _session(self, connection: Connection, token: str, at: datetime) -> Row[Any] | None:
        """The account's row with the session's times, if the session lives."""
        mine = (table.c.zone == account_table.c.zone) & (table.c.account == account_table.c.account)
        return connection.execute(
            select(account_table, table.c.seen_at)
            .join(table, mine)
            .where(
                *self._live(token),
                table.c.generation == account_table.c.generation,
                account_table.c.active,
                table.c.seen_at > at - self.idle,
                table.c.started_at > at - self.longest,
            )
        ).first()

    def _live(self, token: str) -> tuple[ColumnElement[bool], ...]:
        return (table.c.zone == self.accounts.zone, table.c.key == _key(token), table.c.ended_at.is_(None))


def _refusal(until: datetime | None, at: datetime) -> SignInRefused:
    if until is None:
        return SignInRefused(
            _("Account or password is not right, or the account is disabled. Who forgot the password asks the office.")
        )
    minutes = max(1, -(-int((until - at).total_seconds()) // 60))
    return SignInRefused(_("Too many attempts. Try again in %(minutes)s minutes.", minutes=minutes), until)


def _one_time_refusal(hours: timedelta) -> SignInRefused:
    """Only who has the right password reads this."""
    return SignInRefused(
        _("This one-time password was used already, or is older than %(hours)s hours. Ask the office for a new one.",
          hours=int(hours.total_seconds() // 3600))
    )  # fmt: skip


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
