"""What every route of decisions says of one that waits for its turn, or that could not be kept."""

from __future__ import annotations

from data.language import gettext as _


def queued() -> str:
    """Of a decision that waits for its turn."""
    return _(
        "Another workbook is being loaded. Your decision is kept and queued; it is carried out when its turn comes."
    )


def not_kept() -> str:
    """Of a decision that was not taken, for archive or database cannot be used."""
    return _(
        "The decision could not be kept: archive or database cannot be used. Decide again later; if that fails too, tell "
        "the administrator."
    )
