"""A real PostgreSQL for the integration tests, started by themselves on the loopback address and ended with them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

_SETTINGS = (
    "max_connections=60",
    # Nothing of it outlives the tests, so that nothing of it need be safe on a disk.
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    # No database lives long enough to need either.
    "autovacuum=off", "checkpoint_timeout=1d",
)  # fmt: skip


def binaries() -> Path:
    """Where Debian's package, or any other on the PATH, keeps initdb and postgres."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = versions[0] if versions else shutil.which("initdb")
    if not found:
        raise RuntimeError("PostgreSQL is not installed: run `make setup`, or apt-get install postgresql")
    return Path(found).parent


@contextmanager
def postgres() -> Iterator[str]:
    """Address of an empty server, without the database's name. PostgreSQL refuses root, so root starts it as another."""
    user = "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="supervision-pg-") as folder:
        if user is not None:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        data = f"{folder}/data"
        _run(
            [str(binaries() / "initdb"), "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            user,
        )
        server, port = _started(folder, data, user)
        try:
            yield f"postgresql+psycopg://tests@127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)  # which waits for no connection that a test left open
            server.wait()


def _started(folder: str, data: str, user: str | None) -> tuple[subprocess.Popen[bytes], int]:
    """A server and its port. Another process may have taken the port meanwhile: then another one is tried."""
    for _attempt in range(10):
        port = _free_port()
        server = subprocess.Popen(
            [str(binaries() / "postgres"), "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder,
             *(part for setting in _SETTINGS for part in ("-c", setting))],
            user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if _answers(server, folder, port):
            return server, port
    raise RuntimeError("PostgreSQL did not start")


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(command, user=user, cwd="/", check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], folder: str, port: int) -> bool:
    """Wait until it does; False if it ended. It is asked through its own folder, where nobody else can answer."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            psycopg.connect(host=folder, port=port, user="tests", dbname="postgres").close()
            return True
        except psycopg.OperationalError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.05)
                return False
    server.kill()
    server.wait()
    raise RuntimeError("PostgreSQL did not come to answer within a minute")
