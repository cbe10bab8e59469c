"""What stands at the door, in words: the pages for signing in and for a new password. Plain HTML, for any browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response

from dashboards.components import address, words
from dashboards.web.context import current
from dashboards.web.notice import render, zone_or_none
from data.language import gettext as _
from data.people.passwords import SHORTEST
from data.people.scope import Role

LONGEST_ADDRESS = 2000
HOME = "/"


def way_on(wanted: str | None) -> str:
    """An address of this site to go on to; the first page for anything that could lead elsewhere, or back to the door."""
    told = wanted or ""
    harmless = told.isascii() and told.isprintable() and len(told) <= LONGEST_ADDRESS
    if not harmless or not told.startswith("/") or told.startswith("//") or "\\" in told:
        return HOME
    path = urlsplit(told).path
    return HOME if path in {"/signout", "/password"} or path.startswith(("/signin", "//")) else told


def sign_in_page(*, wanted: str, name: str = "", sentence: str = "", status: int = 200) -> Response:
    """The form; in the demo also a button for each role."""
    settings = current().settings
    zone = zone_or_none()
    said = {
        "name": _("Account"),
        "password": _("Password"),
        "sign_in": _("Sign in"),
        "oidc": _("Unified sign-in"),
        "forgotten": _("No account, or the password is forgotten? The committee's office makes and resets accounts."),
        "demo": _("Demo: sign in with one click"),
        "demo_note": _("A made-up year on this computer alone; every role shows what it may see and do."),
        "unit": _("Unit"),
    }
    roles = [(role.value, words.role(role), _meaning(role)) for role in Role] if settings.demo else []
    return render(
        "signin.html", _("Sign in"), status, words=said, next=wanted, name=name, sentence=sentence, demo=roles,
        oidc=address.query(next=wanted) if settings.oidc_issuer else "",
        units=[(unit.code, unit.short_name) for unit in zone.units] if zone else [],
    )  # fmt: skip


def _meaning(role: Role) -> str:
    meanings = {
        Role.VIEWER: _("sees all but names, changes nothing"),
        Role.UNIT: _("sends its own workbooks, sees its own figures and what is published"),
        Role.OFFICE: _("sends for all, reviews, decides, publishes"),
        Role.ADMIN: _("accounts and the audit log"),
    }
    return meanings[role]


def password_page(*, wanted: str, forced: bool, sentence: str = "", status: int = 200) -> Response:
    """The form for a new password; who has to change it is told why."""
    said = {
        "old": _("Present password"),
        "new": _("New password"),
        "again": _("New password once more"),
        "rule": _("At least %(length)s characters, hard to guess, without the account's name.", length=SHORTEST),
        "change": _("Change password"),
        "sign_out": _("Sign out"),
        "back": _("Back"),
    }
    why = _("This password was given to you for one use. Choose your own; then all pages open.") if forced else ""
    return render("password.html", _("Change password"), status, words=said, next=wanted, forced=forced, why=why,
                  sentence=sentence, name=current().account.name)  # fmt: skip
