"""The parties (each unit, and the office) take turns: nobody waits behind more than one workbook of each other."""

from __future__ import annotations

from collections.abc import Sequence

from data.intake.inbox import Receipt
from data.intake.queue import next_in_turn


class Turns:
    """Which party was served when, counted up for as long as one loader is there."""

    def __init__(self) -> None:
        self._served: dict[str, int] = {}
        self._count = 0

    def next_of(self, waiting: Sequence[Receipt]) -> Receipt:
        """Whose turn it is."""
        return next_in_turn(waiting, self._served)

    def serve(self, receipt: Receipt) -> None:
        """This one's party is served now."""
        self._count += 1
        self._served[receipt.party] = self._count
