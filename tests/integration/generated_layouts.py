"""One truth, laid out as some office might: every freedom that CONTRACT's "Taken as it comes" grants, taken at random.

A truth is a workbook's rows as plain values; ``plainly`` writes it as our template would, ``as_an_office`` as nobody
would twice. The same seed gives the same workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from typing import Any

from data.schema.hazards import GRADES
from data.schema.supervision import METHODS as METHODS_OF_SUPERVISION
from data.schema.tipoffs import TYPES
from data.zone.zone import Zone
from etl.kinds.enforcement.columns import CONCLUSIONS, METHODS
from etl.kinds.enterprises import SIZES
from etl.kinds.kind import Kind
from etl.kinds.registry import KINDS
from etl.kinds.targets import MONTHS
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.headings.names import header_name, names_of
from tests.integration.ledgers import Book
from tests.integration.papers import NAMES

WIDE = {ord(one): ord(one) + 0xFEE0 for one in "0123456789,.-/"}
COMPANIES = (
    ("重庆宏达机械有限公司", "91502914MA3FQEFLC0"), ("重庆华泰永再生资源有限公司", "91506914MAHTYUCA4W"),
    ("重庆创兴永商贸有限公司", "91508177MAQ2GEPXEQ"),
)  # fmt: skip
Row = dict[str, Any]
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Truth:
    """What a workbook says: its kind, unit and period, and each table's rows by column."""

    kind: Kind
    unit: str
    period: str
    tables: dict[str, list[Row]]

    @property
    def meta(self) -> dict[str, str]:
        """What ``_meta`` says of it."""
        return {"kind": self.kind.code, "unit": self.unit, "period": self.period, "template": "1"}


def truth(chance: Random, kind: str) -> Truth:
    """Some rows of a kind that break no rule."""
    return _TRUTHS[kind](chance)


def _some(chance: Random, value: Any, share: float = 0.7) -> Any:
    return value if chance.random() < share else None


def _enforcement(chance: Random) -> Truth:
    cases: list[Row] = []
    decisions = 0
    for number in range(1, chance.randint(2, 9)):
        company, code = chance.choice(COMPANIES)
        on = date(2022, 5, chance.randint(1, 10))
        hazards = chance.choice((0, 1, 2, 12, 1200))
        punished = hazards > 0 and chance.random() < 0.4
        decisions += punished
        again = hazards > 0 and chance.random() < 0.5
        cases.append({
            "inspected_on": on, "enterprise": company, "credit_code": code, "sector": chance.choice(("industry_trade", "construction")),
            "territory": _some(chance, "龙滩子街道"), "method": _some(chance, chance.choice(METHODS)),
            "inspectors": _some(chance, "张伟、李娜"), "number": f"（渝双）应急检记〔2022〕{number}号", "hazards": hazards,
            "major_hazards": _some(chance, min(hazards, 1)), "rectify_by": on + timedelta(days=chance.randint(0, 80)) if hazards else None,
            "rectified": _some(chance, chance.randint(0, hazards)), "penalised": punished,
            "decision": f"双罚〔2022〕{decisions}号" if punished else None, "penalty_kind": "罚款" if punished else None,
            "fine_yuan": Decimal(chance.choice((500, 15000, 1234567))) if punished else None,
            "reinspected_on": on + timedelta(days=chance.randint(0, 20)) if again else None,
            "conclusion": chance.choice(CONCLUSIONS) if again else None, "remark": _some(chance, "现场已交办", 0.3),
        })  # fmt: skip
    looks: list[Row] = [
        {
            "number": case["number"],
            "reinspected_on": max(case["inspected_on"], date(2022, 5, 28)),
            "conclusion": chance.choice(CONCLUSIONS),
            "rectified": _some(chance, case["hazards"]),
            "remark": _some(chance, "复查", 0.3),
        }
        for case in cases
        if chance.random() < 0.4
    ]
    return Truth(KINDS["enforcement"], "longtanzi", "2022-05", {"ledger": cases, "follow_ups": looks})


