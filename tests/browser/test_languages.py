"""Chinese first, English at a click: every page in both languages, as every role gets it, with the demo year behind it.

No browser is needed for what is said: the components come as Dash's script gets them, the other pages as they are.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import expect

from app import create_app
from dashboards.components.page_list import PAGES
from data.language import DOMAIN, TRANSLATIONS
from data.people.scope import Role
from data.settings import Settings
from etl.kinds.registry import KINDS
from tests.browser.conftest import Server, Watched, draw_all, settle, token_in
from tests.integration.page_asked import content
from tests.two_languages import CHINESE, chinese_in, latin_in, without

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
ADDRESSES = (
    "/overview", "/overview?period=2022-03", "/overview?period=2022-10",
    "/ranking", "/ranking?period=2022-06&group=town&unit=youting&measure=due_cases",
    "/ranking?period=2022-08&group=department&unit=market&measure=overdue_major",
    "/ranking?period=2022-09&group=centre&unit=logistics&measure=inspections", "/ranking?period=2022-10",
    "/side-by-side", "/side-by-side?period=2022-08&unit=tongqiao&with_unit=market&measure=due_cases",
    "/side-by-side?period=2022-02&unit=social&with_month=2022-03", "/side-by-side?period=2022-08&unit=longtanzi&with_unit=youting",
    "/scores", "/scores?period=2022Q2&group=town&unit=youting", "/scores?period=2022Q4&group=department&unit=market",
    "/enterprise", "/enterprise?q=%E5%8E%82", "/enterprise?q=zzz", "/enterprise?code=x", "/inspection-coverage", "/inspection-coverage?list=repeated",
    "/casualties", "/casualties?period=2021", "/casualties?period=2022&as_of=2022-03-31&unit=youting",
    "/casualties?period=2022&sector=road", "/casualties?period=2023",
    "/frontline", "/frontline?day=2022-06-30&batch=key&state=silent", "/frontline?day=2020-01-31", "/frontline?day=x",
    "/hazards", "/hazards?day=2022-06-30&grade=major&state=overdue", "/hazards?day=2020-01-31",
    "/disasters", "/disasters?day=2022-06-30&unit=youting&state=slow", "/disasters?day=2020-01-31", "/disasters?day=x",
    "/work-plan", "/work-plan?day=2022-06-30&article=11", "/unit", "/unit?unit=longtanzi&period=2022-06",
    "/calendar", "/calendar?month=2022-06&kind=plan", "/calendar?month=2022-07&new=speech", "/calendar?month=1999-01&event=999999",
    "/supervision", "/supervision?day=2022-06-30&unit=market&state=overdue", "/supervision?day=2020-01-31",
    "/tipoffs", "/tipoffs?day=2022-06-30&state=not_closed", "/tipoffs?day=2020-01-31",
    "/submissions", "/submissions?period=2022-03", "/submissions?period=2022Q3", "/submissions?period=2022",
    "/submissions?period=2022-05&submission=999999", "/schemes", "/schemes?scheme=quarterly_scores", "/schemes?scheme=casualty_targets",
    "/inspection-lists", "/inspection-lists?period=2022-11", "/inspection-lists?period=2023-05", "/publications", "/publications?period=2022&publish=2022Q3", "/publications?period=2022&publish=2022&day=2022-09-30",
    "/administration", "/nowhere",
)  # fmt: skip
PLAIN = (
    "/schemes/form?scheme=monthly_ranking",
    "/schemes/form?scheme=casualty_targets",
    "/documents/master",
    "/documents/settings",
    "/promises?unit=shuanglu&period=2022-05",
    "/promises?enterprise=91500111MAYP2357X3&period=2022Q2",
    "/signin",
    "/signin?next=/ranking",
    "/password",
    "/audit.csv?of=nobody",
    "/original/999999",
    "/signin/nobody",
    "/verify",
    f"/verify?sha={64 * '0'}",
)
"""Pages without a script, and answers that refuse."""
SAID = frozenset({
    "children", "title", "label", "alt", "placeholder", "aria-label", "text", "ticktext", "hovertext", "hovertemplate",
    "texttemplate", "name", "says", "customdata",
})  # fmt: skip
"""Properties that hold words, besides all ``data-…`` and the mode bar's dictionary."""
NOT_WORDS = frozenset({
    "data-choose-files", "data-go", "data-attach-to", "data-upload-to", "data-takes", "data-switch-language", "data-submit", "data-export",
    "data-picture", "data-list", "data-sort", "data-table", "data-first", "data-levels", "data-asked", "data-chooses", "data-drops", "data-via",
    "data-unit", "data-sector", "data-accident", "data-chosen-unit", "data-later", "data-keeps", "data-changes", "data-parts", "data-verify",
    "data-level",
})  # fmt: skip
NAMES = (
    "SELECT name FROM unit", "SELECT short_name FROM unit", "SELECT name FROM sector", "SELECT name FROM accident_type",
    "SELECT display_name FROM account", "SELECT account FROM account",
)  # fmt: skip
KEY = re.compile(r"[a-z_ ]+")
"""What a program calls things, which is no data: kinds, states, acts."""
CUT = re.compile("([\u3400-\u9fff]+)…")
TAG = re.compile(r"<(?:script|style|title)\b.*?</(?:script|style|title)>|<[^>]+>", re.S)


