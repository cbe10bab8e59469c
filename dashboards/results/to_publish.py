"""To publish, as the page and the command do it: what stands at this moment is frozen, under the right to load (METHOD section 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from dashboards.method.frozen import figures
from dashboards.results import publishing
from dashboards.results.reading import Reading, begin
from data.intake import decisions
from data.intake.anchors import Anchor
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.publications import Publication, fingerprint
from data.language import gettext as _
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Period, Year


def _nothing(_reading: Reading, _content: Mapping[str, Any]) -> None:
    """Nothing is to be proved."""


def publish(
    configured: Settings,
    actor: str,
    report: str,
    period: Period,
    day: date | None,
    *,
    reason: str,
    mistake: bool,
    seen: str | None = None,
    proves: Callable[[Reading, Mapping[str, Any]], None] = _nothing,
) -> Publication:
    """Freeze a report of a period in somebody's name, casualties as of a ``day``; Undecidable with the sentence why not.

    ``seen`` is the ``seal`` of the figures that whoever publishes had before them: others are published by nobody unread. ``proves``
    is given the content before it is frozen, and raises Undecidable where nothing could be given out of it.
    """
    with _reading(configured) as reading:
        if reading.zone.calendar.first_day(period) > reading.today:
            raise Undecidable(_("%(period)s has not begun: there is nothing to show of it yet.", period=period))
        as_of = publishing.day_of(reading, period, day) if isinstance(period, Year) else None
        at = reading.now

    def content(revision: int, anchor: Anchor) -> Mapping[str, Any]:
        with _reading(configured) as reading:
            frozen = publishing.freeze(
                reading, report, period, as_of, revision=revision, reason=reason.strip(), mistake=mistake, anchor=anchor, at=at
            )  # fmt: skip
            proves(reading, frozen)
        if seen is not None and seal(frozen) != seen:
            raise Undecidable(_("The facts have changed since the page was opened. Read them again, then decide."))
        return frozen

    return decisions.publish(
        Desk.of(configured, actor, at),
        report=report,
        period=str(period),
        day="" if as_of is None else as_of.isoformat(),
        reason=reason,
        mistake=mistake,
        freeze=content,
    )


def seal(content: Mapping[str, Any]) -> str:
    """A hash over the figures of a printed report alone, by which it is known whether others have come since."""
    return fingerprint(figures(content))


def _reading(configured: Settings) -> AbstractContextManager[Reading]:
    """A publication holds what the office sees: all of it."""
    return begin(reader(configured.database_url), office(configured.zone), configured.today)
