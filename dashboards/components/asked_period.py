"""Which period an address asks for, however it is written, and the sentence where it cannot be shown.

The menu takes the period along from page to page: a month is asked of the quarterly scores as the quarter that it lies in, a
quarter or a year of the monthly pages as its last month that is due. What is no period at all, or has not begun, is
never answered silently by another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from dash import dcc
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts
from dashboards.components.page_list import Page
from dashboards.results.reading import Reading
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year, months_of, parse_period

P = TypeVar("P", Month, Quarter, Year, Period)
Amiss = Literal["no_period", "not_begun", "before_the_record"]


@dataclass(frozen=True, slots=True)
class AskedPeriod(Generic[P]):
    """The period that is shown, what is amiss with the one that was asked for, and where the record begins or what is due."""

    period: P
    amiss: Amiss | None = None
    instead: Period | None = None


def read(text: str | None) -> Period | None:
    """The period that an address writes; None for nothing and for what is no period."""
    try:
        return parse_period(text or "")
    except ValueError:
        return None


def month(text: str | None, reading: Reading) -> AskedPeriod[Month]:
    """The month asked for: of a quarter or a year the last that is due; the latest due where nothing or nonsense is asked."""
    due, present = reading.latest_due_month, reading.present_month
    asked = read(text)
    if asked is None:
        return AskedPeriod(due, "no_period" if text else None, due)
    return _judged(_last(months_of(asked), due, present), due, present, reading.months)


def coming_month(text: str | None, reading: Reading) -> AskedPeriod[Month]:
    """The same for what is made ahead: the month after the present can be asked for too; the present where nothing or nonsense is asked."""
    present = reading.present_month
    asked = read(text)
    if asked is None:
        return AskedPeriod(present, "no_period" if text else None, present)
    following = present.plus(1)
    return _judged(_last(months_of(asked), present, following), present, following, reading.months or [present])


def quarter(text: str | None, reading: Reading) -> AskedPeriod[Quarter]:
    """The quarter asked for: of a month the one it lies in, of a year the last that is due; else the latest due."""
    due, present = reading.latest_due_quarter, reading.present_quarter
    asked = read(text)
    if asked is None:
        return AskedPeriod(due, "no_period" if text else None, due)
    within = list(dict.fromkeys(map(Quarter.of, months_of(asked))))
    return _judged(_last(within, due, present), due, present, reading.quarters)


def any_period(text: str | None, reading: Reading) -> AskedPeriod[Period]:
    """The month, quarter or year asked for; the latest month due where nothing or nonsense is asked."""
    due, asked = reading.latest_due_month, read(text)
    if asked is None:
        return AskedPeriod(due, "no_period" if text else None, due)
    begun = months_of(asked)[0] <= reading.present_month
    return AskedPeriod(asked, None if begun else "not_begun", due)


def _last(within: Sequence[P], due: P, present: P) -> P:
    """The last of some periods that is due, else that has begun, else the first of them."""
    for bound in (due, present):
        passed = [one for one in within if one <= bound]  # type: ignore[operator]  # all of one kind
        if passed:
            return passed[-1]
    return within[0]


def _judged(asked: P, due: P, present: P, record: Sequence[P]) -> AskedPeriod[P]:
    if asked > present:  # type: ignore[operator]  # both of one kind
        return AskedPeriod(asked, "not_begun", due)
    if record and asked < min(record[0], due):  # type: ignore[operator]  # all of one kind
        return AskedPeriod(asked, "before_the_record", record[0])
    return AskedPeriod(asked)


def sentence(asked: AskedPeriod[P]) -> str | None:
    """What is amiss with the period of the address, and what is shown; None where nothing is."""
    shown = "" if asked.instead is None else numbers.period(asked.instead)
    match asked.amiss:
        case "no_period":
            return _("The address names no valid period. What is shown is %(period)s.", period=shown)
        case "not_begun":
            return _(
                "%(period)s has not begun: there is nothing to show of it yet.", period=numbers.period(asked.period)
            )
        case "before_the_record":
            return _("%(period)s lies before the record, which begins with %(first)s.",
                     period=numbers.period(asked.period), first=shown)  # fmt: skip
        case None:
            return None


def notice(asked: AskedPeriod[P], page: Page) -> list[Component]:
    """The same as the first thing on a page, with the way to a period that can be shown; nothing where nothing is amiss."""
    said = sentence(asked)
    if said is None:
        return []
    if asked.amiss == "no_period" or asked.instead is None:
        return [parts.key_message(said, tone="warn")]
    there = dcc.Link(
        _("Show %(period)s", period=numbers.period(asked.instead)), href=page.path + address.query(period=asked.instead)
    )
    return [parts.key_message(said, " ", there, tone="warn")]
