"""Moments as numbers: what is counted in bulk compares microseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
A_SECOND = 1_000_000


def moment_number(moment: datetime) -> int:
    """An aware moment as its number."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(number: int) -> datetime:
    """The moment that has a number, in UTC."""
    return _EPOCH + number * _MICROSECOND
