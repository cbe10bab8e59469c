"""What went otherwise that year: late, missing, refused, corrected; a smooth year would show nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from etl.demo.office_profile import Office
from etl.demo.offices import OFFICES
from etl.demo.sendings import Sending, Slip, at, usual_sending
from etl.demo.truth import Case, Ledger
from etl.demo.year import ledgers

Tale = Callable[[Sending], list[Sending]]


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One unit's month, the place where a story happens."""

    unit: str
    month: int


QUIET = frozenset({UnitMonth("social", 2)})
UNFILED = frozenset({UnitMonth("tongqiao", 8)})


def year_of_sendings() -> list[Sending]:
    """Every workbook that reaches the committee's office, by unit and month."""
    return [sending for office in OFFICES for sending in _sendings(office)]


def _sendings(office: Office) -> list[Sending]:
    truth = ledgers(office, quiet=quiet_months(office), unfiled=_months(UNFILED, office))
    sent = []
    for month, ledger in sorted(truth.items()):
        tell = TALES.get(UnitMonth(office.code, month), _plainly)
        sent += tell(usual_sending(office, ledger))
    return sent


def quiet_months(office: Office) -> list[int]:
    """The months in which the office inspected nobody."""
    return _months(QUIET, office)


def _months(happenings: frozenset[UnitMonth], office: Office) -> list[int]:
    return [place.month for place in happenings if place.unit == office.code]


def _plainly(usual: Sending) -> list[Sending]:
    return [usual]


def _arriving(moment: str, story: str) -> Tale:
    """The same workbook at another time."""

    def tell(usual: Sending) -> list[Sending]:
        return [replace(_received(usual, moment), story=story)]

    return tell


def _never(_usual: Sending) -> list[Sending]:
    return []


def _declared_zero(usual: Sending) -> list[Sending]:
    return [replace(usual, story="declared zero")]


def _zero_then_filled(usual: Sending) -> list[Sending]:
    """A declared zero to be in time, the inspections nine days later."""
    zero = _with_ledger(usual, Ledger(usual.filing.ledger.month))
    filled = _received(_renamed(usual, "（补报）"), "2022-07-14 15:20")
    return [replace(zero, story="declared zero"), replace(filled, story="zero filled")]


def _sent_twice(usual: Sending) -> list[Sending]:
    """The clerk is not sure that it went out."""
    again = replace(_renamed(usual, " - 副本"), received_at=usual.received_at + timedelta(hours=1))
    return [usual, replace(again, story="duplicate")]


def _refused_then_corrected(usual: Sending) -> list[Sending]:
    """A day that June does not have, a count in words, an unknown sector; sent right the next day."""
    cases = usual.filing.ledger.cases
    deadline, count = [case for case in cases if _untouched(case)][:2]
    sector = next(case for case in cases if case not in (deadline, count))
    slips = (
        Slip(deadline.number, "整改期限", "2022.6.31"),
        Slip(count.number, "隐患数量", "多处"),
        Slip(sector.number, "行业领域", "餐饮娱乐"),
    )
    refused = replace(_received(usual, "2022-06-02 09:35"), story="refused", slips=slips)
    corrected = _received(_renamed(usual, "-改"), "2022-06-03 10:12")
    return [refused, replace(corrected, story="corrected")]


def _refused_and_left(usual: Sending) -> list[Sending]:
    """An inspection dated August, hazards without a deadline, a penalty without its decision; still so."""
    cases = usual.filing.ledger.cases
    open_case = next(case for case in cases if _untouched(case))
    punished = next(case for case in cases if case.decision)
    early = next(case for case in cases if not case.hazards)
    slips = (
        Slip(early.number, "检查日期", early.day.replace(month=8)),
        Slip(open_case.number, "整改期限", None),
        Slip(punished.number, "处罚决定书号", None),
    )
    return [replace(_received(usual, "2022-10-05 16:48"), story="refused", slips=slips)]


def _untouched(case: Case) -> bool:
    """Hazards found, and nothing has come of them yet."""
    return case.hazards > 0 and not case.rechecks and not case.decision


def _second_version(usual: Sending) -> list[Sending]:
    """First a draft: one inspection forgotten, two counts too high; then what really happened."""
    ledger = usual.filing.ledger
    wrong = [case for case in ledger.cases if _untouched(case)][:2]
    forgotten = next(case for case in reversed(ledger.cases) if not case.hazards)
    told = (case for case in ledger.cases if case != forgotten)
    cases = tuple(_too_high(case) if case in wrong else case for case in told)
    draft = _with_ledger(usual, replace(ledger, cases=cases))
    corrected = _received(_renamed(usual, "（更正）"), "2022-07-11 11:05")
    return [_received(draft, "2022-07-03 14:26"), replace(corrected, story="second version")]


def _too_high(case: Case) -> Case:
    return replace(case, hazards=case.hazards + 1)


def _received(sending: Sending, moment: str) -> Sending:
    """The workbook as filled in and sent on that day."""
    received_at = at(moment)
    return replace(sending, filing=replace(sending.filing, day=received_at.date()), received_at=received_at)


def _renamed(sending: Sending, addition: str) -> Sending:
    stem, dot, ending = sending.file_name.rpartition(".")
    return replace(sending, file_name=f"{stem}{addition}{dot}{ending}")


def _with_ledger(sending: Sending, ledger: Ledger) -> Sending:
    return replace(sending, filing=replace(sending.filing, ledger=ledger))


TALES: Mapping[UnitMonth, Tale] = {
    UnitMonth("social", 2): _declared_zero,
    UnitMonth("economy", 3): _arriving("2022-04-08 10:15", "late"),
    UnitMonth("longtanzi", 4): _sent_twice,
    UnitMonth("market", 5): _refused_then_corrected,
    UnitMonth("recycling", 5): _arriving("2022-06-20 16:30", "very late"),
    UnitMonth("youting", 6): _zero_then_filled,
    UnitMonth("transport", 6): _second_version,
    UnitMonth("logistics", 9): _never,
    UnitMonth("construction", 9): _refused_and_left,
}
