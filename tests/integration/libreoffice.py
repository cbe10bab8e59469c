"""LibreOffice as the office program of a test: what a clerk opens, saves and prints with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

XLSX = "xlsx:Calc MS Excel 2007 XML"


TEXTS = "csv:Text - txt - csv (StarCalc):44,34,76"
"""What is seen of the first sheet's cells, in UTF-8."""
OPENED_AS_TEXTS = "CSV:44,34,76"
"""How a person opens such a file, whom LibreOffice asks for the writing: in UTF-8."""


def saved_by_libreoffice(
    source: Path, folder: Path, profile: Path, form: str = XLSX, opened_as: str | None = None
) -> Path:
    """The workbook as LibreOffice opens and saves it. Installed by ``.ci/system-packages tests``."""
    return all_saved_by_libreoffice([source], folder, profile, form, opened_as)[0]


def all_saved_by_libreoffice(
    sources: Sequence[Path], folder: Path, profile: Path, form: str = XLSX, opened_as: str | None = None
) -> list[Path]:
    """The same of several, which it is started once for: that takes longer than to open and save a workbook."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: make setup-tests installs it"
    folder.mkdir(exist_ok=True)
    reads = [] if opened_as is None else [f"--infilter={opened_as}"]
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation={profile.as_uri()}", *reads, "--convert-to", form, "--outdir", folder, *sources],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    saved = [folder / f"{source.stem}.{form.partition(':')[0]}" for source in sources]
    assert all(one.is_file() for one in saved)
    return saved
