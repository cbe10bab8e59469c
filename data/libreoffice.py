"""LibreOffice: where it is, and a profile of its own for each start, in which it begins at once.

In a profile that it finds empty it first draws and reads back shapes of 64 MiB each, to learn whether this machine draws right, and starts a second time
behind the removal of extensions that are not there: half of the time in which a document is converted. A profile that says what an earlier start would have
left there spares both; nothing of it is kept, for what one document does to a profile is no other's concern.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_BUILD = "buildid="


class Setting(NamedTuple):
    """A property of its configuration: the path below ``org.openoffice.``, the name, and the value as its XML has it."""

    path: str
    name: str
    value: str


_STARTED_BEFORE = Setting("Setup/Product", "ooSetupLastVersion", "99.9")
"""As by a version that none comes up to: a newer one than the last that was started draws its shapes anew."""


def command() -> str | None:
    """The command that starts it; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def fresh_profile(program: str, folder: Path, settings: Iterable[Setting] = ()) -> str:
    """A profile with these settings laid into a folder that is not there yet; the argument that makes ``program`` use it."""
    user = folder / "user"
    (user / "extensions").mkdir(parents=True)
    items = "\n".join(_ITEM.format_map(one._asdict()) for one in (_STARTED_BEFORE, *settings))
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
    build = _build_of(program)
    if build is not None:
        (user / "extensions" / "buildid").write_text(build, encoding="utf-8")
    return f"-env:UserInstallation={folder.as_uri()}"


def _build_of(program: str) -> str | None:
    """Which build it says that it is; None where that does not stand beside it, and it starts twice."""
    told = Path(program).resolve().with_name("versionrc")
    if not told.is_file():
        return None
    lines = told.read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix(_BUILD) for line in lines if line.startswith(_BUILD)), None)
