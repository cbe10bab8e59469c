"""Generated ledgers brought in as their units bring them: loaded, or uploaded and confirmed; refused ones; returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from data.intake.deciding import Desk, Seconded
from data.intake.decisions import confirm, extend, return_workbook
from data.intake.inbox import Choice, take_in
from data.rollup.in_force import in_force
from data.store import reader
from data.zone.periods import parse_period
from etl.loading.load import Loader, Outcome
from tests.integration.throwaway import save
from tests.oracle.ranking import Extension, Ledger, Refusal
from tests.oracle.zones import enforcement_sheets


def file_ledger(loader: Loader, ledger: Ledger, path: Path) -> None:
    """Bring a ledger in at its moments; it must be accepted as the version that it is."""
    save(enforcement_sheets(ledger), path)
    choice = Choice("enforcement", ledger.unit, ledger.period)
    if ledger.uploaded_at is None:
        outcome = loader.load(path, choice, ledger.received_at)
    else:
        outcome = _upload(loader, path, choice, ledger.uploaded_at, ledger.received_at)
    assert (outcome.status, outcome.errors, outcome.version) == ("accepted", [], ledger.version)


def _upload(loader: Loader, path: Path, choice: Choice, uploaded_at: datetime, confirmed_at: datetime) -> Outcome:
    settings = loader.settings
    with path.open("rb") as file:
        receipt = take_in(
            settings.database_url, loader.archive, settings.zone, file, path.name, "clerk", uploaded_at, choice,
            choice.unit, asks=True,
        )  # fmt: skip
    (checked,) = loader.take_up_pending()
    assert (checked.status, checked.errors) == ("checked", [])
    against = counting(loader, choice)
    confirm(_desk(loader, confirmed_at), receipt.number, None if against is None else against[1])
    (outcome,) = loader.take_up_pending()
    return outcome


def counting(loader: Loader, choice: Choice) -> tuple[int, int] | None:
    """(submission, version) that counts at present."""
    with reader(loader.settings.database_url).connect() as connection:
        return in_force(connection, loader.zone.code, str(choice.kind), str(choice.unit), str(choice.period))


def _desk(loader: Loader, at: datetime) -> Desk:
    return Desk(loader.settings.database_url, loader.archive, loader.zone.code, "clerk", at)


def file_refused(loader: Loader, refusal: Refusal, path: Path) -> None:
    """Bring in a ledger that must be refused: a column that every ledger has is missing."""
    save({"执法检查台账": [["检查日期", "被检查单位", "检查文书号"], [str(refusal.received_at), "某厂", "1"]]}, path)
    outcome = loader.load(path, Choice("enforcement", refusal.unit, refusal.period), refusal.received_at)
    assert outcome.status == "rejected"


def return_ledgers(loader: Loader, ledgers: Iterable[Ledger]) -> None:
    """Return those that were, in order; each must be the one that counts. The office's own is confirmed at once."""
    returned = [(one.returned_at, one) for one in ledgers if one.returned_at is not None]
    for moment, one in sorted(returned, key=lambda pair: pair[0]):
        found = counting(loader, Choice("enforcement", one.unit, one.period))
        assert found is not None
        assert found[1] == one.version
        desk = _desk(loader, moment)
        taken = return_workbook(desk, found[0], "退回重报")
        if taken.proposed:
            return_workbook(replace(desk, seconded=Seconded(taken.number, "office2")), found[0], "退回重报")


def extend_deadline(loader: Loader, extension: Extension) -> None:
    """Extend a deadline at its moment; what concerns the office itself is confirmed at once."""
    desk, period = _desk(loader, extension.decided_at), parse_period(extension.period)
    told = {
        "kind": "enforcement",
        "period": period,
        "unit": extension.unit,
        "until": extension.until,
        "reason": "系统维护",
    }
    taken = extend(desk, **told)
    if taken.proposed:
        extend(replace(desk, seconded=Seconded(taken.number, "office2")), **told)
