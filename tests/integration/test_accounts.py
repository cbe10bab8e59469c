"""Accounts and sessions: who comes in, who does not and what that tells, and when a session ends."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from data.doctor import examine
from data.initial import initialise
from data.intake import configuration as configuration_module
from data.people import accounts as accounts_module
from data.people import passwords
from data.people.accounts import AccountRefused, Wanted
from data.people.passwords import WeakPassword
from data.people.scope import Role, Scope
from data.people.sessions import NOBODY, Sessions, SignInRefused
from data.schema.accounts import account as account_table
from data.schema.accounts import sign_in as sign_in_table
from data.schema.accounts import sign_in_failure as failure_table
from data.settings import Settings
from data.store import reader, write_transaction
from tests.integration.doors import BETTER, GOOD, MINUTE, NOW, OFFICE, ZHANG, Counting, Door
from tests.integration.ledgers import all_rows

WRONG = "wrong cabinet 93 river"


@pytest.fixture
def door(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Door:
    """An installation without accounts."""
    hasher = Counting()
    monkeypatch.setattr(passwords, "hasher", lambda: hasher)
    return Door(installation, hasher)


def refusal(door: Door, name: str = "zhangsan", password: str = WRONG, at: datetime = NOW) -> str:
    """The sentence with which signing in is refused."""
    with pytest.raises(SignInRefused) as refused:
        door.enter(name, password, at)
    return str(refused.value)


# Making and changing accounts


def test_no_account_until_one_is_made(door: Door) -> None:
    """A new installation has no account and no default password; the first one is made with all that was asked for."""
    assert door.accounts.all() == []
    first = door.accounts.add(ZHANG, **OFFICE)
    (made,) = door.accounts.all()
    assert (made.name, made.display_name, made.role, made.unit) == ("zhangsan", "张三", Role.UNIT, "longtanzi")
    assert (made.active, made.must_change, made.has_password) == (True, True, True)
    assert door.accounts.find(" ＺｈａｎｇＳａｎ ") == made
    assert made.scope("shuangqiao") == Scope("shuangqiao", Role.UNIT, "zhangsan", "longtanzi")
    assert door.enter(password=first).account == made


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Wanted("x", "张三", Role.VIEWER), "账号名"),
        (Wanted("zhang san", "张三", Role.VIEWER), "账号名"),
        (Wanted("z" * 61, "张三", Role.VIEWER), "账号名"),
        (Wanted("zhang\x00", "张三", Role.VIEWER), "账号名"),
        (Wanted(NOBODY * 3, "张三", Role.VIEWER), "账号名"),
        (Wanted("office", "张三", Role.OFFICE), "审计日志"),
        (Wanted(" Ｏｆｆｉｃｅ ", "张三", Role.VIEWER), "审计日志"),
        (Wanted("OF\N{LATIN SMALL LIGATURE FI}CE", "张三", Role.UNIT, "longtanzi"), "审计日志"),
        (Wanted("zhang", " ", Role.VIEWER), "姓名"),
        (Wanted("zhang", "张\n三", Role.VIEWER), "姓名"),
        (Wanted("zhang", "三" * 61, Role.VIEWER), "姓名"),
        (Wanted("zhang", "张三", Role.UNIT), "单位"),
        (Wanted("zhang", "张三", Role.UNIT, "nobody"), "没有单位"),
        (Wanted("zhang", "张三", Role.OFFICE, "longtanzi"), "留空"),
    ],
)
def test_accounts_that_cannot_be(door: Door, wanted: Wanted, why: str) -> None:
    """Names that nobody could type, a unit's account without its unit, another with one: refused, and nothing is written."""
    before = all_rows(door.settings)
    with pytest.raises(AccountRefused, match=why):
        door.accounts.add(wanted, **OFFICE)
    assert all_rows(door.settings) == before


def test_account_cannot_be_made_twice(door: Door) -> None:
    """The same name in other letters is the same account: refused, and nothing is written."""
    door.add()
    before = all_rows(door.settings)
    with pytest.raises(AccountRefused, match="zhangsan"):
        door.accounts.add(Wanted("ZHANGSAN", "另一人", Role.VIEWER), **OFFICE)
    with pytest.raises(WeakPassword):
        door.accounts.add(Wanted("lisi", "李四", Role.VIEWER), password="password1234567", **OFFICE)
    assert all_rows(door.settings) == before


def test_first_password_must_be_changed(door: Door) -> None:
    """Whoever set the first password, it is for one use: the account says so until its person has chosen one."""
    assert door.accounts.add(ZHANG, password=GOOD, **OFFICE) == GOOD
    entered = door.enter()
    assert entered.account.must_change
    door.sessions.change_password(entered.token, GOOD, BETTER, at=NOW)
    assert not door.enter(password=BETTER).account.must_change
    assert refusal(door, password=GOOD)


