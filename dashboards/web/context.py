"""What a page needs to know of the request it answers: settings, engine, scope, clock, zone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import flask_login
from flask import Flask, current_app
from sqlalchemy import Engine

from data.intake.filing import months_with_ledgers, quarters_with_marks
from data.people.accounts import Account
from data.people.scope import Scope
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.clock import Clock
from data.zone.periods import Month, Period, Quarter
from data.zone.zone import Unit, Zone, read_zone

_KEY = "SUPERVISION"
TemplateMaker = Callable[[str, Unit, Period], bytes]
"""Makes the workbook of a kind, ready to fill in by a unit for a period (.xlsx)."""


class Anonymous(Exception):
    """A figure was asked for without an account: a mistake in the program, for the guard lets nobody come so far."""


@dataclass(frozen=True, slots=True)
class Context:
    """One installation, as pages see it; ``template`` is given by whoever knows how workbooks are made."""

    settings: Settings
    template: TemplateMaker

    @property
    def engine(self) -> Engine:
        """The engine that can only read."""
        return reader(self.settings.database_url)

    @property
    def signed_in(self) -> Account | None:
        """Whose session the request belongs to; None outside a request, or without a session that lives."""
        return getattr(flask_login.current_user, "account", None)

    @property
    def account(self) -> Account:
        """The account behind the request; Anonymous if there is none, for nobody is never taken for somebody."""
        found = self.signed_in
        if found is None:
            raise Anonymous
        return found

    @property
    def scope(self) -> Scope:
        """What the account behind the request may see and do."""
        return self.account.scope(self.settings.zone)

    def now(self) -> datetime:
        """The present instant."""
        return self.clock(self.zone()).now()

    def zone(self) -> Zone:
        """The zone; NotInitialised on an empty database."""
        with database_errors(), self.engine.connect() as connection:
            return read_zone(connection, self.settings.zone)

    def clock(self, zone: Zone) -> Clock:
        """The one clock."""
        return Clock(zone.calendar, self.settings.today)

    def months(self, zone: Zone) -> list[Month]:
        """The months of which any ledger is known, in order."""
        with database_errors(), self.engine.connect() as connection:
            return months_with_ledgers(connection, zone, zone.calendar.end_of(self.clock(zone).today()))

    def quarters(self, zone: Zone) -> list[Quarter]:
        """The quarters of which any self-assessment or review is known, in order."""
        with database_errors(), self.engine.connect() as connection:
            return quarters_with_marks(connection, zone, zone.calendar.end_of(self.clock(zone).today()))

    def quarter(self, zone: Zone) -> Quarter:
        """The quarter that is running."""
        return Quarter.of(zone.calendar.month_of(self.clock(zone).today()))


def attach(server: Flask, settings: Settings, template: TemplateMaker) -> None:
    """Give a server its context."""
    server.config[_KEY] = Context(settings, template)


def current() -> Context:
    """The context of the server that answers."""
    return cast("Context", current_app.config[_KEY])


def latest_due_month(zone: Zone, context: Context) -> Month:
    """The latest month with any ledger whose deadline has passed; else the last with a ledger; else last month."""
    today = context.clock(zone).today()
    months = context.months(zone)
    passed = [month for month in months if zone.due_day("enforcement", month) < today]
    before = zone.calendar.month_of(today).plus(-1)
    return (passed or months or [before])[-1]


def latest_due_quarter(zone: Zone, context: Context) -> Quarter:
    """The latest quarter with any marks whose self-assessment is due; else the last with marks; else last quarter."""
    today = context.clock(zone).today()
    quarters = context.quarters(zone)
    passed = [quarter for quarter in quarters if zone.due_day("self_assessment", quarter) < today]
    before = Quarter.of(zone.calendar.month_of(today).plus(-3))
    return (passed or quarters or [before])[-1]
