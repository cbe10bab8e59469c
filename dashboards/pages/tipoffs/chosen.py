"""What is chosen on the page of tip-offs, as chips: a type, a unit, and how far its cases came."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.chips import Chip
from dashboards.pages.tipoffs.query import TipoffsSeen
from dashboards.results.names import case_state
from data.language import gettext as _


def chips(seen: TipoffsSeen) -> Iterator[Chip]:
    """The choice beyond the day."""
    asked = seen.asked
    via = _("the list") if asked.via == "table" else ""
    if asked.type is not None:
        yield Chip(asked.type, via, asked.link(type=None))
    if asked.unit is not None:
        yield Chip(seen.report.zone.unit_by_code[asked.unit].short_name, via, asked.link(unit=None))
    if asked.state is not None:
        yield Chip(kind_said(asked.state), _("the steps") if asked.via == "steps" else "", asked.link(state=None))


def kind_said(kind: str) -> str:
    """How far cases came, or what is still to be done about them."""
    names = {
        "closed": _("Cases settled"),
        "substantiated": _("Substantiated"),
        "rewarded": _("Rewarded"),
        "paid": _("Rewards paid"),
        "not_closed": _("not settled"),
        "not_paid": _("reward not paid"),
    }
    return names.get(kind) or case_state(kind)


def whose(seen: TipoffsSeen) -> list[str]:
    """Type, unit and kind that are chosen."""
    asked = seen.asked
    unit = [] if asked.unit is None else [seen.report.zone.unit_by_code[asked.unit].short_name]
    kind = [] if asked.state is None else [kind_said(asked.state)]
    return [*([] if asked.type is None else [asked.type]), *unit, *kind]
