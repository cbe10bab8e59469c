"""The schema keeps its promises: the migrations make what the tables say, and every key begins with the zone."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError

from data.initial import initialise
from data.schema import metadata
from data.settings import Settings
from data.store import reader, writer


def test_migrations_make_the_tables_of_the_schema(installation: Settings) -> None:
    """A database made by the migrations differs in nothing from the tables that the program knows."""
    with reader(installation.database_url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_initialising_again_changes_nothing(installation: Settings) -> None:
    """``data init`` on an initialised database has nothing to do."""
    assert initialise(installation.database_url, installation.zone) == []


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_keys_begin_with_the_zone_and_a_sentence_says_what_a_row_is(table: Table) -> None:
    """Primary and foreign keys of every table begin with ``zone``; its comment is a sentence."""
    assert next(iter(table.primary_key.columns)).name == "zone"
    for constraint in table.foreign_key_constraints:
        assert constraint.column_keys[0] == "zone"
    assert (table.comment or "").startswith("One row")


def test_reading_engine_cannot_write(installation: Settings) -> None:
    """Pages and reports cannot change a row, whatever the code above them does."""
    with reader(installation.database_url).connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("DELETE FROM unit_alias"))


def test_foreign_keys_are_enforced(installation: Settings) -> None:
    """A row cannot refer to a unit that does not exist."""
    with pytest.raises(DBAPIError), writer(installation.database_url).begin() as connection:
        connection.execute(text("INSERT INTO unit_alias (zone, alias, unit) VALUES ('shuangqiao', 'x', 'nobody')"))
