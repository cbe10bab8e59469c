"""People named wherever a clerk can write: whoever may not read names meets none of them at any exit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.people.accounts import Wanted
from data.people.scope import Role
from tests.integration.canaries import CANARY, Planted, everything, plant, words
from tests.integration.several_units import installed
from tests.integration.sites import Site, made
from tests.integration.test_guessing import enter

pytestmark = pytest.mark.slow

NEIGHBOUR = Wanted("wangwu", "王五", Role.UNIT, "shuanglu")


@pytest.fixture(scope="module")
def planted(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Planted, str]]:
    """The application on an installation full of names, and all that was logged while they came in."""
    folder = tmp_path_factory.mktemp("canaries")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        handler = logging.Handler()
        handler.emit = lambda record: lines.append(record.getMessage() + (record.exc_text or ""))  # type: ignore[method-assign]
        root, level = logging.getLogger(), logging.getLogger().level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            found = plant(settings, folder)
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
        site = made(settings, patch)
        site.door.add(NEIGHBOUR)
        yield site, found, "\n".join(lines)


@pytest.mark.parametrize("name", ["viewer1", "admin1", NEIGHBOUR.name])
def test_nobody_else_reads_a_name(
    planted: tuple[Site, Planted, str], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Pages, callbacks, files, messages, headers and the log: committee, administrator and another unit meet no name."""
    site, found, _log = planted
    caplog.set_level(logging.DEBUG)
    told = {asked: sorted(set(CANARY.findall(words(answer)))) for asked, answer in everything(enter(site, name), found)}
    assert {asked: names for asked, names in told.items() if names} == {}
    assert CANARY.findall(caplog.text) == []


@pytest.mark.parametrize("name", ["office1", "zhangsan"])
def test_office_and_unit_read_what_was_written(planted: tuple[Site, Planted, str], name: str) -> None:
    """The same questions show both of them every place in which a name was planted."""
    site, found, _log = planted
    told = "".join(words(answer) for _asked, answer in everything(enter(site, name), found))
    places = ("alone", "territory", "penalty", "remark", "again", "number", "heading", "note", "file", "sheet", "cell", "ownf",
              "review", "bonus", "veto", "reason", "decision", "scan", "other", "case", "object", "tip", "finding", "invited", "ill")  # fmt: skip
    assert [place for place in places if f"欧阳{place}" not in told] == []
    assert ("欧阳leader" in told) is (name == "office1")


def test_no_name_is_logged_on_the_way_in(planted: tuple[Site, Planted, str]) -> None:
    """Loader and worker, however much they log."""
    _site, _found, log = planted
    assert "stage" in log
    assert CANARY.findall(log) == []
