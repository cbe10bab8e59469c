"""The demo year: the zone's offices as they wrote in 2022, to try the product on more than clean forms.

It stands for the offices outside and knows only how they write: nothing of how their workbooks are read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.demo import (
    accident_ledgers,
    disasters,
    front_line,
    hazards,
    layouts,
    quarters,
    register_lists,
    reports,
    slips,
    supervision,
    task_progress,
    tip_offs,
    yearly,
)
from etl.demo.irregular_filings import year_of_sendings
from etl.demo.letters import Letter
from etl.demo.reports import Report
from etl.demo.saving import save
from etl.demo.sendings import Sending

__all__ = ["FURTHER", "Parcel", "write_further", "write_year"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One workbook as it reached the committee's office; `story` says what was unusual about it."""

    path: Path
    received_at: datetime
    sender: str
    story: str


FURTHER: Mapping[str, Callable[[], list[Report]]] = {
    "enterprises": register_lists.reports,
    "frontline": front_line.reports,
    "hazards": hazards.reports,
    "supervision": supervision.reports,
    "tipoffs": tip_offs.reports,
    "disasters": disasters.reports,
    "tasks": task_progress.reports,
}
"""What the offices file besides, by the product's name for the kind."""


def write_year(folder: Path) -> list[Parcel]:
    """Write the workbooks that arrived up to 8 October 2022; in order of receipt, the same every time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    letters = [*yearly.letters(), *accident_ledgers.letters(), *quarters.letters(), *_further_letters(FURTHER)]
    parcels = [_post(folder, letter) for letter in letters]
    parcels += [_write(folder, sending) for sending in year_of_sendings()]
    return _in_order(parcels)


def write_further(folder: Path, kinds: Iterable[str]) -> list[Parcel]:
    """Write the workbooks of these kinds alone, in order of receipt."""
    return _in_order(_post(folder, letter) for letter in _further_letters(kinds))


def _further_letters(kinds: Iterable[str]) -> list[Letter]:
    return [reports.letter(report) for kind in kinds for report in FURTHER[kind]()]


def _in_order(parcels: Iterable[Parcel]) -> list[Parcel]:
    return sorted(parcels, key=lambda parcel: (parcel.received_at, parcel.path.name))


def _post(folder: Path, letter: Letter) -> Parcel:
    path = folder / letter.file_name
    save(letter.book, path, letter.received_at)
    return Parcel(path, letter.received_at, letter.sender, letter.story)


def _write(folder: Path, sending: Sending) -> Parcel:
    book = layouts.write(sending.filing)
    slips.make(book, sending.slips)
    path = folder / sending.file_name
    save(book, path, datetime.combine(sending.filing.day, datetime.min.time()))
    return Parcel(path, sending.received_at, sending.filing.office.code, sending.story)
