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


def _counts(words: Mapping[str, str]) -> dict[str, Field]:
    return {key: Field(heading, Written.COUNT) for key, heading in words.items()}
