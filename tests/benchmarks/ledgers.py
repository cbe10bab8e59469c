"""Enforcement ledgers of any size, made up but valid and the same each time: what benchmarks and the crash test load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from data.zone.periods import Calendar, Month
from tests.benchmarks.workbooks import Cell, write_workbook

TITLES = (
    "序号", "检查日期", "被检查单位", "统一社会信用代码", "行业领域", "属地", "检查方式", "检查人员", "检查文书号",
    "发现隐患数", "其中重大隐患数", "整改期限", "已整改隐患数", "是否处罚", "处罚决定书号", "处罚种类", "罚款金额(元)",
    "复查日期", "复查结论", "备注",
)  # fmt: skip
SECTORS = ("建设施工", "危险化学品", "工贸", "城镇燃气", "电力", "道路交通", "消防", "商贸", "特种设备", "其他")
_TERRITORIES = ("龙滩子街道", "双路街道", "通桥街道", "邮亭镇")
_METHODS = ("日常检查", "日常检查", "日常检查", "专项检查", "明查暗访", "交叉检查", "举报核查")
_REMARKS = (
    "现场已交办",
    "责令限期改正",
    "电器线路私拉乱接，已要求整改",
    "消防通道堆放杂物",
    "应急预案未更新",
    "培训记录不全",
)
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何罗高林"
_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"
_TRADES = ("机械制造", "建材", "再生资源", "物流", "化工", "汽车零部件", "商贸", "食品", "包装", "建筑劳务")
_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ENTERPRISES = 3000
_DAYS_KNOWN = 2
"""Re-inspections are reported up to this day of the next month: before any sensible day of receipt."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Whom the offices inspect, always under the same name, code, sector and territory."""

    name: str
    credit_code: str
    sector: str
    territory: str


def write_ledger(path: Path, unit: str, month: Month, size: int, *, seed: int = 0) -> Path:
    """Write one unit's ledger of a month as a workbook that says itself what it is (``_meta``)."""
    meta = [("kind", "enforcement"), ("unit", unit), ("period", str(month)), ("template", 1)]
    write_workbook(path, {"执法检查台账": [TITLES, *ledger_rows(unit, month, size, seed=seed)], "_meta": meta})
    return path


def ledger_rows(unit: str, month: Month, size: int, *, seed: int = 0) -> Iterator[tuple[Cell, ...]]:
    """Rows in the order of TITLES: four of ten with hazards and a deadline, some of those with a penalty."""
    chance = Random(f"{unit} {month} {seed}")
    calendar = Calendar(None, 1)  # type: ignore[arg-type]  # days alone need no time zone
    first, last = calendar.first_day(month), calendar.last_day(month)
    known = last + timedelta(days=_DAYS_KNOWN)
    for serial in range(1, size + 1):
        on = first + timedelta(days=chance.randrange((last - first).days + 1))
        yield (serial, on, *_inspected(chance, unit, month, serial), *_found(chance, unit, month, serial, on, known))


def _inspected(chance: Random, unit: str, month: Month, serial: int) -> tuple[Cell, ...]:
    one = chance.choice(enterprises())
    people = "、".join(chance.sample(_inspectors(), 2))
    number = f"双{unit}检记〔{month.year}〕{month.month:02}{serial:06}号"
    return one.name, one.credit_code, one.sector, one.territory, chance.choice(_METHODS), people, number


def _found(chance: Random, unit: str, month: Month, serial: int, on: date, known: date) -> tuple[Cell, ...]:
    """Hazards, deadline, penalty and re-inspection of one row, and its remark."""
    remark = chance.choice(_REMARKS) if chance.random() < 0.1 else None
    if chance.random() >= 0.4:
        return 0, 0, None, None, "否", None, None, None, None, None, remark
    hazards = chance.randint(1, 6)
    major = 1 if chance.random() < 0.03 else 0
    by = on + timedelta(days=chance.randint(5, 15))
    penalty: tuple[Cell, ...] = ("否", None, None, None)
    if chance.random() < 0.2:
        fine = chance.randrange(1000, 50_000, 500)
        penalty = ("是", f"双{unit}罚〔{month.year}〕{month.month:02}{serial:06}号", "罚款", fine)
    again = on + timedelta(days=chance.randint(3, 15))
    if again > known or chance.random() < 0.2:
        return hazards, major, by, None, *penalty, None, None, remark
    passed = chance.random() < 0.9
    return hazards, major, by, hazards if passed else 0, *penalty, again, "合格" if passed else "不合格", remark


@lru_cache(maxsize=2)
def enterprises(size: int = _ENTERPRISES) -> list[Enterprise]:
    """The zone's enterprises, each with a credit code whose check character holds; more of them begin with the same."""
    chance = Random("enterprises")
    return [
        Enterprise(
            f"重庆{chance.choice(_SURNAMES)}{chance.choice(_NAMES)}{chance.choice(_TRADES)}有限公司{number:04}厂区",
            credit_code("91500" + "".join(chance.choices(_CODE_CHARACTERS, k=12))),
            chance.choice(SECTORS),
            chance.choice(_TERRITORIES),
        )
        for number in range(size)
    ]


def credit_code(first_17: str) -> str:
    """The code with its check character (GB 32100-2015)."""
    total = sum(_CODE_CHARACTERS.index(one) * pow(3, place, 31) for place, one in enumerate(first_17))
    return first_17 + _CODE_CHARACTERS[-total % 31]


@lru_cache(maxsize=1)
def _inspectors() -> list[str]:
    return [surname + name for surname in _SURNAMES for name in _NAMES[::10]]