def _targets(chance: Random) -> Truth:
    units = chance.sample(("longtanzi", "shuanglu", "tongqiao", "youting"), chance.randint(1, 4))
    caps: list[Row] = [{"unit": "全区", "sector": None, "cap": 6}]
    caps += [
        {"unit": unit, "sector": _some(chance, "construction", 0.3), "cap": chance.randint(0, 3)} for unit in units
    ]
    plans: list[Row] = [
        {"unit": unit, **{month: _some(chance, chance.randint(0, 1500), 0.8) for month in MONTHS}, "monthly": _some(chance, 4)}
        for unit in units
    ]  # fmt: skip
    return Truth(KINDS["targets"], "emergency", "2022", {"caps": caps, "plans": plans})


def _self_assessment(chance: Random) -> Truth:
    rows: list[Row] = [
        {
            "serial": number, "measure": name, "wanted": _some(chance, "按方案落实"), "full": Decimal(10),
            "mark": Decimal(chance.randint(0, 20)) / 2, "done": "已完成", "evidence": _some(chance, "附件1"),
            "reason": _some(chance, "资料不全", 0.3),
        }
        for number, name in enumerate(NAMES, start=1)
    ]  # fmt: skip
    return Truth(KINDS["self_assessment"], "longtanzi", "2022Q2", {"measures": rows})


def _review(chance: Random) -> Truth:
    units = chance.sample(("longtanzi", "shuanglu", "tongqiao"), chance.randint(1, 3))
    marks: list[Row] = [
        {"unit": unit, "measure": name, "mark": Decimal(chance.randint(0, 20)) / 2, "reason": _some(chance, "资料不全", 0.3)}
        for unit in units
        for name in NAMES
    ]  # fmt: skip
    extras: list[Row] = [
        {"unit": unit, "bonus": _some(chance, Decimal(2)), "deduction": _some(chance, Decimal("1.5")), "veto": False, "reason": "通报表扬"}
        for unit in units
    ]  # fmt: skip
    return Truth(KINDS["review"], "emergency", "2022Q2", {"marks": marks, "extras": extras})


def _accidents(chance: Random) -> Truth:
    rows: list[Row] = []
    for number in range(1, chance.randint(2, 6)):
        on = date(2022, chance.randint(1, 5), chance.randint(1, 28))
        rows.append({
            "number": f"双事〔2022〕{number}号", "happened_on": on, "enterprise": chance.choice(COMPANIES)[0],
            "territory": chance.choice(("longtanzi", "shuanglu")), "sector": chance.choice(("industry_trade", "construction")),
            "department": _some(chance, "economy"), "type": "机械伤害", "dead": chance.randint(0, 2),
            "serious_injuries": chance.randint(0, 2), "missing": _some(chance, 0), "minor_injuries": _some(chance, 3),
            "loss_yuan": _some(chance, Decimal(chance.choice((800_000, 15_000, 1_234_500)))), "class": None, "counted": chance.random() < 0.8,
            "status": _some(chance, "认定"), "stability": _some(chance, False), "both_examined": _some(chance, True),
            "supervised_on": None, "reported_on": _some(chance, on + timedelta(days=60)), "extended_to": None,
            "held_responsible": _some(chance, 2), "transferred_on": None, "closed_on": _some(chance, on + timedelta(days=90), 0.3),
            "remark": _some(chance, "已通报"),
        })  # fmt: skip
    return Truth(KINDS["accidents"], "emergency", "2022-05", {"ledger": rows})


def _baseline(chance: Random) -> Truth:
    rows: list[Row] = [
        {
            "unit": unit, "month": month, "inspections": chance.randint(1, 3000), "problem_inspections": _some(chance, 5),
            "hazards": _some(chance, 9), "major_hazards": _some(chance, 1), "penalties": _some(chance, 2),
            "fines_yuan": _some(chance, Decimal(chance.choice((30_000, 500)))),
        }
        for unit in chance.sample(("longtanzi", "shuanglu", "tongqiao"), chance.randint(1, 3))
        for month in chance.sample(range(1, 13), chance.randint(1, 5))
    ]  # fmt: skip
    return Truth(KINDS["baseline"], "emergency", "2021", {"sums": rows})


