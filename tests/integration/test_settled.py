"""A server that has begun to answer is not held up by what only its start has made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from data.settings import Settings

ROOT = Path(__file__).parents[2]
AS_GUNICORN_DOES = "import gc, app; app.server; print(gc.get_freeze_count())"


def test_what_the_start_made_is_left_out_of_later_searches_for_garbage(sqlite_installation: Settings) -> None:
    """All of it: hundreds of thousands of things, through which a search takes a tenth of a second."""
    told = {"DEMO": "1", "DATABASE_URL": sqlite_installation.database_url, "ARCHIVE_DIR": str(sqlite_installation.archive_dir)}  # fmt: skip
    environment = {**os.environ, **{f"SUPERVISION_{name}": value for name, value in told.items()}}
    command = [sys.executable, "-c", AS_GUNICORN_DOES]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 100_000
