"""What a process keeps of computed results is always what would be computed now, for who asks, and nobody else's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select, update
from werkzeug.test import TestResponse

from dashboards.__main__ import freeze
from dashboards.components.page_list import RANKING
from dashboards.results import cases, casualties, overview, quarter_procedure, ranking, scores, submissions
from dashboards.results.kept import KeptResults
from dashboards.results.reading import KeptQuestion, Reading, begin
from data.initial import initialise
from data.intake import replies
from data.intake.configuration import configure, configuring
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.decisions import (
    MarkAnswer,
    confirm,
    decide_mark,
    decide_veto,
    reply_to_marks,
    return_workbook,
    withdraw,
)
from data.intake.inbox import take_in
from data.intake.retention import sweep
from data.language import speak
from data.people import passwords
from data.people.accounts import AccountRefused, Wanted
from data.people.scope import Role, Scope
from data.people.sessions import SignInRefused
from data.schema.intake import submission
from data.schema.zone import installation as installation_table
from data.schema.zone import unit as unit_table
from data.settings import Settings
from data.store import OF_SESSIONS, reader, write_transaction, writer
from data.version import data_version
from data.zone.periods import Month, Quarter, Year
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.how_many import cases as how_many
from tests.integration.doors import GOOD, NOW, Counting, Door
from tests.integration.ledgers import NOTHING, all_rows, ledger, send, targets
from tests.integration.papers import accident, accidents, review, self_assessment
from tests.integration.revisions import between_revisions, take_back
from tests.integration.several_units import fill, installed
from tests.integration.sites import Visitor, made
from tests.integration.test_guessing import ask, body, declared, page

ROOT = Path(__file__).parents[2]
ZONE = "shuangqiao"
UNITS = ("longtanzi", "shuanglu", "emergency")
MONTHS = tuple(Month(2022, number) for number in (4, 5, 6))
DAYS = (date(2022, 6, 5), date(2022, 6, 6), date(2022, 10, 8))
"""The last day on which May is in time, the day after, and long after."""
SCOPES = (
    Scope(ZONE, Role.VIEWER, "viewer1"),
    Scope(ZONE, Role.OFFICE, "office1"),
    Scope(ZONE, Role.OFFICE, "office2"),
    Scope(ZONE, Role.ADMIN, "admin1"),
    Scope(ZONE, Role.UNIT, "zhang", "longtanzi"),
    Scope(ZONE, Role.UNIT, "li", "longtanzi"),
    Scope(ZONE, Role.UNIT, "wang", "shuanglu"),
    Scope(ZONE, Role.UNIT, "zhao", "emergency"),
)
Ask = Callable[[Reading], Any]


def _question(random: Random) -> Ask:
    """A result, as a page asks for it."""
    month, quarter, unit = random.choice(MONTHS), Quarter(2022, 2), random.choice(UNITS)
    period, measure = random.choice([month, quarter, Year(2022)]), random.choice(cases.MEASURES)
    asked: tuple[Ask, ...] = (
        lambda reading: ranking.fetch(reading, month),
        lambda reading: ranking.fetch(reading, month, compare_with=2019),
        lambda reading: ranking.fetch_for_group(reading, month, "town"),
        lambda reading: overview.fetch(reading, month),
        lambda reading: scores.fetch_each(reading, (quarter,)),
        lambda reading: quarter_procedure.fetch(reading, quarter),
        lambda reading: casualties.fetch(reading, Year(2022)),
        casualties.years,
        lambda reading: submissions.fetch_each(reading, (period,)),
        lambda reading: cases.fetch(reading, unit, month, measure),
    )
    return random.choice(asked)


def _besides(reading: Reading) -> Any:
    """What pages ask a reading itself."""
    return reading.zone, reading.months, reading.quarters, reading.latest_due_month, reading.latest_due_quarter


class World:
    """An installation in which anything may happen next."""

    def __init__(self, installation: Settings, folder: Path, random: Random) -> None:
        self.settings, self.folder, self.random = installation, folder, random
        self.loader = Loader(installation)
        self.archive = self.loader.archive
        self.at = NOW
        self.door = Door(installation, Counting())
        self.acts: tuple[Callable[[], None], ...] = (
            self.load, self.load, self.load, self.load_targets, self.load_accidents, self.load_marks, self.upload,
            self.confirm, self.withdraw, self.give_back, self.decide, self.reply, self.add_account, self.change_account,
            self.configure, self.initialise, self.let_go, self.come_in, self.be_refused, self.fail, self.work,
        )  # fmt: skip

    def happenings(self) -> Iterator[str]:
        """One thing happens after the other, each kind in turn but in any order; what it was."""
        while True:
            for act in self.random.sample(self.acts, len(self.acts)):
                self.at += timedelta(minutes=self.random.randint(1, 60))
                act()
                yield act.__name__

    def load(self) -> None:
        """A unit's ledger, right or wrong, new, a correction, or the same once more."""
        book = ledger(str(self.random.choice(MONTHS)), self.random.choice(UNITS))
        if self.random.random() < 0.6:
            del book.sheets["汇总"]
            book.put({"J2": self.random.randint(2, 9), "D2": self.random.choice([None, "不是代码"])})
        send(self.loader, book, self.folder, at=self.at)

    def load_targets(self) -> None:
        """The year's caps and plans."""
        book = targets().put({"亡人指标!C2": self.random.randint(1, 9)})
        send(self.loader, book, self.folder, at=self.at)

    def load_accidents(self) -> None:
        """A month's ledger of accidents."""
        happened = accident("事1", date(2022, 5, 2), self.random.randint(1, 9))
        send(self.loader, accidents("2022-05", happened), self.folder, at=self.at)

    def load_marks(self) -> None:
        """A self-assessment, or the committee's review."""
        mark = self.random.randint(1, 10)
        book = self.random.choice([self_assessment(self.random.choice(UNITS), mark=mark), review(mark=mark)])
        send(self.loader, book, self.folder, at=self.at)

    def upload(self) -> None:
        """A workbook by the page, looked at and waiting for its sender's word."""
        path = ledger().put({"J2": self.random.randint(2, 9)}).write(self.folder / "upload.xlsx")
        take_in(
            self.settings.database_url, self.archive, ZONE, BytesIO(path.read_bytes()), "五月.xlsx", "zhang", self.at,
            NOTHING, "longtanzi", asks=True,
        )  # fmt: skip
        self.loader.take_up_pending()

    def confirm(self) -> None:
        """The word."""
        self._decide_on("checked", lambda number: confirm(self._desk("zhang"), number, None))
        self.loader.take_up_pending()

    def withdraw(self) -> None:
        """Not to be loaded after all."""
        self._decide_on("checked", lambda number: withdraw(self._desk("zhang"), number))

    def give_back(self) -> None:
        """The office returns something, on its own figures only as a proposal."""
        self._decide_on("accepted", lambda number: return_workbook(self._desk("office1"), number, "与现场不符"))

    def decide(self) -> None:
        """The office decides on a veto."""
        scope = Scope(ZONE, Role.OFFICE, "office1")
        with begin(reader(self.settings.database_url), scope, self.settings.today) as reading:
            grounds = scores.fetch(reading, Quarter(2022, 2)).grounds("longtanzi")
        self._decided(
            lambda: decide_veto(
                self._desk("office1"), quarter=Quarter(2022, 2), unit="longtanzi", confirmed=True, grounds=grounds,
                reason="属实",
            )
        )  # fmt: skip

    def reply(self) -> None:
        """A unit answers a mark, and the office decides on it."""
        unit, measure = self.random.choice(UNITS), self.random.randint(1, 3)
        with reader(self.settings.database_url).connect() as connection:
            marks = replies.reviewed(connection, ZONE, "2022Q2", unit)
            last, said = (
                read(connection, ZONE, "2022Q2", unit, measure) for read in (replies.last_reply, replies.last_decision)
            )
        if measure not in marks:
            return
        answer = MarkAnswer(measure, marks[measure].mark, last.entry if last is not None else 0)
        told = {"quarter": Quarter(2022, 2), "unit": unit, "reason": "台账已补齐"}
        self._decided(
            lambda: reply_to_marks(self._desk("zhang"), answers=[answer], agrees=self.random.random() < 0.3, **told)
        )
        if last is not None:
            self._decided(
                lambda: decide_mark(
                    self._desk("office1"), reply=last.entry, before=marks[measure].mark, mark=Decimal(9), full=Decimal(10),
                    replaces=said.entry if said is not None else 0, reason="属实",
                )
            )  # fmt: skip

    def add_account(self) -> None:
        """Somebody new."""
        wanted = Wanted(f"new{self.random.randint(1, 9)}", "某人", Role.VIEWER)
        self._decided(lambda: self.door.accounts.add(wanted, by="admin1", at=self.at))

    def change_account(self) -> None:
        """Another role, or shut out."""
        name = f"new{self.random.randint(1, 9)}"
        if self.random.random() < 0.5:
            self._decided(lambda: self.door.accounts.set_role(name, Role.OFFICE, by="admin1", at=self.at))
        else:
            self._decided(lambda: self.door.accounts.set_active(name, False, by="admin1", at=self.at))

    def configure(self) -> None:
        """A unit is called otherwise, or has not always been there."""
        row = {"unit": self.random.choice(UNITS), "short_name": f"简称{self.random.randint(1, 9)}"}
        since = {"valid_from": self.random.choice([None, "2022-05-01"])}
        with configuring(self.settings.database_url, self.archive, ZONE) as work:
            configure(work, {"unit": [{**row, **since}]}, by="office", at=self.at)

    def initialise(self) -> None:
        """``data init`` once more."""
        initialise(self.settings.database_url, ZONE, self.archive, self.settings.today)

    def let_go(self) -> None:
        """What was refused long ago."""
        sweep(self.settings, self.at + timedelta(days=40 * self.random.randint(0, 1)))

    def come_in(self) -> None:
        """Somebody signs in, is seen a while later, and leaves."""
        self._decided(lambda: self.door.accounts.add(Wanted("walker", "行人", Role.VIEWER), by="admin1", at=self.at))
        token = self.door.sessions.open("walker", "demo", at=self.at).token
        self.door.sessions.account_of(token, at=self.at + timedelta(minutes=2))
        self.door.sessions.sign_out(token, at=self.at + timedelta(minutes=3))

    def be_refused(self) -> None:
        """Somebody tries a password."""
        with pytest.raises(SignInRefused):
            self.door.sessions.sign_in("walker", "wrong", at=self.at)

    def fail(self) -> None:
        """A transaction that comes to nothing."""
        with pytest.raises(ValueError, match="no unit"):
            self._begin_what_fails()

    def work(self) -> None:
        """The worker looks for something to do."""
        self.loader.take_up_pending()
        annotate_next(self.settings, self.archive)

    def _begin_what_fails(self) -> None:
        with write_transaction(self.settings.database_url) as connection:
            connection.execute(update(unit_table).values(short_name="nobody"))
            raise ValueError("no unit is called so")

    def _decide_on(self, status: str, decide: Callable[[int], object]) -> None:
        """Decide on the last workbook of this status, if there is any."""
        asked = select(func.max(submission.c.submission)).where(submission.c.status == status)
        with reader(self.settings.database_url).connect() as connection:
            number = connection.execute(asked).scalar()
        if number is not None:
            self._decided(lambda: decide(number))

    def _desk(self, name: str) -> Desk:
        return Desk(self.settings.database_url, self.archive, ZONE, name, self.at)

    def _decided(self, act: Callable[[], object]) -> None:
        """Done, or refused: both may be."""
        with suppress(Undecidable, AccountRefused):
            act()


