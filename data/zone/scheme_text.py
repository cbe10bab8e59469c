"""A scheme's YAML made of what was filled in: what the form does not show stays as the version before has it."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from data.language import LANGUAGES, N_, said_in
from data.zone.periods import Month, Period, Quarter, Year, months_of, parse_period
from data.zone.schemes import read_yaml

WIDTH = 140
PERIODS: Mapping[str, type[Period]] = {
    "monthly_ranking": Month,
    "quarterly_scores": Quarter,
    "casualty_targets": Year,
    "frontline_duty": Month,
    "enterprises": Month,
    "tipoffs": Month,
    "disasters": Month,
}
"""From the beginning of what a scheme may hold: scheme → the kind of its periods; what stands on a day is told month by month."""
_WHOLE = re.compile(r"-?\d{1,9}")
_DECIMAL = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
NOTE = N_("Made on the page of schemes of what was filled in there; what each value means stands in the method.")
"""The first line, in Chinese whoever fills it in: the text is kept for all."""


def first_day(period: Period) -> date:
    """From which day on a scheme holds that holds from a period on: the first of its calendar month, quarter or year."""
    match period:
        case Month():
            month = period
        case Quarter():
            month = months_of(period)[0]
        case Year():
            month = Month(period.year, 1)
    return date(month.year, month.month, 1)


def period_from(name: str, day: date) -> Period | None:
    """The period with which a scheme of a name begins that is valid from a day; None where it would begin within one."""
    period = running(name, day)
    return period if first_day(period) == day else None


def running(name: str, day: date) -> Period:
    """The period of a scheme's kind in which a calendar day lies."""
    month = Month.of(day)
    periods: dict[type[Period], Period] = {Month: month, Quarter: Quarter.of(month), Year: Year(day.year)}
    return periods[PERIODS[name]]


def asked_period(name: str, told: str) -> Period | None:
    """The period that somebody wrote (2022-10, 2022Q4, 2023), where it is one from which this scheme can hold."""
    try:
        period = parse_period(told.strip().upper())
    except ValueError:
        return None
    return period if isinstance(period, PERIODS[name]) else None


def with_filled_in(text: str, filled: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a YAML with values put in at their paths; None takes a part away. What is not filled in stays."""
    content: dict[str, Any] = copy.deepcopy(read_yaml(text))
    for path, value in filled.items():
        *way, last = path.split(".")
        place: Any = content
        for part in way:
            place = place.setdefault(part, {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return content


def written(content: Mapping[str, Any]) -> str:
    """The YAML of a content, its names in their order; numbers as officials write them."""
    text: str = yaml.safe_dump(
        _plain(content), allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None
    )
    return f"# {said_in(LANGUAGES[0], NOTE)}\n{text}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def number(told: str) -> Any:
    """A number as it is kept: whole ones as such, decimal ones as exact text; whatever is none stays what was written."""
    said = told.strip()
    if _WHOLE.fullmatch(said):
        return int(said)
    return said.rstrip(".") if _DECIMAL.fullmatch(said) else said
