"""The web application: ``python app.py`` serves it and runs the worker beside; ``gunicorn app:server`` serves it alone."""

from __future__ import annotations

import gc
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import theme
from dashboards.web import (
    account_routes,
    addresses,
    admission,
    bodies,
    calendar_routes,
    context,
    decision_routes,
    download_routes,
    errors,
    export_routes,
    extension_routes,
    guard,
    headers,
    intake_routes,
    list_routes,
    listening,
    paper_routes,
    plan_routes,
    plotly_js,
    preview_routes,
    promise_routes,
    publication_routes,
    reader_language,
    readiness,
    receipt_routes,
    reply_routes,
    scheme_routes,
    second_account_routes,
    session,
    shell,
    static_files,
    stationery_routes,
    workbook_routes,
)
from dashboards.web.signin import routes
from data.language import gettext as _
from data.language import speak
from data.settings import Settings, SettingsError, settings, without_web_secrets
from data.store import StoreError, database_errors, reader
from data.zone.periods import Period
from data.zone.zone import NotInitialised, Unit, read_zone

log = logging.getLogger("app")
HERE = Path(__file__).parent
THREADS = 8
LOOK_AFTER_SECONDS = 0.5
LONGEST_PAUSE = 60.0


def create_app(configured: Settings) -> shell.Board:
    """Wire the application: settings, guard, routes, pages, headers. One request is made, which completes Dash's set-up.

    SettingsError where it must not be served like this: outside the demo without a secret.
    """
    speak(configured.language)
    configured.web_ready()
    server = _server(configured)
    app = shell.Board(
        "app",
        server=server,  # type: ignore[arg-type]  # Dash takes a Flask server, its types do not say so
        use_pages=True,
        pages_folder=str(HERE / "dashboards" / "pages"),
        assets_folder=str(HERE / "assets"),
        assets_ignore=shell.NOT_AT_THE_END,
        external_stylesheets=[addresses.BOOTSTRAP],
        index_string=shell.INDEX,
        title=_("Work-safety supervision board"),
        include_pages_meta=False,  # what other sites' previews would show, in a network without any
        update_title="",
        suppress_callback_exceptions=True,  # a page that says why it cannot be shown has none of its usual parts
        compress=True,
        enable_mcp=False,
        csrf_token_name=headers.CSRF_COOKIE,
        csrf_header_name=headers.CSRF_HEADER,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    with server.app_context():
        app.layout = shell.layout
    app.build = plotly_js.built()
    if app.build is None:
        log.warning(
            _(
                "There is no build of plotly.js: the whole one is sent, four times as large. With npm, make setup builds it."
            )
        )
    static_files.attach(server, app.build)
    headers.attach(app, configured)
    bodies.attach(app)
    for name in theme.THEMES:
        theme.as_sent(name)  # Plotly loads what it checks by when it is first asked, and somebody would wait for it
    _warm_up(server)
    return app


def _server(configured: Settings) -> Flask:
    """Flask with all that answers besides Dash; the guard comes first, so that nothing answers before it."""
    server = errors.QuietFlask(
        "supervision", static_folder=None, template_folder=str(HERE / "dashboards" / "web" / "templates")
    )
    server.secret_key = _secret(configured)
    if configured.trusted_proxies:
        hops = configured.trusted_proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    context.attach(server, configured, _template_maker(configured))
    reader_language.attach(server, configured, secure=headers.is_secure(configured))
    session.attach(server, secure=headers.is_secure(configured))
    guard.attach(server, configured)
    admission.attach(server)
    errors.attach(server)
    server.config["WTF_CSRF_TIME_LIMIT"] = None  # a token lives as long as its session
    CSRFProtect(server)
    routes.attach(server, configured)
    account_routes.attach(server)
    intake_routes.attach(server)
    workbook_routes.attach(server)
    download_routes.attach(server)
    export_routes.attach(server)
    list_routes.attach(server)
    decision_routes.attach(server)
    reply_routes.attach(server)
    extension_routes.attach(server)
    receipt_routes.attach(server)
    second_account_routes.attach(server)
    scheme_routes.attach(server)
    plan_routes.attach(server)
    publication_routes.attach(server, configured)
    paper_routes.attach(server)
    stationery_routes.attach(server)
    preview_routes.attach(server)
    promise_routes.attach(server)
    calendar_routes.attach(server)
    shell.serve_files(server)
    server.add_url_rule("/", "home", _home)
    server.add_url_rule("/healthz", "healthz", _alive)
    readiness.attach(server)
    return server


def _template_maker(configured: Settings) -> context.TemplateMaker:
    """What makes workbooks to fill in: pages know nothing of how a workbook is made, so they are given it."""

    def made(kind: str, unit: Unit, period: Period) -> bytes:
        from etl.kinds.registry import KINDS
        from etl.template import template

        with database_errors(), reader(configured.database_url).connect() as connection:
            return template(connection, read_zone(connection, configured.zone), KINDS[kind], unit, period)

    return made


def _secret(configured: Settings) -> str:
    """What signs cookies: the installation's secret; in the demo one that ends with the process."""
    given = configured.secret_key
    return secrets.token_urlsafe(48) if configured.demo or given is None else given.get_secret_value()


def _warm_up(server: Flask) -> None:
    """Let Dash finish its set-up alone: requests that arrive together at a fresh server can fail."""
    client = server.test_client()
    answer = client.get(shell.HOME, base_url="http://127.0.0.1/", environ_overrides=guard.warm_up_environ())
    if answer.status_code != 200:
        raise RuntimeError(answer.get_data(as_text=True))


def settle() -> None:
    """Leave out of all later searches for garbage what the start has made: one through all of it holds up every answer for a
    tenth of a second. For a process that serves one application until it ends.
    """
    gc.collect()
    gc.freeze()


def _home() -> AnyResponse:
    return redirect(shell.HOME)


def _alive() -> Response:
    return Response("ok", mimetype="text/plain")


def __getattr__(name: str) -> Any:
    """``gunicorn app:server``: made when asked for, so that importing this module starts nothing."""
    if name != "server":
        raise AttributeError(name)
    try:
        made = create_app(settings()).server
    except (SettingsError, StoreError) as error:
        sys.exit(_fail(str(error)))
    settle()
    return made


def main() -> int:
    """Serve on the address of the settings until interrupted; 3 and a sentence where that cannot be."""
    try:
        configured = settings()
        speak(configured.language)
        logging.basicConfig(stream=sys.stderr, level=configured.log_level.upper())
        configured.web_ready()
        context.RequestContext(configured, _template_maker(configured)).zone()
        app = create_app(configured)
        listener = _listen(configured)
    except NotInitialised:
        return _fail(_("The database is empty: run python -m data init first."))
    except (SettingsError, StoreError) as error:
        return _fail(str(error))
    except OSError:
        port = configured.port
        return _fail(_("Port %(port)s is in use: stop what uses it, or set SUPERVISION_PORT to another.", port=port))
    settle()
    signal.signal(signal.SIGTERM, lambda *_caught: sys.exit(0))
    with listener, _worker():
        host, port = listener.getsockname()[:2]
        sys.stderr.write(_("Ready: http://%(host)s:%(port)s (end with Ctrl+C)", host=host, port=port) + "\n")
        proxied = configured.trusted_proxies > 0
        listening.server_on(listener, app.server, threads=THREADS, proxied=proxied).run()
    return 0


def _listen(configured: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in configured.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((configured.host, configured.port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


@contextmanager
def _worker() -> Iterator[None]:
    """The loader of uploads as a process of its own, started again whenever it ends, and ended with this one."""
    stop = threading.Event()
    keeper = threading.Thread(target=keep_running, args=([sys.executable, "-m", "etl.worker"], stop), name="worker")
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def keep_running(command: Sequence[str], stop: threading.Event, *, first_pause: float = 1.0) -> None:
    """Run a command and start it again when it ends: soon, and later and later while it ends at once; until told to stop."""
    pause = first_pause
    while not stop.is_set():
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=HERE, env=without_web_secrets(os.environ))  # noqa: S603  # our own interpreter and module
        while process.poll() is None and not stop.wait(LOOK_AFTER_SECONDS):
            pass
        if process.poll() is None:
            _end(process)
            return
        pause = first_pause if time.monotonic() - started > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        log.error("the worker ended with %s; it is started again in %.0f s", process.returncode, pause)
        stop.wait(pause)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let it finish its file, but not for ever: what is cut short is taken up again."""
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())
