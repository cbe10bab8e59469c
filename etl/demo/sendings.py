"""An ordinary year of filing: which workbook an office sends for which month, and when it arrives."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from etl.demo.layouts.hand import Filing, Value
from etl.demo.office_profile import Office
from etl.demo.truth import Ledger
from etl.demo.workdays import YEAR, month_end

ZONE_TIME = ZoneInfo("Asia/Shanghai")
_DAYS_OF_RECEIPT = range(1, 6)
_DAY_WEIGHTS = (10, 20, 25, 25, 20)
_FIRST_MINUTE, _LAST_MINUTE = 8 * 60 + 40, 17 * 60 + 50


@dataclass(frozen=True, slots=True)
class Slip:
    """One cell typed wrongly: in the row of this document number or measure, under this heading."""

    number: str
    heading: str
    value: Value


@dataclass(frozen=True, slots=True)
class Sending:
    """One workbook on its way to the committee's office."""

    filing: Filing
    file_name: str
    received_at: datetime
    story: str = ""
    slips: tuple[Slip, ...] = ()


def usual_sending(office: Office, ledger: Ledger) -> Sending:
    """In time, once, and right: how most ledgers arrive."""
    received = usual_receipt(f"{YEAR}|{office.code}|{ledger.month}|receipt", month_end(ledger.month))
    return Sending(Filing(office, ledger, received.date()), file_name(office, ledger.month), received)


def usual_receipt(seed: str, end: date) -> datetime:
    """A working hour of the first five days after a period's end."""
    rng = Random(seed)
    day = end + timedelta(days=rng.choices(_DAYS_OF_RECEIPT, _DAY_WEIGHTS)[0])
    return _at(day, rng.randint(_FIRST_MINUTE, _LAST_MINUTE))


def file_name(office: Office, month: int) -> str:
    """The workbook's name, as this office has always put it."""
    return office.habit.file_name.format(m=month, mm=f"{month:02}")


def at(moment: str) -> datetime:
    """A moment in zone time, `2022-06-04 10:00`."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE_TIME)


def _at(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZONE_TIME)
