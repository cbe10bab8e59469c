"""The main message: how many units and enterprises the lists of a month have, for which grave reasons, and whether they are issued."""

from __future__ import annotations

from dashboards.components import numbers, parts
from dashboards.pages.inspection_lists.query import ListsSeen
from dashboards.results.lists_of_month import ListsOfMonth
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT


def main_message(seen: ListsSeen, found: ListsOfMonth, own: str | None) -> str:
    """Numbers first, then whether the lists are a draft; ``own``: the unit of an account that sees its own list alone."""
    return parts.sentences(_counted(seen, found, own), state(found))


def _counted(seen: ListsSeen, found: ListsOfMonth, own: str | None) -> str:
    n = len(found.enterprises)
    told = {"month": numbers.period(found.month), "n": numbers.count(n), "grounds": _grounds(found)}
    if own is not None:
        return _("%(unit)s, %(month)s: %(n)s enterprises are suggested%(grounds)s.", unit=seen.unit.name, **told)
    units = sum(1 for listed in found.lists.values() if listed)
    return _("%(month)s: %(units)s units have lists, with %(n)s enterprises%(grounds)s.", units=units, **told)


def _grounds(found: ListsOfMonth) -> str:
    """Those of the grave grounds that there are."""
    counts = found.grounds
    words = {
        "overdue_major": _("%(n)s with an overdue major hazard", n=counts["overdue_major"]),
        "reinspection_due": _("%(n)s to be re-inspected", n=counts["reinspection_due"]),
        "high_risk_never": _("%(n)s of high risk and never inspected", n=counts["high_risk_never"]),
    }
    said = [words[ground] for ground in words if counts[ground]]
    return _(", of them %(said)s", said=_(", ").join(said)) if said else ""


def state(found: ListsOfMonth) -> str:
    """Issued by whom and when; else that it is a draft, and of which day."""
    if found.issue is not None:
        lists = found.issue.lists
        return _("Issued by %(who)s on %(moment)s, and unchanged since.", who=account(lists.actor),
                 moment=numbers.instant(lists.at, found.zone))  # fmt: skip
    day = numbers.spoken_day(found.as_of)
    if found.standing == "past":
        return _("No lists were issued for this month, and none can be any more: this is what they would have been on %(day)s.", day=day)  # fmt: skip
    return _("Not issued: this is a draft as of %(day)s, and may still change.", day=day)


def printed_mark(found: ListsOfMonth) -> str:
    """What each printed sheet says of the lists."""
    if found.issue is None:
        return _("draft, not issued")
    return _("issued; fingerprint %(hash)s", hash=found.sha256[:16])


def account(name: str) -> str:
    """Which account of the office acted; to others it is the office."""
    return _("the office") if name == OFFICE_ACCOUNT else name


def nothing(found: ListsOfMonth) -> str:
    """Why there is no list at all."""
    day = numbers.spoken_day(found.as_of)
    if not found.any_register:
        return _("No list of enterprises was known for %(day)s: without a register nobody can be suggested.", day=day)
    return _("On %(day)s no enterprise of the register lies here or is supervised from here: there is nobody to suggest.", day=day)  # fmt: skip
