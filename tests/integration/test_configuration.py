"""What people configure stands in the journal before it stands in the database, and comes back with a rebuild but for passwords."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from data.doctor import examine
from data.initial import initialise
from data.intake import configuration as configuration_module
from data.intake.archive import Archive, Entry
from data.intake.audit import history
from data.people.accounts import AccountRefused, Accounts, Wanted
from data.people.scope import Role
from data.schema.accounts import account
from data.schema.zone import deadline, unit
from data.settings import Settings
from data.store import reader, write_transaction
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import ledger, send

AT = datetime(2022, 6, 4, 2, 30, tzinfo=UTC)
BY: dict[str, Any] = {"by": "office", "at": AT}
ZHANG = Wanted("zhang.san", "张三丰", Role.UNIT, "longtanzi")


def lines(settings: Settings, *acts: str) -> list[Entry]:
    """The journal's lines of these acts."""
    return [entry for entry in Archive(settings.archive_dir).entries() if entry.act in acts]


def run(settings: Settings, statement: Any) -> None:
    """Change the database behind the product's back."""
    with write_transaction(settings.database_url) as connection:
        connection.execute(statement)


def row_of(settings: Settings, name: str, url: str | None = None) -> Any:
    """An account's row."""
    with reader(url or settings.database_url).connect() as connection:
        return connection.execute(select(account).where(account.c.account == name)).one()


def start(settings: Settings) -> list[str]:
    """``data init``."""
    return initialise(settings.database_url, settings.zone, Archive(settings.archive_dir), settings.today)


def everything(accounts: Accounts) -> str:
    """Each act on an account once; the last one-time password."""
    accounts.add(ZHANG, **BY)
    accounts.set_role("zhang.san", Role.OFFICE, **BY)
    accounts.set_active("zhang.san", active=False, **BY)
    accounts.set_active("zhang.san", active=True, **BY)
    return accounts.reset_password("zhang.san", **BY)


def test_each_act_is_a_line_with_who_when_and_what(installation: Settings) -> None:
    """Made, another role, disabled, enabled, reset: a line each, then a row and an audit entry that holds on to the line."""
    everything(Accounts.of(installation))
    acts = ["add_account", "change_role", "disable_account", "enable_account", "reset_account"]
    found = lines(installation, *acts)
    assert [entry.act for entry in found] == acts
    assert {(entry.at, entry.data["actor"], entry.data["account"]) for entry in found} == {
        (AT.isoformat(), "office", "zhang.san")
    }
    assert found[1].data["before"] == {"role": "unit", "unit": "longtanzi"}
    with reader(installation.database_url).connect() as connection:
        assert [entry.journal for entry in history(connection, installation.zone)] == [entry.hash for entry in found]
    assert examine(installation) == ([], [])


def test_no_password_and_no_name_of_a_person_is_in_the_journal(installation: Settings) -> None:
    """Account names alone: not the display name, not the one-time password, not its hash."""
    start(installation)
    password = everything(Accounts.of(installation))
    journal = (installation.archive_dir / "journal.jsonl").read_text(encoding="utf-8")
    assert "zhang.san" in journal
    for secret in ("张三丰", password, row_of(installation, "zhang.san").password_hash, "argon2", "display_name"):
        assert secret not in journal


def test_what_was_refused_leaves_no_line(sqlite_installation: Settings) -> None:
    """An act that cannot be is found out before the journal hears of it."""
    accounts = Accounts.of(sqlite_installation)
    accounts.add(ZHANG, **BY)
    for refused in (
        lambda: accounts.add(ZHANG, **BY),
        lambda: accounts.set_role("zhang.san", Role.UNIT, "nowhere", **BY),
        lambda: accounts.reset_password("nobody", **BY),
    ):
        with pytest.raises(AccountRefused):
            refused()
    accounts.set_active("zhang.san", active=True, **BY)
    assert len(list(Archive(sqlite_installation.archive_dir).entries())) == 1


