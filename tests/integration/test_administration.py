"""What the administration page shows, and to whom: accounts that one may help, the audit log, its words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboards.pages.administration.audit_log import LONGEST_DETAIL, about, act, acts, details
from dashboards.results import administration
from dashboards.results.reading import begin
from dashboards.results.record_list import RowCondition, RowsWanted, Unasked
from data.people import passwords
from data.people.scope import Role, Scope
from data.people.sessions import SignInRefused
from data.settings import Settings
from data.store import reader
from data.zone.zone import Zone, read_zone
from tests.fetching import fetched
from tests.integration.doors import NOW, OFFICE, Counting, Door, let_in
from tests.integration.sites import PEOPLE


@pytest.fixture
def door(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Door:
    """An installation with one account of each role."""
    hasher = Counting()
    monkeypatch.setattr(passwords, "hasher", lambda: hasher)
    door = Door(installation, hasher)
    let_in(door, *PEOPLE.values())
    return door


def _scope(role: Role) -> Scope:
    return Scope("shuangqiao", role, PEOPLE[role].name, PEOPLE[role].unit)


def _zone(door: Door) -> Zone:
    with reader(door.settings.database_url).connect() as connection:
        return read_zone(connection, door.settings.zone)


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.VIEWER, []),
        (Role.UNIT, []),
        (Role.OFFICE, ["zhangsan"]),
        (Role.ADMIN, ["admin1", "office1", "viewer1", "zhangsan"]),
    ],
)
def test_accounts_are_listed_for_who_may_help_them(door: Door, role: Role, names: list[str]) -> None:
    """The office sees accounts of units, the administrator all, nobody else any."""
    found = fetched(reader(door.settings.database_url), _scope(role), administration.accounts, NOW)
    assert [one.account.name for one in found] == names


def test_list_tells_last_sign_in_and_lock(door: Door) -> None:
    """When an account last came in, also after its session is forgotten, and until when it is locked."""
    engine = reader(door.settings.database_url)
    door.enter(at=NOW + timedelta(hours=1))
    later = NOW + timedelta(days=3)
    for _attempt in range(5):
        with pytest.raises(SignInRefused):
            door.enter(password="wrong", at=later)
    (one,) = fetched(engine, _scope(Role.OFFICE), administration.accounts, later)
    assert one.last_sign_in == NOW + timedelta(hours=1)
    assert one.locked_until == later + timedelta(minutes=15)
    (one,) = fetched(engine, _scope(Role.OFFICE), administration.accounts, later + timedelta(minutes=16))
    assert one.locked_until is None


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UNIT, Role.OFFICE])
def test_audit_log_is_the_administrators(door: Door, role: Role) -> None:
    """Nobody else gets an entry, page or export."""
    engine = reader(door.settings.database_url)
    assert fetched(engine, _scope(role), administration.audit_page).entries == ()
    assert fetched(engine, _scope(role), administration.whole_audit) == []


def test_audit_log_is_paged_newest_first(door: Door) -> None:
    """Pages follow each other without gap, the last one is shown for any beyond, and one account's entries stand alone."""
    engine, scope = reader(door.settings.database_url), _scope(Role.ADMIN)
    for turn in range(administration.PAGE_SIZE):
        door.accounts.set_active("viewer1", bool(turn % 2), **OFFICE)
    whole = [one.entry for one in fetched(engine, scope, administration.whole_audit)]
    first = fetched(engine, scope, administration.audit_page)
    second = fetched(engine, scope, administration.audit_page, page=1)
    assert first.total == len(whole)
    shown = [one.entry for one in (*first.entries, *second.entries)]
    assert shown == whole[::-1][: len(shown)]
    beyond = fetched(engine, scope, administration.audit_page, page=999)
    assert beyond.entries
    assert beyond.entries[-1].entry == 1
    mine = fetched(engine, scope, administration.audit_page, name="zhangsan")
    assert {(one.actor, one.subject) for one in mine.entries} == {
        ("office", "account zhangsan"),
        ("zhangsan", "account zhangsan"),
    }
    assert fetched(engine, scope, administration.audit_page, name="' OR 1=1 --").total == 0


def test_audit_log_is_filtered_by_days_of_the_zone_and_searched(door: Door) -> None:
    """An entry of 23:30 in Beijing is of that day, though it is another in UTC; acts are found by their Chinese words."""
    engine, scope = reader(door.settings.database_url), _scope(Role.ADMIN)
    noon = NOW.replace(hour=12, minute=0)
    for place, at in enumerate(
        (noon - timedelta(hours=36), noon - timedelta(hours=12, minutes=30), noon + timedelta(hours=11, minutes=30))
    ):
        door.accounts.set_active("viewer1", bool(place % 2), by="office", at=at)
    with begin(engine, scope) as reading:
        zone = reading.zone.calendar
        entries = {one.entry: zone.day_of(one.at) for one in administration.whole_audit(reading)}
        day = noon.astimezone(zone.timezone).date()
        assert len(set(entries.values())) >= 3
        compared = {
            "equals": day.__eq__, "notEqual": day.__ne__, "lessThan": day.__gt__, "lessThanOrEqual": day.__ge__,
            "greaterThan": day.__lt__, "greaterThanOrEqual": day.__le__,
        }  # fmt: skip
        for operator, holds in compared.items():
            wanted = RowsWanted(0, 500, conditions=(RowCondition("at", operator, (day,)),), sort=(("entry", False),))
            found = administration.audit_rows(reading, wanted, acts())
            assert [one.entry for one in found.entries] == [entry for entry, of in entries.items() if holds(of)], (
                operator
            )
        found = administration.audit_rows(reading, RowsWanted(0, 500, search="停用"), acts())
        assert {one.action for one in found.entries} == {"account disabled"}
        assert administration.audit_rows(reading, RowsWanted(0, 500), acts(), name="\0").total == 0
        with pytest.raises(Unasked):
            administration.audit_rows(
                reading, RowsWanted(0, 9, conditions=(RowCondition("detail", "contains", ("x",)),)), acts()
            )


def test_every_act_on_accounts_has_its_chinese_word(door: Door) -> None:
    """No act of the log stands there as its code."""
    for _who, action, subject in door.acts():
        assert act(action) != action
        assert "账号" in about(subject)
    assert act("something new") == "something new"


def test_particulars_are_short_and_in_words(door: Door) -> None:
    """Roles and units by name, no hash, never longer than a line."""
    zone = _zone(door)
    change = {"before": {"role": "unit", "unit": "longtanzi"}, "after": {"role": "viewer", "unit": None}}
    assert details(change, zone) == "原为：单位，龙滩子街道 · 改为：查看"
    assert details({"sha256": "ab", "version": 2, "note": ""}, zone) == "版本：2"
    assert details({"until": "2022-06-04T02:45:00+00:00"}, zone) == "至：2022-06-04 10:45"
    assert len(details({"note": "长" * 500}, zone)) == LONGEST_DETAIL + 1
    assert details({"grounds": ["甲", "乙"]}, zone) == "依据：甲、乙"
