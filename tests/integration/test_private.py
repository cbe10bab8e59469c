"""Data at rest is its owner's alone, and a process that parses strangers' bytes knows no secret of ours."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from data.doctor import examine
from data.environment import bare_environment
from data.intake.archive import Archive
from data.private import make_folder, open_to_others, tighten
from data.settings import Settings, without_web_secrets
from data.store import writer
from etl import annotate
from etl.loading.load import Loader
from etl.reading.reader import Reader
from etl.table.problems import Problem
from tests.integration.ledgers import ledger, send

ROOT = Path(__file__).parents[2]
SECRETS = {
    "SUPERVISION_SECRET_KEY": "k" * 40,
    "SUPERVISION_OIDC_CLIENT_SECRET": "o" * 40,
    "SUPERVISION_DATABASE_URL": "postgresql+psycopg://supervision:secret@db/supervision",
    "SUPERVISION_ARCHIVE_DIR": "/srv/archive",
    "PGPASSWORD": "p" * 40,
    "AWS_SECRET_ACCESS_KEY": "a" * 40,
}


def mode(path: Path) -> int:
    """The permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A process that is careless, usual, careful."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def secrets_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment as that of an installation."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.cold
@pytest.mark.usefixtures("secrets_around")
def test_the_reading_child_has_a_bare_environment(tmp_path: Path) -> None:
    """What the kernel tells of the real child: none of our settings, no password of anybody, and it reads all the same."""
    path = ledger().write(tmp_path / "台账.xlsx")
    with Reader(1024, 60) as reader:
        assert reader.read(path).sheets
        process = reader._child.running
        assert process is not None
        told = Path(f"/proc/{process.pid}/environ").read_bytes().decode()
    names = {one.partition("=")[0] for one in told.split("\0") if one}
    assert not any(value in told for value in SECRETS.values())
    assert {name for name in names if not name.startswith("LC_")} <= {
        "PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH",
    }  # fmt: skip


@pytest.mark.usefixtures("secrets_around")
def test_the_marking_child_has_a_bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that opens a stranger's workbook to mark it is started without them as well."""
    given: list[dict[str, str]] = []
    run = subprocess.run

    def noted(*arguments: object, **options: object) -> object:
        given.append(dict(options["env"]))  # type: ignore[call-overload]
        return run(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(annotate.subprocess, "run", noted)
    content = ledger().write(tmp_path / "台账.xlsx").read_bytes()
    assert annotate.annotated(content, [Problem("bad_number", "执法检查台账", "J2", "发现隐患数", "x")])
    assert given
    for one in given:
        assert not set(SECRETS) & set(one)


def test_no_process_for_strangers_bytes_takes_the_whole_environment() -> None:
    """Whatever is started in the room where workbooks come in names the environment that it gives."""
    for path in (ROOT / "etl").rglob("*.py"):
        text = path.read_text("utf-8")
        started = text.count("subprocess.Popen(") + text.count("subprocess.run(")
        assert text.count("env=") >= started, path.name
        assert "**os.environ" not in text, path.name


def test_the_worker_knows_the_database_and_not_what_signs_cookies() -> None:
    """It loads workbooks; whoever took it over could sign in as nobody."""
    left = without_web_secrets({**SECRETS, "supervision_secret_key": "x", "PATH": "/bin"})
    assert set(left) == {
        "SUPERVISION_DATABASE_URL",
        "SUPERVISION_ARCHIVE_DIR",
        "PGPASSWORD",
        "AWS_SECRET_ACCESS_KEY",
        "PATH",
    }
    assert bare_environment(left, PYTHONPATH="x") == {"PATH": "/bin", "PYTHONPATH": "x"}


def test_everything_at_rest_is_private_from_the_start(tmp_path: Path, umask: int) -> None:
    """Database with what lies beside it, originals, journal, locks and the folders of all: whatever the umask."""
    folder = tmp_path / "var" / "deep"
    environment = {
        **os.environ,
        "SUPERVISION_DATABASE_URL": f"sqlite:///{folder / 'supervision.db'}",
        "SUPERVISION_ARCHIVE_DIR": str(folder / "archive"),
        "SUPERVISION_TODAY": "2022-10-08",
    }
    book = ledger().put({"J2": "x"}).write(tmp_path / "台账.xlsx")
    for command, code in ((["data", "init"], 0), (["etl", "load", str(book)], 1), (["data", "doctor"], 0)):
        ended = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, check=False
        )
        assert ended.returncode == code, ended.stderr.decode()
    made = [folder.parent, folder, *folder.rglob("*")]
    assert len(made) > 6
    assert {path: oct(mode(path)) for path in made if mode(path) != (0o700 if path.is_dir() else 0o600)} == {}