def _asked(engine: Engine, scope: Scope, day: date, ask: Ask, kept: KeptResults | None = None) -> Any:
    with begin(engine, scope, day, kept) as reading:
        return ask(reading)


def _rows(settings: Settings) -> dict[str, list[Any]]:
    """Everything that is written, without the version itself."""
    rows = all_rows(settings)
    place = [column.name for column in installation_table.columns].index("data_version")
    rows["installation"] = [[*row[:place], *row[place + 1 :]] for row in rows["installation"]]
    return rows


def _version(settings: Settings) -> str | None:
    with reader(settings.database_url).connect() as connection:
        return data_version(connection, settings.zone)


def test_what_is_given_is_what_would_be_computed(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happens and whoever asks, on whichever day, in whichever language: as if nothing had been kept.

    What writes anything but a session moves the version, by whichever way; what writes nothing does not.
    """
    monkeypatch.setattr(passwords, "hasher", Counting)
    random = Random(16)
    world = World(installation, tmp_path, random)
    kept, engine = KeptResults(most_results=40), reader(installation.database_url)
    rows, version = _rows(installation), _version(installation)
    with world.loader:
        for happened in islice(world.happenings(), max(how_many(), len(world.acts))):
            before, rows = rows, _rows(installation)
            earlier, version = version, _version(installation)
            written = {name for name, found in rows.items() if found != before[name]}
            assert version == earlier if not written else version != earlier or written <= OF_SESSIONS, happened
            speak(random.choice(["zh_CN", "en"]))
            day = random.choice(DAYS)
            for ask in (_question(random), _question(random)):
                for scope in random.sample(SCOPES, 2):
                    found = _asked(engine, scope, day, ask, kept)
                    assert _asked(engine, scope, day, ask, kept) is found
                    assert found == _asked(engine, scope, day, ask), (happened, scope)
            assert _asked(engine, scope, day, _besides, kept) == _asked(engine, scope, day, _besides), happened
    assert len(kept) == 40


def test_midnight_and_another_language(sqlite_installation: Settings, tmp_path: Path) -> None:
    """What is awaited today is missing tomorrow, though nothing was written; and nobody reads a sentence that was made for
    another's language.
    """
    engine, scope, kept = reader(sqlite_installation.database_url), SCOPES[1], KeptResults()
    with Loader(sqlite_installation) as loader:
        happened = accident("事1", date(2022, 5, 2), 4)
        assert send(loader, accidents("2022-05", happened), tmp_path).status == "accepted"

    def states(reading: Reading) -> set[str]:
        return {one.status for one in submissions.fetch(reading, MONTHS[1]).reports if one.kind == "enforcement"}

    def grounds(reading: Reading) -> list[str]:
        rows = [row for group in scores.fetch(reading, Quarter(2022, 2)).groups for row in group.rows]
        return [ground.sentence for row in rows for ground in row.grounds]

    for _again in range(2):
        assert [_asked(engine, scope, day, states, kept) for day in DAYS[:2]] == [{"awaited"}, {"missing"}]
        for tongue, word in (("zh_CN", "事故"), ("en", "accident"), ("zh_CN", "事故")):
            speak(tongue)
            assert word in _asked(engine, scope, DAYS[-1], grounds, kept)[0]


def test_reader_of_an_earlier_state_is_right(installation: Settings, tmp_path: Path) -> None:
    """Who began before a load is given what stood then, although others asked after it; these are given what stands now."""
    engine, scope, kept = reader(installation.database_url), SCOPES[0], KeptResults()

    def asked(reading: Reading) -> list[str]:
        result = ranking.fetch(reading, MONTHS[1])
        return [row.unit.code for group in result.groups for row in group.rows if row.filing is not None]

    with Loader(installation) as loader:
        send(loader, ledger(unit="longtanzi"), tmp_path)
        with (
            begin(engine, scope, installation.today, kept) as early,
            begin(engine, scope, installation.today) as afresh,
        ):
            assert early.version
            assert asked(afresh) == ["longtanzi"]
            send(loader, ledger(unit="shuanglu"), tmp_path)
            assert sorted(_asked(engine, scope, DAYS[-1], asked, kept)) == ["longtanzi", "shuanglu"]
            assert asked(early) == ["longtanzi"]
            assert sorted(_asked(engine, scope, DAYS[-1], asked, kept)) == ["longtanzi", "shuanglu"]
            assert overview.fetch(early, MONTHS[1]) == overview.fetch(afresh, MONTHS[1])


def test_many_at_once_are_given_the_very_same(installation: Settings, tmp_path: Path) -> None:
    """Eight who see the same ask at once, each with a transaction of their own: it is computed for one of them."""
    engine, kept = reader(installation.database_url), KeptResults()
    with Loader(installation) as loader:
        send(loader, ledger(), tmp_path)
    together = Barrier(8)

    def asked(number: int) -> overview.Overview:
        together.wait()
        with begin(engine, Scope(ZONE, Role.VIEWER, f"viewer{number}"), installation.today, kept) as reading:
            return overview.fetch(reading, MONTHS[1])

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(asked, range(8)))
    assert len({id(one) for one in found}) == 1


def test_backup_put_back_and_written_on_from_there(sqlite_installation: Settings, tmp_path: Path) -> None:
    """The file becomes an earlier one, and others write as often as before: the figures are those of the file that is there."""
    settings, kept = sqlite_installation, KeptResults()
    path = Path(settings.database_url.removeprefix("sqlite:///"))

    def asked(reading: Reading) -> Any:
        return [ranking.fetch(reading, month) for month in MONTHS]

    def same() -> bool:
        engine = reader(settings.database_url)
        return bool(_asked(engine, SCOPES[0], DAYS[-1], asked, kept) == _asked(engine, SCOPES[0], DAYS[-1], asked))

    def closed() -> None:
        for engine in (reader(settings.database_url), writer(settings.database_url)):
            engine.dispose()

    assert same()
    closed()
    shutil.copy(path, tmp_path / "backup.db")
    versions = set()
    for unit in ("longtanzi", "shuanglu"):
        with Loader(settings) as loader:
            assert send(loader, ledger(unit=unit), tmp_path).status == "accepted"
        assert same()
        versions.add(_version(settings))
        closed()
        shutil.rmtree(settings.archive_dir)
        shutil.copy(tmp_path / "backup.db", tmp_path / "again.db")
        (tmp_path / "again.db").replace(path)
        assert same()
    assert len(versions) == 2


def test_made_anew_and_brought_up_to_date(installation: Settings, tmp_path: Path) -> None:
    """A database of before, or one that is made anew from the journal, has a version of its own."""
    with Loader(installation) as loader:
        send(loader, ledger(), tmp_path)
    before = _version(installation)
    assert rebuild(installation, into := f"sqlite:///{tmp_path / 'anew.db'}")
    assert _version(installation) == before
    assert len({before, "", None, _version(installation.model_copy(update={"database_url": into}))}) == 4
    with between_revisions(installation.database_url) as connection:
        take_back(connection, "0016")
    initialise(installation.database_url, ZONE)
    assert len({before, "", None, _version(installation)}) == 4


def test_who_comes_and_goes_moves_nothing(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in and out, being seen and being refused write nothing that a kept result may rest on: the version stays."""
    monkeypatch.setattr(passwords, "hasher", Counting)
    door = Door(installation, Counting())
    first = door.accounts.add(Wanted("walker", "行人", Role.VIEWER), by="admin1", at=NOW)
    version = _version(installation)
    with _heard(writer(installation.database_url)) as said:
        token = door.sessions.sign_in("walker", first, at=NOW).token
        door.sessions.change_password(token, first, GOOD, at=NOW)
        assert door.sessions.account_of(token, at=NOW + timedelta(minutes=2)) is not None
        door.sessions.sign_out(token, at=NOW + timedelta(minutes=3))
        with pytest.raises(SignInRefused):
            door.sessions.sign_in("walker", "wrong", at=NOW)
        with pytest.raises(SignInRefused):
            door.sessions.open("nobody", "demo", at=NOW)
        with write_transaction(installation.database_url):
            pass
    written = {found[1] for one in said if (found := re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", one))}
    assert written == OF_SESSIONS
    assert _version(installation) == version


@contextmanager
def _heard(engine: Engine) -> Iterator[list[str]]:
    """Every statement that is asked meanwhile."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_told: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def test_all_writing_goes_one_way() -> None:
    """Nothing of the product begins a transaction that writes but ``write_transaction``, and ``session_transaction`` for sessions."""
    ways: dict[str, set[str]] = {}
    for path in sorted(one for room in ("data", "etl", "dashboards") for one in (ROOT / room).rglob("*.py")):
        for name in re.findall(
            r"\b(writer|session_transaction|create_engine|sqlite3\.connect)\(", path.read_text(encoding="utf-8")
        ):
            ways.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    assert ways == {
        "writer": {"data/store.py"},
        "create_engine": {"data/store.py"},
        "session_transaction": {"data/store.py", "data/people/sessions.py", "data/people/draft_openings.py"},
    }


KEPT = {
    f"dashboards.results.{name}"
    for name in (
        "overview.fetch", "ranking.fetch", "cases.fetch", "scores.fetch_each", "casualties.fetch", "casualties.years",
        "submissions.fetch_each", "case_chain.fetch", "inspection_days.fetch",
        "publication_list.of_year", "publication_calendar.of_year", "ranking.counted",
        "publishing._overtaken", "lists_of_month.fetch",
    )
}  # fmt: skip
PAGES = (
    "/overview", "/overview?period=2022-05", "/ranking?period=2022-05&unit=longtanzi", "/ranking?period=2022-05&measure=hazards",
    "/scores?period=2022Q2", "/casualties?period=2022", "/submissions?period=2022-05", "/submissions?period=2022Q2",
    "/side-by-side?period=2022-05&unit=longtanzi&with_unit=shuanglu", "/publications?period=2022",
    "/inspection-lists?period=2022-07&unit=longtanzi",
)  # fmt: skip


def test_pages_leave_what_they_are_given_as_it_is(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page is shown to every role, twice: what is kept is still what is computed afresh, and rests on no account."""
    with installed(sqlite_template, tmp_path) as settings:
        fill(settings, tmp_path)
        freeze(settings, "ranking", Month(2022, 5), None, reason="提前", mistake=False)
        site = made(settings, monkeypatch)
        for role in Role:
            visitor = site.signed_in(role)
            with _heard(reader(settings.database_url)) as first:
                shown = [_shown(visitor, address) for address in PAGES]
            with _heard(reader(settings.database_url)) as again:
                assert [_shown(visitor, address) for address in PAGES] == shown
            assert [one for one in first if OF_FIGURES.search(one)], role
            assert [one for one in again if OF_FIGURES.search(one)] == [], role
        kept: KeptResults = site.server.config["SUPERVISION"].results
        results = [(key, one.result) for key, one in kept._kept.items() if isinstance(key, KeptQuestion)]
        assert {f"{one.fetch.__module__}.{one.fetch.__name__}" for one, _result in results} >= KEPT
        engine = reader(settings.database_url)
        with _heard(engine) as said:
            for key, result in results:
                assert _asked(engine, key.scope, key.day, partial(_computed, key)) == result
        read = {name for one in said for name in re.findall(r"(?:FROM|JOIN) (\w+)", one)}
        assert read > {"submission", "unit", "inspection", "accident"}
        assert not read & OF_SESSIONS


def test_a_kept_page_has_the_token_and_the_theme_of_whoever_gets_it(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of the office are shown the form of one veto: each can send it, neither the other's; who reads in the dark gets dark charts."""
    with installed(sqlite_template, tmp_path) as settings:
        fill(settings, tmp_path)
        site = made(settings, monkeypatch)
        shown, visitors = [], [site.signed_in(Role.OFFICE) for _ in range(2)]
        for visitor in visitors:
            answer = page(visitor, "/scores", f"?period=2022Q2&unit={VETOED}").text
            assert "veto-form" in answer
            shown.append(TOKEN.findall(answer))
        assert [len(tokens) for tokens in shown] == [1, 1]
        assert shown[0] != shown[1]
        for visitor, (token,) in zip(visitors, reversed(shown), strict=True):
            assert visitor.post("/decide/veto", {"csrf_token": token}).status_code == 400
        light, dark = _charts_background(visitors[0]), _charts_background(visitors[1], theme="dark")
        assert light != dark
        assert _charts_background(visitors[1], theme="light") == light


def test_what_no_page_asks_fills_no_memory(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys that a page does not know change nothing of what is kept; who writes a long value by hand is answered, and it is not kept."""
    with installed(sqlite_template, tmp_path) as settings:
        fill(settings, tmp_path)
        site = made(settings, monkeypatch)
        kept: KeptResults = site.server.config["SUPERVISION"].results
        visitor = site.signed_in(Role.UNIT)
        usual = _shown(visitor, "/ranking?period=2022-05")
        before = len(kept), kept.size
        for number in range(5):
            assert _shown(visitor, f"/ranking?period=2022-05&stranger{number}={'A' * 1000}") == usual
            assert _shown(visitor, f"/ranking?period=2022-05&via={number}{'A' * 1000}") == usual
        assert (len(kept), kept.size) == before


def test_a_long_question_counts_as_what_it_takes() -> None:
    """What is kept under it is bounded with it."""
    kept = KeptResults(most_mib=1)
    for number in range(20):
        kept.given(f"{number}{'A' * 200_000}", tuple)
    assert len(kept) == 5


VETOED = "longtanzi"
"""A unit of whose quarter the facts propose a veto."""


def _charts_background(visitor: Visitor, theme: str = "light") -> str:
    visitor.client.set_cookie("theme", theme, domain="127.0.0.1")
    answer = page(visitor, "/ranking", "?period=2022-05&unit=longtanzi").text
    return re.findall(r'"hoverlabel":\{"bgcolor":"([^"]+)"', answer)[0]


OF_FIGURES = re.compile(
    r"FROM (enforcement_month|enforcement_sector|inspection|accident|self_mark|review_mark|casualty_cap|scheme)\b"
)


def _computed(key: KeptQuestion, reading: Reading) -> Any:
    return key.fetch(reading, *key.asked, **dict(key.how))


def _shown(visitor: Visitor, address: str) -> str:
    """A page with what comes after it, without the tokens of its forms."""
    path, _, search = address.partition("?")
    answers = [page(visitor, path, f"?{search}"), *_further_down(visitor, path, f"?{search}")]
    assert {one.status_code for one in answers} == {200}
    return TOKEN.sub("", "".join(one.text for one in answers))


def _further_down(visitor: Visitor, path: str, search: str) -> Iterator[TestResponse]:
    """What the ranking's page leaves to be fetched once it stands."""
    for one in declared(visitor.client):
        (first, *_) = one["inputs"]
        if path == RANKING.path and first["id"].endswith("-later"):
            yield ask(visitor, body(visitor, one["output"], {f"{first['id']}.data": {"search": search}}))


TOKEN = re.compile(r"[\w-]{40,}\.[\w-]{6}\.[\w-]{27}")
