"""The demo year as an office would have it: loaded through the real commands, once for all workers of a run."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from data.settings import Settings

ROOT = Path(__file__).parents[1]
TODAY = "2022-10-08"


def settings_of(environment: Mapping[str, str]) -> Settings:
    """What a command takes from the environment."""
    return Settings(
        database_url=environment["SUPERVISION_DATABASE_URL"],
        archive_dir=Path(environment["SUPERVISION_ARCHIVE_DIR"]),
        today=date.fromisoformat(environment["SUPERVISION_TODAY"]),
    )


def environment_of(folder: Path) -> dict[str, str]:
    """That of commands, and of the demo's server, whose installation lies in a folder."""
    return {
        **os.environ,
        "SUPERVISION_DATABASE_URL": f"sqlite:///{folder}/supervision.db",
        "SUPERVISION_ARCHIVE_DIR": str(folder / "archive"),
        "SUPERVISION_TODAY": TODAY,
        "SUPERVISION_PORT": "0",
        "SUPERVISION_DEMO": "1",
    }


def run_command(environment: dict[str, str], *arguments: str) -> None:
    """Run one of our modules to its good end."""
    subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first of all workers makes, and that all copy from."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, unfinished = root / name, root / f"{name}.unfinished"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(folder)
    return folder