def test_line_without_its_row_is_pointed_out_and_written_by_the_next_act(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails between line and row: doctor says so, the next act writes it first; the account then has no password."""
    accounts = Accounts.of(installation)

    def out(*_arguments: object, **_named: object) -> None:
        raise OSError("no power")

    with monkeypatch.context() as patched:
        patched.setattr(configuration_module, "record", out)
        with pytest.raises(OSError, match="no power"):
            accounts.add(ZHANG, **BY)
    assert accounts.find("zhang.san") is None
    findings, (note,) = examine(installation)
    assert findings == []
    assert "第 1 行" in note
    accounts.add_without_password(Wanted("li.si", "李四", Role.VIEWER), **BY)
    assert [one.name for one in accounts.all()] == ["li.si", "zhang.san"]
    late = row_of(installation, "zhang.san")
    assert (late.role, late.unit, late.password_hash, late.display_name) == ("unit", "longtanzi", None, "zhang.san")
    assert examine(installation) == ([], [])
    assert accounts.reset_password("zhang.san", **BY)


def test_a_rebuild_brings_accounts_back_but_for_passwords(installation: Settings, tmp_path: Path) -> None:
    """Role, unit, in use or not, when made; without a password, and with the account's name for the person's."""
    start(installation)
    accounts = Accounts.of(installation)
    everything(accounts)
    accounts.add(Wanted("li.si", "李四", Role.UNIT, "shuanglu"), **BY)
    accounts.set_active("li.si", active=False, **BY)
    url = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(installation, url)
    for name in ("zhang.san", "li.si"):
        live, anew = row_of(installation, name), row_of(installation, name, url)
        for column in ("role", "unit", "active", "created_at"):
            assert getattr(anew, column) == getattr(live, column), (name, column)
        assert (anew.password_hash, anew.must_change, anew.display_name) == (None, False, name)
    assert examine(installation.model_copy(update={"database_url": url})) == ([], [])
    assert examine(installation, deep=True) == ([], [])


def test_initialising_journals_what_it_loads_once(installation: Settings) -> None:
    """One line with all that is configured; running it again adds none."""
    assert start(installation)
    (line,) = lines(installation, "configure")
    assert {name for name, rows in line.data["rows"].items() if rows} >= {
        "zone",
        "unit",
        "deadline",
        "scheme",
        "sector",
    }
    assert start(installation) == []
    assert len(lines(installation, "configure")) == 1


def test_an_older_installation_is_held_from_the_next_init_on(installation: Settings, tmp_path: Path) -> None:
    """Its present configuration, edited ages ago, and its accounts are the first line: a rebuild has them, a change is named."""
    zone = installation.zone
    run(installation, update(deadline).where(deadline.c.kind == "enforcement").values(due_day=8))
    run(installation, delete(deadline).where(deadline.c.kind == "tipoffs"))
    values = {"display_name": "张三", "role": "admin", "must_change": False, "active": True, "generation": 4}
    run(installation, account.insert().values(zone=zone, account="boss", created_at=AT, changed_at=AT, **values))
    with Loader(installation) as loader:
        send(loader, ledger("2022-04"), tmp_path)
    assert examine(installation)[0], "held against the program's own reference data until then"
    start(installation)
    assert examine(installation) == ([], [])
    url = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(installation, url)
    with reader(url).connect() as connection:
        days = select(deadline.c.due_day).where(deadline.c.kind == "enforcement")
        assert connection.execute(days).scalars().all() == [8]
    assert row_of(installation, "boss", url).role == "admin"
    run(installation, update(account).where(account.c.account == "boss").values(role="viewer"))
    (finding,) = examine(installation)[0]
    assert (
        finding == f"账号 boss 的角色：数据库为 viewer，日志第{lines(installation, 'configure')[0].number}行为 admin。"
    )


def test_what_a_later_program_brings_is_a_line_and_what_sql_changed_is_not(installation: Settings) -> None:
    """``data init`` journals the rows that it adds itself; a deadline moved by SQL is not taken over, and stays a finding."""
    start(installation)
    run(installation, delete(deadline).where(deadline.c.kind == "tipoffs"))
    run(installation, update(deadline).where(deadline.c.kind == "review").values(due_day=28))
    assert len(examine(installation)[0]) == 2
    start(installation)
    (_all, brought) = lines(installation, "configure")
    assert [row["kind"] for row in brought.data["rows"]["deadline"]] == ["tipoffs"]
    assert brought.data["rows"].keys() == {"deadline"}
    (finding,) = examine(installation)[0]
    assert "报送期限 review office 的截止日：数据库为 28" in finding
    assert "为 15" in finding


def test_value_that_no_column_takes_is_a_finding(sqlite_installation: Settings) -> None:
    """SQLite keeps whatever is put into it: doctor says so and ends with a list, not with an error."""
    start(sqlite_installation)
    run(sqlite_installation, text("UPDATE unit SET valid_from = 'nie'"))
    run(sqlite_installation, update(unit).where(unit.c.unit == "longtanzi").values(valid_from=None))
    assert any("无法读取" in finding for finding in examine(sqlite_installation)[0])
