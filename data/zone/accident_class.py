"""The class of an accident (事故等级) by State Council Decree 493, article 3: the worst of its three criteria."""

from __future__ import annotations

from decimal import Decimal

from data.language import gettext as _

CLASSES = ("一般", "较大", "重大", "特别重大")
"""From the least to the gravest."""
LARGER = "较大"

_FROM_DEATHS = (3, 10, 30)
_FROM_SERIOUS_INJURIES = (10, 50, 100)
_FROM_LOSS_YUAN = (Decimal(10_000_000), Decimal(50_000_000), Decimal(100_000_000))


def accident_class(deaths: int, serious_injuries: int, loss_yuan: Decimal | None) -> str:
    """The class of these deaths (the missing among them), serious injuries (acute poisoning too) and direct loss.

    Lower bounds belong to the graver class.
    """
    reached = max(
        sum(deaths >= bound for bound in _FROM_DEATHS),
        sum(serious_injuries >= bound for bound in _FROM_SERIOUS_INJURIES),
        sum((loss_yuan or 0) >= bound for bound in _FROM_LOSS_YUAN),
    )
    return CLASSES[reached]


def spoken(one: str) -> str:
    """A class in the language in use: ``larger`` for 较大."""
    names = dict(zip(CLASSES, (_("ordinary"), _("larger"), _("major (class)"), _("especially major")), strict=True))
    return names.get(one, one)


def at_least(one: str, other: str) -> bool:
    """Whether a class is as grave as another, or graver."""
    return CLASSES.index(one) >= CLASSES.index(other)
