"""Passwords: which are too weak, that a hash tells nothing, and that who has no password costs as much work as who has."""

from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher

from data.people import passwords
from data.people.passwords import WeakPassword, check_strength, hashed, is_outdated, matches, one_time_password

GOOD = "tulip cabinet 93 river"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("tu7-kb93zQ!", "至少"),
        ("x9" * 65, "最多"),
        ("tulip-ZhangSan-93-river", "账号名"),
        ("tulip-ＺＨＡＮＧＳＡＮ-93-river", "账号名"),
        ("password1234567", "猜到"),
        ("qwertyuiop[]asdf", "猜到"),
        ("aaaaaaaaaaaaaaaaaaaa", "猜到"),
        ("abc123abc123abc123", "猜到"),
        ("龙滩子街道办事处龙滩子街道办事处", "猜到"),
    ],
)
def test_weak_passwords(password: str, why: str) -> None:
    """Too short, too long, with the account's name in it, or easy to guess: each with its own sentence in Chinese."""
    with pytest.raises(WeakPassword, match=why):
        check_strength(password, "zhangsan", ["张三", "龙滩子街道办事处"])


@pytest.mark.parametrize("password", [GOOD, "x9-" + "kq7w" * 6, "安全第一预防为主综合治理", "Tq8#vLm2Zp4k"])
def test_strong_passwords(password: str) -> None:
    """Twelve characters that are hard to guess are enough, in any script."""
    check_strength(password, "zhangsan", ["张三"])


def test_name_of_two_letters_may_occur() -> None:
    """Two letters are in every other word: an account ``li`` is not kept from it."""
    check_strength(GOOD, "li")


def test_hash_is_argon2id_and_another_each_time() -> None:
    """The same password is stored differently each time, by Argon2id; nothing of it is to be read."""
    one, other = hashed(GOOD), hashed(GOOD)
    assert one != other
    assert one.startswith("$argon2id$")
    assert GOOD not in one
    assert matches(one, GOOD)
    assert not matches(one, GOOD + "x")


def test_shipped_parameters_are_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a test's cheap hasher the library's own cost holds."""
    monkeypatch.undo()
    made, library = passwords.hasher(), PasswordHasher()
    assert (made.memory_cost, made.time_cost, made.type) == (library.memory_cost, library.time_cost, library.type)


def test_outdated_parameters_are_recognised() -> None:
    """A hash of other parameters is to be renewed, one of today's not."""
    assert is_outdated(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(GOOD))
    assert not is_outdated(hashed(GOOD))


def test_same_characters_of_another_keyboard() -> None:
    """Full-width letters are the same letters; half a character pair is no reason to fail."""
    assert matches(hashed("ｔｕｌｉｐ cabinet 93"), "tulip cabinet 93")
    assert not matches(hashed(GOOD), "\ud800")


def test_only_whole_passwords_match() -> None:
    """Two passwords that agree in their first 128 characters are not the same; megabytes are no work."""
    longest = "tulip " * 21 + "92"
    assert len(longest) == passwords.LONGEST
    assert matches(hashed(longest), longest)
    assert not matches(hashed(longest), longest + "x")
    assert not matches(hashed(longest), longest + "x" * 10_000_000)


@pytest.mark.parametrize("stored", [None, "", "x", "$argon2id$v=19$m=8"])
def test_nothing_matches_no_hash(stored: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a usable hash no password is right; without any the same work is done as with one."""
    verified: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            verified.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "hasher", lambda: Counting(time_cost=1, memory_cost=8, parallelism=1))
    assert not matches(stored, GOOD)
    assert len(verified) == 1
    if not stored:
        assert verified[0].startswith("$argon2id$")


def test_work_in_vain_is_never_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is compared in place of a hash that is not there, no password is right."""
    monkeypatch.setattr(passwords, "_hash_of_nothing", lambda: hashed(GOOD))
    assert not matches(None, GOOD)


def test_one_time_passwords() -> None:
    """Sixteen characters that cannot be mistaken on paper, never the same."""
    made = {one_time_password() for _time in range(500)}
    assert len(made) == 500
    for password in made:
        assert re.fullmatch(r"[a-z2-9]{16}", password)
        assert not set(password) & set("0o1il")
