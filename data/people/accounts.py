"""Accounts: who may come in, with which role. Each act is a line of the journal, then one transaction with its audit entry.

An account is never removed, for the audit log names it; it is disabled. Whatever takes rights away (a new role, a
reset, disabling) raises the account's generation, and with that ends all its sessions (``data.people.sessions``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from data.intake import configuration
from data.intake.archive import Archive
from data.intake.audit import record
from data.intake.configuration import Configuring
from data.language import gettext as _
from data.people import lockout
from data.people.passwords import check_strength, hashed, one_time_password
from data.people.scope import OFFICE_ACCOUNT, Role, Scope
from data.schema.accounts import account as table
from data.schema.zone import unit as unit_table
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.normal import plain

LONGEST_NAME = 60
_NAME = re.compile(rf"[\w.@+-]{{2,{LONGEST_NAME}}}")
Field = Literal["name", "display_name", "role", "unit"]


class AccountRefused(ValueError):
    """An act on an account that cannot be done as asked; the text says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account. ``has_password`` is false for who comes in through the unified sign-in alone."""

    name: str
    display_name: str
    role: Role
    unit: str | None
    active: bool
    must_change: bool
    generation: int
    has_password: bool

    def scope(self, zone: str) -> Scope:
        """What this account may see and do."""
        return Scope(zone, self.role, self.name, self.unit)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account as somebody asks for it; ``unit`` is a code, given for the role ``unit`` and for no other."""

    name: str
    display_name: str
    role: Role
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one zone. ``by`` is who acts, ``at`` is when."""

    url: str
    zone: str
    archive: Archive

    @classmethod
    def of(cls, settings: Settings) -> Accounts:
        """Those of an installation."""
        return cls(settings.database_url, settings.zone, Archive(settings.archive_dir))

    def find(self, name: str) -> Account | None:
        """The account of this name, however it is written."""
        with database_errors(), reader(self.url).connect() as connection:
            row = find_row(connection, self.zone, normal_name(name))
        return None if row is None else account_of_row(row)

    def all(self) -> list[Account]:
        """All accounts, by name."""
        statement = select(table).where(table.c.zone == self.zone).order_by(table.c.account)
        with database_errors(), reader(self.url).connect() as connection:
            return [account_of_row(row) for row in connection.execute(statement)]

    def add(self, wanted: Wanted, *, by: str, at: datetime, password: str | None = None) -> str:
        """Make an account and return the password that opens it once: the one given, else a random one."""
        if password is not None:
            check_strength(password, normal_name(wanted.name), [wanted.display_name, wanted.unit or "", self.zone])
        first = password or one_time_password()
        password_hash = hashed(first)
        with self.configuring() as work:
            self.insert(work, wanted, password_hash, by=by, at=at)
        return first

    def add_without_password(self, wanted: Wanted, *, by: str, at: datetime) -> None:
        """Make an account for who comes in through the unified sign-in alone."""
        with self.configuring() as work:
            self.insert(work, wanted, None, by=by, at=at)

    def configuring(self) -> AbstractContextManager[Configuring]:
        """A transaction for acts on accounts."""
        return configuration.configuring(self.url, self.archive, self.zone)

    def check_new(self, connection: Connection, wanted: Wanted) -> None:
        """AccountRefused with all that is wrong with an account that is to be made."""
        wrong = [sentence for _field, sentence in problems(wanted, known_units(connection, self.zone))]
        if wrong:
            raise AccountRefused(" ".join(wrong))
        name = normal_name(wanted.name)
        if find_row(connection, self.zone, name) is not None:
            raise AccountRefused(_("There is an account %(name)s already.", name=name))

    def insert(self, work: Configuring, wanted: Wanted, password_hash: str | None, *, by: str, at: datetime) -> None:
        """The row of a new account, for who has a transaction open; AccountRefused with all that is wrong."""
        self.check_new(work.connection, wanted)
        name = normal_name(wanted.name)
        told = {"account": name, "role": wanted.role.value, "unit": wanted.unit}
        work.carry_out(configuration.ADD, told, by=by, at=at)
        has = password_hash is not None
        secret = {"password_hash": password_hash, "must_change": has, "one_time_at": at if has else None}
        self._put_in(work, name, display_name=plain(wanted.display_name), **secret)

    def reset_password(self, name: str, *, by: str, at: datetime) -> str:
        """A one-time password in place of one that was forgotten; ends the sessions, opens a lock."""
        first = one_time_password()
        password_hash = hashed(first)
        with self.configuring() as work:
            row = self._row(work.connection, name)
            work.carry_out(configuration.RESET, {"account": row.account}, by=by, at=at)
            self._put_in(work, row.account, password_hash=password_hash, must_change=True, one_time_at=at)
            lockout.forget(work.connection, self.zone, row.account)
        return first

    def unlock(self, name: str, *, by: str, at: datetime) -> None:
        """Forget all wrong passwords for a name, from wherever they came; sessions and password stay."""
        with self.configuring() as work:
            row = self._row(work.connection, name)
            lockout.forget(work.connection, self.zone, row.account)
            self.note(work.connection, at, by, "account unlocked", row.account, {})

    def set_active(self, name: str, active: bool, *, by: str, at: datetime) -> None:
        """Enable or disable an account; disabling ends its sessions. Nothing happens where it is so already."""
        with self.configuring() as work:
            row = self._row(work.connection, name)
            if row.active != active:
                act = configuration.ENABLE if active else configuration.DISABLE
                work.carry_out(act, {"account": row.account}, by=by, at=at)

    def set_role(self, name: str, role: Role, unit: str | None = None, *, by: str, at: datetime) -> None:
        """Give an account another role, or another unit; ends its sessions. Nothing happens where it is so already."""
        with self.configuring() as work:
            row = self._row(work.connection, name)
            if (row.role, row.unit) == (role, unit):
                return
            wanted = Wanted(row.account, row.display_name, role, unit)
            wrong = [sentence for _field, sentence in problems(wanted, known_units(work.connection, self.zone))]
            if wrong:
                raise AccountRefused(" ".join(wrong))
            before = {"role": row.role, "unit": row.unit}
            told = {"account": row.account, "role": role.value, "unit": unit, "before": before}
            work.carry_out(configuration.CHANGE_ROLE, told, by=by, at=at)

    def _put_in(self, work: Configuring, name: str, **values: Any) -> None:
        """What the journal is not told of an account: the person's name, and what opens it."""
        this = (table.c.zone == self.zone, table.c.account == name)
        work.connection.execute(update(table).where(*this).values(**values))

    def note(
        self, connection: Connection, at: datetime, by: str, action: str, name: str, detail: Mapping[str, Any]
    ) -> None:
        """The audit entry of an act on an account."""
        record(connection, self.zone, at, by, action, f"account {name}", detail, journal=self.archive.last_hash())

    def _row(self, connection: Connection, name: str) -> Row[Any]:
        row = find_row(connection, self.zone, normal_name(name))
        if row is None:
            raise AccountRefused(_("There is no account %(name)s.", name=plain(name)))
        return row


