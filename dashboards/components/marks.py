"""What a point, bar or cell of a chart stands for, as every chart says it, so that one script can lead from any mark.

A trace's ``customdata`` has one dictionary a mark, in the shape of the trace's data: a list for bars and points, rows of
cells for a heat map. Its keys are names that addresses of pages use, and each is left out where the mark is of none:

=============  ===================================================================================================
``unit``       code of a unit
``period``     ``2022-05``, ``2022Q2``, ``2022``
``sector``     code of a sector
``measure``    key of an indicator of the ranking, whose cases the mark counts; number of one of the ten measures
``day``        ``2022-05-31``
``accident``   number of an accident
``state``      how far the things got that the mark counts, or how they stand
``article``    of the work plan: ``11``, ``goals``, ``safeguards.2``
``department`` of an accident: code of the unit that supervises it, beside the ``unit`` of its territory
=============  ===================================================================================================

A mark that only repeats or labels another has ``hoverinfo="skip"`` and no ``customdata``.
"""

from __future__ import annotations

from datetime import date

from data.zone.periods import Period


def mark(
    *,
    unit: str | None = None,
    period: Period | None = None,
    sector: str | None = None,
    measure: str | int | None = None,
    day: date | None = None,
    accident: str | None = None,
    state: str | None = None,
    department: str | None = None,
    article: str | None = None,
) -> dict[str, str]:
    """One mark's ``customdata``: every value as an address has it."""
    said = {"unit": unit, "period": period, "sector": sector, "measure": measure, "day": day, "accident": accident,
            "state": state, "department": department, "article": article}  # fmt: skip
    return {name: str(value) for name, value in said.items() if value is not None}
