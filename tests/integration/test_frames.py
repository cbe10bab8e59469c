"""The analysts' door: docs/for-analysts.md keeps its word, frames hold what the results hold, and pandas is loaded by nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboards.results import cases, ranking
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import ledger, send

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "for-analysts.md").read_text(encoding="utf-8"), re.DOTALL)
NEEDS_NO_FRAME = """
import sys
from typer.testing import CliRunner
from app import create_app
from dashboards import __main__ as commands
from data.settings import settings
for name, period in {"ranking": "2022-05", "scores": "2022Q2", "casualties": "2022"}.items():
    told = CliRunner().invoke(commands.app, ["report", name, "--period", period, "--format", "json"])
    assert told.exit_code == 0, told.output
create_app(settings())
assert "numpy" in sys.modules, "the first requests would import it while others draw"
assert "pandas" not in sys.modules
"""


def _sent(installation: Settings, folder: Path) -> None:
    with Loader(installation) as loader:
        assert send(loader, ledger(), folder).errors == []


def test_document_is_executed(
    sqlite_installation: Settings,
    tmp_path: Path,
    commanded: Callable[[Settings], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its blocks, one after the other, open the database, fetch, plot and put months beside each other."""
    _sent(sqlite_installation, tmp_path)
    commanded(sqlite_installation)
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    for block in BLOCKS:
        exec(block, known)
    assert "longtanzi" in str(known["town"])
    assert (tmp_path / "ranking.html").stat().st_size > 1_000_000
    scores = known["scores"]
    assert isinstance(scores, pd.DataFrame)
    assert list(scores.columns) == ["2022-04", "2022-05"]
    assert scores.loc["longtanzi"].isna().tolist() == [True, False]


def test_frame_of_a_ranking_holds_its_figures(installation: Settings, tmp_path: Path) -> None:
    """Every row's rank, score and indicators, exactly; who sent nothing has none."""
    _sent(installation, tmp_path)
    scope, engine = office(installation.zone), reader(installation.database_url)
    month = fetched(engine, scope, ranking.fetch, Month(2022, 5), fixed_today=installation.today)
    frame = month.frame()
    rows = {row.unit.code: row.figures for group in month.groups for row in group.rows}
    assert set(frame.index.get_level_values("unit")) == rows.keys()
    for code, one in rows.items():
        told = frame.loc[(code, "2022-05")]
        assert (None if pd.isna(told["rank"]) else told["rank"]) == one.rank
        assert (None if pd.isna(told["score"]) else told["score"]) == (None if one.score is None else float(one.score))
        assert pd.isna(told["inspections"]) == (one.indicators is None)
    listed = fetched(
        engine, scope, cases.fetch, "longtanzi", Month(2022, 5), "inspections", fixed_today=installation.today
    )
    assert len(listed.frame()) == listed.total == frame.loc[("longtanzi", "2022-05"), "inspections"]


def test_neither_commands_nor_the_server_load_pandas(sqlite_installation: Settings) -> None:
    """Reports are printed and the application is made without it: it costs time and memory that nobody asked for."""
    told = {
        f"SUPERVISION_{name.upper()}": str(getattr(sqlite_installation, name))
        for name in ("database_url", "archive_dir", "today")
    }
    done = subprocess.run(
        [sys.executable, "-c", NEEDS_NO_FRAME], cwd=ROOT, env={**os.environ, **told, "SUPERVISION_DEMO": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
