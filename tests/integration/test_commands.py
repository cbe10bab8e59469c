"""The commands as an office runs them: exit codes, what is on which stream, and the exact shapes of their JSON (CONTRACT section 2)."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import pytest
from sqlalchemy import update

from data.schema.zone import unit
from data.settings import Settings
from data.store import write_transaction
from etl.loading.load import Loader
from etl.loading.order import workbooks
from tests.conftest import SAMPLES
from tests.integration.ledgers import NOTHING, all_rows, ledger, number, targets

ROOT = Path(__file__).parents[2]
AT = ("--received-at", "2022-06-04T10:00:00+08:00")
FILE = {"file", "sha256", "status", "kind", "unit", "period", "version", "rows", "errors", "warnings", "left_out"}
PROBLEM = {"code", "sheet", "cell", "column", "value", "message"}
RANKED = {
    "unit",
    "name",
    "rank",
    "of",
    "score",
    "flags",
    "indicators",
    "points",
    "deductions",
    "basis",
    "rank_interval",
    "chance",
    "weights",
    "single_keys",
    "intervals",
    "to_next",
    "told_apart",
    "margin",
    "previous",
    "correction",
}
INDICATORS = {
    "inspections", "enterprises", "problem_inspections", "hazards", "major_hazards", "penalties", "fines_yuan", "due_cases", "closed_cases",
    "overdue_major", "completion", "problem_rate", "penalty_rate", "closed_loop_rate", "rectification_rate", "timeliness",
}  # fmt: skip
SECTOR = {
    "sector", "name", "inspections", "problem_inspections", "hazards", "major_hazards", "penalties", "due_cases", "closed_cases",
    "problem_rate", "closed_loop_rate",
}  # fmt: skip
SUBMITTED = {"unit", "kind", "status", "version", "received_at", "rows"}


def start(
    environment: Mapping[str, str], command: str, *arguments: object, into: int | IO[str] = subprocess.PIPE
) -> subprocess.Popen[str]:
    """``python -m command`` with an environment, its two streams caught."""
    return subprocess.Popen(
        [sys.executable, "-m", *command.split(), *map(str, arguments)],
        cwd=ROOT, env={**os.environ, **environment}, stdout=into, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def end(process: subprocess.Popen[str], code: int) -> str:
    """What the command printed on standard output; it ended with this code, said why where it failed, and without a traceback."""
    out, err = process.communicate(timeout=300)
    assert "Traceback" not in err
    assert (process.returncode, err if process.returncode != code else "") == (code, "")
    if code in {2, 3}:
        assert not out
        assert err.strip()
    return out


def run(environment: Mapping[str, str], command: str, *arguments: object, code: int = 0) -> str:
    """What a command prints, run to its end."""
    return end(start(environment, command, *arguments), code)


def run_json(environment: Mapping[str, str], command: str, *arguments: object, code: int = 0) -> Any:
    """The same, for a command that prints JSON and nothing else on standard output."""
    return json.loads(run(environment, command, *arguments, code=code))


def of(settings: Settings) -> dict[str, str]:
    """An installation on SQLite as the environment of a command."""
    return {
        "SUPERVISION_DATABASE_URL": settings.database_url,
        "SUPERVISION_ARCHIVE_DIR": str(settings.archive_dir),
        "SUPERVISION_TODAY": "2022-10-08",
    }


def fresh(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that was never set up."""
    return {"SUPERVISION_DATABASE_URL": f"sqlite:///{tmp_path}/new/data.db", "SUPERVISION_ARCHIVE_DIR": f"{tmp_path}/new/archive",
            "SUPERVISION_TODAY": "2022-10-08"}  # fmt: skip


@pytest.mark.cold
def test_init_and_doctor(tmp_path: Path) -> None:
    """A new installation is made by one command; running it again changes nothing, and the doctor finds it well."""
    environment = fresh(tmp_path)
    run(environment, "data doctor", code=3)
    assert run(environment, "data init")
    before = all_rows(Settings(database_url=environment["SUPERVISION_DATABASE_URL"]))
    run(environment, "data init")
    assert all_rows(Settings(database_url=environment["SUPERVISION_DATABASE_URL"])) == before
    assert run(environment, "data doctor")


