"""Warnings of the year, step by step and minute by minute, and the one flood in which people had to be moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from etl.demo.chronicle import Record
from etl.demo.enterprises import TOWNS
from etl.demo.layouts.forms import DISASTERS
from etl.demo.layouts.tables import Facts
from etl.demo.office_profile import Office
from etl.demo.offices import COMMITTEE, OFFICES
from etl.demo.reports import Report, Tales, arriving, corrected, monthly
from etl.demo.sendings import Slip
from etl.demo.workdays import YEAR

_TELLING = tuple(office for office in OFFICES if office.group == "town" or office == COMMITTEE)
_CALLED = (3, 25)
_ANSWERED = (2, 28)
_ANSWERED_LATE = (35, 90)
_FED_BACK = (30, 300)
_SLOW = 0.12
_UNANSWERED = 0.06
_NOT_FED_BACK = 0.1

_FLOOD = datetime.fromisoformat("2022-07-16 03:40")
_NONE_DEAD: Facts = {"死亡人数": 0, "失踪人数": 0, "责任事件": False}
_AT_THE_RIVER: Mapping[str, Facts] = {
    "youting": {
        **_NONE_DEAD,
        "发生时间": _FLOOD,
        "类型": "洪涝",
        "转移人数": 186,
        "需救助人数": 186,
        "已保障人数": 171,
    },
    "shuanglu": {
        **_NONE_DEAD,
        "发生时间": _FLOOD,
        "类型": "洪涝",
        "转移人数": 42,
        "需救助人数": 42,
        "已保障人数": 42,
    },
}
_ALL_HELPED = date(YEAR, 8, 4)
_IN_THE_FIELDS: Mapping[str, Facts] = {
    "longtanzi": {
        **_NONE_DEAD,
        "发生时间": datetime.fromisoformat("2022-09-05 16:25"),
        "死亡人数": 1,
        "备注": "群众田间避雨遭雷击，不属责任事件",
    }
}


@dataclass(frozen=True, slots=True)
class _Weather:
    """A warning as it went out, to whom, which emergency measures it called for, and what then happened where."""

    kind: str
    moment: str
    to: tuple[str, ...]
    measures: str | None = None
    followed: Mapping[str, Facts] = field(default_factory=dict)


_ALL = ("longtanzi", "shuanglu", "tongqiao", "youting")
_WEATHER = (
    _Weather("大雾", "2022-01-11 06:20", ("youting", "emergency")),
    _Weather("低温雨雪", "2022-02-19 17:40", ("longtanzi", "youting")),
    _Weather("大风", "2022-03-23 15:10", ("shuanglu", "tongqiao"), "停"),
    _Weather("雷电", "2022-04-14 16:05", ("longtanzi", "emergency"), "停"),
    _Weather("暴雨", "2022-05-10 02:30", ("longtanzi", "tongqiao", "youting"), "禁、疏"),
    _Weather("大风", "2022-05-27 18:15", ("shuanglu", "emergency"), "停"),
    _Weather("暴雨", "2022-06-13 23:10", _ALL, "禁、停、疏"),
    _Weather("地质灾害", "2022-06-14 05:45", ("youting",), "撤"),
    _Weather("暴雨", "2022-07-15 21:20", (*_ALL, "emergency"), "禁、停、撤、疏", _AT_THE_RIVER),
    _Weather("高温", "2022-07-22 10:00", ("longtanzi", "shuanglu"), "停"),
    _Weather("高温", "2022-08-12 09:30", (*_ALL, "emergency"), "停"),
    _Weather("森林火险", "2022-08-21 11:15", ("tongqiao", "youting", "emergency"), "禁"),
    _Weather("暴雨", "2022-08-28 20:15", ("longtanzi", "shuanglu"), "疏"),
    _Weather("雷电", "2022-09-05 14:40", ("shuanglu", "longtanzi"), "停", _IN_THE_FIELDS),
    _Weather("暴雨", "2022-09-20 19:30", ("longtanzi", "youting", "emergency"), "禁、疏"),
)


def reports() -> list[Report]:
    """A ledger a month of every town and of the committee's office, without a row where nothing was to be feared."""
    return [
        one for office in _TELLING for one in monthly(DISASTERS, office, records(office), tales=_TALES, always=True)
    ]


def records(office: Office) -> list[Record]:
    """The warnings that went to this unit, and what followed."""
    rng = Random(f"{YEAR}|{office.code}|warnings")
    warned = [weather for weather in _WEATHER if office.code in weather.to]
    return [_record(rng, office, number, weather) for number, weather in enumerate(warned, start=1)]


def _record(rng: Random, office: Office, number: int, weather: _Weather) -> Record:
    moment = datetime.fromisoformat(weather.moment)
    row: Facts = {
        "编号": f"{office.mark}预〔{YEAR}〕{number}号",
        "类型": weather.kind,
        "属地": rng.choice(TOWNS) if office == COMMITTEE else office.short,
        "预警时间": moment,
        **_steps(rng, moment),
        "熔断措施": weather.measures,
        **weather.followed.get(office.code, {}),
    }
    helped: Facts = {"已保障人数": row.get("需救助人数")}
    later = [(_ALL_HELPED, helped)] if row.get("需救助人数") != row.get("已保障人数") else []
    return Record(((moment.date(), row), *later))


def _steps(rng: Random, moment: datetime) -> Facts:
    """Called, answered, fed back, each after the one before; some never get so far."""
    called = moment + timedelta(minutes=rng.randint(*_CALLED))
    if rng.random() < _UNANSWERED:
        return {"叫应时间": called}
    late = rng.random() < _SLOW
    answered = called + timedelta(minutes=rng.randint(*(_ANSWERED_LATE if late else _ANSWERED)))
    if rng.random() < _NOT_FED_BACK:
        return {"叫应时间": called, "应答时间": answered}
    fed_back = answered + timedelta(minutes=rng.randint(*_FED_BACK))
    return {"叫应时间": called, "应答时间": answered, "反馈时间": fed_back}


def _mistakes(rows: Sequence[Facts]) -> list[Slip]:
    """Answered before anybody had called."""
    return [Slip(str(rows[0]["编号"]), "应答时间", "2022-07-15 21:00")]


_TALES: Tales = {
    ("longtanzi", 7): corrected("2022-08-03 10:30", "2022-08-04 16:10", _mistakes),
    ("tongqiao", 5): arriving("2022-06-09 17:10", "late"),
    ("shuanglu", 2): lambda _usual: [],
}