def test_beside_the_database_too(sqlite_installation: Settings, tmp_path: Path, umask: int) -> None:
    """While it is written there lie a write-ahead log and its index beside it; they are as private."""
    settings = sqlite_installation.model_copy(
        update={"database_url": f"sqlite:///{tmp_path / 'new' / 'x.db'}", "archive_dir": tmp_path / "new" / "archive"}
    )
    from data.initial import initialise

    initialise(settings.database_url, settings.zone)
    with Loader(settings) as loader:
        send(loader, ledger(), tmp_path)
        there = [path for path in (tmp_path / "new").iterdir() if path.name.startswith("x.db")]
        assert len(there) > 1
        assert {path.name: oct(mode(path)) for path in there if mode(path) != 0o600} == {}


def test_what_lies_open_is_named_and_closed(sqlite_installation: Settings, tmp_path: Path) -> None:
    """``doctor`` names what others can read of an older installation, some of much; ``init`` closes it."""
    settings = sqlite_installation
    archive = Archive(settings.archive_dir)
    digests = [archive.keep(io.BytesIO(bytes([number]))) for number in range(12)]
    for digest in digests:
        archive.path_of(digest).chmod(0o644)
    archive.folder.chmod(0o755)
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    database.chmod(0o640)
    findings, _notes = examine(settings)
    assert len(findings) == 11
    assert str(database) in findings[0]
    assert "另有 4 个" in findings[-1]
    assert tighten(settings) == 14
    assert list(open_to_others(settings)) == []
    assert examine(settings)[0] == []
    assert (mode(database), mode(archive.folder), mode(archive.path_of(digests[0]))) == (0o600, 0o700, 0o600)


def test_folders_that_were_there_stay_as_they_are(tmp_path: Path) -> None:
    """Only what is missing is made, and made private."""
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (mode(tmp_path), mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o755, 0o700, 0o700)


def test_what_a_person_asks_for_is_by_their_umask(sqlite_installation: Settings, tmp_path: Path) -> None:
    """A template written with -o may be handed on: it is as open as that person's files are."""
    environment = {
        **os.environ,
        "SUPERVISION_DATABASE_URL": sqlite_installation.database_url,
        "SUPERVISION_ARCHIVE_DIR": str(sqlite_installation.archive_dir),
        "SUPERVISION_TODAY": "2022-10-08",
    }
    output = tmp_path / "表.xlsx"
    command = ["-m", "etl", "template", "enforcement", "--unit", "longtanzi", "--period", "2022-05", "-o", str(output)]
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, umask=0o022, capture_output=True)
    assert mode(output) == 0o644


def test_an_open_database_keeps_its_locks(sqlite_installation: Settings) -> None:
    """A further connection takes no lock from those before: what another process writes is seen, and none removes the log."""
    url = sqlite_installation.database_url
    path = url.removeprefix("sqlite:///")
    others = (
        f"import sqlite3; c = sqlite3.connect({path!r}); c.execute('UPDATE zone SET name = 1'); c.commit(); c.close()"
    )
    name = text("SELECT name FROM zone")
    with writer(url).connect() as ours:
        before = ours.execute(name).scalar_one()
        ours.rollback()
        with writer(url).connect() as further:
            assert further.execute(name).scalar_one() == before
        subprocess.run([sys.executable, "-c", others], check=True)
        assert Path(f"{path}-wal").exists()
        assert ours.execute(name).scalar_one() == "1" != before
