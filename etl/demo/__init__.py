"""The demo year: the zone's offices as they wrote in 2022, to try the product on more than clean forms.

It stands for the offices outside and knows only how they write: nothing of how their workbooks are read.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.demo import layouts, slips
from etl.demo.layouts import targets
from etl.demo.saving import save
from etl.demo.sendings import Sending, at
from etl.demo.stories import year_of_sendings

__all__ = ["Parcel", "write_year"]

_TARGETS_NAME = "2022年度安全生产控制指标和检查计划.xlsx"
_TARGETS_RECEIVED = "2022-01-12 09:30"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One workbook as it reached the committee's office; `story` says what was unusual about it."""

    path: Path
    received_at: datetime
    sender: str
    story: str


def write_year(folder: Path) -> list[Parcel]:
    """Write the workbooks of January to September 2022; in order of receipt, the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    parcels = [_write_targets(folder), *(_write(folder, sending) for sending in year_of_sendings())]
    return sorted(parcels, key=lambda parcel: (parcel.received_at, parcel.path.name))


def _write_targets(folder: Path) -> Parcel:
    path = folder / _TARGETS_NAME
    save(targets.build(), path, at(_TARGETS_RECEIVED))
    return Parcel(path, at(_TARGETS_RECEIVED), sender="emergency", story="")


def _write(folder: Path, sending: Sending) -> Parcel:
    book = layouts.write(sending.filing)
    slips.make(book, sending.slips)
    path = folder / sending.file_name
    save(book, path, datetime.combine(sending.filing.day, datetime.min.time()))
    return Parcel(path, sending.received_at, sending.filing.office.code, sending.story)
