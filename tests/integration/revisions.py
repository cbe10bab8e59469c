"""Takes a database back to the schema of an earlier revision, as an installer would who must go back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from data.initial import MIGRATIONS
from data.store import writer


@contextmanager
def between_revisions(url: str) -> Iterator[Connection]:
    """A transaction that may leave an older schema behind, which knows of no version of the data."""
    with writer(url).begin() as connection:
        yield connection


def take_back(connection: Connection, revision: str) -> None:
    """Undo every migration behind a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)