@pytest.mark.cold
def test_check_and_load(installation: Settings, environment: dict[str, str], tmp_path: Path) -> None:
    """``check`` says what ``load`` would and changes nothing; a refused file does not stop the others; the keys are CONTRACT's."""
    good = ledger().put({"U1": "录入人"}).write(tmp_path / "好.xlsx")
    bad = ledger(unit="shuanglu").put({"E2": "渔业", "E3": "渔业"}).write(tmp_path / "坏.xlsx")
    before = all_rows(installation)
    checked = run_json(environment, "etl check", bad, good, *AT, "--json", code=1)
    assert (all_rows(installation), installation.archive_dir.exists()) == (before, False)
    loaded = run_json(environment, "etl load", bad, good, *AT, "--json", code=1)
    assert loaded == checked
    assert set(loaded) == {"files"}
    refused, accepted = loaded["files"]
    assert (set(refused), set(accepted)) == (FILE, FILE)
    assert {key: accepted[key] for key in ("file", "status", "kind", "unit", "period", "version", "rows", "errors")} == {
        "file": "好.xlsx", "status": "accepted", "kind": "enforcement", "unit": "longtanzi", "period": "2022-05", "version": 1, "rows": 4, "errors": [],
    }  # fmt: skip
    (warning,), (error,) = accepted["warnings"], refused["errors"]
    assert set(warning) == PROBLEM
    assert (set(error), error["cell"], error["cells"]) == (PROBLEM | {"cells", "count"}, "E2", ["E2", "E3"])
    assert (refused["status"], refused["version"], error["code"], error["sheet"], error["column"], error["value"]) == (
        "rejected", None, "bad_choice", "执法检查台账", "行业领域", "渔业",
    )  # fmt: skip
    (again,) = run_json(environment, "etl load", good, *AT, "--json")["files"]
    assert (again["status"], again["version"], again["unit"]) == ("duplicate", 1, "longtanzi")
    said = run(environment, "etl load", bad, good, *AT, code=1)
    assert ("E2" in said, "渔业" in said, "好.xlsx" in said) == (True, True, True)


def test_folder_is_loaded_in_an_order_that_works(environment: dict[str, str], tmp_path: Path) -> None:
    """Targets, earlier months and first reports go first, whatever the files are called; lock files and other things in the folder are passed over."""
    folder = tmp_path / "收件"
    (folder / "子").mkdir(parents=True)
    june = ledger("2022-06").put({"整改复查!A2": number(1), "整改复查!D2": 2})
    june.write(folder / "1六月.xlsx")
    ledger().write(folder / "2五月.xlsx")
    targets().write(folder / "子" / "3指标.xlsx")
    for sample in ("2022-01-邮亭镇-clean.xlsx", "2022-01-邮亭镇-clean-初报.xlsx"):
        shutil.copy(SAMPLES / sample, folder)
    (folder / "~$1六月.xlsx").write_bytes(b"lock")
    (folder / "说明.txt").write_text("请按月填报", encoding="utf-8")
    files = run_json(environment, "etl load", folder, "--received-at", "2022-07-04T10:00:00+08:00", "--json")["files"]
    assert {one["file"]: (one["status"], one["version"]) for one in files} == {
        "1六月.xlsx": ("accepted", 1), "2五月.xlsx": ("accepted", 1), "3指标.xlsx": ("accepted", 1),
        "2022-01-邮亭镇-clean-初报.xlsx": ("accepted", 1), "2022-01-邮亭镇-clean.xlsx": ("accepted", 2),
    }  # fmt: skip


@pytest.mark.parametrize("correction", ["五月-更正.xlsx", "五月 (2).xlsx", "五月（更正）.xlsx", "五月2.xlsx"])
def test_correction_comes_after_the_first_report(
    sqlite_installation: Settings, tmp_path: Path, correction: str
) -> None:
    """Of two reports of one month in a folder the one whose name says that it corrects the other is taken last, so that its figures count."""
    for name in ("五月.xlsx", correction):
        ledger().write(tmp_path / name)
    with Loader(sqlite_installation) as loader:
        assert [path.name for path in loader.in_loading_order(list(workbooks([tmp_path])), NOTHING)][-1] == correction


