"""One workbook with everything about it: what changes, the versions before and after, its headers, its attachments."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.results import attachments, effect, headers, row_changes, workbooks
from dashboards.results.attachments import Attached
from dashboards.results.effect import Effect
from dashboards.results.headers import RememberedHeader, UnderstoodTable
from dashboards.results.reading import Reading
from dashboards.results.row_changes import RowChanges
from dashboards.results.workbooks import Sent


@dataclass(frozen=True, slots=True)
class Dossier:
    """A workbook as its page shows it.

    ``versions`` are the accepted ones of its kind, unit and period, the last first; ``attached`` are the attachments
    that the reader may open of all ``attachments``; ``decides``: whether the
    reader decides for the office; ``not_carried_out`` says to who sends it why the last decision on it was not.
    ``effects`` are the months whose score a checked correction would move.
    """

    sent: Sent
    changes: RowChanges
    versions: tuple[Sent, ...]
    understood: tuple[UnderstoodTable, ...]
    to_match: tuple[UnderstoodTable, ...]
    remembered: tuple[RememberedHeader, ...]
    attached: tuple[Attached, ...]
    attachments: int
    decides: bool
    not_carried_out: str | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def in_force(self) -> Sent | None:
        """The version that counts at present."""
        return next((one for one in self.versions if one.returned is None), None)

    @property
    def returns(self) -> bool:
        """Whether the reader may return it."""
        return self.decides and self.in_force is not None and self.in_force.number == self.sent.number

    @property
    def next_version(self) -> int:
        """The version that it would become."""
        return max((one.version or 0 for one in self.versions), default=0) + 1

    @property
    def outdated(self) -> bool:
        """Whether it was checked against a version that no longer counts."""
        now = None if self.in_force is None else self.in_force.version
        return self.sent.status == "checked" and now != self.sent.checked_against


def fetch(reading: Reading, number: int, *, change: str | None = None, page: int = 1) -> Dossier | None:
    """The workbook with a page of its row changes; None where there is none that the scope may see."""
    sent = workbooks.one(reading, number)
    if sent is None:
        return None
    versions = tuple(workbooks.versions(reading, sent))
    return Dossier(
        sent,
        row_changes.fetch(reading, sent, change=change, page=page),
        versions,
        tuple(headers.understood(sent)),
        tuple(headers.to_match(sent)),
        tuple(headers.remembered(reading, sent.unit, sent.kind) if sent.unit and sent.kind else ()),
        tuple(attachments.of(reading, sent)),
        attachments.count(reading, sent),
        reading.scope.decides,
        workbooks.not_carried_out(reading, number) if sent.sends else None,
        effect.of_preview(reading, sent),
    )
