"""The committee's office is a unit too: an account of that unit still neither sends nor opens what sets everybody's marks."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboards.pages.submissions.sending import KIND, send_form
from dashboards.results import scores, scores_printed, submissions, workbooks
from data.intake.archive import Archive
from data.intake.inbox import Choice, take_in
from data.people.accounts import Wanted
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Period, Quarter, Year
from data.zone.zone import Zone, read_zone
from etl.loading.load import Loader, Outcome
from etl.table.messages import sentence
from tests.fetching import fetched
from tests.integration.ledgers import LOG, NOTHING, Book, all_rows, ledger, send, targets
from tests.integration.papers import accidents, baseline, review, self_assessment
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_access import _ask_script, _router, _words

ZONE = "shuangqiao"
UNIT = Scope(ZONE, Role.UNIT, "yingji-clerk", "emergency")
CLERK = Wanted("yingji-clerk", "应急科员", Role.UNIT, "emergency")
AT = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
OFFICES: dict[str, tuple[Callable[[], Book], Period]] = {
    "targets": (targets, Year(2022)),
    "review": (lambda: review(mark=1), Quarter(2022, 2)),
    "accidents": (accidents, Month(2022, 5)),
    "baseline": (baseline, Year(2021)),
}
"""The office's kinds that can be sent, with a good workbook of each and its period."""


def _zone(settings: Settings) -> Zone:
    with reader(settings.database_url).connect() as connection:
        return read_zone(connection, settings.zone)


def _sent_by_unit(settings: Settings, path: Path, choice: Choice = NOTHING) -> Outcome:
    """Received as an upload of the unit's account, and taken up by the loader."""
    with path.open("rb") as file:
        archive = Archive(settings.archive_dir)
        take_in(settings.database_url, archive, ZONE, file, path.name, UNIT.account, AT, choice, UNIT.unit)
    with Loader(settings) as loader:
        return loader.take_up_pending()[-1]


def test_which_kinds_are_the_offices_alone(sqlite_installation: Settings) -> None:
    """As deadlines.yaml says: what only the office files; what the office's unit files like any other is not among it."""
    zone = _zone(sqlite_installation)
    kinds = {item.kind for item in zone.deadlines}
    assert {kind for kind in kinds if zone.only_office_files(kind)} == {*OFFICES, "supervision"}
    assert not zone.only_office_files("no such kind")


@pytest.mark.parametrize("chosen", [False, True], ids=["as written", "chosen in the form"])
@pytest.mark.parametrize("kind", OFFICES)
def test_offices_table_sent_by_an_account_of_its_unit_is_refused(
    installation: Settings, tmp_path: Path, kind: str, chosen: bool
) -> None:
    """A flawless workbook changes no row but the log's, and its sender reads who sends such tables."""
    book, period = OFFICES[kind]
    before = all_rows(installation, but=LOG)
    choice = Choice(kind, "emergency", str(period)) if chosen else NOTHING
    outcome = _sent_by_unit(installation, book().write(tmp_path / "总表.xlsx"), choice)
    assert (outcome.status, outcome.kind, outcome.unit) == ("rejected", kind, None)
    assert [problem.code for problem in outcome.problems] == ["not_allowed"]
    assert re.search("只能由安委办的账号报送", sentence(outcome.problems[0]))
    assert all_rows(installation, but=LOG) == before


def test_office_sends_the_same_workbook_afterwards(installation: Settings, tmp_path: Path) -> None:
    """The refused attempt stands in nobody's way: the office's own is due as before, then accepted as version 1."""
    path = review().write(tmp_path / "评审.xlsx")
    _sent_by_unit(installation, path)
    reports = fetched(
        reader(installation.database_url),
        office(ZONE),
        submissions.fetch,
        Quarter(2022, 2),
        fixed_today=installation.today,
    )
    assert {one.status for one in reports.reports if one.kind == "review"} == {"missing"}
    with Loader(installation) as loader:
        outcome = send(loader, path, tmp_path, at=AT)
    assert (outcome.status, outcome.unit, outcome.version) == ("accepted", "emergency", 1)


def test_what_the_unit_itself_files_is_taken(installation: Settings, tmp_path: Path) -> None:
    """Its own ledger and self-assessment go in as those of any unit."""
    for book in (ledger("2022-05", "emergency"), self_assessment("emergency")):
        outcome = _sent_by_unit(installation, book.write(tmp_path / "本单位.xlsx"))
        assert (outcome.status, outcome.unit) == ("accepted", "emergency")


