"""The database that a test finds is as the template made it, whatever the tests before it did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from data.store import writer
from tests.put_back import PutBack

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def kept(postgres_server: str) -> Iterator[PutBack]:
    """A database of its own beside that of the other tests."""
    database = PutBack(postgres_server, "put_back", "template_ready")
    database.copy()
    yield database
    database.drop()


def _all(url: str) -> Rows:
    """Every row of every table with its columns, and what guards them."""
    engine = create_engine(url)
    with engine.connect() as connection:
        named = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        found: Rows = {}
        for name in named:
            rows = connection.execute(text(f'SELECT * FROM "{name}"'))
            found[name] = [tuple(rows.keys()), *sorted((tuple(row) for row in rows), key=repr)]
        guards = connection.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"))
        found["guards"] = [tuple(row) for row in guards]
    engine.dispose()
    return found


def _write(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(text(statement))


WRITTEN = {
    "a row more": "INSERT INTO rule_start VALUES ('shuangqiao', 'a rule', '2022-01')",
    "a row less": "DELETE FROM deadline",
    "a row otherwise": "UPDATE unit SET name = name || '某'",
    "an entry that nobody may take out": "INSERT INTO audit (zone, entry, at, actor, action, subject, detail, journal, before, hash) "
    "SELECT 'shuangqiao', 1, '2022-06-04', 'office', 'workbook accepted', '双桥', '{}', 1, 'e', 'f'",
    "very much": "INSERT INTO rule_start SELECT 'shuangqiao', 'rule ' || n, '2022-01' FROM generate_series(1, 20000) n",
    "a column": "ALTER TABLE unit ADD COLUMN more text",
    "a column less": "ALTER TABLE scheme DROP COLUMN text",
    "a guard less": "DROP TRIGGER audit_no_update ON audit",
    "a table": "CREATE TABLE more (n integer)",
    "a table less": "DROP TABLE rule_start",
}  # fmt: skip


@pytest.mark.parametrize("what", WRITTEN)
def test_whatever_a_test_wrote_is_gone(kept: PutBack, what: str) -> None:
    """Rows added, taken away and changed, and changes of the schema; twice, for the second finds what the first put back."""
    before = _all(kept.url)
    for _again in range(2):
        with writer(kept.url).begin() as connection:
            _write(connection, WRITTEN[what])
        assert _all(kept.url) != before
        kept.put_back()
        assert _all(kept.url) == before


def test_who_was_left_over_writes_nothing_more(kept: PutBack) -> None:
    """A transaction that was begun and not ended does not hold the next test up, nor does it ever come to its end."""
    before = _all(kept.url)
    left = writer(kept.url).connect()
    _write(left, WRITTEN["a row otherwise"])
    elsewhere = create_engine(kept.url)
    outside = elsewhere.connect()
    _write(outside, WRITTEN["a row more"])
    kept.put_back()
    for connection in (left, outside):
        with pytest.raises(Exception, match=r"terminat|closed|server"):
            connection.commit()
        connection.invalidate()
    elsewhere.dispose()
    assert _all(kept.url) == before


def test_connections_are_kept_where_nothing_is_left_over(kept: PutBack) -> None:
    """The next test writes over the connection of the one before: a new one would have the whole schema to learn."""
    numbers = set()
    for _test in range(3):
        with writer(kept.url).begin() as connection:
            _write(connection, WRITTEN["a row more"])
            numbers.add(connection.execute(text("SELECT pg_backend_pid()")).scalar())
        kept.put_back()
    assert len(numbers) == 1
