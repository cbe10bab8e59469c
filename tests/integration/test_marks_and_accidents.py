"""Self-assessments, reviews, accident ledgers and past sums: taken as offices send them, refused for what would harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.schema.accidents import accident as accident_table
from data.schema.baseline import baseline_month
from data.schema.quarterly import review_extra, review_mark, self_mark
from data.settings import Settings
from data.store import reader
from etl.loading.load import Loader, Outcome
from etl.table.messages import sentence
from tests.integration.ledgers import NOTHING, Book, places, send
from tests.integration.papers import NAMES, accident, accidents, baseline, review, self_assessment
from tests.integration.refusing import refused

JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
Changes = dict[str, Any]


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation; nothing is found here that an engine would find otherwise."""
    with Loader(sqlite_installation) as one:
        yield one


def stored(settings: Settings, table: Any, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of all rows of a table, in the order of the sheet."""
    with reader(settings.database_url).connect() as connection:
        rows = connection.execute(select(*(table.c[name] for name in names)).order_by(table.c.submission, table.c.row))
        return [tuple(row) for row in rows]


def accepted(loader: Loader, book: Book, folder: Path) -> Outcome:
    """The outcome of a workbook that must be accepted."""
    outcome = send(loader, book, folder, at=JULY)
    assert (outcome.status, outcome.errors) == ("accepted", [])
    return outcome


@pytest.mark.parametrize("clean", [self_assessment, review, accidents, baseline])
def test_clean_workbook_is_accepted_without_a_word(loader: Loader, tmp_path: Path, clean: Any) -> None:
    """What the tests below change one cell of is itself accepted, without a warning."""
    assert accepted(loader, clean(), tmp_path).problems == ()


WRONG: dict[str, list[tuple[Any, str, Changes]]] = {
    "missing_value": [
        (self_assessment, "B3", {"B3": None}), (self_assessment, "D4", {"D4": "/"}), (self_assessment, "E5", {"E5": None}),
        (review, "A2", {"A2": None}), (review, "C5", {"C5": "—"}), (review, "加减分与否决!A2", {"加减分与否决!A2": None}),
        *((accidents, place, {place: None}) for place in ("A2", "B2", "C2", "D2", "E2", "G2", "H2", "I3", "N2")),
        (baseline, "A2", {"A2": None}), (baseline, "B3", {"B3": "/"}),
    ],
    "bad_number": [
        (self_assessment, "E2", {"E2": "优"}), (self_assessment, "E2", {"E2": -1}), (review, "C2", {"C2": "八分半"}),
        (review, "加减分与否决!B2", {"加减分与否决!B2": -2}), (accidents, "H2", {"H2": "一人"}), (accidents, "I3", {"I3": 1.5}),
        (accidents, "L2", {"L2": "不详"}), (baseline, "C2", {"C2": -1}), (baseline, "H2", {"H2": "三万"}),
    ],
    "bad_choice": [
        (self_assessment, "A2", {"A2": 11}), (self_assessment, "B2", {"A2": None, "B2": "加强领导"}),
        (review, "B2", {"B2": "第十一条"}), (review, "A2", {"A2": "全区"}), (review, "A2", {"A2": "某街道"}),
        (accidents, "D2", {"D2": "全区"}), (accidents, "D2", {"D2": "大足区"}), (accidents, "F2", {"F2": "区应急局"}),
        (accidents, "G2", {"G2": "跌倒"}), (accidents, "M2", {"M2": "严重"}), (accidents, "N2", {"N2": "待定"}),
        (accidents, "O2", {"O2": "初报"}), (baseline, "A2", {"A2": "全区"}),
    ],
    "bad_date": [
        (accidents, "B2", {"B2": "三月上旬"}), (accidents, "W2", {"W2": "未结案"}), (baseline, "B2", {"B2": "13月"}),
        (baseline, "B2", {"B2": "上半年"}),
    ],
    "out_of_period": [
        (accidents, "B2", {"B2": date(2021, 12, 31)}), (accidents, "B3", {"B3": "2023-01-01 00:10"}),
        (baseline, "B2", {"B2": "2022-05"}),
    ],
    "inconsistent": [
        (self_assessment, "D2", {"D2": 12}), (self_assessment, "E2", {"E2": 10.5}), (review, "C2", {"C2": 10.01}),
        (accidents, "M2", {"H2": 3, "M2": "一般"}), (accidents, "M2", {"H2": 2, "J2": 1, "M2": "一般事故"}),
        (accidents, "M2", {"I2": 50, "M2": "较大"}), (accidents, "M2", {"L2": 10000, "M2": "重大"}),
        (baseline, "F2", {"F2": 10}),
    ],
    "duplicate_key": [
        (self_assessment, "B3", {"A3": 1}), (self_assessment, "B3", {"A3": None, "B3": NAMES[0]}),
        (review, "B3", {"B3": "1."}), (accidents, "A3", {"A3": " 事１ "}), (baseline, "B3", {"B3": 5}),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "paper", "place", "changes"),
    [(code, *one) for code, several in WRONG.items() for one in several],
    ids=[f"{code}-{paper.__name__}-{place}" for code, several in WRONG.items() for paper, place, _ in several],
)
def test_what_is_wrong_is_said_at_its_cell(
    loader: Loader, tmp_path: Path, code: str, paper: Any, place: str, changes: Changes
) -> None:
    """One wrong cell is refused with its code at its place, and nothing else is said."""
    book = paper().put(changes)
    outcome = refused(loader, book, tmp_path)
    assert places(outcome.errors, next(iter(book.sheets))) == {place: code}


def test_class_below_the_figures_names_both(loader: Loader, tmp_path: Path) -> None:
    """The sentence says which class was submitted and which one the figures make."""
    outcome = refused(loader, accidents().put({"H2": 2, "J2": 1, "M2": "一般"}), tmp_path)
    assert "“一般”" in sentence(outcome.errors[0])
    assert "“较大”" in sentence(outcome.errors[0])


@pytest.mark.parametrize(
    ("paper", "changes", "place", "code"),
    [
        (accidents, {"M2": "较大"}, "M2", "class_above_criteria"),
        (accidents, {"T2": "2022-07-05"}, "T2", "long_extension"),
        (self_assessment, {"B2": NAMES[3]}, "B2", "other_measure"),
        (self_assessment, {"A12": "合计", "D12": 100, "E12": 91}, "E12", "table_total"),
        (review, {"E1": "评委"}, "E1", "unknown_column"),
    ],
)
def test_what_is_strange_is_taken_and_pointed_out(
    loader: Loader, tmp_path: Path, paper: Any, changes: Changes, place: str, code: str
) -> None:
    """A class above the criteria, a name of another measure than the number's, a sum that does not add up."""
    outcome = accepted(loader, paper().put(changes), tmp_path)
    assert [(problem.code, problem.cell) for problem in outcome.warnings] == [(code, place)]


@pytest.mark.parametrize("only", [self_assessment, accidents, review])
def test_headers_alone_are_a_declared_zero(loader: Loader, tmp_path: Path, only: Any) -> None:
    """A workbook without rows is a report: accepted, with no rows."""
    assert accepted(loader, only().only_headers(), tmp_path).rows == 0


def test_measures_by_number_by_name_and_by_both(loader: Loader, tmp_path: Path) -> None:
    """序号 as number, with a dot, in Chinese, in brackets; without one the name, with its number before it or alone."""
    book = self_assessment().put(
        {"A2": "一", "A3": "2.", "A4": "（三）", "A5": "第4条", "A6": None, "A7": None, "B7": f"6.{NAMES[5]}", "A8": "7",
         "B8": "见附件", "A9": "/", "B9": f"（八）{NAMES[7]}。"}
    )  # fmt: skip
    accepted(loader, book, tmp_path)
    assert stored(loader.settings, self_mark, "measure") == [(number,) for number in range(1, 11)]


def test_marks_are_kept_exactly(loader: Loader, tmp_path: Path) -> None:
    """Half marks, full-width digits, 分 behind a number, thirds: kept to six decimals on every engine."""
    accepted(loader, self_assessment().put({"E2": "９．５", "E3": "8分", "E4": 25 / 3, "E5": 0}), tmp_path)
    marks = [row[0] for row in stored(loader.settings, self_mark, "mark")]
    assert marks[:4] == [Decimal("9.5"), 8, Decimal("8.333333"), 0]


def test_titled_self_assessment_with_two_level_header_sums_and_signatures(loader: Loader, tmp_path: Path) -> None:
    """Title, unit and quarter above, 评分 over 分值 and 自评分, 合计 in the column of 措施, signatures below."""
    rows: list[list[Any]] = [
        ["龙滩子街道2022年二季度十条措施落实情况自评表"],
        ["填报单位：龙滩子街道办事处（盖章）", None, "填报季度：2022年第二季度"],
        ["考核内容", "评分", None, "落实情况"],
        [None, "标准分", "自评得分", None],
        *([name, 10, 9, "已完成"] for name in NAMES),
        ["合　计", 100, 90, None],
        ["填表人：张三", None, "审核人：李四"],
    ]
    book = Book({"自评表 ": rows})
    outcome = accepted(loader, book, tmp_path)
    assert (outcome.kind, outcome.unit, outcome.period, outcome.rows) == (
        "self_assessment", "longtanzi", "2022Q2", 10,
    )  # fmt: skip
    assert outcome.problems == ()


def test_review_with_merged_units_and_subtotals(loader: Loader, tmp_path: Path) -> None:
    """单位 merged over its ten measures and the 小计 below them: every mark finds its unit, the sums are checked."""
    rows: list[list[Any]] = [["单位", "评审项目", "得分"]]
    for unit in ("龙滩子街道", "双路街道"):
        rows += [[unit if name == NAMES[0] else None, name, 8] for name in NAMES] + [[None, "小计", 80]]
    made = Book({"十条措施评审": rows}, review().meta).build()
    made["十条措施评审"].merge_cells("A2:A12")
    made["十条措施评审"].merge_cells("A13:A23")
    path = tmp_path / "评审.xlsx"
    made.save(path)
    outcome = loader.load(path, NOTHING, JULY)
    assert (outcome.status, outcome.problems, outcome.rows) == ("accepted", (), 20)
    units = [row[0] for row in stored(loader.settings, review_mark, "unit")]
    assert units == ["longtanzi"] * 10 + ["shuanglu"] * 10


def test_extras_of_a_review(loader: Loader, tmp_path: Path) -> None:
    """加分, 扣分 and 一票否决 with their reasons; blank is nothing; several rows of a unit stay several."""
    book = review().put(
        {"加减分与否决!A3": "双路街道", "加减分与否决!C3": 1.5, "加减分与否决!D3": "√", "加减分与否决!E3": "瞒报事故",
         "加减分与否决!A4": "双路", "加减分与否决!B4": "3分", "加减分与否决!D4": "/"}
    )  # fmt: skip
    accepted(loader, book, tmp_path)
    assert stored(loader.settings, review_extra, "unit", "bonus", "deduction", "veto", "reason") == [
        ("longtanzi", 2, 0, False, "示范创建"), ("shuanglu", 0, Decimal("1.5"), True, "瞒报事故"), ("shuanglu", 3, 0, False, None),
    ]  # fmt: skip


def test_accidents_in_an_offices_own_form(loader: Loader, tmp_path: Path) -> None:
    """Other headers on two levels, times of day in text, losses in yuan under such a header and in 万元 in the cell."""
    rows: list[list[Any]] = [
        ["双桥经开区生产安全事故统计表（2022年1—6月）"],
        ["填报单位：应急局", None, None, "填报月份：2022年6月"],
        [
            "编号",
            "事故时间",
            "发生单位",
            "事发地",
            "所属行业",
            "事故类别",
            "伤亡情况",
            None,
            None,
            "直接经济损失（元）",
            "是否计入指标",
            "统计状态",
        ],
        [None, None, None, None, None, None, "死亡（人）", "重伤（人）", "失踪（人）", None, None, None],
        [
            "渝双事〔2022〕1号",
            "2022年6月30日23时59分",
            "甲公司",
            "双路",
            "建筑",
            "高坠",
            "1人",
            0,
            "/",
            "920,000元",
            "√",
            "已认定",
        ],
        [
            "渝双事〔2022〕2号",
            "2022/6/1 08:10",
            "乙公司",
            "通桥街道办事处",
            "交通",
            "交通事故",
            0,
            1,
            None,
            "3.5万元",
            "×",
            None,
        ],
        ["合计", None, None, None, None, None, 1, 1, None, 955000, None, None],
    ]
    outcome = accepted(loader, Book({"事故统计": rows}), tmp_path)
    assert (outcome.kind, outcome.period, outcome.problems) == ("accidents", "2022-06", ())
    names = (
        "happened_on",
        "territory",
        "sector",
        "type",
        "dead",
        "serious_injuries",
        "missing",
        "loss_yuan",
        "counted",
        "status",
    )
    assert stored(loader.settings, accident_table, *names) == [
        (date(2022, 6, 30), "shuanglu", "construction", "高处坠落", 1, 0, 0, Decimal(920000), True, "认定"),
        (date(2022, 6, 1), "tongqiao", "road", "道路交通", 0, 1, 0, Decimal(35000), False, "快报"),
    ]


def test_losses_are_in_ten_thousands_unless_the_header_says_otherwise(loader: Loader, tmp_path: Path) -> None:
    """A header without a unit means what our template's does: 万元."""
    book = accidents("2022-06", accident("1", date(2022, 6, 1)))
    book.sheets["生产安全事故台账"][0][11] = "直接经济损失"
    book.put({"L2": 1000})
    accepted(loader, book, tmp_path)
    assert stored(loader.settings, accident_table, "loss_yuan", "accident_class") == [(10_000_000, "较大")]


def test_days_without_a_year_are_of_the_ledgers_or_the_next(loader: Loader, tmp_path: Path) -> None:
    """An accident of 12月20日 is of the ledger's year; a report of 1月15日 comes after it, in the next."""
    row = accident("1", "12月20日", 调查报告日期="1月15日")
    accepted(loader, accidents("2021-12", row), tmp_path)
    assert stored(loader.settings, accident_table, "happened_on", "reported_on") == [
        (date(2021, 12, 20), date(2022, 1, 15))
    ]


def test_months_of_past_sums_in_any_writing(loader: Loader, tmp_path: Path) -> None:
    """5, 5月, 2021-06, 2021年7月, a date: all are months of the table's year."""
    months = [1, "2月", "2021-03", "2021年4月", date(2021, 5, 1), "2021/6", "07月份"]
    rows = [["双路", month, 3, 1, 2, 0, 1, "1万元"] for month in months]
    accepted(loader, baseline(2021, *rows), tmp_path)
    assert [row[0] for row in stored(loader.settings, baseline_month, "month")] == [
        f"2021-{n:02d}" for n in range(1, 8)
    ]


@pytest.mark.parametrize(
    ("book", "unit"),
    [(review(), "龙滩子街道"), (accidents(), "经发局"), (baseline(), "物流中心")],
    ids=["review", "accidents", "baseline"],
)
def test_only_the_office_files_what_is_the_offices(loader: Loader, tmp_path: Path, book: Book, unit: str) -> None:
    """A review, an accident ledger or past sums from another unit are refused as a whole."""
    book.meta["unit"] = unit
    assert [problem.code for problem in refused(loader, book, tmp_path).errors] == ["not_allowed"]


def test_quarter_must_be_told(loader: Loader, tmp_path: Path) -> None:
    """A self-assessment of a month is refused with an example of a quarter."""
    book = self_assessment()
    book.meta["period"] = "2022-05"
    outcome = refused(loader, book, tmp_path)
    assert [problem.code for problem in outcome.errors] == ["unknown_period"]
    assert "第2季度" in sentence(outcome.errors[0])
