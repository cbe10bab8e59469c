"""What one version of a scheme has otherwise than another, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from data.zone.schemes import Scheme

Value = Any
_OF_THE_VERSION = frozenset({"name", "version", "valid_from", "sha256"})


class Change(NamedTuple):
    """A value by its path (``indicators.completion.weight``); None where a version has none."""

    at: str
    before: Value
    after: Value


def differences(before: Scheme, after: Scheme) -> list[Change]:
    """All values that differ, in the order of the scheme; version, first day and hash are no content."""
    then, now = values(before), values(after)
    paths = list(dict.fromkeys([*then, *now]))
    return [Change(at, then.get(at), now.get(at)) for at in paths if then.get(at) != now.get(at)]


def values(scheme: Scheme) -> dict[str, Value]:
    """Path → value; measures are known by their number, and what tells places apart is one list."""
    content = {name: one for name, one in scheme.model_dump().items() if name not in _OF_THE_VERSION}
    return dict(_each(content, ""))


def _each(content: Mapping[str, Any], at: str) -> Iterator[tuple[str, Value]]:
    for name, one in content.items():
        path = f"{at}{name}"
        if isinstance(one, Mapping):
            yield from _each(one, f"{path}.")
        elif name == "measures":
            yield from _each(_by_number(one), f"{path}.")
        else:
            yield path, one


def _by_number(measures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        str(one["number"]): {part: value for part, value in one.items() if part not in {"number", "articles"}}
        for one in measures
    }
