"""What columns of a report of what stands on a day are called, where other reports have the same keys for other figures."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.results.exported import Field, Written
from data.language import gettext as _


def fields_of(report: str) -> Mapping[str, Field]:
    """A report's own columns by key; none where its keys mean what they mean in every report."""
    match report:
        case "supervision":
            return _of_supervision()
        case "tipoffs":
            return _of_tipoffs()
        case "plan":
            return _of_plan()
        case _:
            return {}


def _of_supervision() -> Mapping[str, Field]:
    counts = {
        "ordered": _("Findings ordered"), "answered": _("Answers received"), "due": _("Due by then"), "answered_in_time": _("Answers in time"),
        "overdue": _("Overdue and unanswered"), "exposed": _("Exposed"), "closed": _("Findings crossed off"),
    }  # fmt: skip
    return {**_counts(counts), "in_time_rate": Field(_("Share of answers in time"), Written.SHARE)}


def _of_tipoffs() -> Mapping[str, Field]:
    counts = {
        "received": _("Cases received"), "closed": _("Cases settled"), "substantiated": _("Substantiated"), "rewarded": _("Rewarded"),
        "paid": _("Rewards paid"), "overdue": _("Overdue and open"),
    }  # fmt: skip
    return {
        **_counts(counts),
        "payment_rate": Field(_("Share of rewards paid"), Written.SHARE),
        "reward_yuan": Field(_("Rewards (yuan)"), Written.AMOUNT),
        "paid_yuan": Field(_("Paid (yuan)"), Written.AMOUNT),
        "median_days": Field(_("Median days to close"), Written.AMOUNT),
    }


def _of_plan() -> Mapping[str, Field]:
    counts = {
        "items": _("Items of the article"), "state_done": _("Due days: done"), "state_late": _("Due days: done late"), "state_due": _("Due days: due soon"),
        "state_overdue": _("Due days: overdue"), "state_upcoming": _("Due days: still to come"),
    }  # fmt: skip
    return {
        "number": Field(_("Plan item"), width=15.0),
        "title": Field(_("Plan task"), width=36.0),
        "article": Field(_("Plan article"), width=12.0),
        "unit_of_measure": Field(_("Unit of measure"), width=10.0),
        "source": Field(_("Source of the figure"), width=30.0),
        "target": Field(_("Target"), Written.NUMBER),
        "numerator": Field(_("Numerator"), Written.NUMBER),
        "denominator": Field(_("Denominator"), Written.NUMBER),
        "progress": Field(_("Progress of the item"), Written.SHARE),
        "dues": Field(_("Due days and states"), width=44.0),
        "object": Field(_("Object"), width=22.0),
        "told": Field(_("Number told"), Written.NUMBER),
        **_counts(counts),
    }


def _counts(words: Mapping[str, str]) -> dict[str, Field]:
    return {key: Field(heading, Written.COUNT) for key, heading in words.items()}
