"""Which version of the data a database holds: a name that no other state of it has, here or in a copy of it.

A number that is counted up would come to the same twice, once a backup was put back and others wrote on from there. What is
drawn at random for each transaction names one state for good: the backup has the name that this state had.
"""

from __future__ import annotations

from functools import cache
from uuid import uuid4

from sqlalchemy import Connection, Select, String, Update, bindparam, select, update

from data.schema.zone import installation


def data_version(connection: Connection, zone: str) -> str | None:
    """The version that the connection's transaction sees; None where the database has no such zone."""
    found: str | None = connection.execute(_of_zone(), {"in_zone": zone}).scalar()
    return found


def move(connection: Connection) -> None:
    """Another version, from the end of this transaction on."""
    connection.execute(_moved(), {"another": uuid4().hex})


@cache
def _of_zone() -> Select[str]:
    return select(installation.c.data_version).where(installation.c.zone == bindparam("in_zone", type_=String))


@cache
def _moved() -> Update:
    return update(installation).values(data_version=bindparam("another", type_=String))
