"""Lists and ledgers of front-line duty that a test makes row by row, as the columns that the method counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from dashboards.method.columns import coded, day_numbers
from dashboards.method.frontline import DOCUMENTS, DutyTelling, DutyTold
from dashboards.method.frontline_columns import Duties, DutyColumns, duties_on
from dashboards.method.register import Listed
from dashboards.method.register_columns import NOBODY, RegisterColumns
from data.zone.schemes import FrontlineScheme


@dataclass(frozen=True)
class Ledger:
    """A unit's ledger of a period, which ends on a day; ``submission`` is the workbook's number."""

    unit: str
    period: str
    until: date
    received_at: datetime
    submission: int
    rows: Sequence[DutyTold]

    @property
    def tellings(self) -> list[DutyTelling]:
        """Its rows one by one."""
        return [
            DutyTelling(self.unit, self.period, self.until, self.received_at, row._replace(submission=self.submission))
            for row in self.rows
        ]


@dataclass(frozen=True)
class Counted:
    """The columns of some lists and ledgers, and the rows that they are made of."""

    lists: Sequence[Listed]
    listed: RegisterColumns
    tellings: Sequence[DutyTelling]
    duty: DutyColumns
    codes: Sequence[str]
    units: Sequence[str]

    def on(self, day: date, scheme: FrontlineScheme) -> Duties:
        """How all enterprises of the register stand."""
        return duties_on(self.listed, np.ones(len(self.lists), dtype=bool), self.duty, day, scheme)

    def told(self, duties: Duties) -> dict[str, DutyTelling]:
        """By credit code the row that counts."""
        pairs = zip(duties.entry.tolist(), duties.told.tolist(), strict=True)
        return {self.lists[entry].credit_code: self.tellings[told] for entry, told in pairs if told != NOBODY}


def counted(lists: Sequence[Listed], ledgers: Sequence[Ledger]) -> Counted:
    """The columns as they are read: workbooks in the order of period and receipt, rows as they stand on the sheet."""
    codes = sorted({one.credit_code for one in lists})
    in_order = sorted(ledgers, key=lambda one: (one.period, one.received_at, one.submission))
    tellings = [one for ledger in in_order for one in sorted(ledger.tellings, key=lambda one: one.told.row)]
    named = {one.unit for one in tellings} | {one for row in lists for one in (row.unit, row.territory, row.department)}
    units = sorted(one for one in named if one is not None)
    periods = sorted({one.period for one in tellings})

    def numbers(values: Sequence[str | None], among: Sequence[str]) -> np.ndarray:
        return np.array([among.index(one) if one in among else NOBODY for one in values], dtype=np.intp)

    listed = RegisterColumns(
        enterprises=len(codes),
        enterprise=numbers([one.credit_code for one in lists], codes),
        unit=numbers([one.unit for one in lists], units),
        territory=numbers([one.territory for one in lists], units),
        department=numbers([one.department for one in lists], units),
        sector=coded(one.sector for one in lists),
        size=coded(one.size for one in lists),
        key_industry=np.array([one.key_industry for one in lists], dtype=bool),
        pilot=np.array([one.pilot for one in lists], dtype=bool),
        starts_on=day_numbers(one.starts_on for one in lists),
        ends_on=day_numbers(one.ends_on for one in lists),
    )
    duty = DutyColumns(
        enterprise=numbers([one.told.credit_code for one in tellings], codes),
        unit=numbers([one.unit for one in tellings], units),
        period=numbers([one.period for one in tellings], periods),
        begins=day_numbers(one.until.replace(day=1) for one in tellings),
        until=day_numbers(one.until for one in tellings),
        documents={name: np.array([getattr(one.told, name) for one in tellings], dtype=bool) for name in DOCUMENTS},
        completed_on=day_numbers(one.told.completed_on for one in tellings),
    )
    return Counted(lists, listed, tellings, duty, codes, units)
