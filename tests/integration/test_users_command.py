"""``python -m data users`` and ``audit`` as an office runs them: exit codes, what is on which stream, who may read what."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from data.intake.audit import history
from data.people.accounts import Accounts
from data.people.sessions import Sessions, SignInRefused
from data.settings import Settings
from data.store import reader
from tests.integration.doors import GOOD, NOW
from tests.integration.throwaway import save

ROOT = Path(__file__).parents[2]
ZHANG = ("add", "ZhangSan", "--role", "unit", "--unit", "龙滩子街道", "--display", "张三")


def data(environment: Mapping[str, str], *arguments: object, given: str = "", code: int = 0) -> tuple[str, str]:
    """What ``python -m data`` printed on its two streams; it ended with this code and without a traceback."""
    ended = subprocess.run(
        [sys.executable, "-m", "data", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, **environment}, input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in ended.stderr
    assert (ended.returncode, ended.stderr if ended.returncode != code else "") == (code, "")
    if code:
        assert not ended.stdout
        assert ended.stderr.strip()
    return ended.stdout, ended.stderr


def users(environment: Mapping[str, str], *arguments: object, given: str = "", code: int = 0) -> str:
    """What ``python -m data users`` printed on standard output."""
    return data(environment, "users", *arguments, given=given, code=code)[0]


def enters(settings: Settings, name: str, password: str) -> bool:
    """Whether name and password open a session."""
    try:
        Sessions.of(settings).sign_in(name, password, at=NOW)
    except SignInRefused:
        return False
    return True


def test_life_of_an_account(installation: Settings, environment: dict[str, str]) -> None:
    """Added, listed, reset, given another role, disabled, enabled: each command does what it says and notes the office."""
    first = users(environment, *ZHANG).strip()
    assert enters(installation, "zhangsan", first)
    assert json.loads(users(environment, "list", "--json")) == {
        "accounts": [
            {
                "account": "zhangsan", "display_name": "张三", "role": "unit", "unit": "longtanzi", "active": True,
                "must_change": True, "has_password": True,
            }
        ]
    }  # fmt: skip
    second = users(environment, "reset", "zhangsan").strip()
    assert [enters(installation, "zhangsan", one) for one in (first, second)] == [False, True]
    users(environment, "role", "zhangsan", "unit", "--unit", "双路街道")
    users(environment, "role", "zhangsan", "viewer")
    third = users(environment, "reset", "zhangsan").strip()  # the second let its owner in once
    users(environment, "disable", "zhangsan")
    assert not enters(installation, "zhangsan", third)
    users(environment, "enable", "zhangsan")
    assert enters(installation, "zhangsan", third)
    assert "zhangsan" in users(environment, "list")
    with reader(installation.database_url).connect() as connection:
        acts = [one.action for one in history(connection, installation.zone) if one.actor == "office"]
    assert acts == [
        "account added", "password reset", "role changed", "role changed", "password reset", "account disabled",
        "account enabled",
    ]  # fmt: skip


def test_password_is_alone_on_standard_output(environment: dict[str, str]) -> None:
    """A script can take the one-time password as it is printed; it is not in the log or beside it."""
    out, err = data(environment, "users", *ZHANG)
    assert len(out.strip()) == 16
    assert out.strip() not in err
    assert "一次性密码" in err


def test_first_password_from_standard_input(installation: Settings, environment: dict[str, str]) -> None:
    """A password that is piped in is not printed, must be strong, and is for one use like any other."""
    assert users(environment, *ZHANG, "--password-stdin", given="password1234567\n", code=1) == ""
    out, err = data(environment, "users", *ZHANG, "--password-stdin", given=f"{GOOD}\n")
    assert (out, GOOD in err) == ("", False)
    found = Accounts.of(installation).find("zhangsan")
    assert found is not None
    assert found.must_change
    assert enters(installation, "zhangsan", GOOD)
    users(environment, "add", "wangwu", "--role", "viewer", "--display", "王五", "--no-password")
    assert not enters(installation, "wangwu", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "x", "--role", "viewer", "--display", "张三"), 1),
        (("add", "Office", "--role", "office", "--display", "李四"), 1),
        (("add", "office", "--role", "viewer", "--display", "李四", "--no-password"), 1),
        (("add", "li", "--role", "unit", "--unit", "不存在", "--display", "李四"), 1),
        (("add", "li", "--role", "unit", "--display", "李四"), 2),
        (("add", "li", "--role", "office", "--unit", "longtanzi", "--display", "李四"), 2),
        (("add", "li", "--role", "king", "--display", "李四"), 2),
        (("add", "li", "--role", "viewer", "--display", "李四", "--no-password", "--password-stdin"), 2),
        (("add", "li", "--role", "viewer"), 2),
        (("reset", "nobody"), 1),
        (("disable", "nobody"), 1),
        (("role", "nobody", "office"), 1),
        (("role", "nobody", "unit"), 2),
        (("import", "missing.xlsx", "-o", "out.xlsx"), 2),
    ],
)
def test_refusals_have_their_codes(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int
) -> None:
    """What is asked for and cannot be is 1, what is asked for wrongly is 2; both say why on standard error."""
    environment = {"SUPERVISION_DATABASE_URL": sqlite_installation.database_url}
    users(environment, *arguments, code=code)


def test_database_that_is_empty(tmp_path: Path) -> None:
    """Without ``data init`` there are no accounts: 3, and what to do."""
    environment = {"SUPERVISION_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}
    for arguments in (("users", "list"), ("audit",)):
        assert "data init" in data(environment, *arguments, code=3)[1]


def test_import(environment: dict[str, str], tmp_path: Path) -> None:
    """A workbook's accounts, their passwords in a file of mode 0600; a second time all names are taken, by cell."""
    path = save({"账号": [["账号", "姓名", "角色", "单位"], ["lisi", "李四", "查看"]]}, tmp_path / "账号.xlsx")
    output = tmp_path / "密码.xlsx"
    users(environment, "import", path, "-o", output)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    users(environment, "import", path, "-o", output, code=2)
    assert "A2:" in data(environment, "users", "import", path, "-o", tmp_path / "再.xlsx", code=1)[1]
    assert not (tmp_path / "再.xlsx").exists()


def test_audit_is_exported(environment: dict[str, str], tmp_path: Path) -> None:
    """The audit log as table, JSON and CSV, from a day on; JSON holds the chain."""
    users(environment, *ZHANG)
    assert "account zhangsan" in data(environment, "audit")[0]
    (entry,) = json.loads(data(environment, "audit", "--format", "json")[0])["audit"]
    assert (entry["actor"], entry["action"], entry["detail"]) == ("office", "account added", {"role": "unit", "unit": "longtanzi"})  # fmt: skip
    assert entry["at"].startswith("2022-10-08T")
    assert len(entry["hash"]) == 64
    output = tmp_path / "审计.csv"
    data(environment, "audit", "--format", "csv", "-o", output)
    (line,) = csv.DictReader(io.StringIO(output.read_text(encoding="utf-8-sig")))
    assert line["hash"] == entry["hash"]
    assert json.loads(data(environment, "audit", "--since", "2022-10-09", "--format", "json")[0]) == {"audit": []}
    assert len(json.loads(data(environment, "audit", "--since", "2022-10-08", "--format", "json")[0])["audit"]) == 1
    data(environment, "audit", "--since", "gestern", code=2)
