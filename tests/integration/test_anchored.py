"""A copy outside the system tells whether the journal was cut or written anew: what no chain shows of itself (METHOD section 6)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from dashboards.__main__ import freeze
from dashboards.meeting.workbook import published_workbook
from data import __main__ as data_commands
from data.doctor import examine
from data.doctor.anchored import examined, understood
from data.intake import archive as archive_module
from data.intake.archive import Archive, Entry
from data.intake.publications import Publication, revisions
from data.people.scope import Role
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from etl import __main__ as etl_commands
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import RECEIVED, ledger, send, targets
from tests.integration.sites import made
from tests.integration.test_access import _ask_script, _router
from tests.integration.test_annotate import broken
from tests.integration.test_guessing import last_of_ranking

MAY = parse_period("2022-05")
LATER = RECEIVED + timedelta(days=33)


Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def outcome(commanded: Callable[[Settings], None]) -> Ask:
    """What the doctor's command ends with and says of an installation, beside what copies say."""

    def ask(settings: Settings, *witnesses: str) -> tuple[int, str]:
        commanded(settings)
        told = [part for one in witnesses for part in ("--against", one)]
        done = CliRunner().invoke(data_commands.app, ["doctor", *told])
        return done.exit_code, done.output

    return ask


@pytest.fixture
def filled(sqlite_installation: Settings, tmp_path: Path) -> Settings:
    """An installation that loaded two months and published one of them in between."""
    with Loader(sqlite_installation) as loader:
        for book in (targets(), ledger()):
            assert send(loader, book, tmp_path).status == "accepted"
        freeze(sqlite_installation, "ranking", MAY, None, reason="", mistake=False)
        assert send(loader, ledger("2022-06"), tmp_path, at=LATER).status == "accepted"
    return sqlite_installation


