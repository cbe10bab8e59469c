"""Workbooks that strangers made to break other readers: each gets an answer, none a traceback or a hang.

They are fetched by ``make setup-tests`` (tests/corpora.txt) and are not in this repository.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest

from data.settings import Settings
from etl.reading.limits import Unreadable
from etl.reading.reader import Reader
from tests.conftest import SAMPLES

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
CORPORA = ROOT / ".venv" / "corpora"
SENT_WITH = {
    "agate-1.14.2": 21, "agate_excel-0.4.2": 15, "csvkit-2.2.0": 85, "pyexcel_ods-0.6.0": 10, "pyexcel_ods3-0.6.1": 4,
    "pyexcel_xls-0.7.1": 10, "pyexcel_xlsx-0.6.1": 10, "tablib-3.10.0": 11, "xlsx2csv-0.8.6": 44, "xlutils-2.0.0": 7,
}  # fmt: skip
"""Source distribution → how many workbooks, pages and texts are in it."""
WORKBOOK = re.compile(r"\.(xls[xmb]?|ods|csv|tsv|html)$")
TEXT = re.compile(r"\.(csv|tsv|html)$")
MOST_MIB = 256
SECONDS = 300


def _unpack(name: str, folder: Path) -> list[Path]:
    """The workbooks of a source distribution; a failure that says what to do where it was not fetched."""
    found = [
        path for path in CORPORA.glob("*.tar.gz") if path.name.replace("-", "_").startswith(name.replace("-", "_"))
    ]
    if not found:
        pytest.fail(f"{CORPORA}/{name}.tar.gz is missing: run `make setup-tests`, which fetches it")
    paths: list[Path] = []
    with tarfile.open(found[0]) as archive:
        for member in archive.getmembers():
            if member.isfile() and WORKBOOK.search(member.name):
                content = archive.extractfile(member)
                assert content is not None
                path = folder / f"{len(paths)}-{Path(member.name).name}"
                path.write_bytes(content.read())
                paths.append(path)
    return paths


@pytest.fixture
def installation(sqlite_installation: Settings) -> Settings:
    """What commands speak to: what a workbook says is read before any engine is asked."""
    return sqlite_installation


@pytest.mark.parametrize("name", SENT_WITH)
def test_workbooks_of_other_readers_each_get_an_answer(environment: dict[str, str], tmp_path: Path, name: str) -> None:
    """All of them in one command, ours last: a status and a reason for each, all of them read, and then still working."""
    paths = _unpack(name, tmp_path)
    assert len(paths) == SENT_WITH[name]
    ours = next(SAMPLES.glob("2022-01-*.xlsx"))
    ended = subprocess.run(
        [sys.executable, "-m", "etl", "check", *map(str, paths), str(ours), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    *answers, last = json.loads(ended.stdout)["files"]
    assert last["status"] == "accepted"
    assert [answer["file"] for answer in answers] == [path.name for path in paths]
    for answer in answers:
        codes = {problem["code"] for problem in answer["errors"]}
        assert answer["status"] == "rejected"
        # Read, and seen to be none of our tables: nothing of them is damaged or locked, and a text is then no workbook.
        assert codes == {"not_a_workbook"} if TEXT.search(answer["file"]) else "unknown_kind" in codes, answer["file"]


@pytest.mark.parametrize("name", SENT_WITH)
def test_workbooks_of_other_readers_cost_little(tmp_path: Path, name: str) -> None:
    """One child reads them all: none ends it, none is beyond its time, and together they never cost it 256 MiB."""
    settings = Settings()
    with Reader(settings.reader_memory_mib, settings.reader_seconds) as reader:
        reader.start()
        child = reader._child.running
        assert child is not None
        for path in _unpack(name, tmp_path):
            with suppress(Unreadable):
                reader.read(path)
        assert reader._child.running is child
        status = Path(f"/proc/{child.pid}/status").read_text(encoding="utf-8")
        assert int(status.partition("VmHWM:")[2].split()[0]) // 1024 < MOST_MIB