def _enterprises(chance: Random) -> Truth:
    rows: list[Row] = []
    for name, code in chance.sample(COMPANIES, chance.randint(1, 3)):
        told = {
            "name": name, "credit_code": code, "territory": chance.choice(("longtanzi", "shuanglu")),
            "sector": chance.choice(("industry_trade", "construction")), "department": _some(chance, "economy"),
            "size": chance.choice(SIZES), "key_industry": _some(chance, True), "high_risk": _some(chance, False),
            "pilot": _some(chance, True), "grade": _some(chance, "三级"), "head": _some(chance, "张三"),
            "chief_engineer": _some(chance, False), "starts_on": _some(chance, date(2019, 3, 4)), "ends_on": _some(chance, date(2022, 11, 5)),
        }  # fmt: skip
        rows.append(told)
        if told["ends_on"] is not None and chance.random() < 0.5:
            rows.append({**told, "starts_on": date(2022, 11, 6), "ends_on": None, "territory": "youting"})
    return Truth(KINDS["enterprises"], "longtanzi", "2022", {"list": rows})


def _frontline(chance: Random) -> Truth:
    rows: list[Row] = []
    for name, code in chance.sample(COMPANIES, chance.randint(1, 3)):
        told = {key: chance.random() < 0.8 for key in ("risk_list", "duty_list", "operation_card", "response_card")}
        done = date(2022, 5, chance.randint(1, 28)) if all(told.values()) else None
        rows.append({
            "enterprise": name, "credit_code": code, "posts": _some(chance, chance.choice((12, 1200))), **told,
            "completed_on": done and _some(chance, done), "remark": _some(chance, "在编"),
        })  # fmt: skip
    return Truth(KINDS["frontline"], "longtanzi", "2022-05", {"ledger": rows})


def _hazards(chance: Random) -> Truth:
    rows: list[Row] = []
    for number in range(1, chance.randint(2, 7)):
        company, code = chance.choice(COMPANIES)
        on = date(2022, chance.randint(1, 5), chance.randint(1, 28))
        rows.append({
            "number": f"龙隐〔2022〕{number}号", "found_on": on, "enterprise": company, "credit_code": code,
            "sector": chance.choice(("industry_trade", "construction")), "territory": _some(chance, chance.choice(("longtanzi", "shuanglu"))),
            "description": chance.choice(("有限空间未设警示", "消防通道堵塞")), "grade": chance.choice(GRADES),
            "level": _some(chance, chance.choice(("部门级", "企业级"))), "rectify_by": on + timedelta(days=chance.randint(0, 120)),
            "measures": _some(chance, "限期整改"), "crossed_off_on": _some(chance, on + timedelta(days=chance.randint(0, 5)), 0.5),
            "remark": _some(chance, "已交办"),
        })  # fmt: skip
    return Truth(KINDS["hazards"], "longtanzi", "2022-05", {"ledger": rows})


def _supervision(chance: Random) -> Truth:
    rows: list[Row] = []
    for serial in range(1, chance.randint(2, 4)):
        ordered_on = date(2022, chance.choice((4, 5)), chance.randint(1, 28))
        answered_on = _some(chance, ordered_on + timedelta(days=chance.randint(0, 3)))
        rows.append({
            "number": f"督〔2022〕{serial}号", "ordered_on": ordered_on, "method": chance.choice(METHODS_OF_SUPERVISION),
            "supervised": chance.choice(("longtanzi", "economy")), "finding": chance.choice(("值班脱岗", "重大隐患未闭环")),
            "due_on": _some(chance, date(2022, 6, 10)), "answered_on": answered_on, "exposed": _some(chance, True),
            "closed_on": _some(chance, date(2022, 6, 1)), "remark": _some(chance, "已催办"),
        })  # fmt: skip
    return Truth(KINDS["supervision"], "emergency", "2022-05", {"ledger": rows})


