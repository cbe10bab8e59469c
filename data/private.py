"""Data at rest is its owner's alone, whatever the umask: folders 0700, files 0600.

What a person asks for with ``-o`` is that person's, by their own umask.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from data.settings import Settings

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; what is there stays as it is."""
    for folder in reversed([path, *path.parents]):
        if not folder.is_dir():
            folder.mkdir(mode=FOLDER, exist_ok=True)


def open_file(path: Path, mode: str) -> IO[Any]:
    """Open a file; if it is made by that, for its owner alone."""
    return open(path, mode, opener=lambda name, flags: os.open(name, flags, FILE))  # Path.open takes no opener


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone. FileExistsError if it is there: it is not so much as opened.

    A process that closes any descriptor of a file loses all its locks on it (POSIX), SQLite's among them: another process
    would then take the database for its own, and remove its log under our open connections.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))


def tighten(settings: Settings) -> int:
    """Take from all others what they may read of the data at rest, as far as it is ours to change; how much there was."""
    changed = 0
    for path in open_to_others(settings):
        with suppress(PermissionError):
            path.chmod(FOLDER if path.is_dir() else FILE)
            changed += 1
    return changed


def open_to_others(settings: Settings) -> Iterator[Path]:
    """Files and folders of the data at rest that others than their owner can read, write or enter."""
    for path in (*_database_files(settings.database_url), *_archive_files(settings.archive_dir)):
        with suppress(FileNotFoundError, PermissionError):  # swept or moved meanwhile; or closed to us as well
            if path.stat().st_mode & _OTHERS:
                yield path


def _database_files(url: str) -> Iterator[Path]:
    try:
        address = make_url(url)
    except ArgumentError:
        return
    if address.get_backend_name() == "sqlite" and address.database:
        yield from (Path(address.database + ending) for ending in ("", "-wal", "-shm"))


def _archive_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield folder
        yield from sorted(path for path in folder.rglob("*") if not path.is_symlink())
