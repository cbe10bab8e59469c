"""A unit's account guesses at what is another's: by address, by number, by callback body. It gets its own, or nothing."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from dashboards.results import ranking, scores
from data.people.accounts import Wanted
from data.people.scope import Role, office
from data.schema.accounts import account
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import Month, Quarter
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.doors import OFFICE
from tests.integration.ledgers import Book, ledger, send
from tests.integration.several_units import (
    CLERKS,
    LONGTANZI,
    NOWHERE,
    OFFICE_FILE,
    TONGQIAO,
    UNITS,
    Marks,
    fill,
    installed,
)
from tests.integration.sites import HERE, Site, Visitor, made

pytestmark = pytest.mark.slow

CALLBACK = "/_dash-update-component"
FOLLOW = "..submissions-followed.children...submissions-tick.disabled.."
TRACE = re.compile(r"Traceback|File \"|sqlite|psycopg|SELECT |/dashboards/|/tmp/|werkzeug|Error")


@dataclass(frozen=True)
class Filled:
    """The application on the units' workbooks, and the scores of each unit."""

    site: Site
    numbers: dict[str, int]
    scores: dict[str, frozenset[str]]

    def clerk(self, marks: Marks) -> Visitor:
        """Somebody signed in for a unit."""
        return enter(self.site, CLERKS[marks.code])

    def of_others(self, marks: Marks, text: str) -> list[str]:
        """Every trace of other units in a text: names, codes, enterprises, numbers, people, files, scores; and the office's files."""
        own = self.scores[marks.code]
        traces = [OFFICE_FILE, NOWHERE, *(trace for other in UNITS if other is not marks for trace in other.all)]
        figures = {score for other in UNITS if other is not marks for score in self.scores[other.code]} - own
        return [one for one in [*traces, *sorted(figures)] if one in text]


def enter(site: Site, name: str) -> Visitor:
    """Somebody signed in with an account."""
    visitor = site.visitor()
    site._let_in(visitor, site.door.sessions.open(name, "demo", at=site.clock.at).token)
    return visitor


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Three units with figures of their own, two of them with an account."""
    folder = tmp_path_factory.mktemp("guessing")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        numbers = fill(settings, folder)
        site = made(settings, patch)
        site.door.add(Wanted(CLERKS["tongqiao"], "通人", Role.UNIT, "tongqiao"))
        yield Filled(site, numbers, _scores(settings))


def _scores(settings: Settings) -> dict[str, frozenset[str]]:
    engine, scope, today = reader(settings.database_url), office("shuangqiao"), settings.today
    results: list[Any] = [
        fetched(engine, scope, ranking.fetch, Month(2022, 5), fixed_today=today),
        fetched(engine, scope, scores.fetch, Quarter(2022, 2), fixed_today=today),
    ]
    rows = [row for result in results for group in result.groups for row in group.rows]
    return {
        marks.code: frozenset(str(row.figures.score) for row in rows if row.unit.code == marks.code) for marks in UNITS
    }


@lru_cache(maxsize=4)
def declared(client: FlaskClient) -> list[dict[str, Any]]:
    """Every callback, as the browser's script is told of it."""
    told: list[dict[str, Any]] = client.get("/_dash-dependencies", base_url=HERE).get_json()
    return told


