"""Whoever can write the database alone is found out: one value of any column, one row added or gone, and the doctor names it.

The tables and columns are walked by themselves, so that a new one must be held, or be listed here with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Row,
    String,
    Table,
    create_engine,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.types import JSON, LargeBinary, Numeric

from dashboards.__main__ import freeze
from data.doctor import examine
from data.doctor.deep import compared
from data.doctor.sentences import column_word, thing
from data.initial import initialise
from data.intake.archive import Archive
from data.intake.calendar_decisions import add_event, cancel_event, name_leader
from data.intake.calendar_events import EventContent
from data.intake.configuration import CONFIGURED
from data.intake.deciding import Desk
from data.intake.decisions import (
    MarkAnswer,
    add_evidence,
    adopt_document,
    adopt_scheme,
    decide_mark,
    decide_veto,
    draft_document,
    draft_scheme,
    extend,
    number_document,
    record_enterprise_promise,
    record_promise,
    reply_to_marks,
    withdraw_scheme,
)
from data.intake.digest import row_tables
from data.intake.list_decisions import draw_of_lists, issue_lists, record_recheck
from data.intake.plan_adoption import adopt_plan
from data.intake.stationery import Content
from data.people import second_account
from data.people.accounts import Accounts, Wanted
from data.people.scope import Role
from data.rollup.enterprise_names import name_key
from data.schema import metadata
from data.schema.base import Instant, Mark, Money
from data.schema.zone import rule_start
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import Month, Quarter
from data.zone.schemes import shipped
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.conftest import ENGINES, _forget
from tests.how_many import is_long
from tests.integration.lasting import lasting
from tests.integration.ledgers import RECEIVED, send
from tests.integration.papers import CLEAN
from tests.integration.scans import pdf
from tests.integration.test_plan_versions import PLAN_2023
from tests.integration.test_rebuild import eventful

pytestmark = pytest.mark.slow
HELD_ELSEWHERE = {
    "audit": "its chain: test_audit.py changes every column",
    "sign_in": "sessions end within hours and are nobody's figures; whoever writes one can act until then (docs/security.md)",
    "sign_in_failure": "wrong passwords of the last minutes",
    "sent_today": "how much of today's quota is used: nobody's figures, and gone tomorrow",
}
NOT_HELD: dict[tuple[str, str], str] = {
    ("account", "display_name"): "no name of a person is in the journal",
    ("account", "password_hash"): "nothing of a password is in the journal (docs/security.md)",
    ("account", "must_change"): "moves with the password",
    ("account", "generation"): "moves with the password and ends sessions",
    ("account", "changed_at"): "moves with the password",
    ("account", "one_time_at"): "moves with the password",
    (
        "installation",
        "data_version",
    ): "drawn anew with every change; what it says of is the results that a process keeps",
}
NOT_TAKEN_AWAY = {"zone": "without it nothing starts: the commands say that the database is empty"}
QUICK = {table.name for table in (*CONFIGURED, *row_tables())} | {
    "account", "attachment", "configuration", "decision", "enforcement_month", "enforcement_sector", "header_match", "installation", "submission",
    "veto_decision", "proposal", "publication", "mark_reply", "reply_evidence", "mark_decision", "scheme_draft", "scheme_decision",
    "document_draft", "document_version", "document_number", "unit_promise", "enterprise_promise", "issued_list", "list_draw", "recheck",
    "calendar_event", "leader_name",
    "extension",
}  # fmt: skip
"""Tables of which the doctor finds everything without --deep, but for these columns:"""
ONLY_DEEP = {
    ("submission", "layout"),
    ("submission", "checked_against"),
    ("submission", "foreseen"),
    ("submission", "left_out"),
    ("submission", "account"),
}
SUMS = {"enforcement_month", "enforcement_sector", "installation"}
"""Tables whose differences are said in sentences of their own, without the column."""
INSTEAD: dict[tuple[str, str], Any] = {
    ("account", "role"): "admin",
    ("submission", "status"): "rejected",
    ("submission", "version"): 7,
    ("installation", "settled"): 9999,
    ("register_entry", "to_day"): date(2022, 5, 5),
    ("zone", "timezone"): "Asia/Tokyo",
    ("rule_start", "warns_in"): "2029-01",
    ("decision", "outcome"): "refused",
    ("deadline", "filer"): "town",
    ("deadline", "every"): "year",
}
DESK_AT = datetime(2022, 7, 6, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Lived:
    """An installation with a history, the database made anew of it, and a way around every guard of its database."""

    settings: Settings
    anew: str
    engine: Engine

    def read(self, table: Table) -> list[Row[Any]]:
        """The rows of a table, in the order of their key."""
        statement = select(table).where(table.c.zone == self.settings.zone).order_by(*table.primary_key.columns)
        with self.engine.connect() as connection:
            return list(connection.execute(statement))

    @contextmanager
    def attacked(self, *statements: Any, back: Any) -> Iterator[None]:
        """The database as somebody left it, and as it was again."""
        self._run(*statements)
        try:
            yield
        finally:
            self._run(*back)

    def _run(self, *statements: Any) -> None:
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))
            for statement in statements:
                assert connection.execute(statement).rowcount in {1, -1}  # of an INSERT psycopg does not tell

    def found(self) -> list[str]:
        """What the doctor says."""
        findings, _notes = examine(self.settings)
        assert all(re.search("[\u4e00-\u9fff]", finding) for finding in findings)
        return findings

    def found_deep(self, table: Table) -> list[str]:
        """What it says of a table that it compares with the one made anew."""
        with reader(self.settings.database_url).connect() as live, reader(self.anew).connect() as anew:
            return list(compared(live, anew, self.settings.zone, table.name))


@pytest.fixture(scope="module", params=ENGINES)
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Loads of every kind, a refusal marked in its workbook, a return, a veto, a match, an attachment, a reply with evidence, accounts, versions, a publication."""
    folder = tmp_path_factory.mktemp("lived")
    with lasting(request, request.param, folder) as settings:
        live(settings, folder)
        anew = f"sqlite:///{folder / 'anew.db'}"
        rebuild(settings, anew)
        engine = create_engine(settings.database_url)
        assert examine(settings, deep=True) == ([], [])
        yield Lived(settings, anew, engine)
        engine.dispose()
        _forget(anew)


