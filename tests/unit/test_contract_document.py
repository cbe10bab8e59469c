"""The contract's list of what is not there yet is true: what is listed is not there, and all else that it names is."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import typer
from typer.main import get_command

import dashboards.__main__
import data.__main__
import etl.__main__
from dashboards.commands.reports import Report, ReportFormat
from dashboards.results import ranking_printed, report_head
from etl.kinds.registry import KINDS
from etl.table.problems import ERRORS, WARNINGS

ROOT = Path(__file__).parents[2]
CONTRACT = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
SAID, LISTED = CONTRACT.split("## Not there yet")
COMMANDS: dict[str, typer.Typer] = {
    "data": data.__main__.app, "etl": etl.__main__.app, "dashboards": dashboards.__main__.app,
}  # fmt: skip


def not_there_yet(what: str) -> set[str]:
    """One line of the list; where nothing of a sort is left it has none."""
    lines = re.findall(rf"^\| {what} \| (.*) \|$", LISTED, re.M)
    assert len(lines) <= 1
    return set(re.findall(r"`(.+?)`", "".join(lines)))


def commands() -> dict[str, set[str]]:
    """``etl load`` → its options, of every command that there is."""
    return {
        f"{room} {name}": {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
        for room, app in COMMANDS.items()
        for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]  # each app is a group
    }


def test_kinds_are_those_of_the_contract() -> None:
    """Each kind of the contract's table is read, or is listed."""
    told = set(
        re.findall(r"^\| `(\w+)` \| ", SAID[SAID.index("| kind | who") : SAID.index("Numbers of documents")], re.M)
    )
    assert told - set(KINDS) == not_there_yet("kinds")
    assert set(KINDS) <= told


def test_problem_codes_are_those_of_the_contract() -> None:
    """Each code of the contract's tables is one of ours, or is listed."""
    rows = re.findall(
        r"^\| ((?:`\w+`(?:, )?)+) \| ", SAID[SAID.index("| code | when |") : SAID.index("Set aside (")], re.M
    )
    (warnings,) = re.findall(r"^\*\*Warnings\*\*, accepted and shown: (.*)$", SAID, re.M)
    told = set(re.findall(r"`(\w+)`", " ".join(rows))) | set(re.findall(r"`(\w+)`", warnings))
    assert told - {*ERRORS, *WARNINGS} == not_there_yet("problem codes")
    assert len(told) > 35


def test_commands_are_those_of_the_contract() -> None:
    """Each command of the contract is there, or is listed."""
    there = set(commands())
    told = set(re.findall(r"`python -m ((?:data|etl|dashboards) [a-z]+)", SAID)) | {"data restore"}
    assert told - there == not_there_yet("commands")
    assert {one for one in not_there_yet("options") if one.split(" --")[0] not in there} == set()


def test_options_are_those_of_the_contract() -> None:
    """Each option of a command that is there is there, or is listed."""
    there = commands()
    missing = set()
    for line in re.findall(r"^- .*$", SAID, re.M):
        for command, rest in re.findall(r"`python -m ((?:data|etl|dashboards) [a-z]+)([^`]*)`", line):
            if command in there:
                missing |= {f"{command} {option}" for option in re.findall(r"--[a-z-]+", rest)} - {
                    f"{command} {option}" for option in there[command]
                }
    assert missing == not_there_yet("options")


def test_reports_and_formats_are_those_of_the_contract() -> None:
    """Each report and each format of ``report`` is there, or is listed."""
    (named,) = re.findall(r"with NAME ((?:`\w+`(?:, )?)+)\.", SAID)
    assert set(re.findall(r"\w+", named)) - set(Report) == not_there_yet("reports")
    (formats,) = re.findall(r"\[--format ([a-z|-]+)\]", SAID)
    assert set(formats.split("|")) - set(ReportFormat) == not_there_yet("formats")


def test_keys_of_the_ranking_are_printed() -> None:
    """Each key that the contract gives a row, a group or the report of the ranking is printed."""
    start = SAID.index("`report ranking --format json`")
    said = (
        SAID[start : SAID.index("`report scores --format json`")]
        + SAID[SAID.index("In `report ranking` (null") :].split("\n")[0]
    )
    keys = set(re.findall(r"[`\"](\w+)[`\"]?: ", said)) | {
        "told_apart",
        "margin",
        "reliability",
        "key_sectors_without_inspection",
    }
    printed = inspect.getsource(ranking_printed) + inspect.getsource(report_head)
    assert {key for key in keys if f'"{key}"' not in printed} == set()
    assert len(keys) > 25
