"""Passwords: how they are kept, which are too weak, and the ones that the office hands out for one use."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection
from functools import cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.language import gettext as _

SHORTEST, LONGEST = 12, 128
GUESSABLE_BELOW = 3
"""Of zxcvbn's scores 0 to 4; 3 withstands guessing against a stolen database for long."""
_LOOKED_AT = 72
_TOO_SHORT_TO_FIND = 2
"""Bytes; a name like ``li`` is in every other word."""
_ONE_TIME_LENGTH = 16
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike on paper."""
_judging = Lock()


class WeakPassword(ValueError):
    """A password that may not be used; the text says why and what to do."""


@cache
def hasher() -> PasswordHasher:
    """Argon2id with the library's parameters; hashes of older parameters are renewed at the next sign-in."""
    return PasswordHasher()


def hashed(password: str) -> str:
    """A password as it may be stored."""
    return hasher().hash(_bytes(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; without a hash to compare with the same work is done, and it is not."""
    try:
        right = hasher().verify(password_hash or _hash_of_nothing(), _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than those of today."""
    return hasher().check_needs_rehash(password_hash)


def one_time_password() -> str:
    """Random, to be read from paper and typed once: 79 bits."""
    return "".join(secrets.choice(_READABLE) for _place in range(_ONE_TIME_LENGTH))


def check_strength(password: str, name: str, words: Collection[str] = ()) -> None:
    """WeakPassword unless it is long enough, does not contain the account's name, and is hard to guess.

    ``words`` are those that an acquaintance would try: the person's name, the unit's.
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise WeakPassword(_("A password has at least %(length)s characters.", length=SHORTEST))
    if len(plain) > LONGEST:
        raise WeakPassword(_("A password has at most %(length)s characters.", length=LONGEST))
    if len(name.encode()) > _TOO_SHORT_TO_FIND and name.lower() in plain.lower():
        raise WeakPassword(_("The password must not contain the account's name."))
    if _score(plain, [name, *words]) < GUESSABLE_BELOW:
        raise WeakPassword(
            _("This password is easy to guess (common words, names, dates, repetitions, neighbouring keys). "
              "Take several words that have nothing to do with each other, or a longer one.")
        )  # fmt: skip


def _score(password: str, words: list[str]) -> int:
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # ships no types; slow to import

    with _judging:  # it keeps the words in a variable of the module
        return int(zxcvbn(password[:_LOOKED_AT], user_inputs=words)["score"])


@cache
def _hash_of_nothing() -> str:
    return hasher().hash(secrets.token_bytes(16))


def _normal(password: str) -> str:
    """The same characters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    """What is hashed: never so long that hashing it is an attack, yet never cut to a password that is allowed."""
    return _normal(password[: LONGEST * 4])[: LONGEST + 1].encode("utf-8", "surrogatepass")