def live(settings: Settings, folder: Path) -> None:
    """A year's beginning at the office."""
    archive = Archive(settings.archive_dir)
    with write_transaction(settings.database_url) as connection:
        connection.execute(insert(rule_start).values(zone=settings.zone, rule="few_inspectors", warns_in="2028-01"))
    initialise(settings.database_url, settings.zone, archive)
    accounts = Accounts.of(settings)
    accounts.add(Wanted("zhang", "张三", Role.UNIT, "longtanzi"), by="office", at=RECEIVED)
    accounts.add_without_password(Wanted("li.si", "李四", Role.VIEWER), by="office", at=RECEIVED)
    accounts.add_without_password(Wanted("wang", "王五", Role.OFFICE), by="office", at=RECEIVED)
    eventful(settings, folder)
    july = RECEIVED + timedelta(days=33)
    with Loader(settings) as loader:
        for kind, clean in CLEAN.items():
            if kind == "enforcement":
                continue  # several of them are there already
            book = clean()
            assert send(loader, book, folder, at=july).status == "accepted"
    assert annotate_next(settings, archive)
    desk = Desk(settings.database_url, archive, settings.zone, "office1", DESK_AT)
    decide_veto(desk, quarter=Quarter(2022, 2), unit="longtanzi", confirmed=False, grounds=["事1"], reason="经研究")
    _answer(desk, archive)
    accounts.set_role("li.si", Role.ADMIN, by="office", at=DESK_AT)
    for quarter, answer, who in ((2, second_account.confirm, "wang"), (1, second_account.refuse, "li.si")):
        on_itself = {"unit": "emergency", "confirmed": False, "grounds": ["事1"], "reason": "经研究"}
        proposed = decide_veto(desk, quarter=Quarter(2022, quarter), **on_itself)
        answer(replace(desk, actor=who), proposed.number)
    accounts.set_role("li.si", Role.VIEWER, by="office", at=DESK_AT + timedelta(hours=1))
    accounts.set_active("wang", active=False, by="office", at=DESK_AT)
    accounts.reset_password("zhang", by="office", at=DESK_AT)
    extend(desk, kind="enforcement", period=Month(2022, 5), unit="shuanglu", until=date(2022, 6, 10), reason="停电")
    published = freeze(settings, "ranking", Month(2022, 5), None, reason="月度通报", mistake=False)
    number_document(desk, published.entry, "安委办〔2022〕3号")
    adopt_document(desk, "ranking", draft_document(desk, "ranking", Content("标题｜通报")).number, "改标题")
    record_promise(desk, unit="longtanzi", period=Month(2022, 5), text="月底前补齐", due=date(2022, 7, 31))
    enterprise = "重庆宏达机械有限公司"
    record_enterprise_promise(
        desk, enterprise=name_key(enterprise), name=enterprise, period=Month(2022, 5), text="月底前补齐", due=None
    )
    units = {"longtanzi": {"list": [{"credit_code": "91502914MA3FQEFLC0"}], "cases": []}}
    lists = issue_lists(desk, Month(2022, 7), units, "2022-06-30").number
    draw_of_lists(desk, lists, "0718", "福利彩票双色球第2022081期")
    record_recheck(desk, lists, "longtanzi,1,91502914MA3FQEFLC0", accurate=False, note="名称不符")
    speech = EventContent(
        "speech", date(2022, 7, 5), "末位发言", last_day=date(2022, 7, 6), starts_at=time(9), place="三楼", units=("longtanzi",),
        quarter=Quarter(2022, 2), note="附整改计划",
    )  # fmt: skip
    spoken = add_event(desk, speech, date(2022, 7, 5)).number
    cancel_event(desk, spoken, spoken, "登记有误")
    name_leader(desk, 2022, "管委会主任", "张三")
    adopt_plan(desk, PLAN_2023.read_text(encoding="utf-8"), reason="安委会议定")
    text = next(one for one, scheme in shipped() if scheme.version == "1" and scheme.name == "monthly_ranking")
    first = None
    for month in ("2022-11", "2022-12"):
        own = text.replace('version: "1"', f'version: "{month}"').replace("2022-01-01", f"{month}-01")
        first = draft_scheme(desk, own, instead_of=first).number
        adopt_scheme(desk, first, known=(), reason="经研究")
    withdraw_scheme(desk, "monthly_ranking", "2022-12", "另行研究")


