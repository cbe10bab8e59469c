"""A year's work plan is adopted by the office as a version: from the command, journalled, known by its day, made anew by a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.doctor import examine
from data.initial import initialise
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.plan_adoption import adopt_plan
from data.intake.plan_decisions import versions, years
from data.settings import Settings
from data.store import reader
from data.zone.plan_faults import PlanFaults
from data.zone.work_plan import WorkPlan, plan_of
from etl.loading.rebuild import rebuild
from tests.conftest import SAMPLES
from tests.integration.ledgers import all_rows
from tests.integration.test_users_command import data

PLAN_2023 = SAMPLES / "plans" / "work_plan_2023.yaml"
TEXT = PLAN_2023.read_text(encoding="utf-8")


def desk(settings: Settings, day: int = 6) -> Desk:
    """The office's, on a day of January 2023."""
    archive = Archive(settings.archive_dir)
    return Desk(settings.database_url, archive, settings.zone, "office1", datetime(2023, 1, day, 3, tzinfo=UTC))


def known(settings: Settings, year: int, by: datetime | None = None) -> WorkPlan | None:
    """The year's plan as it was known."""
    with reader(settings.database_url).connect() as connection:
        return plan_of(connection, settings.zone, year, by)


def configured(settings: Settings) -> None:
    """The journal tells what is configured, as after ``data init``."""
    initialise(settings.database_url, settings.zone, Archive(settings.archive_dir), settings.today)


def test_an_adopted_plan_holds_from_its_day_and_what_was_known_before_stays(
    installation: Settings, tmp_path: Path
) -> None:
    """A year without a plan gets one, then a second version; each day knows its own; doctor and rebuild find the same."""
    configured(installation)
    assert known(installation, 2023) is None
    taken = adopt_plan(desk(installation), TEXT, reason="安委会一次会议议定")
    assert not taken.queued
    second = TEXT.replace("target: [1, 2, 3, 4]", "target: [2, 4, 6, 8]")
    adopt_plan(desk(installation, 20), second, reason="加码", seen=1)
    told = [known(installation, 2023, datetime(2023, 1, day, tzinfo=UTC)) for day in (5, 7, 21)]
    targets = [None if plan is None else plan.item_by_number["1.2"].target_on(-1) for plan in told]
    assert targets == [None, 4, 8]
    with reader(installation.database_url).connect() as connection:
        found = versions(connection, installation.zone, 2023)
        assert years(connection, installation.zone) == [2022, 2023]
    assert [(one.version, one.actor, one.reason, one.text) for one in found] == [
        (1, "office1", "安委会一次会议议定", TEXT),
        (2, "office1", "加码", second),
    ]
    assert "plan adopted" in str(all_rows(installation)["audit"])
    assert examine(installation, deep=True) == ([], [])
    rebuild(installation, f"sqlite:///{tmp_path / 'anew.db'}")
    anew = installation.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'anew.db'}"})
    assert all_rows(anew)["work_plan"] == all_rows(installation)["work_plan"]


def test_what_is_no_plan_or_was_decided_meanwhile_is_refused_and_leaves_no_line(sqlite_installation: Settings) -> None:
    """Each fault names item and field; another's version, a missing reason and no change are refused; the journal stays."""
    settings = sqlite_installation
    configured(settings)
    adopt_plan(desk(settings), TEXT, reason="议定")
    before = all_rows(settings), Archive(settings.archive_dir).last_hash()
    wrong = {
        "filed_by: [construction, fire]": ("filed_by: [construction, moon]", "任务3.1：没有单位“moon”"),
        "filed_by: towns": ("filed_by: everybody", "任务1.2：没有报送单位“everybody”"),
        "sectors.工贸.rate": ("sectors.月球.rate", "任务2.2：没有行业领域“月球”"),
        "source: hazards.zone.major.overdue": ("source: hazards.zone.oldest", "任务2.1：没有名为“hazards.zone.oldest”的数据"),
        "of: {从业人员: 200}": ("of: register.moon", "任务3.1：没有名为“register.moon”的分母"),
        "dues: [2023-03-31], target": ("dues: [2022-03-31], target", "任务1.1：期限须在该年度内"),
        "number: '2.1'": ("number: '1.2'", "任务编号不能重复"),
        "frequency: once": ("frequency: daily", "任务1.1：频次："),
        "items: ['1.1']": ("items: ['9.9']", "9.9"),
    }  # fmt: skip
    for one, (other, sentence) in wrong.items():
        assert one in TEXT
        with pytest.raises(PlanFaults) as refused:
            adopt_plan(desk(settings, 8), TEXT.replace(one, other, 1), reason="改")
        assert sentence in str(refused.value), str(refused.value)
    changed = TEXT.replace("测试〔2023〕1号", "测试〔2023〕2号")
    for text, reason, seen, sentence in (
        (TEXT, "改", None, "没有改动"),
        (changed, " ", None, "理由"),
        (changed, "改", 0, "已采用另一版"),
    ):
        with pytest.raises(Undecidable, match=sentence):
            adopt_plan(desk(settings, 8), text, reason=reason, seen=seen)
    assert (all_rows(settings), Archive(settings.archive_dir).last_hash()) == before


