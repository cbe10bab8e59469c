"""Wrong passwords lock a name for where they come from: a stranger shuts out himself, and never whom the name belongs to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dashboards.results import administration
from data.people import lockout, passwords
from data.people.accounts import Wanted
from data.people.lockout import KnownBrowser, Origin, place
from data.people.scope import Role, Scope
from data.people.sessions import SignInRefused
from data.schema.accounts import sign_in_failure
from data.settings import Settings
from data.store import reader, write_transaction
from tests.fetching import fetched
from tests.integration.doors import BETTER, GOOD, MINUTE, NOW, OFFICE, ZHANG, Counting, Door, let_in
from tests.integration.sites import PEOPLE, Site, Visitor, made

WRONG = "wrong cabinet 93 river"
STRANGER, HOME = "203.0.113.7", "10.0.0.9"
TOO_MANY = "尝试次数过多"


@pytest.fixture
def door(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Door:
    """An installation with one account, on either engine."""
    hasher = Counting()
    monkeypatch.setattr(passwords, "hasher", lambda: hasher)
    opened = Door(installation, hasher)
    let_in(opened, ZHANG)
    return opened


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application."""
    return made(sqlite_installation, monkeypatch)


def tried(site: Site, name: str, password: str, address: str, visitor: Visitor | None = None) -> str:
    """What signing in from an address comes to: "in", or the page."""
    one = visitor or site.visitor()
    one.get("/signin")
    form = {"name": name, "password": password, "csrf_token": one.cookie("_csrf_token")}
    answer = one.post("/signin", form, environ_base={"REMOTE_ADDR": address})
    return "in" if answer.status_code == 303 else answer.text


@pytest.mark.parametrize("role", list(Role))
def test_a_stranger_locks_out_nobody_but_himself(site: Site, role: Role) -> None:
    """Fifty wrong passwords from one address: locked there, for the right password too; from elsewhere it opens."""
    name = PEOPLE[role].name
    for _attempt in range(50):
        told = tried(site, name, WRONG, STRANGER)
    assert TOO_MANY in told
    assert TOO_MANY in tried(site, name, GOOD, STRANGER)
    assert tried(site, name, GOOD, HOME) == "in"


def test_a_name_under_attack_stays_open_to_browsers_that_signed_in_before(site: Site) -> None:
    """Many addresses together are held up, unknown browsers with them, also with the right password; known ones are not."""
    mine = site.visitor()
    assert tried(site, "admin1", GOOD, HOME, mine) == "in"
    mine.post("/signout")
    for attempt in range(60):
        told = tried(site, "admin1", WRONG, f"198.51.100.{attempt}")
    assert TOO_MANY in told
    assert TOO_MANY in tried(site, "admin1", GOOD, HOME)
    assert tried(site, "admin1", GOOD, "192.0.2.1", mine) == "in"
    mine.post("/signout")
    assert tried(site, "admin1", GOOD, STRANGER, mine) == "in"


def test_a_known_browser_is_worth_nothing_without_the_password(site: Site) -> None:
    """Whoever has its cookie guesses no more often than anybody else, and holds up nobody."""
    mine, copied = site.visitor(), site.visitor()
    assert tried(site, "zhangsan", GOOD, HOME, mine) == "in"
    copied.client.set_cookie("known", mine.cookie("known") or "", domain="127.0.0.1")
    for attempt in range(6):
        told = tried(site, "zhangsan", WRONG, f"198.51.100.{attempt}", copied)
    assert TOO_MANY in told
    assert tried(site, "zhangsan", GOOD, "192.0.2.1") == "in"


@pytest.mark.parametrize("change", ["reset", "role", "disabled and enabled", "password changed elsewhere"])
def test_a_known_browser_is_forgotten_with_what_it_knew(site: Site, change: str) -> None:
    """A reset, a new role, a new password: the cookie of before is that of any browser."""
    mine = site.visitor()
    assert tried(site, "zhangsan", GOOD, HOME, mine) == "in"
    mine.post("/signout")
    accounts, password = site.door.accounts, GOOD
    if change == "reset":
        password = accounts.reset_password("zhangsan", **OFFICE)
    elif change == "role":
        accounts.set_role("zhangsan", Role.UNIT, "tongqiao", **OFFICE)
    elif change == "disabled and enabled":
        accounts.set_active("zhangsan", False, **OFFICE)
        accounts.set_active("zhangsan", True, **OFFICE)
    else:
        token = site.door.enter(at=site.clock.at).token
        site.door.sessions.change_password(token, GOOD, BETTER, at=site.clock.at)
        password = BETTER
    for attempt in range(60):
        tried(site, "zhangsan", WRONG, f"198.51.100.{attempt}")
    assert TOO_MANY in tried(site, "zhangsan", password, HOME, mine)


