"""An installation's accounts and sessions for tests: a cheap hash, a fixed instant, one account of each role."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from data.intake.audit import history
from data.people.accounts import Accounts, Wanted
from data.people.scope import Role
from data.people.sessions import Sessions, SignedIn
from data.private import make_folder, open_file
from data.settings import Settings
from data.store import reader

NOW = datetime(2022, 6, 4, 2, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GOOD = "tulip cabinet 93 river"
BETTER = "copper lantern 58 orchard"
OFFICE: dict[str, Any] = {"by": "office", "at": NOW}
ZHANG = Wanted("ZhangSan", "张三", Role.UNIT, "longtanzi")


class Counting(PasswordHasher):
    """The same hash at no cost, that knows how often it worked."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
        """Verify, and count."""
        self.verified += 1
        return super().verify(hash, password)


@dataclass
class Door:
    """Accounts and sessions of one installation."""

    settings: Settings
    hasher: Counting
    accounts: Accounts = field(init=False)
    sessions: Sessions = field(init=False)

    def __post_init__(self) -> None:
        self.accounts = Accounts.of(self.settings)
        self.sessions = Sessions.of(self.settings)

    def add(self, wanted: Wanted = ZHANG, password: str = GOOD) -> None:
        """Make an account that has chosen its password already."""
        first = self.accounts.add(wanted, **OFFICE)
        token = self.enter(wanted.name, first).token
        self.sessions.change_password(token, first, password, at=NOW)
        self.sessions.sign_out(token, at=NOW)

    def enter(self, name: str = "zhangsan", password: str = GOOD, at: datetime = NOW) -> SignedIn:
        """Sign in."""
        return self.sessions.sign_in(name, password, at=at)

    def lives(self, one: SignedIn, at: datetime = NOW) -> bool:
        """Whether a session is one at an instant."""
        return self.sessions.account_of(one.token, at=at) is not None

    def acts(self) -> Sequence[tuple[str, str, str]]:
        """(who, what, to whom) of the audit log."""
        with reader(self.settings.database_url).connect() as connection:
            return [(one.actor, one.action, one.subject) for one in history(connection, self.settings.zone)]


_SEEN: dict[tuple[bytes, tuple[Wanted, ...], str], tuple[bytes, dict[Path, bytes]]] = {}
"""A database as it was, by its SHA-256, and who came in → the database as it was then, and what lay in the archive."""


def let_in(door: Door, *people: Wanted) -> None:
    """Make the accounts that are not there. What was made once of the very same installation is copied: it takes thirty
    transactions of four people, and hundreds of tests begin with them.
    """
    path, archive = Path(door.settings.database_url.removeprefix("sqlite:///")), door.settings.archive_dir
    beside = [archive, *(path.with_name(f"{path.name}-{part}") for part in ("wal", "shm"))]
    alone = path.is_file() and not any(one.exists() for one in beside)
    seen = (sha256(path.read_bytes()).digest(), people, door.settings.zone) if alone else None
    if seen is not None and seen in _SEEN:
        _put(path, archive, *_SEEN[seen])
        return
    for wanted in people:
        if door.accounts.find(wanted.name) is None:
            door.add(wanted)
    if seen is not None:
        with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(":memory:")) as copied:
            now.backup(copied)
            kept = {one.relative_to(archive): one.read_bytes() for one in archive.rglob("*") if one.is_file()}
            _SEEN[seen] = copied.serialize(), kept


def _put(path: Path, archive: Path, database: bytes, files: dict[Path, bytes]) -> None:
    copy = path.with_name(f"{path.name}-copy")
    with open_file(copy, "wb") as file:
        file.write(database)
    copy.replace(path)
    for name, content in files.items():
        make_folder((archive / name).parent)
        with open_file(archive / name, "wb") as file:
            file.write(content)
