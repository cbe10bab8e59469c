"""Other formats → .xlsx through LibreOffice, which keeps their formats and formulas; optional.

It gets a profile of its own in which nothing that a workbook holds may run and no link in it is followed, and the
reader's limits of time and (for an office program needs more) four times its memory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from data import libreoffice
from data.libreoffice import Setting

_MEMORY_FACTOR = 4
_FILTER = "xlsx:Calc MS Excel 2007 XML"
_LARGEST_RESULT_KIB = 200 * 1024
_SAFE = (
    Setting("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    Setting("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    Setting("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    Setting("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    Setting("Office.Calc/Content/Update", "Link", "2"),
    # Whatever it should want from the network it asks of a proxy that is not there.
    Setting("Inet/Settings", "ooInetProxyType", "2"),
    Setting("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    Setting("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    Setting("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    Setting("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    Setting("Inet/Settings", "ooInetNoProxy", ""),
)


class Unconverted(Exception):
    """LibreOffice is not installed, or did not make a workbook of it within the limits."""


def to_xlsx(content: bytes, suffix: str, memory_mib: int, seconds: float) -> bytes:
    """The workbook as .xlsx; ``suffix`` is that of its true format."""
    program = libreoffice.command()
    if program is None:
        raise Unconverted
    with tempfile.TemporaryDirectory(prefix="annotate-") as folder:
        here = Path(folder)
        profile = libreoffice.fresh_profile(program, here / "profile", _SAFE)
        source = here / f"workbook{suffix}"
        source.write_bytes(content)
        command = [
            program, "--headless", "--norestore", profile,
            "--convert-to", _FILTER, "--outdir", str(here / "converted"), str(source),
        ]  # fmt: skip
        _run(command, here, memory_mib * _MEMORY_FACTOR * 1024, seconds)
        result = here / "converted" / "workbook.xlsx"
        if not result.is_file():
            raise Unconverted
        return result.read_bytes()


def _run(command: list[str], home: Path, memory_kib: int, seconds: float) -> None:
    """Run to the end within the limits; its whole process group ends with it."""
    limits = f'ulimit -v {memory_kib}; ulimit -t {int(seconds) + 1}; ulimit -f {_LARGEST_RESULT_KIB * 2}; exec "$@"'
    process = subprocess.Popen(  # noqa: S603  # the program found above, with paths that we chose
        ["/bin/sh", "-c", limits, "sh", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise Unconverted from error
    finally:
        with suppress(ProcessLookupError):  # where all of the group has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
