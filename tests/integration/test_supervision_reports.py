"""``report supervision`` and ``report tipoffs``: by command, in every form, as the office reads them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from dashboards.__main__ import app
from data.settings import Settings
from etl.loading.load import Loader
from tests.integration.ledgers import send
from tests.integration.papers import supervision, tipoffs


@pytest.fixture
def told(sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path) -> Callable[..., str]:
    """What a report prints, of May's two findings and two cases."""
    with Loader(sqlite_installation) as loader:
        for book in (supervision(), tipoffs()):
            assert send(loader, book, tmp_path).status == "accepted"
    commanded(sqlite_installation)

    def asked(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["report", *arguments])
        assert result.exit_code == code, result.stderr
        return result.stderr if code else result.stdout

    return asked


def test_supervision_in_every_form(told: Callable[..., str], tmp_path: Path) -> None:
    """JSON with the contract's keys and no others but the day as known by which; the same figures as table, CSV and workbook."""
    content = json.loads(told("supervision", "--period", "2022-05", "--format", "json"))
    assert [*content] == ["report", "period", "as_of", "known_by", "zone", "units", "methods"]
    assert content["zone"] == {
        "ordered": 2, "answered": 1, "due": 2, "answered_in_time": 1, "in_time_rate": 0.5, "overdue": 1, "exposed": 1, "closed": 1,
    }  # fmt: skip
    assert [one["unit"] for one in content["units"] if one["overdue"]] == ["economy"]
    assert [(one["method"], one["ordered"]) for one in content["methods"]] == [
        ("明查暗访", 1),
        ("交叉督查", 0),
        ("督办交办", 1),
    ]
    due = json.loads(told("supervision", "--period", "2022-05", "--as-of", "2022-05-10", "--format", "json"))["zone"]
    assert (due["ordered"], due["due"], due["overdue"]) == (2, 1, 0)
    early = json.loads(told("supervision", "--period", "2022-05", "--known-by", "2022-06-03", "--format", "json"))
    assert (early["zone"]["ordered"], early["zone"]["in_time_rate"]) == (0, None)
    lines = list(csv.DictReader(io.StringIO(told("supervision", "--period", "2022-05", "--format", "csv"))))
    assert [(one["scope"], one["name"], one["due"]) for one in (lines[0], lines[-1])] == [
        ("zone", "双桥经开区", "2"), ("method", "督办交办", "1"),
    ]  # fmt: skip
    assert "督办交办" in told("supervision", "--period", "2022-05")
    told("supervision", "--period", "2022-05", "--format", "xlsx", "-o", str(tmp_path / "督查.xlsx"))
    rows = list(load_workbook(tmp_path / "督查.xlsx").worksheets[0].iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == (
        "双桥经开区2022年5月督查督办", "即时情况，不作发布；截至2022-05-31；依据截至 2022-10-08 收到的材料",
    )  # fmt: skip
    assert rows[2] == (
        "范围", "代码", "名称", "督查问题", "已回复", "到期应回复", "按期回复", "按期回复率", "逾期未回复", "已曝光", "已销号",
    )  # fmt: skip
    assert rows[3] == ("全区", None, "双桥经开区", 2, 1, 2, 1, 0.5, 1, 1, 1)
    assert rows[-1][:4] == ("督查方式", None, "督办交办", 1)


def test_tip_offs_in_every_form(told: Callable[..., str], tmp_path: Path) -> None:
    """Counts and sums by type; who was told on, and in which case, stands in no form of it."""
    asked = ("tipoffs", "--period", "2022-07", "--as-of")
    tip, sanction, crackdown = json.loads(told(*asked, "2022-07-08", "--format", "json"))["types"]
    assert tip == {
        "type": "举报", "received": 1, "closed": 1, "substantiated": 1, "rewarded": 1, "paid": 1, "payment_rate": 1,
        "reward_yuan": 500, "paid_yuan": 500, "median_days": 16, "overdue": 0,
    }  # fmt: skip
    assert (sanction["received"], sanction["payment_rate"], sanction["median_days"]) == (0, None, None)
    assert (crackdown["received"], crackdown["overdue"]) == (1, 0)
    assert json.loads(told(*asked, "2022-07-09", "--format", "json"))["types"][2]["overdue"] == 1
    told(*asked, "2022-07-09", "--format", "xlsx", "-o", str(tmp_path / "举报.xlsx"))
    rows = list(load_workbook(tmp_path / "举报.xlsx").worksheets[0].iter_rows(values_only=True))
    head = dict(zip(rows[2], rows[3], strict=True))
    assert (rows[0][0], head["名称"], head["办结"], head["奖励兑现率"]) == ("双桥经开区2022年7月举报惩戒", "举报", 1, 1)
    assert (head["已发放金额(元)"], head["办结天数(中位数)"], rows[5][-1]) == (500, 16, 1)
    forms = [*(told(*asked, "2022-07-09", "--format", one) for one in ("table", "csv", "json")), str(rows)]
    assert not [one for one in forms if "宏达" in one or "举1" in one or "再生资源" in one]


def test_what_these_reports_have_not_is_said(told: Callable[..., str]) -> None:
    """No publication."""
    for report in ("supervision", "tipoffs"):
        assert "不发布" in told(report, "--period", "2022-05", "--published", code=1)
