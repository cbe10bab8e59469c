"""docs/adding-an-indicator.md keeps its word: its blocks make an indicator, from the rows of the ledger to the page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from data.indicators.enforcement import INDICATORS
from data.initial import newest_revision
from data.settings import Settings
from data.store import reader, writer
from etl.loading.load import Loader
from tests.integration import page_asked
from tests.integration.ledgers import ledger, send, targets

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "adding-an-indicator.md").read_text(encoding="utf-8")
NEW_FILES = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", DOCUMENT, re.DOTALL))
CHANGES = dict(re.findall(r"```diff\n--- (\S+)\n(.*?)```", DOCUMENT, re.DOTALL))
SENTENCES = re.findall(r"```po\n(.*?)```", DOCUMENT, re.DOTALL)
SCHEMES = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", DOCUMENT, re.DOTALL))
PRODUCT = ("app.py", "assets", "dashboards", "data", "etl")
CHINESE = "data/translations/zh_CN/LC_MESSAGES/supervision"
MOST_FILES = 5


@dataclass(frozen=True)
class Example:
    """The product with the indicator added: files touched, rows by unit of April and of May, when it scores, May's page."""

    touched: frozenset[str]
    april: dict[str, Any]
    may: dict[str, Any]
    page: list[str]


@dataclass(frozen=True)
class Copy:
    """A copy of the product beside an installation."""

    root: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        """What a command of the copy prints."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env={**os.environ, **self.environment}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-2000:]
        return done.stdout

    def rows(self, month: str) -> dict[str, Any]:
        """The rows of a month's ranking by unit."""
        printed = self.run("-m", "dashboards", "report", "ranking", "--period", month, "--format", "json")
        return {row["unit"]: row for group in json.loads(printed)["groups"] for row in group["rows"]}

    def page(self, query: str) -> list[str]:
        """May's page of 龙滩子街道 as its texts, one after the other."""
        address = f"/ranking?period=2022-05&unit=longtanzi{query}"
        return list(page_asked.texts(json.loads(self.run(page_asked.__file__, address))))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Example:
    """Ledgers are loaded by the product as it is; it is copied, the document's blocks are applied, the database migrates."""
    folder = tmp_path_factory.mktemp("indicator")
    installation = _loaded(folder, sqlite_template)
    root = folder / "copy"
    for name in PRODUCT:
        _copy(ROOT / name, root / name)
    before = _content(root)
    _apply(root)
    touched = frozenset(path for path, content in _content(root).items() if before.get(path) != content)
    copy = Copy(
        root,
        {
            "PYTHONPATH": str(root),
            "PYTHONDONTWRITEBYTECODE": "",  # compiled once and not by each command
            "SUPERVISION_DATABASE_URL": installation.database_url,
            "SUPERVISION_ARCHIVE_DIR": str(installation.archive_dir),
            "SUPERVISION_TODAY": str(installation.today),
            "SUPERVISION_DEMO": "1",
        },
    )
    for path, text in SCHEMES.items():  # the office's, from May on
        (root / path).write_text(text, encoding="utf-8")
    copy.run("-m", "data", "init")
    return Example(touched, copy.rows("2022-04"), copy.rows("2022-05"), copy.page("&measure=coded_inspections"))


def _loaded(folder: Path, template: Path) -> Settings:
    shutil.copy(template, folder / "supervision.db")
    installation = Settings(
        database_url=f"sqlite:///{folder / 'supervision.db'}", archive_dir=folder / "archive", today=date(2022, 10, 8)
    )
    with Loader(installation) as loader:
        for book in (targets(), ledger("2022-04"), ledger().put({"D2": None, "D3": None}), ledger(unit="shuanglu")):
            assert send(loader, book, folder).status == "accepted"
    for engine in (writer(installation.database_url), reader(installation.database_url)):
        engine.dispose()
    return installation


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "var"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def _content(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _apply(root: Path) -> None:
    """What a developer does who follows the document."""
    for path, hunks in CHANGES.items():
        text = (root / path).read_text(encoding="utf-8")
        for hunk in hunks.split("@@\n"):
            text = _changed(text, hunk.splitlines(keepends=True))
        (root / path).write_text(text, encoding="utf-8")
    for path, text in NEW_FILES.items():
        (root / path).write_text(_numbered(text), encoding="utf-8")
    catalogue = root / f"{CHINESE}.po"
    catalogue.write_text("\n".join([catalogue.read_text(encoding="utf-8"), *SENTENCES]), encoding="utf-8")
    with catalogue.open("rb") as source, (root / f"{CHINESE}.mo").open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="zh_CN"))


