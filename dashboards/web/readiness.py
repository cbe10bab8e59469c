"""Whether uploads are received, stored and loaded: what a watchdog asks without an account. No figure is in the answer."""

from __future__ import annotations

from flask import Flask, Response

from dashboards.web.context import current
from data.initial import current_revision, newest_revision
from data.intake.presence import is_worker_there
from data.language import gettext as _
from data.settings import Settings
from data.store import StoreError, database_errors, reader


def attach(server: Flask) -> None:
    """Add the route to a server."""

    def readyz() -> Response:
        why = why_not_ready(current().settings)
        return Response(
            why or "ok", 503 if why else 200, mimetype="text/plain", content_type="text/plain; charset=utf-8"
        )

    server.add_url_rule("/readyz", "readyz", readyz)


def why_not_ready(settings: Settings) -> str | None:
    """The first thing that is missing, in a sentence; None where all is there."""
    try:
        with database_errors(), reader(settings.database_url).connect() as connection:
            revision = current_revision(connection)
    except StoreError:
        return _("The database cannot be used.")
    if revision != newest_revision():
        return _("The database is not of this program's version: run python -m data init.")
    if not is_worker_there(settings.archive_dir):
        return worker_missing()
    return None


def worker_missing() -> str:
    """What is said wherever uploads wait for nobody."""
    return _(
        "The loader is not running: uploads are kept, and wait until the administrator starts it (python -m etl.worker)."
    )
