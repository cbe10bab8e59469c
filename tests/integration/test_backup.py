"""The whole installation in one file and back: every row, original and line, from one kind of database to the other."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from typer.testing import CliRunner

from data.__main__ import app
from data.backup import NotRestored, back_up, restore
from data.doctor import examine
from data.intake.archive import Archive
from data.settings import Settings
from etl.loading.load import Loader
from tests.conftest import _create_database, _drop_database, _forget
from tests.integration.ledgers import all_rows, ledger, send
from tests.integration.test_rebuild import eventful, every_report

pytestmark = pytest.mark.slow


@pytest.fixture
def elsewhere(installation: Settings, tmp_path: Path, postgres_server: str) -> Iterator[Settings]:
    """An installation where nothing is yet, on the other kind of database."""
    name = f"elsewhere_{os.getpid()}"
    url = f"sqlite:///{tmp_path / 'elsewhere' / 'supervision.db'}"
    if installation.database_url.startswith("sqlite"):
        _create_database(postgres_server, name, None)
        url = f"{postgres_server}/{name}"
    yield installation.model_copy(update={"database_url": url, "archive_dir": tmp_path / "elsewhere" / "archive"})
    _forget(url)
    if installation.database_url.startswith("sqlite"):
        _drop_database(postgres_server, name)


def test_everything_comes_back_on_the_other_database(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    """Rows, accounts with their passwords, originals, journal and reports are the same; work goes on there with the next line."""
    eventful(installation, tmp_path)
    file = tmp_path / "all.zip"
    told = back_up(installation, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert restore(elsewhere, file) == told
    gone = {"sign_in", "sign_in_failure", "alembic_version", "installation"}
    assert all_rows(elsewhere, but=gone) == all_rows(installation, but=gone)
    assert every_report(elsewhere, elsewhere.database_url) == every_report(installation, installation.database_url)
    assert list(Archive(elsewhere.archive_dir).entries()) == list(Archive(installation.archive_dir).entries())
    assert examine(elsewhere, deep=False)[0] == []
    with Loader(elsewhere) as loader:
        (outcome,) = [send(loader, ledger(unit="tongqiao"), tmp_path)]
    assert outcome.status == "accepted"
    assert examine(elsewhere, deep=True)[0] == []


def test_nothing_is_put_over_what_is_there(installation: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    """An archive or a database in use is refused in a sentence, and stays as it is; so is what is damaged or of another zone."""
    with Loader(installation) as loader:
        send(loader, ledger(unit="youting"), tmp_path)
    file = tmp_path / "all.zip"
    back_up(installation, file)
    before = all_rows(installation)
    with pytest.raises(NotRestored, match="尚未使用"):
        restore(installation, file)
    with pytest.raises(NotRestored, match="数据库已在使用"):
        restore(installation.model_copy(update={"archive_dir": elsewhere.archive_dir}), file)
    assert all_rows(installation) == before
    assert not elsewhere.archive_dir.exists()
    with pytest.raises(NotRestored, match="another"):
        restore(elsewhere.model_copy(update={"zone": "another"}), file)
    for name in ("tables/submission.jsonl", "manifest.json"):
        with pytest.raises(NotRestored, match="已损坏"):
            restore(elsewhere, _altered(file, name, tmp_path / "altered.zip"))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(NotRestored, match="已损坏"):
        restore(elsewhere, cut)
    restore(elsewhere, file)


def test_commands_say_what_was_done(
    installation: Settings, elsewhere: Settings, tmp_path: Path, commanded: Callable[[Settings], None]
) -> None:
    """``backup`` and ``restore`` end with 0 and a sentence; a second ``restore`` with 1 and why not."""
    with Loader(installation) as loader:
        send(loader, ledger(unit="youting"), tmp_path)
    file = tmp_path / "all.zip"

    def run(settings: Settings, *words: str) -> tuple[int, str]:
        commanded(settings)
        done = CliRunner().invoke(app, list(words))
        return done.exit_code, done.output

    code, said = run(installation, "backup", str(file))
    assert (code, "已备份" in said) == (0, True)
    code, said = run(elsewhere, "restore", str(file))
    assert (code, "已恢复" in said) == (0, True)
    code, said = run(elsewhere, "restore", str(file))
    assert (code, "尚未使用" in said) == (1, True)


def _altered(file: Path, member: str, target: Path) -> Path:
    """The backup with one of its members otherwise."""
    with ZipFile(file) as source, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for info in source.infolist():
            content = source.read(info)
            made.writestr(info.filename, content[:-1] if info.filename == member else content)
    return target