def _changed(text: str, hunk: list[str]) -> str:
    old, new = ("".join(line[1:] for line in hunk if line[0] in kept) for kept in (" -", " +"))
    assert text.count(old) == 1, f"stands there {text.count(old)} times: {old}"
    return text.replace(old, new)


def _numbered(migration: str) -> str:
    """The document's migration after the last one that there is."""
    last = newest_revision()
    assert last is not None
    down, own = re.findall(r'revision = "(\d{4})"', migration)[::-1]
    return migration.replace(own, f"{int(last) + 1:04}").replace(down, last)


def test_at_most_five_files_are_touched(example: Example) -> None:
    """The document names each, and nothing else of the product changes; there are no more than five."""
    assert example.touched == {*CHANGES, *NEW_FILES, f"{CHINESE}.po", f"{CHINESE}.mo"}
    assert all(Path(path).name in DOCUMENT for path in example.touched)
    assert len(example.touched) <= MOST_FILES


def test_what_was_loaded_before_is_counted(example: Example) -> None:
    """After the migration the sums are those of the rows: of three inspections one tells the code; who told nothing has null."""
    told = {unit: row["indicators"] for unit, row in example.may.items() if row["indicators"] is not None}
    assert told.keys() == {"longtanzi", "shuanglu"}
    assert [told["longtanzi"][key] for key in ("inspections", "coded_inspections", "coded_rate")] == [3, 1, 1 / 3]
    assert [told["shuanglu"][key] for key in ("inspections", "coded_inspections", "coded_rate")] == [3, 3, 1]


def test_report_tells_it_where_the_declaration_has_it(example: Example) -> None:
    """The JSON has every key as before, and the two new ones at their places."""
    keys = [one.key for one in INDICATORS]
    keys.insert(keys.index("penalties"), "coded_inspections")
    keys.insert(keys.index("timeliness"), "coded_rate")
    assert list(example.may["longtanzi"]["indicators"]) == keys


def test_it_scores_when_a_scheme_says_so(example: Example) -> None:
    """In April it is shown and does not score; from May on it has weight × value ÷ target, and the score is made with it."""
    april, may = example.april["longtanzi"], example.may["longtanzi"]
    assert april["indicators"]["coded_rate"] == 1
    assert "coded_rate" not in april["points"]
    assert may["points"]["coded_rate"] == pytest.approx(5 / 3)
    assert may["basis"] == 100
    assert may["score"] == pytest.approx(sum(may["points"].values()) - sum(may["deductions"].values()), abs=0.005)


def test_page_shows_it_in_table_and_points(example: Example) -> None:
    """A column with both numbers over the percentage, a line of the points, and how it is made, in Chinese."""
    page = example.page
    assert page.index("信用代码填报率") < page.index("1/3")
    assert ("1/3", "33.3%") in pairwise(page)
    line = next(place for place, pair in enumerate(pairwise(page)) if pair == ("信用代码填报率", "1/3"))
    assert page[line : line + 6] == ["信用代码填报率", "1/3", "33.3%", "100.0%", "5", "1.67"]
    assert ("信用代码填报率", "填报信用代码的家次 ÷ 检查家次") in pairwise(page)
    assert not {"coded_inspections", "coded_rate"} & set(page)


def test_page_leads_to_its_cases(example: Example) -> None:
    """A tab of its own, and the one case that it counts, at the cell with the code."""
    page = example.page
    assert "填报信用代码家次" in page
    assert [cell for cell in page if re.fullmatch(r"[A-Z]+\d+", cell)] == ["D4"]


def test_document_names_files_that_exist() -> None:
    """Every file that the document sends to is there, but for those that it makes."""
    named = set(re.findall(r"`((?:etl|data|tests|docs|dashboards)/[\w/.-]+\.\w+)`", DOCUMENT))
    assert {path for path in named if not (ROOT / path).exists()} == set()
