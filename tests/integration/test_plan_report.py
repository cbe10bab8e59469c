"""``report plan``: by command, in every form, as the office reads it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from typer.testing import CliRunner

from dashboards.__main__ import app
from data.settings import Settings
from etl.loading.load import Loader
from tests.integration.ledgers import send
from tests.integration.papers import accidents, tasks

JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
ASKED = ("plan", "--period", "2022", "--as-of", "2022-06-30")


@pytest.fixture
def told(sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path) -> Callable[..., str]:
    """What a report prints, of what one town told of two items, one of which has another target, and of May's accidents."""
    with Loader(sqlite_installation) as loader:
        for book in (tasks().put({"C2": 9}), accidents()):
            assert send(loader, book, tmp_path, at=JULY).errors == []
    commanded(sqlite_installation)

    def asked(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["report", *arguments])
        assert result.exit_code == code, result.stderr
        return result.stderr if code else result.stdout

    return asked


def test_plan_in_every_form(told: Callable[..., str], tmp_path: Path) -> None:
    """JSON with the contract's keys; the same figures as table, CSV and workbook; items of units with each unit, the system's without."""
    content = json.loads(told(*ASKED, "--format", "json"))
    assert [*content] == ["report", "period", "as_of", "known_by", "items", "findings", "articles"]
    items = {one["number"]: one for one in content["items"]}
    assert items["goals.1"] == {
        "number": "goals.1", "title": "不出现较大及以上亡人事故", "article": "goals", "unit_of_measure": "起",
        "source": "casualties.zone.major_accidents", "target": 0, "numerator": 0, "denominator": None, "progress": None,
        "dues": [{"due": "2022-12-31", "state": "upcoming"}], "units": [],
    }  # fmt: skip
    recorded = items["7.6"]
    assert (recorded["numerator"], recorded["denominator"], len(recorded["units"])) == (2, 60, 15)
    assert [one["state"] for one in recorded["units"][0]["dues"]] == ["late", "done", "upcoming", "upcoming"]
    assert [one["numerator"] for one in content["items"] if one["source"] == "register.without_department"] == [None]
    finding = {"unit": "longtanzi", "number": "7.6", "object": None, "told": 9, "target": 4}
    assert content["findings"] == [finding]
    lines = list(csv.DictReader(io.StringIO(told(*ASKED, "--format", "csv"))))
    assert [line["number"] for line in lines if line["scope"] == "zone"] == [*items]
    (own,) = (line for line in lines if (line["number"], line["scope"], line["code"]) == ("7.6", "unit", "longtanzi"))
    assert (own["numerator"], own["denominator"], own["progress"]) == ("2", "4", "0.5")
    assert own["dues"] == "2022-03-31:late 2022-06-30:done 2022-09-30:upcoming 2022-12-31:upcoming"
    (unfit,) = (line for line in lines if line["scope"] == "plan_finding")
    assert (unfit["number"], unfit["code"], unfit["told"], unfit["target"]) == ("7.6", "longtanzi", "9", "4")
    (seventh,) = (line for line in lines if (line["scope"], line["code"]) == ("article", "7"))
    counts = {key: int(seventh[f"state_{key}"]) for key in ("done", "late", "due", "overdue", "upcoming")}
    assert counts == {key: one for key, one in content["articles"][7].items() if key in counts}
    assert "干预执法记录" in told(*ASKED)


def test_plan_as_a_workbook(told: Callable[..., str], tmp_path: Path) -> None:
    """Under headings that an official reads, states and scopes in words, numbers as numbers and item numbers as texts."""
    told(*ASKED, "--format", "xlsx", "-o", str(tmp_path / "要点.xlsx"))
    rows = list(load_workbook(tmp_path / "要点.xlsx").worksheets[0].iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == (
        "双桥经开区2022年重点任务进展情况", "即时情况，不作发布；截至2022-06-30；依据截至 2022-10-08 收到的材料",
    )  # fmt: skip
    assert rows[2] == (
        "任务编号", "范围", "代码", "名称", "任务", "条款", "计量单位", "数据来源", "目标", "分子", "分母", "进度", "完成时限及状态", "对象", "填报数",
        "任务项数", "按期完成的时限数", "逾期后完成的时限数", "临近的时限数", "逾期的时限数", "未到期的时限数",
    )  # fmt: skip
    own = next(row for row in rows if row[:3] == ("7.6", "单位", "longtanzi"))
    assert own[9:13] == (
        2, 4, 0.5, "2022-03-31 逾期后完成、2022-06-30 按期完成、2022-09-30 未到期、2022-12-31 未到期",
    )  # fmt: skip
    (unfit,) = (row for row in rows if row[1] == "与工作要点不符")
    assert (unfit[0], unfit[3], unfit[8], unfit[14]) == ("7.6", "龙滩子街道", 4, 9)
    assert [row[2] for row in rows if row[1] == "条款"][:3] == ["goals", "1", "2"]


def test_plan_as_paper_and_deck(told: Callable[..., str], tmp_path: Path) -> None:
    """Of the day that was asked for, with units by name and without what anybody typed as an object."""
    paper, shown = tmp_path / "要点.docx", tmp_path / "要点.pptx"
    told(*ASKED, "--format", "docx", "-o", str(paper))
    text = "\n".join(one.text for one in Document(str(paper)).paragraphs)
    assert "即时情况（截至2022年6月30日；依据截至2022年10月8日收到的材料）" in text
    assert "工作要点分为133项任务，其中各单位填报的84项，系统依据各类台账计算的49项" in text
    assert "的：龙滩子街道办事处1处。以工作要点为准计算" in text
    assert "上级安排" not in text
    told(*ASKED, "--format", "pptx", "-o", str(shown))
    titles = [one.shapes.title.text for one in Presentation(str(shown)).slides if one.shapes.title is not None]
    assert {"15个单位有逾期未完成的任务", "各单位填报的任务有7个时限逾期未完成"} < {*titles}


def test_what_the_plan_has_not_is_said(told: Callable[..., str], tmp_path: Path) -> None:
    """A year without a plan, in figures as on paper; a publication."""
    for form in ("json", "docx", "pptx", "png"):
        said = told("plan", "--period", "2021", "--format", form, "-o", str(tmp_path / f"要点.{form}"), code=1)
        assert "没有2021年的工作要点" in said
    assert [*tmp_path.glob("要点.*")] == []
    assert "不发布" in told(*ASKED, "--published", code=1)
