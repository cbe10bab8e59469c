"""Accounts from a workbook: all of it or nothing, every problem by its cell, passwords in a file for one pair of eyes."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.people import account_book, passwords
from data.people.account_book import BookRefused, import_accounts
from data.people.accounts import AccountRefused, Accounts, Wanted
from data.people.scope import Role
from data.settings import Settings
from tests.integration.doors import OFFICE, Counting, Door
from tests.integration.ledgers import all_rows
from tests.integration.throwaway import save

HEADER = ["账号", "姓名", "角色", "单位"]
ROWS: list[list[Any]] = [
    ["ZhangSan", "张三", "单位", "龙滩子街道"],
    ["lisi", "李四", "查看", None],
    [13800138000, "王五", "office", None],
    ["zhao.liu", "=1+1", "管理员", None],
]


@pytest.fixture
def door(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Door:
    """An installation without accounts."""
    hasher = Counting()
    monkeypatch.setattr(passwords, "hasher", lambda: hasher)
    return Door(installation, hasher)


def book(folder: Path, *rows: list[Any], header: list[Any] = HEADER, above: int = 0) -> Path:
    """A workbook of accounts; what looks like a formula is a text, as a clerk can type it."""
    path = save({"账号": [["双桥经开区账号表"], *[[] for _row in range(above)], header, *rows]}, folder / "账号.xlsx")
    written = load_workbook(path)
    for cell in (cell for row in written.worksheets[0] for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    written.save(path)
    return path


def problems(door: Door, path: Path, folder: Path) -> list[str]:
    """The problems with which a workbook is refused; nothing is written then, neither rows nor a file."""
    before, output = all_rows(door.settings), folder / "密码.xlsx"
    with pytest.raises(BookRefused) as refused:
        import_accounts(door.accounts, path, output, **OFFICE)
    assert all_rows(door.settings) == before
    assert not output.exists()
    return [str(problem) for problem in refused.value.problems]


def test_accounts_and_their_passwords(door: Door, tmp_path: Path) -> None:
    """Each row is an account, each account has its one-time password in the new file, which only its owner may read."""
    output = tmp_path / "密码.xlsx"
    assert import_accounts(door.accounts, book(tmp_path, *ROWS, [], above=3), output, **OFFICE) == 4
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    header, *lines = load_workbook(output).worksheets[0].iter_rows(values_only=True)
    assert header == (*HEADER, "一次性密码")
    assert [line[:4] for line in lines] == [
        ("zhangsan", "张三", "单位", "龙滩子街道办事处"),
        ("lisi", "李四", "查看", None),
        ("13800138000", "王五", "办公室", None),
        ("zhao.liu", "'=1+1", "管理员", None),
    ]
    for name, *_rest, password in lines:
        assert door.enter(str(name), str(password)).account.must_change
    assert [(one.name, one.role, one.unit) for one in door.accounts.all()] == [
        ("13800138000", Role.OFFICE, None),
        ("lisi", Role.VIEWER, None),
        ("zhangsan", Role.UNIT, "longtanzi"),
        ("zhao.liu", Role.ADMIN, None),
    ]
    assert load_workbook(output).worksheets[0]["B5"].data_type == "s"
    assert next(act for act in door.acts() if act[1] == "account added") == (
        "office",
        "account added",
        "account zhangsan",
    )


def test_every_problem_by_its_cell(door: Door, tmp_path: Path) -> None:
    """One answer names all that is wrong, each where it stands; not even the good rows become accounts."""
    door.add()
    path = book(
        tmp_path,
        ["good", "好", "查看", None],
        ["zhangsan", "张三", "查看", None],
        ["lisi", None, "领导", "不存在的单位"],
        ["LISI", "李四", "单位", None],
        [None, "王五", "查看", "龙滩子街道"],
        ["zhao liu", "赵六", "单位", "不存在的单位"],
        ["ＯＦＦＩＣＥ", "孙七", "办公室", None],
    )
    assert problems(door, path, tmp_path) == [
        "A4: 账号 zhangsan 已存在。",
        "C5: 角色须为以下之一：查看、单位、办公室、管理员。",
        "B5: 姓名须填写，不超过 60 个字符，且不换行。",
        "A6: 该账号与 A5 重复。",
        "D6: 角色为“单位”的账号必须填写所属单位。",
        "A7: 账号名为 2 至 60 个字符：文字、数字和 . _ - @ +",
        "D7: 只有角色为“单位”的账号才填写单位，请将单位留空。",
        "A8: 账号名为 2 至 60 个字符：文字、数字和 . _ - @ +",
        "D8: 没有单位 不存在的单位。",
        "A9: 账号名 OFFICE 已留作审计日志中的命令行操作者，请改用其他账号名。",
    ]


def test_what_is_no_list_of_accounts(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No workbook, no header, columns missing, no rows, too many: each is a sentence."""
    text = tmp_path / "账号.txt"
    text.write_text("账号,姓名,角色,单位", encoding="utf-8")
    assert "不是可读取" in problems(door, text, tmp_path)[0]
    assert "找不到表头" in problems(door, book(tmp_path, header=["用户", "姓名"]), tmp_path)[0]
    assert problems(door, book(tmp_path, header=["账 号", "姓名"]), tmp_path) == ["A2: 缺少列：角色、单位。"]
    assert "没有数据行" in problems(door, book(tmp_path, [None, " "]), tmp_path)[0]
    monkeypatch.setattr(account_book, "MOST_ROWS", 3)
    assert "超过 3 行" in problems(door, book(tmp_path, *[["x"]] * 20), tmp_path)[0]
    monkeypatch.setattr(account_book, "LARGEST", 10)
    assert "文件过大" in problems(door, text, tmp_path)[0]


def test_file_that_is_there_is_not_written_over(door: Door, tmp_path: Path) -> None:
    """Passwords of earlier accounts are not lost under those of new ones, and no account is made."""
    output = tmp_path / "密码.xlsx"
    output.write_text("earlier", encoding="utf-8")
    with pytest.raises(FileExistsError):
        import_accounts(door.accounts, book(tmp_path, *ROWS), output, **OFFICE)
    assert output.read_text(encoding="utf-8") == "earlier"
    assert door.accounts.all() == []


def test_accounts_without_their_file_are_not_made(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the passwords cannot be written the accounts are not made, and half a file is not left."""

    def full(*_arguments: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("data.people.account_book.os.fsync", full)
    with pytest.raises(OSError, match="disk full"):
        import_accounts(door.accounts, book(tmp_path, *ROWS), tmp_path / "密码.xlsx", **OFFICE)
    assert not (tmp_path / "密码.xlsx").exists()
    assert door.accounts.all() == []


def test_account_that_somebody_made_meanwhile(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last row's account came to be while passwords were hashed: no row is done, no file is left."""
    door.accounts.add_without_password(Wanted("zhao.liu", "赵六", Role.VIEWER), **OFFICE)
    monkeypatch.setattr(account_book, "_taken", lambda _connection, _zone: set())
    with pytest.raises(AccountRefused, match=r"zhao\.liu"):
        import_accounts(Accounts.of(door.settings), book(tmp_path, *ROWS), tmp_path / "密码.xlsx", **OFFICE)
    assert not (tmp_path / "密码.xlsx").exists()
    assert [one.name for one in door.accounts.all()] == ["zhao.liu"]