def test_account_without_password(door: Door) -> None:
    """Who comes in through the unified sign-in has no password that could be guessed, and none to change."""
    door.accounts.add_without_password(ZHANG, **OFFICE)
    entered = door.sessions.open("ZhangSan", "unified sign-in", at=NOW)
    assert (entered.account.has_password, entered.account.must_change) == (False, False)
    assert door.lives(entered)
    for password in ("", WRONG):
        assert refusal(door, password=password)
    with pytest.raises(SignInRefused):
        door.sessions.change_password(entered.token, "", BETTER, at=NOW)


CHANGES: dict[str, Callable[[Door], Any]] = {
    "reset": lambda door: door.accounts.reset_password("ZhangSan", **OFFICE),
    "disabled": lambda door: door.accounts.set_active("ZhangSan", active=False, **OFFICE),
    "another role": lambda door: door.accounts.set_role("ZhangSan", Role.VIEWER, **OFFICE),
    "another unit": lambda door: door.accounts.set_role("ZhangSan", Role.UNIT, "shuanglu", **OFFICE),
}


@pytest.mark.parametrize("what", CHANGES)
def test_sessions_end_with_what_they_rest_on(door: Door, what: str) -> None:
    """A reset, disabling, another role or unit end all sessions of that account at once, and nobody else's."""
    door.add()
    door.add(Wanted("lisi", "李四", Role.VIEWER))
    mine, again, other = door.enter(), door.enter(), door.enter("lisi")
    assert door.lives(mine)
    CHANGES[what](door)
    assert (door.lives(mine), door.lives(again), door.lives(other)) == (False, False, True)


def test_enabling_does_not_bring_sessions_back(door: Door) -> None:
    """Who was disabled and enabled again signs in anew."""
    door.add()
    entered = door.enter()
    for active in (False, True):
        door.accounts.set_active("zhangsan", active, **OFFICE)
    assert not door.lives(entered)
    assert door.lives(door.enter())


def test_session_of_an_account_read_earlier_does_not_outlive_a_change(door: Door) -> None:
    """A session that names an older generation is none, whenever it was written."""
    door.add()
    entered = door.enter()
    with write_transaction(door.settings.database_url) as connection:
        connection.execute(account_table.update().values(generation=account_table.c.generation + 1))
    assert not door.lives(entered)


def test_changing_nothing_changes_nothing(door: Door) -> None:
    """Setting what is so already ends no session and leaves no entry."""
    door.add()
    entered, acts = door.enter(), door.acts()
    door.accounts.set_active("zhangsan", active=True, **OFFICE)
    door.accounts.set_role("zhangsan", Role.UNIT, "longtanzi", **OFFICE)
    assert door.lives(entered)
    assert door.acts() == acts


def test_role_and_unit_go_together(door: Door) -> None:
    """A change of role keeps the rule of who has a unit; an account that is not there cannot be changed."""
    door.add()
    for role, unit in ((Role.UNIT, None), (Role.OFFICE, "longtanzi"), (Role.UNIT, "nobody")):
        with pytest.raises(AccountRefused):
            door.accounts.set_role("zhangsan", role, unit, **OFFICE)
    for act in (
        lambda: door.accounts.set_role("lisi", Role.VIEWER, **OFFICE),
        lambda: door.accounts.reset_password("lisi\x00", **OFFICE),
        lambda: door.accounts.set_active("nobody", active=False, **OFFICE),
    ):
        with pytest.raises(AccountRefused, match="没有账号"):
            act()


# Passwords


def test_password_change_ends_all_other_sessions(door: Door) -> None:
    """Who changes the password stays, and everybody else who came in with the old one is out."""
    door.add()
    mine, stolen = door.enter(), door.enter()
    door.sessions.change_password(mine.token, GOOD, BETTER, at=NOW)
    assert (door.lives(mine), door.lives(stolen)) == (True, False)
    assert refusal(door, password=GOOD)
    door.enter(password=BETTER)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (WRONG, BETTER, "原密码"),
        (GOOD, "short", "至少"),
        (GOOD, "password1234567", "猜到"),
        (GOOD, "tulip-zhangsan-93", "账号名"),
        (GOOD, GOOD, "相同"),
    ],
)
def test_password_changes_that_are_refused(door: Door, old: str, new: str, why: str) -> None:
    """A wrong old password, a weak new one, the same again: said in Chinese, and the password stays."""
    door.add()
    entered = door.enter()
    with pytest.raises((SignInRefused, WeakPassword), match=why):
        door.sessions.change_password(entered.token, old, new, at=NOW)
    assert door.lives(entered)
    door.enter(password=GOOD)


