"""What happened, before any clerk writes it down: the one truth that every layout tells in its own way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from etl.demo.enterprises import Enterprise


@dataclass(frozen=True, slots=True)
class Recheck:
    """One re-inspection; `rectified` is the case's total by then."""

    day: date
    passed: bool
    rectified: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One penalty decision; it may stand behind several cases. `fine` is in yuan, 0 without one."""

    number: str
    day: date
    kind: str
    fine: int


@dataclass(frozen=True, slots=True)
class Case:
    """One inspection and what came of it; `self_told` is what the enterprise says it has put right."""

    number: str
    day: date
    enterprise: Enterprise
    code: str | None
    manner: str
    inspectors: tuple[str, ...]
    remark: str
    hazards: int = 0
    major: int = 0
    deadline: date | None = None
    self_told: int = 0
    rechecks: tuple[Recheck, ...] = ()
    decision: Decision | None = None

    @property
    def first_recheck(self) -> Recheck | None:
        """The look that the ledger's own row tells of; later ones go to 整改复查."""
        return self.rechecks[0] if self.rechecks else None

    @property
    def rectified(self) -> int | None:
        """The total that the ledger's own row tells."""
        if not self.hazards:
            return None
        return self.first_recheck.rectified if self.first_recheck else self.self_told


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Later news of a case that some ledger has already told."""

    number: str
    recheck: Recheck | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a unit tells about one month; no rows at all is a declared zero."""

    month: int
    cases: tuple[Case, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()


def totals(ledger: Ledger) -> dict[str, int]:
    """The figures of 汇总: over the ledger's own rows, each decision once."""
    decisions = {case.decision for case in ledger.cases if case.decision}
    return {
        "检查家次": len(ledger.cases),
        "查出问题家次": sum(case.hazards > 0 for case in ledger.cases),
        "隐患数": hazards(ledger.cases),
        "重大隐患数": majors(ledger.cases),
        "行政处罚": len(decisions),
        "罚款金额(元)": sum(decision.fine for decision in decisions),
    }


def hazards(cases: Iterable[Case]) -> int:
    """All hazards found in these cases."""
    return sum(case.hazards for case in cases)


def majors(cases: Iterable[Case]) -> int:
    """The major ones among them."""
    return sum(case.major for case in cases)


def fines_as_summed(cases: Iterable[Case]) -> int:
    """The sum at the foot of the fines' column: a spreadsheet adds a decision as often as it is written."""
    return sum(case.decision.fine for case in cases if case.decision)
