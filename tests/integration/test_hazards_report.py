"""``report hazards``: by command, in every form, as the office reads it."""

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
from tests.integration.ledgers import ledger, send
from tests.integration.papers import hazards


@pytest.fixture
def told(sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path) -> Callable[..., str]:
    """What a report prints, of one town's two hazards of May and its inspections, which count one major hazard too."""
    with Loader(sqlite_installation) as loader:
        for book in (ledger(), hazards()):
            assert send(loader, book, tmp_path).status == "accepted"
    commanded(sqlite_installation)

    def asked(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["report", "hazards", *arguments])
        assert result.exit_code == code, result.stderr
        return result.stderr if code else result.stdout

    return asked


def test_hazards_as_of_a_day_in_every_form(told: Callable[..., str], tmp_path: Path) -> None:
    """JSON as the contract has it, the same figures as table, CSV and workbook; each as of a day and as known by one."""
    content = json.loads(told("--period", "2022-05", "--format", "json"))
    assert (content["as_of"], content["known_by"], content["months_to_zero"]) == ("2022-05-31", "2022-10-08", None)
    assert content["zone"]["all"] == {
        "found": 2, "found_this_year": 2, "carried_over": 0, "crossed_off": 1, "open": 1, "overdue": 1, "due": 2, "on_time": 1,
        "on_time_rate": 0.5, "crossed_off_rate": 0.5, "median_age": 19, "ages": {"0-30": 1, "31-90": 0, "91-180": 0, "over_180": 0},
    }  # fmt: skip
    assert [(one["sector"], one["major"]["open"]) for one in content["sectors"]] == [("工贸", 0), ("消防", 1)]
    assert [(one["level"], one["all"]["found"]) for one in content["levels"]] == [("部门级", 1), (None, 1)]
    assert content["units"][0]["name"] == "龙滩子街道办事处"
    assert content["burn_down"][-1] == {"month": "2022-05", "found": 2, "crossed_off": 1, "open": 1}
    assert content["reconciliation"] == []
    on_the_11th = json.loads(told("--period", "2022-05", "--as-of", "2022-05-11", "--format", "json"))
    assert (on_the_11th["zone"]["all"]["found"], on_the_11th["burn_down"][-1]["month"]) == (1, "2022-04")
    unknown = json.loads(told("--period", "2022-05", "--known-by", "2022-06-03", "--format", "json"))
    assert (unknown["zone"]["all"]["found"], unknown["zone"]["all"]["on_time_rate"]) == (0, None)
    lines = list(csv.DictReader(io.StringIO(told("--period", "2022-05", "--format", "csv"))))
    assert [(one["scope"], one["name"], one["hazard_grade"], one["open"], one["fallen_due"]) for one in lines[:3]] == [
        ("zone", "双桥经开区", "all", "1", "2"), ("zone", "双桥经开区", "major", "1", "1"), ("unit", "龙滩子街道", "all", "1", "2"),
    ]  # fmt: skip
    assert "双桥经开区" in told("--period", "2022-05")
    told("--period", "2022-05", "--format", "xlsx", "-o", str(tmp_path / "隐患.xlsx"))
    rows = list(load_workbook(tmp_path / "隐患.xlsx").worksheets[0].iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == (
        "双桥经开区2022年5月重大隐患整治", "即时情况，不作发布；截至2022-05-31；依据截至 2022-10-08 收到的材料",
    )  # fmt: skip
    head = dict(zip(rows[2], rows[4], strict=True))
    assert (head["范围"], head["隐患等级"], head["逾期未销号"], head["按期销号率"], head["未销号天数中位数"]) == (
        "全区",
        "重大",
        1,
        0,
        19,
    )
    assert not [
        cell for row in rows for cell in row if isinstance(cell, str) and cell in {"all", "major", "level", "month_end"}
    ]


def test_what_two_ledgers_count_otherwise_is_named(
    told: Callable[..., str], tmp_path: Path, sqlite_installation: Settings
) -> None:
    """A major hazard that no inspection of its month counts is a finding, which the workbook gives a line; other months' are none."""
    with Loader(sqlite_installation) as loader:
        sent = send(loader, hazards().put({"H2": "重大"}), tmp_path)
    assert (sent.status, sent.version) == ("accepted", 2)
    content = json.loads(told("--period", "2022-06", "--format", "json"))
    assert content["reconciliation"] == [{"unit": "longtanzi", "month": "2022-05", "ledger": 1, "hazards": 2}]
    told("--period", "2022-06", "--format", "xlsx", "-o", str(tmp_path / "隐患.xlsx"))
    rows = list(load_workbook(tmp_path / "隐患.xlsx").worksheets[0].iter_rows(values_only=True))
    last = dict(zip(rows[2], rows[-1], strict=True))
    assert (last["范围"], last["名称"], last["执法台账重大隐患"], last["重大隐患台账条数"]) == (
        "两本台账不一致",
        "龙滩子街道",
        1,
        2,
    )


def test_what_the_report_has_not_is_said(told: Callable[..., str]) -> None:
    """No publication."""
    assert "不发布" in told("--period", "2022-05", "--published", code=1)