def _answer(desk: Desk, archive: Archive) -> None:
    """A unit contests a mark with evidence, and the office decides."""
    told = {"quarter": Quarter(2022, 2), "unit": "longtanzi", "agrees": False, "reason": "台账已补齐"}
    answers = [MarkAnswer(measure, Decimal(8), 0) for measure in (2, 3)]
    replied = [reply_to_marks(replace(desk, actor="zhang"), answers=[one], **told).number for one in answers][-1]
    file = {"sha256": archive.keep(BytesIO(pdf())), "file_name": "记录.pdf", "media_type": "application/pdf", "size": 9}
    add_evidence(replace(desk, actor="zhang"), replied, **file)
    marks = {"before": Decimal(8), "mark": Decimal(9), "full": Decimal(10)}
    decide_mark(desk, reply=replied, replaces=0, reason="属实", **marks)


# How PostgreSQL's rows are read is tried by changed values, of every column; which of them there are is asked alike of all.
TABLES = [table for table in metadata.sorted_tables if table.name not in HELD_ELSEWHERE]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_any_changed_value_is_named(lived: Lived, table: Table) -> None:
    """One value of any column that means something, changed by SQL: a sentence names thing, row and column.

    On SQLite one column after the other; on PostgreSQL, where that takes long, all of a row at once, and its key.
    """
    rows = lived.read(table)
    assert rows, "the history leaves no row there: nothing would be tried"
    for columns in _together(lived, table):
        row = max(
            rows, key=lambda one: sum(getattr(one, column.name) is not None for column in columns)
        )  # used at once
        values = {
            column.name: (beyond(column, value) if column.primary_key else another(lived, column, value))
            for column in columns
            for value in [getattr(row, column.name)]
        }
        there = update(table).where(*this(table, row._mapping)).values(values)
        before = {name: getattr(row, name) for name in values}
        back = update(table).where(*this(table, {**row._mapping, **values})).values(before)
        with lived.attacked(there, back=[back]):
            quick, deep = lived.found(), lived.found_deep(table)
        if table.name in QUICK and any((table.name, name) not in ONLY_DEEP for name in values):
            assert quick, f"{table.name}.{list(values)}: all is well"
        what = thing(table.name, key_of(table, row._mapping))
        for column in columns if table.name not in SUMS else ():
            word = "" if column.primary_key else column_word(column.name)
            assert names([*quick, *deep], what, word), (table.name, column.name, quick, deep)
    assert lived.found() == []


def _together(lived: Lived, table: Table) -> list[list[Column[Any]]]:
    """The columns that mean something, those together that are changed at once."""
    held = [one for one in table.columns if one.name != "zone" and (table.name, one.name) not in NOT_HELD]
    if lived.engine.dialect.name == "sqlite":
        return [[column] for column in held]
    keys = [column for column in held if column.primary_key]
    others = [column for column in held if not column.primary_key]
    return [some for some in (keys[-1:], others) if some]


@pytest.mark.parametrize("lived", ENGINES if is_long() else ENGINES[:1], indirect=True)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_a_row_that_is_gone_is_named(lived: Lived, table: Table) -> None:
    """The first row and the last row of any table, deleted by SQL: a sentence names it."""
    if table.name in NOT_TAKEN_AWAY:
        return
    rows = lived.read(table)
    for row in (rows[0], rows[-1]):
        there, back = delete(table).where(*this(table, row._mapping)), insert(table).values(**row._mapping)
        with lived.attacked(there, back=[back]):
            quick = lived.found()
            deep = lived.found_deep(table) if table.name != "installation" else []
        assert quick or table.name not in QUICK, "all is well"
        what = thing(table.name, key_of(table, row._mapping))
        assert table.name in SUMS or names([*quick, *deep], what, ""), (table.name, quick, deep)


