"""Days and moments as workbooks of XML write them: ``2022-05-03``, ``2022-05-03T08:30:00.000``."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?Z?")


def moment(text: str) -> date | datetime | None:
    """A day, or a moment where there is a time of day other than midnight; None where it is no such writing."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction = match.groups(default="0")
    try:
        found = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))  # noqa: DTZ001  # a workbook's days have no zone
    except ValueError:
        return None
    found = found.replace(microsecond=int(fraction.ljust(6, "0")[:6]))
    return found.date() if found.time() == time.min else found