def test_account_of_the_offices_unit_does_not_see_what_the_office_filed(installation: Settings, tmp_path: Path) -> None:
    """Everybody's marks stand in it: neither listed nor opened, whether accepted or of a kind that nobody can tell."""
    torn = review()
    torn.sheets["亡人指标"] = targets().sheets["亡人指标"]
    with Loader(installation) as loader:
        send(loader, ledger("2022-05", "emergency"), tmp_path, at=AT)
        send(loader, review(), tmp_path, at=AT)
        unknown = send(loader, Book(torn.sheets, {"unit": "emergency", "period": "2022Q2"}), tmp_path, at=AT)
    assert (unknown.status, unknown.kind, unknown.unit) == ("rejected", None, "emergency")
    engine = reader(installation.database_url)
    assert [one.number for one in fetched(engine, office(ZONE), workbooks.latest)] == [5, 3, 1]
    assert [one.number for one in fetched(engine, UNIT, workbooks.latest)] == [1]
    assert [fetched(engine, UNIT, workbooks.one, number) for number in (3, 5)] == [None, None]
    due = fetched(engine, UNIT, submissions.fetch, Quarter(2022, 2), fixed_today=installation.today)
    assert {one.kind for one in due.reports} == {"self_assessment", "tasks"}


# Over HTTP


@pytest.fixture
def site(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on the marks of a quarter, with an account of the office's unit."""
    with Loader(sqlite_installation) as loader:
        for book in (self_assessment("longtanzi"), review(mark=8)):
            assert send(loader, book, tmp_path, at=AT).errors == []
    site = made(sqlite_installation, monkeypatch)
    site.door.add(CLERK)
    return site


def _clerk(site: Site) -> Visitor:
    visitor = site.visitor()
    site._let_in(visitor, site.door.sessions.open(CLERK.name, "demo", at=site.clock.at).token)
    return visitor


def _upload(visitor: Visitor, path: Path, **form: str) -> TestResponse:
    files = {"files": (io.BytesIO(path.read_bytes()), path.name), "csrf_token": visitor.token(), **form}
    return visitor.client.post("/upload", base_url=visitor.base, data=files, buffered=True)


def _marks(site: Site) -> dict[str, Any]:
    settings = site.door.settings
    found = fetched(
        reader(settings.database_url), office(ZONE), scores.fetch, Quarter(2022, 2), fixed_today=settings.today
    )
    return scores_printed.as_dict(found)


def test_review_uploaded_by_the_offices_unit_changes_nobodys_marks(site: Site, tmp_path: Path) -> None:
    """Received, refused by the loader, told to the sender in Chinese; every unit's marks are those of before."""
    before = _marks(site)
    assert any(row["measures"][0]["review"] == 8 for group in before["groups"] for row in group["rows"])
    clerk = _clerk(site)
    number = _upload(clerk, review(mark=1).write(tmp_path / "改分.xlsx")).get_json()["files"][0]["receipt"]
    with Loader(site.door.settings) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["rejected"]
    assert _marks(site) == before
    shown = _words(_ask_script(clerk, _router("/submissions", f"?period=2022Q2&submission={number}")))
    assert "改分.xlsx" in shown
    assert "只能由安委办的账号报送" in shown


@pytest.mark.parametrize("kind", [*OFFICES])
def test_kind_of_the_office_chosen_by_a_units_account_is_refused_at_once(site: Site, tmp_path: Path, kind: str) -> None:
    """Nothing is received, and a sentence says who sends such tables; the office may choose the same."""
    before = all_rows(site.door.settings, but=("sign_in", "session"))
    path = ledger("2022-08", "emergency").write(tmp_path / "台账.xlsx")
    answer = _upload(_clerk(site), path, kind=kind)
    assert answer.status_code == 403
    assert "只能由安委办的账号报送" in answer.text
    after = all_rows(site.door.settings, but=("sign_in", "session"))
    assert after["submission"] == before["submission"]
    assert _upload(site.signed_in(Role.OFFICE), path, kind=kind).status_code == 200


def test_offices_workbooks_do_not_open_for_its_units_account(site: Site) -> None:
    """The review lies under the office's own unit, and is not there for a unit's account of it."""
    assert _clerk(site).get("/original/3").status_code == 404
    assert site.signed_in(Role.OFFICE).get("/original/3").status_code == 200


def test_form_offers_no_kind_that_the_account_may_not_send(sqlite_installation: Settings) -> None:
    """The choice of kinds: the office's for the office, those of every unit for a unit's account, be it of the office's unit."""
    zone = _zone(sqlite_installation)

    def offered(scope: Scope) -> set[str]:
        text = json.loads(
            json.dumps(send_form(zone, [], scope).to_plotly_json(), default=lambda one: one.to_plotly_json())
        )
        return {option["value"] for option in _options(text, KIND)} - {""}

    assert offered(office(ZONE)) >= {"enforcement", "self_assessment", *OFFICES}
    assert {"enforcement", "self_assessment"} <= offered(UNIT)
    assert offered(UNIT).isdisjoint({*OFFICES, "supervision"})


def _options(part: Any, identity: str) -> list[dict[str, str]]:
    """The options of the chooser with this id."""
    if isinstance(part, list):
        return [option for one in part for option in _options(one, identity)]
    if not isinstance(part, dict):
        return []
    props = part.get("props", {})
    if props.get("id") == identity:
        return [dict(option) for option in props["options"]]
    return _options(props.get("children"), identity)
