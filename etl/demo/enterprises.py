"""Made-up enterprises of the zone: inspections need places to visit, and real ones must not be named."""

from dataclasses import dataclass
from functools import cache
from random import Random

from etl.demo.words import words

TOWNS = words("龙滩子街道 双路街道 通桥街道 邮亭镇")

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_MODULUS = 31
_CODE_STEP = 3
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_MODULUS = 11
_DISTRICT = "500111"
_WITHOUT_CODE_EVERY = 19
_WRONG_CODE_EVERY = 26

_BRAND_FIRST = "鑫宏恒瑞盛泰永嘉裕荣弘启骏"
_BRAND_SECOND = "沅途蔚衡沛谷岚澄屿翎桥"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One place that can be inspected; `code` is None where nobody has ever written it down."""

    name: str
    code: str | None
    sector: str
    town: str
    trade: str


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: how many there are, who registers them (the code's first two), their names."""

    key: str
    sector: str
    count: int
    registrar: str
    names: tuple[str, ...]


TRADES = (
    Trade(
        "工程",
        "建设施工",
        14,
        "91",
        words(
            "重庆{brand}建筑工程有限公司 重庆{brand}市政工程有限公司 重庆{brand}建筑劳务有限公司 "
            "{brand}（重庆）建设集团有限公司 重庆{brand}装饰工程有限公司"
        ),
    ),
    Trade(
        "燃气",
        "城镇燃气",
        6,
        "91",
        words("重庆{brand}燃气有限责任公司 重庆{brand}液化石油气有限公司{town}供应站"),
    ),
    Trade(
        "化工",
        "危险化学品",
        6,
        "91",
        words("重庆{brand}化工有限公司 重庆{brand}工业气体有限公司 重庆{brand}涂料有限公司"),
    ),
    Trade("加油", "危险化学品", 5, "91", words("重庆{brand}石油销售有限公司{town}加油站")),
    Trade(
        "制造",
        "工贸",
        18,
        "91",
        words(
            "重庆{brand}机械制造有限公司 重庆{brand}汽车零部件有限公司 重庆{brand}金属制品有限公司 "
            "{brand}（重庆）专用汽车有限公司 重庆{brand}铝业有限公司 重庆{brand}铸造有限公司"
        ),
    ),
    Trade(
        "再生",
        "工贸",
        10,
        "91",
        words(
            "重庆{brand}再生资源有限公司 重庆{brand}环保科技有限公司 "
            "重庆{brand}报废汽车回收拆解有限公司 重庆{brand}再生铜业有限公司"
        ),
    ),
    Trade("供电", "电力", 4, "91", words("重庆{brand}电力安装有限公司 重庆{brand}售电有限公司")),
    Trade(
        "货运",
        "道路交通",
        8,
        "91",
        words("重庆{brand}物流有限公司 重庆{brand}运输有限公司 重庆{brand}危险货物运输有限公司"),
    ),
    Trade(
        "客运",
        "道路交通",
        6,
        "91",
        words("重庆{brand}公共交通有限公司 重庆{brand}旅游客运有限公司 重庆{brand}出租汽车有限公司"),
    ),
    Trade("楼宇", "消防", 7, "91", words("重庆{brand}物业管理有限公司 重庆{brand}商业广场管理有限公司")),
    Trade("烟花", "烟花爆竹", 5, "92", words("{town}{brand}烟花爆竹经营部")),
    Trade(
        "采石",
        "非煤矿山",
        4,
        "91",
        words("重庆{brand}矿业有限公司{town}采石场 重庆{brand}建材有限公司砂石厂"),
    ),
    Trade(
        "商场",
        "商贸",
        9,
        "91",
        words(
            "重庆{brand}超市有限公司 重庆{brand}商贸有限公司 重庆{brand}农产品批发市场有限公司 重庆{brand}仓储有限公司"
        ),
    ),
    Trade(
        "电梯",
        "特种设备",
        6,
        "91",
        words("重庆{brand}电梯有限公司 重庆{brand}起重设备有限公司 重庆{brand}锅炉有限公司"),
    ),
    Trade("酒店", "文化旅游", 5, "91", words("重庆{brand}酒店管理有限公司 重庆{brand}文化旅游开发有限公司")),
    Trade("学校", "教育", 6, "52", words("{town}{brand}幼儿园 重庆市双桥{brand}职业培训学校")),
    Trade("养老", "其他", 4, "52", words("{town}{brand}养老服务中心")),
)


@cache
def register() -> tuple[Enterprise, ...]:
    """Every enterprise of the zone, always the same ones."""
    rng = Random("enterprises of the zone")
    brands = [first + second for first in _BRAND_FIRST for second in _BRAND_SECOND]
    rng.shuffle(brands)
    trades = [trade for trade in TRADES for _ in range(trade.count)]
    pairs = zip(trades, brands, strict=False)
    return tuple(_enterprise(rng, place, trade, brand) for place, (trade, brand) in enumerate(pairs))


def _enterprise(rng: Random, place: int, trade: Trade, brand: str) -> Enterprise:
    town = TOWNS[place % len(TOWNS)]
    name = rng.choice(trade.names).format(brand=brand, town=town)
    code = _known_code(place, credit_code(rng, trade.registrar))
    return Enterprise(name, code, trade.sector, town, trade.key)


def _known_code(place: int, code: str) -> str | None:
    """The code as the offices have it: now and then nobody knows it, or it was once copied wrongly."""
    if place % _WITHOUT_CODE_EVERY == _WITHOUT_CODE_EVERY - 1:
        return None
    if place % _WRONG_CODE_EVERY == _WRONG_CODE_EVERY - 1:
        return code[:-1] + CODE_ALPHABET[(CODE_ALPHABET.index(code[-1]) + 1) % _CODE_MODULUS]
    return code


def credit_code(rng: Random, registrar: str) -> str:
    """A valid unified social credit code (GB 32100) around a valid organisation code (GB 11714)."""
    body = "MA" + "".join(rng.choices(CODE_ALPHABET, k=6))
    code = registrar + _DISTRICT + body + _body_check(body)
    return code + _code_check(code)


def _body_check(body: str) -> str:
    total = sum(weight * int(letter, 36) for weight, letter in zip(_BODY_WEIGHTS, body, strict=True))
    return "0123456789X"[-total % _BODY_MODULUS]


def _code_check(code: str) -> str:
    weights = (pow(_CODE_STEP, place, _CODE_MODULUS) for place in range(len(code)))
    total = sum(weight * CODE_ALPHABET.index(letter) for weight, letter in zip(weights, code, strict=True))
    return CODE_ALPHABET[-total % _CODE_MODULUS]
