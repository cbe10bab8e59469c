"""How many cases a law gets: enough on every run, as many as one can wait for with ``make test-long``."""

from __future__ import annotations

import os

LEAST = 25
"""No law gets fewer cases than this, however short the run is."""
MANY = 200
VARIABLE = "TESTS_LONG"


def is_long() -> bool:
    """Whether this is the long run."""
    return os.environ.get(VARIABLE, "") not in {"", "0"}


def cases(short: int = LEAST, long: int = MANY) -> int:
    """How many cases a law gets in this run."""
    assert LEAST <= short <= long
    return long if is_long() else short


def seeds(times: int = 1, *, long: int = MANY) -> range:
    """Seeds for a law that is also tried with so many other parameters: together they make its cases."""
    return range(-(-cases(long=long) // times))
