"""The head of a report as CONTRACT prints it: which report of which period, as of and known by which day, by which scheme."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from data.zone.schemes import CasualtyScheme, RankingScheme, ScoresScheme


class ReportResult(Protocol):
    """What every result of a report knows."""

    @property
    def as_of(self) -> date:
        """The day as of which it was computed."""

    @property
    def known_by(self) -> date:
        """The day by which it was known."""

    @property
    def published(self) -> int | None:
        """Its publication, where it has one."""

    @property
    def scheme(self) -> RankingScheme | ScoresScheme | CasualtyScheme:
        """What it was scored by."""


def report_head(report: str, period: object, result: ReportResult) -> dict[str, Any]:
    """Where every report that can be published begins; a live one has no hash of a publication."""
    scheme = result.scheme
    return {
        "report": report,
        "period": str(period),
        "as_of": result.as_of.isoformat(),
        "known_by": result.known_by.isoformat(),
        "published": result.published,
        "sha256": None,
        "scheme": {"name": scheme.name, "version": scheme.version, "sha256": scheme.sha256},
    }
