"""As of which day an address asks, the field in which it is chosen, and how a page says it: of reports of what stands on a day.

``day=2022-09-30`` is a day; where an address names a period alone it is that period's last day, or today while it runs. What is no
day, or is still to come, is never answered silently by another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboards.components import address, asked_period, numbers, parts
from dashboards.results.reading import Reading
from data.language import gettext as _

YEARS = range(1900, 9999)
"""Of which a day can be asked for: where the calendar ends there is none before or after it."""
AmissDay = Literal["no_day", "no_period", "still_to_come"]


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day that is shown, whether the address asks for it, and what is amiss with the one that it names."""

    day: date
    chosen: bool = False
    amiss: AmissDay | None = None

    @property
    def in_links(self) -> date | None:
        """The day as links of the page carry it on: none where the address leaves it open, so that they stay at today."""
        return self.day if self.chosen else None


def read(query: Mapping[str, Any], reading: Reading) -> AskedDay:
    """The day of a query; today where it names none, or none that can be shown."""
    today = reading.today
    written, period = address.text(query.get("day")), address.text(query.get("period"))
    if written is not None:
        day = written_day(written)
        if day is None:
            return AskedDay(today, amiss="no_day")
        return AskedDay(day, chosen=True) if day <= today else AskedDay(today, amiss="still_to_come")
    if period is None:
        return AskedDay(today)
    asked = asked_period.read(period)
    if asked is None:
        return AskedDay(today, amiss="no_period")
    calendar = reading.zone.calendar
    if calendar.first_day(asked) > today:
        return AskedDay(today, amiss="still_to_come")
    last = calendar.last_day(asked)
    return AskedDay(last, chosen=True) if last < today else AskedDay(today)


def written_day(text: str) -> date | None:
    """A day as addresses write it; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def field(
    identity: str,
    day: date,
    last: date,
    *,
    key: str,
    first: date | None = None,
    drops: str = "",
    disabled: bool = False,
) -> Component:
    """The day to look at, by the browser's own calendar, up to a last one; ``key`` is how addresses call it, ``drops`` as of ``parts.choice``."""
    earliest = {} if first is None else {"min": first.isoformat()}
    picker = dbc.Input(
        id=identity, type="date", value=day.isoformat(), max=last.isoformat(), disabled=disabled, **earliest
    )
    return html.Label([html.Span(_("As of")), picker], className="as-of", **parts.choice(key, drops))


def top(title: str, identity: str, day: date, today: date, *beside: Component) -> Component:
    """The head of such a page: its title, the field of the day, and what is chosen beside it."""
    picker = field(identity, day, today, key="day", drops="period")
    return html.Div([html.H1(title), picker, *beside], className="page-top")


def notice(asked: AskedDay) -> list[Component]:
    """Why the day of the address was not taken, and which is shown, as the first thing on a page; nothing where it was."""
    why = {
        "no_day": _("The address names no valid day."),
        "no_period": _("The address names no valid period."),
        "still_to_come": _("The day of the address is still to come."),
    }
    if asked.amiss is None:
        return []
    shown = _("Shown as of %(day)s.", day=numbers.spoken_day(asked.day))
    return [parts.key_message(parts.sentences(why[asked.amiss], shown), tone="warn")]


def as_of(day: date) -> str:
    """截至2022年9月30日."""
    return _("as of %(day)s", day=numbers.spoken_day(day))


def basis(day: date, known_by: date, *facts: Component | str) -> Component:
    """What stands beneath such a page: that it is never published, as of which day it is, what was known by which, and further facts."""
    told = [
        _("As of %(day)s", day=numbers.spoken_day(day)),
        _("Received by %(day)s", day=numbers.spoken_day(known_by)),
        _("As it stands; never published"),
    ]
    return html.P([html.Span(one) for one in (*told, *facts)], className="basis-line")
