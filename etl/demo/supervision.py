"""What the committee's inspectors found at the units, who answered in time, and who was named in public."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from etl.demo.chronicle import Record
from etl.demo.layouts.forms import SUPERVISION
from etl.demo.layouts.tables import Facts
from etl.demo.offices import COMMITTEE, OFFICES
from etl.demo.reports import Report, Tales, arriving, corrected, monthly, written
from etl.demo.sendings import Slip
from etl.demo.words import words
from etl.demo.workdays import YEAR, month_end, month_start, workdays

_FOUND: Mapping[str, tuple[str, ...]] = {
    "明查暗访": words(
        "辖区餐饮场所燃气报警装置未安装 在建工地夜间违规动火 沿街商铺堵塞疏散通道 加油站罐车卸油无人值守"
    ),
    "交叉督查": words("执法台账与现场记录不一致 隐患复查超期未开展 重大隐患未挂牌督办 企业风险分布图未更新"),
    "督办交办": words("市级通报问题未按期整改 群众举报线索未核查 事故防范措施未落实 汛期值守制度未执行"),
}
_A_MONTH = (5, 4, 7, 6, 7, 9, 8, 7, 7)
_METHOD_WEIGHTS = (5, 3, 3)
_DAYS_TO_ANSWER = (7, 10, 15, 15, 20, 30)
_IN_TIME, _LATE = 0.72, 0.18
_CROSSED_OFF = 0.85
_EXPOSED: Mapping[str, float] = {"明查暗访": 0.3, "交叉督查": 0.1, "督办交办": 0.1}


def reports() -> list[Report]:
    """A ledger a month, whatever there was."""
    return monthly(SUPERVISION, COMMITTEE, records(), tales=_TALES, always=True)


def records() -> list[Record]:
    """Every finding of the year, numbered as they were made."""
    rng = Random(f"{YEAR}|supervision")
    days = [
        day
        for month, many in enumerate(_A_MONTH, start=1)
        for day in sorted(rng.choices(workdays(month_start(month), month_end(month)), k=many))
    ]
    return [_record(rng, number, day) for number, day in enumerate(days, start=1)]


def _record(rng: Random, number: int, day: date) -> Record:
    method = rng.choices([*_FOUND], _METHOD_WEIGHTS)[0]
    unit = rng.choice([office for office in OFFICES if office != COMMITTEE])
    deadline = day + timedelta(days=rng.choice(_DAYS_TO_ANSWER))
    first: Facts = {
        "编号": f"双安督〔{YEAR}〕{number}号",
        "日期": day,
        "方式": method,
        "被督查单位": rng.choice((unit.name, unit.short)),
        "发现问题": rng.choice(_FOUND[method]),
        "整改期限": deadline,
        "曝光": rng.random() < _EXPOSED[method],
    }
    answered = _answered(rng, day, deadline)
    if answered is None:
        return Record(((day, first),))
    crossed_off = answered + timedelta(days=rng.randint(1, 15)) if rng.random() < _CROSSED_OFF else None
    later: Facts = {"销号日期": crossed_off}
    return Record(((day, first), (answered, {"回复日期": answered}), *([(crossed_off, later)] if crossed_off else [])))


def _answered(rng: Random, day: date, deadline: date) -> date | None:
    lot = rng.random()
    if lot < _IN_TIME:
        return day + timedelta(days=rng.randint(2, (deadline - day).days))
    return deadline + timedelta(days=rng.randint(1, 25)) if lot < _IN_TIME + _LATE else None


def _mistakes(rows: Sequence[Facts]) -> list[Slip]:
    """A way of supervision that is none, and a deadline that is no day."""
    first, second, *_others = rows
    return [
        Slip(str(first["编号"]), "方式", "电话询问"),
        Slip(str(second["编号"]), "整改期限", "月底前"),
    ]


_TALES: Tales = {
    ("emergency", 1): written("own_form"),
    ("emergency", 2): arriving("2022-03-09 15:20", "late"),
    ("emergency", 3): written("titled"),
    ("emergency", 5): corrected("2022-06-02 10:20", "2022-06-04 09:10", _mistakes),
}
"""In the first months the inspectors wrote as they used to."""
