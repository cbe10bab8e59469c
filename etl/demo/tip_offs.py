"""What people reported, who was put on the list of the dishonest, what was cracked down on, and who got a reward for it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from etl.demo.chronicle import Record
from etl.demo.layouts.forms import TIPOFFS
from etl.demo.layouts.tables import Facts
from etl.demo.office_profile import Office
from etl.demo.offices import OFFICES
from etl.demo.registered import by_name
from etl.demo.reports import Report, Tales, arriving, corrected, monthly
from etl.demo.sendings import Slip
from etl.demo.words import words
from etl.demo.workdays import YEAR, month_end, month_start, workdays
from etl.demo.year import places

REPORTED, SANCTIONED, CRACKED_DOWN = TYPES = words("举报 失信惩戒 打非")

_MANY = 80
_TYPE_WEIGHTS = (50, 12, 18)
_MARKS: Mapping[str, str] = {REPORTED: "举", SANCTIONED: "惩", CRACKED_DOWN: "打"}
_DAYS_TO_CLOSE: Mapping[str, tuple[int, int]] = {REPORTED: (4, 58), SANCTIONED: (7, 30), CRACKED_DOWN: (2, 40)}
_CLOSED, _CLOSED_LATE = 0.82, 0.1
_LATEST = 95
_TRUE = 0.65
_REWARDS = (300, 500, 1000, 2000, 3000, 5000, 10000)
_PAID = 0.7
_INDIVIDUALS = ("无名小作坊", "流动加油车（个人）", "私自储存烟花的门面")


def reports() -> list[Report]:
    """The ledgers of the months in which an office had something to tell."""
    return [one for office in OFFICES for one in monthly(TIPOFFS, office, records(office), tales=_TALES)]


def records(office: Office) -> list[Record]:
    """What this office was told of or dealt with, numbered by type as it came in."""
    drawn = Random(f"{YEAR}|tip-offs").choices([one.code for one in OFFICES], _weights(), k=_MANY)
    return list(_numbered(Random(f"{YEAR}|{office.code}|tip-offs"), office, drawn.count(office.code)))


def _weights() -> list[int]:
    """Most goes to those who may inspect and punish."""
    return [1 if office.group == "centre" else 6 if office.may_penalise else 3 for office in OFFICES]


def _numbered(rng: Random, office: Office, many: int) -> Iterator[Record]:
    numbers = dict.fromkeys(TYPES, 0)
    for day in sorted(rng.choices(workdays(month_start(1), month_end(9)), k=many)):
        kind = rng.choices(TYPES, _TYPE_WEIGHTS)[0]
        numbers[kind] += 1
        yield _record(rng, office, kind, f"{office.mark}{_MARKS[kind]}〔{YEAR}〕{numbers[kind]}号", day)


def _record(rng: Random, office: Office, kind: str, number: str, day: date) -> Record:
    place = by_name()[rng.choice(places(office)).name]
    first: Facts = {
        "编号": number,
        "日期": day,
        "类型": kind,
        "对象": rng.choice(_INDIVIDUALS) if kind == CRACKED_DOWN and rng.random() < _PAID else place.name,
        "行业领域": place.sector,
    }
    closed = _closed(rng, kind, day)
    if closed is None:
        return Record(((day, first),))
    found = kind != REPORTED or rng.random() < _TRUE
    news: list[tuple[date, Facts]] = [(day, first), (closed, {"办结日期": closed, "是否查实": found})]
    if kind == REPORTED and found:
        news += _reward(rng, closed)
    return Record(tuple(news))


def _closed(rng: Random, kind: str, day: date) -> date | None:
    lot = rng.random()
    if lot < _CLOSED:
        return day + timedelta(days=rng.randint(*_DAYS_TO_CLOSE[kind]))
    return day + timedelta(days=rng.randint(61, _LATEST)) if lot < _CLOSED + _CLOSED_LATE else None


def _reward(rng: Random, closed: date) -> list[tuple[date, Facts]]:
    """Awarded with the closing, paid weeks later or not yet."""
    awarded: list[tuple[date, Facts]] = [(closed, {"奖励金额(元)": rng.choice(_REWARDS)})]
    if rng.random() < _PAID:
        paid = closed + timedelta(days=rng.randint(5, 45))
        awarded.append((paid, {"发放日期": paid}))
    return awarded


def _mistakes(rows: Sequence[Facts]) -> list[Slip]:
    """A type that is none, and the number of another row."""
    first, second, *_others = rows
    return [Slip(str(first["编号"]), "类型", "投诉"), Slip(str(second["编号"]), "编号", str(first["编号"]))]


_TALES: Tales = {
    ("market", 5): arriving("2022-06-10 09:45", "late"),
    ("shuanglu", 8): corrected("2022-09-02 09:30", "2022-09-05 14:50", _mistakes),
}
