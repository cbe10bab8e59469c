"""Clean workbooks as plain lists: a test changes a cell of one, writes it as a real .xlsx file and sends it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from math import isfinite
from pathlib import Path
from typing import Any, Self

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sqlalchemy import select

from data.intake.inbox import Choice
from data.schema import metadata
from data.settings import Settings
from data.store import reader
from etl.loading.load import Loader, Outcome
from etl.table.problems import Problem
from tests.benchmarks.workbooks import ISO, write_workbook

RECEIVED = datetime(2022, 6, 4, 10, tzinfo=timezone(timedelta(hours=8)))
NOTHING = Choice()
LOG = ("submission", "submission_problem", "audit", "installation")
"""The tables that a refused workbook adds to; the installation's row says how far the journal was read."""

LEDGER_HEADER = [
    "序号", "检查日期", "被检查单位", "统一社会信用代码", "行业领域", "属地", "检查方式", "检查人员", "检查文书号", "发现隐患数", "其中重大隐患数",
    "整改期限", "已整改隐患数", "是否处罚", "处罚决定书号", "处罚种类", "罚款金额(元)", "复查日期", "复查结论", "备注",
]  # fmt: skip
FOLLOW_UPS_HEADER = [
    "检查文书号",
    "复查日期",
    "复查结论",
    "已整改隐患数",
    "是否处罚",
    "处罚决定书号",
    "处罚种类",
    "罚款金额(元)",
    "备注",
]
_COMPANIES = (
    ("重庆宏达机械有限公司", "91502914MA3FQEFLC0"),
    ("重庆华泰永再生资源有限公司", "91506914MAHTYUCA4W"),
    ("重庆创兴永商贸有限公司", "91508177MAQ2GEPXEQ"),
)


_SPECIAL = re.compile("[\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]|_x[0-9A-Fa-f]{4}_")


@dataclass
class Book:
    """A workbook before it is written: rows of each sheet, header first, and what ``_meta`` says."""

    sheets: dict[str, list[list[Any]]]
    meta: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False

    def put(self, changes: Mapping[str, Any]) -> Self:
        """Change cells, named as the clerk sees them: ``J2`` on the first sheet, ``整改复查!A2`` on another."""
        for place, value in changes.items():
            sheet, _, cell = place.rpartition("!")
            rows = self.sheets[sheet or next(iter(self.sheets))]
            letters = cell.rstrip("0123456789")
            column = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters))) - 1
            rows.extend([] for _ in range(int(cell[len(letters) :]) - len(rows)))
            row = rows[int(cell[len(letters) :]) - 1]
            row.extend([None] * (column + 1 - len(row)))
            row[column] = value
        return self

    def only_headers(self) -> Self:
        """The same without rows and sums: a declared zero."""
        self.sheets = {name: rows[:1] for name, rows in self.sheets.items() if name != "汇总"}
        return self

    def all_sheets(self) -> dict[str, list[list[Any]]]:
        """All sheets that the file has, ``_meta`` last."""
        return {**self.sheets, **({"_meta": [list(pair) for pair in self.meta.items()]} if self.meta else {})}

    def build(self) -> Workbook:
        """The workbook as openpyxl has it, to be saved."""
        book = Workbook()
        book.remove(book.worksheets[0])
        if self.from_1904:
            book.epoch = CALENDAR_MAC_1904
        for name, rows in self.all_sheets().items():
            sheet = book.create_sheet(name)
            sheet.sheet_state = "hidden" if name == "_meta" else "visible"
            for row in rows:
                sheet.append(row)
        return book

    def write(self, path: Path) -> Path:
        """Write the file: by ourselves where every cell is an ordinary one, for openpyxl takes ten times as long."""
        sheets = self.all_sheets()
        if self.from_1904 or not all(_is_ordinary(value) for rows in sheets.values() for row in rows for value in row):
            self.build().save(path)
        else:
            write_workbook(path, sheets, hidden=["_meta"], days=ISO)
        return path


