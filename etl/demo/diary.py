"""What the committee itself did in 2022 and means to do, as its office keeps its diary: no workbook tells of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone

from etl.demo.words import words
from etl.demo.workdays import YEAR

_CHINA = timezone(timedelta(hours=8))
_SPEECH = "第{}季度末位发言"
_HALL, _ROOM = "管委会二楼多功能厅", "管委会三楼会议室"
_WRITTEN_BEFORE = timedelta(days=8)
TODAY = date(YEAR, 10, 8)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An entry of the diary; `units` by their codes, `quarter` and `enterprise` of a speech alone.

    `written_at` is when it was put down, `held_at` when it was noted that it took place: None for what is to come.
    """

    kind: str
    day: date
    title: str
    last_day: date | None = None
    starts_at: time | None = None
    place: str = ""
    units: tuple[str, ...] = ()
    quarter: str = ""
    enterprise: str = ""
    note: str = ""
    written_at: datetime = datetime(YEAR, 1, 1, tzinfo=_CHINA)
    held_at: datetime | None = None


def appointments() -> Iterator[Appointment]:
    """The diary, in the order in which it was written."""
    every = [*_meetings(), *_speeches(), *_supervision(), *_campaigns()]
    return iter(sorted(map(_written, every), key=lambda one: one.written_at))


def _written(one: Appointment) -> Appointment:
    """Put down a week before; what is past was noted as held in the evening."""
    last = one.last_day or one.day
    written = min(one.day - _WRITTEN_BEFORE, TODAY)
    held = None if last >= TODAY else datetime.combine(last, time(17, 30), _CHINA)
    return replace(one, written_at=datetime.combine(written, time(15), _CHINA), held_at=held)


def _day(month: int, day: int) -> date:
    return date(YEAR, month, day)


def _meetings() -> list[Appointment]:
    quarterly = ((1, 14, "一"), (4, 28, "二"), (7, 28, "三"), (10, 20, "四"))
    plenary = [
        Appointment(
            "meeting", _day(month, day), f"{quarter}季度安全生产和自然灾害防治工作会议", starts_at=time(9, 30), place=_HALL
        )
        for month, day, quarter in quarterly
    ]  # fmt: skip
    halves = ((6, 28, "上"), (12, 20, "下"))
    hearings = [
        Appointment(
            "hearing", _day(month, day), f"听取班子成员{half}半年安全生产履职情况报告", starts_at=time(15), place=_ROOM,
            note="每名班子成员书面报告并口头说明，安委办作会议记录",
        )
        for month, day, half in halves
    ]  # fmt: skip
    return [*plenary, *hearings]


def _speeches() -> list[Appointment]:
    """Who was named for the first and the second quarter; one of them speaks at the next meeting only."""
    first, second, next_one = _day(4, 28), _day(7, 28), _day(10, 20)
    named = [(first, "2022Q1", code) for code in words("shuanglu social logistics")]
    named += [(second, "2022Q2", code) for code in words("tongqiao construction logistics recycling")]
    named.append((next_one, "2022Q2", "social"))
    units = [
        Appointment(
            "speech",
            day,
            _SPEECH.format(quarter[-1]),
            starts_at=time(10, 30),
            place=_HALL,
            units=(code,),
            quarter=quarter,
        )
        for day, quarter, code in named
    ]
    return [
        *units,
        Appointment(
            "speech", second, _SPEECH.format(2), starts_at=time(10, 50), place=_HALL, quarter="2022Q2",
            enterprise="裕蔚(重庆)建设集团有限公司",
        ),
    ]  # fmt: skip


def _supervision() -> list[Appointment]:
    return [
        Appointment("supervision", _day(2, 17), "节后复工复产明查暗访", last_day=_day(2, 18)),
        Appointment("supervision", _day(5, 25), "第一轮交叉督查", last_day=_day(5, 27), units=tuple(words("longtanzi shuanglu tongqiao youting"))),
        Appointment("supervision", _day(8, 24), "高温时段工贸企业明查暗访", last_day=_day(8, 25)),
        Appointment("supervision", _day(10, 26), "第二轮交叉督查", last_day=_day(10, 28), units=tuple(words("longtanzi shuanglu tongqiao youting"))),
        Appointment("interview", _day(8, 11), "约谈：二季度三部曲闭环率偏低", starts_at=time(14, 30), place=_ROOM, units=("tongqiao",), note="主要负责人到会，带整改计划"),
        Appointment("interview", _day(9, 29), "约谈：重大隐患逾期未销号", starts_at=time(9), place=_ROOM, units=("youting",)),
    ]  # fmt: skip


def _campaigns() -> list[Appointment]:
    return [
        Appointment("campaign", _day(5, 12), "全国防灾减灾日宣传", place="双桥广场"),
        Appointment("campaign", _day(6, 1), "安全生产月", last_day=_day(6, 30)),
        Appointment("campaign", _day(6, 16), "安全宣传咨询日", starts_at=time(9), place="双桥广场"),
        Appointment("campaign", _day(11, 9), "消防宣传日演练", starts_at=time(10), place="龙滩子街道"),
    ]
