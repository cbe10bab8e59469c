"""What a grid asks for, in the words of AG Grid, as a list understands it; whatever no grid of ours asks for is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.components import address
from dashboards.results.record_list import (
    LONGEST_TEXT,
    MOST_AT_ONCE,
    MOST_EXPORTED,
    RowCondition,
    RowsWanted,
    Unasked,
    Value,
)

MOST_CONDITIONS = 30
LONGEST_ADDRESS = 500
LONGEST_TOLD = 6_000
MOST_CHOSEN = 200
"""Rows that can be exported by themselves: their names stand in the address."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the address of an export tells of the grid: which records, the columns in their order, the rows chosen.

    Without ``columns`` all, without ``chosen`` every row.
    """

    wanted: RowsWanted
    columns: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


def read_request(request: Any) -> tuple[dict[str, str], RowsWanted]:
    """What list a request for rows is about, as the query of its page, and which rows it wants; Unasked for anything else."""
    told = _mapping(request)
    start, end = _count(told.get("startRow")), _count(told.get("endRow"))
    if not 0 < end - start <= MOST_AT_ONCE:
        raise Unasked("rows")
    context = _mapping(told.get("context"))
    asked = _text(context.get("asked"), LONGEST_ADDRESS)
    search = _text(context.get("search", ""), LONGEST_TEXT)
    wanted = RowsWanted(start, end, _sort(told.get("sortModel")), _conditions(told.get("filterModel")), search.strip())
    return address.parsed(asked), wanted


def read_told(text: str | None) -> Told:
    """What an address tells of a grid as JSON; without it every record in the list's own order. Unasked for anything else."""
    if text is None:
        return Told(RowsWanted(0, MOST_EXPORTED))
    if len(text) > LONGEST_TOLD:
        raise Unasked("grid")
    try:
        told = _mapping(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Unasked("grid") from error
    sort, conditions = _sort(told.get("sort")), _conditions(told.get("filter"))
    search = _text(told.get("search", ""), LONGEST_TEXT)
    wanted = RowsWanted(0, MOST_EXPORTED, sort, conditions, search.strip())
    return Told(wanted, _texts(told.get("columns"), MOST_CONDITIONS), _texts(told.get("chosen"), MOST_CHOSEN))


def _sort(told: Any) -> tuple[tuple[str, bool], ...]:
    models = [_mapping(one) for one in _list(told, MOST_CONDITIONS)]
    if any(one.get("sort") not in ("asc", "desc") for one in models):
        raise Unasked("sort")
    return tuple((_text(one.get("colId"), LONGEST_TEXT), one["sort"] == "desc") for one in models)


def _conditions(told: Any) -> tuple[RowCondition, ...]:
    filters = _mapping({} if told is None else told)
    if len(filters) > MOST_CONDITIONS:
        raise Unasked("filter")
    return tuple(_condition(_text(key, LONGEST_TEXT), _mapping(model)) for key, model in filters.items())


def _condition(key: str, model: Mapping[str, Any]) -> RowCondition:
    kind, asked = _text(model.get("filterType"), LONGEST_TEXT), _text(model.get("type"), LONGEST_TEXT)
    if kind not in _VALUES:
        raise Unasked("filter")
    if asked in ("blank", "notBlank"):
        return RowCondition(key, asked)
    names = _VALUES[kind] if asked == "inRange" else _VALUES[kind][:1]
    return RowCondition(key, asked, tuple(_value(model.get(name), kind) for name in names))


_VALUES = {"text": ("filter", "filterTo"), "number": ("filter", "filterTo"), "date": ("dateFrom", "dateTo")}
"""Where the model of a filter has its values; the second only of a range."""


def _value(told: Any, kind: str) -> Value:
    if kind == "date":
        return _day(_text(told, LONGEST_TEXT))
    if kind == "text":
        return _text(told, LONGEST_TEXT)
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise Unasked("number")
    return told


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.removesuffix(" 00:00:00"))
    except ValueError as error:
        raise Unasked("date") from error


def _count(told: Any) -> int:
    if type(told) is not int:
        raise Unasked("rows")
    return told


def _mapping(told: Any) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise Unasked("request")
    return told


def _list(told: Any, most: int) -> list[Any]:
    if told is None:
        return []
    if not isinstance(told, list) or len(told) > most:
        raise Unasked("request")
    return told


def _texts(told: Any, most: int) -> tuple[str, ...]:
    return tuple(_text(one, LONGEST_TEXT) for one in _list(told, most))


def _text(told: Any, longest: int) -> str:
    if not isinstance(told, str) or len(told) > longest:
        raise Unasked("text")
    return told
