"""Whose a workbook is, and how much stands in it, in a few words."""

from __future__ import annotations

from dashboards.components import numbers, words
from dashboards.results.workbooks import Sent
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone


def whose(sent: Sent, zone: Zone) -> list[str]:
    """Unit, period and kind, as far as they are known."""
    unit = zone.unit_by_code.get(sent.unit or "")
    return [
        *([unit.short_name] if unit else []),
        *([numbers.period(parse_period(sent.period))] if sent.period else []),
        *([words.kind(sent.kind)] if sent.kind else []),
    ]


def rows(sent: Sent) -> str:
    """How many rows it has; none is a declaration too."""
    return _("%(n)s rows", n=numbers.count(sent.rows)) if sent.rows else _("declared zero")
