"""Results asked for in a reading of their own, as a command asks for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Engine

from dashboards.results.reading import begin
from data.people.scope import Scope

Result = TypeVar("Result")


def fetched(
    engine: Engine,
    scope: Scope,
    fetch: Callable[..., Result],
    *asked: Any,
    fixed_today: date | None = None,
    **more: Any,
) -> Result:
    """What a result's function gives whoever asks."""
    with begin(engine, scope, fixed_today) as reading:
        return fetch(reading, *asked, **more)