def _tipoffs(chance: Random) -> Truth:
    rows: list[Row] = []
    for serial in range(1, chance.randint(2, 4)):
        reward = _some(chance, Decimal(chance.choice((500, 20_000))))
        rows.append({
            "number": f"举〔2022〕{serial}号", "received_on": date(2022, chance.choice((4, 5)), chance.randint(1, 28)),
            "type": chance.choice(TYPES), "object": chance.choice(COMPANIES)[0], "sector": _some(chance, "construction"),
            "substantiated": _some(chance, True), "reward_yuan": reward, "paid_on": reward and _some(chance, date(2022, 6, 2)),
            "closed_on": _some(chance, date(2022, 6, 1)), "remark": _some(chance, "核查中"),
        })  # fmt: skip
    return Truth(KINDS["tipoffs"], "longtanzi", "2022-05", {"ledger": rows})


def _disasters(chance: Random) -> Truth:
    rows: list[Row] = []
    for number in range(1, chance.randint(2, 5)):
        day = date(2022, chance.randint(1, 5), chance.randint(1, 27))
        warned = datetime.combine(day, time(chance.randint(0, 23), chance.randint(0, 59)))
        steps = [warned := warned + timedelta(minutes=chance.randint(1, 300)) for _ in range(4)]
        taken = chance.randint(1, 4)
        told = dict(zip(("warned_at", "called_at", "answered_at", "fed_back_at"), steps[:taken], strict=False))
        in_need = chance.choice((0, 40, 1200))
        rows.append({
            **told, "number": f"双灾2022-{number:02}", "happened_at": _some(chance, steps[0] + timedelta(hours=2)), "type": "暴雨",
            "territory": chance.choice(("longtanzi", "shuanglu")), "measures": _some(chance, chance.choice(("停", "禁、撤、疏"))),
            "moved": _some(chance, 1200), "dead": _some(chance, 0), "missing": _some(chance, 1), "responsible": _some(chance, False),
            "in_need": in_need, "helped": chance.randint(0, in_need), "remark": _some(chance, "已核实"),
        })  # fmt: skip
    return Truth(KINDS["disasters"], "longtanzi", "2022-05", {"ledger": rows})


def _tasks(chance: Random) -> Truth:
    """Of the office's items: some that list their objects, some that are told in parts, one measured in 万元."""
    told = [
        ("1.1", "党工委书记", 2), ("1.1", "管委会主任", 2), ("9.2", "技术检查员", 5), ("2.1", None, 4), ("7.6", "应急管理局", 4), ("10.1", "上级安排", 6),
        ("10.1", "自行开展", 6), ("17.2", None, 5), ("safeguards.2.1", None, 200), ("14.5", None, 1200),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            "item": item, "object": written, "expected": Decimal(expected),
            "done": Decimal(chance.choice(("0", "1", "12.5" if item == "safeguards.2.1" else "2"))),
            "happened_on": _some(chance, date(2022, chance.randint(1, 5), chance.randint(1, 28)), 0.4),
            "completed_on": _some(chance, date(2022, chance.randint(1, 5), chance.randint(1, 28)), 0.6),
            "progress": chance.choice(("正在推进", "尚未启动", "已经完成")), "evidence": _some(chance, "会议纪要"),
            "trouble": _some(chance, "人手不足", 0.3),
        }
        for item, written, expected in sorted(chance.sample(told, chance.randint(1, 8)), key=told.index)
    ]  # fmt: skip
    return Truth(KINDS["tasks"], "emergency", "2022Q2", {"ledger": rows})


_TRUTHS: dict[str, Callable[[Random], Truth]] = {
    "enforcement": _enforcement, "targets": _targets, "self_assessment": _self_assessment, "review": _review,
    "accidents": _accidents, "baseline": _baseline, "enterprises": _enterprises,
    "frontline": _frontline, "hazards": _hazards,
    "supervision": _supervision, "tipoffs": _tipoffs,
    "disasters": _disasters, "tasks": _tasks,
}  # fmt: skip