def test_reports(sqlite_installation: Settings, tmp_path: Path) -> None:
    """``report`` and ``status`` have CONTRACT's keys, numbers as plain numbers, and what was filed."""
    environment = of(sqlite_installation)
    run(environment, "etl load", targets().write(tmp_path / "指标.xlsx"), ledger().write(tmp_path / "五月.xlsx"), *AT)
    ranking = run_json(environment, "dashboards report ranking", "--period", "2022-05", "--format", "json")
    assert {"report", "period", "as_of", "published", "sha256", "scheme", "groups"} <= set(ranking)
    assert (ranking["report"], ranking["period"], ranking["as_of"], ranking["published"]) == (
        "ranking",
        "2022-05",
        "2022-10-08",
        None,
    )
    assert set(ranking["scheme"]) == {"name", "version", "sha256"}
    assert [group["group"] for group in ranking["groups"]] == ["town", "department", "centre"]
    rows = [row for group in ranking["groups"] for row in group["rows"]]
    assert all(set(row) == RANKED for row in rows)
    assert [set(group["reliability"]) for group in ranking["groups"]] == [{"pairs", "reliable", "rankability"}] * 3
    assert (rows[0]["rank_interval"], rows[0]["chance"]) == ([1, 1], {"first": 1.0, "last": 1.0})
    assert (rows[1]["rank_interval"], rows[1]["chance"], rows[1]["to_next"]) == (None, None, None)
    assert all(set(one) == SECTOR for one in ranking["sectors"])
    assert len(ranking["sectors"]) == 14
    first = rows[0]
    assert (first["unit"], first["rank"], first["of"], set(first["indicators"])) == ("longtanzi", 1, 4, INDICATORS)
    assert (first["indicators"]["fines_yuan"], first["indicators"]["completion"], first["points"]["completion"]) == (
        20000,
        0.75,
        15,
    )
    assert {key for row in rows for key in row["points"]} == INDICATORS & {
        "completion", "problem_rate", "penalty_rate", "closed_loop_rate", "rectification_rate", "timeliness",
    }  # fmt: skip
    submitted = run_json(environment, "dashboards report submissions", "--period", "2022-05", "--format", "json")
    assert {"report", "period", "rows"} <= set(submitted)
    assert all(set(row) == SUBMITTED for row in submitted["rows"])
    mine = next(row for row in submitted["rows"] if (row["unit"], row["kind"]) == ("longtanzi", "enforcement"))
    assert (mine["status"], mine["version"], mine["received_at"], mine["rows"]) == (
        "on_time",
        1,
        "2022-06-04T10:00:00+08:00",
        4,
    )
    assert run_json(environment, "etl status", "--period", "2022-05", "--json")["rows"] == submitted["rows"]


def test_table_can_be_read(sqlite_installation: Settings, tmp_path: Path) -> None:
    """The printed ranking shows every unit's whole name and its score with two decimals."""
    environment = of(sqlite_installation)
    run(environment, "etl load", targets().write(tmp_path / "指标.xlsx"), ledger().write(tmp_path / "五月.xlsx"), *AT)
    table = run(environment, "dashboards report ranking", "--period", "2022-05")
    assert ("龙滩子街道办事处" in table, "商贸物流发展中心" in table, "95.00" in table) == (True, True, True)


FORMULAS = {
    "longtanzi": "=HYPERLINK(1)",
    "shuanglu": "+1+1",
    "tongqiao": "-2+3",
    "youting": "@SUM(1)",
    "fire": "\t=1+1",
    "market": "\r=1+1",
}


def test_formula_in_a_csv_is_harmless(sqlite_installation: Settings, tmp_path: Path) -> None:
    """A name that a spreadsheet would run as a formula is a mere text in the CSV; what is no text stays a number."""
    with write_transaction(sqlite_installation.database_url) as connection:
        for code, name in FORMULAS.items():
            connection.execute(update(unit).where(unit.c.unit == code).values(name=name))
    path = tmp_path / "排名.csv"
    run(of(sqlite_installation), "dashboards report ranking", "--period", "2022-05", "--format", "csv", "-o", path)
    rows = {row["unit"]: row for row in csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))}
    assert {code: rows[code]["name"] for code in FORMULAS} == {code: f"'{name}" for code, name in FORMULAS.items()}
    assert (rows["fire"]["rank"], rows["fire"]["score"]) == ("1", "")


WRONG_USAGE: list[list[object]] = [
    ["etl load"], ["etl check", "没有.xlsx"], ["etl load", SAMPLES / "load.json", "--period", "五月"],
    ["etl load", SAMPLES / "load.json", "--received-at", "昨天"],
    ["dashboards report ranking", "--period", "2022Q2"], ["dashboards report submissions", "--period", "2022-05", "--as-of", "2022-13-01"],
    ["data nonsense"],
]  # fmt: skip


def test_wrong_usage_ends_with_two(sqlite_installation: Settings) -> None:
    """A command that is called wrongly ends with 2, says so on standard error, and prints nothing."""
    for process in [start(of(sqlite_installation), str(command), *arguments) for command, *arguments in WRONG_USAGE]:
        end(process, 2)


