"""``report register`` and ``report frontline``: by command, in every form, as the office reads them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from dashboards.__main__ import app
from data.settings import Settings
from etl.loading.load import Loader
from tests.integration.ledgers import ledger, send
from tests.integration.papers import enterprises, frontline

MARCH = datetime.fromisoformat("2022-03-04T10:00:00+08:00")


@pytest.fixture
def told(sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path) -> Callable[..., str]:
    """What a report prints, of one town's three rows, its ledger of May and its front-line duty of May."""
    with Loader(sqlite_installation) as loader:
        assert send(loader, enterprises(), tmp_path, at=MARCH).status == "accepted"
        for book in (ledger(), frontline()):
            assert send(loader, book, tmp_path).status == "accepted"
    commanded(sqlite_installation)

    def asked(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["report", *arguments])
        assert result.exit_code == code, result.stderr
        return result.stderr if code else result.stdout

    return asked


def test_register_as_of_a_day_in_every_form(told: Callable[..., str], tmp_path: Path) -> None:
    """JSON as the contract has it, the same figures as table, CSV and workbook; without a day it is the period's last."""
    content = json.loads(told("register", "--period", "2022-05", "--format", "json"))
    assert (content["as_of"], content["known_by"], content["enterprises"]) == ("2022-05-31", "2022-10-08", 2)
    assert content["by_town"] == {"longtanzi": 2}
    assert content["findings"] == [
        {"code": "not_in_register", "credit_code": "91508177MAQ2GEPXEQ", "units": ["longtanzi"], "differs": []}
    ]
    assert content["inspection"]["high_risk"] == {"enterprises": 1, "inspected": 1, "rate": 1}
    moved = json.loads(told("register", "--period", "2022-06", "--as-of", "2022-06-01", "--format", "json"))
    assert (moved["as_of"], moved["by_town"]) == ("2022-06-01", {"longtanzi": 1, "shuanglu": 1})
    early = json.loads(told("register", "--period", "2022", "--known-by", "2022-03-03", "--format", "json"))
    assert (early["as_of"], early["enterprises"], early["inspection"]["rate"]) == ("2022-10-08", 0, None)
    lines = list(csv.DictReader(io.StringIO(told("register", "--period", "2022-05", "--format", "csv"))))
    assert [(one["scope"], one["name"], one["listed"]) for one in lines[:4]] == [
        ("zone", "双桥经开区", "2"), ("high_risk", "", "1"), ("unit", "龙滩子街道", "2"), ("sector", "工贸", "2"),
    ]  # fmt: skip
    assert "双桥经开区" in told("register", "--period", "2022-05")
    told("register", "--period", "2022-05", "--format", "xlsx", "-o", str(tmp_path / "名录.xlsx"))
    sheet = load_workbook(tmp_path / "名录.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == (
        "双桥经开区2022年5月企业名录", "即时情况，不作发布；截至2022-05-31；依据截至 2022-10-08 收到的材料",
    )  # fmt: skip
    assert rows[2][:6] == ("范围", "代码", "名称", "名录企业数", "本年已检查", "检查覆盖率")
    assert rows[3][:6] == ("全区", None, "双桥经开区", 2, 2, 1)
    assert rows[-1][:2] == ("名录之外", "91508177MAQ2GEPXEQ")
    assert "龙滩子街道" in rows[-1]


def test_front_line_duty_in_every_form(told: Callable[..., str], tmp_path: Path) -> None:
    """Each batch with its date, and what the day before, of and after it are told of it."""
    asked = ("frontline", "--period", "2022-06", "--as-of")
    pilot, key, everyone = json.loads(told(*asked, "2022-06-29", "--format", "json"))["batches"]
    assert (pilot["due"], pilot["coverage"], pilot["on_due_day"], pilot["state"]) == ("2022-06-30", 1, None, "done")
    assert [one["enterprises"] for one in (pilot, key, everyone)] == [1, 1, 2]
    assert (everyone["complete"], everyone["silent"], everyone["lacking"]["duty_list"]) == (1, 0, 1)
    assert everyone["needed_per_week"] == pytest.approx(7 / 185)
    assert [json.loads(told(*asked, day, "--format", "json"))["batches"][0]["on_due_day"] for day in (
        "2022-06-30", "2022-07-01")] == [1, 1]  # fmt: skip
    assert "batch" in told(*asked, "2022-06-29")
    told(*asked, "2022-06-29", "--format", "xlsx", "-o", str(tmp_path / "一线.xlsx"))
    rows = list(load_workbook(tmp_path / "一线.xlsx").worksheets[0].iter_rows(values_only=True))
    head = dict(zip(rows[2], rows[3], strict=True))
    assert (head["批次"], head["范围"], head["名录企业数"], head["覆盖率"]) == ("试点企业", "全区", 1, 1)
    assert (head["期限"].date(), head["进展"], head["缺岗位操作卡"]) == (date(2022, 6, 30), "全部完成", 0)
    assert not [cell for row in rows for cell in row if isinstance(cell, str) and cell in {"pilot", "done", "unit"}]


def test_what_these_reports_have_not_is_said(told: Callable[..., str]) -> None:
    """No publication, no period that is none."""
    for report in ("register", "frontline"):
        assert "不发布" in told(report, "--period", "2022-05", "--published", code=1)
        told(report, "--period", "五月", code=2)
