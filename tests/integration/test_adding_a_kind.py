"""docs/adding-a-kind.md keeps its word: the kind that it declares is taken and executed as it stands there."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import MetaData, insert, select

from data.schema import base, metadata
from data.schema.zone import deadline
from data.settings import Settings
from data.store import reader, writer
from etl.kinds import cross_field
from etl.kinds.kind import Kind
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.table.messages import sentence
from tests.integration.ledgers import Book, places, send
from tests.integration.refusing import refused

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "adding-a-kind.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", DOCUMENT, re.DOTALL))
HEADER = ["编号", "演练日期", "企业名称", "参演人数", "受伤人数", "发现问题数", "整改期限"]


@dataclass
class Example:
    """The document's kind in an installation that knows it."""

    kind: Kind
    table: Any
    loader: Loader


@pytest.fixture
def example(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Example]:
    """The example executed: its table made, its deadline entered, its kind registered; for this test alone."""
    own = MetaData(naming_convention=metadata.naming_convention)
    for name in ("submission", "unit", "zone"):
        metadata.tables[name].to_metadata(own)
    monkeypatch.setattr(base, "metadata", own)
    schema = _module(monkeypatch, "data/schema/drills.py")
    kind: Kind = _module(monkeypatch, "etl/kinds/drills.py").KIND
    monkeypatch.setitem(KINDS, kind.code, kind)
    with writer(sqlite_installation.database_url).begin() as connection:
        schema.drill.create(connection)
        connection.execute(
            insert(deadline), {"zone": "shuangqiao", "kind": kind.code, "filer": "all", "every": kind.frequency, "due_day": 5}
        )  # fmt: skip
    with Loader(sqlite_installation) as loader:
        yield Example(kind, schema.drill, loader)


def _module(monkeypatch: pytest.MonkeyPatch, path: str) -> ModuleType:
    name = path.removesuffix(".py").replace("/", ".")
    module = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, module)
    parent, _, last = name.rpartition(".")
    monkeypatch.setattr(importlib.import_module(parent), last, module, raising=False)
    exec(compile(BLOCKS[path], path, "exec"), module.__dict__)  # the document is the code under test
    return module


def drills() -> Book:
    """Two drills of May, the second one with shortcomings."""
    rows = [
        ["演1", date(2022, 5, 6), "重庆宏达机械有限公司", 30, None, None, None],
        ["演2", "2022年5月20日", "甲公司", "12人", 1, "2项", "6月3日"],
    ]
    return Book({"应急演练台账": [[*HEADER], *rows]}, {"kind": "drills", "unit": "longtanzi", "period": "2022-05"})


def test_clean_workbook_is_loaded(example: Example, tmp_path: Path) -> None:
    """The rows stand in the table that the document declares, and a second version says so."""
    outcome = send(example.loader, drills(), tmp_path)
    assert (outcome.status, outcome.problems, outcome.rows) == ("accepted", (), 2)
    table = example.table.c
    with reader(example.loader.settings.database_url).connect() as connection:
        rows = connection.execute(
            select(table.number_key, table.held_on, table.people, table.injured, table.remedy_by)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("演1", date(2022, 5, 6), 30, 0, None),
        ("演2", date(2022, 5, 20), 12, 1, date(2022, 6, 3)),
    ]
    assert send(example.loader, drills().put({"D2": 31}), tmp_path).version == 2
    assert send(example.loader, drills().only_headers(), tmp_path).rows == 0


@pytest.mark.parametrize(
    ("changes", "place", "code", "words"),
    [
        ({"B2": "2022-04-30"}, "B2", "out_of_period", ("2022-04-30",)),
        ({"A3": "演1"}, "A3", "duplicate_key", ("A2",)),
        ({"B2": "2022-05-31", "A2": "演９"}, None, "", ()),
        ({"E3": 13}, "E3", "inconsistent", ("受伤人数", "13", "参演人数", "12")),
        ({"G3": None}, "G3", "inconsistent", ("发现问题数", "2", "整改期限")),
        ({"G3": "2022-5-19"}, "G3", "inconsistent", ("整改期限", "2022-05-19", "演练日期", "2022-05-20")),
        ({"C2": None}, "C2", "missing_value", ("企业名称",)),
        ({"D2": "许多"}, "D2", "bad_number", ("许多",)),
    ],
)  # fmt: skip
def test_rules_of_the_example_hold(
    example: Example, tmp_path: Path, changes: dict[str, Any], place: str | None, code: str, words: tuple[str, ...]
) -> None:
    """Each rule is told at its cell, in a sentence that names both columns and values though nobody wrote one for it."""
    book = drills().put(changes)
    if place is None:
        assert send(example.loader, book, tmp_path).status == "accepted"
        return
    outcome = refused(example.loader, book, tmp_path)
    assert places(outcome.problems, "应急演练台账") == {place: code}
    assert all(word in sentence(outcome.errors[0]) for word in words)


def test_drill_to_come_is_refused(example: Example, tmp_path: Path) -> None:
    """A day after the receipt is told with that day."""
    book = Book(
        {"应急演练台账": [[*HEADER], ["演1", date(2022, 6, 20), "甲", 3]]}, {**drills().meta, "period": "2022-06"}
    )
    outcome = refused(example.loader, book, tmp_path)
    assert places(outcome.problems, "应急演练台账") == {"B2": "out_of_period"}
    assert "2022-06-04" in sentence(outcome.errors[0])


def test_column_that_rows_need_is_named_once(example: Example, tmp_path: Path) -> None:
    """Without 整改期限 the drills with shortcomings are told in one line, at the cells that ask for it."""
    book = drills().put({"F2": 1})
    for row in book.sheets["应急演练台账"]:
        del row[6:]
    (problem,) = refused(example.loader, book, tmp_path).problems
    assert (problem.code, problem.column, problem.cells) == ("inconsistent", "整改期限", ("F2", "F3"))
    assert all(word in sentence(problem) for word in ("整改期限", "发现问题数"))


def test_every_rule_that_there_is_stands_in_the_document() -> None:
    """The table of rules names each kind of rule, and the files that it sends to exist."""
    rules = {
        name
        for name, one in vars(cross_field).items()
        if isinstance(one, type) and one.__module__ == cross_field.__name__
    }
    assert {name for name in rules if f"`{name}(" not in DOCUMENT} == set()
    named = set(re.findall(r"`((?:etl|data|tests|docs|dashboards)/[\w/.-]+\.\w+)`", DOCUMENT)) - set(BLOCKS)
    assert {path for path in named if not (ROOT / path).exists()} == set()
