"""docs/changing-a-scheme.md keeps its word: what it fills in, presses and sees is done and seen, over the web and by its commands."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboards.__main__ import freeze
from data.initial import initialise
from data.intake.archive import Archive
from data.people.scope import Role
from data.settings import Settings
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.integration.ledgers import ledger, send, targets
from tests.integration.page_asked import texts
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_guessing import last_of_ranking
from tests.integration.test_schemes import AT, form_of, page

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "changing-a-scheme.md").read_text(encoding="utf-8")
PARTS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOCUMENT, re.M | re.S))
LINE = re.compile(
    r"^\s*> (?P<seen>.+)$|^\s*\| (?P<label>[^|]+) \| (?P<value>[^|]+) \|$|(?P<press>点[^“]{0,4}“[^”]+”)", re.M
)
"""What is to be seen, what is to be filled in, what is to be pressed: in the order of the document."""


@pytest.fixture
def site(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """April and May of a town whose cases of May were closed late; May is published."""
    settings = sqlite_installation
    initialise(settings.database_url, settings.zone, Archive(settings.archive_dir), settings.today)
    with Loader(settings) as loader:
        late = ledger().put({"S2": "不合格"})
        for place, book in enumerate((targets(), ledger("2022-04"), late)):
            assert send(loader, book, tmp_path, name=f"{place}.xlsx").status == "accepted"
    freeze(settings, "ranking", Month(2022, 5), None, reason="", mistake=False)
    one = made(settings, monkeypatch)
    one.clock.at = AT
    return one


class Walk:
    """Somebody who does what the document says, with a browser that runs no script but Dash's."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.seen = ""
        self.address = "/schemes?scheme=monthly_ranking"
        self.form: dict[str, Any] = {}
        self.labels: dict[str, str] = {}

    def press(self, said: str) -> None:
        """Press what stands on the page by this name."""
        presses: dict[str, Callable[[], None]] = {
            "起草新版": self._open_form, "保存草案并看影响": self._keep, "看影响": self.look, "采用这一版": self._adopt,
        }  # fmt: skip
        presses[said]()

    def look(self) -> None:
        """The page of the address that one is at, as its texts."""
        self.seen = plain("".join(page(self.visitor, self.address)))

    def _open_form(self) -> None:
        self.look()
        assert "起草新版" in self.seen
        self._take(self.visitor.get("/schemes/form?scheme=monthly_ranking"), "scheme-form")

    def _keep(self) -> None:
        self._sent(self.visitor.post("/schemes/form", self.form), "scheme-form")

    def _adopt(self) -> None:
        number = re.search(r"draft=(\d+)", self.address)
        form = (
            self.form
            if "draft" in self.form
            else {"draft": number[1] if number else "", "known": "ranking 2022-05", **self.form}
        )
        self._sent(self.visitor.post("/schemes/adopt", form), "scheme-adopt")

    def _sent(self, answer: TestResponse, identity: str) -> None:
        if answer.status_code == 303:
            self.address = answer.location.partition("#")[0].removeprefix("http://127.0.0.1")
            self.form = {}
            self.look()
        else:
            reason = self.form.get("reason")
            self._take(answer, identity)
            if reason:
                assert unescape(answer.text).count(str(reason)) == 1, "what was typed is still there"
                self.form["reason"] = reason

    def _take(self, answer: TestResponse, identity: str) -> None:
        text = unescape(answer.text)
        self.seen, self.form = plain(text), form_of(answer, identity)
        self.labels = {label: name for name, label in re.findall(r'name="([^"]+)"[^>]*aria-label="([^"]+)"', text)}

    def fill(self, label: str, value: str) -> None:
        """Fill in a field by what is written beside it."""
        own = {"名称": "title", "自何时起施行": "valid_from", "为何修改方案（存档）": "reason"}
        if label.startswith("我知道"):
            assert plain(label) in self.seen
            self.form["aware"] = "yes"
            return
        assert plain(label) in self.seen or label in self.labels, label
        self.form[own.get(label) or self.labels[label]] = value


def plain(text: str) -> str:
    """What can be read of a page, without tags and blanks."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", text))


def walked(walk: Walk, part: str) -> list[str]:
    """Go through a part of the document; what was pressed."""
    pressed = []
    for found in LINE.finditer(part):
        if found["seen"]:
            assert plain(found["seen"]) in walk.seen, (found["seen"], walk.seen[:3000])
        elif found["press"]:
            said = found["press"].partition("“")[2].rstrip("”")
            if said not in {"继续修改"}:
                walk.press(said)
                pressed.append(said)
        elif found["label"] not in {"格", "谁", "情形", "---"}:
            walk.fill(found["label"].strip(), found["value"].strip())
    return pressed


def test_the_walk_of_the_document(site: Site, tmp_path: Path) -> None:
    """Drafted, refused, kept, tried, refused for what is published, adopted; then its commands, as it says."""
    office, administrator = Walk(site.signed_in(Role.OFFICE)), Walk(site.signed_in(Role.ADMIN))
    assert walked(office, PARTS["安委办：起草"]) == ["起草新版", "保存草案并看影响", "保存草案并看影响"]
    administrator.address = office.address
    steps, _ranking, of_the_month = PARTS["管理员：采用"].partition("6. 月度执法排名")
    assert walked(administrator, steps) == ["看影响", "采用这一版", "采用这一版"]
    office.seen = _rules_of(office.visitor, "2022-05")
    walked(office, of_the_month)
    assert plain("月度执法排名方案 第1版") in _rules_of(office.visitor, "2022-04")
    _commands(site, tmp_path, office)


def _rules_of(visitor: Visitor, month: str) -> str:
    """What stands last on the page of a month."""
    last = last_of_ranking(visitor, f"?period={month}").get_json()["response"]
    return plain("".join(texts([one["children"] for one in last.values()])))


def _commands(site: Site, tmp_path: Path, walk: Walk) -> None:
    """The commands of the document, each by itself, beside the installation that was walked on."""
    commands = re.findall(r"```console\npython (.*?)\n```", PARTS["核对"])
    assert len(commands) == 3
    settings = site.door.settings
    environment = {
        **os.environ, "SUPERVISION_DATABASE_URL": settings.database_url, "SUPERVISION_ARCHIVE_DIR": str(settings.archive_dir),
        "SUPERVISION_TODAY": str(settings.today), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    told = []
    for command in commands:
        done = subprocess.run(
            [sys.executable, *command.split()],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told.append(done.stdout + done.stderr)
    scheme = json.loads(told[0])["scheme"]
    text = walk.visitor.get(f"/schemes/text/{scheme['name']}/{scheme['version']}").data
    assert (scheme["version"], scheme["sha256"]) == ("2022-05", hashlib.sha256(text).hexdigest())
    assert "检查完毕，一切正常。" in told[1]


def test_document_names_files_that_exist() -> None:
    """Every file and folder that the document sends to is there."""
    named = set(re.findall(r"`((?:etl|data|tests|docs|dashboards)/[\w/.-]+)`", DOCUMENT))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()
