"""Documents as PDF, by LibreOffice where it is installed: one at a time, for each takes half a gigabyte."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from threading import Lock

from data.environment import bare_environment
from data.language import gettext as _

SECONDS = 120
_ONE_AT_A_TIME = Lock()


class NoConverter(Exception):
    """LibreOffice is not installed, or is busy: the sentence says what is missing and what to do without it."""


def converter() -> str | None:
    """LibreOffice's command; None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(document: bytes, suffix: str, wait: float = -1.0, seconds: float = SECONDS) -> bytes:
    """A document (``.docx``, ``.xlsx``, ``.pptx``) as PDF; NoConverter where that cannot be done here.

    ``wait``: how many seconds others may be before it, as many as it takes where that is below 0; ``seconds``: how long it may itself take.
    """
    command = converter()
    if command is None:
        raise NoConverter(
            _(
                "No PDF can be made: LibreOffice is not installed here. Take the document and save it as PDF, or print the page."
            )
        )
    if not _ONE_AT_A_TIME.acquire(timeout=wait):
        raise NoConverter(_("Others are having PDFs made. Try again in a minute."))
    try:
        return _converted(command, document, suffix, seconds)
    finally:
        _ONE_AT_A_TIME.release()


def _converted(command: str, document: bytes, suffix: str, seconds: float) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(document)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        asked = [command, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)]
        made = source.with_suffix(".pdf")
        if not _done(asked, folder, seconds) or not made.exists():
            raise NoConverter(
                _("No PDF can be made: LibreOffice could not convert the document. Take the document itself.")
            )
        return made.read_bytes()


def _done(asked: list[str], folder: str, seconds: float) -> bool:
    """Whether a converter came to its end; where it does not it goes with whatever it started."""
    process = subprocess.Popen(  # noqa: S603  # our own document, no shell
        asked,
        env=bare_environment(HOME=folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
