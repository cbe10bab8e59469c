"""What is chosen on the page of front-line duty, as chips: a town or a sector, and how its enterprises stand."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.chips import Chip
from dashboards.method.frontline import DOCUMENTS
from dashboards.pages.frontline_duty.query import FrontlineSeen
from dashboards.results.names import batch, duty_document, duty_state
from data.language import gettext as _


def chips(seen: FrontlineSeen) -> list[Chip]:
    """The choice beyond the day."""
    return list(_chips(seen))


def _chips(seen: FrontlineSeen) -> Iterator[Chip]:
    asked, zone = seen.asked, seen.zone
    if asked.batch is not None:
        yield Chip(batch(asked.batch), "", asked.link(batch=None))
    if asked.town is not None:
        yield Chip(
            zone.unit_by_code[asked.town].short_name,
            _("the list") if asked.via == "table" else "",
            asked.link(town=None),
        )
    if asked.sector is not None:
        words = _("sector %(name)s", name=zone.sectors[asked.sector])
        yield Chip(words, _("the list") if asked.via == "table" else "", asked.link(sector=None))
    if asked.state is not None:
        yield Chip(
            kind_said(asked.state), _("documents that lack") if asked.via == "documents" else "", asked.link(state=None)
        )


def kind_said(kind: str) -> str:
    """How enterprises stand, or which document they lack."""
    return _("lacks %(document)s", document=duty_document(kind)) if kind in DOCUMENTS else duty_state(kind)
