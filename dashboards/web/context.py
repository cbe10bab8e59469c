"""What a page needs to know of the request it answers: settings, who asks, and how the database is read for them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import flask_login
from flask import Flask, current_app
from sqlalchemy import Engine

from dashboards.results.kept import KeptResults
from dashboards.results.reading import Reading, begin
from data.people.accounts import Account
from data.people.scope import Scope, nobody, office
from data.settings import Settings
from data.store import reader, snapshot
from data.zone.clock import Clock
from data.zone.periods import Period
from data.zone.zone import Unit, Zone, read_calendar

_KEY = "SUPERVISION"
TemplateMaker = Callable[[str, Unit, Period], bytes]
"""Makes the workbook of a kind, ready to fill in by a unit for a period (.xlsx)."""


class Anonymous(Exception):
    """A figure was asked for without an account: a mistake in the program, for the guard lets nobody come so far."""


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One installation, as pages see it; ``template`` is given by whoever knows how workbooks are made, ``results`` are kept."""

    settings: Settings
    template: TemplateMaker
    results: KeptResults | None = None

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

    def reading(self) -> AbstractContextManager[Reading]:
        """A reading for the account behind the request: a page begins one, and all that stands on it is read with that.

        It holds a connection, so it ends before anybody is waited for, be it for a lock or for a slow sender.
        """
        return begin(self._engine, self.scope, self.settings.today, self.results)

    def reading_of_the_office(self) -> AbstractContextManager[Reading]:
        """A reading of all figures, whoever asks: of what is said of a publication, which is public, and tells none of them."""
        return begin(self._engine, office(self.settings.zone), self.settings.today, self.results)

    def now(self) -> datetime:
        """The present instant."""
        return self.clock().now()

    def clock(self) -> Clock:
        """The one clock; NotInitialised on an empty database."""
        with snapshot(self._engine) as connection:
            return Clock(read_calendar(connection, self.settings.zone), self.settings.today)

    def zone(self) -> Zone:
        """The zone, for whoever reads no figures; NotInitialised on an empty database."""
        with begin(self._engine, nobody(self.settings.zone), self.settings.today, self.results) as reading:
            return reading.zone

    @property
    def _engine(self) -> Engine:
        return reader(self.settings.database_url)


def attach(server: Flask, settings: Settings, template: TemplateMaker) -> None:
    """Give a server its context."""
    kept = KeptResults(settings.kept_results_mib) if settings.kept_results_mib else None
    server.config[_KEY] = RequestContext(settings, template, kept)


def current() -> RequestContext:
    """The context of the server that answers."""
    return cast("RequestContext", current_app.config[_KEY])