@dataclass
class Laid:
    """A workbook as laid out, with the cells that are merged on each sheet."""

    book: Book
    merged: dict[str, list[Merge]] = field(default_factory=dict)


def plainly(told: Truth, zone: Zone) -> Laid:
    """The workbook as our own template has it: every column, its own title, plain values."""
    sheets: dict[str, list[list[Any]]] = {}
    for spec in told.kind.tables:
        if spec.key in told.tables:
            header: list[Any] = [column.title for column in spec.columns]
            rows = [
                [_plain(column, row.get(column.key), zone) for column in spec.columns] for row in told.tables[spec.key]
            ]
            sheets[spec.title] = [header, *rows]
    return Laid(Book(sheets, told.meta))


def _plain(column: Column, value: Any, zone: Zone) -> Any:
    if value is None:
        return None
    match column.cells:
        case Cells.SECTOR:
            return zone.sectors[value]
        case Cells.UNIT | Cells.UNIT_OR_ZONE:
            return zone.unit_by_code[value].name if value in zone.unit_by_code else value
        case Cells.FLAG:
            return "是" if value else "否"
        case Cells.MONEY:
            return float(value / 10_000) if "万元" in column.title else float(value)
        case Cells.MARK | Cells.QUANTITY:
            return float(value)
        case Cells.MONTH:
            return f"{value}月"
        case _:
            return value


def as_an_office(chance: Random, told: Truth, zone: Zone) -> Laid:
    """The same workbook as an office might send it."""
    laid = Laid(Book({}))
    labelled = chance.random() < 0.5
    specs = [spec for spec in told.kind.tables if spec.key in told.tables]
    chance.shuffle(specs)
    for spec in specs:
        if chance.random() < 0.3:
            laid.book.sheets.update(_unrelated(chance, len(laid.book.sheets)))
        _lay_out(chance, told, spec, zone, laid, labelled=labelled)
    if chance.random() < 0.3:
        laid.book.sheets.update(_unrelated(chance, len(laid.book.sheets)))
    laid.book.meta = {} if labelled else told.meta
    return laid


def _unrelated(chance: Random, number: int) -> dict[str, list[list[Any]]]:
    return {
        f"{chance.choice(('说明', '通讯录', '封面'))}{number}": chance.choice((
            [["请于每月5日前报送"], [None], ["联系人", "张三", 13800000000]],
            [["姓名", "电话", "科室"], ["张三", "138", "安监科"]],
            [[None, None, "二〇二二年"]],
        ))
    }  # fmt: skip


def _lay_out(chance: Random, told: Truth, spec: TableSpec, zone: Zone, laid: Laid, *, labelled: bool) -> None:
    """One table on a sheet of its own, with everything around it."""
    rows = told.tables[spec.key]
    columns = [
        column
        for column in spec.columns
        if column.required or any(row.get(column.key) is not None for row in rows) or chance.random() < 0.5
    ]
    chance.shuffle(columns)
    strange = {
        place: chance.choice(("录入人", "系统编码", "录入时间戳"))
        for place in [chance.randint(0, len(columns))]
        if chance.random() < 0.4
    }
    ten_thousands = {column.key for column in columns if column.cells is Cells.MONEY and chance.random() < 0.5}
    headers = [_header(chance, spec, column, column.key in ten_thousands) for column in columns]
    for place, name in strange.items():
        headers.insert(place, name)
    levels = _levels(chance, headers)
    above = _above(chance, told, zone, labelled=labelled)[: 15 - len(levels)]
    cells, merges = _body(chance, told, spec, columns, zone, ten_thousands)
    for place in strange:
        for row in cells:
            row.insert(place, chance.choice((None, "x", 7)))
        merges = [
            ((top, left + (left >= place)), (bottom, right + (right >= place)))
            for (top, left), (bottom, right) in merges
        ]
    if rows and not strange and chance.random() < 0.3:
        numbered = _numbers(chance, len(headers))
        cells.insert(0, numbered)
        merges = [((top + 1, left), (bottom + 1, right)) for (top, left), (bottom, right) in merges]
    first = len(above) + len(levels)
    name = _sheet_name(chance, told, spec)
    laid.book.sheets[name] = [*above, *levels, *cells, *_below(chance, len(headers))]
    laid.merged[name] = [((top + first, left), (bottom + first, right)) for (top, left), (bottom, right) in merges]


