"""The enterprises that the zone has on its lists, four hundred, and those that nobody listed: who they are in 2022."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from etl.demo.accidents_before import EARLIER
from etl.demo.accidents_of_the_year import OF_THE_YEAR
from etl.demo.enterprises import TOWNS, TRADES, Enterprise, Trade, credit_code, register
from etl.demo.words import words

_FIRST = "鼎晟翔锦铭润晖卓熠尧麒崇轩涵朗奕昱沣禾璟楷霖煜竣岱珩"
_SECOND = "沅途蔚衡沛谷岚澄屿翎桥"
_TOWN_WEIGHTS = (34, 28, 16, 22)
_FURTHER: Mapping[str, int] = {
    "工程": 34,
    "燃气": 6,
    "化工": 14,
    "加油": 10,
    "制造": 76,
    "再生": 22,
    "供电": 4,
    "货运": 22,
    "客运": 8,
    "楼宇": 16,
    "烟花": 8,
    "采石": 6,
    "商场": 24,
    "电梯": 10,
    "酒店": 9,
    "学校": 7,
    "养老": 5,
}
"""How many of each trade there are besides those that the ledgers of inspections name."""

_DEPARTMENTS: Mapping[str, str] = {
    "工程": "建管局",
    "燃气": "建管局",
    "化工": "应急局",
    "加油": "应急局",
    "烟花": "应急局",
    "采石": "应急局",
    "制造": "经发局",
    "再生": "经发局",
    "供电": "经发局",
    "商场": "经发局",
    "货运": "交通局",
    "客运": "交通局",
    "楼宇": "消防大队",
    "电梯": "市监局",
    "酒店": "社事局",
    "学校": "社事局",
    "养老": "社事局",
}
_LARGE: Mapping[str, tuple[str, float]] = {
    "工程": ("资质建筑", 0.8),
    "化工": ("规上工业", 0.6),
    "制造": ("规上工业", 0.45),
    "再生": ("规上工业", 0.4),
    "供电": ("规上工业", 0.3),
    "采石": ("规上工业", 0.4),
    "商场": ("限上商贸", 0.5),
    "酒店": ("限上商贸", 0.4),
    "加油": ("限上商贸", 0.4),
}
"""The size that lifts an enterprise of the trade above the small ones, and how many have it."""

SMALL = "其他"
_KEY: Mapping[str, float] = {
    "工程": 0.5,
    "燃气": 1.0,
    "化工": 1.0,
    "加油": 0.8,
    "烟花": 1.0,
    "采石": 1.0,
    "客运": 1.0,
    "货运": 0.4,
    "制造": 0.1,
}
_HIGH_RISK: Mapping[str, float] = {
    "化工": 1.0,
    "烟花": 1.0,
    "采石": 1.0,
    "加油": 0.7,
    "燃气": 0.6,
    "工程": 0.3,
    "再生": 0.1,
}
_DANGEROUS_GOODS = "危险货物"
_PILOT_SECTORS = frozenset(words("建设施工 危险化学品 工贸 城镇燃气 电力"))
_PILOTS = 0.27
_GRADES: tuple[str | None, ...] = ("一级", "二级", "三级", None)
_GRADES_OF_LARGE, _GRADES_OF_SMALL = (3, 32, 45, 20), (0, 3, 22, 75)
_ENGINEERS = 0.45
_UNLISTED = 4
_WORKSHOPS = frozenset(words("制造 商场"))
_SURNAMES = "陈刘周吴徐孙马朱胡林郭何罗梁宋谢唐许邓冯韩曹曾彭萧蔡潘田董袁"
_GIVEN = words(
    "国强 志远 春花 立新 明辉 小梅 德华 永福 家兴 玉珍 海波 晓东 建军 红霞 光荣 天佑 文彬 素芳 正平 长青 "
    "少波 启明 云峰 秀兰 大勇 世杰 佳怡 成林 新民 淑华"
)


@dataclass(frozen=True, slots=True)
class Registered:
    """One enterprise as its own papers have it; ``department`` is the short name of who supervises its trade."""

    name: str
    code: str
    sector: str
    town: str
    trade: str
    department: str
    size: str
    key_industry: bool
    high_risk: bool
    pilot: bool
    grade: str | None
    head: str
    chief_engineer: bool

    @property
    def large(self) -> bool:
        """Whether it is above the size from which offices count enterprises one by one."""
        return self.size != SMALL


@cache
def enterprises() -> tuple[Registered, ...]:
    """Every enterprise of the zone, always the same ones: first those that the ledgers of inspections name."""
    rng = Random("the zone's lists of enterprises")
    inspected = [_on_record(rng, place) for place in register()]
    return (*inspected, *_further(rng))


@cache
def unlisted() -> frozenset[str]:
    """The codes of the few that are inspected and that no list has."""
    told_of = {one.scene.enterprise for accidents in (OF_THE_YEAR, *EARLIER.values()) for one in accidents}
    inspected = enterprises()[: len(register())]
    quiet = [one.code for one in inspected if one.trade in _WORKSHOPS and not one.large and one.name not in told_of]
    return frozenset(Random("listed by nobody").sample(quiet, _UNLISTED))


@cache
def by_name() -> Mapping[str, Registered]:
    """Every enterprise by its name, which is its own alone."""
    return {one.name: one for one in enterprises()}


def _further(rng: Random) -> list[Registered]:
    brands = [first + second for first in _FIRST for second in _SECOND]
    rng.shuffle(brands)
    trades = [trade for trade in TRADES for _ in range(_FURTHER[trade.key])]
    return [_on_record(rng, _drawn(rng, trade, brand)) for trade, brand in zip(trades, brands, strict=False)]


def _drawn(rng: Random, trade: Trade, brand: str) -> Enterprise:
    town = rng.choices(TOWNS, _TOWN_WEIGHTS)[0]
    name = rng.choice(trade.names).format(brand=brand, town=town)
    return Enterprise(name, credit_code(rng, trade.registrar), trade.sector, town, trade.key)


def _on_record(rng: Random, place: Enterprise) -> Registered:
    """What else is known of it; a code that no ledger ever had stands on its licence all the same."""
    registrar = next(trade.registrar for trade in TRADES if trade.key == place.trade)
    code = place.code or credit_code(rng, registrar)
    size, share = _LARGE.get(place.trade, (SMALL, 0.0))
    large = rng.random() < share
    high_risk = rng.random() < _HIGH_RISK.get(place.trade, 0.0) or _DANGEROUS_GOODS in place.name
    return Registered(
        name=place.name,
        code=code,
        sector=place.sector,
        town=place.town,
        trade=place.trade,
        department=_DEPARTMENTS[place.trade],
        size=size if large else SMALL,
        key_industry=rng.random() < _KEY.get(place.trade, 0.0),
        high_risk=high_risk,
        pilot=place.sector in _PILOT_SECTORS and rng.random() < _PILOTS,
        grade=rng.choices(_GRADES, _GRADES_OF_LARGE if large else _GRADES_OF_SMALL)[0],
        head=rng.choice(_SURNAMES) + rng.choice(_GIVEN),
        chief_engineer=high_risk and rng.random() < _ENGINEERS,
    )
