"""What is chosen on the page of supervision, as chips: a unit, a method, and what became of its findings."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.chips import Chip
from dashboards.pages.supervision.query import SupervisionSeen
from dashboards.results.names import finding_outcome
from data.language import gettext as _


def chips(seen: SupervisionSeen) -> Iterator[Chip]:
    """The choice beyond the day."""
    asked = seen.asked
    via = _("the list") if asked.via == "table" else ""
    if asked.unit is not None:
        yield Chip(seen.zone.unit_by_code[asked.unit].short_name, via, asked.link(unit=None))
    if asked.method is not None:
        yield Chip(asked.method, via, asked.link(method=None))
    if asked.state is not None:
        yield Chip(
            kind_said(asked.state), _("how findings stand") if asked.via == "kinds" else "", asked.link(state=None)
        )


def kind_said(kind: str) -> str:
    """What became of findings, or what else they are chosen by."""
    names = {"exposed": _("Exposed"), "closed": _("Findings crossed off"), "not_closed": _("Not crossed off")}
    return names.get(kind) or finding_outcome(kind)


def whose(seen: SupervisionSeen) -> list[str]:
    """The unit and the method that are chosen."""
    asked, zone = seen.asked, seen.zone
    unit = [] if asked.unit is None else [zone.unit_by_code[asked.unit].short_name]
    return [*unit, *([] if asked.method is None else [asked.method])]


def said_of(seen: SupervisionSeen) -> str:
    """The same in a heading; all findings where nothing is chosen."""
    return _(", ").join(whose(seen)) or _("all findings")
