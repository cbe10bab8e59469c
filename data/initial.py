"""Create or migrate the database and load the reference data; running it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, insert, select

from data.intake import configuration
from data.intake.archive import Archive
from data.intake.configuration import Configuring
from data.intake.configured import Configured, news
from data.intake.inbox import database_name
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT
from data.rollup import enterprise_names, of_ledgers, register_entries, told_columns
from data.schema import zone as tables
from data.schema.work_plan import work_plan as work_plan_table
from data.store import write_transaction
from data.zone import schemes, work_plan
from data.zone.clock import Clock
from data.zone.zone import read_zone

REFERENCE = Path(__file__).parent / "reference"
MIGRATIONS = Path(__file__).parent / "migrations"
DAYS_UNTIL_FINAL = 30


def initialise(url: str, zone: str, archive: Archive | None = None, today: date | None = None) -> list[str]:
    """Bring the database to the newest schema and add reference rows that it lacks.

    Returns what was done, one line each; rows that an official has edited since stay as they are. With an archive, what
    is added is journalled: the first time everything that is configured, later what came to it.
    """
    with write_transaction(url) as connection:
        before = current_revision(connection)
        migrate(connection)
        newest = newest_revision()
        if before not in {None, newest}:
            _renew_sums(connection)
        done = (
            [] if before == newest else [_("Database schema: %(old)s → %(new)s", old=before or _("empty"), new=newest)]
        )
        _name_installation(connection, zone)
    with write_transaction(url) as connection:
        if archive is None:
            added = _load_reference(connection, zone)
        else:
            added = _configure(configuration.begin(connection, archive, zone), today, done)
    return done + [
        _("Reference data: %(table)s, %(count)s rows added", table=name, count=count)
        for name, count in added.items()
        if count
    ]


def _configure(work: Configuring, today: date | None, done: list[str]) -> dict[str, int]:
    """Load the reference data, and journal what came to be configured by it; how many rows of each table were added."""
    connection, zone = work.connection, work.zone
    at = Clock(read_zone(connection, zone).calendar, today).now()
    own = database_name(connection, zone)
    told = Configured.of(entry for entry in work.archive.entries() if entry.database == own)
    if not told.known:
        added = _load_reference(connection, zone)
        configuration.configure(work, configuration.present(connection, zone), by=OFFICE_ACCOUNT, at=at)
        done.append(_("What is configured stands in the journal from now on."))
        return added
    before = configuration.present(connection, zone)
    added = _load_reference(connection, zone)
    brought = news(told, before, configuration.present(connection, zone))
    if brought:
        configuration.configure(work, brought, by=OFFICE_ACCOUNT, at=at)
    return added


def migrate(connection: Connection, revision: str = "head") -> None:
    """Apply the migrations that are missing up to a revision, on this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _renew_sums(connection: Connection) -> None:
    """A migration may have changed what the rows say, or the program how it counts them: what rests on them follows."""
    for zone in connection.execute(select(tables.zone.c.zone)).scalars().all():
        of_ledgers.renew(connection, read_zone(connection, zone))
        register_entries.renew(connection, zone)
        enterprise_names.renew(connection, zone)
        told_columns.renew(connection, zone)


def current_revision(connection: Connection) -> str | None:
    """The schema's revision in the database; None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest_revision() -> str | None:
    """The schema's revision that this program needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _load_reference(connection: Connection, zone: str) -> dict[str, int]:
    return {
        table.name: _add_missing(connection, table, zone, content) for table, content in reference_rows(zone).items()
    }


def reference_rows(zone: str) -> dict[Table, list[dict[str, Any]]]:
    """The program's own reference data: the rows of each table, those tables first that others refer to."""
    return {
        tables.zone: _zone(zone),
        tables.unit: list(_units()),
        tables.unit_alias: [
            {"alias": alias, "unit": unit["code"]} for unit in _yaml("units.yaml")["units"] for alias in unit["aliases"]
        ],
        tables.sector: list(_sectors()),
        tables.sector_alias: [
            {"alias": alias, "sector": sector["code"]}
            for sector in _yaml("sectors.yaml")["sectors"]
            for alias in sector["aliases"]
        ],
        tables.accident_type: [
            {"name": name, "position": position} for position, name in enumerate(_yaml("accident_types.yaml")["types"])
        ],
        tables.accident_type_alias: [
            {"alias": alias, "name": name} for alias, name in _yaml("accident_types.yaml")["aliases"].items()
        ],
        tables.deadline: list(_deadlines()),
        tables.rule_start: [
            {"rule": item["rule"], "warns_in": str(item["warns_in"])} for item in _yaml("rules.yaml")["rules"]
        ],
        tables.scheme: [
            {"name": one.name, "version": one.version, "valid_from": one.valid_from, "sha256": one.sha256, "text": text}
            for text, one in schemes.shipped()
        ],
        work_plan_table: [
            {"year": one.year, "version": 1, "sha256": one.sha256, "text": text} for text, one in work_plan.shipped()
        ],
    }


def _zone(zone: str) -> list[dict[str, Any]]:
    return [{**_yaml("zone.yaml"), "zone": zone}]


def _units() -> Iterable[dict[str, Any]]:
    for position, unit in enumerate(_yaml("units.yaml")["units"]):
        yield {
            "unit": unit["code"],
            "name": unit["name"],
            "short_name": unit["aliases"][0] if unit["aliases"] else unit["name"],
            "group": unit["group"],
            "position": position,
            "may_penalise": unit["may_penalise"],
            "office": unit.get("office", False),
            "confirmed": unit.get("confirmed", True),
            "valid_from": unit.get("valid_from"),
            "valid_to": unit.get("valid_to"),
        }


def _sectors() -> Iterable[dict[str, Any]]:
    for position, sector in enumerate(_yaml("sectors.yaml")["sectors"]):
        yield {
            "sector": sector["code"],
            "name": sector["name"],
            "position": position,
            "pilot": sector.get("pilot", False),
            "settles_after_days": sector.get("settles_after_days", DAYS_UNTIL_FINAL),
        }


def _deadlines() -> Iterable[dict[str, Any]]:
    for item in _yaml("deadlines.yaml")["deadlines"]:
        due = date.fromisoformat(f"2000-{item['due']}") if "due" in item else None
        filers = item["from"] if isinstance(item["from"], list) else [item["from"]]
        for filer in filers:
            yield {
                "kind": item["kind"],
                "filer": filer,
                "every": item["every"],
                "condition": "optional" if item.get("optional") else item.get("when", "always"),
                "due_month": due.month if due else None,
                "due_day": due.day if due else item.get("day"),
            }


def _add_missing(connection: Connection, table: Table, zone: str, rows: Iterable[Mapping[str, Any]]) -> int:
    keys = list(table.primary_key.columns)
    present = {tuple(row) for row in connection.execute(select(*keys).where(table.c.zone == zone))}
    missing = [
        full for full in ({**row, "zone": zone} for row in rows) if tuple(full[key.name] for key in keys) not in present
    ]
    if missing:
        connection.execute(insert(table), missing)
    return len(missing)


def _name_installation(connection: Connection, zone: str) -> None:
    """The zone, and the name under which the journal knows its database: both are there before the first line."""
    _add_missing(connection, tables.zone, zone, _zone(zone))
    if connection.execute(select(tables.installation).where(tables.installation.c.zone == zone)).first() is None:
        connection.execute(insert(tables.installation).values(zone=zone, database=uuid4().hex))


@cache
def _yaml(name: str) -> Any:
    return schemes.read_yaml((REFERENCE / name).read_text(encoding="utf-8"))
