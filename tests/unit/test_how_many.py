"""No law is tried less often than promised, in a short run as in a long one."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from inspect import isfunction
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.how_many import LEAST, MANY, VARIABLE, cases, is_long, seeds

ROOT = Path(__file__).parents[2]


def _modules() -> Iterator[ModuleType]:
    for path in sorted((ROOT / "tests").glob("*/test_*.py")):
        yield importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def test_every_law_gets_its_cases() -> None:
    """Whatever its module asks for: a law with generated cases has at least 25, in the long run many."""
    found = {
        f"{module.__name__}.{name}": (
            getattr(test, "_hypothesis_internal_use_settings", None) or settings()
        ).max_examples
        for module in _modules()
        for name, test in vars(module).items()
        if isfunction(test) and is_hypothesis_test(test)
    }
    assert found
    assert {law: number for law, number in found.items() if number < (MANY if is_long() else LEAST)} == {}


@pytest.mark.parametrize("run", ["", "0", "1"])
@pytest.mark.parametrize("times", [1, 2, 3, 6, 40])
def test_seeds_and_cases_of_either_run(monkeypatch: pytest.MonkeyPatch, run: str, times: int) -> None:
    """With as many other parameters as there are, seeds make the cases that a law gets; the variable says which run it is."""
    monkeypatch.setenv(VARIABLE, run)
    assert is_long() is (run == "1")
    wanted = MANY if is_long() else LEAST
    assert cases() == wanted
    assert wanted <= len(seeds(times)) * times < wanted + times
    with pytest.raises(AssertionError):
        cases(LEAST - 1)


def test_make_has_both_runs() -> None:
    """They differ by the variable alone: nothing is left out of either."""
    recipes = dict(re.findall(r"^(test|test-long): .*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert recipes["test-long"] == f"{VARIABLE}=1 {recipes['test']}"