def _sheet_name(chance: Random, told: Truth, spec: TableSpec) -> str:
    alone = told.kind.code in {
        "self_assessment",
        "accidents",
        "baseline",
        "enterprises",
        "frontline",
        "hazards",
        "supervision",
        "tipoffs",
        "disasters",
        "tasks",
    }
    names = [spec.title, *spec.aliases, " ".join(spec.title), f" {spec.title} ", *(["Sheet1", "2022"] if alone else [])]
    return chance.choice(names)


def _header(chance: Random, spec: TableSpec, column: Column, in_ten_thousands: bool) -> str:
    names = names_of(spec)
    known = [
        one
        for one in (column.title, *column.aliases)
        if names.get(header_name(one)) is None or names[header_name(one)].key == column.key
    ]
    name = chance.choice((column.title, chance.choice(known)))
    if column.cells is Cells.MONEY:
        bare = name.split("(")[0].split("（")[0]
        name = f"{bare}（{'万元' if in_ten_thousands else '元'}）"
    for chosen, change in (
        (0.2, lambda text: text[:1] + "\n" + text[1:]),
        (0.2, " ".join),
        (0.2, lambda text: text.replace("(", "（").replace(")", "）")),
        (0.2, lambda text: f"*{text}"),
        (0.1, lambda text: f"　{text}　"),
    ):
        if chance.random() < chosen:
            name = change(name)
    return name


def _levels(chance: Random, headers: Sequence[str]) -> list[list[Any]]:
    """The header in one, two or three rows: some neighbours under a common title, the others merged from the top."""
    depth = chance.randint(1, 3)
    levels: list[list[Any]] = [[None] * len(headers) for _ in range(depth)]
    grouped = False
    for place, name in enumerate(headers):
        if depth > 1 and (not grouped or chance.random() < 0.3):
            grouped = chance.random() < 0.5
            if grouped:
                levels[0][place] = chance.choice(("基本情况", "查处情况", "整改落实", "有关数据"))
                if depth == 3 and chance.random() < 0.5:
                    levels[1][place] = "其中情况"
        levels[-1 if grouped else 0][place] = name
    return levels


def _above(chance: Random, told: Truth, zone: Zone, *, labelled: bool) -> list[list[Any]]:
    unit = zone.unit_by_code[told.unit]
    label = {"month": "填报月份", "quarter": "填报季度", "year": "填报年度"}[told.kind.frequency]
    written = {"2022-05": "2022年5月", "2022Q2": "2022年第二季度", "2022": "２０２２年", "2021": "2021年度"}[
        told.period
    ]
    lines: list[list[Any]] = []
    if labelled:
        name = chance.choice((unit.name, unit.short_name))
        lines.append(chance.choice((
            [f"填报单位：{name}（盖章）", None, f"{label}：{written}"],
            [f"填报单位（盖章）：{name}　　{label}:{told.period}　　填报时间：2022年6月2日"],
            ["填报单位", name, None, label, written],
            [None, "填 报 单 位 ：", name, f"{label}：", written],
        )))  # fmt: skip
    fillers: list[list[Any]] = [
        [f"{unit.name}{told.kind.title}"],
        [None],
        ["（示例）单位：元"],
        ["请如实填写，不得瞒报"],
        [" "],
    ]
    for _ in range(chance.choice((0, 0, 1, 2, 11 - len(lines)))):
        lines.insert(chance.randint(0, len(lines)), chance.choice(fillers))
    return lines