def journal(settings: Settings) -> list[dict[str, Any]]:
    """The journal's lines."""
    text = (settings.archive_dir / "journal.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def write(settings: Settings, lines: list[dict[str, Any]]) -> None:
    """Lines as whoever may write the file leaves them, each with the hash that it must have."""
    before = archive_module.GENESIS
    with (settings.archive_dir / "journal.jsonl").open("wb") as file:
        for line in lines:
            entry = Entry(**{**line, "before": before, "hash": ""})
            before = archive_module._hash(entry)
            file.write(archive_module._line(Entry(**{**line, "before": entry.before, "hash": before})))


def printed_anchors(settings: Settings) -> tuple[str, str]:
    """What the publication carries, and what a receipt of the last load does."""
    lines = journal(settings)
    (published,) = [line for line in lines if line["act"] == "publish"]
    held = published["data"]["content"]["publication"]["journal"]
    received = [line for line in lines if line["act"] == "receive"][-1]
    return f"{held['line']}:{held['head']}", f"{received['number']}:{received['hash']}"


def cut(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what came after the first load."""
    return lines[:3]


def rewritten(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Somebody's name is another one from the first line on."""
    return [
        {**line, "data": {**line["data"], "sender": "other"}} if line["act"] == "receive" else line for line in lines
    ]


@pytest.mark.parametrize("forge", [cut, rewritten])
def test_cut_or_rewritten_journal_is_found_by_an_anchor_printed_before(
    filled: Settings, outcome: Ask, tmp_path: Path, forge: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
) -> None:
    """With a database made anew of the forged journal nothing contradicts itself; the copy on paper does."""
    on_paper, receipt = printed_anchors(filled)
    code, said = outcome(filled, on_paper, receipt)
    assert code == 0, said
    write(filled, forge(journal(filled)))
    anew = filled.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'anew.db'}"})
    rebuild(filled, anew.database_url)
    Path(tmp_path / "anew.db").chmod(0o600)
    assert examine(anew)[0] == [], "a chain alone does not show it"
    for witness in (on_paper, receipt):
        code, said = outcome(anew, witness)
        assert code == 1
        assert ("不在了" if forge is cut else "哈希不符") in said


def test_doctor_says_up_to_where_the_journal_is_anchored(filled: Settings, outcome: Ask) -> None:
    """Without a copy that nothing outside was looked at; with one up to its line and no further."""
    on_paper, receipt = printed_anchors(filled)
    last = journal(filled)[-1]
    code, said = outcome(filled)
    assert (code, "看不出末尾是否被截去" in said, f"第{on_paper.partition(':')[0]}行" in said) == (0, True, True)
    code, said = outcome(filled, on_paper)
    line = int(on_paper.partition(":")[0])
    assert (code, f"日志至第{line}行有系统之外的凭据；第{line + 1}行至第{last['number']}行没有" in said) == (0, True)
    code, said = outcome(filled, on_paper, receipt)
    assert f"日志至第{receipt.partition(':')[0]}行" in said
    assert "直到最后一行" in outcome(filled, f"{last['number']}:{last['hash']}")[1]
    assert outcome(filled, receipt[:-48])[0] == 0, "the first sixteen digits will do"
    assert outcome(filled, f"{receipt.partition(':')[0]}:{'0' * 64}")[0] == 1
    assert outcome(filled, f"{last['number'] + 1}:{last['hash']}")[0] == 1


def issued(settings: Settings) -> list[Publication]:
    """All revisions of May."""
    with reader(settings.database_url).connect() as connection:
        return revisions(connection, settings.zone, "ranking", "2022-05")


def test_published_workbook_and_the_pages_say_what_the_doctor_takes(
    filled: Settings, outcome: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On paper too each revision is a witness: of the journal's line before it, and of the publication before."""
    freeze(filled, "ranking", MAY, None, reason="补报", mistake=False)
    first, second = issued(filled)
    visitor = made(filled, monkeypatch).signed_in(Role.VIEWER)
    lines = journal(filled)
    for one, former in ((first, "无"), (second, first.sha256)):
        witness = f"{lines[one.entry - 2]['number']}:{lines[one.entry - 2]['hash']}"
        above = load_workbook(io.BytesIO(published_workbook(one))).worksheets[0]["A2"].value
        assert f"；存档凭据：日志 {witness}；此前的发布 {former}；" in above
        for page, search in (
            ("/publications", f"?period=2022-05&entry={one.entry}"),
            ("/ranking", f"?period=2022-05&published={one.revision}"),
        ):
            asked = [_ask_script(visitor, _router(page, search))]
            asked += [last_of_ranking(visitor, search)] if page == "/ranking" else []
            shown = json.dumps([one.get_json() for one in asked], ensure_ascii=False)
            assert (witness in shown, former in shown) == (True, True), page
        assert outcome(filled, witness)[0] == 0
    write(filled, rewritten(lines))
    assert outcome(filled, witness)[0] == 1


@pytest.mark.parametrize(
    "text", ["", "12", "12:", "12:abc", "a:0123456789abcdef", "12:0123456789abcdeg", "-1:" + "0" * 64]
)
def test_what_is_no_witness_is_said(filled: Settings, outcome: Ask, text: str) -> None:
    """A usage error with how it is written."""
    code, said = outcome(filled, text)
    assert (code, "行号:哈希" in said) == (2, True)


def test_load_prints_the_receipts_line_and_the_publication_before(
    filled: Settings, tmp_path: Path, commanded: Callable[[Settings], None]
) -> None:
    """In JSON and in words; a check has no receipt. The annotated workbook carries it too, at the end of its list."""
    commanded(filled)
    path = ledger("2022-06").put({"B2": "五月上旬"}).write(tmp_path / "六月.xlsx")
    (sha256,) = [line["data"]["sha256"] for line in journal(filled) if line["act"] == "publish"]
    run = CliRunner().invoke
    checked = run(etl_commands.app, ["check", str(path), "--json"])
    assert "回执" not in checked.stderr
    done = run(etl_commands.app, ["load", str(path), "--json"])
    assert json.loads(done.stdout) == json.loads(checked.stdout), "the answer itself is the contract's"
    assert done.exit_code == 1, done.output
    (line,) = [one for one in journal(filled) if one["act"] == "receive" and one["data"]["file_name"] == "六月.xlsx"]
    assert f"六月.xlsx: 回执 {line['number']}:{line['hash']}，此前的发布：{sha256}" in done.stderr
    said = run(etl_commands.app, ["load", str(path), "--annotate", str(tmp_path / "批注")]).output
    (witness,) = re.findall(r"回执 (\d+:[0-9a-f]{64})，此前的发布：([0-9a-f]{64})", said)
    assert witness[1] == sha256
    assert examined(Archive(filled.archive_dir), [understood(witness[0])]).findings == ()
    book = load_workbook(tmp_path / "批注" / "六月-批注.xlsx")
    assert [witness[0] in str(row[0].value) and sha256 in str(row[0].value) for row in book["问题清单"].rows][-1]
    own = {one.name: one.value for one in book.custom_doc_props.props}
    assert own == {"supervision.journal": witness[0], "supervision.former": sha256}


def test_marked_upload_is_a_witness_and_stays_the_senders_own(filled: Settings, tmp_path: Path) -> None:
    """Its list says so once however often it is marked, and sent again corrected it is accepted."""
    path = broken().write(tmp_path / "待批.xlsx")
    book = load_workbook(path)
    before = book.sheetnames
    archive = Archive(filled.archive_dir)
    for _time in range(2):
        site_upload(filled, path)
        assert annotate_next(filled, archive)
        marked = [line["data"]["sha256"] for line in journal(filled) if line["act"] == "annotate"][-1]
        path.write_bytes(archive.read(marked))
        book = load_workbook(path)
        assert book.sheetnames == ["问题清单", *before]
        told = [str(row[0].value) for row in book["问题清单"].rows if str(row[0].value).startswith("存档凭据")]
        (witness,) = re.findall(r"日志 (\d+:[0-9a-f]{64})；", " ".join(told))
        assert examined(archive, [understood(witness)]).findings == ()


def site_upload(settings: Settings, path: Path) -> None:
    """An upload as a unit's account sends it, taken up by the loader."""
    from data.intake.inbox import Choice, take_in

    archive = Archive(settings.archive_dir)
    with path.open("rb") as file:
        take_in(
            settings.database_url, archive, settings.zone, file, path.name, "zhang", RECEIVED, Choice(), "longtanzi"
        )
    with Loader(settings) as loader:
        loader.take_up_pending()
