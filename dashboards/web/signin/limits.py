"""How often one address may ask what strangers may ask, above all try a password: many names from one place are held up, where a lock holds up one name."""

from __future__ import annotations

from collections.abc import Callable

import limits
from flask import Flask, request
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from data.people.lockout import place
from data.settings import Settings, SettingsError

View = Callable[[], Response]
Limited = Callable[[View, str], View]


def limiting(server: Flask, settings: Settings, scope: str = "sign-in") -> Limited:
    """What holds a view, asked by one method, to the setting's rate; all views of a scope are counted together.

    Each process of the server counts for itself, in memory.
    """
    try:
        limits.parse_many(settings.sign_in_rate)
    except ValueError as error:
        raise SettingsError(f"SUPERVISION_SIGN_IN_RATE: {error}") from error
    limiter = Limiter(lambda: place(request.remote_addr), app=server, storage_uri="memory://")
    return lambda view, method: limiter.shared_limit(settings.sign_in_rate, scope=scope, methods=[method])(view)
