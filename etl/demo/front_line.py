"""Front-line duty as enterprises set it up, and the ledgers that tell of it, each only of what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from etl.demo.chronicle import Record
from etl.demo.layouts.forms import FRONTLINE
from etl.demo.layouts.tables import Facts
from etl.demo.offices import OFFICES
from etl.demo.register_changes import TOWNS_OWN, changes
from etl.demo.registered import Registered, enterprises
from etl.demo.reports import Report, Tales, arriving, corrected, monthly
from etl.demo.sendings import Slip
from etl.demo.words import words
from etl.demo.workdays import YEAR, workdays

DOCUMENTS = words("岗位风险清单 岗位职责清单 岗位操作卡 岗位应急处置卡")

_OTHER_TELLERS: Mapping[str, str] = {"制造": "制造中心", "再生": "循环中心", "商场": "物流中心", "客运": "交巡警"}
"""Who tells of a trade's enterprises where it is not the department in charge."""

_SILENT: Mapping[str, range] = {"youting": range(6, 9)}
"""The unit that sends nothing in summer, and in September tells of all at once."""


_TOLD_ON_THE_WAY = 0.2


@dataclass(frozen=True, slots=True)
class _Pace:
    """How a batch goes on: from when to when, how many are ready by then, how many afterwards, how many are at it."""

    first: date
    last: date
    ready: float
    late_until: date
    late: float
    begun: float


_PILOTS = _Pace(date(YEAR, 2, 15), date(YEAR, 6, 30), 0.95, date(YEAR, 8, 25), 0.04, 0.01)
_KEY = _Pace(date(YEAR, 3, 15), date(YEAR, 9, 30), 0.8, date(YEAR, 9, 30), 0.0, 0.14)
_REST = _Pace(date(YEAR, 5, 10), date(YEAR, 9, 30), 0.24, date(YEAR, 9, 30), 0.0, 0.3)


def reports() -> list[Report]:
    """The ledgers of the months in which a unit had something to tell."""
    told = records()
    return [
        one
        for office in OFFICES
        for one in monthly(
            FRONTLINE, office, told.get(office.short, []), tales=_TALES, silent=_SILENT.get(office.code, ())
        )
    ]


def records() -> dict[str, list[Record]]:
    """What goes on at each enterprise, by the short name of the unit that tells of it."""
    found: dict[str, list[Record]] = {}
    gone = changes().closed
    for one in enterprises():
        record = _record(one, gone.get(one.code, date.max))
        if record.news:
            found.setdefault(teller(one), []).append(record)
    return found


def teller(one: Registered) -> str:
    """The short name of the unit that minds this enterprise's two lists and two cards."""
    small = one.trade in TOWNS_OWN and not one.large
    return one.town if small else _OTHER_TELLERS.get(one.trade, one.department)


def _pace(one: Registered) -> _Pace:
    return _PILOTS if one.pilot else _KEY if one.key_industry or one.large else _REST


def _record(one: Registered, last: date) -> Record:
    """Nothing at all where nobody has begun; news of who has closed ends there."""
    rng = Random(f"{YEAR}|{one.code}|front line")
    ready, begun = _days(rng, _pace(one))
    known: Facts = {
        "企业名称": one.name,
        "统一社会信用代码": one.code,
        "岗位数": rng.randint(12, 60) if one.large else rng.randint(3, 15),
        **dict.fromkeys(DOCUMENTS, False),
    }
    news: list[tuple[date, Facts]] = []
    if begun is not None:
        some = rng.sample(DOCUMENTS, rng.randint(1, len(DOCUMENTS) - 1))
        news.append((begun, {**known, **dict.fromkeys(some, True)}))
    if ready is not None:
        news.append((ready, {**known, **dict.fromkeys(DOCUMENTS, True), "完成日期": ready}))
    return Record(tuple(piece for piece in news if piece[0] <= last))


def _days(rng: Random, pace: _Pace) -> tuple[date | None, date | None]:
    """When it was ready and when it had begun to be, where that was told of."""
    lot = rng.random()
    if lot < pace.ready:
        ready = _late_rather_than_early(rng, pace)
        return ready, ready - timedelta(days=rng.randint(20, 60)) if rng.random() < _TOLD_ON_THE_WAY else None
    if lot < pace.ready + pace.late:
        ready = rng.choice(workdays(pace.last + timedelta(days=4), pace.late_until))
        return ready, pace.last - timedelta(days=rng.randint(5, 40))
    if lot < pace.ready + pace.late + pace.begun:
        return None, _late_rather_than_early(rng, pace)
    return None, None


def _late_rather_than_early(rng: Random, pace: _Pace) -> date:
    days = workdays(pace.first, pace.last)
    return days[max(rng.randrange(len(days)), rng.randrange(len(days)))]


def _mistakes(rows: Sequence[Facts]) -> list[Slip]:
    """A day of completion beside a card that is still to come, and a code copied without its last two digits."""
    ready = next(row for row in rows if "完成日期" in row)
    other = next(row for row in rows if row is not ready)
    return [
        Slip(str(ready["企业名称"]), "岗位操作卡", "否"),
        Slip(str(other["企业名称"]), "统一社会信用代码", str(other["统一社会信用代码"])[:-2]),
    ]


_TALES: Tales = {
    ("construction", 5): corrected("2022-06-02 11:20", "2022-06-04 09:15", _mistakes),
    ("recycling", 6): arriving("2022-07-12 16:45", "late"),
}
