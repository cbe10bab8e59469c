"""How much room the disk has: below a floor nothing is taken in any more, while there is still room to write what is there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from data.language import gettext as _
from data.settings import Settings

MIB = 2**20


class DiskFull(Exception):
    """There is no room for what was sent; the text says so to whoever sent it."""


def shortage(settings: Settings) -> str | None:
    """What to tell whoever can do something about it while uploads are refused; None while there is room."""
    free = _free(settings)
    if free >= settings.least_free_mib * MIB:
        return None
    return _(
        "The disk is nearly full: %(free)s MiB are free, and below %(floor)s MiB no upload is taken. Make room on the server.",
        free=free // MIB, floor=settings.least_free_mib,
    )  # fmt: skip


def refuse_without_room(settings: Settings, size: int = 0) -> None:
    """DiskFull where so many bytes more would leave less than the floor."""
    if _free(settings) - size < settings.least_free_mib * MIB:
        raise DiskFull(
            _(
                "The server's disk is nearly full; nothing was received. Tell the administrator, and send it again later."
            )
        )


def _free(settings: Settings) -> int:
    """Bytes that are free where there are fewest: the archive, the database's file, what is being received."""
    return min(shutil.disk_usage(_there(folder)).free for folder in _folders(settings))


def _folders(settings: Settings) -> list[Path]:
    folders = [settings.archive_dir, Path(tempfile.gettempdir())]
    try:
        address = make_url(settings.database_url)
    except ArgumentError:
        return folders  # whoever opens the database says what is wrong with its address
    if address.get_backend_name() == "sqlite" and address.database:
        folders.append(Path(address.database).parent)
    return folders


def _there(folder: Path) -> Path:
    """A folder, or the one above it where it has yet to be made."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
