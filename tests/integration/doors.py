"""An installation's accounts and sessions for tests: a cheap hash, a fixed instant, one account of each role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher

from data.intake.audit import history
from data.people.accounts import Accounts, Wanted
from data.people.scope import Role
from data.people.sessions import Sessions, SignedIn
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