def test_a_known_browser_is_of_one_account(site: Site) -> None:
    """The cookie of one account does nothing for another; a browser that several people share is known for each."""
    shared = site.visitor()
    for name in ("zhangsan", "office1"):
        assert tried(site, name, GOOD, HOME, shared) == "in"
        shared.post("/signout")
    for name in ("zhangsan", "office1", "admin1"):
        for attempt in range(60):
            tried(site, name, WRONG, f"198.51.100.{attempt}")
    assert tried(site, "zhangsan", GOOD, STRANGER, shared) == "in"
    shared.post("/signout")
    assert tried(site, "office1", GOOD, STRANGER, shared) == "in"
    shared.post("/signout")
    assert TOO_MANY in tried(site, "admin1", GOOD, STRANGER, shared)


@pytest.mark.parametrize("shown", ["", "x", "~" * 50, "a.b.c~" * 600, "é", "null", "W10.aaaa.bbbb"])
def test_an_invented_cookie_is_none(site: Site, shown: str) -> None:
    """Whatever stands in the cookie: the form answers as ever."""
    visitor = site.visitor()
    visitor.client.set_cookie("known", shown, domain="127.0.0.1")
    assert "账号或密码不正确" in tried(site, "zhangsan", WRONG, HOME, visitor)
    assert tried(site, "zhangsan", GOOD, HOME, visitor) == "in"