@pytest.mark.parametrize("lived", ENGINES if is_long() else ENGINES[:1], indirect=True)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_a_row_that_was_added_is_named(lived: Lived, table: Table) -> None:
    """A row that looks like the others, added by SQL: a sentence names it."""
    row = lived.read(table)[-1]
    more = [column for column in table.primary_key.columns if column.name != "zone"]
    if not more:
        return  # zone and installation have one row for a zone; another zone's is no affair of this one
    added = {**row._mapping, more[-1].name: beyond(more[-1], getattr(row, more[-1].name))}
    others = {
        "submission": {"version": 50},
        "publication": {"revision": 50},
        "issued_list": {"month": "2022-08"},
        "list_draw": {"list": 50},
    }
    added |= others.get(table.name, {})
    back = delete(table).where(*this(table, added))
    with lived.attacked(insert(table).values(**added), back=[back]):
        quick, deep = lived.found(), lived.found_deep(table)
    assert quick or table.name not in QUICK, "all is well"
    assert table.name in SUMS or names([*quick, *deep], thing(table.name, key_of(table, added)), ""), (quick, deep)


def test_the_command_names_row_and_column(lived: Lived) -> None:
    """A mark changed by SQL: ``doctor`` says whose rows, ``doctor --deep`` says which row and column, and what it was."""
    table = metadata.tables["review_mark"]
    row = lived.read(table)[3]
    there = update(table).where(*this(table, row._mapping)).values(mark=Decimal(10))
    back = update(table).where(*this(table, row._mapping)).values(mark=row.mark)
    with lived.attacked(there, back=[back]):
        (quick,) = lived.found()
        findings, _notes = examine(lived.settings, deep=True)
    assert f"报送 {row.submission}" in quick
    assert findings == [quick, f"评审得分 {row.submission} {row.row} 的得分：数据库为 10，按存档和日志重建为 8。"]


def test_the_role_of_an_account_is_said_with_its_line(lived: Lived) -> None:
    """The sentence names account, column, both values and the line of the journal."""
    table = metadata.tables["account"]
    row = next(one for one in lived.read(table) if one.account == "li.si")
    there = update(table).where(*this(table, row._mapping)).values(role="admin")
    back = update(table).where(*this(table, row._mapping)).values(role="viewer")
    line = [one.number for one in Archive(lived.settings.archive_dir).entries() if one.act == "change_role"][-1]
    with lived.attacked(there, back=[back]):
        assert lived.found() == [f"账号 li.si 的角色：数据库为 admin，日志第{line}行为 viewer。"]


def test_every_exception_is_of_a_table_that_there_is() -> None:
    """No exception outlives what it was made for."""
    assert {name for name, _column in NOT_HELD} | HELD_ELSEWHERE.keys() <= metadata.tables.keys()
    assert all(column in metadata.tables[name].c for name, column in NOT_HELD)


def this(table: Table, row: Mapping[str, Any]) -> list[Any]:
    """A row by its key."""
    return [column == row[column.name] for column in table.primary_key.columns]


def key_of(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """By what a sentence names a row: acts by their line alone."""
    if table.name in {"header_match"}:
        return (row["entry"],)
    return tuple(row[column.name] for column in table.primary_key.columns if column.name != "zone")


def names(findings: list[str], what: str, word: str) -> bool:
    """Whether one sentence names a thing and a column."""
    return any(what in one and word in one.replace(what, "", 1) for one in findings)


def another(lived: Lived, column: Column[Any], value: Any) -> Any:
    """Another value that the column takes and a person might wish for."""
    instead = INSTEAD.get((column.table.name, column.name))
    if instead is not None and instead != value:
        return instead
    for key in column.foreign_keys:
        others = {getattr(row, key.column.name) for row in lived.read(key.column.table)} - {value}
        return min(others, default=value)
    match column.type:
        case Numeric() | Money() | Mark():
            return (value or Decimal(0)) + 1
        case Boolean():
            return not value
        case JSON():
            return {"kind": "改"}
        case LargeBinary():
            return bytes(512)
        case String():
            return _other_text(value)
    if value is None:
        if isinstance(column.type, Instant):
            return RECEIVED
        return {int: 7, date: date(2022, 5, 5), datetime: RECEIVED}[column.type.python_type]
    return value + (timedelta(days=1) if isinstance(value, date) else 1)


def beyond(column: Column[Any], value: Any) -> Any:
    """A key that no row has."""
    if isinstance(value, date):
        return value + timedelta(days=9000)
    if not isinstance(column.type, String):
        return value + 9000
    longest = column.type.length or len(value) + 2
    return value[: longest - 2] + "99"


def _other_text(value: str | None) -> str:
    if not value:
        return "x"
    last = value[-1]
    return value[:-1] + (chr(ord(last) + 1) if last.isascii() else "改" if last != "改" else "换")