def test_missing_database_ends_with_three(environment: dict[str, str], tmp_path: Path) -> None:
    """A database that is not there is a sentence and 3, on either engine, for loading as for reporting."""
    missing = {**environment, "SUPERVISION_DATABASE_URL": environment["SUPERVISION_DATABASE_URL"] + "_missing"}
    file = ledger().write(tmp_path / "五月.xlsx")
    for process in [
        start(missing, "etl load", file),
        start(missing, "dashboards report ranking", "--period", "2022-05"),
    ]:
        end(process, 3)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DATABASE_URL", "nonsense"), ("DATABASE_URL", "mysql://127.0.0.1/supervision"), ("DATABASE_URL", "sqlite:///{text}"),
        ("ARCHIVE_DIR", "{text}/archive"), ("TODAY", "gestern"), ("LOG_LEVEL", "nonsense"),
    ],
    ids=["address", "driver", "no-database", "archive", "day", "log-level"],
)  # fmt: skip
def test_environment_at_fault_ends_with_three(
    sqlite_installation: Settings, tmp_path: Path, setting: str, value: str
) -> None:
    """A database or archive that cannot be used, or a setting that is none, is a sentence and 3."""
    file, text = ledger().write(tmp_path / "五月.xlsx"), tmp_path / "说明.txt"
    text.write_text("不是数据库，也不是文件夹", encoding="utf-8")
    run({**of(sqlite_installation), f"SUPERVISION_{setting}": value.format(text=text)}, "etl load", file, code=3)


@pytest.mark.parametrize("stream", ["output", "stdout"])
def test_full_disk_ends_with_three(sqlite_installation: Settings, stream: str) -> None:
    """A report that cannot be written, to its file or to standard output, because the disk is full, is a sentence and 3."""
    report = ("dashboards report ranking", "--period", "2022-05", "--format", "json")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        if stream == "stdout":
            end(start(of(sqlite_installation), *report, into=full), 3)
        else:
            run(of(sqlite_installation), *report, "-o", "/dev/full", code=3)


@pytest.mark.parametrize("command", ["etl check", "etl load"])
def test_file_that_cannot_be_read(sqlite_installation: Settings, command: str) -> None:
    """A file that is there and cannot be read (a broken disk, no permission) is a sentence and 1 or 3, no traceback."""
    process = start(of(sqlite_installation), command, "/proc/self/mem")
    _, err = process.communicate(timeout=300)
    assert ("Traceback" in err, process.returncode in {1, 3}) == (False, True)


def test_publishing_and_verifying_on_the_command_line(sqlite_installation: Settings, tmp_path: Path) -> None:
    """What is published prints the same ever after, is told from what was altered, and the exit codes are CONTRACT's."""
    environment, document = of(sqlite_installation), tmp_path / "通报.csv"
    month = ("ranking", "--period", "2022-05")
    run(environment, "etl load", ledger().write(tmp_path / "五月.xlsx"), *AT)
    assert not run(environment, "dashboards report", *month, "--published", code=1)
    told = run_json(environment, "dashboards publish", *month, "--json")
    assert set(told) == {"report", "period", "revision", "sha256", "published_at"}
    assert not run(environment, "dashboards publish", *month, code=1), "again only with a reason"
    assert not run(environment, "dashboards publish", *month, "--as-of", "2022-05-31", code=2)
    printed = run_json(environment, "dashboards report", *month, "--published", "--format", "json")
    assert (printed["published"], printed["sha256"]) == (1, told["sha256"])
    live = run_json(environment, "dashboards report", *month, "--format", "json")
    assert (live["published"], live["sha256"]) == (None, None)
    assert {key: printed[key] for key in live if key not in {"published", "sha256"}} == {
        key: live[key] for key in live if key not in {"published", "sha256"}
    }
    run(environment, "dashboards report", *month, "--published", "--format", "csv", "-o", document)
    assert document.read_text(encoding="utf-8-sig").splitlines()[-1] == f"#ranking,2022-05,1,{told['sha256']}"
    found = run_json(environment, "dashboards verify", document, "--json")
    assert found.items() >= {**told, "status": "current", "figures_equal": True, "same_file": True}.items() - {
        ("published_at", told["published_at"])
    }
    other = ledger().put({"S2": "不合格"}).write(tmp_path / "更正.xlsx")
    (refused,) = run_json(environment, "etl load", other, "--json", code=1)["files"]
    assert [one["code"] for one in refused["errors"]] == ["closed_period"]
    run(environment, "etl load", other, "--reason", "复查结果录错")
    assert run_json(environment, "dashboards verify", document, "--json")["status"] == "overtaken"
    run(environment, "dashboards publish", *month, "--reason", "复查结果录错", "--mistake")
    assert run_json(environment, "dashboards verify", document, "--json")["status"] == "superseded"
    first = run_json(environment, "dashboards report", *month, "--revision", 1, "--format", "json")
    assert first == printed
    assert not run(environment, "dashboards report", *month, "--revision", 3, code=1)
    document.write_text(
        document.read_text(encoding="utf-8-sig").replace("1.0", "1.1", 1), encoding="utf-8-sig", newline=""
    )
    altered = run_json(environment, "dashboards verify", document, "--json", code=1)
    assert (altered["status"], len(altered["cells"])) == ("altered", 1)
    assert run_json(environment, "dashboards verify", other, "--json", code=1)["status"] == "unknown"
