"""Hazards that a ledger told of as major and a later one as ordinary: they leave every figure of the major ones (METHOD section 5.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from dashboards.method.hazard_history import HazardTelling, lowered
from dashboards.method.hazards import Hazard
from dashboards.results import hazard_history
from dashboards.results.hazard_list import HazardsChosen
from dashboards.results.hazard_texts import HazardTexts
from dashboards.results.hazards import HazardsReport
from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_AT_ONCE
from dashboards.results.told_rows import ToldRow
from data.schema.hazards import MAJOR


class LoweredHazard(NamedTuple):
    """A hazard with what its row that counts says, the last row that told of it as major, and the row that told otherwise."""

    hazard: Hazard
    texts: HazardTexts
    before: HazardTelling
    after: HazardTelling
    sources: Mapping[tuple[int, int], ToldRow]

    def source(self, telling: HazardTelling) -> ToldRow:
        """Where one of the two rows stands."""
        return self.sources[telling.submission, telling.row]


def of(report: HazardsReport, chosen: HazardsChosen) -> list[Hazard]:
    """Those of a report that fit what is chosen besides the grade, in the report's order.

    Of a hazard the last row counts: one that is no major one by it, and is by any other, was lowered.
    """
    told, rows = report.found.told, report.found.superseding
    lowered_to = rows.by[told.coded("grade", rows.earlier).among([MAJOR])]
    every = replace(chosen, major=False).of(report)
    return every.at(np.flatnonzero(np.isin(every.places, lowered_to) & ~every.columns.major)).rows


def fetch(reading: Reading, report: HazardsReport, shown: Sequence[Hazard]) -> list[LoweredHazard]:
    """Some of them with both rows, as whoever asks may read them."""
    found = []
    for start in range(0, len(shown), MOST_AT_ONCE):
        for one in hazard_history.fetch(reading, report, shown[start : start + MOST_AT_ONCE]):
            rows = lowered(one.steps)
            if rows is not None:
                found.append(LoweredHazard(one.hazard, one.texts, *rows, one.sources))
    return found