def test_the_cookie_is_locked_to_this_site_and_names_nobody(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """__Host-, Secure, HttpOnly, Strict, for half a year; the account's name does not stand in it."""
    site = made(sqlite_installation, monkeypatch, https=True, trusted_proxies=1)
    proxied = {"X-Forwarded-Proto": "https", "Referer": "https://board.example/signin"}
    answer = site.visitor(base="https://board.example/", headers=proxied).sign_in("zhangsan", GOOD)
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-known=")]
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/", f"Max-Age={180 * 86400}"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "zhangsan" not in cookie


def test_behind_a_proxy_the_address_is_the_forwarded_one(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one proxy trusted, its last address is locked; what a stranger writes before it changes nothing."""
    site = made(sqlite_installation, monkeypatch, trusted_proxies=1)
    for turn in range(6):
        visitor = site.visitor(headers={"X-Forwarded-For": f"10.9.8.{turn}, {STRANGER}"})
        told = visitor.sign_in("zhangsan", WRONG).text
    assert TOO_MANY in told
    assert site.visitor(headers={"X-Forwarded-For": f"{STRANGER}, {HOME}"}).sign_in("zhangsan", GOOD).status_code == 303


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "elsewhere"),
        (None, "elsewhere"),
        ("unix:", "elsewhere"),
    ],
)
def test_places(address: str | None, known_as: str) -> None:
    """An IPv4 address is a place, whichever way it is written; of IPv6 the network of 64 bits is one."""
    assert place(address) == known_as


def fail(door: Door, origin: Origin, at_minute: float = 0, name: str = "zhangsan") -> timedelta | None:
    """One wrong password: for how long it locks."""
    at = NOW + at_minute * MINUTE
    with pytest.raises(SignInRefused) as refused:
        door.sessions.sign_in(name, WRONG, at=at, origin=origin)
    return None if refused.value.until is None else refused.value.until - at


@pytest.mark.parametrize("name", ["zhangsan", "nobody"])
def test_delays_grow_up_to_a_day(door: Door, name: str) -> None:
    """A quarter of an hour, then twice as long each time, whether or not there is such an account."""
    origin, minute, told = Origin(STRANGER), 0.0, []
    for _attempt in range(4):
        assert fail(door, origin, minute, name) is None
    for _attempt in range(9):
        locked = fail(door, origin, minute, name)
        assert locked is not None
        told.append(locked / MINUTE)
        minute += locked / MINUTE
    assert told == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]


def test_all_places_together_have_a_limit(door: Door) -> None:
    """The fiftieth wrong password locks the name for unknown browsers for a quarter of an hour, the hundredth again."""
    locks = []
    for attempt in range(100):
        minute = 0 if attempt < 50 else 16
        locks.append(fail(door, Origin(f"198.51.100.{attempt}"), minute))
    assert [number for number, lock in enumerate(locks, start=1) if lock is not None] == [50, 100]
    assert locks[49] == locks[99] == 15 * MINUTE


def test_the_right_password_does_not_open_what_strangers_closed(door: Door) -> None:
    """Signing in makes good one's own failures; whoever guesses elsewhere stays locked."""
    for _attempt in range(5):
        fail(door, Origin(STRANGER))
    for _attempt in range(4):
        fail(door, Origin(HOME))
    door.sessions.sign_in("zhangsan", GOOD, at=NOW, origin=Origin(HOME))
    assert fail(door, Origin(STRANGER)) is not None
    assert fail(door, Origin(HOME)) is None


def test_a_browser_known_from_another_generation_is_unknown(door: Door) -> None:
    """What it shows must hold for the account as it is, and an account there must be."""
    for name, generation in (("zhangsan", 99), ("nobody", 1)):
        for attempt in range(50):
            fail(door, Origin(f"198.51.100.{attempt}", KnownBrowser("b", generation)), name=name)
        assert fail(door, Origin(HOME, KnownBrowser("b", generation)), name=name) is not None


def test_unlocking(door: Door) -> None:
    """All is forgotten, from wherever it came; sessions and password stay, and the audit log says who did it."""
    session = door.enter()
    for attempt in range(60):
        fail(door, Origin(f"198.51.100.{attempt % 3}"))
    door.accounts.unlock(" ZhangSan", **OFFICE)
    assert door.lives(session)
    door.sessions.sign_in("zhangsan", GOOD, at=NOW, origin=Origin("198.51.100.0"))
    assert ("office", "account unlocked", "account zhangsan") in door.acts()


def test_the_office_sees_an_attack(door: Door) -> None:
    """The list of accounts tells of how many places wrong passwords came lately, and until when any of them is locked."""
    door.accounts.add(Wanted("lisi", "李四", Role.UNIT, "tongqiao"), **OFFICE)
    for attempt in range(10):
        fail(door, Origin(f"198.51.100.{attempt % 2}"))
    scope = Scope(door.settings.zone, Role.OFFICE, "office1", None)
    calm, attacked = fetched(reader(door.settings.database_url), scope, administration.accounts, NOW)
    assert (calm.account.name, calm.attack) == ("lisi", None)
    assert attacked.attack == lockout.Attack(2, NOW + 15 * MINUTE)


def test_rows_are_swept_and_bounded(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever names are tried from whatever places, old failures go, and there are never more rows than a limit."""
    monkeypatch.setattr(lockout, "MOST_ROWS", 30)

    def rows() -> int:
        with reader(door.settings.database_url).connect() as connection:
            return connection.execute(select(func.count()).select_from(sign_in_failure)).scalar_one()

    def failed(name: str, address: str, minute: float) -> None:
        with write_transaction(door.settings.database_url) as connection:
            at = NOW + minute * MINUTE
            lockout.count_failure(connection, door.settings.zone, name, Origin(address), at, door.sessions.lock)

    for turn in range(40):
        failed(f"name{turn}", f"10.0.{turn}.1", turn / 100)
    assert rows() == 30
    failed("later", "10.1.1.1", 20)
    assert rows() == 2


def test_unlock_on_the_page(site: Site) -> None:
    """The office unlocks accounts of units, the administrator all, nobody else any; the page says who is being attacked."""
    for _attempt in range(6):
        tried(site, "zhangsan", WRONG, STRANGER)
        tried(site, "viewer1", WRONG, STRANGER)
    assert site.signed_in(Role.VIEWER).post("/accounts/unlock", {"account": "zhangsan"}).status_code == 403
    assert site.signed_in(Role.UNIT).post("/accounts/unlock", {"account": "zhangsan"}).status_code == 403
    office = site.signed_in(Role.OFFICE)
    assert office.post("/accounts/unlock", {"account": "viewer1"}).status_code == 403
    assert TOO_MANY in tried(site, "viewer1", GOOD, STRANGER)
    assert office.post("/accounts/unlock", {"account": "zhangsan"}).status_code == 303
    assert tried(site, "zhangsan", GOOD, STRANGER) == "in"
    assert site.signed_in(Role.ADMIN).post("/accounts/unlock", {"account": "viewer1"}).status_code == 303
    assert tried(site, "viewer1", GOOD, STRANGER) == "in"