def _body(
    chance: Random, told: Truth, spec: TableSpec, columns: Sequence[Column], zone: Zone, ten_thousands: set[str]
) -> tuple[list[list[Any]], list[Merge]]:
    """The rows as written, with sums and blank rows between them, and the cells merged down a column."""
    rows = told.tables[spec.key]
    cells: list[list[Any]] = []
    merges: list[Merge] = []
    since = 0
    blocks: list[list[int]] = [[]]
    for index, row in enumerate(rows):
        cells.append([_written(chance, told, column, row, zone, column.key in ten_thousands) for column in columns])
        blocks[-1].append(len(cells) - 1)
        chosen = chance.random()
        if chosen < 0.1:
            cells += [[None] * len(columns) for _ in range(chance.randint(1, 3))]
            blocks.append([])
        elif chosen < 0.2:
            cells.append(_sums(chance, "小计", columns, rows[since : index + 1], ten_thousands))
            since = index + 1
            blocks.append([])
    for place, column in enumerate(columns):
        told_values = {
            at: rows[number].get(column.key) for number, at in enumerate(at for block in blocks for at in block)
        }
        for block in blocks:
            for value, run in groupby(block, key=told_values.__getitem__):
                alike = list(run)
                if value is not None and len(alike) > 1 and column.cells is not Cells.SERIAL:
                    _say_once(chance, cells, merges, alike, place)
    if rows and chance.random() < 0.4:
        cells.append(_sums(chance, chance.choice(("合计", "合　计", "总计", "合计：")), columns, rows, ten_thousands))
    return cells, merges


def _say_once(chance: Random, cells: list[list[Any]], merges: list[Merge], alike: list[int], place: int) -> None:
    chosen = chance.random()
    if chosen < 0.2:
        for at in alike[1:]:
            cells[at][place] = None
        merges.append(((alike[0], place), (alike[-1], place)))
    elif chosen < 0.4:
        for at in alike[1:]:
            cells[at][place] = chance.choice(("同上", "〃", " 同 上 ", "″"))


def _sums(
    chance: Random, label: str, columns: Sequence[Column], rows: Sequence[Row], ten_thousands: set[str]
) -> list[Any]:
    """A row of right sums; its label stands in one of the first columns."""
    line: list[Any] = []
    for column in columns:
        figures = [row.get(column.key) or 0 for row in rows]
        if column.cells not in {Cells.COUNT, Cells.QUANTITY, Cells.MONEY, Cells.MARK} or chance.random() < 0.3:
            line.append(None)
        elif column.cells is Cells.MONEY and column.key in ten_thousands:
            line.append(float(Decimal(sum(figures)) / 10_000))
        else:
            line.append(float(sum(figures)))
    line[chance.randint(0, min(3, len(columns) - 1))] = label
    return line


def _numbers(chance: Random, width: int) -> list[Any]:
    letters = chance.choice((0, 0, 2))
    numbers: list[Any] = [*"甲乙"[:letters], *range(1, width + 1 - letters)]
    return numbers if chance.random() < 0.5 else [str(one) for one in numbers]


def _below(chance: Random, width: int) -> list[list[Any]]:
    lines: list[list[Any]] = []
    if chance.random() < 0.5:
        lines += [[None]] * chance.randint(0, 2)
        lines.append(chance.choice((
            ["填表人：张三", None, "审核人：李四", None, "联系电话：023-43780000"], ["审核人：", "李四"],
            [None, "填表人：张三　　审核人：李四"], ["填表人", "张三", "联系电话", "43780000"],
        )))  # fmt: skip
    if chance.random() < 0.3:
        lines += [[None]] * 30
        lines.append([None] * chance.randint(0, width - 1) + ["`"])
    return lines


_EMPTY = (None, "", "/", "—", "——", "-", " ")