def texts(part: Any, key: str = "children") -> Iterator[str]:
    """What a component and all that stands in it say."""
    if isinstance(part, str):
        if (key in SAID or key.startswith("data-")) and key not in NOT_WORDS:
            yield part
    elif isinstance(part, list):
        for one in part:
            yield from texts(one, key)
    elif isinstance(part, dict):
        words = "children" if key == "dictionary" else None
        for name, one in part.items():
            if key not in {"props", "tree"} or name != "name":  # a field's name is for its form; a trace's is read
                yield from texts(one, words or name)


@dataclass
class Told:
    """The demo year in this process, and all that is data in it: what stands in the database, in reference files, in headings."""

    server: Flask
    database: Path
    _clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, role: Role) -> FlaskClient:
        """Somebody who is signed in by the demo's button for a role."""
        if role not in self._clients:
            client = self.server.test_client()
            form = {"csrf_token": token_in(client.get("/signin").get_data(as_text=True)), "unit": "youting"}
            assert client.post(f"/signin/demo/{role}", data=form).status_code == 303
            self._clients[role] = client
        return self._clients[role]

    @cached_property
    def data(self) -> frozenset[str]:
        """Texts that are nobody's words of a page, but names and what people wrote."""
        found: set[str] = set()
        with closing(sqlite3.connect(self.database)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                for row in connection.execute(f'SELECT * FROM "{name}"'):
                    for value in row:
                        found.update(_strings(value))
        for file in REFERENCE.rglob("*.yaml"):
            found.update(_strings(yaml.safe_load(file.read_text(encoding="utf-8"))))
        return (
            frozenset({one for one in found if one and not KEY.fullmatch(one)} - _spoken())
            | self._names()
            | _headings()
            | CHINESE.keys()
        )

    def _names(self) -> set[str]:
        """What units, sectors, types of accidents and accounts are called."""
        with closing(sqlite3.connect(self.database)) as connection:
            return {name for statement in NAMES for (name,) in connection.execute(statement)}

    @cached_property
    def longest(self) -> int:
        """Of what may stand within a sentence; longer texts are sentences of people and stand alone."""
        return 60

    def left(self, said: Iterator[str] | list[str], language: str) -> dict[str, list[str]]:
        """Texts with words of the other language that are neither data nor listed."""
        wrong: dict[str, list[str]] = {}
        for text in dict.fromkeys(said):
            find = chinese_in if language == "en" else latin_in
            if find(text) and (found := find(without(self._whole(text), self.data, self.longest))):
                wrong[text] = found
        return wrong

    def _whole(self, text: str) -> str:
        """A chart's text without its breaks, and without names that were cut short."""
        joined = text.replace("<br>", "")
        return CUT.sub(lambda cut: "" if any(one.startswith(cut[1]) for one in self.data) else cut[0], joined)


def _spoken() -> set[str]:
    """What the catalogue says in either language: where it equals data, it is taken for a page's own word."""
    with (TRANSLATIONS / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return {str(one) for message in read_po(file) for one in (message.id, message.string)}


def _headings() -> set[str]:
    """Sheets, columns and choices of the workbooks, which are Chinese whoever reads of them."""
    tables = [table for kind in KINDS.values() for table in kind.tables]
    columns = [column for table in tables for column in table.columns]
    titles = {one.title for one in (*tables, *columns)}
    return (
        titles | {re.sub("[（(].*", "", one) for one in titles} | {one for column in columns for one in column.choices}
    )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        with suppress(ValueError):
            value = json.loads(value)
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _strings(one)
        case list():
            for one in value:
                yield from _strings(one)


@pytest.fixture(scope="module")
def told(demo_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The demo year, asked for in this process."""
    folder = tmp_path_factory.mktemp("languages") / "served"
    shutil.copytree(demo_year, folder)
    database = folder / "supervision.db"
    settings = Settings(
        database_url=f"sqlite:///{database}", archive_dir=folder / "archive", today=date(2022, 10, 8), demo=True
    )
    year = Told(create_app(settings).server, database)
    for role in Role:  # their accounts are made at the first click, and are data from then on
        year.client(role)
    return year


def _addresses(role: Role) -> list[str]:
    return [one for one in ADDRESSES if role is Role.OFFICE or "?" not in one or "unit=youting" in one]


def _submissions(told: Told) -> list[str]:
    """One workbook of each state and kind."""
    with closing(sqlite3.connect(told.database)) as connection:
        rows = connection.execute("SELECT min(submission), period FROM submission GROUP BY status, kind").fetchall()
    return [f"/submissions?period={period or '2022-09'}&submission={number}" for number, period in rows]


def test_every_page_is_among_those_that_are_read() -> None:
    """No page escapes."""
    assert {page.path for page in PAGES} <= {one.partition("?")[0] for one in ADDRESSES}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("role", Role)
def test_pages_speak_one_language(told: Told, role: Role, language: str) -> None:
    """In English no Chinese outside data; in Chinese no Latin word outside the list: pages, frame, plain pages, refusals."""
    client = told.client(role)
    frame = client.get(f"/overview?lang={language}").get_data(as_text=True)
    assert f'<html lang="{"en" if language == "en" else "zh-CN"}"' in frame
    said = [*_read(frame), *texts(client.get("/_dash-layout").get_json())]
    for address in [*_addresses(role), *(_submissions(told) if role is Role.OFFICE else [])]:
        said += texts(content(client, address))
    for address in PLAIN:
        said += _read(client.get(address).get_data(as_text=True))
    said += _read(told.server.test_client().get(f"/signin?lang={language}").get_data(as_text=True))
    assert told.left(said, language) == {}


def _read(document: str) -> list[str]:
    """What a plain page says."""
    if not document.startswith("<!DOCTYPE"):
        return []
    title = re.findall(r"<title>(.*?)</title>", document)
    return [unescape(one).strip() for one in (*title, *TAG.sub("\n", document).splitlines()) if one.strip()]


def test_english_at_a_click_and_back(server: Server, desk: Watched) -> None:
    """The switch keeps what is looked at; every address says English from then on, so that whoever is sent one reads English;
    charts and their tools follow.
    """
    page = desk.open(server, "/ranking?period=2022-08&group=department&unit=market")
    page.locator("#shell-language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    settle(page)
    draw_all(page)
    assert {"period=2022-08", "group=department", "unit=market", "lang=en"} <= set(
        page.url.partition("?")[2].split("&")
    )
    expect(page.locator("h1")).to_have_text("Monthly enforcement ranking")
    expect(page).to_have_title("Monthly enforcement ranking")
    expect(page.locator("#monthly-ranking-table thead")).to_contain_text("Score")
    expect(page.locator(".js-plotly-plot").first).not_to_contain_text("得分")
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("h1")).to_have_text("Overview")
    settle(page)
    assert page.url == f"{server.url}/overview?period=2022-08&lang=en"
    page.go_back()
    settle(page)
    assert "unit=market" in page.url
    page.locator("#shell-language").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    settle(page)
    expect(page.locator("h1")).to_have_text("月度执法排名")
    assert desk.troubles == []
