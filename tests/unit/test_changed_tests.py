"""``make check`` runs the tests that are nearest to what was changed."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
TEST = ROOT / "tests" / "integration" / "test_load.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script as a module."""
    loader = SourceFileLoader("changed_tests", str(ROOT / ".ci" / "changed-tests"))
    spec = spec_from_loader("changed_tests", loader)
    assert spec is not None
    made = module_from_spec(spec)
    loader.exec_module(made)
    return made


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("tests/integration/test_load.py", "", 3),
        ("etl/loading/load.py", "", 3),
        ("etl/loading/order.py", "from etl.loading.order import workbooks", 2),
        ("etl/loading/order.py", "from etl.loading import load, order", 2),
        ("etl/loading/order.py", "from etl.loading.rebuild import rebuild", 1),
        ("etl/loading/order.py", "from etl.kinds.registry import KINDS", 0),
        ("app.py", "from app import create_app", 2),
    ],
)
def test_nearness(script: ModuleType, path: str, text: str, expected: int) -> None:
    """Named after it, importing it, importing its room; else the test says nothing of it."""
    assert script.nearness(TEST, text, path) == expected


def test_what_it_prints_are_tests(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that are there, and no more than can be run in the time."""
    script.main()
    printed = capsys.readouterr().out.split()
    assert len(printed) <= script.MOST
    assert all((ROOT / one).is_file() for one in printed)