def test_password_cannot_be_guessed_from_a_session(door: Door) -> None:
    """Wrong old passwords count as wrong passwords: who took over a session cannot try on and on."""
    door.add()
    entered = door.enter()
    for _time in range(5):
        with pytest.raises(SignInRefused):
            door.sessions.change_password(entered.token, WRONG, BETTER, at=NOW)
    with pytest.raises(SignInRefused, match="尝试次数"):
        door.sessions.change_password(entered.token, GOOD, BETTER, at=NOW)
    with pytest.raises(SignInRefused, match="重新登录"):
        door.sessions.change_password("no session", GOOD, BETTER, at=NOW)


def test_reset_gives_another_password_for_one_use(door: Door) -> None:
    """After a reset the old password is gone, the new one must be changed, and a lock is open."""
    door.add()
    for _time in range(5):
        refusal(door)
    one_time = door.accounts.reset_password("zhangsan", **OFFICE)
    assert len(one_time) == 16
    assert door.enter(password=one_time).account.must_change
    assert refusal(door, password=GOOD)


def test_hash_is_renewed_when_parameters_change(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stronger parameters reach each account with its next sign-in, without ending a session; a wrong password changes nothing."""
    door.add()
    entered = door.enter()

    def stored() -> str:
        with reader(door.settings.database_url).connect() as connection:
            return str(connection.execute(select(account_table.c.password_hash)).scalar_one())

    before = stored()
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: stronger)
    refusal(door)
    assert stored() == before
    door.enter()
    assert "m=16,t=2,p=1" in stored()
    assert door.lives(entered)
    door.enter()


# What a refusal tells


def _unknown(_door: Door) -> str:
    return "nobody"


def _wrong(door: Door) -> str:
    door.add()
    return "zhangsan"


def _disabled(door: Door) -> str:
    door.add()
    door.accounts.set_active("zhangsan", active=False, **OFFICE)
    return "zhangsan"


def _without_password(door: Door) -> str:
    door.accounts.add_without_password(ZHANG, **OFFICE)
    return "zhangsan"


def _no_name(_door: Door) -> str:
    return "no such\x00name\ud800"


CASES = [_unknown, _wrong, _disabled, _without_password, _no_name]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_refusals_do_not_tell_accounts_apart(door: Door, case: Callable[[Door], str]) -> None:
    """Unknown, wrong, disabled, without password: the same sentences, locks and work, time after time."""
    name = case(door)
    told = []
    for _time in range(7):
        door.hasher.verified = 0
        told.append(refusal(door, name))
        assert door.hasher.verified == 1
    refused = "账号或密码不正确，或账号已停用。忘记密码请联系安委办重置。"
    assert told == [refused] * 4 + ["尝试次数过多，请 15 分钟后再试。"] * 3


def test_right_password_of_a_disabled_account(door: Door) -> None:
    """A disabled account is told nothing else, even with the right password."""
    name = _disabled(door)
    assert refusal(door, name, GOOD) == refusal(door, "nobody", GOOD)
    with pytest.raises(SignInRefused):
        door.sessions.open(name, "demo", at=NOW)
    with pytest.raises(SignInRefused):
        door.sessions.open("nobody", "demo", at=NOW)


def test_lock(door: Door) -> None:
    """After five wrong passwords not even the right one opens, until 15 minutes are over; then counting begins anew."""
    door.add()
    for _time in range(4):
        refusal(door)
    with pytest.raises(SignInRefused) as locked:
        door.enter(password=WRONG)
    assert locked.value.until == NOW + 15 * MINUTE
    assert refusal(door, password=GOOD, at=NOW + 13.5 * MINUTE) == "尝试次数过多，请 2 分钟后再试。"
    assert "尝试次数" in refusal(door, password=GOOD, at=NOW + 15 * MINUTE - timedelta(seconds=1))
    door.enter(at=NOW + 15 * MINUTE)
    for _time in range(4):
        assert "尝试次数" not in refusal(door, at=NOW + 15 * MINUTE)


def test_failures_count_in_a_row(door: Door) -> None:
    """The right password makes good those before it, and so does a quarter of an hour."""
    door.add()
    for _time in range(3):
        for _again in range(4):
            assert "尝试次数" not in refusal(door)
        door.enter()
    for minutes in range(0, 15 * 8, 15):
        assert "尝试次数" not in refusal(door, at=NOW + minutes * MINUTE)


def test_lock_is_of_one_name(door: Door) -> None:
    """Who is locked out locks out nobody else."""
    door.add()
    door.add(Wanted("lisi", "李四", Role.VIEWER))
    for _time in range(5):
        refusal(door)
    door.enter("lisi")
    assert "尝试次数" in refusal(door, "ＺＨＡＮＧＳＡＮ ")


def test_many_guesses_at_once_count_one_by_one(door: Door) -> None:
    """Twenty guesses side by side are no more than five: the right one among those behind them does not open."""
    door.add()

    def guess(password: str) -> bool:
        try:
            door.enter(password=password)
        except SignInRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(guess, [WRONG] * 20))
    assert not guess(GOOD)
    with reader(door.settings.database_url).connect() as connection:
        counted = select(failure_table.c.failures).where(~failure_table.c.whole)
        assert connection.execute(counted).scalars().all() == [5]


def test_password_that_is_reset_while_it_is_compared(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing takes its time: a password that is replaced meanwhile opens nothing any more."""
    door.add()

    def slow(password_hash: str | None, password: str) -> bool:
        right = passwords.matches(password_hash, password)
        door.accounts.reset_password("zhangsan", **OFFICE)
        return right

    monkeypatch.setattr("data.people.sessions.matches", slow)
    assert refusal(door, password=GOOD)


def test_limits_are_settings(door: Door) -> None:
    """How many, how long and how idle come from the settings."""
    changed = door.settings.model_copy(
        update={"sign_in_attempts": 2, "sign_in_lock_minutes": 3, "session_idle_minutes": 7, "session_hours": 1}
    )
    door.sessions = Sessions.of(changed)
    door.add()
    entered = door.enter()
    assert (door.lives(entered, NOW + 6 * MINUTE), door.lives(entered, NOW + 13 * MINUTE)) == (True, False)
    refusal(door)
    assert refusal(door) == "尝试次数过多，请 3 分钟后再试。"


# Sessions


def test_token_is_random_and_not_stored(door: Door) -> None:
    """Each sign-in has a token of its own, of which only the SHA-256 is stored."""
    door.add()
    one, other = door.enter(), door.enter()
    assert one.token != other.token
    assert len(one.token) == 43
    with reader(door.settings.database_url).connect() as connection:
        keys = set(connection.execute(select(sign_in_table.c.key)).scalars())
    assert {hashlib.sha256(each.token.encode()).hexdigest() for each in (one, other)} <= keys
    assert not door.lives(type(one)(next(iter(keys)), one.account))
    for nonsense in ("", "x" * 100_000, "\x00\ud800"):
        assert door.sessions.account_of(nonsense, at=NOW) is None


def test_session_idles_out(door: Door) -> None:
    """After 30 minutes without a request a session has ended for good; each request in between carries it on."""
    door.add()
    entered, left = door.enter(), door.enter()
    for minutes in (29, 58, 87):
        assert door.lives(entered, NOW + minutes * MINUTE)
    assert not door.lives(left, NOW + 30 * MINUTE)
    assert not door.lives(entered, NOW + 117 * MINUTE)
    assert door.lives(left, NOW + 30 * MINUTE - timedelta(seconds=1))


def test_session_ends_after_a_working_day(door: Door) -> None:
    """Twelve hours after it began a session ends, however busy; then its row is cleared away by the next sign-in."""
    door.add()
    entered = door.enter()
    for minutes in range(20, 720, 20):
        assert door.lives(entered, NOW + minutes * MINUTE)
    assert door.lives(entered, NOW + 720 * MINUTE - timedelta(seconds=1))
    assert not door.lives(entered, NOW + 720 * MINUTE)
    door.enter(at=NOW + 720 * MINUTE)
    assert len(all_rows(door.settings)["sign_in"]) == 1


def test_being_seen_is_written_once_a_minute(door: Door) -> None:
    """A page with twenty requests writes nothing; a minute later one row is written, without an audit entry."""
    door.add()
    entered, rows = door.enter(), all_rows(door.settings)
    for seconds in range(0, 60, 3):
        assert door.lives(entered, NOW + timedelta(seconds=seconds))
    assert all_rows(door.settings) == rows
    assert door.lives(entered, NOW + MINUTE)
    after = all_rows(door.settings)
    assert {name for name in after if after[name] != rows[name]} == {"sign_in"}


def test_signing_out(door: Door) -> None:
    """A session that was signed out is none, others go on; signing out twice is once."""
    door.add()
    one, other = door.enter(), door.enter()
    door.sessions.sign_out(one.token, at=NOW)
    acts = door.acts()
    assert acts[-1] == ("zhangsan", "signed out", "account zhangsan")
    assert (door.lives(one), door.lives(other)) == (False, True)
    door.sessions.sign_out(one.token, at=NOW)
    assert door.acts() == acts


# What is kept


def test_acts_are_audited(door: Door) -> None:
    """Each act has its entry, with who did it; a name that is no account's is not noted."""
    door.add()
    for _time in range(5):
        refusal(door)
    refusal(door, password=GOOD)
    refusal(door, GOOD)
    door.accounts.reset_password("zhangsan", by="li", at=NOW)
    door.accounts.set_role("zhangsan", Role.VIEWER, by="li", at=NOW)
    for active in (False, True):
        door.accounts.set_active("zhangsan", active, by="li", at=NOW)
    of = "account zhangsan"
    assert door.acts() == [
        ("office", "account added", of),
        ("zhangsan", "signed in", of),
        ("zhangsan", "password changed", of),
        ("zhangsan", "signed out", of),
        *[(NOBODY, "sign-in refused", of)] * 5,
        (NOBODY, "sign-in locked", of),
        (NOBODY, "sign-in refused", of),
        (NOBODY, "sign-in refused", f"account {NOBODY}"),
        ("li", "password reset", of),
        ("li", "role changed", of),
        ("li", "account disabled", of),
        ("li", "account enabled", of),
    ]
    assert examine(door.settings) == ([], [])


def test_nothing_secret_is_kept(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    """No password, token or one-time password lies in any table or log; no hash of a password in the audit log or log."""
    caplog.set_level(logging.DEBUG)
    first = door.accounts.add(ZHANG, **OFFICE)
    entered = door.enter(password=first)
    door.sessions.change_password(entered.token, first, GOOD, at=NOW)
    refusal(door, GOOD, "zhangsan")
    one_time = door.accounts.reset_password("zhangsan", **OFFICE)
    rows = all_rows(door.settings)
    (stored,) = (row[5] for row in rows["account"])
    assert stored.startswith("$argon2id$")
    for secret in (first, entered.token, GOOD, one_time, WRONG):
        assert secret not in str(rows)
        assert secret not in caplog.text
    for hidden in (stored, hashlib.sha256(entered.token.encode()).hexdigest(), "$argon2id$"):
        assert hidden not in str(rows["audit"])
        assert hidden not in caplog.text
    assert "zhangsan" not in caplog.text
    assert "张三" not in caplog.text


def test_act_and_entry_are_one(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the entry cannot be written the act has not happened."""
    door.add()
    before = all_rows(door.settings)

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError("disk full")

    for module in (accounts_module, configuration_module):
        monkeypatch.setattr(module, "record", full)
    for act in (*CHANGES.values(), lambda one: one.enter(), lambda one: one.enter(password=WRONG)):
        with pytest.raises(OSError, match="disk full"):
            act(door)
    assert all_rows(door.settings) == before


def test_doctor_finds_accounts_that_cannot_be(door: Door) -> None:
    """A unit's account without a unit, a role that is none, a name that nobody can type: each a finding in Chinese."""
    changes = {
        "unit = NULL": "所属单位",
        "role = 'office'": "留空",
        "role = 'king'": "king",
        "account = 'ZhangSan'": "小写",
        "account = 'office'": "审计日志",
    }
    door.accounts.add(ZHANG, **OFFICE)
    for change, why in changes.items():
        with write_transaction(door.settings.database_url) as connection:
            row = dict(connection.execute(select(account_table)).one()._mapping)
            connection.execute(text(f"UPDATE account SET {change}"))
        findings, _notes = examine(door.settings)
        assert [finding for finding in findings if why in finding], "what is wrong with the account itself"
        assert [finding for finding in findings if "日志第1行" in finding], "and that it is not what was journalled"
        with write_transaction(door.settings.database_url) as connection:
            connection.execute(account_table.update().values(**row))
    assert examine(door.settings) == ([], [])


def test_account_that_had_the_reserved_name_is_shut_out_and_no_finding_any_more(door: Door) -> None:
    """Made before the name was reserved and before accounts were journalled: it can be disabled, and the doctor is content
    then, for it cannot be removed.
    """
    with write_transaction(door.settings.database_url) as connection:
        connection.execute(
            account_table.insert().values(
                zone=door.settings.zone, account="office", display_name="张三", role="viewer", must_change=False, active=True,
                generation=1, created_at=NOW, changed_at=NOW,
            )
        )  # fmt: skip
    initialise(door.settings.database_url, door.settings.zone, door.accounts.archive)
    assert examine(door.settings)[0]
    door.accounts.set_active("Office", active=False, **OFFICE)
    assert examine(door.settings) == ([], [])