def normal_name(name: str) -> str:
    """A name to sign in with as it is stored: full-width letters are ordinary ones, capitals small ones."""
    return plain(name).lower()


def is_name(name: str) -> bool:
    """Whether a normal name can be that of an account."""
    return _NAME.fullmatch(name) is not None


def is_reserved(name: str) -> bool:
    """Whether a name, however it is written, is the one under which the command line acts; no person may bear it."""
    return normal_name(name) == OFFICE_ACCOUNT


def problems(wanted: Wanted, units: Collection[str]) -> Iterator[tuple[Field, str]]:
    """All that is wrong with an account that is asked for, by field."""
    if not is_name(normal_name(wanted.name)):
        yield (
            "name",
            _("An account's name has 2 to %(most)s characters: letters, digits and . _ - @ +", most=LONGEST_NAME),
        )
    if is_reserved(wanted.name):
        yield (
            "name",
            _("The name %(name)s is the command line's in the audit log. Choose another one.", name=plain(wanted.name)),
        )
    display_name = plain(wanted.display_name)
    if not display_name or len(display_name) > LONGEST_NAME or not display_name.isprintable():
        yield "display_name", _("The person's name has 1 to %(most)s characters, on one line.", most=LONGEST_NAME)
    if wanted.role is Role.UNIT and wanted.unit is None:
        yield "unit", _("An account with the role unit needs its unit.")
    if wanted.role is not Role.UNIT and wanted.unit is not None:
        yield "unit", _("Only an account with the role unit has a unit; leave it out.")
    if wanted.unit is not None and wanted.unit not in units:
        yield "unit", _("There is no unit %(unit)s.", unit=wanted.unit)


def known_units(connection: Connection, zone: str) -> set[str]:
    """Codes of the units that an account can be of."""
    return set(connection.execute(select(unit_table.c.unit).where(unit_table.c.zone == zone)).scalars())


def find_row(connection: Connection, zone: str, name: str) -> Row[Any] | None:
    """The row of an account by its normal name; what cannot be a name is not looked for."""
    if not is_name(name):
        return None
    return connection.execute(select(table).where(table.c.zone == zone, table.c.account == name)).first()


def change(connection: Connection, row: Row[Any], at: datetime, **values: Any) -> None:
    """Change columns of an account's row."""
    this = (table.c.zone == row.zone, table.c.account == row.account)
    connection.execute(update(table).where(*this).values(changed_at=at, **values))


def account_of_row(row: Row[Any]) -> Account:
    """An account as the program knows it."""
    return Account(
        row.account, row.display_name, Role(row.role), row.unit, row.active, row.must_change, row.generation,
        row.password_hash is not None,
    )  # fmt: skip


def inconsistencies(connection: Connection, zone: str) -> Iterator[str]:
    """Accounts that no act of this module can have made (for the doctor)."""
    units = known_units(connection, zone)
    for row in connection.execute(select(table).where(table.c.zone == zone).order_by(table.c.account)):
        if row.role not in set(Role):
            yield _("Account %(name)s: there is no role %(role)s.", name=row.account, role=row.role)
            continue
        if is_reserved(row.account) and not row.active:
            continue  # made before the name was reserved, and shut out since: more cannot be done, for the audit names it
        if normal_name(row.account) != row.account:
            yield _("Account %(name)s: nobody can sign in with this name.", name=row.account)
        for _field, sentence in problems(Wanted(row.account, row.display_name, Role(row.role), row.unit), units):
            yield _("Account %(name)s: %(problem)s", name=row.account, problem=sentence)