def _is_ordinary(value: Any) -> bool:
    """Whether a cell is a number, a day, or a text that neither a spreadsheet nor XML takes for something else."""
    if isinstance(value, str):
        return not value.startswith(("=", "#")) and _SPECIAL.search(value) is None
    return value is None or type(value) in {int, bool, date, datetime} or (type(value) is float and isfinite(value))


def number(case: int, period: str = "2022-05", unit: str = "longtanzi") -> str:
    """The 检查文书号 of a case."""
    return f"（渝双{unit}）应急检记〔{period[:4]}〕{int(period[5:])}{case:02d}号"


def ledger(period: str = "2022-05", unit: str = "longtanzi") -> Book:
    """Three inspections of a month (rows 2 to 4: all put right; punished and late; nothing found), one looked at again, and the sums."""

    def day(of_month: int) -> date:
        return date(int(period[:4]), int(period[5:]), of_month)

    def row(serial: int, on: int, *rest: Any) -> list[Any]:
        company = _COMPANIES[serial - 1]
        return [
            serial,
            day(on),
            *company,
            "工贸",
            "龙滩子街道",
            "日常检查",
            "张伟、李娜",
            number(serial, period, unit),
            *rest,
        ]

    decision = f"（渝双{unit}）应急罚〔{period[:4]}〕{int(period[5:])}号"
    return Book(
        {
            "执法检查台账": [
                [*LEDGER_HEADER],
                row(1, 6, 2, 0, day(16), 2, "否", None, None, None, day(17), "合格", None),
                row(2, 12, 3, 1, day(20), 1, "是", decision, "罚款", 20000, None, None, None),
                row(3, 20, 0, 0, None, 0, "否", None, None, None, None, None, None),
            ],
            "整改复查": [
                [*FOLLOW_UPS_HEADER],
                [number(2, period, unit), day(21), "合格", 3, None, None, None, None, None],
            ],
            "汇总": [
                ["指标", "数值"],
                ["检查家次", 3],
                ["查出问题家次", 2],
                ["隐患数", 5],
                ["重大隐患数", 1],
                ["行政处罚", 1],
                ["罚款金额(元)", 20000],
            ],
        },
        {"kind": "enforcement", "unit": unit, "period": period, "template": "1"},
    )


def targets(year: int = 2022) -> Book:
    """A year's caps and plans: 4 inspections a month for 龙滩子街道, 0 for 双路街道."""
    return Book(
        {
            "亡人指标": [
                ["单位", "行业领域", "全年亡人指标"],
                ["全区", None, 6],
                ["全区", "建设施工", 2],
                ["龙滩子街道办事处", None, 2],
            ],
            "检查计划": [
                ["单位", *(f"{month}月" for month in range(1, 13))],
                ["龙滩子街道办事处", *[4] * 12],
                ["双路街道", *[0] * 12],
            ],
        },
        {"kind": "targets", "unit": "emergency", "period": str(year), "template": "1"},
    )


def send(
    loader: Loader,
    book: Book | Path,
    folder: Path,
    *,
    choice: Choice = NOTHING,
    at: datetime = RECEIVED,
    name: str = "台账.xlsx",
) -> Outcome:
    """Send a workbook as the command line does; its file lies in the folder under that name."""
    path = book.write(folder / name) if isinstance(book, Book) else book
    return loader.load(path, choice, at)


def places(problems: Iterable[Problem], first_sheet: str) -> dict[str, str]:
    """Every cell with a problem → its code, named as ``put`` names them; without a cell the column or nothing."""
    return {
        cell if problem.sheet in {first_sheet, None} else f"{problem.sheet}!{cell}": problem.code
        for problem in problems
        for cell in problem.cells or [problem.column or ""]
    }


def all_rows(settings: Settings, *, but: Collection[str] = ()) -> dict[str, list[Any]]:
    """Every row of every table, so that two states of the database can be compared."""
    with reader(settings.database_url).connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
            if table.name not in but
        }
