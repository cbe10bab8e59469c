"""A workbook on which the program fails: what is kept of it, so that it holds up nothing and can be tried again."""

from __future__ import annotations

import logging
from dataclasses import replace
from traceback import extract_tb

from data.intake.archive import Archive, ArchiveError
from data.intake.inbox import Choice, Receipt
from data.store import StoreError, storable
from data.zone.zone import Zone
from etl.checking.check import Checkup, FiledUnder
from etl.checking.recognise import recognise
from etl.kinds.registry import KINDS
from etl.reading.reader import Reader
from etl.table.headings.labels import understand_period
from etl.table.problems import Problem

log = logging.getLogger(__name__)
SET_ASIDE = "set_aside"
PROGRAM_ERROR = Problem("program_error")
"""No fault of the workbook's sender."""
_LONGEST = 1000


def say_failure(receipt: Receipt, error: Exception) -> None:
    """Where the program failed; the error's own text is not logged: it may hold what stands in the workbook."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    log.error("the program failed on receipt %s: %s\n  %s", receipt.number, type(error).__name__, "\n  ".join(places))


def filed_as_chosen(zone: Zone, receipt: Receipt, problem: Problem) -> Checkup:
    """A file that says nothing itself is filed under what its sender chose."""
    choice = receipt.choice
    unit = zone.find_unit(choice.unit) if choice.unit else None
    period = understand_period(choice.period) if choice.period else None
    return Checkup(KINDS.get(choice.kind or ""), unit, period, [problem])


def program_failed(zone: Zone, under: FiledUnder) -> Checkup:
    """What is known of a workbook that is set aside."""
    unit = zone.unit_by_code.get(under.unit or "")
    period = understand_period(under.period) if under.period else None
    return Checkup(KINDS.get(under.kind or ""), unit, period, [PROGRAM_ERROR])


def as_chosen(zone: Zone, receipt: Receipt) -> FiledUnder:
    """Kind, unit and period as the sender said; an account of one unit sends for that unit."""
    told = filed_as_chosen(zone, receipt, PROGRAM_ERROR).filed_under
    return told._replace(unit=told.unit or receipt.only_unit)


def as_understood(zone: Zone, archive: Archive, books: Reader, receipt: Receipt, checkup: Checkup | None) -> FiledUnder:
    """The same as the workbook says it, where so much could be told before the program failed."""
    if checkup is None:
        try:
            path = archive.path_of(receipt.sha256)
            known = recognise(books.read(path, receipt.sha256), receipt.choice, zone)
        except (StoreError, ArchiveError):
            raise
        except Exception as error:  # noqa: BLE001  # then it is filed as its sender chose
            log.info("receipt %s is filed as chosen: %s", receipt.number, type(error).__name__)
            return as_chosen(zone, receipt)
        checkup = Checkup(known.kind, known.unit, known.period, [])
    chosen, found = as_chosen(zone, receipt), checkup.filed_under
    return FiledUnder(found.kind or chosen.kind, found.unit or chosen.unit, found.period or chosen.period)


def storable_receipt(receipt: Receipt) -> Receipt:
    """A receipt that any database takes, whatever its sender wrote."""
    said = receipt.choice
    kind, unit, period = (
        None if text is None else storable(text, _LONGEST) for text in (said.kind, said.unit, said.period)
    )
    return replace(
        receipt,
        file_name=storable(receipt.file_name, 255),
        sender=storable(receipt.sender, 60),
        choice=Choice(kind, unit, period, storable(said.note, _LONGEST), said.without_hidden),
        only_unit=None if receipt.only_unit is None else storable(receipt.only_unit, 40),
    )