def _written(chance: Random, told: Truth, column: Column, row: Row, zone: Zone, in_ten_thousands: bool) -> Any:
    """One cell in any of the writings of its kind."""
    value = row.get(column.key)
    if value is None:
        return chance.choice(_EMPTY if column.cells is Cells.FLAG else (*_EMPTY, "无"))
    match column.cells:
        case Cells.DATE:
            return _day(chance, value, int(told.period[:4]))
        case Cells.MOMENT:
            return _moment(chance, value, int(told.period[:4]))
        case Cells.CHOICES:
            return chance.choice(("、", "，", ";", "/", " ", "")).join(value.split("、"))
        case Cells.COUNT:
            return _count(chance, value)
        case Cells.QUANTITY:
            return (
                _count(chance, int(value))
                if value == int(value)
                else chance.choice((float(value), str(value), f"{value}万元"))
            )
        case Cells.MONEY:
            return _money(chance, value, in_ten_thousands)
        case Cells.MARK:
            written = f"{value.normalize():f}"
            return chance.choice((float(value), written, f"{written}分", written.translate(WIDE)))
        case Cells.FLAG:
            return chance.choice(
                ("是", "√", "有", "Y", "y", 1, "1", True) if value else ("否", "×", "无", "N", 0, "0", False)
            )
        case Cells.MONTH:
            return chance.choice(
                (
                    value,
                    f"{value}月",
                    f"{told.period}-{value:02}",
                    f"{told.period}年{value}月",
                    date(int(told.period), value, 1),
                )
            )
        case Cells.SECTOR:
            return chance.choice(
                [zone.sectors[value], *(name for name, code in zone.sector_names.items() if code == value)]
            )
        case Cells.UNIT | Cells.UNIT_OR_ZONE:
            return chance.choice([value, *(name for name, code in zone.unit_names.items() if code == value)])
        case Cells.CHOICE:
            return chance.choice((value, f" {value[:1]} {value[1:]}"))
        case Cells.CREDIT_CODE:
            return chance.choice((value, value.lower(), f" {value[:8]} {value[8:]}"))
        case Cells.ANYTHING if isinstance(value, int):
            return chance.choice((value, str(value), str(value).translate(WIDE)))
        case _:
            return f" {value}　" if isinstance(value, str) and chance.random() < 0.3 else value


def _day(chance: Random, day: date, year: int) -> Any:
    texts = [
        f"{day.year}-{day.month}-{day.day}", f"{day:%Y/%m/%d}", f"{day.year}.{day.month}.{day.day}", f"{day:%y}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day:%Y-%m-%d} 14:30", f"{day.year}年{day.month}月{day.day}日上午",
        *([f"{day.month}月{day.day}日"] if day.year == year else []),
    ]  # fmt: skip
    text = chance.choice(texts)
    return chance.choice((day, datetime.combine(day, time(9, 30)), text, text.translate(WIDE)))


def _moment(chance: Random, at: datetime, year: int) -> Any:
    texts = [
        f"{at:%Y-%m-%d %H:%M}", f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M}", f"{at.year}.{at.month}.{at.day} {at:%H:%M:%S}",
        f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute}分许", f"{at:%Y-%m-%dT%H:%M:00+08:00}",
        *([f"{at.month}月{at.day}日{at.hour}点{at.minute}分"] if at.year == year else []),
    ]  # fmt: skip
    text = chance.choice(texts)
    return chance.choice((at, text, text.translate(WIDE)))


def _count(chance: Random, number: int) -> Any:
    text = chance.choice((str(number), f"{number:,}", f"{number}.0"))
    measured = f"{text}{chance.choice(('家', '项', '处', '起', '人', ' 项'))}"
    return chance.choice((number, text, measured, text.translate(WIDE), measured.translate(WIDE)))


def _money(chance: Random, yuan: Decimal, in_ten_thousands: bool) -> Any:
    bare = yuan / 10_000 if in_ten_thousands else yuan
    return chance.choice((
        float(bare), f"{bare.normalize():f}", f"{yuan:,}元", f"￥{yuan:,}元", f"{(yuan / 10_000).normalize():f}万元",
        f"{(yuan / 10_000).normalize():f}万", f"{yuan}元".translate(WIDE),
    ))  # fmt: skip
