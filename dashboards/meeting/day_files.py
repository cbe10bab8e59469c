"""What a month's set has of what stands on its last day: each report with anything to tell, as paper, deck and workbook; and all
the papers as PDF with one start of LibreOffice, for the whole set is to be there while somebody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.deck import deck
from dashboards.meeting.disasters_fields import any_record
from dashboards.meeting.source import Content, Source
from dashboards.meeting.sources import live_source
from dashboards.meeting.workbook import live_workbook
from dashboards.results.day_report_list import day_report
from dashboards.results.reading import Reading
from dashboards.results.work_plan import NoPlan
from data.zone.periods import Month


def day_sources(reading: Reading, month: Month) -> list[Source]:
    """The reports as of the month's last day, or of today where that is earlier; none for who sees one unit alone, and of a month to come."""
    if not reading.scope.sees_all or reading.zone.calendar.first_day(month) > reading.today:
        return []
    every = (_told(reading, name, month) for name in _HAS_ANYTHING)
    return [live_source(reading, one) for one in every if one is not None and tells_anything(one)]


def _told(reading: Reading, name: str, month: Month) -> Content | None:
    """A report; None of the plan in a year that has none."""
    try:
        return day_report(reading, name, month)
    except NoPlan:
        return None


def tells_anything(content: Content) -> bool:
    """Whether a report has anything to tell: any record of it; of the plan that any unit told how far it has come."""
    return bool(_HAS_ANYTHING[content["report"]](content))


def day_files(source: Source) -> Mapping[str, Callable[[], bytes]]:
    """Ending of each file → what makes it; Unfillable then where the office's master cannot be used."""
    return {
        "docx": partial(bulletin, source),
        "pptx": partial(deck, source),
        "xlsx": partial(live_workbook, source.content, source.zone_name, source.units),
    }


_HAS_ANYTHING: Mapping[str, Callable[[Content], Any]] = {
    "frontline": lambda of: any(one["enterprises"] for one in of["batches"]),
    "hazards": lambda of: of["zone"]["all"]["found"],
    "supervision": lambda of: of["zone"]["ordered"],
    "tipoffs": lambda of: any(one["received"] for one in of["types"]),
    "disasters": any_record,
    "register": lambda of: of["enterprises"],
    "plan": lambda of: of["findings"] or any(unit["numerator"] for one in of["items"] for unit in one["units"]),
}