def body(visitor: Visitor, output: str, values: dict[str, Any]) -> dict[str, Any]:
    """What a page's script sends for a callback; values by component and property."""
    one = next(each for each in declared(visitor.client) if each["output"] == output)
    pairs = [part.rpartition(".") for part in output.strip(".").split("...")]
    outputs = [{"id": identity, "property": name} for identity, _dot, name in pairs]

    def given(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [{**part, "value": values.get(f"{part['id']}.{part['property']}")} for part in parts]

    return {
        "output": output, "outputs": outputs if output.startswith("..") else outputs[0], "inputs": given(one["inputs"]),
        "state": given(one["state"]), "changedPropIds": [f"{part['id']}.{part['property']}" for part in one["inputs"]],
    }  # fmt: skip


def page(visitor: Visitor, path: str, search: str) -> TestResponse:
    """A page as the browser asks for it."""
    values = {"_pages_location.pathname": path, "_pages_location.search": search}
    return ask(visitor, body(visitor, ".._pages_content.children..._pages_store.data..", values))


def last_of_ranking(visitor: Visitor, search: str) -> TestResponse:
    """What the ranking's page leaves to be fetched once it stands: the month by sector, its account, its rules."""
    asked = {"monthly-ranking-asked-0-later.data": {"search": search}}
    return ask(visitor, body(visitor, "..monthly-ranking-last-part.children..", asked))


def ask(visitor: Visitor, sent: Any) -> TestResponse:
    """A callback with the page's token."""
    token = visitor.cookie("_csrf_token") or visitor.token()
    return visitor.client.post(CALLBACK, base_url=visitor.base, headers={"X-CSRFToken": token}, json=sent)


def words(answer: TestResponse) -> str:
    """The whole answer, with nothing escaped."""
    assert answer.status_code == 200, answer.text[:300]
    return json.dumps(answer.get_json(), ensure_ascii=False)


GUESSES = (
    "unit={code}", "unit={code}&unit={code}", "unit={own}&unit={code}", "unit[]={code}", "unit={name}", "unit=%20{code}",
    "unit={code}%00", "UNIT={code}", "unit={upper}", "group=department&unit={code}", "group=town&group=centre&unit={code}",
    "scope=office&role=office&unit={code}&account=office1", "zone=other&unit={code}", "unit={code}&measure=penalties&page=0",
    "sector=machinery&unit={code}", "submission={number}", "submission={number}&submission={number}", "unit=%25{code}",
)  # fmt: skip
PERIODS = {
    "/overview": "period=2022-05", "/ranking": "period=2022-05", "/scores": "period=2022Q2", "/casualties": "period=2022",
    "/enterprise": "q=公司", "/inspection-coverage": "list=repeated",
    "/frontline": "day=2022-05-31&batch=all", "/hazards": "day=2022-05-31", "/inspection-lists": "period=2022-06", "/disasters": "day=2022-05-31", "/supervision": "day=2022-05-31", "/tipoffs": "day=2022-05-31", "/submissions": "period=2022-05", "/administration": "account={clerk}",
    "/publications": "period=2022", "/calendar": "month=2022-05",
    "/work-plan": "day=2022-05-31", "/unit": "period=2022-05",
}  # fmt: skip
NAME_NO_UNIT = {"/administration", "/enterprise", "/inspection-coverage"}
"""Pages that need not name the unit which asks: of accounts, and of enterprises, none of which is found by these questions."""


@pytest.mark.parametrize("path", PERIODS)
@pytest.mark.parametrize(
    ("own", "other"), [(LONGTANZI, TONGQIAO), (TONGQIAO, LONGTANZI)], ids=["longtanzi", "tongqiao"]
)
def test_guessed_query_shows_ones_own(filled: Filled, own: Marks, other: Marks, path: str) -> None:
    """Whatever the address names, once, twice, as a list, encoded: one's own figures, and no trace of any other unit."""
    clerk = filled.clerk(own)
    told = {
        "code": other.code, "own": own.code, "name": quote(other.names[0]), "upper": other.code.upper(),
        "number": filled.numbers[f"{other.file}1.xlsx"], "clerk": CLERKS[other.code],
    }  # fmt: skip
    for guess in GUESSES:
        text = words(page(clerk, path, f"?{PERIODS[path]}&{guess}".format(**told)))
        if path not in NAME_NO_UNIT:
            assert own.names[0] in text, guess
        asked = text.replace(told["upper"], "")
        assert filled.of_others(own, asked) == [], guess


def test_there_is_something_to_guess(filled: Filled) -> None:
    """The same addresses show the office what the clerk may not see, and every unit has a score of its own."""
    visitor = enter(filled.site, "office1")
    for path, traces in (
        ("/ranking", [TONGQIAO.enterprise, TONGQIAO.file, *filled.scores["tongqiao"]]),
        ("/casualties", [TONGQIAO.accident, TONGQIAO.enterprise]),
        ("/submissions", [TONGQIAO.file, TONGQIAO.inspector]),
    ):
        number = filled.numbers[f"{TONGQIAO.file}1.xlsx"]
        pages = [
            words(page(visitor, path, f"?{PERIODS[path]}&unit=tongqiao&submission={number}")),
            words(page(visitor, "/scores", "?period=2022Q2&unit=tongqiao")),
        ]
        assert [trace for trace in traces if trace not in "".join(pages)] == []
    assert all(len(each) == 2 for each in filled.scores.values())
    assert len(frozenset().union(*filled.scores.values())) == 6


@pytest.mark.parametrize("own", [LONGTANZI, TONGQIAO], ids=["longtanzi", "tongqiao"])
def test_numbers_of_workbooks_open_only_ones_own(filled: Filled, own: Marks) -> None:
    """Every number there is, and some that are none: originals and receipts of one's own, of all others no trace."""
    clerk = filled.clerk(own)
    mine = {number for name, number in filled.numbers.items() if name.startswith(own.file)}
    for number in [*filled.numbers.values(), 0, 999, 2**31, 2**63, 10**30]:
        assert clerk.get(f"/original/{number}").status_code == (200 if number in mine else 404), number
    sent = [{"name": "", "receipt": number, "refused": None} for number in [*filled.numbers.values(), 0, -1, 10**30]]
    text = words(ask(clerk, body(clerk, FOLLOW, {"submissions-sent.data": sent})))
    assert own.file in text
    assert filled.of_others(own, text) == []


WITH_FILES = {
    "/overview": "",
    "/ranking": "?period=2022-05&group=town&unit={code}&measure=penalties",
    "/scores": "?period=2022Q2&group=town&unit={code}",
    "/casualties": "?period=2022",
    "/submissions": "?period=2022-05",
}
"""Pages that name workbooks beside what stands in them."""
SHOWN_AFTER = "..submissions-message.children"
"""Beginning of the output of what is shown again after an upload."""


def _with_files(filled: Filled, visitor: Visitor, code: str) -> str:
    """Everything in which a file's name could stand: those pages, each receipt's card, the list of what came last."""
    sent = [{"name": "", "receipt": number, "refused": None} for number in filled.numbers.values()]
    values = {"submissions-period.value": "2022-05", "submissions-tick.disabled": True}
    after = next(each["output"] for each in declared(visitor.client) if each["output"].startswith(SHOWN_AFTER))
    answers = [
        *(page(visitor, path, search.format(code=code)) for path, search in WITH_FILES.items()),
        ask(visitor, body(visitor, FOLLOW, {"submissions-sent.data": sent})),
        ask(visitor, body(visitor, after, values)),
    ]
    return "".join(words(answer) for answer in answers)


def _named(filled: Filled, text: str) -> set[str]:
    return {name for name in filled.numbers if name in text}


@pytest.mark.parametrize("own", [LONGTANZI, TONGQIAO], ids=["longtanzi", "tongqiao"])
def test_unit_reads_names_of_its_own_files_alone(filled: Filled, own: Marks) -> None:
    """No page and no callback, not even a tooltip, tells a unit how the office or another unit called its workbook."""
    mine = {name for name in filled.numbers if name.startswith(own.file)}
    assert len(mine) == 2
    assert _named(filled, _with_files(filled, filled.clerk(own), own.code)) == mine
    assert _named(filled, _with_files(filled, enter(filled.site, "office1"), own.code)) == set(filled.numbers)


@pytest.mark.parametrize("name", ["viewer1", "admin1"])
def test_committee_reads_no_name_of_a_file_it_cannot_open(filled: Filled, name: str) -> None:
    """Who may open no original reads where a figure stands and when a workbook came, not how a clerk called the file."""
    text = _with_files(filled, enter(filled.site, name), "longtanzi")
    assert "报送的文件" in text
    assert "原件" not in text
    assert _named(filled, text) == set()


@pytest.mark.parametrize(
    "output", ["..monthly-ranking-top-part", "..quarterly-scores-top-part", "..casualty-targets-top-part"]
)
def test_addresses_in_an_answer_are_only_addresses(filled: Filled, output: str) -> None:
    """Whatever the address holds that a part is asked for with: links are of this site, and every letter stands for itself."""
    clerk = filled.clerk(LONGTANZI)
    search = "?period=2022-05&as_of=2022-06-01&x=javascript:alert(1)&unit=" + quote('"><script>alert(1)</script>')
    asked = next(one for one in declared(clerk.client) if one["output"].startswith(output))
    (store,) = asked["inputs"]
    values = {f"{store['id']}.data": {"search": search}}
    answer = ask(clerk, body(clerk, asked["output"], values)).get_data(as_text=True)
    links = [json.loads(found) for found in re.findall(r'"href":\s*("(?:[^"\\]|\\.)*")', answer)]
    assert links
    assert [link for link in links if not link.startswith(("/", "#")) or set("<>\"' ") & set(link)] == []


@pytest.mark.parametrize(
    "asked", [None, [], {}, {"search": 5}, {"search": ["?period=2022-05"]}, {"other": "x"}, {"search": "?%"}]
)
def test_a_part_asked_for_with_nonsense_is_the_page_without_choices(filled: Filled, asked: Any) -> None:
    """What is no address asks for nothing: the part is that of the bare page."""
    clerk = filled.clerk(LONGTANZI)
    output = next(
        one["output"] for one in declared(clerk.client) if one["output"].startswith("..monthly-ranking-top-part")
    )
    first, bare = (
        ask(clerk, body(clerk, output, {"monthly-ranking-asked-0.data": value})) for value in (asked, {"search": ""})
    )
    assert first.status_code == bare.status_code == 200
    assert first.get_data() == bare.get_data()


CHANGES: dict[str, dict[str, Any]] = {
    "no output": {"output": None},
    "output that is none": {"output": "shell.children"},
    "output of another page": {"output": "..overview-top-part.children...overview-month-part.children.."},
    "other outputs": {"outputs": [{"id": "shell", "property": "children"}, {"id": "_pages_store", "property": "data"}]},
    "no inputs": {"inputs": []},
    "input of another page": {"inputs": [{"id": "overview-period", "property": "value", "value": "2022-05"}] * 2},
    "one input more": {"inputs": [{"id": "_pages_location", "property": name, "value": "/ranking"}
                                  for name in ("pathname", "search", "search")]},
    "input that is no text": {"inputs": [{"id": "_pages_location", "property": name, "value": {"unit": "tongqiao"}}
                                         for name in ("pathname", "search")]},
    "state of another page": {"state": [{"id": "submissions-period", "property": "value", "value": "2022-05"}]},
    "state that is none": {"state": "office"},
    "changes that are none": {"changedPropIds": [["x"]]},
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_body_that_no_page_sends_is_refused(filled: Filled, caplog: pytest.LogCaptureFixture, change: str) -> None:
    """Other outputs, inputs or state than the callback has: 400 and a Chinese sentence, and nothing in the error log."""
    clerk = filled.clerk(LONGTANZI)
    values = {"_pages_location.pathname": "/ranking", "_pages_location.search": ""}
    good = body(clerk, ".._pages_content.children..._pages_store.data..", values)
    assert ask(clerk, good).status_code == 200
    answer = ask(clerk, {**good, **CHANGES[change]})
    assert answer.status_code == 400
    assert list(answer.get_json()) == ["error"]
    assert re.search("[\u4e00-\u9fff]", answer.get_json()["error"])
    assert not TRACE.search(answer.text)
    assert caplog.records == []


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff\xfe", b"null", b"[1]", b'"x"', b"5", b"[" * 100_000 + b"]" * 100_000]
)
def test_body_that_is_no_request_is_refused(filled: Filled, raw: bytes) -> None:
    """What is no JSON, no object, or nested beyond reason: 400, and the next request is answered."""
    clerk = filled.clerk(LONGTANZI)
    headers = {"X-CSRFToken": clerk.token()}
    for kind in ("application/json", "text/plain"):
        answer = clerk.client.post(CALLBACK, base_url=clerk.base, headers=headers, data=raw, content_type=kind)
        assert answer.status_code == 400
        assert not TRACE.search(answer.text)
    assert page(clerk, "/ranking", "").status_code == 200


COMPONENT = {"type": "Iframe", "namespace": "dash_html_components", "props": {"srcDoc": "<script>alert(1)</script>"}}


@pytest.mark.parametrize(
    "file",
    [COMPONENT, {"name": COMPONENT, "receipt": None, "refused": "x"}, {"name": "x", "receipt": None, "refused": COMPONENT},
     {"name": "x", "receipt": "2", "refused": None}, {"name": "x", "receipt": {"a": 1}, "refused": None}, {}, None, "x"],
)  # fmt: skip
def test_component_in_a_callback_is_not_put_on_the_page(filled: Filled, file: Any) -> None:
    """What the browser hands back of its uploads is taken as texts and numbers, or left out; no component comes out of it."""
    clerk = filled.clerk(LONGTANZI)
    text = words(ask(clerk, body(clerk, FOLLOW, {"submissions-sent.data": [file]})))
    assert "Iframe" not in text
    assert "srcDoc" not in text


ODD = (
    "", "\0", "-1", "0", "999999999", "9" * 40, "0001-01", "9999-12", "2022-13", "2022Q9", "9999Q4", "0001", "9999", "0001-01-01",
    "9999-12-31", "2022-02-30", "２０２２", "%s{{7*7}}${x}", "<script>", "' OR 1=1 --", "../..", "\ufffe", "x" * 900,
)  # fmt: skip
PARTS = ("unit", "group", "measure", "page", "compare", "as_of", "sector", "submission", "account", "accident")


@pytest.mark.parametrize("path", PERIODS)
def test_odd_address_is_a_page(filled: Filled, path: str) -> None:
    """Days that no calendar has, numbers that no database takes, text that means something elsewhere: a page, never an error."""
    visitor = enter(filled.site, "admin1")
    for odd in ODD:
        for names in (("period",), PARTS):
            query = "&".join(f"{name}={quote(odd)}" for name in names)
            assert page(visitor, path, f"?{query}").status_code == 200, query[:90]


# Whose a workbook is


def _sent(site: Site, visitor: Visitor, book: Book, path: Path) -> int:
    """Upload and loader; the workbook's number."""
    files = {"files": (io.BytesIO(book.write(path).read_bytes()), path.name), "csrf_token": visitor.token()}
    answer = visitor.client.post("/upload", base_url=visitor.base, data=files, buffered=True)
    with Loader(site.door.settings) as loader:
        loader.take_up_pending()
    return int(answer.get_json()["files"][0]["receipt"])


def test_account_that_moved_sees_nothing_of_its_former_unit(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody sent for a unit is that unit's: with another unit it is not theirs any more, whoever sent it."""
    site = made(sqlite_installation, monkeypatch)
    number = _sent(site, enter(site, "zhangsan"), ledger("2022-05", "longtanzi"), tmp_path / "旧单位.xlsx")
    assert enter(site, "zhangsan").get(f"/original/{number}").status_code == 200
    site.door.accounts.set_role("zhangsan", Role.UNIT, "tongqiao", **OFFICE)
    moved = enter(site, "zhangsan")
    assert moved.get(f"/original/{number}").status_code == 404
    assert "旧单位" not in words(page(moved, "/submissions", f"?period=2022-05&submission={number}"))


def test_account_named_as_the_command_line_is_nobody_special(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the command line sent as the office is not a unit's account's because that is called "office" too.

    The name is reserved now; an account may have been made so before.
    """
    with Loader(sqlite_installation) as loader:
        send(loader, ledger("2022-05", "longtanzi"), tmp_path, name="命令行.xlsx")
    site = made(sqlite_installation, monkeypatch)
    site.door.accounts.add(Wanted("impostor", "冒名", Role.UNIT, "tongqiao"), **OFFICE)
    with write_transaction(sqlite_installation.database_url) as connection:
        connection.execute(
            update(account).where(account.c.account == "impostor").values(account="office", must_change=False)
        )
    visitor = enter(site, "office")
    assert visitor.get("/original/1").status_code == 404
    assert "命令行" not in words(page(visitor, "/submissions", "?period=2022-05&submission=1"))