@pytest.mark.parametrize(
    "text",
    ["a: &a [1, 2, 3]\nb: &b [*a, *a, *a]\n" + "".join(f"c{n}: &c{n} [{', '.join([f'*c{n - 1}' if n else '*b'] * 9)}]\n" for n in range(9)),
     "[" * 50, "- 1\n- 2", "x" * 500_000, "year: 2023\0"],
    ids=["many times", "deep", "a list", "long", "control"],
)  # fmt: skip
def test_what_no_plan_needs_is_refused_at_once(sqlite_installation: Settings, text: str) -> None:
    """Whatever a parser could be exhausted by has one sentence."""
    with pytest.raises(PlanFaults, match="工作要点的YAML"):
        adopt_plan(desk(sqlite_installation), text, reason="改")


def test_a_plan_loads_from_its_own_file_by_the_command(
    installation: Settings, environment: dict[str, str], tmp_path: Path
) -> None:
    """Shown, checked, refused with exit code 1, adopted and shown again to the letter, without a line of code."""
    configured(installation)
    assert "2023年的工作要点" in data(environment, "plan", "show", "--year", "2023", code=1)[1]
    checked, _said = data(environment, "plan", "check", PLAN_2023)
    assert "+ 任务 1.2：领导带队检查" in checked
    bad = tmp_path / "bad.yaml"
    bad.write_text(TEXT.replace("towns", "cities"), encoding="utf-8")
    assert "任务1.2" in data(environment, "plan", "adopt", bad, "--reason", "试", code=1)[1]
    assert "2023年双桥经开区" in data(environment, "plan", "adopt", PLAN_2023, "--reason", "安委会议定")[0]
    out = tmp_path / "out.yaml"
    _nothing, told = data(environment, "plan", "show", "--year", "2023", "-o", out)
    assert out.read_text(encoding="utf-8") == TEXT
    assert "安委会议定" in told
    out.write_text(TEXT.replace("领导带队检查", "领导带队督查"), encoding="utf-8")
    changed, _said = data(environment, "plan", "check", out)
    assert changed.splitlines() == ["± 任务 1.2 任务：领导带队检查 → 领导带队督查"]
    assert data(environment, "doctor")[0].strip().endswith("一切正常。")


def test_an_adoption_waits_its_turn_like_any_decision(
    installation: Settings, commanded: Callable[[Settings], None]
) -> None:
    """While a workbook is being loaded it is queued, done when its turn comes, and refused where another one was first."""
    configured(installation)
    archive = Archive(installation.archive_dir)
    with archive.loading():
        first = adopt_plan(desk(installation), TEXT, reason="先")
        assert first.queued
        with pytest.raises(Undecidable, match="排队"):
            adopt_plan(replace(desk(installation, 7), actor="office2"), TEXT, reason="先")
        other = TEXT.replace("测试〔2023〕1号", "测试〔2023〕2号")
        assert adopt_plan(desk(installation, 8), other, reason="后").queued
    assert known(installation, 2023) is None
    adopt_plan(desk(installation, 9), TEXT.replace("测试〔2023〕1号", "测试〔2023〕3号"), reason="再")
    with reader(installation.database_url).connect() as connection:
        found = versions(connection, installation.zone, 2023)
    assert [(one.version, one.plan.number) for one in found] == [(1, "测试〔2023〕1号"), (2, "测试〔2023〕3号")]
    assert examine(installation) == ([], [])


def test_the_program_s_own_plan_stays_beside_what_the_office_adopts(installation: Settings) -> None:
    """``data init`` after an adoption adds nothing and changes nothing; the office's version holds."""
    configured(installation)
    plan = known(installation, 2022)
    assert plan is not None
    with reader(installation.database_url).connect() as connection:
        text = versions(connection, installation.zone, 2022)[-1].text
    adopt_plan(desk(installation), text.replace("confirmed: false", "confirmed: true"), reason="核定")
    before = all_rows(installation)
    configured(installation)
    assert all_rows(installation) == before
    now = known(installation, 2022)
    assert now is not None
    assert (now.confirmed, len(now.items)) == (True, len(plan.items))
    assert now.adopted_on == date(2022, 3, 9)
