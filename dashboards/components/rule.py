"""Which rule a month is scored by: from 2025 on inspections do not score (METHOD 2)."""

from __future__ import annotations

from data.language import gettext as _
from data.zone.schemes import RankingScheme


def rule_in_force(scheme: RankingScheme) -> str:
    """Which of the two rules the month is scored by: whether the number of inspections scores."""
    if scheme.inspections_score:
        return _("Rule in force: months up to December 2024. Plan completion scores, zero penalties take points off.")
    return _("Rule in force: months from January 2025 on (国办发〔2024〕54号). The number of inspections and plan completion are "
             "shown and not scored, zero penalties take nothing off, zero enforcement is shown and not ranked.")  # fmt: skip
