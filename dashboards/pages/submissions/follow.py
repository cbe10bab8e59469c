"""Follows what was just sent until each workbook has its outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import NoneType
from typing import Any, TypedDict

from dash.development.base_component import Component

from dashboards.pages.submissions.outcome import receipt_card, refused_card
from dashboards.results import row_changes, workbooks
from dashboards.results.reading import Reading
from dashboards.results.workbooks import Sent
from data.zone.zone import Zone

PATIENCE = timedelta(seconds=20)


class SentFile(TypedDict):
    """How the upload route answered for one file."""

    name: str
    receipt: int | None
    refused: str | None


Found = Mapping[int, Sent]
MOST = 200
"""Files that are followed at a time, the last sent."""
MOST_TOLD, FEWEST_TOLD = 60, 3
"""Entries of what was found that are told of all files together, and of each at least; all of them stand at the workbook itself."""


def understood(sent: Any) -> list[SentFile]:
    """What the upload route can have answered, each receipt once: the browser hands it back, and could hand back anything."""
    answers = [file for file in sent[-MOST:] if _is_answer(file)] if isinstance(sent, list) else []
    first: set[int] = set()
    return [file for file in answers if file["receipt"] is None or not _seen(file["receipt"], first)]


def _seen(receipt: int, before: set[int]) -> bool:
    known = receipt in before
    before.add(receipt)
    return known


def _is_answer(file: Any) -> bool:
    return (
        isinstance(file, dict)
        and isinstance(file.get("name"), str)
        and type(file.get("receipt")) in {int, NoneType}
        and isinstance(file.get("refused"), str | None)
    )


def look_up(reading: Reading, sent: Sequence[SentFile]) -> Found:
    """The workbooks that were received, as they stand now; of many files together no more is told than can be read."""
    numbers = {file["receipt"] for file in sent if file["receipt"] is not None}
    return workbooks.some(reading, numbers, max(FEWEST_TOLD, MOST_TOLD // max(1, len(numbers))))


def changes(reading: Reading, found: Found) -> Mapping[int, Mapping[str, int]]:
    """What those would change that wait for their sender's word."""
    return row_changes.counts(reading, [number for number, one in found.items() if one.status == "checked"])


def waiting(found: Found, now: datetime) -> bool:
    """Whether any has no outcome yet, or may still get its problems marked in it."""
    return any(one.moving or one.annotation_to_come(now) for one in found.values())


def cards(
    sent: Sequence[SentFile], found: Found, changed: Mapping[int, Mapping[str, int]], zone: Zone, now: datetime, *,
    link: Callable[[int], str],
) -> list[Component]:  # fmt: skip
    """A card for each file, the last sent first."""
    return [_card(file, found, changed, zone, now, link) for file in reversed(sent)]


def _card(
    file: SentFile,
    found: Found,
    changed: Mapping[int, Mapping[str, int]],
    zone: Zone,
    now: datetime,
    link: Callable[[int], str],
) -> Component:
    if file["refused"] is not None:
        return refused_card(file["name"], file["refused"])
    one = found.get(file["receipt"] or 0)
    if one is None:
        return refused_card(file["name"], "")
    too_long = now - one.received_at > PATIENCE
    changes_of = changed.get(one.number, {})
    return receipt_card(one, zone, changes=changes_of, href=link(one.number), waited_too_long=too_long)
