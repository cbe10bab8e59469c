"""A one-time password opens an account once, within 72 hours; whoever finds the slip later finds nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from data.people import passwords
from data.people.accounts import Wanted
from data.people.scope import Role
from data.people.sessions import Sessions, SignInRefused
from data.settings import Settings
from tests.integration.doors import BETTER, GOOD, MINUTE, NOW, OFFICE, ZHANG, Counting, Door
from tests.integration.sites import made

ENDED = "该一次性密码已使用过，或已超过 72 小时。请联系安委办重新发放。"
HOUR = timedelta(hours=1)


@pytest.fixture
def door(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Door:
    """An installation without accounts."""
    hasher = Counting()
    monkeypatch.setattr(passwords, "hasher", lambda: hasher)
    return Door(installation, hasher)


def refusal(door: Door, password: str, at: datetime = NOW) -> str:
    """The sentence with which signing in is refused."""
    with pytest.raises(SignInRefused) as refused:
        door.enter(password=password, at=at)
    return str(refused.value)


@pytest.mark.parametrize("given", ["added", "added with a password", "reset"])
def test_it_opens_once(door: Door, given: str) -> None:
    """The first sign-in leads to the change of the password; a second one is refused, whether or not that was done."""
    first = door.accounts.add(ZHANG, password=GOOD if given == "added with a password" else None, **OFFICE)
    if given == "reset":
        first = door.accounts.reset_password("zhangsan", **OFFICE)
    entered = door.enter(password=first)
    assert entered.account.must_change
    assert refusal(door, first) == ENDED
    assert refusal(door, "wrong") != ENDED
    door.sessions.change_password(entered.token, first, BETTER, at=NOW + 5 * MINUTE)
    door.enter(password=BETTER)
    door.enter(password=BETTER)
    assert refusal(door, first) != ENDED


def test_it_ends_after_three_days(door: Door) -> None:
    """At 72 hours it opens no more; a reset gives another one, for as long."""
    first = door.accounts.add(ZHANG, **OFFICE)
    assert refusal(door, first, NOW + 72 * HOUR) == ENDED
    second = door.accounts.reset_password("zhangsan", by="office", at=NOW + 80 * HOUR)
    assert "不正确" in refusal(door, first, NOW + 80 * HOUR)
    door.enter(password=second, at=NOW + 152 * HOUR - MINUTE)


def test_hours_are_a_setting(door: Door) -> None:
    """An office that hands out paper may want longer, another one shorter."""
    door.sessions = Sessions.of(door.settings.model_copy(update={"one_time_password_hours": 2}))
    first = door.accounts.add(ZHANG, **OFFICE)
    assert "超过 2 小时" in refusal(door, first, NOW + 2 * HOUR)


def test_a_session_that_it_opened_may_finish(door: Door) -> None:
    """Who came in a minute before the end has time to choose a password."""
    first = door.accounts.add(ZHANG, **OFFICE)
    entered = door.enter(password=first, at=NOW + 72 * HOUR - MINUTE)
    door.sessions.change_password(entered.token, first, BETTER, at=NOW + 72 * HOUR + 5 * MINUTE)
    door.enter(password=BETTER, at=NOW + 73 * HOUR)


def test_only_who_has_it_is_told_that_it_ended(door: Door) -> None:
    """A wrong password, or a disabled account, is told what everybody is told."""
    first = door.accounts.add(ZHANG, **OFFICE)
    everybody = refusal(door, "wrong", NOW + 100 * HOUR)
    assert everybody != ENDED
    door.accounts.set_active("zhangsan", False, **OFFICE)
    assert refusal(door, first, NOW + 100 * HOUR) == everybody


def test_on_the_page(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says it in the same words, and the account that chose its own password is not troubled."""
    site = made(sqlite_installation, monkeypatch)
    first = site.door.accounts.add(Wanted("lisi", "李四", Role.UNIT, "tongqiao"), **OFFICE)
    assert site.visitor().sign_in("lisi", first).headers["Location"].startswith("/password")
    assert ENDED in site.visitor().sign_in("lisi", first).text
    assert site.visitor().sign_in("zhangsan", GOOD).status_code == 303
