"""What reaches the committee's office besides the monthly ledgers: a finished workbook, its name, its hour."""

from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class Letter:
    """One workbook on its way; `sender` is the unit's code, `story` says what was unusual about it."""

    book: Workbook
    file_name: str
    received_at: datetime
    sender: str = "emergency"
    story: str = ""
