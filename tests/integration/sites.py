"""The web application in this process for tests: accounts of every role, a clock that a test moves, somebody who asks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import _template_maker, create_app
from dashboards.web import context
from dashboards.web.context import RequestContext
from data.language import speak
from data.people import passwords
from data.people.accounts import Wanted
from data.people.scope import Role
from data.settings import Settings
from tests.integration.doors import NOW, ZHANG, Counting, Door, let_in

SECRET = "a secret of a test, never of an installation"
HERE = "http://127.0.0.1/"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PEOPLE = {
    Role.VIEWER: Wanted("viewer1", "看客", Role.VIEWER),
    Role.UNIT: ZHANG,
    Role.OFFICE: Wanted("office1", "办事", Role.OFFICE),
    Role.ADMIN: Wanted("admin1", "管事", Role.ADMIN),
}


@dataclass
class Moving:
    """The clock, moved by hand."""

    at: datetime = NOW

    def passes(self, **time: float) -> None:
        """Later."""
        self.at += timedelta(**time)


@dataclass
class Visitor:
    """Somebody with a browser's cookies."""

    client: FlaskClient
    base: str = HERE
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **options: Any) -> TestResponse:
        """Ask for an address."""
        return self.client.get(address, **{"base_url": self.base, "headers": self.headers, "buffered": True, **options})

    def post(self, address: str, form: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with the page's token, unless it has one."""
        data = {**(form or {})}
        if "csrf_token" not in data:
            data["csrf_token"] = self.token()
        return self.client.post(
            address, **{"base_url": self.base, "headers": self.headers, "data": data, "buffered": True, **options}
        )

    def token(self) -> str:
        """The token that pages hand out at the moment."""
        self.get("/password")
        cookie = self.cookie("_csrf_token")
        if cookie is None:
            self.get("/signin")
            cookie = self.cookie("_csrf_token")
        return cookie or ""

    def cookie(self, name: str) -> str | None:
        """A cookie's value as the browser has it."""
        found = self.client.get_cookie(name, domain=re.sub(r"^https?://|[:/].*$", "", self.base))
        return None if found is None else found.value

    def frame(self) -> str:
        """What stands around the pages, as Dash gets it."""
        return json.dumps(self.get("/_dash-layout").json, ensure_ascii=False)

    def sign_in(self, name: str, password: str, **more: str) -> TestResponse:
        """Fill in the form."""
        return self.post("/signin", {"name": name, "password": password, **more})


@dataclass
class Site:
    """A running application, its accounts, its clock."""

    server: Flask
    door: Door
    clock: Moving

    def visitor(self, **options: Any) -> Visitor:
        """Somebody new."""
        return Visitor(self.server.test_client(), **options)

    def signed_in(self, role: Role = Role.UNIT) -> Visitor:
        """Somebody who is signed in with an account of a role."""
        visitor = self.visitor()
        begun = self.door.sessions.open(PEOPLE[role].name, "demo", at=self.clock.at)
        self._let_in(visitor, begun.token)
        return visitor

    def _let_in(self, visitor: Visitor, token: str) -> None:
        with visitor.client.session_transaction(base_url=HERE) as session:
            session["_user_id"], session["way"] = token, "demo"


@dataclass
class Lent:
    """An application that is there already, and whether a test has it."""

    server: Flask
    taken: bool = False


_APPLICATIONS: dict[str, list[Lent]] = {}
"""By all settings but where the data lies."""


def _lent(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application that nobody has, on another installation: to make one takes longer than most tests.

    Of an installation it keeps nothing but its context, and how often somebody tried to sign in; both are new. It comes
    back when what the test patched is undone.
    """
    kept = _APPLICATIONS.setdefault(repr(settings.model_dump(exclude={"database_url", "archive_dir"})), [])
    one = next((each for each in kept if not each.taken), None)
    if one is None:
        one = Lent(create_app(settings).server)
        kept.append(one)
    else:
        speak(settings.language)
        context.attach(one.server, settings, _template_maker(settings))
        for limiter in one.server.extensions["limiter"]:
            limiter.reset()
    monkeypatch.setattr(one, "taken", True)
    return one.server


def made(installation: Settings, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> Site:
    """The application on an installation; with ``changes`` of settings one of its own."""
    hasher = Counting()
    monkeypatch.setattr(passwords, "hasher", lambda: hasher)
    settings = installation.model_copy(update={"https": False, "sign_in_rate": "1000 per minute", **changes})
    settings = Settings(**{**settings.model_dump(), "secret_key": changes.get("secret_key", SECRET)})
    clock = Moving()
    monkeypatch.setattr(RequestContext, "now", lambda _self: clock.at)
    door = Door(settings, hasher)
    let_in(door, *PEOPLE.values())
    return Site(create_app(settings).server if changes else _lent(settings, monkeypatch), door, clock)
