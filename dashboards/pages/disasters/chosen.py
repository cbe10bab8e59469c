"""What is chosen on the page of warnings, as chips: who told, the type, and how far the warnings got."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.chips import Chip
from dashboards.pages.disasters.query import DisastersSeen
from dashboards.results.disaster_list import IN_TIME, SLOW
from dashboards.results.names import warning_state
from data.language import gettext as _
from data.zone.schemes import DisastersScheme


def chips(seen: DisastersSeen) -> list[Chip]:
    """The choice beyond the day."""
    return list(_chips(seen))


def _chips(seen: DisastersSeen) -> Iterator[Chip]:
    asked = seen.asked
    via = {"table": _("the list"), "steps": _("where they stopped"), "minutes": _("minutes to the answer")}.get(
        asked.via, ""
    )
    if asked.unit is not None:
        yield Chip(
            seen.zone.unit_by_code[asked.unit].short_name, via if asked.via == "table" else "", asked.link(unit=None)
        )
    if asked.type is not None:
        yield Chip(asked.type, via if asked.via == "table" else "", asked.link(type=None))
    if asked.state is not None:
        yield Chip(
            kind_said(asked.state, seen.report.scheme), via if asked.via != "table" else "", asked.link(state=None)
        )


def kind_said(kind: str, scheme: DisastersScheme) -> str:
    """How far warnings got, or whether they were answered in time."""
    if kind == IN_TIME:
        return _("answered within %(n)s minutes", n=scheme.answer_minutes)
    if kind == SLOW:
        return _("answered after more than %(n)s minutes", n=scheme.answer_minutes)
    return warning_state(kind)


def whose(seen: DisastersSeen) -> list[str]:
    """The unit and the type that are chosen, in words."""
    asked = seen.asked
    named = [] if asked.unit is None else [seen.zone.unit_by_code[asked.unit].short_name]
    return named if asked.type is None else [*named, asked.type]


def narrowed(seen: DisastersSeen) -> list[str]:
    """All that is chosen, in words."""
    return whose(seen) if seen.asked.state is None else [*whose(seen), kind_said(seen.asked.state, seen.report.scheme)]
