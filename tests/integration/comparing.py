"""Figures as two implementations can be compared: numbers to nine places, everything else as it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def comparable(value: Any) -> Any:
    """The same with every number rounded to nine places."""
    match value:
        case dict():
            return {key: comparable(item) for key, item in value.items()}
        case list():
            return [comparable(item) for item in value]
        case bool() | None | str():
            return value
        case _:
            return round(float(value), 9)


def differences(shown: Any, expected: Any, place: str = "") -> dict[str, tuple[Any, Any]]:
    """Only what differs: where → (shown, expected). Keys that the expected side does not have are not compared."""
    if isinstance(shown, dict) and isinstance(expected, dict):
        found: dict[str, tuple[Any, Any]] = {}
        for key, value in expected.items():
            found |= differences(shown.get(key, "absent"), value, f"{place}.{key}")
        return found
    if isinstance(shown, list) and isinstance(expected, list) and len(shown) == len(expected):
        found = {}
        for index, (one, other) in enumerate(zip(shown, expected, strict=True)):
            found |= differences(one, other, f"{place}[{index}]")
        return found
    return {} if _same(shown, expected) else {place: (shown, expected)}


def _same(shown: Any, expected: Any) -> bool:
    """Numbers may lie half of the ninth place apart: rounded, two that hardly differ can come to two."""
    if (
        isinstance(shown, int | float)
        and isinstance(expected, int | float)
        and bool not in {type(shown), type(expected)}
    ):
        return math.isclose(shown, expected, rel_tol=0, abs_tol=5e-10)
    return bool(comparable(shown) == comparable(expected))


@contextmanager
def named(case: object) -> Iterator[None]:
    """Where a law does not hold, say for which generated case."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"for {case!r}")
        raise
